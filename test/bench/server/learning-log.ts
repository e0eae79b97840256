import { sql } from 'kysely';
import type { Database } from '../../../src/server/store/tables.ts';
import { vectorOf } from '../../../src/server/learning-log/words.ts';

/** Rows that are made in one statement. */
const BATCH = 20_000;

/** Words that are looked for, and in how many entries each of them is. */
export const WORDS = {
  rare: 'zeldzaamheid',
  common: 'planning',
  part: 'overleg',
} as const;

const SYLLABLES = ['ba','lek','dor','men','sti','ver','ing','tor','wel','ka','rund','pos','ge','lijn','ter','mo','schap','bij'];

/** How many words a language of its own has: some are in nearly every text, and most in hardly any. */
const VOCABULARY = 4000;

/**
 * Fills a log as a few years would: a quarter of it for all, nearly half for a team, some for named colleagues, and the
 * rest for its author alone, of which nothing but the size is like it.
 * @param apart somebody who writes nothing of all this
 */
export async function fillLog(database: Database, organisation: string, entries: number, apart: readonly string[] = []): Promise<void> {
  const { rows: [people] } = await sql<{ writers: number }>`
    select count(*)::integer as writers, setseed(0.5) from membership
    where organisation = ${organisation} and not person = any(${sql.val(apart)}::text[])`.execute(database);
  const writers = people?.writers ?? 0;
  for (let from = 0; from < entries; from += BATCH) {
    const search = sql.ref('made.search');
    await sql`
      insert into log_entry (organisation, id, author, key, key_digest, scope, team, kind, text, project, tags, search, vector, sealed, version, created_at)
      select ${organisation}, id, author, id, '', scope,
        case when scope = 'team' then team end,
        case when scope <> 'me' then (array['insight', 'mistake', 'experiment', 'question', 'feedback'])[1 + number % 5] end,
        case when scope <> 'me' then search end,
        case when scope <> 'me' and number % 3 = 0 then 'Project ' || team end,
        case when scope <> 'me' and number % 4 = 0 then array['label ' || number % 200] else '{}' end,
        case when scope <> 'me' then search end,
        case when scope <> 'me' then ${vectorOf(search)} end,
        case when scope = 'me' then decode(repeat('00', 1052), 'hex') end,
        1,
        timestamptz '2026-09-01' - make_interval(mins => (${entries}::integer - number) * 5)
      from (
        select number, gen_random_uuid()::text as id, writer.person as author, writer.team,
          (array['organisation', 'team', 'team', 'people', 'me', 'organisation', 'team', 'team', 'team', 'me'])[1 + (number / 7) % 10] as scope,
          (
            select string_agg(syllable[1 + word % 18] || syllable[1 + word / 18 % 18] || syllable[1 + word / 324], ' ')
            from (select floor(power(random(), 2.5) * ${VOCABULARY})::integer as word from generate_series(1, 30 + (number * 7) % 60)) as spoken
            cross join (select ${sql.val(SYLLABLES)}::text[] as syllable) as spelled
          )
            || case when number % 10 = 3 then ${` ${WORDS.common}`} else '' end
            || case when number % greatest(${entries}::integer / 20, 1) = 4 then ${` ${WORDS.rare}`} else '' end
            || case when number % 200 = 5 then ${` team${WORDS.part}`} else '' end as search
        from generate_series(${from}::integer, ${Math.min(from + BATCH, entries) - 1}::integer) as number
        join (
          select person, team, row_number() over (order by person) - 1 as place from membership
          where organisation = ${organisation} and not person = any(${sql.val(apart)}::text[])
        ) as writer on writer.place = (number::bigint * 7919) % ${writers}
        offset 0
      ) as made`.execute(database);
  }
  await sql`
    insert into log_reader (organisation, entry, person)
    select distinct ${organisation}, log_entry.id, named.person
    from (select id, row_number() over () as number from log_entry where organisation = ${organisation} and scope = 'people') as log_entry
    cross join generate_series(0, 2) as one
    join (
      select id as person, row_number() over (order by id) - 1 as place from person where organisation = ${organisation}
    ) as named on named.place = (log_entry.number * 104729 + one * 31) % ${writers}`.execute(database);
}
