import { THRESHOLDS, type Thresholds } from '../domain/report.ts';
import { raiseThresholds } from '../server/organisations/organisations.ts';
import { withOrganisation, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';

/** How many ballots each kind of figure needs, in the words of the terminal. */
export const THRESHOLD_MEANINGS: Readonly<Record<keyof Thresholds, string>> = {
  mean: 'a mean and the favourable share',
  distribution: 'how answers are spread',
  comments: 'comments',
  person: 'anything about a leader',
  together: 'how two constructs go together',
};

const NAMES = Object.keys(THRESHOLDS) as (keyof Thresholds)[];

/** Raises how many ballots figures need, for rounds that open from now on. */
export async function raise(context: Context, options: GlobalOptions & Partial<Thresholds>): Promise<Outcome> {
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
      data: { organisation, thresholds },
      lines: [
        'From the next round on, figures need at least this many ballots:',
        ...NAMES.map((name) => `  ${String(thresholds[name]).padStart(5)}  ${THRESHOLD_MEANINGS[name]} (--${name})`),
        'A round that is open keeps the thresholds that it opened with.',
      ],
    };
  });
}
