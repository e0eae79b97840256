import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, it, mock } from 'node:test';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { entryPath, helpPath, helpsPath, LOG_ENTRIES_PATH, LOG_NEWS_PATH, postsPath, type Entry, type NewEntry, type News } from '../../contract/learning-log.ts';
import { onEachDatabase, onPglite } from '../../../test/support/databases.ts';
import { personOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { createApp } from '../app.ts';
import { UNCOUNTED } from '../ballots/ballot-count.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { listen } from '../main.ts';
import { newsFor } from './news.ts';

const TEAM = { scope: 'team', team: 'a' } as const;
const ALL = { scope: 'organisation' } as const;

async function write(server: TestServer, organisation: string, person: string, audience?: NewEntry['audience']): Promise<string> {
  server.setNow(new Date(server.services.now().getTime() + 1000).toISOString());
  const response = await personOf(server, organisation, person).send('POST', LOG_ENTRIES_PATH, {
    key: randomUUID(),
    kind: 'insight',
    text: 'We zagen het te laat.',
    ...(audience ? { audience } : {}),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return ((await response.json()) as Entry).id;
}

onEachDatabase('news', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let ends: AbortController;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());
  afterEach(() => {
    ends.abort();
    mock.timers.reset();
  });

  async function start(): Promise<string> {
    ends = new AbortController();
    return testOrganisation(server, { a: 6, b: 5 });
  }

  async function hear(organisation: string, person: string): Promise<AsyncIterator<News>> {
    return (await newsFor(server.services, { organisation, person }, ends.signal))[Symbol.asyncIterator]();
  }

  const newest = async (news: AsyncIterator<News>) => {
    const heard: IteratorResult<News, unknown> = await news.next();
    return heard.done ? 'ended' : heard.value.newest;
  };

  it('tell the newest entry that one may see at once, and then each that comes', async () => {
    const organisation = await start();
    const news = await hear(organisation, 'a-2');
    assert.equal(await newest(news), null);
    const first = await write(server, organisation, 'a-1', TEAM);
    assert.equal(await newest(news), first);
    // Of these two the listener learns nothing, not even that there was something.
    await write(server, organisation, 'a-1');
    await write(server, organisation, 'b-1', { scope: 'team', team: 'b' });
    const second = await write(server, organisation, 'b-1', { scope: 'people', people: ['a-2'] });
    assert.equal(await newest(news), second);
    const own = await write(server, organisation, 'a-2');
    assert.equal(await newest(news), own);
    assert.equal(await newest(await hear(organisation, 'a-2')), own);
    assert.equal(await newest(await hear(organisation, 'a-3')), first);
  });

  it('tell of what is done in a thread, to whoever sees it there and to nobody else', async () => {
    const organisation = await start();
    const entry = await write(server, organisation, 'a-1', TEAM);
    const listeners = Object.fromEntries(
      await Promise.all(['a-1', 'a-2', 'a-3', 'b-1'].map(async (person) => [person, await hear(organisation, person)] as const)),
    );
    const heard = async (person: string) => ((await listeners[person]?.next()))?.value as News | undefined;
    for (const person of Object.keys(listeners)) await heard(person);
    const asked = await personOf(server, organisation, 'a-1').send('POST', helpsPath(entry), { key: randomUUID(), kind: 'intervision', question: 'En nu?', people: ['a-2'] });
    const help = ((await asked.json()) as Entry).helps[0]?.id ?? '';
    const post = async (person: string, step: string, inHelp?: string) => {
      const body = { key: randomUUID(), step, parts: ['Zo ging het.'], ...(inHelp === undefined ? {} : { help: inHelp }) };
      assert.equal((await personOf(server, organisation, person).send('POST', postsPath(entry), body)).status, 200);
    };
    await post('a-2', 'facts', help);
    assert.deepEqual((await heard('a-1'))?.moved, [entry]);
    await personOf(server, organisation, 'a-1').send('PUT', helpPath(entry, help), { act: 'move-on' });
    assert.deepEqual((await heard('a-2'))?.moved, [entry]);
    await post('a-2', 'reply');
    // Who was not asked learns of the reply alone, and who is in another team of nothing.
    assert.deepEqual(await heard('a-3'), { newest: entry, moved: [entry] });
    const other = await write(server, organisation, 'a-1', ALL);
    assert.deepEqual(await heard('a-3'), { newest: other });
    assert.deepEqual(await heard('b-1'), { newest: other });
  });

  it('go back when an entry is deleted', async () => {
    const organisation = await start();
    const first = await write(server, organisation, 'a-1', TEAM);
    const second = await write(server, organisation, 'a-1', TEAM);
    const news = await hear(organisation, 'a-2');
    assert.equal(await newest(news), second);
    await personOf(server, organisation, 'a-1').send('DELETE', entryPath(second));
    assert.equal(await newest(news), first);
  });

  it('go by the team of the moment', async () => {
    const organisation = await start();
    const news = await hear(organisation, 'a-2');
    assert.equal(await newest(news), null);
    await server.services.database.deleteFrom('membership').where('organisation', '=', organisation).where('person', '=', 'a-2').execute();
    await write(server, organisation, 'a-1', TEAM);
    const open = await write(server, organisation, 'a-1', ALL);
    assert.equal(await newest(news), open);
  });

  it('come from other servers too', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const organisation = await start();
    const here = await write(server, organisation, 'a-1', ALL);
    const listeners = [await hear(organisation, 'a-2'), await hear(organisation, 'b-1')];
    for (const news of listeners) assert.equal(await newest(news), here);
    const elsewhere = randomUUID();
    await sql`
      insert into log_entry (organisation, id, author, key, key_digest, scope, kind, text, leavers, version, created_at, shared_at)
      select organisation, ${elsewhere}, author, ${elsewhere}, '', scope, kind, text, leavers, 1, created_at, shared_at + interval '1 second'
      from log_entry where organisation = ${organisation} and id = ${here}`.execute(server.services.database);
    const next = listeners.map(newest);
    mock.timers.tick(3000);
    assert.deepEqual(await Promise.all(next), [elsewhere, elsewhere]);
    await server.services.database.deleteFrom('log_entry').where('organisation', '=', organisation).where('id', '=', elsewhere).execute();
    const after = listeners.map(newest);
    mock.timers.tick(3000);
    assert.deepEqual(await Promise.all(after), [here, here]);
  });

  it('end when nobody listens any more, and by themselves after five minutes', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const organisation = await start();
    const news = await hear(organisation, 'a-2');
    assert.equal(await newest(news), null);
    const next = newest(news);
    mock.timers.tick(300_000);
    assert.equal(await next, 'ended');
    const again = await hear(organisation, 'a-2');
    assert.equal(await newest(again), null);
    const last = newest(again);
    ends.abort();
    assert.equal(await last, 'ended');
    assert.equal(await newest(await hear(organisation, 'a-2')), 'ended');
  });

  it('end the oldest when one person listens more than five times', async () => {
    const organisation = await start();
    const streams: AsyncIterator<News>[] = [];
    for (let number = 0; number < 6; number += 1) {
      const news = await hear(organisation, 'a-2');
      assert.equal(await newest(news), null);
      streams.push(news);
    }
    const [oldest, ...others] = streams;
    assert.equal(oldest && (await newest(oldest)), 'ended');
    const id = await write(server, organisation, 'a-1', TEAM);
    for (const news of others) assert.equal(await newest(news), id);
  });

  it('are for colleagues', async () => {
    const organisation = await start();
    assert.equal((await personOf(server, organisation, 'nobody').get(LOG_NEWS_PATH)).status, 403);
  });
});

onPglite('news over HTTP', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  /** What is sent, piece by piece. */
  async function* pieces(response: Response): AsyncGenerator<string, undefined, undefined> {
    assert.equal(response.status, 200);
    for await (const piece of response.body ?? []) yield new TextDecoder().decode(piece);
  }

  const overSocket = async (app: Hono) => {
    const running = await listen(app, 0, '127.0.0.1', 'PORT');
    const ask = async (organisation: string, person: string, signal: AbortSignal | null = null) =>
      fetch(`http://127.0.0.1:${String(running.port)}${LOG_NEWS_PATH}`, {
        headers: { authorization: `Bearer ${await server.token(organisation, person)}` },
        signal,
      });
    return { running, ask };
  };

  it('are events that nobody keeps', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const response = await personOf(server, organisation, 'a-1').get(LOG_NEWS_PATH);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const events = pieces(response);
    assert.equal((await events.next()).value, 'data: {"newest":null}\n\n');
    await events.return(undefined);
  });

  it('say now and then that they are still there', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const organisation = await testOrganisation(server, { a: 5 });
    const events = pieces(await personOf(server, organisation, 'a-1').get(LOG_NEWS_PATH));
    await events.next();
    mock.timers.tick(25_000);
    assert.equal((await events.next()).value, ':\n\n');
    await events.return(undefined);
  });

  it('end where nobody reads them, though nobody went away', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    const organisation = await testOrganisation(server, { a: 5 });
    const cleared = mock.method(globalThis, 'clearInterval').mock;
    assert.equal((await personOf(server, organisation, 'a-1').get(LOG_NEWS_PATH)).status, 200);
    while (cleared.callCount() < 2) {
      mock.timers.tick(25_000);
      await new Promise(setImmediate);
    }
  });

  it('are no longer asked for once the browser is gone', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const { running, ask } = await overSocket(server.app);
    const cleared = mock.method(globalThis, 'clearInterval').mock;
    const gone = new AbortController();
    const events = pieces(await ask(organisation, 'a-1', gone.signal));
    await events.next();
    assert.equal(cleared.callCount(), 0);
    gone.abort();
    await assert.rejects(events.next());
    // The stream's own, and that of its organisation, in which nobody listens any more.
    while (cleared.callCount() < 2) await new Promise(setImmediate);
    await running.stop();
  });

  it('end when the server stops', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const { running, ask } = await overSocket(server.app);
    const cleared = mock.method(globalThis, 'clearInterval').mock;
    const events = pieces(await ask(organisation, 'a-1'));
    await events.next();
    await running.stop();
    assert.equal((await events.next()).done, true);
    while (cleared.callCount() < 2) await new Promise(setImmediate);
  });

  it('end quietly when they fail', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const { services } = server;
    const failing = services.database.withPlugin({
      transformQuery({ node }) {
        if (node.kind === 'RawNode') throw new Error('a-1 may not be named');
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const app = createApp({ ...services, database: failing }, {
      authenticate: () => Promise.resolve({ organisation, person: 'a-1' }),
      limits: { person: () => Promise.resolve(), ballot: () => Promise.resolve() },
      ballotCount: UNCOUNTED,
      publicUrl: '',
      version: '',
      corsOrigins: [],
    });
    const shown = mock.method(console, 'error', () => undefined).mock;
    assert.equal((await pieces(await app.request(LOG_NEWS_PATH)).next()).done, true);
    assert.equal(shown.callCount(), 0);
    const [line = ''] = server.logged().split('\n').filter((one) => one.includes('a stream failed'));
    assert.match(line, /learning-log\/news/);
    assert.doesNotMatch(line, /a-1|may not/);
  });
});
