import { randomUUID } from 'node:crypto';
import { cadenceProblem, type Cadence } from '../../domain/cadence.ts';
import { subtree } from '../../domain/roster.ts';
import { audit } from '../audit.ts';
import { AdministrationError } from '../organisations/organisations.ts';
import type { Services } from '../services.ts';

/** An instrument that is asked of teams, and of the teams under them, at a cadence. */
export interface NewSeries {
  readonly instrument: string;
  /** The newest when absent. */
  readonly version?: number;
  readonly teams: readonly string[];
  readonly cadence: Cadence;
}

/** Starts a series; its rounds open by themselves. @throws AdministrationError saying what is wrong */
export async function startSeries(
  services: Pick<Services, 'database' | 'now'>,
  organisation: string,
  series: NewSeries,
): Promise<string> {
  const problem = cadenceProblem(series.cadence);
  if (problem !== undefined) throw new AdministrationError(problem);
  return services.database.transaction().execute(async (transaction) => {
    const instrument = await transaction
      .selectFrom('instrument')
      .select('version')
      .where('organisation', '=', organisation)
      .where('key', '=', series.instrument)
      .$if(series.version !== undefined, (query) => query.where('version', '=', series.version ?? 0))
      .orderBy('version', 'desc')
      .executeTakeFirst();
    if (!instrument) throw new AdministrationError(`There is no instrument ${series.instrument}.`);
    const tree = await transaction
      .selectFrom('team')
      .select(['id', 'parent'])
      .where('organisation', '=', organisation)
      .execute();
    const asked = new Set<string>();
    for (const team of series.teams) {
      if (!tree.some(({ id }) => id === team)) throw new AdministrationError(`There is no team ${team}.`);
      for (const below of subtree(tree, team)) {
        // A person would get two papers for what is one asking, and count twice in the team above.
        if (asked.has(below)) throw new AdministrationError(`The team ${below} is asked twice: it lies under another team of the list.`);
        asked.add(below);
      }
    }
    const id = randomUUID();
    await transaction
      .insertInto('series')
      .values({
        organisation,
        id,
        instrument: series.instrument,
        version: instrument.version,
        teams: JSON.stringify(series.teams),
        cadence: JSON.stringify(series.cadence),
      })
      .execute();
    await audit(transaction, organisation, services.now(), 'series-started', {
      series: id,
      instrument: series.instrument,
      version: instrument.version,
    });
    return id;
  });
}

export interface RoundSummary {
  readonly id: string;
  readonly instrument: string;
  readonly number: number;
  readonly opensAt: string;
  readonly closesAt: string;
  /** Whose clock the round is planned on. */
  readonly timeZone: string;
  readonly state: 'open' | 'closing' | 'released';
  readonly electorate: number;
}

/** All rounds of an organisation, the newest first. Of an open one no more is told than that it is open. */
export async function listRounds(
  services: Pick<Services, 'database' | 'now'>,
  organisation: string,
): Promise<RoundSummary[]> {
  const rounds = await services.database
    .selectFrom('round')
    .innerJoin('series', (join) =>
      join.onRef('series.organisation', '=', 'round.organisation').onRef('series.id', '=', 'round.series'),
    )
    .innerJoin('round_team', (join) =>
      join.onRef('round_team.organisation', '=', 'round.organisation').onRef('round_team.round', '=', 'round.id'),
    )
    .select(({ fn }) => [
      'round.id',
      'series.instrument',
      'series.cadence',
      'round.number',
      'round.opens_at',
      'round.closes_at',
      'round.box_key',
      fn.sum<string>('round_team.electorate').as('electorate'),
    ])
    .where('round.organisation', '=', organisation)
    .groupBy(['round.organisation', 'round.id', 'series.organisation', 'series.id'])
    .orderBy('round.opens_at', 'desc')
    .execute();
  return rounds.map((round) => ({
    id: round.id,
    instrument: round.instrument,
    number: round.number,
    opensAt: round.opens_at.toISOString(),
    closesAt: round.closes_at.toISOString(),
    timeZone: round.cadence.timeZone,
    state: !round.box_key ? 'released' : round.closes_at <= services.now() ? 'closing' : 'open',
    electorate: Number(round.electorate),
  }));
}
