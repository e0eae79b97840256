import { sql, type SqlBool } from 'kysely';
import type { LogExport } from '../../contract/learning-log.ts';
import { UNDER_WAY, type ParticipantState } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import { inBatches } from '../store/batches.ts';
import type { Database } from '../store/tables.ts';
import { declineFor } from './declining.ts';
import { keepKeys, removeEntries, removeTombstone, versionsOf } from './entries.ts';
import { intentionsIn } from './intentions.ts';
import { entriesOf, entryRows } from './reading.ts';
import { announce } from './news.ts';
import { requireColleague, visibleTo } from './visible.ts';

/**
 * All that is somebody's own: the entries with their threads as their author sees them, private ones too, and what that
 * person wrote, said and opened elsewhere, without a word of anybody else's.
 */
export async function exportLog(services: Services, who: Identity): Promise<LogExport> {
  const { database } = services;
  const { organisation, person } = who;
  const { name } = await requireColleague(database, who);
  const own = await database.selectFrom('organisation').select('name').where('id', '=', organisation).executeTakeFirstOrThrow();
  const rows = await entryRows(database, who)
    .where('log_entry.author', '=', person)
    .where(visibleTo(who))
    .orderBy('log_entry.created_at', 'desc')
    .orderBy('log_entry.id')
    .execute();
  const entries: LogExport['entries'][number][] = [];
  for (const batch of inBatches(rows)) {
    const versions = await versionsOf(services, database, who, batch.map(({ id }) => id));
    const written = await entriesOf(services, database, who, batch);
    entries.push(...written.map((entry) => ({ ...entry, versions: versions.get(entry.id) ?? [] })));
  }
  const posts = await database
    .selectFrom('log_post')
    .select(['id', 'entry', 'step', 'help', 'parts', 'created_at'])
    .where('organisation', '=', organisation)
    .where('author', '=', person)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  const endorsements = await database
    .selectFrom('log_endorsement')
    .select(['entry', 'word', 'at'])
    .where('organisation', '=', organisation)
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('entry')
    .execute();
  const opened = await database
    .selectFrom('log_opened')
    .select(['entry', 'at'])
    .where('organisation', '=', organisation)
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('entry')
    .execute();
  return {
    organisation: own.name,
    person: { id: person, name },
    exportedAt: services.now().toISOString(),
    entries,
    posts: posts.map(({ created_at, ...post }) => ({
      ...post,
      mine: true,
      author: { id: person, name },
      createdAt: created_at.toISOString(),
    })),
    endorsements: endorsements.map(({ at, ...endorsement }) => ({ ...endorsement, at: at.toISOString() })),
    intentions: await intentionsIn(services, database, who),
    helps: await helpsOf(database, who),
    opened: opened.map(({ entry, at }) => ({ entry, at: at.toISOString() })),
  };
}

/** The requests for help that somebody made, and those that somebody was asked in. */
async function helpsOf(database: Database, { organisation, person }: Identity): Promise<LogExport['helps']> {
  const all = database.selectFrom('log_help').where('log_help.organisation', '=', organisation).orderBy('log_help.created_at', 'desc').orderBy('log_help.id');
  const asked = await all
    .innerJoin('log_entry', (join) =>
      join.onRef('log_entry.organisation', '=', 'log_help.organisation').onRef('log_entry.id', '=', 'log_help.entry'),
    )
    .select(['log_help.entry', 'log_help.kind', 'log_help.state'])
    .where('log_entry.author', '=', person)
    .execute();
  const given = await all
    .innerJoin('log_participant', (join) =>
      join.onRef('log_participant.organisation', '=', 'log_help.organisation').onRef('log_participant.help', '=', 'log_help.id'),
    )
    .select(['log_help.entry', 'log_help.kind', 'log_participant.state'])
    .where('log_participant.person', '=', person)
    .execute();
  return [...asked.map((help) => ({ ...help, asked: true })), ...given.map((help) => ({ ...help, asked: false }))];
}

/** Deletes all that is somebody's own, and the key under which the private part was written, for good. */
export async function deleteLog(services: Services, who: Identity): Promise<{ done: true }> {
  const { organisation, person } = who;
  const now = services.now();
  await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    // Of two at the same time, the second one waits for the whole of the first: each may see an entry that the other does not.
    await transaction.selectFrom('person').select('id').where('organisation', '=', organisation).where('id', '=', person).forNoKeyUpdate().execute();
    // What is being changed at this moment, on another device, is waited for, in the order in which a change locks: what it
    // changes, then the key. What is written from then on is under another key.
    for (const [table, whose] of [['log_entry', 'author'], ['log_intention', 'person']] as const) {
      await transaction.selectFrom(table).select('id').where('organisation', '=', organisation).where(whose, '=', person).orderBy('id').forUpdate().execute();
    }
    await removeKey(transaction, who);
    // A browser that heard no answer may send one of them once more: it is gone, and does not come back.
    await keepKeys(transaction, organisation, sql<SqlBool>`author = ${person} and deleted_at is null`, now);
    await removeEntriesOf(transaction, who, sql`true`, now);
    await emptyPostsOf(transaction, who, now);
    // Where it is over, nothing needs to say who helped; where it goes on, it goes on without.
    await transaction
      .deleteFrom('log_participant')
      .using('log_help')
      .whereRef('log_help.organisation', '=', 'log_participant.organisation')
      .whereRef('log_help.id', '=', 'log_participant.help')
      .where('log_participant.organisation', '=', organisation)
      .where('log_participant.person', '=', person)
      .where('log_help.state', 'not in', UNDER_WAY)
      .execute();
    await declineHelps(transaction, who, ['asked', 'answered']);
    await removeTraces(transaction, who);
  });
  announce(services, organisation);
  return { done: true };
}

/** Removes the entries of a person, all or some of them. */
export async function removeEntriesOf(
  transaction: Database,
  { organisation, person }: Identity,
  which: ReturnType<typeof sql<boolean>>,
  now: Date,
): Promise<void> {
  const entries = await transaction
    .selectFrom('log_entry')
    .select('id')
    .where('organisation', '=', organisation)
    .where('author', '=', person)
    .where('deleted_at', 'is', null)
    .where(which)
    .execute();
  for (const batch of inBatches(entries)) await removeEntries(transaction, organisation, batch.map(({ id }) => id), now);
}

/** Takes the words out of what a person wrote in threads: that something stood there remains, where there still is a thread. */
export async function emptyPostsOf(
  transaction: Database,
  { organisation, person }: Identity,
  now: Date,
  which: ReturnType<typeof sql<boolean>> = sql<boolean>`true`,
): Promise<void> {
  const emptied = await transaction
    .updateTable('log_post')
    .set({ parts: '[]', key_digest: '', deleted_at: now })
    .where('organisation', '=', organisation)
    .where('author', '=', person)
    .where('deleted_at', 'is', null)
    .where(which)
    .returning('entry')
    .execute();
  for (const entry of new Set(emptied.map((post) => post.entry))) await removeTombstone(transaction, organisation, entry);
}

/** Declines, for somebody, the requests for help that go on and where that person stands in one of these ways. */
export async function declineHelps(
  transaction: Database,
  { organisation, person }: Identity,
  states: readonly ParticipantState[],
): Promise<void> {
  const helps = await transaction
    .selectFrom('log_help')
    .innerJoin('log_participant', (join) =>
      join.onRef('log_participant.organisation', '=', 'log_help.organisation').onRef('log_participant.help', '=', 'log_help.id'),
    )
    .select(['log_help.id', 'log_help.kind', 'log_help.state'])
    .where('log_help.organisation', '=', organisation)
    .where('log_help.state', 'in', UNDER_WAY)
    .where('log_participant.person', '=', person)
    .where('log_participant.state', 'in', states)
    .forUpdate('log_help')
    .execute();
  for (const help of helps) await declineFor(transaction, organisation, help, sql<SqlBool>`person = ${person}`);
}

/** Removes the key of all that was sealed for a person: nobody reads that any more, wherever a copy of it lies. */
export async function removeKey(transaction: Database, { organisation, person }: Identity): Promise<void> {
  await transaction.deleteFrom('keyring.author_key').where('organisation', '=', organisation).where('person', '=', person).execute();
}

/** Removes what says what a person did with entries. */
export async function removeTraces(transaction: Database, { organisation, person }: Identity): Promise<void> {
  for (const table of ['log_endorsement', 'log_opened', 'log_intention', 'log_person'] as const) {
    await transaction.deleteFrom(table).where('organisation', '=', organisation).where('person', '=', person).execute();
  }
}
