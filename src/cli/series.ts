import { cadenceProblem, nextOccurrence, occurrence, occurrenceAt, type Cadence } from '../domain/cadence.ts';
import { AdministrationError } from '../server/organisations/organisations.ts';
import { loadRoster } from '../server/roster/roster.ts';
import { startSeries } from '../server/rounds/series.ts';
import { withOrganisation, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { momentIn } from './words.ts';

/** How many rounds are announced. */
const ANNOUNCED = 3;

/** The fields of a cadence that are called otherwise on the command line. */
const OPTIONS: Readonly<Record<string, string>> = { startDate: 'start', openDays: 'days', timeZone: 'time-zone' };

interface SeriesOptions extends GlobalOptions {
  readonly instrument: string;
  readonly team?: readonly string[];
  readonly start: string;
  readonly every: string;
  readonly opens: string;
  readonly closes: string;
  readonly days: number;
  readonly timeZone: string;
}

/** Starts a series, and says when its first rounds are. */
export async function startSeriesFrom(context: Context, options: SeriesOptions): Promise<Outcome> {
  const cadence = cadenceOf(options);
  return withOrganisation(context, options, async (services, organisation) => {
    const teams = options.team ?? (await topTeams(services.database, organisation));
    const id = await startSeries(services, organisation, { instrument: options.instrument, teams, cadence });
    const rounds = comingRounds(cadence, context.now());
    const when = (moment: Date) => momentIn(cadence.timeZone, moment);
    const under = `the teams under ${teams.length === 1 ? 'it' : 'them'}`;
    const isPast = (rounds[0]?.number ?? 0) > 0;
    return {
      data: { organisation, series: id, instrument: options.instrument, teams, cadence, rounds },
      lines: [
        `The series is started: ${options.instrument}, asked of ${teams.join(', ')} and ${under}.`,
        `Its first rounds, on the clock of ${cadence.timeZone}:`,
        ...rounds.map(({ opensAt, closesAt }) => `  opens ${when(opensAt)}   closes ${when(closesAt)}`),
        ...(isPast ? ['The start lies in the past: rounds that are over by now are not held.'] : []),
        'A running server opens and closes them by itself.',
      ],
    };
  });
}

function cadenceOf({ start, every, opens, closes, days, timeZone }: SeriesOptions): Cadence {
  const [, number, unit] = /^(\d{1,3})([wm])$/.exec(every) ?? [];
  if (number === undefined) {
    throw new WrongUse(`--every: '${every}' is not a number of weeks or months, such as 4w or 1m.`);
  }
  const cadence: Cadence = {
    startDate: start,
    every: Number(number),
    unit: unit === 'w' ? 'week' : 'month',
    opens,
    closes,
    openDays: days,
    timeZone,
  };
  const problem = cadenceProblem(cadence);
  if (problem === undefined) return cadence;
  const fields = /\bstartDate\b|\bopenDays\b|\btimeZone\b|^\w+(?=:)/g;
  throw new WrongUse(problem.replaceAll(fields, (field) => `--${OPTIONS[field] ?? field}`));
}

async function topTeams(database: Parameters<typeof loadRoster>[0], organisation: string): Promise<string[]> {
  const { teams } = await loadRoster(database, organisation);
  const top = teams.filter(({ parent }) => parent === null).map(({ id }) => id);
  if (top.length > 0) return top;
  throw new AdministrationError('There are no teams yet. `leerkring roster import FILE.csv` brings them in.');
}

/** The rounds that will be held: the one that is open now, if any, and those after it. */
function comingRounds(cadence: Cadence, now: Date) {
  const { number } = occurrenceAt(cadence, now) ?? nextOccurrence(cadence, now);
  const numbers = Array.from({ length: ANNOUNCED }, (_, index) => number + index);
  return numbers.map((each) => ({ number: each, ...occurrence(cadence, each) }));
}
