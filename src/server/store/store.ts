import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrations.ts';
import type { Database, Tables } from './tables.ts';

export interface Store {
  readonly database: Database;
  close(): Promise<void>;
}

/** Where the data is: a folder or memory for the embedded database, or the address of a PostgreSQL database. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'memory' }
  | { readonly kind: 'postgres'; readonly url: string; readonly pool: number };

/**
 * Opens the database and brings its schema up to date.
 * @throws FolderInUse when another process has the folder
 */
export async function openStore(place: StorePlace): Promise<Store> {
  if (place.kind === 'postgres') {
    const pool = new pg.Pool({ connectionString: place.url, max: place.pool, connectionTimeoutMillis: 5000 });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    pool.on('error', () => undefined);
    return opened(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), () => Promise.resolve());
  }
  const release = place.kind === 'folder' ? await lockFolder(place.folder) : () => Promise.resolve();
  try {
    const embedded = await PGlite.create(place.kind === 'folder' ? join(place.folder, 'database') : 'memory://');
    return await opened(new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pgliteAsPool(embedded) }) }), release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function opened(database: Database, release: () => Promise<void>): Promise<Store> {
  const close = async () => {
    await database.destroy();
    await release();
  };
  try {
    await migrate(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, close };
}

/**
 * PGlite behind the pool that Kysely's PostgreSQL dialect asks for: one connection, handed out to one at a time, so
 * that both databases run the very same dialect.
 */
function pgliteAsPool(embedded: PGlite): PostgresPool {
  let turn: Promise<void> = Promise.resolve();
  const pool: PostgresPool = {
    async connect() {
      let release!: () => void;
      const before = turn;
      turn = new Promise((resolve) => { release = resolve; });
      await before;
      const client = {
        async query(text: string, parameters: readonly unknown[]) {
          const { rows, affectedRows } = await embedded.query(text, [...parameters]);
          const command = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? '';
          return { rows, command, rowCount: affectedRows ?? rows.length };
        },
        release,
      };
      return client as unknown as PostgresPoolClient;
    },
    async end() {
      await turn;
      await embedded.close();
    },
  };
  return pool;
}

/**
 * Whether an error says that the database can't be reached or is out of room: PostgreSQL's classes 08 (connection), 53
 * (resources) and 57 (shut down), and what a socket or the pool says.
 */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && (/^(08|53|57)/.test(code) || /^E[A-Z]+$/.test(code))) return true;
  return /connection (terminated|timeout)|timeout exceeded when trying to connect/i.test(error.message);
}
