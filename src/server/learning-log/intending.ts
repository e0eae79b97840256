import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ASK_AFTER } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes the intention that an entry of one's own speaks of, or takes it away while it is open, as its `different` says.
 * Other words are another intention, which is asked about in its own time; the same ones change nothing.
 */
export async function followIntention(
  services: Services,
  transaction: Database,
  who: Identity,
  entry: string,
  { before, different }: { readonly before: string | null; readonly different: string | null },
): Promise<void> {
  if (different === before) return;
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

/**
 * One that is open for each person and entry; what was answered before stays, in the month that it is counted in. Of one's
 * own entry, what is open still begins anew. To try what somebody else's entry gave the idea for changes nothing while it is
 * open; what one let go last is taken up again, so that second thoughts don't make two of it.
 */
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
  const begun = { team: place?.team ?? null, state: 'open', made_at: at, ask_at: new Date(at.getTime() + ASK_AFTER * DAY), answered_at: null } as const;
  if (source === 'other') {
    const known = transaction
      .selectFrom('log_intention')
      .select('id')
      .where('organisation', '=', organisation)
      .where('person', '=', person)
      .where('entry', '=', entry);
    await transaction
      .updateTable('log_intention')
      .set(begun)
      .where('organisation', '=', organisation)
      .where('state', '=', 'dropped')
      .where('id', '=', known.orderBy('made_at', 'desc').limit(1))
      // Clocks are set back: the one that is open may not be the last by its date.
      .where((where) => where.not(where.exists(known.where('state', '=', 'open'))))
      .execute();
  }
  await transaction
    .insertInto('log_intention')
    .values({ organisation, id: randomUUID(), person, entry, source, outcome: null, ...begun })
    .onConflict((conflict) => {
      // As the index says it, in words that PostgreSQL knows it by.
      const known = conflict.columns(['organisation', 'person', 'entry']).where(sql<boolean>`state = 'open'`);
      return source === 'own' ? known.doUpdateSet(begun) : known.doNothing();
    })
    .execute();
}
