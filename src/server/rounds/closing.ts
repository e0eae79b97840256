import { randomInt } from 'node:crypto';
import { decodeAnswers } from '../../domain/ballot.ts';
import type { Instrument } from '../../domain/instrument.ts';
import { release } from '../../domain/release.ts';
import { addTallies, emptyTally, tallyOf, type Tally } from '../../domain/tally.ts';
import { audit } from '../audit.ts';
import { withoutValues } from '../log.ts';
import { unseal } from '../keys/sealed-box.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { roundsWithInstrument } from './queries.ts';

/** How many sealed ballots are in memory at once. */
const BATCH = 500;

/** When the box of a round is opened: its closing time, and the time for ballots that were on their way. */
export function resultsAt(round: { readonly closes_at: Date; readonly grace: number }): Date {
  return new Date(round.closes_at.getTime() + round.grace * 1000);
}

/** Closes every round whose time has come, also when that was while no server ran. @returns the rounds closed */
export async function closeDueRounds(services: Services): Promise<string[]> {
  const open = await services.database
    .selectFrom('round')
    .select(['organisation', 'id', 'closes_at', 'grace'])
    .where('box_key', 'is not', null)
    .execute();
  const closed: string[] = [];
  for (const round of open) {
    if (resultsAt(round) > services.now()) continue;
    try {
      if (await closeRound(services, round.organisation, round.id)) closed.push(round.id);
    } catch (error) {
      // It stays as it was and is tried again; the others need not wait for it.
      services.log.error({ round: round.id, ...withoutValues(error) }, 'a round could not be closed');
    }
  }
  return closed;
}

/**
 * Ends a round before its time: no more papers from now on. Ballots on their way are still taken for the round's
 * time of grace, unless it is to be closed at once.
 */
export async function endRound(
  services: Services,
  organisation: string,
  round: string,
  options: { readonly atOnce: boolean },
): Promise<{ readonly resultsAt: Date }> {
  const { database } = services;
  const now = services.now();
  const ended = await database.transaction().execute(async (transaction) => {
    const found = await transaction
      .selectFrom('round')
      .select(['closes_at', 'grace', 'box_key'])
      .where('organisation', '=', organisation)
      .where('id', '=', round)
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw new ProblemError('not-found');
    if (!found.box_key) throw new ProblemError('round-closed');
    const closesAt = found.closes_at < now ? found.closes_at : now;
    const grace = options.atOnce ? 0 : found.grace;
    await transaction
      .updateTable('round')
      .set({ closes_at: closesAt, grace })
      .where('organisation', '=', organisation)
      .where('id', '=', round)
      .execute();
    await audit(transaction, organisation, now, 'round-closed-by-hand', { round, atOnce: options.atOnce });
    return resultsAt({ closes_at: closesAt, grace });
  });
  if (ended <= now) await closeRound(services, organisation, round);
  return { resultsAt: ended };
}

/**
 * Opens the box, adds up what may be shown, and deletes all else: the ballots, the spent nonces, every mark of who took
 * a paper, and the key of the box. One transaction: after a crash nothing has happened, and doing it again does
 * nothing more.
 * @returns whether this call closed it
 */
export async function closeRound(services: Services, organisation: string, round: string): Promise<boolean> {
  return services.database.transaction().execute(async (transaction) => {
    const closing = await roundsWithInstrument(transaction)
      .select(['round.box_key', 'round.thresholds', 'instrument.body'])
      .where('round.organisation', '=', organisation)
      .where('round.id', '=', round)
      .forUpdate('round')
      .executeTakeFirst();
    if (!closing?.box_key) return false;
    services.log.debug({ round }, 'opening the box');

    const boxKey = services.master.unwrap('round box', `${organisation}/${round}`, closing.box_key);
    const teams = await transaction
      .selectFrom('round_team')
      .select(['team as id', 'parent', 'electorate', 'leader'])
      .where('organisation', '=', organisation)
      .where('round', '=', round)
      .execute();
    const piles = new Map<string, Pile>();
    for (const { id } of teams) {
      const pile = emptyPile(closing.body);
      const spoilt = await openBox(transaction, { organisation, round, team: id }, boxKey, pile);
      if (spoilt > 0) services.log.error({ round, team: id, spoilt }, 'sealed ballots that do not open');
      piles.set(id, pile);
    }
    const releases = release({
      instrument: closing.body,
      thresholds: closing.thresholds,
      teams,
      ballots: byTeam(piles, (pile) => pile.ballots),
      tallies: byTeam(piles, (pile) => pile.tallies),
      comments: byTeam(piles, (pile) => pile.comments),
      shuffle,
    });

    for (const { id, leader } of teams) {
      const released = releases.get(id);
      if (!released) throw new Error('A team of the round was not released.');
      await transaction
        .insertInto('report')
        .values({
          organisation,
          round,
          team: id,
          body: JSON.stringify(released.report),
          // Of a leader who was not asked about, a ballot may hold answers all the same: there is nobody to tell.
          personal: JSON.stringify(leader === null ? [] : released.personal),
        })
        .execute();
    }
    for (const table of ['box', 'box_count', 'spent', 'elector'] as const) {
      await transaction.deleteFrom(table).where('organisation', '=', organisation).where('round', '=', round).execute();
    }
    await transaction
      .updateTable('round')
      .set({ box_key: null })
      .where('organisation', '=', organisation)
      .where('id', '=', round)
      .execute();
    return true;
  });
}

/** What is added up of one team's own ballots. */
interface Pile {
  ballots: number;
  readonly tallies: Map<string, Tally>;
  readonly comments: string[];
  readonly instrument: Instrument;
}

function emptyPile(instrument: Instrument): Pile {
  return {
    ballots: 0,
    tallies: new Map(instrument.constructs.map(({ key }) => [key, emptyTally(instrument, key)])),
    comments: [],
    instrument,
  };
}

async function openBox(
  database: Database,
  at: { readonly organisation: string; readonly round: string; readonly team: string },
  boxKey: Uint8Array,
  pile: Pile,
): Promise<number> {
  let spoilt = 0;
  let after: Uint8Array = new Uint8Array();
  for (;;) {
    const batch = await database
      .selectFrom('box')
      .select(['key', 'sealed'])
      .where('organisation', '=', at.organisation)
      .where('round', '=', at.round)
      .where('team', '=', at.team)
      .where('key', '>', after)
      .orderBy('key')
      .limit(BATCH)
      .execute();
    for (const { key, sealed } of batch) {
      after = key;
      try {
        count(pile, unseal(boxKey, at.team, sealed));
      } catch {
        // One damaged row must not keep a whole organisation from its figures; the log says that it was there.
        spoilt += 1;
      }
    }
    if (batch.length < BATCH) return spoilt;
  }
}

function count(pile: Pile, text: string): void {
  const { instrument } = pile;
  const answers = decodeAnswers(instrument, text);
  pile.ballots += 1;
  for (const [construct, tally] of pile.tallies) {
    pile.tallies.set(construct, addTallies(tally, tallyOf(instrument, construct, answers)));
  }
  if (answers.comment !== undefined) pile.comments.push(answers.comment);
}

function byTeam<T>(piles: ReadonlyMap<string, Pile>, part: (pile: Pile) => T): Map<string, T> {
  return new Map([...piles].map(([team, pile]) => [team, part(pile)]));
}

/** Fisher-Yates with the system's randomness. */
function shuffle<T>(list: readonly T[]): T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = randomInt(last + 1);
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];
  }
  return shuffled;
}
