import { sql, type SqlBool } from 'kysely';
import type { Entry, EntrySummary, Help, Post, Tombstone } from '../../contract/learning-log.ts';
import { isUnderWay, stepsOpen, UNDER_WAY, type Endorsement, type EntryKind, type Scope } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { authorKey, type AuthorKey } from './author-keys.ts';
import { mayRead, visibleTo } from './visible.ts';

/** What a person writes in an entry. */
export interface Written {
  readonly kind: EntryKind;
  readonly text: string;
  readonly different: string | null;
  readonly link: string | null;
  readonly project: string | null;
  readonly tags: readonly string[];
}

/** Characters of an entry that a list shows. */
const EXCERPT = 280;

/** Rows of entries with all that a list says of each, for one reader; which of them, is for who calls. */
export function entryRows(database: Database, { organisation, person }: Identity) {
  const me = sql<string>`${person}`;
  return database
    .selectFrom('log_entry')
    .leftJoin('person as author', (join) =>
      join.onRef('author.organisation', '=', 'log_entry.organisation').onRef('author.id', '=', 'log_entry.author'),
    )
    .leftJoin('team', (join) =>
      join.onRef('team.organisation', '=', 'log_entry.organisation').onRef('team.id', '=', 'log_entry.team'),
    )
    .where('log_entry.organisation', '=', organisation)
    .select([
      'log_entry.id',
      'log_entry.author',
      'author.name as author_name',
      'log_entry.scope',
      'log_entry.team',
      'team.name as team_name',
      'log_entry.kind',
      'log_entry.text',
      'log_entry.different',
      'log_entry.link',
      'log_entry.project',
      'log_entry.tags',
      'log_entry.sealed',
      'log_entry.version',
      'log_entry.created_at',
      'log_entry.shared_at',
      'log_entry.changed_at',
      sql<string | null>`(
        select led.name from membership join team as led on led.organisation = membership.organisation and led.id = membership.team
        where membership.organisation = log_entry.organisation and membership.person = log_entry.author
          and membership.role = 'leader' and log_entry.scope <> 'me' and (log_entry.scope <> 'team' or membership.team = log_entry.team)
        order by exists (
          select from membership as mine
          where mine.organisation = membership.organisation and mine.team = membership.team and mine.person = ${me}
        ) desc, led.name limit 1
      )`.as('leads'),
      sql<Endorsement | null>`(
        select word from log_endorsement
        where log_endorsement.organisation = log_entry.organisation and log_endorsement.entry = log_entry.id and log_endorsement.person = ${me}
      )`.as('endorsed'),
      sql<boolean>`exists (
        select from log_intention
        where log_intention.organisation = log_entry.organisation and log_intention.entry = log_entry.id
          and log_intention.person = ${me} and log_intention.source = 'other' and log_intention.state = 'open'
      )`.as('trying'),
      sql<EntrySummary['help']>`(
        select jsonb_build_object('kind', log_help.kind, 'state', log_help.state, 'wishDate', log_help.wish_date, 'turn',
          case when log_entry.author = ${me} then coalesce((
            select log_post.author is distinct from log_entry.author from log_post
            where log_post.organisation = log_help.organisation and log_post.entry = log_help.entry and log_post.help = log_help.id
              and log_post.deleted_at is null
            order by log_post.created_at desc, log_post.id desc limit 1
          ), false)
          else exists (
            select from log_participant
            where log_participant.organisation = log_help.organisation and log_participant.help = log_help.id
              and log_participant.person = ${me} and log_participant.state = 'asked'
          ) end) from log_help
        where log_help.organisation = log_entry.organisation and log_help.entry = log_entry.id
          and log_help.state = any(${sql.val(UNDER_WAY)}::text[])
          and (log_entry.author = ${me} or exists (
            select from log_participant
            where log_participant.organisation = log_help.organisation and log_participant.help = log_help.id
              and log_participant.person = ${me} and log_participant.state <> 'declined'
          ))
        order by log_help.created_at desc limit 1
      )`.as('help'),
    ]);
}

export type EntryRow = Awaited<ReturnType<ReturnType<typeof entryRows>['executeTakeFirstOrThrow']>>;

/**
 * What is left of a text whose key is gone, as after an old backup was put back: that there was one. No text that somebody
 * wrote is empty.
 */
export const UNREADABLE: Written = { kind: 'insight', text: '', different: null, link: null, project: null, tags: [] };

/** What an entry says: as it stands there, or unsealed when it is for its author alone. */
export async function writtenIn(row: Pick<EntryRow, 'id' | 'version' | 'sealed' | keyof Written>, key: () => Promise<AuthorKey>): Promise<Written> {
  if (row.sealed) return ((await (await key()).unseal(['entry', row.id, String(row.version)], row.sealed)) ?? UNREADABLE) as Written;
  const { kind, text, different, link, project, tags } = row;
  if (kind === null || text === null) throw new Error('An entry that is shared has no text.');
  return { kind, text, different, link, project, tags };
}

/** The key of the one who reads, asked for once, and only where something of theirs is sealed. */
export function keyOf(services: Services, database: Database, who: Identity): () => Promise<AuthorKey> {
  let key: Promise<AuthorKey> | undefined;
  return () => (key ??= authorKey(services, database, who));
}

/** An entry as a list shows it. */
export function summaryOf(row: EntryRow, written: Written, { person }: Identity): EntrySummary {
  const { excerpt, more } = excerptOf(written.text);
  return { ...commonOf(row, written, person), excerpt, more };
}

/** The beginning of a text, which ends at a word where there is one, and never within a character. */
export function excerptOf(text: string): { readonly excerpt: string; readonly more: boolean } {
  if (text.length <= EXCERPT) return { excerpt: text, more: false };
  const cut = text.slice(0, EXCERPT).replace(/[\ud800-\udbff]$/, '');
  const atWord = cut.replace(/\s+\S*$/, '');
  return { excerpt: atWord.length > EXCERPT / 2 ? atWord : cut, more: true };
}

/** One entry with its thread, for whoever may see it; undefined for everybody else, and where there is none. */
export async function entryFor(services: Services, database: Database, who: Identity, id: string): Promise<Entry | undefined> {
  const row = await entryRows(database, who).where('log_entry.id', '=', id).where(visibleTo(who)).executeTakeFirst();
  return row && (await entriesOf(services, database, who, [row]))[0];
}

/** Entries that this person may see, with their threads, in the order of their rows: in as many statements as one takes. */
export async function entriesOf(services: Services, database: Database, who: Identity, rows: readonly EntryRow[]): Promise<Entry[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const own = new Set(rows.flatMap(({ id, author }) => (author === who.person ? id : [])));
  const key = keyOf(services, database, who);
  const helps = await helpsOf(database, who, ids, own);
  const posts = await postsOf(database, who, ids, [...helps.values()].flat());
  const endorsements = await endorsementsOf(database, who, ids, own);
  const readers = await readersOf(database, who, [...own]);
  const forAuthors = await forAuthor(database, who, [...own]);
  return Promise.all(
    rows.map(async (row) => {
      const { id } = row;
      const written = await writtenIn(row, key);
      const common = commonOf(row, written, who.person);
      return {
        ...common,
        ...(own.has(id) ? { audience: { ...common.audience, people: readers.get(id) ?? [] } } : {}),
        text: written.text,
        different: written.different,
        link: written.link,
        endorsements: endorsements.get(id) ?? [],
        helps: helps.get(id) ?? [],
        posts: posts.get(id) ?? [],
        ...(own.has(id) ? (forAuthors.get(id) ?? {}) : {}),
      };
    }),
  );
}

/** Rows by what they belong to. */
function groups<T>(rows: readonly T[], belongsTo: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const group = belongsTo(row);
    const others = found.get(group);
    if (others) others.push(row);
    else found.set(group, [row]);
  }
  return found;
}

/** What the rows of each entry come to. */
function perEntry<T extends { readonly entry: string }, R>(rows: readonly T[], of: (rows: readonly T[], entry: string) => R): Map<string, R> {
  return new Map([...groups(rows, ({ entry }) => entry)].map(([entry, own]) => [entry, of(own, entry)]));
}

/** Whether a row is of one of these entries, however many they are. */
function among(column: string, ids: readonly string[]) {
  return sql<SqlBool>`${sql.ref(column)} = any(${sql.val(ids)}::text[])`;
}

/** What is left, for somebody who wrote in its thread, of an entry that was deleted. */
export async function tombstoneFor(database: Database, who: Identity, id: string): Promise<Tombstone | undefined> {
  const posts = await postRows(database, who, [id])
    .innerJoin('log_entry', (join) =>
      join.onRef('log_entry.organisation', '=', 'log_post.organisation').onRef('log_entry.id', '=', 'log_post.entry'),
    )
    .where('log_entry.deleted_at', 'is not', null)
    .where('log_post.author', '=', who.person)
    .where('log_post.deleted_at', 'is', null)
    .execute();
  return posts.length > 0 ? { id, deleted: true, posts: posts.map((post) => postOf(post, who)) } : undefined;
}

function commonOf(row: EntryRow, written: Written, person: string): Omit<EntrySummary, 'excerpt' | 'more'> {
  const mine = row.author === person;
  // That it was one's own for a while before it was shared, and changed then, is nobody else's business.
  const changedAt = row.changed_at && (mine || row.changed_at > row.shared_at) ? row.changed_at : null;
  return {
    id: row.id,
    // Nor is how often: to others a version is another one whenever they see another date, and says no more than that.
    version: mine ? row.version : (changedAt ?? row.shared_at).getTime(),
    mine,
    author: named(row.author, row.author_name),
    leads: row.leads,
    kind: written.kind,
    audience: {
      scope: row.scope satisfies Scope,
      team: row.team === null ? null : { id: row.team, name: row.team_name ?? row.team },
    },
    project: written.project,
    tags: [...written.tags],
    createdAt: (mine ? row.created_at : row.shared_at).toISOString(),
    changedAt: changedAt?.toISOString() ?? null,
    endorsed: row.endorsed,
    trying: row.trying,
    help: row.help,
  };
}

/** Somebody by name; null for who has left, of whom nothing is said but that. */
export function named(id: string | null, name: string | null): { readonly id: string; readonly name: string } | null {
  return id === null || name === null ? null : { id, name };
}

/** Who is named as a reader of each entry, as far as they are still there. */
async function readersOf(database: Database, { organisation }: Identity, ids: readonly string[]) {
  const rows = await database
    .selectFrom('log_reader')
    .innerJoin('person', (join) =>
      join.onRef('person.organisation', '=', 'log_reader.organisation').onRef('person.id', '=', 'log_reader.person'),
    )
    .select(['log_reader.entry', 'person.id', 'person.name'])
    .where('log_reader.organisation', '=', organisation)
    .where(among('log_reader.entry', ids))
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
  return perEntry(rows, (named) => named.map(({ id, name }) => ({ id, name })));
}

/**
 * The requests for help that concern the reader: those of one's own entry, and those that one was asked in. That somebody
 * declined is for the author to know, and for nobody else who was asked: nobody has to feel looked at for saying no. Who
 * declined is not involved any more and sees that it was so, and not how it went on with the others.
 */
async function helpsOf(
  database: Database,
  { organisation, person }: Identity,
  ids: readonly string[],
  own: ReadonlySet<string>,
): Promise<Map<string, Help[]>> {
  const rows = await database
    .selectFrom('log_help')
    .select(['id', 'entry', 'kind', 'state', 'question', sql<string | null>`wish_date::text`.as('wish_date')])
    .where('organisation', '=', organisation)
    .where(among('entry', ids))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  if (rows.length === 0) return new Map();
  const participants = await database
    .selectFrom('log_participant')
    .leftJoin('person', (join) =>
      join.onRef('person.organisation', '=', 'log_participant.organisation').onRef('person.id', '=', 'log_participant.person'),
    )
    .select(['log_participant.help', 'log_participant.person', 'log_participant.state', 'person.name'])
    .where('log_participant.organisation', '=', organisation)
    .where(among('log_participant.help', rows.map(({ id }) => id)))
    .orderBy('person.name')
    .orderBy('log_participant.person')
    .execute();
  const askedIn = groups(participants, ({ help }) => help);
  return perEntry(rows, (helps, entry) => {
    const mine = own.has(entry);
    return helps.flatMap((row): Help[] => {
      const asked = askedIn.get(row.id) ?? [];
      const state = asked.find((one) => one.person === person)?.state;
      if (!mine && state === undefined) return [];
      const under = isUnderWay(row.state);
      return [
        {
          id: row.id,
          kind: row.kind,
          state: state === 'declined' ? 'declined' : row.state,
          question: row.question,
          wishDate: row.wish_date,
          participants: asked
            .filter((one) => mine || one.person === person || (state !== 'declined' && one.state !== 'declined'))
            .map((one) => ({ person: named(one.person, one.name), state: one.state })),
          steps: stepsOpen(row.kind, row.state, { author: mine, participant: state }),
          may: {
            decline: under && state === 'asked',
            withdraw: under && mine,
            moveOn: under && mine && row.kind === 'intervision' && row.state === 'facts',
          },
        },
      ];
    });
  });
}

/**
 * The thread as far as the reader may see it: replies, and what belongs to a request that concerns the reader. Others
 * wrote in a request to those who think along: who declined sees no more of it than the own posts.
 */
async function postsOf(database: Database, who: Identity, ids: readonly string[], helps: readonly Help[]): Promise<Map<string, Post[]>> {
  const declined = (help: Help) => help.participants.some((one) => one.person?.id === who.person && one.state === 'declined');
  const open = new Set(helps.filter((help) => !declined(help)).map(({ id }) => id));
  const rows = await postRows(database, who, ids).execute();
  const mayBeSeen = rows.filter(({ help, author }) => help === null || open.has(help) || author === who.person);
  return perEntry(mayBeSeen, (posts) => posts.map((row) => postOf(row, who)));
}

function postRows(database: Database, { organisation }: Identity, ids: readonly string[]) {
  return database
    .selectFrom('log_post')
    .leftJoin('person as writer', (join) =>
      join.onRef('writer.organisation', '=', 'log_post.organisation').onRef('writer.id', '=', 'log_post.author'),
    )
    .select([
      'log_post.id',
      'log_post.entry',
      'log_post.author',
      'writer.name as author_name',
      'log_post.step',
      'log_post.help',
      'log_post.parts',
      'log_post.created_at',
      'log_post.deleted_at',
    ])
    .where('log_post.organisation', '=', organisation)
    .where(among('log_post.entry', ids))
    .orderBy('log_post.created_at')
    .orderBy('log_post.id');
}

type PostRow = Awaited<ReturnType<ReturnType<typeof postRows>['executeTakeFirstOrThrow']>>;

function postOf(row: PostRow, { person }: Identity): Post {
  return {
    id: row.id,
    mine: row.author === person,
    author: named(row.author, row.author_name),
    step: row.step,
    help: row.help,
    parts: row.deleted_at === null ? row.parts : [],
    createdAt: row.created_at.toISOString(),
  };
}

async function endorsementsOf(
  database: Database,
  { organisation }: Identity,
  ids: readonly string[],
  own: ReadonlySet<string>,
): Promise<Map<string, Entry['endorsements']>> {
  const rows = await database
    .selectFrom('log_endorsement')
    .leftJoin('person', (join) =>
      join.onRef('person.organisation', '=', 'log_endorsement.organisation').onRef('person.id', '=', 'log_endorsement.person'),
    )
    .select(['log_endorsement.entry', 'log_endorsement.word', 'log_endorsement.person', 'person.name'])
    .where('log_endorsement.organisation', '=', organisation)
    .where(among('log_endorsement.entry', ids))
    .orderBy('person.name')
    .execute();
  return perEntry(rows, (given, entry) => {
    const words = [...new Set(given.map(({ word }) => word))].sort();
    return words.map((word) => {
      const people = given.flatMap((row) => (row.word === word ? (named(row.person, row.name) ?? []) : []));
      return own.has(entry) ? { word, people } : { word };
    });
  });
}

/** What its author alone is told of each entry: who opened it, by the day and not by the hour, and how many may see it now. */
async function forAuthor(
  database: Database,
  { organisation, person }: Identity,
  ids: readonly string[],
): Promise<Map<string, Required<Pick<Entry, 'openedBy' | 'readers'>>>> {
  if (ids.length === 0) return new Map();
  const opened = await database
    .selectFrom('log_opened')
    .leftJoin('person', (join) =>
      join.onRef('person.organisation', '=', 'log_opened.organisation').onRef('person.id', '=', 'log_opened.person'),
    )
    .select(['log_opened.entry', 'log_opened.person', 'person.name', 'log_opened.at'])
    .where('log_opened.organisation', '=', organisation)
    .where(among('log_opened.entry', ids))
    .orderBy('log_opened.at')
    .execute();
  // What is for everybody is counted once: to hold each person against the rule for each entry takes long.
  const readers = await database
    .selectFrom('log_entry')
    .innerJoin('person', 'person.organisation', 'log_entry.organisation')
    .select(['log_entry.id as entry', sql<string>`count(*)`.as('readers')])
    .where(among('log_entry.id', ids))
    .where('log_entry.scope', '<>', 'organisation')
    .where('person.id', '<>', person)
    .where(mayRead(organisation, sql.ref('person.id')))
    .groupBy('log_entry.id')
    .execute();
  const everybody = await database
    .selectFrom('log_entry')
    .select(['log_entry.id as entry', (select) =>
      select
        .selectFrom('person')
        .select(sql<string>`count(*)`.as('readers'))
        .where('person.organisation', '=', organisation)
        .where('person.id', '<>', person)
        .as('readers'),
    ])
    .where('log_entry.organisation', '=', organisation)
    .where(among('log_entry.id', ids))
    .where('log_entry.scope', '=', 'organisation')
    .execute();
  const counts = new Map([...readers, ...everybody].map(({ entry, readers }) => [entry, Number(readers)]));
  const openedIn = groups(opened, ({ entry }) => entry);
  return new Map(
    ids.map((id) => [
      id,
      {
        openedBy: (openedIn.get(id) ?? []).map((one) => ({ person: named(one.person, one.name), at: one.at.toISOString().slice(0, 10) })),
        readers: counts.get(id) ?? 0,
      },
    ]),
  );
}
