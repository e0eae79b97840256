import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { sql, type KyselyPlugin, type PluginTransformQueryArgs, type PluginTransformResultArgs, type QueryId, type QueryResult, type RootOperationNode, type UnknownRow } from 'kysely';
import {
  endorsementPath,
  entryPath,
  intentionPath,
  LOG_ENTRIES_PATH,
  LOG_INTENTIONS_PATH,
  LOG_PATH,
  postsPath,
  tryPath,
  versionsPath,
  type ChangedEntry,
  type Entry,
  type Intentions,
  type Log,
  type Versions,
} from '../../contract/learning-log.ts';
import type { Problem } from '../../contract/problems.ts';
import { appForAnybody, askingOf, type Answered, type Ask } from '../../../test/support/as-anybody.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';

const MANY = 8;
const many = Array.from({ length: MANY }, (_, index) => index);
const TEAM: ChangedEntry['audience'] = { scope: 'team', team: 'a' };
const ME: ChangedEntry['audience'] = { scope: 'me' };

const bodyOf = ({ body }: Answered): unknown => JSON.parse(body);
const statusesOf = (answers: readonly Answered[]) => [...new Set(answers.map(({ status }) => status))].sort();

/** Does something once, after the first statement that asks a table. */
class Between implements KyselyPlugin {
  readonly #asked = new WeakSet<QueryId>();
  done = false;

  constructor(
    readonly table: string,
    readonly act: () => Promise<void>,
  ) {}

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind === 'SelectQueryNode' && JSON.stringify(node.from).includes(`"${this.table}"`)) this.#asked.add(queryId);
    return node;
  }

  async transformResult({ result, queryId }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    if (!this.done && this.#asked.has(queryId)) {
      this.done = true;
      await this.act();
    }
    return result;
  }
}

onEachDatabase('entries at the same moment', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let ask: Ask;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
    ask = askingOf(appForAnybody(server.services));
  });
  after(() => poprf.close());

  const start = () => testOrganisation(server, { a: 6 });

  const post = (organisation: string, person: string, entry: object) => ask(organisation, person, LOG_ENTRIES_PATH, { method: 'POST', body: { kind: 'insight', ...entry } });
  const put = (organisation: string, id: string, version: number, change: Omit<ChangedEntry, 'kind'>) =>
    ask(organisation, 'a-1', entryPath(id), { method: 'PUT', body: { kind: 'insight', ...change }, headers: { 'if-match': `"${String(version)}"` } });

  async function written(organisation: string, text: string, audience: ChangedEntry['audience'], more: Partial<ChangedEntry> = {}): Promise<Entry> {
    const answer = await post(organisation, 'a-1', { key: randomUUID(), text, audience, ...more });
    assert.equal(answer.status, 200, answer.body);
    return bodyOf(answer) as Entry;
  }

  for (const [name, audience] of [['private', ME], ['shared', TEAM]] as const) {
    it(`changed on many devices, ${name}: one gets through, the others get both texts, and each text is kept in the end`, async () => {
      const organisation = await start();
      const { id } = await written(organisation, 'eerst', audience);
      let waiting = many.map((device) => `van toestel ${String(device)}`);
      const order = ['eerst'];
      for (let version = 1; waiting.length > 0; version += 1) {
        const answers = await Promise.all(waiting.map((text) => put(organisation, id, version, { text, audience })));
        const through = waiting.filter((_, index) => answers[index]?.status === 200);
        assert.equal(through.length, 1, `version ${String(version + 1)} was made once`);
        order.push(...through);
        for (const [index, text] of waiting.entries()) {
          if (through.includes(text)) continue;
          assert.equal(answers[index]?.status, 412);
          const { kept, sent } = bodyOf(answers[index] ?? assert.fail()) as Problem;
          assert.deepEqual([kept?.text, kept?.version, sent?.text], [through[0], version + 1, text]);
        }
        waiting = waiting.filter((text) => !through.includes(text));
      }
      const { versions } = bodyOf(await ask(organisation, 'a-1', versionsPath(id))) as Versions;
      assert.deepEqual(versions.map(({ version, text }) => [version, text]), order.map((text, index) => [index + 1, text]).reverse());
    });
  }

  it('sent many times by a browser that heard nothing: one entry', async () => {
    const organisation = await start();
    const entry = { key: randomUUID(), text: 'Eén keer', audience: TEAM };
    const answers = await Promise.all(many.map(() => post(organisation, 'a-1', entry)));
    assert.deepEqual(statusesOf(answers), [200]);
    assert.equal(new Set(answers.map((answer) => (bodyOf(answer) as Entry).id)).size, 1);
    const kept = await server.services.database.selectFrom('log_entry').select('id').where('organisation', '=', organisation).execute();
    assert.equal(kept.length, 1);
  });

  it('sent under one key with other words: the first is kept, and each of the others is told so', async () => {
    const organisation = await start();
    const key = randomUUID();
    const answers = await Promise.all(many.map((device) => post(organisation, 'a-1', { key, text: `van toestel ${String(device)}` })));
    const through = answers.filter(({ status }) => status === 200);
    assert.equal(through.length, 1);
    const { text } = bodyOf(through[0] ?? assert.fail()) as Entry;
    for (const [device, answer] of answers.entries()) {
      if (answer === through[0]) continue;
      assert.equal(answer.status, 412);
      const { kept, sent } = bodyOf(answer) as Problem;
      assert.deepEqual([kept?.text, sent?.text], [text, `van toestel ${String(device)}`]);
    }
  });

  it('made private and shared again while others read: nobody reads what was written for its author alone', async () => {
    const organisation = await start();
    const { id } = await written(organisation, 'gedeeld 1', TEAM);
    let turning = true;
    const read: string[] = [];
    const reading = ['a-2', 'a-3', 'a-lead'].map(async (person) => {
      while (turning) {
        const { status, body } = await ask(organisation, person, entryPath(id));
        assert.ok(status === 200 || status === 404, body);
        read.push(body);
      }
    });
    for (let version = 1; version <= 20; version += 1) {
      const open = version % 2 === 0;
      const answer = await put(organisation, id, version, { text: `${open ? 'gedeeld' : 'geheim'} ${String(version + 1)}`, audience: open ? TEAM : ME });
      assert.equal(answer.status, 200);
    }
    turning = false;
    await Promise.all(reading);
    assert.ok(read.some((body) => body.includes('gedeeld')) && read.some((body) => body.includes('not-found')), 'they read while it was turned');
    assert.deepEqual(read.filter((body) => body.includes('geheim')), []);
  });

  it('answered by somebody who leaves the team while the answer is read: nothing is in it that was written afterwards', async (context) => {
    // PGlite does one thing after another.
    if (database.place().kind !== 'postgres') { context.skip(); return; }
    const organisation = await start();
    const { id } = await written(organisation, 'Wie zag dit?', TEAM);
    const reply = (how: Ask, person: string, text: string) => how(organisation, person, postsPath(id), { method: 'POST', body: { key: randomUUID(), step: 'reply', parts: [text] } });
    const leaves = new Between('log_help', async () => {
      await server.services.database.deleteFrom('membership').where('organisation', '=', organisation).where('person', '=', 'a-2').execute();
      assert.equal((await reply(ask, 'a-3', 'Onder ons nu.')).status, 200);
    });
    const slow = await testServer({ ...database.store(), database: database.store().database.withPlugin(leaves) }, poprf);
    const answer = await reply(askingOf(appForAnybody(slow.services)), 'a-2', 'Ik zag het.');
    assert.ok(leaves.done);
    assert.equal(answer.status, 200, answer.body);
    assert.deepEqual((bodyOf(answer) as Entry).posts.map(({ parts }) => parts), [['Ik zag het.']]);
  });

  it('deleted while others open it: they read it or find nothing, and nothing fails', async () => {
    const organisation = await start();
    for (let round = 0; round < 15; round += 1) {
      const { id } = await written(organisation, 'Straks weg', TEAM);
      const opening = ['a-2', 'a-3', 'a-4', 'a-5', 'a-lead'].map((person) => ask(organisation, person, entryPath(id)));
      const [deleted, ...answers] = await Promise.all([ask(organisation, 'a-1', entryPath(id), { method: 'DELETE' }), ...opening]);
      assert.equal(deleted?.status, 200);
      for (const { status, body } of answers) assert.ok(status === 200 || status === 404, body);
    }
  });

  it('answered, endorsed and tried while they are deleted: it is kept or finds nothing, and nothing fails', async () => {
    const organisation = await start();
    for (let round = 0; round < 8; round += 1) {
      const { id } = await written(organisation, 'Straks weg', TEAM);
      const [deleted, ...answers] = await Promise.all([
        ask(organisation, 'a-1', entryPath(id), { method: 'DELETE' }),
        ask(organisation, 'a-2', postsPath(id), { method: 'POST', body: { key: randomUUID(), step: 'reply', parts: ['Dank'] } }),
        ask(organisation, 'a-3', endorsementPath(id), { method: 'PUT', body: { word: 'recognise' } }),
        ask(organisation, 'a-4', tryPath(id), { method: 'PUT' }),
        put(organisation, id, 1, { text: 'Toch anders', audience: TEAM }),
      ]);
      assert.equal(deleted?.status, 200);
      for (const { status, body } of answers) assert.ok(status === 200 || status === 404, body);
    }
  });

  it('given another intention while the old one is left open again: whoever comes second waits, and one is open in the end', async (context) => {
    // PGlite does one thing after another.
    if (database.place().kind !== 'postgres') { context.skip(); return; }
    const organisation = await start();
    const { id } = await written(organisation, 'Wat volgt', TEAM, { different: 'Eerst bellen.' });
    const intentions = async () => (bodyOf(await ask(organisation, 'a-1', LOG_INTENTIONS_PATH)) as Intentions).intentions;
    const answered = (how: Ask, intention: string, state: string) => how(organisation, 'a-1', intentionPath(intention), { method: 'PUT', body: { state } });
    const [old] = await intentions();
    assert.equal((await answered(ask, old!.id, 'dropped')).status, 200);
    let changing: Promise<Answered> | undefined;
    const changes = new Between('log_intention', async () => {
      let isThrough = false;
      changing = put(organisation, id, 1, { text: 'Wat volgt', different: 'Eerst lopen.', audience: TEAM }).finally(() => { isThrough = true; });
      const waits = async () => {
        const { rows } = await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(server.services.database);
        return rows.length > 0;
      };
      while (!isThrough && !(await waits()));
    });
    const slow = await testServer({ ...database.store(), database: database.store().database.withPlugin(changes) }, poprf);
    const opened = await answered(askingOf(appForAnybody(slow.services)), old!.id, 'open');
    assert.equal(opened.status, 200, opened.body);
    const changed = await changing;
    assert.equal(changed?.status, 200, changed?.body);
    assert.deepEqual((await intentions()).map(({ state, entry }) => [state, entry?.excerpt]), [['open', 'Eerst lopen.']]);
  });

  it('written while all is let go: what is left can be read, and what was let go is gone', async () => {
    const organisation = await start();
    for (let round = 0; round < 6; round += 1) {
      const answers = await Promise.all([
        post(organisation, 'a-1', { key: randomUUID(), text: 'nog een' }),
        ask(organisation, 'a-1', LOG_PATH, { method: 'DELETE' }),
        post(organisation, 'a-1', { key: randomUUID(), text: 'en nog een' }),
        ask(organisation, 'a-1', LOG_PATH, { method: 'DELETE' }),
      ]);
      assert.deepEqual(statusesOf(answers), [200], answers.map(({ body }) => body).join('\n'));
      const list = await ask(organisation, 'a-1', `${LOG_PATH}?list=mine`);
      assert.equal(list.status, 200, list.body);
      for (const { id } of (bodyOf(list) as Log).entries) assert.equal((await ask(organisation, 'a-1', entryPath(id))).status, 200);
    }
  });
});
