import { randomUUID } from 'node:crypto';
import { cadenceProblem, type Cadence } from '../../domain/cadence.ts';
import { subtree } from '../../domain/roster.ts';
import { audit } from '../audit.ts';
import { AdministrationError } from '../organisations/organisations.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { roundsOfSeries } from './queries.ts';

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
    const busy = await askedAlready(transaction, organisation, series.instrument, tree);
    for (const team of series.teams) {
      if (!tree.some(({ id }) => id === team)) throw new AdministrationError(`There is no team ${team}.`);
      for (const below of subtree(tree, team)) {
        // A person would get two papers for what is one asking, and count twice in the team above.
        if (asked.has(below)) throw new AdministrationError(`The team ${below} is asked twice: it lies under another team of the list.`);
        if (busy.has(below)) {
          throw new AdministrationError(`The team ${below} is asked ${series.instrument} by another series. Stop that one first.`);
        }
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
        stopped_at: null,
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

/** The teams that a running series of this instrument asks. */
async function askedAlready(
  database: Database,
  organisation: string,
  instrument: string,
  tree: readonly { readonly id: string; readonly parent: string | null }[],
): Promise<Set<string>> {
  const running = await database
    .selectFrom('series')
    .select('teams')
    .where('organisation', '=', organisation)
    .where('instrument', '=', instrument)
    .where('stopped_at', 'is', null)
    .execute();
  return new Set(running.flatMap(({ teams }) => teams.flatMap((team) => [...subtree(tree, team)])));
}

/** Lets a series open no more rounds; one that is open goes on to its end. @throws AdministrationError */
export async function stopSeries(
  services: Pick<Services, 'database' | 'now'>,
  organisation: string,
  series: string,
): Promise<void> {
  const now = services.now();
  await services.database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('series')
      .set({ stopped_at: now })
      .where('organisation', '=', organisation)
      .where('id', '=', series)
      .where('stopped_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AdministrationError(`There is no running series ${series}.`);
    await audit(transaction, organisation, now, 'series-stopped', { series });
  });
}

export interface SeriesSummary {
  readonly id: string;
  readonly instrument: string;
  readonly version: number;
  readonly teams: readonly string[];
  readonly cadence: Cadence;
  readonly stoppedAt: string | null;
}

/** All series of an organisation, those that run first. */
export async function listSeries(database: Database, organisation: string): Promise<SeriesSummary[]> {
  const all = await database
    .selectFrom('series')
    .select(['id', 'instrument', 'version', 'teams', 'cadence', 'stopped_at'])
    .where('organisation', '=', organisation)
    .orderBy('stopped_at', (order) => order.desc().nullsFirst())
    .orderBy('id')
    .execute();
  return all.map(({ stopped_at, ...series }) => ({ ...series, stoppedAt: stopped_at?.toISOString() ?? null }));
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
  const rounds = await roundsOfSeries(services.database)
    .leftJoin('round_team', (join) =>
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
      fn.sum<string | null>('round_team.electorate').as('electorate'),
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
    electorate: Number(round.electorate ?? 0),
  }));
}
