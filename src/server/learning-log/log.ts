import { sql, type RawBuilder, type SqlBool } from 'kysely';
import * as v from 'valibot';
import type { Log, logQuerySchema } from '../../contract/learning-log.ts';
import { key } from '../../contract/primitives.ts';
import { UNDER_WAY } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import { fromBase64url, toBase64url } from '../keys/base64url.ts';
import { searchPattern } from '../roster/names.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { FIRST, LAST, momentOf } from './moments.ts';
import { entryRows, keyOf, summaryOf, writtenIn } from './reading.ts';
import { anyOf, isColleague, mayRead, newestAlong, requireColleague, visibleTo, type Way, waysOf } from './visible.ts';
import { finds, searchText, termsOf, vectorOf, type Term } from './words.ts';

type Query = v.InferOutput<typeof logQuerySchema>;

/** So many of the newest are looked through one by one before the indexes of words are asked for all that there are. */
const NEAR = 500;

/** So many of one's own private entries are unsealed at a time. */
const UNSEALED = 100;

/** Requests for help that come first: more than that nobody has at once. */
const WAITING = 20;

/**
 * Entries that a person may see, the newest first. Found ones too: a rank would tell how often words stand in what others
 * wrote.
 */
export async function logFor(services: Services, who: Identity, query: Query): Promise<Log> {
  const { database } = services;
  await requireColleague(database, who);
  const { limit } = query;
  const ways = waysIn(query, who);
  const bounds = boundsOf(who.organisation, query);
  const terms = termsOf(query.search ?? '');
  const said = saidIn(query, terms, await authorsCalled(database, who, terms));
  // Where somebody waits for this person's help, that comes first, however old the entry is, and it comes once.
  const waiting = query.list === 'concerning' && !said ? await waitingFor(database, who, query) : [];
  const after = afterOf(query);
  const condition = allOf([bounds, after, waiting.length > 0 ? sql`log_entry.id <> all(${sql.val(waiting)}::text[])` : undefined]);
  const key = keyOf(services, database, who);
  const scope = { ways, condition, limit: limit + 1 };
  const found = said
    ? foundAmong(who, { ...scope, said, own: await ownThatSay(database, who, query, { ...scope, said }, key) })
    : newestAlong(ways, { organisation: who.organisation, condition, limit: limit + 1 });
  const rows = await entryRows(database, who)
    .where('log_entry.id', 'in', sql<string>`(select id from (${found}) as found)`)
    // Once more, and for all: nothing that is done to be quick can show more than the one rule lets be seen.
    .where(visibleTo(who))
    .orderBy('log_entry.shared_at', 'desc')
    .orderBy('log_entry.id', 'desc')
    .execute();
  const first = query.after === undefined ? await rowsOf(database, who, waiting) : [];
  const page = rows.slice(0, Math.max(limit - first.length, 0));
  const last = page.at(-1) ?? BEFORE_ALL;
  return {
    entries: await Promise.all([...first, ...page].map(async (row) => summaryOf(row, await writtenIn(row, key), who))),
    next: rows.length > page.length ? cursorOf({ at: last.shared_at, id: last.id }) : null,
  };
}

/**
 * Entries on which somebody asked this person for help and has no answer yet, what was asked last first: as many as a
 * page has room for. The others come where they would anyway.
 */
async function waitingFor(database: Database, who: Identity, query: Query): Promise<string[]> {
  const { organisation, person } = who;
  const rows = await database
    .selectFrom('log_participant')
    .innerJoin('log_help', (join) =>
      join.onRef('log_help.organisation', '=', 'log_participant.organisation').onRef('log_help.id', '=', 'log_participant.help'),
    )
    .innerJoin('log_entry', (join) =>
      join.onRef('log_entry.organisation', '=', 'log_help.organisation').onRef('log_entry.id', '=', 'log_help.entry'),
    )
    .select('log_help.entry')
    .where('log_participant.organisation', '=', organisation)
    .where('log_participant.person', '=', person)
    .where('log_participant.state', '=', 'asked')
    .where('log_help.state', 'in', UNDER_WAY)
    .where(visibleTo(who))
    .where(allOf([boundsOf(organisation, query), periodOf(query)(sql`log_entry.shared_at`)]))
    .groupBy('log_help.entry')
    .orderBy(sql`max(log_help.created_at)`, 'desc')
    .orderBy('log_help.entry')
    .limit(Math.min(WAITING, query.limit))
    .execute();
  return rows.map(({ entry }) => entry);
}

/** The rows of these entries, in their order, as far as this person may see them. */
async function rowsOf(database: Database, who: Identity, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await entryRows(database, who).where('log_entry.id', 'in', ids).where(visibleTo(who)).execute();
  return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** The ways in which entries come into a list, each as far back and as late as is asked. */
function waysIn(query: Query, who: Identity): Way[] {
  const { organisation, person } = who;
  const { author: own, everybody, team, named } = waysOf(organisation, person);
  const period = periodOf(query);
  const author = { ...own, holds: allOf([own.holds, period(sql`log_entry.created_at`)]) };
  if (query.list === 'mine') return [author];
  const ofOthers = ({ holds, ...way }: Way): Way => ({
    ...way,
    holds: allOf([holds, sql`log_entry.author is distinct from ${person}`, period(sql`log_entry.shared_at`)]),
  });
  if (query.list === 'all') return [author, ofOthers(everybody), ofOthers(team), ofOthers(named)];
  return [
    ofOthers(team),
    ofOthers(named),
    ofOthers({
      holds: visibleTo(who),
      through: {
        rows: sql`log_participant join log_help on log_help.organisation = log_participant.organisation and log_help.id = log_participant.help`,
        belongs: sql`log_participant.organisation = ${organisation} and log_participant.person = ${person}
          and log_participant.state <> 'declined' and log_help.state <> 'withdrawn'`,
        meets: sql`log_entry.id = log_help.entry`,
      },
    }),
    {
      holds: sql`${author.holds} and exists (
        select from log_post
        where log_post.organisation = log_entry.organisation and log_post.entry = log_entry.id
          and log_post.author is distinct from log_entry.author and log_post.deleted_at is null
      )`,
    },
  ];
}

/**
 * Whether a moment lies in the time that is asked for. It is that of the date that the reader is shown: one's own entries
 * began when they were written, and those of others when they were shared. By no other date can they be found, or a month
 * would tell that somebody had an entry for a while before.
 */
function periodOf({ from, until }: Query): (moment: RawBuilder<unknown>) => RawBuilder<SqlBool> | undefined {
  const since = from === undefined ? undefined : momentOf(from, '?from');
  const before = until === undefined ? undefined : momentOf(until, '?until');
  if (!since && !before) return () => undefined;
  return (moment) => allOf([since && sql`${moment} >= ${since}`, before && sql`${moment} < ${before}`]);
}

/** What is asked of an entry besides what it says and when it was. */
function boundsOf(organisation: string, { person }: Query): RawBuilder<SqlBool> {
  // Whoever left is not to be found by name any more, though the entries are still theirs for a while.
  return person === undefined ? sql<SqlBool>`true` : sql<SqlBool>`(log_entry.author = ${person} and ${isColleague(organisation, person)})`;
}

/** Whether an entry comes after where the page before ended. */
function afterOf({ after }: Query): RawBuilder<SqlBool> | undefined {
  if (after === undefined) return undefined;
  const { at, id } = placeIn(after);
  return sql<SqlBool>`(log_entry.shared_at, log_entry.id) < (${at}, ${id})`;
}

/** What is asked of what an entry says, if anything is. Private entries are held to the very same, as rows of that name. */
function saidIn({ kind, project, tag }: Query, terms: readonly Term[], authors: ReadonlyMap<Term, readonly string[]>): RawBuilder<SqlBool> | undefined {
  const asked = [
    terms.length > 0 ? finds(terms, authors) : undefined,
    kind === undefined ? undefined : sql`log_entry.kind = ${kind}`,
    project === undefined ? undefined : sql`lower(log_entry.project) = lower(${project})`,
    tag === undefined ? undefined : sql`lower_each(log_entry.tags) @> array[lower(${tag})]`,
  ].filter((one) => one !== undefined);
  return asked.length > 0 ? allOf(asked) : undefined;
}

/**
 * Who has a name of which a word begins as is looked for. Of people in the roster alone, whose names every colleague can
 * look up: an entry of somebody who left has no name any more, and is not found by it.
 */
async function authorsCalled(database: Database, { organisation }: Identity, terms: readonly Term[]): Promise<Map<Term, readonly string[]>> {
  const asked = terms.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ term: number; ids: string[] }>`
    select asked.term::integer as term, array_agg(person.id) as ids
    from unnest(${sql.val(asked.map(({ text }) => searchPattern(text)))}::text[]) with ordinality as asked (pattern, term)
    join person on person.organisation = ${organisation} and person.search like asked.pattern
    group by asked.term`.execute(database);
  const idsOf = new Map(rows.map(({ term, ids }) => [term, ids]));
  return new Map(asked.map((one, index) => [one, idsOf.get(index + 1) ?? []]));
}

function allOf(conditions: readonly (RawBuilder<unknown> | undefined)[]): RawBuilder<SqlBool> {
  const asked = conditions.filter((one) => one !== undefined);
  return asked.length > 0 ? sql<SqlBool>`(${sql.join(asked, sql` and `)})` : sql<SqlBool>`true`;
}

interface Asked {
  readonly ways: readonly Way[];
  readonly condition: RawBuilder<SqlBool>;
  readonly said: RawBuilder<SqlBool>;
  readonly limit: number;
}

/**
 * Entries that say something, the newest first. What is said often is soon found among the newest that the person may
 * see; what is said seldom is looked up in the indexes, which know all that there is, and the rule goes over it. Either
 * takes its time by what is found, not by how much there is; and it is never left to an estimate which of them is gone.
 * @param own ids of private entries of the person's own that are known to say it
 */
function foundAmong({ organisation, person }: Identity, { ways, condition, said, limit, own }: Asked & { readonly own: readonly string[] }): RawBuilder<unknown> {
  return sql`
    with newest as materialized (${newestAlong(ways, { organisation, condition, limit: NEAR })}),
    near as materialized (
      select log_entry.id, log_entry.shared_at
      from newest cross join lateral (
        select * from log_entry as one where one.organisation = ${organisation} and one.id = newest.id
        -- One by one: what is said is no way to these rows.
        offset 0
      ) as log_entry
      where ${said}
      order by log_entry.shared_at desc, log_entry.id desc limit ${limit}
    ),
    far as materialized (
      select log_entry.id, log_entry.shared_at from log_entry
      where ${mayRead(organisation, person)} and ${anyOf(ways)} and ${condition} and ${said}
        and (select count(*) from newest) = ${NEAR} and (select count(*) from near) < ${limit}
    ),
    own as (
      select log_entry.id, log_entry.shared_at from log_entry
      where log_entry.organisation = ${organisation} and log_entry.id = any(${sql.val(own)}::text[])
        and log_entry.author = ${person} and log_entry.scope = 'me' and log_entry.deleted_at is null
    )
    select id, shared_at from (select * from near union select * from far union select * from own) as found
    order by shared_at desc, id desc limit ${limit}`;
}

/**
 * The newest of one's own private entries that say something. They are unsealed here, a few at a time, and handed to the
 * database as values, which holds them to the same words and keeps nothing of them.
 */
async function ownThatSay(
  database: Database,
  { organisation, person }: Identity,
  query: Query,
  { ways, condition, said, limit }: Asked,
  key: Parameters<typeof writtenIn>[1],
): Promise<string[]> {
  if (query.person !== undefined && query.person !== person) return [];
  const found: string[] = [];
  let before: RawBuilder<SqlBool> = sql`true`;
  for (;;) {
    const rows = await database
      .selectFrom('log_entry')
      .select(['id', 'version', 'sealed', 'shared_at', 'kind', 'text', 'different', 'link', 'project', 'tags'])
      .where('organisation', '=', organisation)
      .where('author', '=', person)
      .where('scope', '=', 'me')
      .where('deleted_at', 'is', null)
      .where(anyOf(ways))
      .where(condition)
      .where(before)
      .orderBy('shared_at', 'desc')
      .orderBy('id', 'desc')
      .limit(UNSEALED)
      .execute();
    const last = rows.at(-1);
    if (!last) return found;
    const open = await Promise.all(
      rows.map(async (row) => {
        const { kind, text, different, project, tags } = await writtenIn(row, key);
        const search = searchText({ text, different: different ?? undefined, project: project ?? undefined, tags });
        return { id: row.id, author: person, kind, project, tags, search };
      }),
    );
    const { rows: saying } = await sql<{ id: string }>`
      select id from (
        select id, author, kind, project, tags, search, ${vectorOf(sql.ref('search'))} as vector
        from jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as open (id text, author text, kind text, project text, tags text[], search text)
      ) as log_entry
      where ${said}`.execute(database);
    const ids = new Set(saying.map(({ id }) => id));
    found.push(...rows.flatMap(({ id }) => (ids.has(id) ? id : [])));
    if (found.length >= limit || rows.length < UNSEALED) return found.slice(0, limit);
    before = sql<SqlBool>`(log_entry.shared_at, log_entry.id) < (${last.shared_at}, ${last.id})`;
  }
}

/** Where a page ended. */
interface Place {
  readonly at: Date;
  readonly id: string;
}

/** Where a page ends that has no more room than for what comes first: all that is in order comes after it. */
const BEFORE_ALL = { shared_at: new Date(LAST), id: 'first' };

const placeSchema = v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(FIRST), v.maxValue(LAST)), key]);

function cursorOf({ at, id }: Place): string {
  return toBase64url(Buffer.from(JSON.stringify([at.getTime(), id])));
}

/** @throws ProblemError when it is no cursor of ours */
function placeIn(cursor: string): Place {
  const invalid = () => new ProblemError('invalid-request', [{ pointer: '?after', detail: 'Send the ‘next’ of the page before, as it came.' }]);
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(fromBase64url(cursor)).toString());
  } catch {
    throw invalid();
  }
  const place = v.safeParse(placeSchema, read);
  if (!place.success) throw invalid();
  const [at, id] = place.output;
  return { at: new Date(at), id };
}
