import { randomUUID } from 'node:crypto';
import { ASK_AFTER } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Makes the intention that an entry of one's own speaks of, or takes it away while it is open, as its `different` says. */
export async function followIntention(
  services: Services,
  transaction: Database,
  who: Identity,
  entry: string,
  different: string | null,
): Promise<void> {
  if (different !== null) {
    await makeIntention(transaction, who, { entry, source: 'own', at: services.now() });
    return;
  }
  await transaction
    .deleteFrom('log_intention')
    .where('organisation', '=', who.organisation)
    .where('person', '=', who.person)
    .where('entry', '=', entry)
    .where('source', '=', 'own')
    .where('state', '=', 'open')
    .execute();
}

/** One for each person and entry; a second one changes nothing. */
export async function makeIntention(
  transaction: Database,
  { organisation, person }: Identity,
  { entry, source, at }: { readonly entry: string; readonly source: 'own' | 'other'; readonly at: Date },
): Promise<void> {
  const place = await transaction
    .selectFrom('membership')
    .select('team')
    .where('organisation', '=', organisation)
    .where('person', '=', person)
    .orderBy((row) => row('role', '=', 'member'), 'desc')
    .orderBy('team')
    .executeTakeFirst();
  await transaction
    .insertInto('log_intention')
    .values({
      organisation,
      id: randomUUID(),
      person,
      entry,
      source,
      team: place?.team ?? null,
      state: 'open',
      outcome: null,
      made_at: at,
      ask_at: new Date(at.getTime() + ASK_AFTER * DAY),
      answered_at: null,
    })
    // Whoever is done with it may set out to do it once more. What was counted of it stays counted.
    .onConflict((conflict) =>
      conflict
        .columns(['organisation', 'person', 'entry'])
        .doUpdateSet((row) => ({
          state: 'open',
          team: row.ref('excluded.team'),
          made_at: row.ref('excluded.made_at'),
          ask_at: row.ref('excluded.ask_at'),
          answered_at: null,
        }))
        .where('log_intention.state', '<>', 'open')
        .where('log_intention.source', '=', 'other'),
    )
    .execute();
}
