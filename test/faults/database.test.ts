import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { pino } from 'pino';
import { BALLOT_KEYS_PATH } from '../../src/contract/ballot-keys.ts';
import { BALLOTS_PATH } from '../../src/contract/ballots.ts';
import { REPORTS_PATH } from '../../src/contract/reports.ts';
import { OPEN_ROUNDS_PATH, PAPERS_PATH } from '../../src/contract/rounds.ts';
import { readIssuers } from '../../src/server/auth/issuers.ts';
import { toBase64url } from '../../src/server/keys/base64url.ts';
import { startServer, type OpenServices, type Running } from '../../src/server/main.ts';
import { closeRound } from '../../src/server/rounds/closing.ts';
import { readSettings } from '../../src/server/settings.ts';
import { freePort, startPostgresServer, type PostgresServer } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { ask, freshProgress, goOn, makeCrowd, ORGANISATION, seeded, type Crowd, type Progress, type Reply } from './crowd.ts';

const MAX_CONNECTIONS = 12;
const DAY = 86_400_000;

describe('a server whose PostgreSQL is away', () => {
  let postgres: PostgresServer;
  let way: Way;
  let work = '';
  let crowd: Crowd;
  let services: OpenServices;
  let running: Running;
  let server = '';
  let logged = '';
  let now = new Date();
  let all: Progress[];
  const agent = new Agent();
  /** What would have ended a server's process. */
  const uncaught: Error[] = [];
  const catchIt = (error: Error) => { uncaught.push(error); };

  before(async () => {
    process.on('uncaughtException', catchIt);
    postgres = await startPostgresServer([`max_connections=${String(MAX_CONNECTIONS)}`, 'superuser_reserved_connections=0', 'reserved_connections=0']);
    await postgres.query('create database leerkring');
    way = await openWay(postgres.port);
    work = await mkdtemp(join(tmpdir(), 'leerkring-away-'));
    crowd = await makeCrowd({ DATABASE_URL: postgres.url('leerkring') }, work, { a: 12 }, seeded(1));
    const place = { DATABASE_URL: postgres.url('leerkring').replace(String(postgres.port), String(way.port)) };
    const settings = readSettings({ ...crowd.environment(place), PORT: String(await freePort()), DATABASE_POOL: '5' });
    const log = pino({ level: 'debug', base: null }, { write: (line: string) => { logged += line; } });
    services = { ...(await crowd.open({ ...place })), log, now: () => now };
    const issuers = await readIssuers(join(work, 'issuers.json'));
    running = await startServer(services, settings, { issuers, version: '0.0.0' });
    server = `http://127.0.0.1:${String(running.port)}`;
    all = freshProgress(crowd.people);
    await goOn(crowd, server, all, () => true);
    await comesBack();
  });
  after(async () => {
    process.off('uncaughtException', catchIt);
    agent.destroy();
    await running.stop();
    await services.close();
    await way.close();
    await postgres.stop();
    await rm(work, { recursive: true, force: true });
  });

  /** One request of every route, all at once. */
  async function everyRoute(): Promise<(Reply | undefined)[]> {
    const [person] = crowd.people;
    assert.ok(person?.output);
    const scope = { round: crowd.round, team: person.team };
    const { token } = person;
    const ballot = { organisation: ORGANISATION, ...scope, nonce: toBase64url(person.nonce), output: person.output, ...person.answers };
    return inTime(
      Promise.all([
        ask(agent, server, OPEN_ROUNDS_PATH, { token }),
        ask(agent, server, PAPERS_PATH, { token, body: { ...scope, blinded: toBase64url(person.blinding.blinded) } }),
        ask(agent, server, BALLOTS_PATH, { body: ballot }),
        ask(agent, server, REPORTS_PATH, { token }),
        ask(agent, server, BALLOT_KEYS_PATH),
      ]),
    );
  }

  const statusOf = async (path: string) => (await inTime(ask(agent, server, path)))?.status;

  /** Every route says clearly that it can't now, and when to ask again. */
  async function isAway(): Promise<void> {
    for (const reply of await everyRoute()) {
      assert.ok(reply, 'there is an answer');
      const { type, title, detail, ...rest } = reply.body as Record<string, string>;
      assert.deepEqual([reply.status, reply.contentType, reply.retryAfter], [503, 'application/problem+json', '5'], JSON.stringify(reply));
      assert.match(type ?? '', /unavailable$/);
      assert.deepEqual([title, detail, rest], ['Leerkring can’t be reached for a moment', 'Try again in a moment.', { status: 503 }]);
    }
    assert.equal(await statusOf('/healthz'), 200);
    assert.equal(await statusOf('/readyz'), 503);
  }

  /** The same server answers everything again. */
  async function comesBack(): Promise<void> {
    assert.deepEqual(uncaught, [], 'nothing ends the process');
    await until(async () => (await statusOf('/readyz')) === 200, 'it is ready again');
    await until(async () => (await everyRoute()).every((reply) => reply?.status === 200), 'every route answers again');
    const secrets = crowd.people.flatMap(({ id, token, nonce, output, answers, blinding }) => [
      ...[`"${id}"`, `Name of ${id}`, token, toBase64url(nonce), output ?? '', toBase64url(blinding.blinded), answers.comment ?? ''],
    ]);
    for (const secret of [...secrets, 'postgres:test']) assert.ok(!logged.includes(secret), `the log says ${secret}`);
    assert.doesNotMatch(logged, /choices|Bearer|insert into|select /i);
  }

  for (const mode of ['refused', 'hanging', 'reset'] as const) {
    it(`says so, and recovers, when its connections are ${mode}`, async () => {
      await way.turn(mode);
      await isAway();
      // Once more: now from a pool whose connections have been through it.
      await isAway();
      await way.turn('open');
      await comesBack();
    });
  }

  it('says so, and recovers, when PostgreSQL is restarted', async () => {
    await postgres.shutDown();
    await isAway();
    await postgres.start();
    await comesBack();
  });

  it('says so, and recovers, when PostgreSQL is out of connections', async () => {
    const takers: pg.Client[] = [];
    const take = async () => {
      const taker = new pg.Client({ connectionString: postgres.url('postgres') });
      taker.on('error', () => undefined);
      await taker.connect();
      takers.push(taker);
    };
    await take();
    // A connection is seen no more a little before its place is free: none has to be seen twice.
    let without = 0;
    try {
      await until(async () => {
        await takers[0]?.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'leerkring'");
        // Until there is none left.
        for (;;) {
          try {
            await take();
          } catch {
            break;
          }
        }
        const { rows } = (await takers[0]?.query("select 1 from pg_stat_activity where datname = 'leerkring'")) ?? { rows: [] };
        without = rows.length === 0 ? without + 1 : 0;
        return without === 2;
      }, 'others have every connection');
      await isAway();
    } finally {
      await Promise.all(takers.map((taker) => taker.end()));
    }
    await comesBack();
  });

  it('does not wait for ever for a lock, while a round that closes does', async () => {
    const holder = new pg.Client({ connectionString: postgres.url('leerkring') });
    await holder.connect();
    await holder.query('begin');
    await holder.query(`update round set grace = grace where id = '${crowd.round}'`);
    let closed: boolean | undefined;
    // One that is not closed after all: its box is needed below.
    class Undone extends Error {}
    const closing = services.database
      .transaction()
      .execute(async (database) => {
        closed = await closeRound({ ...services, database: withinOne(database) }, ORGANISATION, crowd.round);
        throw new Undone();
      })
      .catch((error: unknown) => error);
    for (let asked = 0; asked < 2; asked += 1) {
      const [, , ballot] = await everyRoute();
      assert.equal(ballot?.status, 503);
    }
    assert.equal(closed, undefined, 'it waits');
    await holder.query('commit');
    await holder.end();
    assert.ok((await inTime(closing)) instanceof Undone);
    assert.equal(closed, true);
    await comesBack();
  });

  it('for thirty seconds, which a round that was due meanwhile survives too, and so does the next', async () => {
    const stopped = Date.now();
    postgres.signal('SIGSTOP');
    try {
      await isAway();
      now = new Date(now.getTime() + 21 * DAY);
      await until(async () => {
        assert.equal(await statusOf('/healthz'), 200);
        assert.equal(await statusOf('/readyz'), 503);
        return Date.now() - stopped > 30_000;
      }, 'thirty seconds have passed');
      await isAway();
    } finally {
      postgres.signal('SIGCONT');
    }
    // Until those who waited for a connection have gone, there may be none.
    const isClosed = () => crowd.reports(services).then((reports) => reports.get('a')?.rounds.length === 1, () => false);
    await until(isClosed, 'the round is closed');
    const report = (await crowd.reports(services)).get('a')?.rounds[0]?.report;
    assert.equal(report?.ballots, crowd.people.length);
    now = new Date(now.getTime() + 14 * DAY);
    await until(async () => (await crowd.reports(services)).get('a')?.open !== null, 'the next round is open');
  });
});

/** Lets what begins a transaction of its own go into one that was begun. */
function withinOne<T extends object>(transaction: T): T {
  return new Proxy(transaction, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute: (act: (inside: T) => unknown) => act(target) });
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The way to PostgreSQL, which can be troubled: a socket in between. */
interface Way {
  readonly port: number;
  /**
   * `refused`: nobody listens, and connections are broken off; `hanging`: nothing comes through, in either direction;
   * `reset`: what is asked comes through, and is answered by a broken connection.
   */
  turn(mode: 'open' | 'refused' | 'hanging' | 'reset'): Promise<void>;
  close(): Promise<void>;
}

async function openWay(to: number): Promise<Way> {
  let mode: 'open' | 'refused' | 'hanging' | 'reset' = 'open';
  const pairs = new Set<readonly [Socket, Socket]>();
  const accept = (near: Socket) => {
    const far = connect(to, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, into] of [[near, far], [far, near]] as const) {
      from.on('error', () => undefined);
      from.on('close', () => {
        pairs.delete(pair);
        into.destroy();
      });
      from.on('data', (part) => {
        if (from === near || mode !== 'reset') into.write(part);
        else near.resetAndDestroy();
      });
      if (mode === 'hanging') from.pause();
    }
  };
  let listening: Server | undefined;
  const listen = async (port: number) => {
    const server = createServer(accept);
    listening = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  };
  const breakOff = async () => {
    const server = listening;
    listening = undefined;
    const closed = new Promise((resolve) => { if (server) server.close(resolve); else resolve(undefined); });
    for (const [near] of pairs) near.destroy();
    await closed;
  };
  const port = await listen(0);
  return {
    port,
    async turn(to_) {
      mode = to_;
      if (mode === 'refused') await breakOff();
      else if (!listening) await listen(port);
      for (const pair of pairs) for (const socket of pair) if (mode === 'hanging') socket.pause(); else socket.resume();
    },
    close: breakOff,
  };
}

/** Far more than any answer takes: what comes later never comes. */
const NEVER = 90_000;

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error('There is no answer.')); }, NEVER);
  });
  try {
    return await Promise.race([answer, never]);
  } finally {
    clearTimeout(timer);
  }
}
