import * as v from 'valibot';
import { instrumentSchema } from '../../contract/instruments.ts';
import { inPlainWords } from '../../contract/issues.ts';
import type { Instrument } from '../../domain/instrument.ts';
import { audit } from '../audit.ts';
import type { Database } from '../store/tables.ts';

/** What is wrong in an instrument's document, with the path inside it. */
export interface InstrumentError {
  /** Such as `items.3.construct`; empty for the document as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Thrown when a version that never changes would change. */
export class VersionTaken extends Error {
  override readonly name = 'VersionTaken';
}

/** An instrument from a JSON document, or everything that is wrong with it. */
export function parseInstrument(text: string): { instrument: Instrument } | { errors: readonly InstrumentError[] } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { errors: [{ path: '', message: `Not valid JSON: ${(error as Error).message}` }] };
  }
  const result = v.safeParse(instrumentSchema, document);
  if (result.success) return { instrument: result.output };
  return { errors: result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: inPlainWords(issue) })) };
}

/**
 * Adds an instrument. A version that was added never changes, since rounds were asked with it.
 * @returns whether it was added; false when this very version was there already
 * @throws VersionTaken when that version is there with another content
 */
export async function importInstrument(
  database: Database,
  organisation: string,
  instrument: Instrument,
  at: Date,
): Promise<boolean> {
  const { key, version } = instrument;
  const present = await database
    .selectFrom('instrument')
    .select('body')
    .where('organisation', '=', organisation)
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
  if (present) {
    if (sameContent(present.body, instrument)) return false;
    throw new VersionTaken(`Version ${String(version)} of ${key} is there already with other content. Give it a higher version.`);
  }
  await database
    .insertInto('instrument')
    .values({ organisation, key, version, body: JSON.stringify(instrument) })
    .execute();
  await audit(database, organisation, at, 'instrument-imported', { key, version });
  return true;
}

/** The database keeps a document's content, not the order of its fields. */
function sameContent(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => [name, sorted(part)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
