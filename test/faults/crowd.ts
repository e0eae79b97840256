import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { blind, finalize, type Blinding } from '../../src/client/poprf.ts';
import { BALLOTS_PATH } from '../../src/contract/ballots.ts';
import { BALLOT_KEYS_PATH, type BallotKeys } from '../../src/contract/ballot-keys.ts';
import type { Problem } from '../../src/contract/problems.ts';
import { REPORTS_PATH, type TeamReports } from '../../src/contract/reports.ts';
import { PAPERS_PATH, type Paper } from '../../src/contract/rounds.ts';
import { decodeAnswers, encodeAnswers, paperInfo, type Answers } from '../../src/domain/ballot.ts';
import type { ConstructFigures } from '../../src/domain/report.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import { createApp } from '../../src/server/app.ts';
import { authenticator } from '../../src/server/auth/issuers.ts';
import { UNCOUNTED } from '../../src/server/ballots/ballot-count.ts';
import { requestLimits } from '../../src/server/http/limits.ts';
import { fromBase64url, toBase64url } from '../../src/server/keys/base64url.ts';
import { seal, unseal } from '../../src/server/keys/sealed-box.ts';
import { openServices, type OpenServices } from '../../src/server/main.ts';
import { makeOrganisation } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { openDueRounds } from '../../src/server/rounds/opening.ts';
import { startSeries } from '../../src/server/rounds/series.ts';
import type { Services } from '../../src/server/services.ts';
import { readSettings } from '../../src/server/settings.ts';
import { inBatches } from '../../src/server/store/batches.ts';
import { rosterOf } from '../support/server.ts';

const SECRET = 'a-master-secret-for-tests-of-at-least-32-characters';
const ISSUER = 'https://sign-in.example.org';
export const ORGANISATION = 'de-linde';
const INSTRUMENT = INSTRUMENTS.find(({ key }) => key === 'learning-pulse')!;

/** Where the data of one server is, as its settings have it. */
export type Place = { readonly DATA_DIR: string } | { readonly DATABASE_URL: string };

/** A generator of numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One simulated person, with what a browser keeps in its outbox: the same at every attempt. */
export interface Person {
  readonly id: string;
  readonly team: string;
  readonly answers: Answers;
  readonly token: string;
  readonly nonce: Uint8Array;
  readonly blinding: Blinding;
  /** From the first paper on: what every later one must say too. */
  evaluated?: string;
  output?: string;
}

/** What one person has done in one run, as far as the browser knows. */
export interface Progress {
  readonly person: Person;
  paper: boolean;
  /** A request with the ballot was begun: it may be in the box. */
  sent: boolean;
  acknowledged: boolean;
}

export interface Crowd {
  readonly people: readonly Person[];
  readonly round: string;
  /** Settings for a server process, with the file of issuers. */
  environment(place: Place): Record<string, string>;
  /** The services on the same data, in this process: a command line's. */
  open(place: Place): Promise<OpenServices>;
  /** The reports of every team, each fetched by its leader. */
  reports(services: Services): Promise<Map<string, TeamReports>>;
}

/** An organisation with an open round, in an empty database, and everybody in it. */
export async function makeCrowd(
  place: Place,
  folder: string,
  sizes: Readonly<Record<string, number>>,
  random: () => number,
): Promise<Crowd> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk: JWK = { ...(await exportJWK(publicKey)), alg: 'ES256' };
  await writeFile(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk] }));
  const issuer = { organisation: ORGANISATION, issuer: ISSUER, audience: 'leerkring' };
  await writeFile(join(folder, 'issuers.json'), JSON.stringify([{ ...issuer, jwks: 'keys.json' }]));
  const token = (person: string) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(ISSUER)
      .setAudience('leerkring')
      .setSubject(person)
      .setExpirationTime('3h')
      .sign(privateKey);
  const environment = (at: Place) => ({
    LEERKRING_SECRET: SECRET,
    ISSUERS_FILE: join(folder, 'issuers.json'),
    LOG_LEVEL: 'debug',
    ...at,
  });
  const open = (at: Place) => openServices(readSettings({ ...environment(at), LOG_LEVEL: 'silent' }), SECRET);

  const services = await open(place);
  try {
    const roster = rosterOf(sizes);
    await makeOrganisation(services, { id: ORGANISATION, name: 'Zorggroep De Linde' });
    await importRoster(services.database, ORGANISATION, roster, { at: services.now(), dryRun: false });
    const cadence = { ...OPEN_NOW, startDate: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) };
    await startSeries(services, ORGANISATION, { instrument: INSTRUMENT.key, teams: ['all'], cadence });
    const [round] = await openDueRounds(services, 0);
    assert.ok(round, 'the round is open');
    const app = appOn(services, jwk);
    const { keys } = (await (await app.request(BALLOT_KEYS_PATH)).json()) as BallotKeys;
    const people: Person[] = [];
    for (const { person: id, team, role } of roster.memberships) {
      if (role !== 'member') continue;
      const nonce = new Uint8Array(randomBytes(32));
      const info = paperInfo({ organisation: ORGANISATION, round, team });
      const blinding = blind(nonce, fromBase64url(keys[0]?.publicKey ?? ''), info, new Uint8Array(randomBytes(48)));
      people.push({ id, team, answers: answersOf(id, random), token: await token(id), nonce, blinding });
    }
    return {
      people,
      round,
      environment,
      open,
      async reports(on) {
        const asked = appOn(on, jwk);
        const found = new Map<string, TeamReports>();
        for (const team of ['all', ...Object.keys(sizes)]) {
          const authorization = `Bearer ${await token(team === 'all' ? 'chief' : `${team}-lead`)}`;
          const response = await asked.request(`${REPORTS_PATH}?team=${team}`, { headers: { authorization } });
          assert.equal(response.status, 200);
          found.set(team, (await response.json()) as TeamReports);
        }
        return found;
      },
    };
  } finally {
    await services.close();
  }
}

const OPEN_NOW = { every: 1, unit: 'month', opens: '00:00', closes: '23:59', openDays: 20, timeZone: 'UTC' } as const;

function appOn(services: Services, jwk: JWK) {
  const keys = createLocalJWKSet({ keys: [jwk] });
  return createApp(services, {
    authenticate: authenticator([
      { organisation: ORGANISATION, issuer: ISSUER, audience: 'leerkring', keys, personClaim: 'sub', algorithms: ['ES256'] },
    ]),
    limits: requestLimits(),
    ballotCount: UNCOUNTED,
    publicUrl: 'https://leerkring.example.org',
    version: '0.0.0',
    corsOrigins: [],
  });
}

/** Different from person to person, some items left out, and a comment that nobody else has. */
function answersOf(id: string, random: () => number): Answers {
  const lean = random();
  const chosen = INSTRUMENT.items.flatMap(({ key }): [string, number][] =>
    random() < 0.1 ? [] : [[key, 1 + Math.floor(((random() + lean) / 2) * 5)]],
  );
  return { choices: Object.fromEntries(chosen), comment: `What ${id} says` };
}

export function freshProgress(people: readonly Person[]): Progress[] {
  return people.map((person) => ({ person, paper: false, sent: false, acknowledged: false }));
}

/** What came back to a request: a status with a body, or nothing, when the connection broke. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly body: unknown;
}

/** A request over a real socket. @returns nothing when no whole answer came */
export function ask(
  agent: Agent,
  server: string,
  path: string,
  options: { readonly token?: string; readonly body?: object } = {},
): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const asking = request(
      server + path,
      {
        agent,
        method: options.body ? 'POST' : 'GET',
        headers: {
          ...(options.body ? { 'content-type': 'application/json' } : {}),
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => { text += part.toString(); });
        response.on('error', () => { resolve(undefined); });
        response.on('aborted', () => { resolve(undefined); });
        response.on('end', () => {
          const { 'content-type': contentType = '', 'retry-after': retryAfter } = response.headers;
          resolve({ status: response.statusCode ?? 0, contentType, retryAfter, body: JSON.parse(text) });
        });
      },
    );
    asking.on('error', ({ code }: NodeJS.ErrnoException) => {
      // A connection that was kept, and that the server had closed when it was used once more: a client asks again.
      if (asking.reusedSocket && code === 'ECONNRESET') resolve(ask(agent, server, path, options));
      else resolve(undefined);
    });
    asking.end(options.body && JSON.stringify(options.body));
  });
}

/**
 * Everybody goes on with what is in their outbox, so many at a time, as the client does: without a paper it asks for
 * one, with one it sends the ballot, and what it is not sure of it does again, the very same.
 * @param answered told after each answer of the server; what it returns says whether to go on
 * @param patient keeps trying what was not answered, or answered with `unavailable`, instead of leaving it
 */
export async function goOn(
  crowd: Crowd,
  server: string,
  all: readonly Progress[],
  answered: () => boolean,
  patient = false,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const waiting = all.filter(({ acknowledged }) => !acknowledged);
  let on = true;
  const lane = async () => {
    for (let progress = waiting.shift(); on && progress; progress = waiting.shift()) {
      const came = await step(crowd, agent, server, progress);
      if (came) on = answered() && on;
      if (!came && !patient) continue;
      // Some others first: papers and ballots go side by side.
      if (!progress.acknowledged) waiting.splice(came ? 20 : waiting.length, 0, progress);
      // Only so as not to ask a server that is away thousands of times.
      if (!came) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  agent.destroy();
}

/** @returns whether the step was answered as hoped for; any answer but that or `unavailable` is a failure of the test */
async function step(crowd: Crowd, agent: Agent, server: string, progress: Progress): Promise<boolean> {
  const { person } = progress;
  const scope = { organisation: ORGANISATION, round: crowd.round, team: person.team };
  if (!progress.paper) {
    const body = { round: crowd.round, team: person.team, blinded: toBase64url(person.blinding.blinded) };
    const reply = await ask(agent, server, PAPERS_PATH, { token: person.token, body });
    if (isAway(reply)) return false;
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    const { evaluated, proof } = reply.body as Paper;
    // The proof is another each time, and verified once; the paper itself must stay the same.
    if (person.evaluated === undefined) {
      const paper = { evaluated: fromBase64url(evaluated), proof: fromBase64url(proof) };
      person.output = toBase64url(finalize(person.nonce, person.blinding, paperInfo(scope), paper));
      person.evaluated = evaluated;
    }
    assert.equal(evaluated, person.evaluated);
    progress.paper = true;
    return true;
  }
  progress.sent = true;
  const body = { ...scope, nonce: toBase64url(person.nonce), output: person.output, ...person.answers };
  const reply = await ask(agent, server, BALLOTS_PATH, { body });
  if (isAway(reply)) return false;
  assert.deepEqual([reply.status, reply.body], [200, { state: 'in-the-box' }]);
  progress.acknowledged = true;
  return true;
}

/** Whether there was no answer, or the clear one that it can't be done now. */
function isAway(reply: Reply | undefined): reply is undefined {
  if (reply?.status !== 503) return reply === undefined;
  assert.deepEqual([reply.contentType, reply.retryAfter], ['application/problem+json', '5']);
  assert.match((reply.body as Problem).type, /unavailable$/);
  return true;
}

/** Whose ballots lie in the box, a name for each ballot: opened with the master secret, before the round closes. */
export async function peopleInBox(crowd: Crowd, services: Services): Promise<string[]> {
  const { key, rows } = await boxOf(crowd, services);
  return rows.map(({ team, sealed }) => {
    const { comment } = decodeAnswers(INSTRUMENT, unseal(key, team, sealed));
    return /^What (.+) says$/.exec(comment ?? '')?.[1] ?? '';
  });
}

/** Puts ballots into the box without asking, for a box that would take long to fill. */
export async function stuffBox(crowd: Crowd, services: Services, ballots: readonly Pick<Person, 'team' | 'answers'>[]): Promise<void> {
  const { key } = await boxOf(crowd, services);
  const at = { organisation: ORGANISATION, round: crowd.round };
  for (const batch of inBatches(ballots)) {
    const box = batch.map(({ team, answers }) => {
      const text = encodeAnswers(INSTRUMENT, answers);
      return { ...at, team, key: randomBytes(16), sealed: seal(key, team, text) };
    });
    await services.database.insertInto('box').values(box).execute();
    const spent = batch.map(() => ({ ...at, nonce_hash: randomBytes(32), ballot_digest: randomBytes(32) }));
    await services.database.insertInto('spent').values(spent).execute();
  }
}

async function boxOf(crowd: Crowd, { database, master }: Services) {
  const { box_key } = await database
    .selectFrom('round')
    .select('box_key')
    .where('organisation', '=', ORGANISATION)
    .where('id', '=', crowd.round)
    .executeTakeFirstOrThrow();
  assert.ok(box_key, 'the box is there');
  const rows = await database.selectFrom('box').select(['team', 'sealed']).where('round', '=', crowd.round).execute();
  return { key: master.unwrap('round box', `${ORGANISATION}/${crowd.round}`, box_key), rows };
}

/**
 * Compares what was released with what these people chose, reckoned here from their answers alone. Only what is
 * released of groups that are large enough can be compared: of fewer than 10 in a team nothing is.
 * @returns how many teams were compared
 */
export function assertFigures(
  reports: ReadonlyMap<string, TeamReports>,
  counted: readonly Pick<Person, 'team' | 'answers'>[],
): number {
  const teams = [...reports.keys()].filter((team) => team !== 'all');
  const of = (team: string) => counted.filter((person) => person.team === team);
  const comparable = teams.filter((team) => of(team).length >= 10);
  const whole = comparable.length === teams.length;
  for (const team of whole ? ['all', ...teams] : comparable) {
    const people = team === 'all' ? counted : of(team);
    const report = reports.get(team)?.rounds[0]?.report;
    assert.ok(report, `${team} has a report`);
    assert.equal(report.ballots, people.length, `ballots of ${team}`);
    if (team !== 'all') {
      const said = people.flatMap(({ answers }) => answers.comment ?? []);
      assert.deepEqual(report.comments?.toSorted(), said.toSorted(), `comments of ${team}`);
    }
    for (const { key, construct } of INSTRUMENT.items) {
      const chosen = people.flatMap(({ answers }) => answers.choices[key] ?? []);
      const tooFew = teams.some((one) => of(one).filter(({ answers }) => answers.choices[key] !== undefined).length < 8);
      if (chosen.length < 8 || (team === 'all' && tooFew)) continue;
      const figures: ConstructFigures | undefined = report.constructs.find((one) => one.construct === construct);
      assert.ok(figures, `${team} has figures on ${construct}`);
      assert.equal(figures.ballots, chosen.length, `ballots of ${team} on ${construct}`);
      const mean = chosen.reduce((sum, choice) => sum + choice, 0) / chosen.length;
      assert.ok(Math.abs(figures.mean.value - mean) <= 0.05 + 1e-9, `mean of ${team}: ${String(figures.mean.value)}, ${String(mean)}`);
      const bins = {
        unfavourable: chosen.filter((choice) => choice < 3).length,
        neutral: chosen.filter((choice) => choice === 3).length,
        favourable: chosen.filter((choice) => choice > 3).length,
      };
      // Where nearly all of a team chose alike, the release says just that.
      if (figures.distribution && !('counts' in figures.distribution && figures.distribution.about === undefined)) continue;
      assert.deepEqual(figures.distribution, { of: chosen.length, counts: bins }, `distribution of ${team} on ${construct}`);
    }
  }
  return comparable.length;
}
