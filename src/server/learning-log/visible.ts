import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Scope } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import type { Database } from '../store/tables.ts';

/**
 * A way in which entries come to somebody: what holds for the entry itself and, where it goes through another table, the
 * rows of that which belong to the person, and how an entry meets one of them.
 */
export interface Way {
  readonly holds: RawBuilder<SqlBool>;
  readonly through?: {
    readonly rows: RawBuilder<unknown>;
    readonly belongs: RawBuilder<SqlBool>;
    readonly meets: RawBuilder<SqlBool>;
  };
}

/**
 * Who may see an entry, told once, for all that reads `log_entry`: lists, searches, links, streams, counts and exports.
 * Its author; everybody in the roster, when it is for the organisation; whoever is in its team, or leads it, at this
 * moment; and colleagues that it names. Nobody who is not in the roster, and nobody any more once it was deleted.
 */
export function waysOf(organisation: string, person: string | RawBuilder<string>): Readonly<Record<'author' | 'everybody' | 'team' | 'named', Way>> {
  return {
    author: { holds: sql`log_entry.author = ${person}` },
    everybody: { holds: sql`log_entry.scope = 'organisation'` },
    team: {
      holds: sql`log_entry.scope = 'team'`,
      through: {
        rows: sql`membership`,
        belongs: sql`membership.organisation = ${organisation} and membership.person = ${person}`,
        meets: sql`log_entry.team = membership.team`,
      },
    },
    named: {
      holds: sql`log_entry.scope <> 'me'`,
      through: {
        rows: sql`log_reader`,
        belongs: sql`log_reader.organisation = ${organisation} and log_reader.person = ${person}`,
        meets: sql`log_entry.id = log_reader.entry`,
      },
    },
  };
}

/**
 * Whether somebody may see the entry of a row.
 * @param person the id of somebody, or what stands for one in the statement
 */
export function mayRead(organisation: string, person: string | RawBuilder<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(
    ${isThere(organisation)} and ${isColleague(organisation, person)} and ${anyOf(Object.values(waysOf(organisation, person)))}
  )`;
}

export function visibleTo({ organisation, person }: Identity): RawBuilder<SqlBool> {
  return mayRead(organisation, person);
}

/** Which of these colleagues may not see an entry, as the one rule has it. */
export async function whoMayNotRead(database: Database, organisation: string, entry: string, people: readonly string[]): Promise<string[]> {
  const person = sql<string>`asked.person`;
  const { rows } = await sql<{ person: string }>`
    select asked.person from unnest(${sql.val(people)}::text[]) as asked (person)
    where not exists (select from log_entry where log_entry.id = ${entry} and ${mayRead(organisation, person)})`.execute(database);
  return rows.map((row) => row.person);
}

/** Whether an entry comes along any of these ways. */
export function anyOf(ways: readonly Way[]): RawBuilder<SqlBool> {
  const each = ways.map(({ holds, through }) =>
    through
      ? sql`(${holds} and exists (select from ${through.rows} where ${through.belongs} and ${through.meets}))`
      : sql`(${holds})`,
  );
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}

/**
 * The newest entries that come along any of these ways, as rows of `id` and `shared_at`. Each way is walked by itself,
 * along its own index from the newest on, and left when there are enough: how many entries there are that a person may
 * not see makes no difference.
 * @param condition that holds for all of them
 */
export function newestAlong(
  ways: readonly Way[],
  { organisation, condition, limit }: { readonly organisation: string; readonly condition: RawBuilder<SqlBool>; readonly limit: number },
): RawBuilder<unknown> {
  const newest = sql`order by shared_at desc, id desc limit ${limit}`;
  const each = ways.map(({ holds, through }) => {
    const along = (meets: RawBuilder<SqlBool>) => sql`
      select log_entry.id, log_entry.shared_at from log_entry
      where ${isThere(organisation)} and ${holds} and ${meets} and ${condition}
      ${newest}`;
    return through
      ? sql`(select found.id, found.shared_at from ${through.rows} cross join lateral (${along(through.meets)}) as found where ${through.belongs})`
      : sql`(${along(sql`true`)})`;
  });
  return sql`select id, shared_at from (${sql.join(each, sql` union `)}) as along ${newest}`;
}

function isThere(organisation: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`log_entry.organisation = ${organisation} and log_entry.deleted_at is null`;
}

export function isColleague(organisation: string, person: string | RawBuilder<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from person as reader where reader.organisation = ${organisation} and reader.id = ${person})`;
}

/**
 * An entry that this person may see, which stays as it is until the transaction ends, for who adds something to it.
 * @throws ProblemError the same when it is not there and when it is not to be seen
 */
export async function requireVisible(transaction: Database, who: Identity, id: string): Promise<{ readonly mine: boolean; readonly scope: Scope }> {
  const row = await transaction
    .selectFrom('log_entry')
    .select(['log_entry.author', 'log_entry.scope'])
    .where('log_entry.id', '=', id)
    .where(visibleTo(who))
    .forShare()
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found');
  return { mine: row.author === who.person, scope: row.scope };
}

/** @throws ProblemError when the person is not in the roster */
export async function requireColleague(database: Database, { organisation, person }: Identity): Promise<{ readonly name: string }> {
  const found = await database
    .selectFrom('person')
    .select('name')
    .where('organisation', '=', organisation)
    .where('id', '=', person)
    .executeTakeFirst();
  if (!found) throw new ProblemError('not-in-roster');
  return found;
}
