import { THRESHOLDS, type Thresholds } from '../../domain/report.ts';
import { INSTRUMENTS } from '../../domain/instruments.ts';
import { audit } from '../audit.ts';
import { importInstrument } from '../instruments/instruments.ts';
import { makeBallotKey } from '../keys/ballot-key.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

/** What an administrator asked for that can't be done; the message says why, and what to do. */
export class AdministrationError extends Error {
  override readonly name = 'AdministrationError';
}

/** Makes an organisation with its ballot key and the built-in instruments. */
export async function makeOrganisation(
  services: Pick<Services, 'database' | 'master' | 'now'>,
  organisation: { readonly id: string; readonly name: string },
): Promise<void> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(organisation.id)) {
    throw new AdministrationError('The key of an organisation is made of lower-case words joined by hyphens.');
  }
  await services.database.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('organisation')
      .values({ ...organisation, thresholds: JSON.stringify(THRESHOLDS) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) {
      throw new AdministrationError(`There already is an organisation ${organisation.id}.`);
    }
    await makeBallotKey(transaction, services.master, organisation.id);
    await audit(transaction, organisation.id, services.now(), 'organisation-made', {});
    for (const instrument of INSTRUMENTS) await importInstrument(transaction, organisation.id, instrument, services.now());
  });
}

/** The organisation meant: the one named, or the only one there is. */
export async function findOrganisation(database: Database, id?: string): Promise<string> {
  const all = await database.selectFrom('organisation').select('id').orderBy('id').execute();
  const ids = all.map((organisation) => organisation.id);
  if (id !== undefined) {
    if (ids.includes(id)) return id;
    throw new AdministrationError(`There is no organisation ${id}. There is: ${ids.join(', ') || 'none yet'}.`);
  }
  const [only, ...others] = ids;
  if (only === undefined) throw new AdministrationError('There is no organisation yet. `leerkring init` makes one.');
  if (others.length > 0) throw new AdministrationError(`Say which organisation, with --organisation: ${ids.join(', ')}.`);
  return only;
}

/** Raises thresholds for rounds that open from now on. They are never lowered, not by an administrator either. */
export async function raiseThresholds(
  services: Pick<Services, 'database' | 'now'>,
  organisation: string,
  raised: Partial<Thresholds>,
): Promise<Thresholds> {
  return services.database.transaction().execute(async (transaction) => {
    const { thresholds } = await transaction
      .selectFrom('organisation')
      .select('thresholds')
      .where('id', '=', organisation)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const result = { ...thresholds, ...raised };
    for (const name of Object.keys(thresholds) as (keyof Thresholds)[]) {
      if (result[name] < thresholds[name]) {
        throw new AdministrationError(
          `The threshold ${name} is ${String(thresholds[name])} and can be raised, never lowered: people answered on that promise.`,
        );
      }
    }
    await transaction
      .updateTable('organisation')
      .set({ thresholds: JSON.stringify(result) })
      .where('id', '=', organisation)
      .execute();
    await audit(transaction, organisation, services.now(), 'thresholds-raised', { ...result });
    return result;
  });
}
