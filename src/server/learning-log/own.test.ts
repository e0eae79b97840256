import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import { sql } from 'kysely';
import * as v from 'valibot';
import {
  entryPath,
  intentionPath,
  LOG_ENTRIES_PATH,
  LOG_EXPORT_PATH,
  LOG_INTENTIONS_PATH,
  LOG_PATH,
  logExportSchema,
  tryPath,
  type Entry,
  type Intentions,
  type LogExport,
  type NewEntry,
} from '../../contract/learning-log.ts';
import type { HelpKind, HelpState, ParticipantState } from '../../domain/learning-log.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import type { Tables } from '../store/tables.ts';
import { exportLog } from './own.ts';

onEachDatabase('one’s own', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let organisation: string;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());
  beforeEach(async () => { organisation = await testOrganisation(server, { a: 6, b: 5 }); });

  const me = (person: string) => personOf(server, organisation, person);
  const rows = () => server.services.database;

  async function write(person: string, entry: Partial<NewEntry> = {}): Promise<Entry> {
    const response = await me(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'We zagen het te laat.', ...entry });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  const shared = (person: string, text: string) => write(person, { text, audience: { scope: 'organisation' } });
  const read = async (person: string, { id }: Entry) => (await (await me(person).get(entryPath(id))).json()) as Entry;

  async function post(author: string, { id: entry }: Entry, text: string, help: string | null = null): Promise<string> {
    const id = randomUUID();
    await rows()
      .insertInto('log_post')
      .values({ organisation, id, entry, help, author, key: randomUUID(), key_digest: '', step: 'reply', parts: JSON.stringify([text]), created_at: server.services.now(), deleted_at: null })
      .execute();
    return id;
  }

  async function help({ id: entry }: Entry, kind: HelpKind, state: HelpState, people: Readonly<Record<string, ParticipantState>>): Promise<string> {
    const id = randomUUID();
    await rows()
      .insertInto('log_help')
      .values({ organisation, id, entry, key: randomUUID(), key_digest: '', kind, state, question: null, wish_date: null, created_at: server.services.now() })
      .execute();
    await rows().insertInto('log_participant').values(Object.entries(people).map(([person, stands]) => ({ organisation, help: id, person, state: stands }))).execute();
    return id;
  }

  async function endorse(person: string, { id: entry }: Entry): Promise<void> {
    await rows().insertInto('log_endorsement').values({ organisation, entry, person, word: 'recognise', at: server.services.now() }).execute();
  }

  async function exported(person: string): Promise<LogExport> {
    const response = await me(person).get(LOG_EXPORT_PATH);
    assert.equal(response.status, 200, await response.clone().text());
    return v.parse(logExportSchema, await response.json());
  }

  async function tried(person: string): Promise<void> {
    const { intentions } = (await (await me(person).get(LOG_INTENTIONS_PATH)).json()) as Intentions;
    for (const { id } of intentions) await me(person).send('PUT', intentionPath(id), { state: 'tried', outcome: 'Het hielp.' });
  }

  it('is taken along whole: private entries and versions too, and what was written, said, tried and opened elsewhere', async () => {
    const alone = await write('a-1', { text: 'Eerst zo.', different: 'Bellen.' });
    const { kind } = alone;
    await me('a-1').send('PUT', entryPath(alone.id), { kind, text: 'Alleen voor mij.', different: 'Bellen.', audience: { scope: 'me' } }, { 'if-match': '"1"' });
    const open = await shared('a-1', 'Voor iedereen.');
    await post('b-1', open, 'Een antwoord van een ander.');
    const other = await shared('b-1', 'Van een ander.');
    await read('a-1', other);
    await me('a-1').send('PUT', tryPath(other.id));
    await tried('a-1');
    await endorse('a-1', other);
    const written = await post('a-1', other, 'Mijn antwoord.');
    await help(open, 'intervision', 'facts', { 'b-2': 'asked' });
    await help(other, 'peer-review', 'asked', { 'a-1': 'asked' });
    const all = await exported('a-1');
    assert.deepEqual(all.person, { id: 'a-1', name: 'Name of a-1' });
    assert.deepEqual(
      all.entries.map(({ text, versions, posts }) => [text, versions.map((version) => version.text), posts.map(({ parts }) => parts)]).sort(),
      [
        ['Alleen voor mij.', ['Alleen voor mij.', 'Eerst zo.'], []],
        ['Voor iedereen.', ['Voor iedereen.'], [['Een antwoord van een ander.']]],
      ],
    );
    assert.deepEqual(all.posts.map(({ id, entry, parts, mine }) => ({ id, entry, parts, mine })), [{ id: written, entry: other.id, parts: ['Mijn antwoord.'], mine: true }]);
    assert.deepEqual(all.endorsements.map(({ entry, word }) => [entry, word]), [[other.id, 'recognise']]);
    assert.deepEqual(all.intentions.map(({ source, outcome }) => [source, outcome]).sort(), [['other', 'Het hielp.'], ['own', 'Het hielp.']]);
    assert.deepEqual(all.helps, [
      { entry: open.id, kind: 'intervision', asked: true, state: 'facts' },
      { entry: other.id, kind: 'peer-review', asked: false, state: 'asked' },
    ]);
    assert.deepEqual(all.opened.map(({ entry }) => entry), [other.id]);
  });

  it('is taken along in one go, however much it is', async () => {
    const one = await write('a-1', { text: 'Alleen voor mij.' });
    const row = await rows().selectFrom('log_entry').selectAll().where('id', '=', one.id).executeTakeFirstOrThrow();
    const many = Array.from({ length: 3000 }, () => ({
      ...row, id: randomUUID(), key: randomUUID(), scope: 'organisation' as const, kind: 'insight' as const, text: 'Voor iedereen.', search: 'voor iedereen.', vector: null, sealed: null, leavers: 'keep' as const,
    }));
    for (let at = 0; at < many.length; at += 500) await rows().insertInto('log_entry').values(many.slice(at, at + 500)).execute();
    let statements = 0;
    const counted = new Proxy(server.services.database, {
      get(target, name) {
        if (name === 'selectFrom') statements += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(target) : value;
      },
    });
    const all = await exportLog({ ...server.services, database: counted }, { organisation, person: 'a-1' });
    assert.equal(all.entries.length, 3001);
    assert.ok(statements < 100, String(statements));
  });

  it('tells of an entry whose key is gone that it can’t be read any more, and of all the others what they say', async () => {
    const lost = await write('a-1', { text: 'Alleen voor mij.', different: 'Bellen.' });
    await rows().deleteFrom('keyring.author_key').where('organisation', '=', organisation).execute();
    const later = await write('a-1', { text: 'Daarna.' });
    const { entries, intentions } = await exported('a-1');
    assert.deepEqual(entries.map(({ id, text }) => [id, text]).sort(), [[lost.id, ''], [later.id, 'Daarna.']].sort());
    assert.equal(intentions.length, 1);
    assert.equal((await me('a-1').get(LOG_PATH)).status, 200);
  });

  it('has nothing in it of what others wrote for themselves, shared or answered elsewhere', async () => {
    const other = await shared('b-1', 'Van een ander.');
    await write('b-1', { text: 'Alleen voor b-1.' });
    await post('b-2', other, 'Antwoord van b-2.');
    await endorse('b-2', other);
    await read('b-2', other);
    const { entries, posts, endorsements, intentions, helps, opened } = await exported('a-1');
    assert.deepEqual([entries, posts, endorsements, intentions, helps, opened], [[], [], [], [], [], []]);
  });

  /** All that the database holds, as text; bytes as hexadecimal digits. */
  async function everything(): Promise<string> {
    const tables = await sql<{ name: string }>`
      select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind = 'r' and nspname in ('public', 'keyring') and (relname like 'log\\_%' or nspname = 'keyring')`.execute(rows());
    const found = await Promise.all(
      tables.rows.map(({ name }) => sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.raw(name)} t where organisation = ${organisation}`.execute(rows())),
    );
    return JSON.stringify(found.map((one) => one.rows));
  }

  it('is deleted whole, and leaves no trace of the person but that something stood in a thread', async () => {
    await write('a-1', { text: 'Alleen voor mij.', different: 'Bellen.' });
    const answered = await shared('a-1', 'Voor iedereen.');
    await post('b-1', answered, 'Een antwoord van een ander.');
    const other = await shared('b-1', 'Van een ander.');
    await read('a-1', other);
    await me('a-1').send('PUT', tryPath(other.id));
    await endorse('a-1', other);
    await post('a-1', other, 'Mijn antwoord.');
    await rows().insertInto('log_person').values({ organisation, person: 'a-1', digest_read_at: server.services.now() }).execute();
    assert.match(await everything(), /Voor iedereen[^]*Mijn antwoord|Mijn antwoord[^]*Voor iedereen/);

    assert.equal((await me('a-1').send('DELETE', LOG_PATH)).status, 200);
    const left = await everything();
    assert.doesNotMatch(left, /Alleen voor mij|Voor iedereen|Mijn antwoord/);
    const own: Partial<Record<keyof Tables, string>> = {};
    for (const table of ['log_endorsement', 'log_opened', 'log_intention', 'log_person', 'keyring.author_key'] as const) {
      const { number } = await rows().selectFrom(table).select(({ fn }) => fn.countAll<string>().as('number')).where('organisation', '=', organisation).where('person', '=', 'a-1').executeTakeFirstOrThrow();
      own[table] = number;
    }
    assert.deepEqual(Object.values(own).map(Number), [0, 0, 0, 0, 0]);
    // What others wrote stays theirs.
    assert.match(left, /Van een ander/);
    assert.match(left, /Een antwoord van een ander/);
    assert.deepEqual((await read('b-1', other)).posts.map(({ parts }) => parts), [[]]);
    const empty = await exported('a-1');
    assert.deepEqual([empty.entries, empty.posts, empty.intentions], [[], [], []]);
    // One can begin again.
    const again = await write('a-1', { text: 'Opnieuw.' });
    assert.equal((await read('a-1', again)).text, 'Opnieuw.');
  });

  it('that is deleted leaves nobody waiting for help', async () => {
    const entry = await shared('b-1', 'Van een ander.');
    const states = async (id: string) => {
      const one = await rows().selectFrom('log_help').select('state').where('id', '=', id).executeTakeFirstOrThrow();
      const people = await rows().selectFrom('log_participant').select(['person', 'state']).where('help', '=', id).orderBy('person').execute();
      return [one.state, people.map(({ person, state }) => `${person} ${state}`)];
    };
    const review = await help(entry, 'peer-review', 'asked', { 'a-1': 'asked' });
    const group = await help(entry, 'intervision', 'would-do', { 'a-1': 'answered', 'b-2': 'asked' });
    const over = await help(entry, 'intervision', 'ended', { 'a-1': 'answered', 'b-2': 'answered' });
    await me('a-1').send('DELETE', LOG_PATH);
    assert.deepEqual(await states(review), ['declined', ['a-1 declined']]);
    assert.deepEqual(await states(group), ['would-do', ['a-1 declined', 'b-2 asked']]);
    assert.deepEqual(await states(over), ['ended', ['b-2 answered']]);
  });

  it('that is deleted while it is written to on another device stays readable', async () => {
    // The second time, there is no key yet.
    for (const person of ['a-1', 'a-2']) {
      const entry = person === 'a-1' ? await write(person, { different: 'Bellen.' }) : undefined;
      const change = { kind: 'insight', text: 'Tegelijk.', audience: { scope: 'me' } };
      const results = await Promise.all([
        ...(entry ? [me(person).send('PUT', entryPath(entry.id), change, { 'if-match': '"1"' })] : []),
        me(person).send('DELETE', LOG_PATH),
        ...Array.from({ length: 8 }, () => me(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'Tegelijk.' })),
      ]);
      assert.deepEqual(results.filter(({ status }) => status >= 500), []);
      const { entries } = await exported(person);
      assert.deepEqual(entries.filter(({ text }) => text !== 'Tegelijk.'), []);
    }
  });
});
