import { endRound } from '../server/rounds/closing.ts';
import { listRounds, type RoundSummary } from '../server/rounds/series.ts';
import { Refusal, withOrganisation, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { beginningWith } from './ids.ts';
import { momentIn } from './words.ts';

const STATES: Readonly<Record<RoundSummary['state'], string>> = {
  open: 'open',
  closing: 'closed, figures to come',
  released: 'figures are out',
};

/** All rounds, the newest first. */
export async function listAllRounds(context: Context, options: GlobalOptions): Promise<Outcome> {
  return withOrganisation(context, options, async (services, organisation) => {
    const rounds = await listRounds(services, organisation);
    return {
      data: { organisation, rounds },
      lines:
        rounds.length === 0
          ? ['There has been no round yet. `leerkring series start --help` shows how to plan them.']
          : rounds.flatMap((round) => [
              `${round.id}  ${round.instrument}, asked of ${String(round.electorate)}: ${STATES[round.state]}`,
              `  ${span(round)}`,
            ]),
    };
  });
}

/** Closes a round before its time. @param id the round's id, or a beginning of it that no other round has */
export async function closeRoundBy(
  context: Context,
  id: string,
  options: GlobalOptions & { readonly now?: boolean },
): Promise<Outcome> {
  return withOrganisation(context, options, async (services, organisation) => {
    const round = beginningWith(id, 'round', await listRounds(services, organisation), span);
    if (round.state === 'released') {
      throw new Refusal(`The round ${round.id} was closed before, and its figures are out.`);
    }
    const { resultsAt } = await endRound(services, organisation, round.id, { atOnce: options.now ?? false });
    const released = resultsAt <= context.now();
    return {
      data: { organisation, round: round.id, resultsAt: resultsAt.toISOString(), released },
      lines: released
        ? [`The round ${round.id} is closed, and its figures are out.`]
        : [
            `The round ${round.id} is closed: nobody can take a ballot paper any more.`,
            `Ballots on their way are taken until ${momentIn(round.timeZone, resultsAt)} (${round.timeZone}).`,
            'Figures come after that: a running server releases them then, or else the next server that is started.',
          ],
    };
  });
}

function span({ opensAt, closesAt, timeZone }: RoundSummary): string {
  const when = (moment: string) => momentIn(timeZone, new Date(moment));
  return `${when(opensAt)} to ${when(closesAt)} (${timeZone})`;
}
