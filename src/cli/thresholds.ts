import type { Thresholds } from '../domain/report.ts';
import { raiseThresholds } from '../server/organisations/organisations.ts';
import { withOrganisation, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';

/** The thresholds of the figures that there are: none shows yet how two constructs go together. */
export type Raisable = Exclude<keyof Thresholds, 'together'>;

/** What needs so many ballots, in the words of the terminal. */
export const THRESHOLD_MEANINGS: Readonly<Record<Raisable, string>> = {
  mean: 'a mean and the favourable share',
  distribution: 'how answers are spread',
  comments: 'comments',
  person: 'anything about a leader',
};

const NAMES = Object.keys(THRESHOLD_MEANINGS) as Raisable[];

/** Raises how many ballots figures need, for rounds that open from now on. */
export async function raise(
  context: Context,
  options: GlobalOptions & Partial<Pick<Thresholds, Raisable>>,
): Promise<Outcome> {
  const raised = Object.fromEntries(
    NAMES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  ) as Partial<Thresholds>;
  if (Object.keys(raised).length === 0) {
    const all = NAMES.map((name) => `--${name}`).join(', ');
    throw new WrongUse(`Say which threshold to raise, such as --mean 7. There are: ${all}.`);
  }
  return withOrganisation(context, options, async (services, organisation) => {
    const thresholds = await raiseThresholds(services, organisation, raised);
    return {
      data: { organisation, thresholds: Object.fromEntries(NAMES.map((name) => [name, thresholds[name]])) },
      lines: [
        'From the next round on, figures need at least this many ballots:',
        ...NAMES.map((name) => `  ${String(thresholds[name]).padStart(5)}  ${THRESHOLD_MEANINGS[name]} (--${name})`),
        'A round that is open keeps the thresholds that it opened with.',
      ],
    };
  });
}
