import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import type { Database } from '../store/tables.ts';

/**
 * Who may see an entry, told once, for all that reads `log_entry`: lists, searches, links, streams, counts and exports.
 * Its author; everybody in the roster, when it is for the organisation; whoever is in its team, or leads it, at this
 * moment; and colleagues that it names. Nobody who is not in the roster, and nobody any more once it was deleted.
 * @param person the id of somebody, or what stands for one in the statement
 */
export function mayRead(organisation: string, person: string | RawBuilder<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(
    log_entry.organisation = ${organisation}
    and log_entry.deleted_at is null
    and exists (select from person as reader where reader.organisation = ${organisation} and reader.id = ${person})
    and (
      log_entry.author = ${person}
      or log_entry.scope = 'organisation'
      or (log_entry.scope = 'team' and log_entry.team in (
        select membership.team from membership
        where membership.organisation = ${organisation} and membership.person = ${person}
      ))
      or (log_entry.scope <> 'me' and exists (
        select from log_reader
        where log_reader.organisation = ${organisation} and log_reader.entry = log_entry.id and log_reader.person = ${person}
      ))
    )
  )`;
}

export function visibleTo({ organisation, person }: Identity): RawBuilder<SqlBool> {
  return mayRead(organisation, person);
}

/**
 * An entry that this person may see, which stays as it is until the transaction ends, for who adds something to it.
 * @throws ProblemError the same when it is not there and when it is not to be seen
 */
export async function requireVisible(transaction: Database, who: Identity, id: string): Promise<{ readonly mine: boolean }> {
  const row = await transaction
    .selectFrom('log_entry')
    .select('log_entry.author')
    .where('log_entry.id', '=', id)
    .where(visibleTo(who))
    .forShare()
    .executeTakeFirst();
  if (!row) throw new ProblemError('not-found');
  return { mine: row.author === who.person };
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
