import { cadenceProblem, nextOccurrence, occurrence, occurrenceAt, type Cadence } from '../domain/cadence.ts';
import { AdministrationError } from '../server/organisations/organisations.ts';
import { loadRoster } from '../server/roster/roster.ts';
import { listSeries, startSeries, stopSeries, type SeriesSummary } from '../server/rounds/series.ts';
import { Refusal, withOrganisation, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { beginningWith } from './ids.ts';
import { count, momentIn } from './words.ts';

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
    const isPast = (rounds[0]?.number ?? 0) > 0;
    return {
      data: { organisation, series: id, instrument: options.instrument, teams, cadence, rounds },
      lines: [
        `The series ${id} is started: ${options.instrument}, ${askedOf(teams)}.`,
        `Its first rounds, on the clock of ${cadence.timeZone}:`,
        ...rounds.map(({ opensAt, closesAt }) => `  opens ${when(opensAt)}   closes ${when(closesAt)}`),
        ...(isPast ? ['The start lies in the past: rounds that are over by now are not held.'] : []),
        'A running server opens and closes them by itself, until `leerkring series stop` ends it.',
      ],
    };
  });
}

/** All series, those that run first. */
export async function listAllSeries(context: Context, options: GlobalOptions): Promise<Outcome> {
  return withOrganisation(context, options, async ({ database }, organisation) => {
    const series = (await listSeries(database, organisation)).map((one) => ({
      ...one,
      next: one.stoppedAt === null ? nextOccurrence(one.cadence, context.now()) : null,
    }));
    return {
      data: { organisation, series },
      lines:
        series.length === 0
          ? ['There is no series yet. `leerkring series start --help` shows how to plan one.']
          : series.flatMap(({ next, ...one }) => [
              `${one.id}  ${described(one)}`,
              ...(one.stoppedAt === null ? [] : [`  stopped on ${moment(one, one.stoppedAt)}`]),
              ...(next ? [`  ${rhythm(one.cadence)}; the next round opens on ${moment(one, next.opensAt)}`] : []),
            ]),
    };
  });
}

/** Lets a series open no more rounds. @param id the series' id, or a beginning of it that no other series has */
export async function stopSeriesBy(context: Context, id: string, options: GlobalOptions): Promise<Outcome> {
  return withOrganisation(context, options, async (services, organisation) => {
    const one = beginningWith(id, 'series', await listSeries(services.database, organisation), described);
    if (one.stoppedAt !== null) {
      throw new Refusal(`The series ${one.id} was stopped before, on ${moment(one, one.stoppedAt)}.`);
    }
    const at = context.now();
    await stopSeries({ ...services, now: () => at }, organisation, one.id);
    return {
      data: { organisation, series: one.id, stoppedAt: at.toISOString() },
      lines: [
        `The series ${one.id} is stopped: ${described(one)}.`,
        'It opens no more rounds. A round of it that is open now goes on to its end, and its figures come out then.',
        '`leerkring round close` ends one before its time.',
      ],
    };
  });
}

function described({ instrument, version, teams }: SeriesSummary): string {
  return `${instrument}, version ${String(version)}, ${askedOf(teams)}`;
}

function askedOf(teams: readonly string[]): string {
  return `asked of ${teams.join(', ')} and the teams under ${teams.length === 1 ? 'it' : 'them'}`;
}

function rhythm({ every, unit }: Cadence): string {
  return every === 1 ? `every ${unit}` : `every ${count(every, unit, `${unit}s`)}`;
}

function moment({ cadence }: SeriesSummary, at: Date | string): string {
  return `${momentIn(cadence.timeZone, new Date(at))} (${cadence.timeZone})`;
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
