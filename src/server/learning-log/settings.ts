import { KEPT_MONTHS, LEAVER_RULES } from '../../domain/learning-log.ts';
import { audit } from '../audit.ts';
import { AdministrationError } from '../organisations/organisations.ts';
import type { Services } from '../services.ts';
import type { Database, LogSettings } from '../store/tables.ts';

/** What an organisation decided on its learning log. */
export async function logSettings(database: Database, organisation: string): Promise<LogSettings> {
  const { log_settings } = await database
    .selectFrom('organisation')
    .select('log_settings')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow();
  return log_settings;
}

/** The same, kept as it is until the transaction ends. */
export async function lockOrganisation(transaction: Database, organisation: string): Promise<LogSettings> {
  const { log_settings } = await transaction
    .selectFrom('organisation')
    .select('log_settings')
    .where('id', '=', organisation)
    // Of several servers one works on it, and no roster comes in meanwhile. People go on writing: they only refer to it.
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return log_settings;
}

/** Changes what an organisation decided on its learning log. @returns what held before, and what holds now */
export async function changeLogSettings(
  services: Pick<Services, 'database' | 'now'>,
  organisation: string,
  change: Partial<LogSettings>,
): Promise<{ readonly before: LogSettings; readonly settings: LogSettings }> {
  return services.database.transaction().execute(async (transaction) => {
    const before = await lockOrganisation(transaction, organisation);
    const settings = { ...before, ...change };
    const { least, most } = KEPT_MONTHS;
    if (settings.keepMonths < least || settings.keepMonths > most) {
      throw new AdministrationError(`Entries can be kept for ${String(least)} to ${String(most)} months.`);
    }
    if (!LEAVER_RULES.includes(settings.leavers)) {
      throw new AdministrationError(`What people leave behind can be: ${LEAVER_RULES.join(', ')}.`);
    }
    if (settings.leavers === before.leavers && settings.keepMonths === before.keepMonths) return { before, settings };
    await transaction.updateTable('organisation').set({ log_settings: JSON.stringify(settings) }).where('id', '=', organisation).execute();
    await audit(transaction, organisation, services.now(), 'log-settings-changed', { ...settings });
    return { before, settings };
  });
}
