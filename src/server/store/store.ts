import { join } from 'node:path';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { openEmbedded } from './embedded.ts';
import { lockFolder } from './folder-lock.ts';
import { migrate } from './migrations.ts';
import type { Database, Tables } from './tables.ts';

export interface Store {
  /** For work that takes its time: a command, or the opening and closing of rounds. */
  readonly database: Database;
  /** The same data, for requests that somebody waits for: a statement without an answer fails before they give up. */
  readonly requests: Database;
  close(): Promise<void>;
}

/** Where the data is: a folder or memory for the embedded database, or the address of a PostgreSQL database. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'memory' }
  | { readonly kind: 'postgres'; readonly url: string; readonly pool: number };

/** Milliseconds to wait for a connection to PostgreSQL, a free one or a new one. */
const CONNECTING = 5_000;

/**
 * Milliseconds that PostgreSQL has for one statement; a transaction of many may take as long as it needs. That of a
 * request, after the wait for a connection, is less than what a widget waits for an answer. That of a job is far more
 * than the longest takes, and finite, for a connection that broke without a word.
 */
const STATEMENT = { request: 8_000, job: 300_000 } as const;

/**
 * Opens the database and brings its schema up to date.
 * @throws FolderInUse when another process has the folder
 */
export async function openStore(place: StorePlace): Promise<Store> {
  if (place.kind === 'postgres') {
    const pool = new pg.Pool({
      connectionString: place.url,
      max: place.pool,
      connectionTimeoutMillis: CONNECTING,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // A connection that breaks is replaced, and who used it is told by the statement; without a listener, both for one
    // that is idle and for one in use, it would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    const database = kyselyOn(patientPool(pool, STATEMENT.job));
    return opened(database, kyselyOn(patientPool(pool, STATEMENT.request)), () => Promise.resolve());
  }
  const release = place.kind === 'folder' ? await lockFolder(place.folder) : () => Promise.resolve();
  try {
    const database = kyselyOn(await openEmbedded(place.kind === 'folder' ? join(place.folder, 'database') : undefined));
    return await opened(database, database, release);
  } catch (error) {
    await release();
    throw error;
  }
}

function kyselyOn(pool: PostgresPool): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

async function opened(database: Database, requests: Database, release: () => Promise<void>): Promise<Store> {
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
  return { database, requests, close };
}

/** Connections of a pool on which a statement may take so many milliseconds. */
function patientPool(pool: pg.Pool, patience: number): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      let silent: Error | undefined;
      const bounded = {
        async query(text: string, parameters: readonly unknown[]) {
          // What comes next on a connection that did not answer, a rollback, would only wait as long again.
          if (silent) throw silent;
          try {
            const statement: Statement = { text, values: [...parameters], query_timeout: patience };
            return await client.query(statement);
          } catch (error) {
            if (error instanceof Error && UNANSWERED.test(error.message)) silent = error;
            throw error;
          }
        },
        // It is not handed out again: an answer that comes after all would be taken for that of the next statement.
        release: (discarded?: boolean) => { client.release(discarded === true || silent !== undefined); },
      };
      return bounded as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

/** pg takes a statement's own time-out; its types do not say so. */
interface Statement extends pg.QueryConfig {
  readonly query_timeout: number;
}

const UNANSWERED = /query read timeout/i;

/**
 * Whether an error says that the database can't be reached, is out of room or takes no changes now: PostgreSQL's classes
 * 08 (connection), 53 (resources), 57 (shut down) and its 25006 (a standby), and what a socket, the driver or the pool
 * says.
 */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && (/^(08|53|57|25006)/.test(code) || /^E[A-Z]+$/.test(code))) return true;
  return (
    UNANSWERED.test(error.message) ||
    /connection (terminated|timeout|error)|timeout exceeded when trying to connect|not queryable/i.test(error.message)
  );
}
