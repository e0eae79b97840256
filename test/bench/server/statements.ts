import pg from 'pg';
import { PreparedStatements } from '../../../src/server/store/prepared.ts';

/** One statement as a database was sent it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Statements that belong together, sent again, on one connection. */
export type Replay = (statements: readonly Statement[]) => Promise<void>;

export interface Recorded {
  readonly statements: readonly Statement[];
  /** The embedded database that they were sent to, if it was one. */
  readonly embedded: PreparedStatements | undefined;
}

/** Writes down what a database is sent while something is done, by listening at both drivers. */
export async function recordStatements(act: () => Promise<unknown>): Promise<Recorded> {
  const statements: Statement[] = [];
  let embedded: PreparedStatements | undefined;
  const drivers: { query: unknown }[] = [PreparedStatements.prototype, pg.Client.prototype];
  const originals = drivers.map(({ query }) => query as (...sent: unknown[]) => unknown);
  const note = (driver: unknown, first: unknown, second: unknown) => {
    if (driver instanceof PreparedStatements) embedded = driver;
    if (typeof first === 'string') statements.push({ text: first, values: Array.isArray(second) ? second : [] });
    else if (first && typeof first === 'object' && 'text' in first) {
      const { text, values } = first as { text: string; values?: readonly unknown[] };
      statements.push({ text, values: values ?? [] });
    }
  };
  drivers.forEach((driver, index) => {
    driver.query = function (this: unknown, ...sent: unknown[]) {
      note(this, sent[0], sent[1]);
      return originals[index]?.apply(this, sent);
    };
  });
  try {
    await act();
  } finally {
    drivers.forEach((driver, index) => { driver.query = originals[index]; });
  }
  return { statements, embedded };
}

/** The same statements with other values in the place of those of the one that was recorded. */
export function withValues(statements: readonly Statement[], exchange: readonly (readonly [from: unknown, to: unknown])[]): Statement[] {
  const exchanged = (value: unknown): unknown => exchange.find(([from]) => same(from, value))?.[1] ?? value;
  return statements.map(({ text, values }) => ({ text, values: values.map(exchanged) }));
}

function same(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}
