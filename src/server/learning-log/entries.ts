import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type * as v from 'valibot';
import type { Audience, changedEntrySchema, Entry, newEntrySchema, OpenedEntry, Versions } from '../../contract/learning-log.ts';
import { LOG_LIMITS, SCOPES, UNDER_WAY } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { authorKey } from './author-keys.ts';
import { declineFor } from './declining.ts';
import { followIntention } from './intending.ts';
import { announce } from './news.ts';
import { entryFor, entryRows, keyOf, tombstoneFor, UNREADABLE, writtenIn, type Written } from './reading.ts';
import { logSettings } from './settings.ts';
import { mayRead, requireColleague, visibleTo } from './visible.ts';
import { searchText, vectorOf } from './words.ts';

type NewEntry = v.InferOutput<typeof newEntrySchema>;
type ChangedEntry = v.InferOutput<typeof changedEntrySchema>;

/** Keeps a new entry, once for each key; a second request under a key that says something else changes nothing. */
export async function writeEntry(services: Services, who: Identity, entry: NewEntry): Promise<Entry> {
  const { organisation, person } = who;
  const now = services.now();
  const kept = await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    const id = randomUUID();
    const written = writtenOf(entry);
    const audience = entry.audience;
    const digest = (await authorKey(services, transaction, who)).digest(JSON.stringify(entry));
    await requireAudience(transaction, who, audience);
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('log_entry')
      .values({
        organisation,
        id,
        author: person,
        key: entry.key,
        key_digest: digest,
        version: 1,
        created_at: now,
        shared_at: now,
        ...(await columnsOf(services, transaction, who, { id, version: 1, written, audience })),
      })
      .onConflict((conflict) => conflict.columns(['organisation', 'author', 'key']).doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) {
      const earlier = await transaction
        .selectFrom('log_entry')
        .select(['id', 'key_digest'])
        .where('organisation', '=', organisation)
        .where('author', '=', person)
        .where('key', '=', entry.key)
        .executeTakeFirst();
      // It is being deleted at this moment.
      const kept = earlier && (await entryFor(services, transaction, who, earlier.id));
      if (!kept) throw new ProblemError('not-found');
      if (earlier.key_digest === digest) return kept;
      const { key: _, ...sent } = entry;
      throw new ProblemError('entry-changed', [], { kept, sent });
    }
    // Asked only now: who deletes one of this key at this moment was waited for.
    const deleted = await transaction
      .selectFrom('log_deleted')
      .select('key')
      .where('organisation', '=', organisation)
      .where('author', '=', person)
      .where('key', '=', entry.key)
      .executeTakeFirst();
    // It was kept, and deleted on another device before the first answer came here.
    if (deleted) throw new ProblemError('not-found');
    await keepVersion(services, transaction, who, { id, version: 1, written, at: now });
    await keepReaders(transaction, who, id, audience);
    await followIntention(services, transaction, who, id, { before: null, different: written.different });
    return required(await entryFor(services, transaction, who, id));
  });
  announce(services, organisation);
  return kept;
}

/** Opens an entry, which its author can see afterwards; where it was deleted, what one wrote under it oneself. */
export async function readEntry(services: Services, who: Identity, id: string): Promise<OpenedEntry> {
  const { database } = services;
  await requireColleague(database, who);
  const entry = await atOneMoment(database, (moment) => entryFor(services, moment, who, id));
  if (!entry) return required(await tombstoneFor(database, who, id));
  if (!entry.mine) {
    // Of a row that nobody takes away meanwhile: one that was deleted by now, nobody opened.
    const row = database
      .selectFrom('log_entry')
      .select(['organisation', 'id', sql<string>`${who.person}::text`.as('person'), sql<Date>`${services.now()}::timestamptz`.as('at')])
      .where('organisation', '=', who.organisation)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .forKeyShare();
    await database
      .insertInto('log_opened')
      .columns(['organisation', 'entry', 'person', 'at'])
      .expression(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return entry;
}

/**
 * Reads as things were at one moment: not with a post that was written just after this person could no longer see it.
 * Where the author's key goes at that very moment, it is read once more (PostgreSQL's 40001).
 */
export async function atOneMoment<T>(database: Database, act: (moment: Database) => Promise<T>): Promise<T> {
  const read = () => database.transaction().setIsolationLevel('repeatable read').execute(act);
  return read().catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === '40001') return read();
    throw error;
  });
}

/** Makes an entry what is sent, if it is still the version that the change began with. */
export async function changeEntry(services: Services, who: Identity, id: string, version: number, change: ChangedEntry): Promise<Entry> {
  const now = services.now();
  const changed = await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    const before = await ownRow(transaction, who, id);
    const written = writtenOf(change);
    if (before.version !== version) {
      const kept = required(await entryFor(services, transaction, who, id));
      // The answer to the first try was lost: what is asked has been done.
      if (before.version === version + 1 && says(kept, written, change.audience)) return kept;
      throw new ProblemError('entry-changed', [], { kept, sent: change });
    }
    await requireAudience(transaction, who, change.audience, before.team);
    const isNews = await reachesMore(transaction, who.organisation, id, change.audience);
    const { different } = await ownWords(services, transaction, who, id);
    await nextVersion(services, transaction, who, { id, version, written, audience: change.audience, at: now, changedAt: now, isNews });
    await followIntention(services, transaction, who, id, { before: different, different: written.different });
    return required(await entryFor(services, transaction, who, id));
  });
  announce(services, who.organisation);
  return changed;
}

/**
 * Makes an entry what is written, for whom it is meant: its next version, so that a change that began before is not lost.
 * @param next.version the one that it is now, with the row locked
 */
async function nextVersion(
  services: Services,
  transaction: Database,
  who: Identity,
  next: {
    readonly id: string;
    readonly version: number;
    readonly written: Written;
    readonly audience: Audience;
    readonly at: Date;
    readonly changedAt: Date | null;
    /** Whether it comes to people as something of today. */
    readonly isNews: boolean;
  },
): Promise<void> {
  const { id, written, audience, at, changedAt } = next;
  const version = next.version + 1;
  const columns = await columnsOf(services, transaction, who, { id, version, written, audience });
  await transaction
    .updateTable('log_entry')
    .set({ ...columns, ...(next.isNews ? { shared_at: at } : {}), version, changed_at: changedAt })
    .where('organisation', '=', who.organisation)
    .where('id', '=', id)
    .execute();
  await keepVersion(services, transaction, who, { id, version, written, at });
  await keepReaders(transaction, who, id, audience);
}

/** Whether an audience has people in it to whom an entry is new: it comes to them as something of today, not of when it was written. */
async function reachesMore(transaction: Database, organisation: string, id: string, audience: Audience): Promise<boolean> {
  const before = await transaction
    .selectFrom('log_entry')
    .select(['scope', 'team'])
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (SCOPES.indexOf(audience.scope) > SCOPES.indexOf(before.scope)) return true;
  if (audience.scope === 'team' && audience.team !== before.team) return true;
  const readers = await transaction
    .selectFrom('log_reader')
    .select('person')
    .where('organisation', '=', organisation)
    .where('entry', '=', id)
    .execute();
  return (audience.people ?? []).some((person) => !readers.some((reader) => reader.person === person));
}

/**
 * Names colleagues as readers of an entry of one's own, who may see it from then on; one that was for oneself alone is
 * opened for them. What it says stays as it is, and so does when that was last changed.
 * @param pointer to who names them in the request
 * @throws ProblemError when it is not there, or would name more people than an entry can
 */
export async function nameReaders(
  services: Services,
  transaction: Database,
  who: Identity,
  id: string,
  people: readonly string[],
  pointer: string,
): Promise<void> {
  const { version, scope, team, changed_at: changedAt } = await ownRow(transaction, who, id);
  const readers = await transaction
    .selectFrom('log_reader')
    .select('person')
    .where('organisation', '=', who.organisation)
    .where('entry', '=', id)
    .execute();
  const named = new Set(readers.map(({ person }) => person));
  if (people.every((person) => named.has(person))) return;
  for (const person of people) named.add(person);
  if (named.size > LOG_LIMITS.people) {
    throw new ProblemError('invalid-request', [{ pointer, detail: `An entry names at most ${String(LOG_LIMITS.people)} colleagues.` }]);
  }
  const written = await ownWords(services, transaction, who, id);
  const audience = { scope: scope === 'me' ? 'people' : scope, ...(team === null ? {} : { team }), people: [...named] } as const;
  // To those who could read it already, it is no news that somebody else can: whoever is asked for help has it told apart.
  const isNews = scope === 'me';
  await nextVersion(services, transaction, who, { id, version, written, audience, at: services.now(), changedAt, isNews });
}

/**
 * Deletes an entry of one's own. Where others wrote in its thread, an empty row stays, so that what they wrote stays
 * theirs.
 */
export async function deleteEntry(services: Services, who: Identity, id: string): Promise<{ done: true }> {
  await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    await ownRow(transaction, who, id);
    const at = services.now();
    await keepKeys(transaction, who.organisation, sql<SqlBool>`id = ${id}`, at);
    await removeEntries(transaction, who.organisation, [id], at);
  });
  announce(services, who.organisation);
  return { done: true };
}

/** Keeps for a while under which keys entries came that are deleted now. */
export async function keepKeys(transaction: Database, organisation: string, which: RawBuilder<SqlBool>, at: Date): Promise<void> {
  await transaction
    .insertInto('log_deleted')
    .columns(['organisation', 'author', 'key', 'at'])
    .expression((from) =>
      from
        .selectFrom('log_entry')
        .select(['organisation', sql<string>`author`.as('author'), 'key', sql<Date>`${at}::timestamptz`.as('at')])
        .where('organisation', '=', organisation)
        .where(which),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Takes entries out of the database, with all that hangs on them but what others wrote in their threads, and what people
 * set out to do that others gave the idea for, or that something came of.
 */
export async function removeEntries(transaction: Database, organisation: string, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const answered = await transaction
    .selectFrom('log_post')
    .innerJoin('log_entry', (join) =>
      join.onRef('log_entry.organisation', '=', 'log_post.organisation').onRef('log_entry.id', '=', 'log_post.entry'),
    )
    .select('log_post.entry')
    .distinct()
    .where('log_post.organisation', '=', organisation)
    .where('log_post.entry', 'in', ids)
    .where('log_post.deleted_at', 'is', null)
    .where('log_post.author', 'is not', null)
    // The entry's own author may be gone.
    .where(sql<boolean>`log_post.author is distinct from log_entry.author`)
    .execute();
  const stay = answered.map(({ entry }) => entry);
  const gone = ids.filter((id) => !stay.includes(id));
  // What its author set out to do stood in it: asked about later on, nobody would know what is meant.
  await transaction
    .deleteFrom('log_intention')
    .where('organisation', '=', organisation)
    .where('entry', 'in', ids)
    .where('source', '=', 'own')
    .where('state', '=', 'open')
    .execute();
  if (gone.length > 0) {
    await transaction.deleteFrom('log_entry').where('organisation', '=', organisation).where('id', 'in', gone).execute();
  }
  if (stay.length === 0) return;
  for (const table of ['log_reader', 'log_opened', 'log_version', 'log_endorsement', 'log_help'] as const) {
    // Posts of a request for help stay, without the request.
    if (table === 'log_help') {
      await transaction.updateTable('log_post').set({ help: null }).where('organisation', '=', organisation).where('entry', 'in', stay).execute();
    }
    await transaction.deleteFrom(table).where('organisation', '=', organisation).where('entry', 'in', stay).execute();
  }
  await transaction
    .deleteFrom('log_post')
    .using('log_entry')
    .whereRef('log_entry.organisation', '=', 'log_post.organisation')
    .whereRef('log_entry.id', '=', 'log_post.entry')
    .where(sql<boolean>`(log_post.author is null or log_post.author = log_entry.author)`)
    .where('log_post.organisation', '=', organisation)
    .where('log_post.entry', 'in', stay)
    .execute();
  await transaction.updateTable('log_intention').set({ entry: null }).where('organisation', '=', organisation).where('entry', 'in', stay).execute();
  await transaction
    .updateTable('log_entry')
    .set({ ...EMPTY, author: null, key_digest: '', scope: 'me', team: null, leavers: null, sealed: new Uint8Array(), deleted_at: now })
    .where('organisation', '=', organisation)
    .where('id', 'in', stay)
    .execute();
}

/** Takes away the empty row of an entry that was deleted, once nobody has anything in its thread any more. */
export async function removeTombstone(transaction: Database, organisation: string, id: string): Promise<void> {
  await transaction
    .deleteFrom('log_entry')
    .where('organisation', '=', organisation)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('log_post')
            .select('log_post.id')
            .whereRef('log_post.organisation', '=', 'log_entry.organisation')
            .whereRef('log_post.entry', '=', 'log_entry.id')
            .where('log_post.deleted_at', 'is', null)
            .where('log_post.author', 'is not', null),
        ),
      ),
    )
    .execute();
}

/** The versions of an entry of one's own, the newest first. */
export async function entryVersions(services: Services, who: Identity, id: string): Promise<Versions> {
  const { database } = services;
  await requireColleague(database, who);
  await ownRow(database, who, id);
  return { versions: (await versionsOf(services, database, who, [id])).get(id) ?? [] };
}

/** What each of these entries of one's own said in each of its versions, the newest first. */
export async function versionsOf(services: Services, database: Database, who: Identity, ids: readonly string[]): Promise<Map<string, Versions['versions']>> {
  const rows = await database
    .selectFrom('log_version')
    .select(['entry', 'version', 'at', 'sealed'])
    .where('organisation', '=', who.organisation)
    .where(sql<boolean>`entry = any(${sql.val(ids)}::text[])`)
    .orderBy('version', 'desc')
    .execute();
  const key = keyOf(services, database, who);
  const found = new Map(ids.map((id) => [id, [] as Versions['versions'][number][]]));
  for (const { entry, version, at, sealed } of rows) {
    const written = ((await (await key()).unseal(['version', entry, String(version)], sealed)) ?? UNREADABLE) as Written;
    found.get(entry)?.push({ version, at: at.toISOString(), ...written, tags: [...written.tags] });
  }
  return found;
}

/** An entry of one's own, which nobody else changes until the transaction ends. @throws ProblemError */
export async function ownRow(database: Database, { organisation, person }: Identity, id: string) {
  return required(
    await database
      .selectFrom('log_entry')
      .select(['version', 'scope', 'team', 'changed_at'])
      .where('organisation', '=', organisation)
      .where('id', '=', id)
      .where('author', '=', person)
      .where('deleted_at', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
  );
}

/** What an entry of one's own says. */
async function ownWords(services: Services, database: Database, who: Identity, id: string): Promise<Written> {
  const row = required(await entryRows(database, who).where('log_entry.id', '=', id).where(visibleTo(who)).executeTakeFirst());
  return writtenIn(row, keyOf(services, database, who));
}

/** Not there, and not to be seen, is the same answer. */
export function required<T>(found: T | undefined): T {
  if (found === undefined) throw new ProblemError('not-found');
  return found;
}

function writtenOf({ kind, text, different, link, project, tags }: Omit<ChangedEntry, 'audience'>): Written {
  return { kind, text, different: different ?? null, link: link ?? null, project: project ?? null, tags: [...new Set(tags)] };
}

function says(kept: Entry, written: Written, audience: Audience): boolean {
  const { kind, text, different, link, project, tags, audience: keptFor } = kept;
  const same = JSON.stringify({ kind, text, different, link, project, tags }) === JSON.stringify(written);
  const named = (people: readonly string[]) => JSON.stringify([...new Set(people)].sort());
  return (
    same &&
    keptFor.scope === audience.scope &&
    keptFor.team?.id === audience.team &&
    named((keptFor.people ?? []).map(({ id }) => id)) === named(audience.people ?? [])
  );
}

/** Columns in which nothing may stand while an entry is for its author alone. */
const EMPTY: Record<'kind' | 'text' | 'different' | 'link' | 'project' | 'search' | 'vector', null> & { tags: string[] } = {
  kind: null,
  text: null,
  different: null,
  link: null,
  project: null,
  tags: [],
  search: null,
  vector: null,
};

/** The columns of what is written: open where others may read it, sealed and nothing else where it is for its author alone. */
async function columnsOf(
  services: Services,
  transaction: Database,
  who: Identity,
  { id, version, written, audience }: { readonly id: string; readonly version: number; readonly written: Written; readonly audience: Audience },
) {
  const { scope } = audience;
  if (scope === 'me') {
    const key = await authorKey(services, transaction, who);
    return { ...EMPTY, scope, team: null, leavers: null, sealed: await key.seal(['entry', id, String(version)], written) };
  }
  const { kind, text, different, link, project, tags } = written;
  const search = searchText({ text, different: different ?? undefined, project: project ?? undefined, tags });
  return {
    scope,
    team: audience.team ?? null,
    kind,
    text,
    different,
    link,
    project,
    tags: [...tags],
    search,
    vector: vectorOf(search),
    sealed: null,
    leavers: (await logSettings(transaction, who.organisation)).leavers,
  };
}

async function keepVersion(
  services: Services,
  transaction: Database,
  who: Identity,
  { id, version, written, at }: { readonly id: string; readonly version: number; readonly written: Written; readonly at: Date },
): Promise<void> {
  const key = await authorKey(services, transaction, who);
  await transaction
    .insertInto('log_version')
    .values({ organisation: who.organisation, entry: id, version, at, sealed: await key.seal(['version', id, String(version)], written) })
    .execute();
}

/** Who is named as a reader. What is for oneself alone has no readers, and no request for help that goes on. */
async function keepReaders(transaction: Database, { organisation, person }: Identity, entry: string, audience: Audience): Promise<void> {
  await transaction.deleteFrom('log_reader').where('organisation', '=', organisation).where('entry', '=', entry).execute();
  const people = [...new Set(audience.people)].filter((one) => one !== person);
  if (people.length > 0) {
    await transaction.insertInto('log_reader').values(people.map((one) => ({ organisation, entry, person: one }))).execute();
  }
  if (audience.scope === 'me') {
    await transaction
      .updateTable('log_help')
      .set({ state: 'withdrawn' })
      .where('organisation', '=', organisation)
      .where('entry', '=', entry)
      .where('state', 'in', UNDER_WAY)
      .execute();
  } else {
    await letOff(transaction, organisation, entry);
  }
}

/** Nobody is waited for who was asked for help with an entry and may not see it any more. */
async function letOff(transaction: Database, organisation: string, entry: string): Promise<void> {
  const helps = await transaction
    .selectFrom('log_help')
    .select(['id', 'kind', 'state'])
    .where('organisation', '=', organisation)
    .where('entry', '=', entry)
    .where('state', 'in', UNDER_WAY)
    .forUpdate()
    .execute();
  const mayNotRead = sql<SqlBool>`state = 'asked' and not exists (
    select from log_entry where log_entry.id = ${entry} and ${mayRead(organisation, sql.ref('log_participant.person'))}
  )`;
  for (const help of helps) await declineFor(transaction, organisation, help, mayNotRead);
}

/** @throws ProblemError where somebody shares with a team that is not theirs, or with people whom the roster does not know */
async function requireAudience(
  database: Database,
  { organisation, person }: Identity,
  { team, people = [] }: Audience,
  kept: string | null = null,
): Promise<void> {
  // Whoever left a team can go on with what was shared with it.
  if (team !== undefined && team !== kept) {
    const place = await database
      .selectFrom('membership')
      .select('team')
      .where('organisation', '=', organisation)
      .where('person', '=', person)
      .where('team', '=', team)
      .executeTakeFirst();
    if (!place) throw new ProblemError('invalid-request', [{ pointer: '/audience/team', detail: 'Choose a team that you are in or lead.' }]);
  }
  await requirePeople(database, organisation, people, '/audience/people');
}

/** @throws ProblemError when somebody is not in the roster */
export async function requirePeople(database: Database, organisation: string, people: readonly string[], pointer: string): Promise<void> {
  if (people.length === 0) return;
  const known = await database
    .selectFrom('person')
    .select('id')
    .where('organisation', '=', organisation)
    .where('id', 'in', people)
    .execute();
  if (known.length < new Set(people).size) {
    throw new ProblemError('invalid-request', [{ pointer, detail: 'Name people who are in the roster.' }]);
  }
}
