import type { RawBuilder, SqlBool } from 'kysely';
import { stateAfter, type HelpKind, type HelpState } from '../../domain/learning-log.ts';
import type { Database } from '../store/tables.ts';

/**
 * Declines a request for help, whose row is locked, for some of those who were asked, and keeps where it stands then.
 * @param whom of `log_participant`
 */
export async function declineFor(
  transaction: Database,
  organisation: string,
  { id, kind, state }: { readonly id: string; readonly kind: HelpKind; readonly state: HelpState },
  whom: RawBuilder<SqlBool>,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('log_participant')
    .set({ state: 'declined' })
    .where('organisation', '=', organisation)
    .where('help', '=', id)
    .where(whom)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const participants = await transaction
    .selectFrom('log_participant')
    .select('state')
    .where('organisation', '=', organisation)
    .where('help', '=', id)
    .execute();
  const after = stateAfter(kind, state, participants.map((one) => one.state));
  if (after === state) return;
  await transaction.updateTable('log_help').set({ state: after }).where('organisation', '=', organisation).where('id', '=', id).execute();
}
