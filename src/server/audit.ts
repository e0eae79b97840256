import { randomUUID } from 'node:crypto';
import type { Database } from './store/tables.ts';

export type AdministrativeAct =
  | 'organisation-made'
  | 'thresholds-raised'
  | 'roster-imported'
  | 'instrument-imported'
  | 'series-started'
  | 'series-stopped'
  | 'round-closed-by-hand'
  | 'log-settings-changed'
  | 'contact-changed'
  | 'sign-in-forgotten';

/** Writes down what an administrator did. Never a name: counts and keys only. */
export async function audit(
  database: Database,
  organisation: string,
  at: Date,
  act: AdministrativeAct,
  detail: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  await database
    .insertInto('audit')
    .values({ organisation, id: randomUUID(), at, act, detail: JSON.stringify(detail) })
    .execute();
}
