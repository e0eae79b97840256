import { sql, type SqlBool } from 'kysely';
import type { Database } from '../store/tables.ts';

/** Since when people whom the learning log knows are missing from the roster; nobody is who is in it. */
export async function markMissing(transaction: Database, organisation: string, now: Date): Promise<void> {
  const inRoster = sql<SqlBool>`exists (select from person where person.organisation = log_person.organisation and person.id = log_person.person)`;
  await transaction
    .updateTable('log_person')
    .set({ missing_since: null })
    .where('organisation', '=', organisation)
    .where('missing_since', 'is not', null)
    .where(inRoster)
    .execute();
  await sql`
    insert into log_person (organisation, person, missing_since)
    select ${organisation}, known.person, ${now}::timestamptz from (
      select author as person from log_entry where organisation = ${organisation}
      union select author from log_post where organisation = ${organisation}
      union select person from log_reader where organisation = ${organisation}
      union select person from log_opened where organisation = ${organisation}
      union select person from log_endorsement where organisation = ${organisation}
      union select person from log_participant where organisation = ${organisation}
      union select person from log_intention where organisation = ${organisation}
      union select person from log_person where organisation = ${organisation}
      union select person from keyring.author_key where organisation = ${organisation}
    ) as known
    where known.person is not null
      and not exists (select from person where person.organisation = ${organisation} and person.id = known.person)
    on conflict (organisation, person) do update set missing_since = excluded.missing_since where log_person.missing_since is null
  `.execute(transaction);
}
