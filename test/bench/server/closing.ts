import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { encodeAnswers } from '../../../src/domain/ballot.ts';
import { seal } from '../../../src/server/keys/sealed-box.ts';
import { closeRound } from '../../../src/server/rounds/closing.ts';
import { roundsWithInstrument } from '../../../src/server/rounds/queries.ts';
import { figure, type Figure } from '../figures.ts';
import { answersNumber, openOrganisation, teamsOf, type BenchServices } from './organisation.ts';

const TEAMS = 1000;
const FEW = 10_000;
const MANY = 100_000;

/** How often is looked how much memory is in use. */
const LOOK = 250;

/** Closing a round, and how much live memory that takes at most: the same tree of teams, with few ballots and with many. */
export async function measureClosing(services: BenchServices, name: string): Promise<Figure[]> {
  const few = await closingOf(services, FEW);
  const many = await closingOf(services, MANY);
  const part = 'server';
  const of = (count: number) => `closing ${count.toLocaleString('en')} ballots of ${TEAMS.toLocaleString('en')} teams, ${name}`;
  const beside = { what: `with ${FEW.toLocaleString('en')}`, measured: figure({ part, what: '', unit: 'MB' }, [few.megabytes]).measured };
  return [
    figure({ part, what: of(FEW), unit: 's' }, [few.seconds]),
    figure({ part, what: of(MANY), unit: 's' }, [many.seconds]),
    {
      ...figure({ part, what: `${of(MANY)}: memory in use at most`, unit: 'MB' }, [many.megabytes], { is: 'at most', limit: 1.25 }),
      beside,
      ratio: figure({ part, what: '', unit: '' }, [many.megabytes / few.megabytes]).measured,
    },
  ];
}

async function closingOf(services: BenchServices, ballots: number): Promise<{ seconds: number; megabytes: number }> {
  const organisation = `closing-${String(ballots)}`;
  const round = await openOrganisation(services, organisation, teamsOf(TEAMS, 2));
  await fillBox(services, organisation, round, ballots);
  const collect = garbageCollector();
  collect();
  let peak = 0;
  // Live memory: what the collector would leave. Sealed ballots lie outside the heap.
  const look = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    peak = Math.max(peak, heapUsed + (arrayBuffers < WEB_ASSEMBLY ? arrayBuffers : 0));
  };
  const timer = setInterval(look, LOOK);
  const began = performance.now();
  await closeRound(services, organisation, round);
  const seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  look();
  return { seconds, megabytes: peak / 1e6 };
}

/** The embedded database's own memory counts as one buffer, of which this is less than the least. */
const WEB_ASSEMBLY = 64e6;

/** Puts sealed ballots where they would lie, without the way that leads there. */
async function fillBox({ database, master }: BenchServices, organisation: string, round: string, ballots: number): Promise<void> {
  const { box_key, body } = await roundsWithInstrument(database)
    .select(['round.box_key', 'instrument.body'])
    .where('round.organisation', '=', organisation)
    .where('round.id', '=', round)
    .executeTakeFirstOrThrow();
  const boxKey = master.unwrap('round box', `${organisation}/${round}`, box_key ?? new Uint8Array());
  const batch = 2000;
  for (let from = 0; from < ballots; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, ballots - from) }, (_, index) => from + index);
    await database
      .insertInto('box')
      .values(
        numbers.map((number) => {
          const team = `t${String(number % TEAMS)}`;
          return { organisation, round, team, key: randomBytes(16), sealed: seal(boxKey, team, encodeAnswers(body, commentsOfFew(number))) };
        }),
      )
      .execute();
    await database
      .insertInto('spent')
      .values(numbers.map(() => ({ organisation, round, nonce_hash: randomBytes(32), ballot_digest: randomBytes(32) })))
      .execute();
  }
}

/** Comments are kept, since they are shown: the same number in both rounds. */
function commentsOfFew(number: number): ReturnType<typeof answersNumber> {
  const { choices, comment } = answersNumber(number);
  return comment !== undefined && number < FEW ? { choices, comment } : { choices };
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
