import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import { sql } from 'kysely';
import {
  entryPath,
  intentionPath,
  LOG_ENTRIES_PATH,
  LOG_EXPORT_PATH,
  LOG_INTENTIONS_PATH,
  LOG_PATH,
  versionsPath,
  type Entry,
  type Intentions,
} from '../../src/contract/learning-log.ts';
import { startPoprf, type Poprf } from '../../src/server/keys/poprf.ts';
import { keepLogs } from '../../src/server/learning-log/retention.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { openStore, type Store } from '../../src/server/store/store.ts';
import type { Database } from '../../src/server/store/tables.ts';
import { onEachDatabase } from '../support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../support/server.ts';

/*
 * Somebody has an old backup of everything but the schema `keyring`, the newest copy of that schema, and the master
 * secret, and wants to read what a person wrote for nobody else before deleting it: with the server's own program, and
 * with whatever in the backup may be a key of that person.
 */

/** Words that stand in a private entry, in an earlier version of one, and in what came of an intention. */
const WORDS = ['zeldzaamwoord', 'eerdergezegd', 'watervankwam'];

/** Every row of a schema, by its table, as JSON; bytes are `\x` and hexadecimal digits. */
type Dump = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;

async function dumped(database: Database, schema: 'public' | 'keyring'): Promise<Dump> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and nspname = ${schema} and relname not like 'kysely%' order by relname`.execute(database);
  const dump = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.raw(name)} t`.execute(database);
    dump.set(name, rows.map(({ row }) => row));
  }
  return dump;
}

/** Makes a database what dumps say, and nothing else. */
async function restored(database: Database, dumps: readonly Dump[]): Promise<void> {
  for (const schema of ['public', 'keyring'] as const) {
    const names = [...(await dumped(database, schema)).keys()].join(', ');
    await sql`truncate ${sql.raw(names)} cascade`.execute(database);
  }
  // Rows come in any order.
  await sql`set session_replication_role = replica`.execute(database);
  for (const [name, rows] of dumps.flatMap((dump) => [...dump])) {
    await sql`insert into ${sql.raw(name)} select * from jsonb_populate_recordset(null::${sql.raw(name)}, ${JSON.stringify(rows)}::jsonb)`.execute(database);
  }
  await sql`set session_replication_role = default`.execute(database);
}

/** All bytes that lie anywhere in a dump. */
function bytesIn(dump: Dump): Buffer[] {
  const values = [...dump.values()].flat().flatMap((row) => Object.values(row));
  return values.flatMap((value) => (typeof value === 'string' && /^\\x([\da-f]{2})+$/.test(value) ? [Buffer.from(value.slice(2), 'hex')] : []));
}

onEachDatabase('an old backup without the keyring', (database) => {
  let poprf: Poprf;
  /** Where backups are put back. */
  let copy: Store;
  let server: TestServer;
  let organisation: string;
  let entry: string;
  let backup: Dump;
  let keyring: Dump;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
    copy = await openStore({ kind: 'memory' });
  });
  after(async () => {
    await copy.close();
    await poprf.close();
  });

  /** The words that somebody finds who has these dumps and the master secret, as the person whose words they are. */
  async function wordsRead(...dumps: readonly Dump[]): Promise<string[]> {
    const { database: restoredTo } = copy;
    const keys = dumps.flatMap(bytesIn).filter((bytes) => {
      try {
        server.services.master.unwrap('author key', JSON.stringify([organisation, 'a-1']), bytes);
        return true;
      } catch {
        return false;
      }
    });
    await restored(restoredTo, dumps);
    const me = personOf(await testServer(copy, poprf), organisation, 'a-1');
    let read = JSON.stringify(dumps.map((dump) => [...dump]));
    for (const wrapped of [undefined, ...keys]) {
      await restoredTo.deleteFrom('keyring.author_key').where('organisation', '=', organisation).where('person', '=', 'a-1').execute();
      if (wrapped) await restoredTo.insertInto('keyring.author_key').values({ organisation, person: 'a-1', wrapped }).execute();
      for (const path of [entryPath(entry), versionsPath(entry), LOG_EXPORT_PATH, LOG_INTENTIONS_PATH]) read += await (await me.get(path)).text();
    }
    return WORDS.filter((word) => read.includes(word));
  }

  beforeEach(async () => {
    server.setNow('2026-11-02T09:00:00Z');
    organisation = await testOrganisation(server, { a: 3 });
    const me = personOf(server, organisation, 'a-1');
    const written = { kind: 'mistake', text: 'Een eerdergezegd ding.', different: 'Anders doen.' };
    const { id } = (await (await me.send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), ...written })).json()) as Entry;
    await me.send('PUT', entryPath(id), { ...written, text: 'Een zeldzaamwoord.', audience: { scope: 'me' } }, { 'if-match': '"1"' });
    const { intentions } = (await (await me.get(LOG_INTENTIONS_PATH)).json()) as Intentions;
    await me.send('PUT', intentionPath(intentions[0]?.id ?? ''), { state: 'tried', outcome: 'Dit is watervankwam.' });
    entry = id;
    backup = await dumped(server.services.database, 'public');
    keyring = await dumped(server.services.database, 'keyring');
  });

  it('is read with the key, which is what the key is for; without any keyring it is not', async () => {
    assert.deepEqual(await wordsRead(backup, keyring), WORDS);
    assert.deepEqual(await wordsRead(backup), []);
  });

  it('gives up nothing of what its author deleted since', async () => {
    assert.equal((await personOf(server, organisation, 'a-1').send('DELETE', LOG_PATH)).status, 200);
    assert.deepEqual(await wordsRead(backup, await dumped(server.services.database, 'keyring')), []);
  });

  it('gives up nothing of somebody who left since', async () => {
    const roster = rosterOf({ a: 3 });
    const people = roster.people.filter(({ id }) => id !== 'a-1');
    const memberships = roster.memberships.filter(({ person }) => person !== 'a-1');
    await importRoster(server.services.database, organisation, { ...roster, people, memberships }, { at: server.services.now(), dryRun: false });
    await keepLogs(server.services);
    assert.deepEqual(await wordsRead(backup, await dumped(server.services.database, 'keyring')), WORDS, 'not yet');
    server.setNow('2026-12-02T09:00:00Z');
    await keepLogs(server.services);
    assert.deepEqual(await wordsRead(backup, await dumped(server.services.database, 'keyring')), []);
  });

  it('would give it up if a key of the author lay elsewhere as well', async () => {
    await personOf(server, organisation, 'a-1').send('DELETE', LOG_PATH);
    const [key] = keyring.get('keyring.author_key')?.filter((row) => row['organisation'] === organisation && row['person'] === 'a-1') ?? [];
    const leaking = new Map([...backup, ['public.ballot_key', (backup.get('public.ballot_key') ?? []).map((row) => ({ ...row, public_key: key?.['wrapped'] }))]]);
    assert.deepEqual(await wordsRead(leaking, await dumped(server.services.database, 'keyring')), WORDS);
  });
});
