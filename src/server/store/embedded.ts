import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { PreparedStatements } from './prepared.ts';

/**
 * Bytes that stay free on the disk: three segments of the write-ahead log. Nothing is written into the last of the
 * room, since without a next segment PGlite does not fail but breaks down.
 */
const RESERVE = 48 * 1024 * 1024;

/** Milliseconds between two attempts to open a database that broke down. */
const PAUSE = 5_000;

/** The embedded database can't be used at the moment; PostgreSQL's own code for a full disk, or for one that starts. */
export class EmbeddedUnavailable extends Error {
  override readonly name = 'EmbeddedUnavailable';
  readonly code: '53100' | '57P03';

  constructor(code: '53100' | '57P03', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * PGlite behind the pool that Kysely's PostgreSQL dialect asks for: one connection, handed out to one at a time, so
 * that both databases run the very same dialect. One that broke down is opened again by itself.
 * @param folder of the database; without one it is in memory
 * @throws EmbeddedUnavailable when the disk is full
 */
export async function openEmbedded(folder: string | undefined): Promise<PostgresPool> {
  const open = async () => {
    // Opening writes too: a database that can't is damaged by no attempt, but a hundred megabytes of memory is lost.
    if (folder !== undefined && existsSync(folder)) requireRoom(folder);
    const database = await PGlite.create(folder ?? 'memory://', { extensions: { pg_trgm }, parsers: { [types.BYTEA]: bytesIn } });
    return { database, statements: new PreparedStatements(database) };
  };
  let embedded: Embedded | undefined = await open();
  let turn: Promise<void> = Promise.resolve();
  let notBefore = 0;

  const reopened = async () => {
    if (Date.now() < notBefore) throw new EmbeddedUnavailable('57P03', 'The embedded database is opened again in a moment.');
    notBefore = Date.now() + PAUSE;
    try {
      return await open();
    } catch (error) {
      if (error instanceof EmbeddedUnavailable) {
        notBefore = 0;
        throw error;
      }
      throw new EmbeddedUnavailable('57P03', 'The embedded database could not be opened again.');
    }
  };

  const pool: PostgresPool = {
    async connect() {
      let release!: () => void;
      const before = turn;
      turn = new Promise((resolve) => { release = resolve; });
      await before;
      try {
        embedded ??= await reopened();
      } catch (error) {
        release();
        throw error;
      }
      const mine = embedded;
      let broken: Error | undefined;
      const client = {
        async query(text: string, parameters: readonly unknown[]) {
          // Nothing more may be asked of one that broke down: it would go round in circles and hold up the process.
          if (broken) throw broken;
          if (folder !== undefined && WRITES.test(text)) requireRoom(folder);
          try {
            const { rows, affectedRows } = await mine.statements.query(text, parameters);
            const command = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? '';
            return { rows, command, rowCount: affectedRows ?? rows.length };
          } catch (error) {
            if (folder !== undefined && brokeDown(error)) {
              broken = error;
              embedded = undefined;
            }
            throw error;
          }
        },
        release,
      };
      return client as unknown as PostgresPoolClient;
    },
    async end() {
      await turn;
      await embedded?.database.close();
    },
  };
  return pool;
}

interface Embedded {
  readonly database: PGlite;
  readonly statements: PreparedStatements;
}

/** Bytes as PostgreSQL writes them; PGlite's own reading, digit by digit, is most of what it costs to open a box. */
function bytesIn(text: string): Uint8Array {
  return Buffer.from(text.slice('\\x'.length), 'hex');
}

const WRITES = /^\s*(with|insert|update|delete|create|alter|drop|truncate)\b/i;

function requireRoom(folder: string): void {
  const { bavail, bsize, blocks } = statfsSync(dirname(folder));
  // Some file systems do not tell, and say nought.
  if (blocks > 0 && bavail * bsize < RESERVE) {
    throw new EmbeddedUnavailable('53100', `The disk of ${dirname(folder)} is full: Leerkring needs 48 MB of free room.`);
  }
}

/** Whether an error is the last thing that a database said: PostgreSQL's PANIC and FATAL, or an end of its machine. */
function brokeDown(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { severity } = error as { readonly severity?: unknown };
  return severity === 'PANIC' || severity === 'FATAL' || error instanceof WebAssembly.RuntimeError || error.name === 'ExitStatus';
}
