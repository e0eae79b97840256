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

/**
 * One for each person and entry; a second one changes nothing while the first is open. To try once more what somebody
 * else's entry gave the idea for begins anew, with the words of the last time until there are others.
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
  await transaction
    .insertInto('log_intention')
    .values({ organisation, id: randomUUID(), person, entry, source, outcome: null, ...begun })
    .onConflict((conflict) => {
      const known = conflict.columns(['organisation', 'person', 'entry']);
      if (source === 'own') return known.doNothing();
      return known.doUpdateSet(begun).where('log_intention.source', '=', 'other').where('log_intention.state', '<>', 'open');
    })
    .execute();
}
