import { randomBytes } from 'node:crypto';
import { UNCOUNTED } from '../server/ballots/ballot-count.ts';
import { Temporal } from 'temporal-polyfill';
import type { Connection } from '../client/api.ts';
import { sendBallot, takePaper } from '../client/ballots.ts';
import { fromBase64url, toBase64url } from '../client/base64url.ts';
import { blind, finalize } from '../client/poprf.ts';
import { NONCE_LENGTH, paperInfo, type Answers, type PaperScope } from '../domain/ballot.ts';
import { occurrence, type Cadence } from '../domain/cadence.ts';
import { electorates } from '../domain/roster.ts';
import { createApp } from '../server/app.ts';
import { authenticator } from '../server/auth/issuers.ts';
import { requestLimits } from '../server/http/limits.ts';
import { publishedKeys } from '../server/keys/ballot-key.ts';
import { listen } from '../server/main.ts';
import { makeOrganisation } from '../server/organisations/organisations.ts';
import { importRoster, loadRoster } from '../server/roster/roster.ts';
import { closeDueRounds, resultsAt } from '../server/rounds/closing.ts';
import { openDueRounds } from '../server/rounds/opening.ts';
import { listSeries, startSeries, stopSeries } from '../server/rounds/series.ts';
import type { Services } from '../server/services.ts';
import { SettingsError, type Settings } from '../server/settings.ts';
import { answersOf, DEMO_INSTRUMENT, ROUNDS } from './answers.ts';
import { DEMO, DEMO_TEAMS, demoRoster } from './organisation.ts';
import type { DemoSignIn } from './sign-in.ts';

const TIME_ZONE = 'Europe/Amsterdam';

/** How long the last round has been open when the demo is made. */
const DAYS_OPEN = 3;

/** How long a round takes. */
const OPEN_DAYS = 26;

/** How many people answer at the same time. */
const AT_ONCE = 4;

/** Bytes that a blind is made from (RFC 9380 section 5.1). */
const SEED_LENGTH = 48;

const HOUR = 3_600_000;

/**
 * Fills an empty database with the demo: the organisation, six released rounds and the open one. Every ballot goes the
 * way that a person's ballot goes, over HTTP, only on a clock that is set back. What is there already is left alone; a
 * round that was being made when the program was stopped is made anew.
 * @param say told how far it is, line by line
 * @throws SettingsError when the database holds another organisation
 */
export async function seedDemo(
  services: Services,
  settings: Pick<Settings, 'ballotGrace' | 'publicUrl'>,
  signIn: DemoSignIn,
  say: (line: string) => void,
): Promise<void> {
  const cadence = await makeFrame(services, say);
  const missing = await missingRounds(services);
  if (missing.length === 0) return;

  let moment = services.now();
  const then: Services = { ...services, now: () => moment };
  await withBallotBox(then, settings, signIn, async (fill) => {
    for (const number of missing) {
      const { opensAt, closesAt } = occurrence(cadence, number);
      await removeRound(services, number);
      moment = new Date(opensAt.getTime() + HOUR);
      const [round] = await openDueRounds(then, settings.ballotGrace);
      if (round === undefined) throw new Error(`Round ${String(number + 1)} of the demo did not open.`);
      const ballots = await fill(round, number);
      if (number < OPEN_ROUND) {
        moment = resultsAt({ closes_at: closesAt, grace: settings.ballotGrace });
        await closeDueRounds(then);
      }
      const outcome = number < OPEN_ROUND ? 'closed and released' : 'open now';
      say(`  round ${String(number + 1)} of ${String(ROUNDS)}: ${String(ballots)} ballots, ${outcome}`);
    }
  });
}

/**
 * Opens a round now, after those that are there, and lets answer in it whoever a visitor cannot be. It is of a series
 * of its own, which takes the place of the one that runs.
 * @param number from 0: how many rounds there were
 */
export async function startAnotherRound(
  services: Services,
  settings: Pick<Settings, 'ballotGrace' | 'publicUrl'>,
  signIn: DemoSignIn,
  number: number,
): Promise<void> {
  const all = await listSeries(services.database, DEMO.id);
  const earlier = all.filter(({ instrument }) => instrument === DEMO_INSTRUMENT.key);
  for (const { id, stoppedAt } of earlier) if (stoppedAt === null) await stopSeries(services, DEMO.id, id);
  const [before] = earlier;
  await startSeries(services, DEMO.id, {
    instrument: DEMO_INSTRUMENT.key,
    // Rounds of one version are compared with each other.
    ...(before ? { version: before.version } : {}),
    teams: [DEMO_TEAMS.top],
    cadence: cadenceFrom(services.now(), number),
  });
  const [round] = await openDueRounds(services, settings.ballotGrace);
  if (round === undefined) throw new Error('Another round of the demo did not open.');
  await withBallotBox(services, settings, signIn, (fill) => fill(round, number));
}

/** Serves as long as `act` takes. What it gets fills a round's box, and says with how many ballots. */
async function withBallotBox(
  services: Services,
  settings: Pick<Settings, 'publicUrl'>,
  signIn: DemoSignIn,
  act: (fill: (round: string, number: number) => Promise<number>) => Promise<unknown>,
): Promise<void> {
  const publicKey = await ballotKeyOf(services);
  const app = createApp(services, {
    authenticate: authenticator([signIn.issuer]),
    limits: requestLimits(),
    ballotCount: UNCOUNTED,
    publicUrl: settings.publicUrl,
    version: '',
    corsOrigins: [],
  });
  const server = await listen(app, 0, '127.0.0.1', 'PORT');
  const address = `http://127.0.0.1:${String(server.port)}`;
  try {
    await act(async (round, number) => {
      const ballots = expectedBallots(number);
      await eachOf(ballots, AT_ONCE, async ({ person, team, answers }) => {
        const connection: Connection = { server: address, language: 'nl', token: () => signIn.tokenFor(person) };
        await answer(connection, publicKey, { organisation: DEMO.id, round, team }, answers);
      });
      return ballots.length;
    });
  } finally {
    await server.stop();
  }
}

const OPEN_ROUND = ROUNDS - 1;

/** Everything but the rounds, as far as it is not there yet. @returns when the rounds are */
async function makeFrame(services: Services, say: (line: string) => void): Promise<Cadence> {
  const { database } = services;
  const organisations = await database.selectFrom('organisation').select('id').orderBy('id').execute();
  const foreign = organisations.find(({ id }) => id !== DEMO.id);
  if (foreign) {
    throw new SettingsError(
      `The database holds the organisation ${foreign.id}, and a demo needs one of its own. Stop the demo ` +
        '(LEERKRING_DEMO=0), or give it another DATA_DIR or DATABASE_URL.',
    );
  }
  const series = database.selectFrom('series').select('cadence').where('organisation', '=', DEMO.id);
  const present = await series.executeTakeFirst();
  if (present) return present.cadence;

  say(`Making the demo, ${DEMO.name}: ${String(DEMO.people.length)} people in ${String(DEMO.teams.length)} teams.`);
  const cadence = cadenceFor(services.now());
  const start = occurrence(cadence, 0).opensAt;
  const then = { ...services, now: () => start };
  if (organisations.length === 0) await makeOrganisation(then, { id: DEMO.id, name: DEMO.name });
  const { teams } = await loadRoster(database, DEMO.id);
  if (teams.length === 0) await importRoster(database, DEMO.id, demoRoster(), { at: start, dryRun: false });
  await startSeries(then, DEMO.id, { instrument: DEMO_INSTRUMENT.key, teams: [DEMO_TEAMS.top], cadence });
  return cadence;
}

/** Monthly, so that the last round opened some days ago. */
export function cadenceFor(now: Date): Cadence {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  return {
    startDate: today.subtract({ days: DAYS_OPEN }).subtract({ months: OPEN_ROUND }).toString(),
    every: 1,
    unit: 'month',
    opens: '09:00',
    closes: '17:00',
    openDays: OPEN_DAYS,
    timeZone: TIME_ZONE,
  };
}

/**
 * Every four weeks, so that round `number` (from 0) opens in the minute of `now`: the count of rounds goes on. Of
 * months, some are too short to be counted back from a 31st.
 */
export function cadenceFrom(now: Date, number: number): Cadence {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE);
  return {
    startDate: here.toPlainDate().subtract({ weeks: 4 * number }).toString(),
    every: 4,
    unit: 'week',
    opens: here.toPlainTime().toString({ smallestUnit: 'minute' }),
    closes: '17:00',
    openDays: OPEN_DAYS,
    timeZone: TIME_ZONE,
  };
}

/** The rounds, from 0, that are not there, or were not made to the end. */
async function missingRounds({ database }: Services): Promise<number[]> {
  const rounds = await database
    .selectFrom('round')
    .select(['id', 'number', 'box_key'])
    .where('organisation', '=', DEMO.id)
    .execute();
  const missing: number[] = [];
  for (let number = 0; number < ROUNDS; number += 1) {
    const round = rounds.find((one) => one.number === number);
    if (round && !round.box_key) continue;
    if (round && number === OPEN_ROUND) {
      const { ballots } = await database
        .selectFrom('box')
        .select(({ fn }) => fn.countAll<string>().as('ballots'))
        .where('organisation', '=', DEMO.id)
        .where('round', '=', round.id)
        .executeTakeFirstOrThrow();
      // Nobody can add a ballot before the demo is ready: what visitors add comes on top.
      if (Number(ballots) >= expectedBallots(number).length) continue;
    }
    missing.push(number);
  }
  return missing;
}

/**
 * Takes a half-made round away: whose paper was taken when the program was stopped has no ballot and could get no other
 * paper. Only invented people have answered in it.
 */
async function removeRound({ database }: Services, number: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const round = await transaction
      .selectFrom('round')
      .select('id')
      .where('organisation', '=', DEMO.id)
      .where('number', '=', number)
      .executeTakeFirst();
    if (!round) return;
    for (const table of ['box', 'box_count', 'spent', 'elector', 'round_team'] as const) {
      await transaction.deleteFrom(table).where('organisation', '=', DEMO.id).where('round', '=', round.id).execute();
    }
    await transaction.deleteFrom('round').where('organisation', '=', DEMO.id).where('id', '=', round.id).execute();
  });
}

interface ExpectedBallot {
  /** The person's id. */
  readonly person: string;
  /** Where the person is asked. */
  readonly team: string;
  readonly answers: Answers;
}

/** Who answers what. In an open round it is left to visitors to answer as the people they can be. */
function expectedBallots(number: number): ExpectedBallot[] {
  const left = new Set(number >= OPEN_ROUND ? DEMO.personas.map(({ person }) => person) : []);
  return [...electorates(demoRoster())].flatMap(([team, asked]) =>
    DEMO.people.flatMap((person) => {
      const answers = asked.includes(person.id) && !left.has(person) ? answersOf(person, number) : undefined;
      return answers ? [{ person: person.id, team, answers }] : [];
    }),
  );
}

async function ballotKeyOf({ database }: Services): Promise<Uint8Array> {
  const key = (await publishedKeys(database)).keys.find(({ organisation }) => organisation === DEMO.id);
  if (!key) throw new Error('The demo has no ballot key.');
  return fromBase64url(key.publicKey);
}

/** As a widget does it for a person: take the paper signed in, and send the ballot without saying whose it is. */
async function answer(
  connection: Connection,
  publicKey: Uint8Array,
  scope: PaperScope,
  answers: Answers,
): Promise<void> {
  const info = paperInfo(scope);
  const nonce = randomBytes(NONCE_LENGTH);
  const blinding = blind(nonce, publicKey, info, randomBytes(SEED_LENGTH));
  const { evaluated, proof } = await takePaper(connection, {
    round: scope.round,
    team: scope.team,
    blinded: toBase64url(blinding.blinded),
  });
  const output = finalize(nonce, blinding, info, { evaluated: fromBase64url(evaluated), proof: fromBase64url(proof) });
  await sendBallot(connection.server, connection.language, {
    ...scope,
    nonce: toBase64url(nonce),
    output: toBase64url(output),
    ...answers,
    choices: { ...answers.choices },
  });
}

/** Does something with each of a list, a few at a time, in its order. */
async function eachOf<T>(list: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const rest = list.values();
  const worker = async () => {
    for (const one of rest) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
