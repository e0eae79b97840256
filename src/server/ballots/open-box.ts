import { ballotsIn } from '../../domain/release.ts';
import { subtree } from '../../domain/roster.ts';
import type { Database } from '../store/tables.ts';

/** What may be said of the box of an open round: how many ballots are in it, never what they say. */
export interface OpenBox {
  /** From how many ballots on there is a number. */
  readonly threshold: number;
  /** Of a team with the teams under it; nothing stands for fewer than the threshold. */
  readonly ballots: (team: string) => number | undefined;
  readonly electorate: (team: string) => number;
  /** The teams without a team above them in this round. */
  readonly roots: readonly string[];
}

/** @throws when there is no such round */
export async function lookAtBox(database: Database, organisation: string, round: string): Promise<OpenBox> {
  const [{ thresholds }, teams, piles] = await Promise.all([
    database
      .selectFrom('round')
      .select('thresholds')
      .where('organisation', '=', organisation)
      .where('id', '=', round)
      .executeTakeFirstOrThrow(),
    database
      .selectFrom('round_team')
      .select(['team as id', 'parent', 'electorate'])
      .where('organisation', '=', organisation)
      .where('round', '=', round)
      .execute(),
    database
      .selectFrom('box_count')
      .select(['team', 'ballots'])
      .where('organisation', '=', organisation)
      .where('round', '=', round)
      .execute(),
  ]);
  const counted = ballotsIn(teams, new Map(piles.map((pile) => [pile.team, pile.ballots])), thresholds.mean);
  return {
    threshold: thresholds.mean,
    ballots: (team) => counted.get(team),
    electorate(team) {
      const below = subtree(teams, team);
      return teams.reduce((sum, { id, electorate }) => (below.has(id) ? sum + electorate : sum), 0);
    },
    roots: teams.filter(({ parent }) => parent === null).map(({ id }) => id),
  };
}
