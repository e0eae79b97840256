import { randomUUID } from 'node:crypto';
import { occurrenceAt } from '../../domain/cadence.ts';
import { electorates, type Roster } from '../../domain/roster.ts';
import { newBoxKey } from '../keys/sealed-box.ts';
import { loadRoster } from '../roster/roster.ts';
import { withoutValues } from '../log.ts';
import type { Services } from '../services.ts';
import { inBatches } from '../store/batches.ts';
import type { Database } from '../store/tables.ts';

/**
 * Opens the round of every series whose time it is, each once, whoever else tries.
 * @param only the one series to look at; all when absent
 * @returns the rounds opened
 */
export async function openDueRounds(services: Services, grace: number, only?: string): Promise<string[]> {
  const { database } = services;
  const opened: string[] = [];
  const running = database
    .selectFrom('series')
    .selectAll()
    .where('stopped_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''));
  for (const series of await running.execute()) {
    try {
      const occurrence = occurrenceAt(series.cadence, services.now());
      if (!occurrence || (await isThere(database, series, occurrence.number))) continue;
      const round = await openRound(services, { ...series, ...occurrence, grace });
      if (round !== undefined) opened.push(round);
    } catch (error) {
      // It is tried again; the other series need not wait for it.
      services.log.error({ series: series.id, ...withoutValues(error) }, 'a round could not be opened');
    }
  }
  return opened;
}

async function isThere(
  database: Database,
  series: { readonly organisation: string; readonly id: string },
  number: number,
): Promise<boolean> {
  const round = await database
    .selectFrom('round')
    .select('id')
    .where('organisation', '=', series.organisation)
    .where('series', '=', series.id)
    .where('number', '=', number)
    .executeTakeFirst();
  return round !== undefined;
}

/**
 * Opens one round with a snapshot of its electorate and its tree, and a box with a key of its own.
 * @returns nothing when another server was first
 */
async function openRound(
  services: Services,
  due: {
    readonly organisation: string;
    readonly id: string;
    readonly teams: readonly string[];
    readonly number: number;
    readonly opensAt: Date;
    readonly closesAt: Date;
    readonly grace: number;
  },
): Promise<string | undefined> {
  const { organisation } = due;
  return services.database.transaction().execute(async (transaction) => {
    const { thresholds } = await transaction
      .selectFrom('organisation')
      .select('thresholds')
      .where('id', '=', organisation)
      // An import of the roster waits for this, or this for it: the snapshot is of one roster.
      .forShare()
      .executeTakeFirstOrThrow();
    const round = randomUUID();
    const inserted = await transaction
      .insertInto('round')
      .values({
        organisation,
        id: round,
        series: due.id,
        number: due.number,
        opens_at: due.opensAt,
        closes_at: due.closesAt,
        grace: due.grace,
        thresholds: JSON.stringify(thresholds),
        box_key: services.master.wrap('round box', `${organisation}/${round}`, newBoxKey()),
      })
      .onConflict((conflict) => conflict.columns(['organisation', 'series', 'number']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return undefined;

    const roster = await loadRoster(transaction, organisation);
    const asked = electorates(roster, due.teams);
    const teams = roster.teams
      .filter((team) => asked.has(team.id))
      .map((team) => ({
        organisation,
        round,
        team: team.id,
        parent: team.parent !== null && asked.has(team.parent) ? team.parent : null,
        name: team.name,
        leader: onlyLeader(roster, team.id),
        electorate: asked.get(team.id)?.length ?? 0,
      }));
    for (const batch of inBatches(teams)) await transaction.insertInto('round_team').values(batch).execute();
    const electors = [...asked].flatMap(([team, people]) =>
      people.map((person) => ({ organisation, round, person, team, blinded: null })),
    );
    for (const batch of inBatches(electors)) await transaction.insertInto('elector').values(batch).execute();
    return round;
  });
}

function onlyLeader(roster: Roster, team: string): string | null {
  const leaders = roster.memberships.filter((membership) => membership.team === team && membership.role === 'leader');
  return leaders.length === 1 ? (leaders[0]?.person ?? null) : null;
}
