import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { LOG_ENTRIES_PATH, LOG_PATH, type Entry, type Log, type NewEntry } from '../../../src/contract/learning-log.ts';
import { startPoprf } from '../../../src/server/keys/poprf.ts';
import { writeEntry } from '../../../src/server/learning-log/entries.ts';
import { vectorOf } from '../../../src/server/learning-log/words.ts';
import { makeOrganisation } from '../../../src/server/organisations/organisations.ts';
import { importRoster } from '../../../src/server/roster/roster.ts';
import { openStore } from '../../../src/server/store/store.ts';
import type { Database } from '../../../src/server/store/tables.ts';
import { startPostgresServer } from '../../support/databases.ts';
import { rosterOf } from '../../support/server.ts';
import { asText, compared, type Figure } from '../figures.ts';
import { appOf, makeIssuer, servicesOn, teamsOf, type BenchServices } from './organisation.ts';
import { recordStatements, withValues, type Statement } from './statements.ts';

const SIZES = [1000, 200_000] as const;
const TEAMS = 300;
const PEOPLE = 16;

/** Somebody in one team, and somebody who leads eleven. Both have private entries that can be read. */
const READERS = { 'a member': 't1-1', 'a leader of eleven teams': 't2-lead' } as const;
const PRIVATE = 40;

/** Rows that are made in one statement. */
const BATCH = 20_000;

/** Words that are looked for, and in how many entries each of them is. */
const WORDS = {
  rare: 'zeldzaamheid',
  common: 'planning',
  part: 'overleg',
  nowhere: 'xylofoonles',
} as const;

const SYLLABLES = ['ba','lek','dor','men','sti','ver','ing','tor','wel','ka','rund','pos','ge','lijn','ter','mo','schap','bij'];

/** How many words a language of its own has: some are in nearly every text, and most in hardly any. */
const VOCABULARY = 4000;

/**
 * Fills a log as a few years would: a quarter of it for all, nearly half for a team, some for named colleagues, and the
 * rest for its author alone, of which nothing but the size is like it.
 * @param apart somebody who writes nothing of all this
 */
async function fillLog(database: Database, organisation: string, entries: number, apart: readonly string[] = []): Promise<void> {
  const { rows: [people] } = await sql<{ writers: number }>`
    select count(*)::integer as writers, setseed(0.5) from membership
    where organisation = ${organisation} and not person = any(${sql.val(apart)}::text[])`.execute(database);
  const writers = people?.writers ?? 0;
  for (let from = 0; from < entries; from += BATCH) {
    const search = sql.ref('made.search');
    await sql`
      insert into log_entry (organisation, id, author, key, key_digest, scope, team, kind, text, leavers, project, tags, search, vector, sealed, version, created_at, shared_at)
      select ${organisation}, id, author, id, '', scope,
        case when scope = 'team' then team end,
        case when scope <> 'me' then (array['insight', 'mistake', 'experiment', 'question', 'feedback'])[1 + number % 5] end,
        case when scope <> 'me' then search end,
        case when scope <> 'me' then 'keep' end,
        case when scope <> 'me' and number % 3 = 0 then 'Project ' || team end,
        case when scope <> 'me' and number % 4 = 0 then array['label ' || number % 200] else '{}' end,
        case when scope <> 'me' then search end,
        case when scope <> 'me' then ${vectorOf(search)} end,
        case when scope = 'me' then decode(repeat('00', 1052), 'hex') end,
        1,
        timestamptz '2026-09-01' - make_interval(mins => (${entries}::integer - number) * 5),
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

/** One thing that is done, with how long that takes, and how long its SQL alone. */
interface Act {
  readonly what: string;
  readonly request: () => Promise<number>;
  readonly bare: () => Promise<number>;
}

/** What writing, listing and searching take on PostgreSQL, with few entries and with many. */
export async function measureLearningLog(rounds: number, say: (line: string) => void, took: (figures: readonly Figure[]) => void): Promise<void> {
  const postgres = await startPostgresServer(['fsync=on']);
  await postgres.query('create database leerkring');
  const poprf = startPoprf();
  const store = await openStore({ kind: 'postgres', url: postgres.url('leerkring'), pool: 10 });
  const services = servicesOn(store, poprf);
  const client = new pg.Client({ connectionString: postgres.url('leerkring') });
  await client.connect();
  try {
    const indexes = await withoutWordIndexes(store.database);
    for (const entries of SIZES) {
      say(`learning log: ${entries.toLocaleString('en')} entries are made`);
      await makeLog(services, entries);
    }
    for (const index of indexes) await sql`${sql.raw(index)}`.execute(store.database);
    await sql`vacuum analyze`.execute(store.database);
    const acts: Act[][] = [];
    for (const entries of SIZES) acts.push(await actsIn(services, client, `log-${String(entries)}`));
    const figures = await figuresOf(acts, rounds * 3);
    took(figures);
    say(asText(figures));
  } finally {
    await client.end();
    await store.close();
    await poprf.close();
    await postgres.stop();
  }
}

/** The indexes of words are made at once afterwards: row by row, that would take an hour. */
async function withoutWordIndexes(database: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string; made: string }>`
    select indexname as name, indexdef as made from pg_indexes where tablename = 'log_entry' and indexdef ilike '% using gin %'`.execute(database);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(database);
  return rows.map(({ made }) => made);
}

async function makeLog(services: BenchServices, entries: number): Promise<void> {
  const organisation = `log-${String(entries)}`;
  const roster = rosterOf(teamsOf(TEAMS, PEOPLE));
  const leads = Array.from({ length: 10 }, (_, index) => ({ person: READERS['a leader of eleven teams'], team: `t${String(10 + index)}`, role: 'leader' as const }));
  await makeOrganisation(services, { id: organisation, name: organisation });
  await importRoster(services.database, organisation, { ...roster, memberships: [...roster.memberships, ...leads] }, { at: services.now(), dryRun: false });
  await fillLog(services.database, organisation, entries, Object.values(READERS));
  for (const person of Object.values(READERS)) {
    for (let number = 0; number < PRIVATE; number += 1) {
      await writeEntry(services, { organisation, person }, { key: randomUUID(), kind: 'insight', text: `Voor mezelf, de ${String(number)}e.`, tags: [], audience: { scope: 'me' } });
    }
  }
}

async function actsIn(services: BenchServices, client: pg.Client, organisation: string): Promise<Act[]> {
  const { issuer, token } = await makeIssuer(organisation);
  const app = appOf(services, issuer);
  const replay = async (statements: readonly Statement[]) => {
    const began = performance.now();
    for (const { text, values } of statements) await client.query(text, [...values]);
    return performance.now() - began;
  };
  const acts: Act[] = [];
  for (const [reader, person] of Object.entries(READERS)) {
    const headers = { authorization: `Bearer ${await token(person)}`, 'content-type': 'application/json' };
    const asks = { 'the list': '', ...Object.fromEntries(Object.entries(WORDS).map(([name, word]) => [NAMES[name as keyof typeof WORDS], `?search=${word}`])) };
    for (const [name, query] of Object.entries(asks)) {
      const request = async () => {
        const began = performance.now();
        const response = await app.request(LOG_PATH + query, { headers });
        const { entries } = (await response.json()) as Log;
        if ((entries.length === 0) !== (name === NAMES.nowhere)) throw new Error(`${name} finds ${String(entries.length)} for ${reader}.`);
        return performance.now() - began;
      };
      const { statements } = await recordStatements(request);
      acts.push({ what: `${name}, for ${reader}`, request, bare: () => replay(statements) });
    }
  }
  const person = READERS['a member'];
  const headers = { authorization: `Bearer ${await token(person)}`, 'content-type': 'application/json' };
  const send = async (key: string): Promise<Entry> => {
    const entry: NewEntry = { key, kind: 'insight', text: `We zagen de ${WORDS.common} te laat, en vroegen niemand. `.repeat(8), audience: { scope: 'team', team: 't1' } };
    const response = await app.request(LOG_ENTRIES_PATH, { method: 'POST', headers, body: JSON.stringify(entry) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Entry;
  };
  const key = randomUUID();
  let id = '';
  const { statements } = await recordStatements(async () => { ({ id } = await send(key)); });
  acts.push({
    what: 'writing an entry for a team',
    async request() {
      const began = performance.now();
      await send(randomUUID());
      return performance.now() - began;
    },
    bare: () => replay(withValues(statements, [[id, randomUUID()], [key, randomUUID()]])),
  });
  return acts;
}

const NAMES: Readonly<Record<keyof typeof WORDS, string>> = {
  rare: 'search for a word in twenty entries',
  common: 'search for a word in every tenth entry',
  part: 'search for a part of a compound',
  nowhere: 'search for a word in no entry',
};

/** Everything in turn, few entries and many, the request and its SQL; the first turns only warm up. */
async function figuresOf(acts: readonly (readonly Act[])[], turns: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const [few = [], many = []] = acts;
  for (const [index, ofFew] of few.entries()) {
    const ofMany = many[index];
    if (!ofMany) continue;
    const times = { few: [] as number[], fewBare: [] as number[], many: [] as number[], manyBare: [] as number[] };
    for (let turn = -5; turn < turns; turn += 1) {
      const took = { few: await ofFew.request(), many: await ofMany.request(), fewBare: await ofFew.bare(), manyBare: await ofMany.bare() };
      if (turn >= 0) for (const [name, time] of Object.entries(took)) times[name as keyof typeof times].push(time);
    }
    const about = (entries: number) => ({ part: 'learning-log', what: `${ofFew.what}, of ${entries.toLocaleString('en')} entries`, unit: 'ms' }) as const;
    const alone = (samples: readonly number[]) => ({ what: 'its SQL alone', samples });
    figures.push(
      compared(about(SIZES[0]), times.few, alone(times.fewBare)),
      compared(about(SIZES[1]), times.many, alone(times.manyBare)),
      compared(about(SIZES[1]), times.many, { what: `with ${SIZES[0].toLocaleString('en')}`, samples: times.few }, { is: 'at most', limit: 3 }),
    );
  }
  return figures;
}
