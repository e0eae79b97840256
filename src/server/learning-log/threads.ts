import { randomUUID } from 'node:crypto';
import type * as v from 'valibot';
import type { Entry, HelpAct, newHelpSchema, newPostSchema } from '../../contract/learning-log.ts';
import {
  firstStateOf,
  isUnderWay,
  stateAfter,
  stepsOpen,
  type Endorsement,
  type HelpState,
  type ParticipantState,
} from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { atOneMoment, nameReaders, ownRow, removeTombstone, required, requirePeople } from './entries.ts';
import { announce, announceIn } from './news.ts';
import { entryFor } from './reading.ts';
import { logSettings } from './settings.ts';
import { requireColleague, requireVisible, whoMayNotRead } from './visible.ts';

type NewPost = v.InferOutput<typeof newPostSchema>;
type NewHelp = v.InferOutput<typeof newHelpSchema>;

/** Says a word of somebody else's entry, in the place of an earlier one; or takes it away. */
export async function endorseEntry(services: Services, who: Identity, entry: string, word: Endorsement | null): Promise<{ done: true }> {
  const { organisation, person } = who;
  await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    const { mine } = await requireVisible(transaction, who, entry);
    if (mine) throw new ProblemError('not-found');
    if (word === null) {
      await transaction
        .deleteFrom('log_endorsement')
        .where('organisation', '=', organisation)
        .where('entry', '=', entry)
        .where('person', '=', person)
        .execute();
      return;
    }
    // The moment stays that of the first word, so that its author is told once, however often somebody thinks again.
    await transaction
      .insertInto('log_endorsement')
      .values({ organisation, entry, person, word, at: services.now() })
      .onConflict((conflict) => conflict.columns(['organisation', 'entry', 'person']).doUpdateSet({ word }))
      .execute();
  });
  return { done: true };
}

/** Keeps a post in an entry's thread, once for each key, where a step of a request for help is open to this person. */
export async function writePost(services: Services, who: Identity, entry: string, post: NewPost): Promise<Entry> {
  const { organisation, person } = who;
  const { key, step, parts } = post;
  const digest = services.master.pseudonym('post', organisation, person, entry, JSON.stringify(post));
  await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    const { mine, scope } = await requireVisible(transaction, who, entry);
    const help = post.help === undefined ? undefined : await lockedHelp(transaction, who, { entry, help: post.help, mine });
    const wasKept = async () => {
      const earlier = await transaction
        .selectFrom('log_post')
        .select(['key_digest', 'deleted_at'])
        .where('organisation', '=', organisation)
        .where('author', '=', person)
        .where('key', '=', key)
        .executeTakeFirst();
      // Of what was deleted, nothing tells any more what it said.
      if (earlier?.deleted_at === null && earlier.key_digest !== digest) throw new ProblemError('key-used');
      return earlier !== undefined;
    };
    // Asked before the step: what was kept at the first try may have closed it.
    if (!(await wasKept())) {
      // What is for its author alone has nobody to talk with; and a thread, unlike its text, is not sealed.
      if (help ? !help.steps.includes(step) : scope === 'me') throw new ProblemError('step-closed');
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('log_post')
        .values({
          organisation,
          id: randomUUID(),
          entry,
          help: help?.id ?? null,
          author: person,
          key,
          key_digest: digest,
          step,
          parts: JSON.stringify(parts),
          leavers: (await logSettings(transaction, organisation)).leavers,
          created_at: services.now(),
        })
        .onConflict((conflict) => conflict.columns(['organisation', 'author', 'key']).doNothing())
        .executeTakeFirst();
      if (!numInsertedOrUpdatedRows) await wasKept();
      else if (help && step === 'takes') await setState(transaction, organisation, help.id, 'ended');
      else if (help && (step === 'review' || step === 'would-do')) await takePart(transaction, who, help, 'answered');
    }
  });
  announceIn(services, organisation, { entry, help: post.help ?? null });
  return seenNow(services, who, entry);
}

/** An entry as this person may see it after what they did there: not with more, if they may not any more. */
async function seenNow(services: Services, who: Identity, entry: string): Promise<Entry> {
  return required(await atOneMoment(services.database, (moment) => entryFor(services, moment, who, entry)));
}

/**
 * Deletes what one wrote in a thread oneself; twice is once. Whether the entry can still be seen is not asked: what
 * somebody wrote stays theirs when they left the team, and when the entry is gone.
 */
export async function deletePost(services: Services, who: Identity, { entry, post }: { readonly entry: string; readonly post: string }): Promise<{ done: true }> {
  const { organisation, person } = who;
  const moved = await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    // The entry first, as who deletes it does: two who lock in another order wait for each other. It is found by way of
    // the own post alone, and nothing is said of it.
    const found = await transaction
      .selectFrom('log_entry')
      .select('log_entry.id')
      .where('log_entry.organisation', '=', organisation)
      .where('log_entry.id', '=', entry)
      .where((where) =>
        where.exists(
          where
            .selectFrom('log_post')
            .select('log_post.id')
            .where('log_post.organisation', '=', organisation)
            .where('log_post.entry', '=', entry)
            .where('log_post.id', '=', post)
            .where('log_post.author', '=', person),
        ),
      )
      .forUpdate()
      .executeTakeFirst();
    if (!found) {
      // It may have gone with what was left of the entry.
      const deleted = transaction.selectFrom('log_deleted').select('key').where('organisation', '=', organisation);
      required(await deleted.where('author', '=', person).where('key', '=', post).executeTakeFirst());
      return undefined;
    }
    await transaction
      .insertInto('log_deleted')
      .values({ organisation, author: person, key: post, at: services.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const emptied = await transaction
      .updateTable('log_post')
      .set({ parts: '[]', key_digest: '', deleted_at: services.now() })
      .where('organisation', '=', organisation)
      .where('id', '=', post)
      .where('author', '=', person)
      .where('deleted_at', 'is', null)
      .returning('help')
      .executeTakeFirst();
    await removeTombstone(transaction, organisation, entry);
    return emptied;
  });
  if (moved) announceIn(services, organisation, { entry, help: moved.help });
  return { done: true };
}

/** Asks colleagues for help with an entry of one's own, once for each key; they may see it from then on. */
export async function askHelp(services: Services, who: Identity, entry: string, asked: NewHelp): Promise<Entry> {
  const { organisation, person } = who;
  const { key, kind, question, wishDate } = asked;
  const people = [...new Set(asked.people)];
  const digest = services.master.pseudonym('help', organisation, person, entry, JSON.stringify(asked));
  const kept = await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    // The row stays locked: of two that ask at the same time, the second one finds what the first one kept.
    await ownRow(transaction, who, entry);
    const earlier = await transaction
      .selectFrom('log_help')
      .select('key_digest')
      .where('organisation', '=', organisation)
      .where('entry', '=', entry)
      .where('key', '=', key)
      .executeTakeFirst();
    if (earlier && earlier.key_digest !== digest) throw new ProblemError('key-used');
    if (!earlier) {
      if (people.includes(person)) {
        throw new ProblemError('invalid-request', [{ pointer: '/people', detail: 'Ask somebody else than yourself.' }]);
      }
      if (wishDate !== undefined && wishDate < earliestToday(services.now())) {
        throw new ProblemError('invalid-request', [{ pointer: '/wishDate', detail: 'Choose today or a later day.' }]);
      }
      await requirePeople(transaction, organisation, people, '/people');
      // Who reads it as one of the team goes on to do so for as long as they are one of it.
      await nameReaders(services, transaction, who, entry, await whoMayNotRead(transaction, organisation, entry, people), '/people');
      const id = randomUUID();
      await transaction
        .insertInto('log_help')
        .values({
          organisation,
          id,
          entry,
          key,
          key_digest: digest,
          kind,
          state: firstStateOf(kind),
          question: question ?? null,
          wish_date: wishDate ?? null,
          created_at: services.now(),
        })
        .execute();
      await transaction
        .insertInto('log_participant')
        .values(people.map((one) => ({ organisation, help: id, person: one, state: 'asked' as const })))
        .execute();
    }
    return required(await entryFor(services, transaction, who, entry));
  });
  announce(services, organisation);
  return kept;
}

/** The earliest day that it is today for anybody: where the day begins last, twelve hours after it did in Greenwich. */
function earliestToday(now: Date): string {
  return new Date(now.getTime() - 12 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * Declines, as somebody who was asked, of which no more is kept than that; or, as the author, withdraws, or goes on from
 * the facts to what each would do.
 */
export async function actOnHelp(
  services: Services,
  who: Identity,
  { entry, help: id }: { readonly entry: string; readonly help: string },
  act: HelpAct['act'],
): Promise<Entry> {
  const { organisation } = who;
  await services.database.transaction().execute(async (transaction) => {
    await requireColleague(transaction, who);
    const { mine } = await requireVisible(transaction, who, entry);
    const help = await lockedHelp(transaction, who, { entry, help: id, mine });
    const under = isUnderWay(help.state);
    if (act === 'decline' && under && help.own === 'asked') await takePart(transaction, who, help, 'declined');
    else if (act === 'withdraw' && under && mine) await setState(transaction, organisation, id, 'withdrawn');
    else if (act === 'move-on' && mine && help.kind === 'intervision' && help.state === 'facts') {
      await setState(transaction, organisation, id, 'would-do');
    } else throw new ProblemError('step-closed');
  });
  announceIn(services, organisation, { entry, help: id });
  return seenNow(services, who, entry);
}

type LockedHelp = Awaited<ReturnType<typeof lockedHelp>>;

/**
 * A request for help that concerns this person, in which nobody else takes a step until the transaction ends.
 * @throws ProblemError the same when it is not there and when this person was not asked
 */
async function lockedHelp(
  transaction: Database,
  { organisation, person }: Identity,
  { entry, help: id, mine }: { readonly entry: string; readonly help: string; readonly mine: boolean },
) {
  const { kind, state } = required(
    await transaction
      .selectFrom('log_help')
      .select(['log_help.kind', 'log_help.state'])
      .where('log_help.organisation', '=', organisation)
      .where('log_help.entry', '=', entry)
      .where('log_help.id', '=', id)
      .where((where) =>
        where.or([
          where.lit(mine),
          where.exists(
            where
              .selectFrom('log_participant')
              .select('log_participant.person')
              .whereRef('log_participant.organisation', '=', 'log_help.organisation')
              .whereRef('log_participant.help', '=', 'log_help.id')
              .where('log_participant.person', '=', person),
          ),
        ]),
      )
      .forUpdate()
      .executeTakeFirst(),
  );
  // Read after the row was locked: nobody changes these without it.
  const participants = await transaction
    .selectFrom('log_participant')
    .select(['person', 'state'])
    .where('organisation', '=', organisation)
    .where('help', '=', id)
    .execute();
  const own = participants.find((one) => one.person === person)?.state;
  return { id, kind, state, participants, own, steps: stepsOpen(kind, state, { author: mine, participant: own }) };
}

/** Keeps where one who was asked stands now, and where the request stands after it. */
async function takePart(
  transaction: Database,
  { organisation, person }: Identity,
  { id, kind, state, participants }: LockedHelp,
  now: ParticipantState,
): Promise<void> {
  await transaction
    .updateTable('log_participant')
    .set({ state: now })
    .where('organisation', '=', organisation)
    .where('help', '=', id)
    .where('person', '=', person)
    .execute();
  const states = participants.map((one) => (one.person === person ? now : one.state));
  await setState(transaction, organisation, id, stateAfter(kind, state, states));
}

async function setState(transaction: Database, organisation: string, help: string, state: HelpState): Promise<void> {
  await transaction.updateTable('log_help').set({ state }).where('organisation', '=', organisation).where('id', '=', help).execute();
}
