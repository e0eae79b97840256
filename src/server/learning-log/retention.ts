import { sql, type RawBuilder } from 'kysely';
import { LEAVING, UNDER_WAY } from '../../domain/learning-log.ts';
import { withoutValues } from '../log.ts';
import type { Services } from '../services.ts';
import type { Database, LogSettings } from '../store/tables.ts';
import { removeEntries } from './entries.ts';
import { countMonths } from './evaluation.ts';
import { markMissing } from './missing.ts';
import { monthsBefore } from './months.ts';
import { declineHelps, emptyPostsOf, removeEntriesOf, removeKey, removeTraces } from './own.ts';
import { lockOrganisation, logSettings } from './settings.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How many entries go in one transaction, so that nobody who writes waits long. */
const BATCH = 500;

/**
 * The upkeep of all learning logs: months are counted, what is past its time goes, and so does what is of people who
 * left. Several servers may do it at once. The log is told no number of entries, in which private ones would count.
 */
export async function keepLogs(services: Services): Promise<void> {
  const { database, log } = services;
  const organisations = await database.selectFrom('organisation').select('id').orderBy('id').execute();
  for (const { id } of organisations) {
    try {
      const months = await countMonths(services, id);
      await database.transaction().execute(async (transaction) => {
        await lockOrganisation(transaction, id);
        await markMissing(transaction, id, services.now());
      });
      const leavers = await letGo(services, id);
      await removeOld(services, id);
      if (months + leavers > 0) log.info({ months, leavers }, 'the learning log was kept: months counted, leavers dealt with');
    } catch (error) {
      // The others need not wait for it.
      log.error(withoutValues(error), 'the upkeep of a learning log failed; it is tried again');
    }
  }
}

/** Deals with what people left who are missing for so long that they have left. @returns how many */
async function letGo(services: Services, organisation: string): Promise<number> {
  const { database } = services;
  const now = services.now();
  const due = new Date(now.getTime() - LEAVING * DAY);
  const people = await database
    .selectFrom('log_person')
    .select('person')
    .where('organisation', '=', organisation)
    .where('missing_since', '<=', due)
    .orderBy('person')
    .execute();
  let gone = 0;
  for (const { person } of people) {
    await database.transaction().execute(async (transaction) => {
      // A roster that brings somebody back comes before or after.
      const { leavers } = await lockOrganisation(transaction, organisation);
      const missing = await transaction
        .selectFrom('log_person')
        .select('person')
        .where('organisation', '=', organisation)
        .where('person', '=', person)
        .where('missing_since', '<=', due)
        .executeTakeFirst();
      if (!missing) return;
      await leave(transaction, { organisation, person }, leavers, now);
      gone += 1;
    });
  }
  return gone;
}

/** Removes what is private of somebody who left, with its key, and what that person did; what was shared stays without a name, or goes. */
async function leave(
  transaction: Database,
  who: { readonly organisation: string; readonly person: string },
  rule: LogSettings['leavers'],
  now: Date,
): Promise<void> {
  const { organisation, person } = who;
  // Each entry as its form said when it was shared, whatever holds by now.
  await removeEntriesOf(transaction, who, sql<boolean>`(scope = 'me' or leavers = 'remove')`, now);
  await emptyPostsOf(transaction, who, now, sql<boolean>`leavers = 'remove'`);
  const entries = transaction.selectFrom('log_entry').select('id').where('organisation', '=', organisation).where('author', '=', person);
  // What was for the author alone: the versions, who opened it, and help that nobody waits for any more.
  await transaction.deleteFrom('log_version').where('organisation', '=', organisation).where('entry', 'in', entries).execute();
  await transaction.deleteFrom('log_opened').where('organisation', '=', organisation).where('entry', 'in', entries).execute();
  await transaction
    .updateTable('log_help')
    .set({ state: 'withdrawn' })
    .where('organisation', '=', organisation)
    .where('entry', 'in', entries)
    .where('state', 'in', UNDER_WAY)
    .execute();
  await transaction.updateTable('log_entry').set({ author: null }).where('organisation', '=', organisation).where('author', '=', person).execute();
  await transaction.updateTable('log_post').set({ author: null }).where('organisation', '=', organisation).where('author', '=', person).execute();
  // An answer that stays is an answer still.
  await declineHelps(transaction, who, rule === 'keep' ? ['asked'] : ['asked', 'answered']);
  for (const table of ['log_participant', 'log_reader'] as const) {
    await transaction.deleteFrom(table).where('organisation', '=', organisation).where('person', '=', person).execute();
  }
  await removeTraces(transaction, who);
  await transaction.deleteFrom('log_deleted').where('organisation', '=', organisation).where('author', '=', person).execute();
  await removeKey(transaction, who);
}

/** Removes what was not changed for as long as entries are kept, and what is left of deleted ones that nobody has a word in. */
async function removeOld(services: Services, organisation: string): Promise<void> {
  const { database } = services;
  const { keepMonths } = await logSettings(database, organisation);
  const before = monthsBefore(services.now(), keepMonths);
  await inTurns(services, organisation, sql`deleted_at is null and coalesce(changed_at, created_at) < ${before}`, (transaction, ids) =>
    removeEntries(transaction, organisation, ids, services.now()),
  );
  const unanswered = sql`not exists (
    select from log_post where log_post.organisation = log_entry.organisation and log_post.entry = log_entry.id
      and log_post.deleted_at is null and log_post.author is not null
  )`;
  await inTurns(services, organisation, sql`(deleted_at < ${before} or (deleted_at is not null and ${unanswered}))`, async (transaction, ids) => {
    await transaction.deleteFrom('log_entry').where('organisation', '=', organisation).where('id', 'in', ids).execute();
  });
  // Whoever sends an entry again that was deleted does so within days, or never.
  await database
    .deleteFrom('log_deleted')
    .where('organisation', '=', organisation)
    .where('at', '<', new Date(services.now().getTime() - LEAVING * DAY))
    .execute();
  // An intention outlives the entry that it came from, for as long again at most.
  await database
    .deleteFrom('log_intention')
    .where('organisation', '=', organisation)
    .where('entry', 'is', null)
    .where(sql<boolean>`coalesce(answered_at, made_at) < ${before}`)
    .execute();
}

/** Removes entries a part at a time; those that somebody, or another server, is at work on are left for the next run. */
async function inTurns(
  { database }: Services,
  organisation: string,
  which: RawBuilder<unknown>,
  remove: (transaction: Database, ids: readonly string[]) => Promise<void>,
): Promise<void> {
  let removed: number;
  do {
    removed = await database.transaction().execute(async (transaction) => {
      const rows = await transaction
        .selectFrom('log_entry')
        .select('id')
        .where('organisation', '=', organisation)
        .where(sql<boolean>`${which}`)
        .limit(BATCH)
        .forUpdate()
        .skipLocked()
        .execute();
      if (rows.length > 0) await remove(transaction, rows.map(({ id }) => id));
      return rows.length;
    });
  } while (removed === BATCH);
}
