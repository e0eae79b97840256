import { sql } from 'kysely';
import type * as v from 'valibot';
import type { answeredIntentionSchema, Intention, Intentions } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { required, versionsOf } from './entries.ts';
import { makeIntention } from './intending.ts';
import { countedAt, monthOf } from './months.ts';
import { entryRows, excerptOf, keyOf, named, writtenIn } from './reading.ts';
import { requireColleague, visibleTo } from './visible.ts';

/** Whether the same person set out to do something of the same entry later: something else, or once more. What is open is the latest. */
const anew = sql<boolean>`(state <> 'open' and exists (
  select from log_intention as later
  where later.organisation = log_intention.organisation and later.person = log_intention.person and later.entry = log_intention.entry
    and (later.state = 'open' or later.made_at > log_intention.made_at)
))`;

/** What this person set out to do: what is due first, then what is open, then what was answered, the latest answer first. */
export async function intentionsOf(services: Services, who: Identity): Promise<Intentions> {
  await requireColleague(services.database, who);
  return { intentions: await intentionsIn(services, services.database, who) };
}

/** Puts somebody else's entry on one's own list, once. */
export async function tryEntry(services: Services, who: Identity, id: string): Promise<Intentions> {
  return services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    required(
      await transaction
        .selectFrom('log_entry')
        .select('id')
        .where('id', '=', id)
        .where(visibleTo(who))
        .where(sql<boolean>`log_entry.author is distinct from ${who.person}`)
        // It may be deleted at this moment.
        .forKeyShare()
        .executeTakeFirst(),
    );
    await makeIntention(transaction, who, { entry: id, source: 'other', at: services.now() });
    return { intentions: await intentionsIn(services, transaction, who) };
  });
}

/**
 * Keeps what came of an intention. It can be said otherwise later on; it can't be left open again once its month is
 * counted, since nobody would be asked any more, nor when there is a later one of the same entry.
 */
export async function answerIntention(
  services: Services,
  who: Identity,
  id: string,
  { state, outcome }: v.InferOutput<typeof answeredIntentionSchema>,
): Promise<Intentions> {
  const { organisation, person } = who;
  const now = services.now();
  return services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    const one = transaction
      .selectFrom('log_intention')
      .where('organisation', '=', organisation)
      .where('id', '=', id)
      .where('person', '=', person);
    // Before the intention, as whoever makes a later one does: that one is waited for, and seen.
    if (state === 'open') {
      await transaction
        .selectFrom('log_entry')
        .select('id')
        .where('organisation', '=', organisation)
        .where('id', '=', one.select('entry'))
        .forUpdate()
        .execute();
    }
    const before = required(
      await one
        .select(['state', 'made_at', 'answered_at', anew.as('anew')])
        .forUpdate()
        .executeTakeFirst(),
    );
    if (state === 'open' && before.state !== 'open' && countedAt(monthOf(before.made_at)) <= now) {
      throw new ProblemError('invalid-request', [{ pointer: '/state', detail: 'It is too long ago to leave it open again.' }]);
    }
    if (state === 'open' && before.anew) {
      throw new ProblemError('invalid-request', [{ pointer: '/state', detail: 'There is a later one of the same entry by now.' }]);
    }
    const key = keyOf(services, transaction, who);
    await transaction
      .updateTable('log_intention')
      .set({
        state,
        outcome: outcome === undefined ? null : await (await key()).seal(['intention', id], outcome),
        // Better words for the same answer don't make it a later one.
        answered_at: state === before.state ? before.answered_at : state === 'open' ? null : now,
      })
      .where('organisation', '=', organisation)
      .where('id', '=', id)
      .execute();
    return { intentions: await intentionsIn(services, transaction, who) };
  });
}

/** The intentions of one person, in the order in which they are shown. */
export async function intentionsIn(services: Services, database: Database, who: Identity): Promise<Intention[]> {
  const now = services.now();
  const rows = await database
    .selectFrom('log_intention')
    .select(['id', 'source', 'entry', 'made_at', 'ask_at', 'state', 'outcome', anew.as('anew')])
    .where('organisation', '=', who.organisation)
    .where('person', '=', who.person)
    .orderBy(sql`state <> 'open'`)
    .orderBy(sql`state = 'open' and ask_at > ${now}`)
    .orderBy('answered_at', 'desc')
    .orderBy('ask_at')
    .orderBy('id')
    .execute();
  const entries = await entryRows(database, who)
    .where(sql<boolean>`log_entry.id in (
      select entry from log_intention where organisation = ${who.organisation} and person = ${who.person}
    )`)
    .where(visibleTo(who))
    .execute();
  const key = keyOf(services, database, who);
  const reworded = rows.flatMap(({ anew, source, entry }) => (anew && source === 'own' && entry !== null ? entry : []));
  const versions = await versionsOf(services, database, who, reworded);
  return Promise.all(
    rows.map(async (row): Promise<Intention> => {
      const entry = entries.find(({ id }) => id === row.entry);
      // What was answered keeps the words that it had, whatever the entry says by now.
      const then = row.anew && entry ? versions.get(entry.id)?.find(({ at }) => at <= row.made_at.toISOString()) : undefined;
      const written = then ?? (entry && (await writtenIn(entry, key)));
      return {
        id: row.id,
        source: row.source,
        // Of an entry of one's own, what one set out to do says it best.
        entry: entry && written
          ? {
              id: entry.id,
              excerpt: excerptOf((row.source === 'own' ? written.different : null) ?? written.text).excerpt,
              author: named(entry.author, entry.author_name),
            }
          : null,
        madeAt: row.made_at.toISOString(),
        askAt: row.ask_at.toISOString(),
        due: row.state === 'open' && row.ask_at <= now,
        state: row.state,
        outcome: row.outcome && (((await (await key()).unseal(['intention', row.id], row.outcome)) ?? null) as string | null),
      };
    }),
  );
}
