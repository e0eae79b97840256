import { randomBytes } from 'node:crypto';
import { UNCOUNTED } from '../server/ballots/ballot-count.ts';
import { Temporal } from 'temporal-polyfill';
import type { Connection } from '../client/api.ts';
import { sendBallot, takePaper } from '../client/ballots.ts';
import { fromBase64url, toBase64url } from '../client/base64url.ts';
import { blind, finalize } from '../client/poprf.ts';
import { NONCE_LENGTH, paperInfo, type Answers, type PaperScope } from '../domain/ballot.ts';
import { occurrence, type Cadence } from '../domain/cadence.ts';
import { THRESHOLDS } from '../domain/report.ts';
import { electorates } from '../domain/roster.ts';
import { createApp } from '../server/app.ts';
import { authenticator } from '../server/auth/issuers.ts';
import { requestLimits } from '../server/http/limits.ts';
import { importInstrument } from '../server/instruments/instruments.ts';
import { publishedKeys } from '../server/keys/ballot-key.ts';
import { listen } from '../server/main.ts';
import { makeOrganisation } from '../server/organisations/organisations.ts';
import { importRoster, loadRoster } from '../server/roster/roster.ts';
import { closeDueRounds, resultsAt } from '../server/rounds/closing.ts';
import { openDueRounds } from '../server/rounds/opening.ts';
import { roundsOfSeries } from '../server/rounds/queries.ts';
import { listSeries, startSeries, stopSeries } from '../server/rounds/series.ts';
import type { Services } from '../server/services.ts';
import { SettingsError, type Settings } from '../server/settings.ts';
import { answersOf, PULSE, SERIES, type DemoSeries } from './answers.ts';
import { seedLearningLog } from './learning-log/seed.ts';
import { DEMO, DEMO_TEAMS, demoRoster } from './organisation.ts';
import type { DemoSignIn } from './sign-in.ts';

const TIME_ZONE = 'Europe/Amsterdam';

/** How long the last round has been open when the demo is made. */
const DAYS_OPEN = 3;

/** How many people answer at the same time. */
const AT_ONCE = 4;

/** Bytes that a blind is made from (RFC 9380 section 5.1). */
const SEED_LENGTH = 48;

const HOUR = 3_600_000;

/**
 * Fills an empty database with the demo: the organisation, of each series its released rounds and the open one, and a
 * year of the learning log. Every ballot goes the way that a person's ballot goes, over HTTP, only on a clock that is set
 * back. What is there already is left alone: a round that was being made when the program was stopped is made anew, and a
 * series, or a learning log, that a demo did not have yet is added to it.
 * @param say told how far it is, line by line
 * @throws SettingsError when the database holds another organisation
 */
export async function seedDemo(
  services: Services,
  settings: Pick<Settings, 'ballotGrace' | 'publicUrl'>,
  signIn: DemoSignIn,
  say: (line: string) => void,
): Promise<void> {
  await makeOrganisationOfDemo(services, say);
  await seedRounds(services, settings, signIn, say);
  await seedLearningLog(services, say);
}

/** The rounds that are not there. */
async function seedRounds(
  services: Services,
  settings: Pick<Settings, 'ballotGrace' | 'publicUrl'>,
  signIn: DemoSignIn,
  say: (line: string) => void,
): Promise<void> {
  const missing: MissingRound[] = [];
  for (const series of SERIES) missing.push(...(await missingRounds(services, series)));
  if (missing.length === 0) return;

  let moment = services.now();
  const then: Services = { ...services, now: () => moment };
  await withBallotBox(then, settings, signIn, async (fill) => {
    for (const { series, id, cadence, number } of missing) {
      const name = `${series.instrument.key}, round ${String(number + 1)} of ${String(series.rounds)}`;
      const { opensAt, closesAt } = occurrence(cadence, number);
      await removeRound(services, id, number);
      moment = new Date(opensAt.getTime() + HOUR);
      const [round] = await openDueRounds(then, settings.ballotGrace, id);
      if (round === undefined) throw new Error(`This round of the demo did not open: ${name}.`);
      const ballots = await fill(round, series, number);
      const past = number < openRound(series);
      if (past) {
        moment = resultsAt({ closes_at: closesAt, grace: settings.ballotGrace });
        await closeDueRounds(then);
      }
      say(`  ${name}: ${String(ballots)} ballots, ${past ? 'closed and released' : 'open now'}`);
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
  series: DemoSeries,
  number: number,
): Promise<void> {
  const { key } = series.instrument;
  const all = await listSeries(services.database, DEMO.id);
  const earlier = all.filter(({ instrument }) => instrument === key);
  for (const { id, stoppedAt } of earlier) if (stoppedAt === null) await stopSeries(services, DEMO.id, id);
  const [before] = earlier;
  const id = await startSeries(services, DEMO.id, {
    instrument: key,
    // Rounds of one version are compared with each other.
    ...(before ? { version: before.version } : {}),
    teams: [DEMO_TEAMS.top],
    cadence: cadenceFrom(services.now(), series, number),
  });
  const [round] = await openDueRounds(services, settings.ballotGrace, id);
  if (round === undefined) throw new Error(`Another round of ${key} did not open.`);
  await withBallotBox(services, settings, signIn, (fill) => fill(round, series, number));
}

/** Fills a round's box. @returns with how many ballots */
type Fill = (round: string, series: DemoSeries, number: number) => Promise<number>;

/** Serves as long as `act` takes. */
async function withBallotBox(
  services: Services,
  settings: Pick<Settings, 'publicUrl'>,
  signIn: DemoSignIn,
  act: (fill: Fill) => Promise<unknown>,
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
    await act(async (round, series, number) => {
      const ballots = expectedBallots(series, number);
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

/** The round, from 0, that is open when the demo is made. */
function openRound({ rounds }: DemoSeries): number {
  return rounds - 1;
}

/** The organisation with its people and teams, as far as it is not there yet. */
async function makeOrganisationOfDemo(services: Services, say: (line: string) => void): Promise<void> {
  const { database } = services;
  const organisations = await database.selectFrom('organisation').select('id').orderBy('id').execute();
  const foreign = organisations.find(({ id }) => id !== DEMO.id);
  if (foreign) {
    throw new SettingsError(
      `The database holds the organisation ${foreign.id}, and a demo needs one of its own. Stop the demo ` +
        '(LEERKRING_DEMO=0), or give it another DATA_DIR or DATABASE_URL.',
    );
  }
  const { teams } = await loadRoster(database, DEMO.id);
  if (teams.length > 0) return;
  say(`Making the demo, ${DEMO.name}: ${String(DEMO.people.length)} people in ${String(DEMO.teams.length)} teams.`);
  const at = occurrence(cadenceFor(services.now(), PULSE), 0).opensAt;
  if (organisations.length === 0) await makeOrganisation({ ...services, now: () => at }, { id: DEMO.id, name: DEMO.name });
  await importRoster(database, DEMO.id, demoRoster(), { at, dryRun: false });
}

/** A series of the demo; it is started when there is none. */
async function startedSeries(services: Services, { instrument, ...series }: DemoSeries): Promise<StartedSeries> {
  const { database } = services;
  const present = await database
    .selectFrom('series')
    .select(['id', 'cadence'])
    .where('organisation', '=', DEMO.id)
    .where('instrument', '=', instrument.key)
    .executeTakeFirst();
  if (present) return present;
  const cadence = cadenceFor(services.now(), series);
  const start = occurrence(cadence, 0).opensAt;
  // An organisation has the instruments that there were when it was made.
  const known = await database
    .selectFrom('instrument')
    .select('version')
    .where('organisation', '=', DEMO.id)
    .where('key', '=', instrument.key)
    .executeTakeFirst();
  if (!known) await importInstrument(database, DEMO.id, instrument, start);
  const id = await startSeries({ ...services, now: () => start }, DEMO.id, {
    instrument: instrument.key,
    teams: [DEMO_TEAMS.top],
    cadence,
  });
  return { id, cadence };
}

interface StartedSeries {
  readonly id: string;
  readonly cadence: Cadence;
}

/** Such that the last round opened some days ago. */
export function cadenceFor(now: Date, series: Pick<DemoSeries, 'rounds' | 'months' | 'openDays'>): Cadence {
  const { rounds, months, openDays } = series;
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  return {
    startDate: today.subtract({ days: DAYS_OPEN }).subtract({ months: (rounds - 1) * months }).toString(),
    every: months,
    unit: 'month',
    opens: '09:00',
    closes: '17:00',
    openDays,
    timeZone: TIME_ZONE,
  };
}

/**
 * In weeks, so that round `number` (from 0) opens in the minute of `now`: the count of rounds goes on. Of months, some
 * are too short to be counted back from a 31st.
 */
export function cadenceFrom(now: Date, { weeks, openDays }: Pick<DemoSeries, 'weeks' | 'openDays'>, number: number): Cadence {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE);
  return {
    startDate: here.toPlainDate().subtract({ weeks: weeks * number }).toString(),
    every: weeks,
    unit: 'week',
    opens: here.toPlainTime().toString({ smallestUnit: 'minute' }),
    closes: '17:00',
    openDays,
    timeZone: TIME_ZONE,
  };
}

interface MissingRound extends StartedSeries {
  readonly series: DemoSeries;
  /** From 0. */
  readonly number: number;
}

/** The rounds of a series that are not there, or were not made to the end. */
async function missingRounds(services: Services, series: DemoSeries): Promise<MissingRound[]> {
  const { database } = services;
  const started = await startedSeries(services, series);
  const rounds = await roundsOfSeries(database)
    .select(['round.id', 'round.number', 'round.box_key'])
    .where('round.organisation', '=', DEMO.id)
    // Whatever the series: one that a visitor started goes on from the count.
    .where('series.instrument', '=', series.instrument.key)
    .execute();
  const missing: MissingRound[] = [];
  for (let number = 0; number < series.rounds; number += 1) {
    const round = rounds.find((one) => one.number === number);
    if (round && !round.box_key) continue;
    if (round && number === openRound(series)) {
      const { ballots } = await database
        .selectFrom('box')
        .select(({ fn }) => fn.countAll<string>().as('ballots'))
        .where('organisation', '=', DEMO.id)
        .where('round', '=', round.id)
        .executeTakeFirstOrThrow();
      // Nobody can add a ballot before the demo is ready: what visitors add comes on top.
      if (Number(ballots) >= expectedBallots(series, number).length) continue;
    }
    missing.push({ series, ...started, number });
  }
  return missing;
}

/**
 * Takes a half-made round away: whose paper was taken when the program was stopped has no ballot and could get no other
 * paper. Only invented people have answered in it.
 */
async function removeRound({ database }: Services, series: string, number: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const round = await transaction
      .selectFrom('round')
      .select('id')
      .where('organisation', '=', DEMO.id)
      .where('series', '=', series)
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
function expectedBallots(series: DemoSeries, number: number): ExpectedBallot[] {
  const left = new Set(number >= openRound(series) ? DEMO.personas.map(({ person }) => person) : []);
  return [...electorates(demoRoster())].flatMap(([team, asked]) =>
    DEMO.people.flatMap((person) => {
      if (!asked.includes(person.id) || left.has(person)) return [];
      const answers = answersOf(series, person, number, asked.length >= THRESHOLDS.person);
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
