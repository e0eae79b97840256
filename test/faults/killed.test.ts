import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { sql } from 'kysely';
import type { Entry, Log } from '../../src/contract/learning-log.ts';
import { entryPath, LOG_ENTRIES_PATH, LOG_PATH, postsPath } from '../../src/contract/learning-log-paths.ts';
import { endRound } from '../../src/server/rounds/closing.ts';
import type { Services } from '../../src/server/services.ts';
import { build } from '../../tools/build.js';
import { freePort, startPostgresServer, type PostgresServer } from '../support/databases.ts';
import { launchServer, type ServerProcess } from '../support/production.ts';
import {
  ask,
  assertFigures,
  freshProgress,
  goOn,
  makeCrowd,
  ORGANISATION,
  peopleInBox,
  seeded,
  stuffBox,
  type Crowd,
  type Person,
  type Place,
} from './crowd.ts';

/** How often a server is killed while people answer, on each database. */
const KILLS = Number(process.env['FAULT_KILLS'] ?? 50);
/** How often it is killed while it closes a round, and how often PostgreSQL is while people answer. */
const FEWER = Math.ceil(KILLS / 5);
const SEED = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));

/** For V8: PGlite's code is compiled once, quickly, for processes that live a few seconds. */
const BRIEF = '--liftoff-only';
setFlagsFromString(BRIEF);

/** 200 people. */
const TEAMS = { a: 80, b: 60, c: 40, d: 20 };
/** How many of them write in the learning log, each of which a database is asked about twice after a kill. */
const WRITERS = 40;
/** Ballots in a box that takes so long to open that a kill can fall into it. */
const MANY = 12_000;

/** A database of one kind, with copies to do harm to. */
interface Copies {
  /** An empty database, or a copy of one that nobody has open. */
  make(of?: Place): Promise<Place>;
  drop(place: Place): Promise<void>;
  stop(): Promise<void>;
}

describe('a server that is killed', { concurrency: 2 }, () => {
  before(async () => {
    assert.notEqual(await build(), 'failed');
  });
  describe('on PGlite', { concurrency: 1 }, () => { suite(foldersOfPglite, 1); });
  describe('on PostgreSQL', { concurrency: 1 }, () => { suite(async () => databasesOf(await startPostgresServer()), 2); });
});

describe('PostgreSQL that is killed', () => {
  it(`${String(FEWER)} times while people answer is not missed: the same server goes on, and nothing is lost`, async () => {
    await withSeed(3, async (random) => {
      assert.notEqual(await build(), 'failed');
      const postgres = await startPostgresServer();
      const copies = databasesOf(postgres);
      const work = await mkdtemp(join(tmpdir(), 'leerkring-killed-'));
      try {
        const template = await copies.make();
        const crowd = await makeCrowd(template, work, TEAMS, random);
        let doubted = 0;
        for (let kill = 1; kill <= FEWER; kill += 1) {
          const place = await copies.make(template);
          const server = await startServer(crowd, work, place);
          const all = freshProgress(crowd.people);
          let left = 1 + Math.floor(random() * crowd.people.length * 2 - 1);
          let restarted: Promise<void> | undefined;
          await goOn(crowd, server.address, all, () => {
            left -= 1;
            if (left <= 0 && !restarted) {
              postgres.signal('SIGKILL');
              doubted += all.filter(({ sent, acknowledged }) => sent && !acknowledged).length;
              restarted = postgres.start();
            }
            return true;
          }, true);
          await restarted;
          assert.ok(restarted, 'PostgreSQL was killed');
          assert.ok(server.process.running(), server.process.output());
          await server.process.end('SIGTERM');
          await closeAndCompare(crowd, place, all.map(({ person }) => person));
          await copies.drop(place);
        }
        if (FEWER >= 10) assert.ok(doubted > 0, 'some ballots were on their way');
      } finally {
        await copies.stop();
        await rm(work, { recursive: true, force: true });
      }
    });
  });
});

function suite(start: () => Promise<Copies>, stream: number): void {
  let copies: Copies;
  let work = '';
  let template: Place;
  let crowd: Crowd;
  before(async () => {
    copies = await start();
    work = await mkdtemp(join(tmpdir(), 'leerkring-killed-'));
    template = await copies.make();
    crowd = await makeCrowd(template, work, TEAMS, seeded(SEED));
  });
  after(async () => {
    await copies.stop();
    await rm(work, { recursive: true, force: true });
  });

  it(`${String(KILLS)} times while 200 people answer loses no ballot that it acknowledged, and doubles none`, async () => {
    await withSeed(stream * 100, async (random) => {
      const seen = { papers: 0, ballots: 0, doubted: 0, compared: 0 };
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const place = await copies.make(template);
        let server = await startServer(crowd, work, place);
        const all = freshProgress(crowd.people);
        // Each person is answered twice. A kill comes some moments after one of those answers.
        let left = Math.floor(random() * crowd.people.length * 2);
        const moments = random() * 10;
        let killed: Promise<void> | undefined;
        await goOn(crowd, server.address, all, () => {
          left -= 1;
          if (left <= 0 && !killed) {
            killed = new Promise((resolve) => setTimeout(resolve, moments)).then(() => server.process.end('SIGKILL'));
          }
          return server.process.running();
        });
        await (killed ?? server.process.end('SIGKILL'));
        const acknowledged = all.filter((one) => one.acknowledged);
        const sent = all.filter((one) => one.sent);
        seen.papers += all.filter(({ paper, sent: begun }) => paper && !begun).length;
        seen.ballots += acknowledged.length;
        seen.doubted += sent.length - acknowledged.length;
        // Now and then nobody comes back.
        if (kill % 4 !== 0) {
          server = await startServer(crowd, work, place);
          await goOn(crowd, server.address, all, () => true);
          assert.ok(all.every((one) => one.acknowledged), server.process.output());
          await server.process.end('SIGTERM');
          seen.compared += await closeAndCompare(crowd, place, all.map(({ person }) => person));
        } else {
          const least = acknowledged.map(({ person }) => person);
          const most = sent.map(({ person }) => person);
          seen.compared += await closeAndCompare(crowd, place, least, most);
        }
        await copies.drop(place);
      }
      assert.ok(seen.ballots > 0 && seen.compared > 0, JSON.stringify(seen));
      if (KILLS >= 20) assert.ok(seen.doubted > 0, 'some kills came between a ballot and its answer');
    });
  });

  it(`${String(FEWER)} times while people write in the learning log loses nothing that it acknowledged, and doubles nothing`, async () => {
    await withSeed(stream * 100 + 2, async (random) => {
      let doubted = 0;
      for (let kill = 1; kill <= FEWER; kill += 1) {
        const place = await copies.make(template);
        let server = await startServer(crowd, work, place);
        const all = crowd.people.slice(0, WRITERS).map(startWriting);
        let left = Math.floor(random() * all.length * 3);
        const moments = random() * 10;
        let killed: Promise<void> | undefined;
        await writeOn(server.address, all, () => {
          left -= 1;
          if (left <= 0) killed ??= new Promise((resolve) => setTimeout(resolve, moments)).then(() => server.process.end('SIGKILL'));
        });
        await (killed ?? server.process.end('SIGKILL'));
        doubted += all.filter(({ underWay }) => underWay).length;
        server = await startServer(crowd, work, place);
        // What was acknowledged is there before anybody tries again, and what nobody began is not.
        await compareWritten(server.address, all, ({ done, underWay }) => [done, done + (underWay ? 1 : 0)]);
        await writeOn(server.address, all, () => undefined);
        await compareWritten(server.address, all, () => [3, 3]);
        await server.process.end('SIGTERM');
        await copies.drop(place);
      }
      if (FEWER >= 10) assert.ok(doubted > 0, 'some kills came between something written and its answer');
    });
  });

  it(`${String(FEWER)} times while it closes a round changes nothing: the box is whole, and closes with the right figures`, async () => {
    await withSeed(stream * 100 + 1, async (random) => {
      const people = Array.from({ length: MANY }, (_, index) => {
        const { team, answers } = crowd.people[index % crowd.people.length]!;
        return { team, answers: { choices: answers.choices } };
      });
      const full = await copies.make(template);
      const filling = await crowd.open(full);
      await stuffBox(crowd, filling, people);
      await sql`update round set closes_at = now(), grace = 0`.execute(filling.database);
      const before = await stateOf(filling);
      await filling.close();

      // Once undisturbed, for how long it takes.
      let place = await copies.make(full);
      let server = await startClosing(crowd, work, place);
      const began = performance.now();
      await server.process.said('round closed and released');
      const takes = performance.now() - began;
      await server.process.end('SIGKILL');
      await copies.drop(place);

      let inside = 0;
      place = await copies.make(full);
      // How long it takes now, nobody knows: where few kills fell into it, there are some more.
      for (let kill = 1; kill <= FEWER || (inside < FEWER / 3 && kill <= FEWER * 4); kill += 1) {
        server = await startClosing(crowd, work, place);
        const wait = random() * takes * 0.8;
        await new Promise((resolve) => setTimeout(resolve, wait));
        await server.process.end('SIGKILL');
        const services = await crowd.open(place);
        const state = await stateOf(services);
        if (state.open) {
          // It had begun, and had not ended.
          inside += 1;
          assert.deepEqual(state, before, 'nothing has changed');
          await services.close();
        } else {
          // Too late to disturb it.
          assertFigures(await crowd.reports(services), people);
          await services.close();
          await copies.drop(place);
          place = await copies.make(full);
        }
      }
      if (FEWER >= 10) assert.ok(inside >= FEWER / 3, `only ${String(inside)} kills came while the box was being opened`);

      server = await startClosing(crowd, work, place);
      await server.process.said('is ready');
      await server.process.end('SIGTERM');
      const services = await crowd.open(place);
      try {
        const state = await stateOf(services);
        assert.deepEqual([state.open, state.box, state.counts, state.spent, state.electors], [false, none, none, none, none]);
        assert.equal(assertFigures(await crowd.reports(services), people), Object.keys(TEAMS).length);
      } finally {
        await services.close();
      }
      await copies.drop(place);
      await copies.drop(full);
    });
  });
}

/** One who writes three things, each with the key that a browser keeps for it: for oneself, for the team, and below that. */
interface Writer {
  readonly person: Person;
  readonly keys: readonly [string, string, string];
  /** How much of it was acknowledged. */
  done: number;
  /** Whether the next was sent and not answered. */
  underWay: boolean;
  /** What the server calls the entry for the team. */
  shared: string;
}

function startWriting(person: Person): Writer {
  return { person, keys: [randomUUID(), randomUUID(), randomUUID()], done: 0, underWay: false, shared: '' };
}

/** What is written, so that all of it says whose and which it is. */
const wordsOf = ({ person }: Writer, at: number) => `${person.id} learned thing ${String(at)}.`;

/** Everybody goes on until a request is not answered. @param answered told after each answer */
async function writeOn(server: string, all: readonly Writer[], answered: () => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const waiting = [...all];
  const lane = async () => {
    for (let writer = waiting.shift(); writer; writer = waiting.shift()) {
      while (writer.done < 3) {
        const { done, keys, person, shared } = writer;
        const text = wordsOf(writer, done);
        const [path, body] =
          done === 2
            ? [postsPath(shared), { key: keys[2], step: 'reply', parts: [text] }]
            : [LOG_ENTRIES_PATH, { key: keys[done], kind: 'insight', text, ...(done === 1 ? { audience: { scope: 'team', team: person.team } } : { different: 'Ask first.' }) }];
        writer.underWay = true;
        const reply = await ask(agent, server, path, { token: person.token, body });
        if (!reply) break;
        assert.equal(reply.status, 200, JSON.stringify(reply.body));
        writer.underWay = false;
        if (done === 1) writer.shared = (reply.body as Entry).id;
        writer.done += 1;
        answered();
      }
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  agent.destroy();
}

/** What people wrote is there, once each, in their own words. @param range of the three, so many at least and at most */
async function compareWritten(server: string, all: readonly Writer[], range: (writer: Writer) => readonly [number, number]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const read = async <T>(path: string, { person: { token } }: Writer) => {
    const reply = await ask(agent, server, path, { token });
    assert.equal(reply?.status, 200, JSON.stringify(reply?.body));
    return reply.body as T;
  };
  await Promise.all(
    all.map(async (writer) => {
      const { entries } = await read<Log>(`${LOG_PATH}?list=mine`, writer);
      const found = entries.map(({ excerpt }) => excerpt);
      const shared = entries.find(({ audience }) => audience?.scope === 'team');
      if (shared) found.push(...(await read<Entry>(entryPath(shared.id), writer)).posts.flatMap(({ parts }) => parts));
      found.sort();
      const [least, most] = range(writer);
      assert.deepEqual(found, [0, 1, 2].map((at) => wordsOf(writer, at)).slice(0, found.length));
      assert.ok(found.length >= least && found.length <= most, `${String(found.length)} of ${String(least)} to ${String(most)}`);
    }),
  );
  agent.destroy();
}

interface Serving {
  readonly address: string;
  readonly process: ServerProcess;
}

async function launch(crowd: Crowd, work: string, place: Place): Promise<Serving> {
  const port = await freePort();
  const process = launchServer(work, { ...crowd.environment(place), PORT: String(port) }, [BRIEF]);
  return { address: `http://127.0.0.1:${String(port)}`, process };
}

async function startServer(crowd: Crowd, work: string, place: Place): Promise<Serving> {
  const serving = await launch(crowd, work, place);
  await serving.process.said('is ready');
  return serving;
}

/** Starts a server that finds a round due, and waits until it is in the middle of closing it. */
async function startClosing(crowd: Crowd, work: string, place: Place): Promise<Serving> {
  const serving = await launch(crowd, work, place);
  await serving.process.said('opening the box');
  return serving;
}

/**
 * Whose ballots are in the box is looked up, then the round closed, and its figures compared with what those people
 * chose.
 * @param least whose ballots must be there: all that were acknowledged
 * @param most whose ballots may be there: all that were sent
 */
async function closeAndCompare(crowd: Crowd, place: Place, least: readonly Person[], most = least): Promise<number> {
  const services = await crowd.open(place);
  try {
    const names = await peopleInBox(crowd, services);
    assert.equal(new Set(names).size, names.length, 'nobody is counted twice');
    const counted = crowd.people.filter(({ id }) => names.includes(id));
    assert.equal(counted.length, names.length);
    const missing = least.filter((person) => !counted.includes(person));
    assert.deepEqual(missing.map(({ id }) => id), [], 'acknowledged, and not in the box');
    const strange = counted.filter((person) => !most.includes(person));
    assert.deepEqual(strange.map(({ id }) => id), [], 'in the box, and never sent');
    await endRound(services, ORGANISATION, crowd.round, { atOnce: true });
    return assertFigures(await crowd.reports(services), counted);
  } finally {
    await services.close();
  }
}

const none = { rows: 0, digest: null };

/** All that closing changes, as a count and a digest of each table. */
async function stateOf({ database }: Services) {
  const digest = async (table: string) => {
    const { rows } = await sql<{ rows: number; digest: string | null }>`
      select count(*)::integer as rows, md5(string_agg(md5(t::text), '' order by md5(t::text))) as digest
      from ${sql.table(table)} t`.execute(database);
    return rows[0];
  };
  const { rows } = await sql<{ open: boolean }>`select box_key is not null as open from round`.execute(database);
  return {
    open: rows[0]?.open ?? false,
    box: await digest('box'),
    counts: await digest('box_count'),
    spent: await digest('spent'),
    electors: await digest('elector'),
    rounds: await digest('round'),
    reports: await digest('report'),
  };
}

/** Runs with numbers that are drawn anew each time, and says by which seed they can be had again. */
async function withSeed(stream: number, act: (random: () => number) => Promise<void>): Promise<void> {
  try {
    await act(seeded(SEED + stream));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`${what}\nThis was with FAULT_SEED=${String(SEED)} FAULT_KILLS=${String(KILLS)}.`, { cause: error });
  }
}

async function foldersOfPglite(): Promise<Copies> {
  const top = await mkdtemp(join(tmpdir(), 'leerkring-folders-'));
  let made = 0;
  const folderOf = (place: Place) => ('DATA_DIR' in place ? place.DATA_DIR : '');
  return {
    async make(of) {
      made += 1;
      const folder = join(top, String(made));
      // The lock of a server that was killed is a socket, which can't be copied and need not be.
      if (of) await cp(join(folderOf(of), 'database'), join(folder, 'database'), { recursive: true });
      return { DATA_DIR: folder };
    },
    drop: (place) => rm(folderOf(place), { recursive: true, force: true }),
    stop: () => rm(top, { recursive: true, force: true }),
  };
}

function databasesOf(server: PostgresServer): Copies {
  let made = 0;
  const nameOf = (place: Place) => ('DATABASE_URL' in place ? new URL(place.DATABASE_URL).pathname.slice(1) : '');
  return {
    async make(of) {
      made += 1;
      const name = `copy_${String(made)}`;
      await server.query(`create database ${name}${of ? ` template ${nameOf(of)}` : ''}`);
      return { DATABASE_URL: server.url(name) };
    },
    async drop(place) {
      // With force: a server that was killed may have left connections.
      await server.query(`drop database ${nameOf(place)} with (force)`);
    },
    stop: () => server.stop(),
  };
}
