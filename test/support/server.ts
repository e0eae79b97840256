import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { blind, finalize } from '../../src/client/poprf.ts';
import { BALLOTS_PATH, type Ballot } from '../../src/contract/ballots.ts';
import { REPORTS_PATH, type TeamReports } from '../../src/contract/reports.ts';
import { OPEN_ROUNDS_PATH, PAPERS_PATH, type OpenRound, type OpenRounds, type Paper } from '../../src/contract/rounds.ts';
import { paperInfo, type Answers } from '../../src/domain/ballot.ts';
import type { Cadence } from '../../src/domain/cadence.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import type { Roster } from '../../src/domain/roster.ts';
import { createApp, type AppOptions } from '../../src/server/app.ts';
import { authenticator, type Issuer } from '../../src/server/auth/issuers.ts';
import { UNCOUNTED } from '../../src/server/ballots/ballot-count.ts';
import { requestLimits } from '../../src/server/http/limits.ts';
import { fromBase64url, toBase64url } from '../../src/server/keys/base64url.ts';
import { masterOf } from '../../src/server/keys/master.ts';
import type { Poprf } from '../../src/server/keys/poprf.ts';
import { makeOrganisation } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { startSeries } from '../../src/server/rounds/series.ts';
import type { Services } from '../../src/server/services.ts';
import type { Store } from '../../src/server/store/store.ts';

export const TEST_SECRET = 'a-master-secret-for-tests-of-at-least-32-characters';
export const INTRANET = 'https://intranet.example.org';

/** A server without a socket, whose clock the test sets. */
export interface TestServer {
  readonly app: Hono;
  readonly services: Services;
  /** Everything that was logged, as text. */
  readonly logged: () => string;
  setNow(moment: string): void;
  token(organisation: string, person: string): Promise<string>;
}

export async function testServer(
  store: Store,
  poprf: Poprf,
  start = '2026-11-02T09:00:00Z',
  more: Pick<AppOptions, 'pages'> = {},
): Promise<TestServer> {
  let now = new Date(start);
  let log = '';
  const services: Services = {
    database: store.database,
    master: masterOf(TEST_SECRET),
    poprf,
    log: pino({ level: 'debug', base: null }, { write: (line: string) => { log += line; } }),
    now: () => now,
  };
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  const issuers: Issuer[] = [];
  const app = createApp(services, {
    authenticate: (authorization, options) => authenticator(issuers, services.log)(authorization, options),
    limits: requestLimits(),
    ballotCount: UNCOUNTED,
    publicUrl: 'https://leerkring.example.org',
    version: '0.0.0',
    corsOrigins: [INTRANET],
    ...more,
  });
  return {
    app,
    services,
    logged: () => log,
    setNow: (moment) => { now = new Date(moment); },
    async token(organisation, person) {
      const issuer = `urn:test:${organisation}`;
      if (!issuers.some((known) => known.issuer === issuer)) {
        issuers.push({ organisation, issuer, audience: 'leerkring', keys, personClaim: 'sub', algorithms: ['ES256'] });
      }
      return new SignJWT()
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setAudience('leerkring')
        .setSubject(person)
        .setExpirationTime('5m')
        .sign(privateKey);
    },
  };
}

/** Monthly from 2 November 2026, ten in the morning (Amsterdam) to five in the afternoon ten days later. */
export const CADENCE: Cadence = {
  startDate: '2026-11-02',
  every: 1,
  unit: 'month',
  opens: '10:00',
  closes: '17:00',
  openDays: 10,
  timeZone: 'Europe/Amsterdam',
};

/**
 * A team `all`, led by `chief`, with teams under it: each of the given number of members (`a-1`, `a-2`, ...), led by
 * `a-lead`.
 */
export function rosterOf(sizes: Readonly<Record<string, number>>): Roster {
  const teams = Object.keys(sizes);
  const members = teams.flatMap((team) =>
    Array.from({ length: sizes[team] ?? 0 }, (_, index) => ({ person: `${team}-${String(index + 1)}`, team, role: 'member' as const })),
  );
  const leaders = teams.map((team) => ({ person: `${team}-lead`, team, role: 'leader' as const }));
  const memberships = [{ person: 'chief', team: 'all', role: 'leader' as const }, ...leaders, ...members];
  return {
    teams: [{ id: 'all', name: 'All', parent: null }, ...teams.map((id) => ({ id, name: `Team ${id}`, parent: 'all' }))],
    people: memberships.map(({ person }) => ({ id: person, name: `Name of ${person}` })),
    memberships,
  };
}

let organisations = 0;

/**
 * An organisation of its own for one test, with a series that opens at the cadence's start: of the learning pulse, unless
 * another instrument is asked; with the roster of those sizes, unless another is given.
 */
export async function testOrganisation(
  server: TestServer,
  sizes: Readonly<Record<string, number>>,
  { instrument = 'learning-pulse', roster = rosterOf(sizes) }: { readonly instrument?: string; readonly roster?: Roster } = {},
): Promise<string> {
  organisations += 1;
  const organisation = `org-${String(organisations)}`;
  await makeOrganisation(server.services, { id: organisation, name: `Organisation ${String(organisations)}` });
  await importRoster(server.services.database, organisation, roster, { at: server.services.now(), dryRun: false });
  await startSeries(server.services, organisation, { instrument, teams: ['all'], cadence: CADENCE });
  return organisation;
}

/** A person with a browser: what the client does, by the real protocol, over requests without a socket. */
export interface TestPerson {
  get(path: string, language?: string): Promise<Response>;
  /** Sends a body, as JSON, as the person who is signed in. */
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  openRound(): Promise<OpenRound>;
  askPaper(round: OpenRound, blinded: string): Promise<Response>;
  /** Takes the paper and makes the ballot, without sending it. */
  ballot(round: OpenRound, answers: Answers): Promise<Ballot>;
  /** Answers the open round. */
  answer(answers: Answers): Promise<Response>;
  reports(team?: string): Promise<TeamReports>;
}

export function personOf(server: TestServer, organisation: string, person: string): TestPerson {
  const authorized = async () => ({ authorization: `Bearer ${await server.token(organisation, person)}` });
  const get = async (path: string, language = 'en') =>
    server.app.request(path, { headers: { ...(await authorized()), 'accept-language': language } });
  const self: TestPerson = {
    get,
    async send(method, path, body, headers = {}) {
      return server.app.request(path, {
        method,
        headers: { ...(await authorized()), 'accept-language': 'en', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    async openRound() {
      const { rounds } = (await (await get(OPEN_ROUNDS_PATH)).json()) as OpenRounds;
      const [round] = rounds;
      if (!round) throw new Error(`${person} is not asked in any round.`);
      return round;
    },
    async askPaper(round, blinded) {
      return server.app.request(PAPERS_PATH, {
        method: 'POST',
        headers: { ...(await authorized()), 'content-type': 'application/json' },
        body: JSON.stringify({ round: round.id, team: round.team.id, blinded }),
      });
    },
    async ballot(round, answers) {
      const nonce = new Uint8Array(randomBytes(32));
      const info = paperInfo({ organisation, round: round.id, team: round.team.id });
      const blinding = blind(nonce, fromBase64url(round.ballotKey.publicKey), info, new Uint8Array(randomBytes(48)));
      const response = await self.askPaper(round, toBase64url(blinding.blinded));
      if (!response.ok) throw new Error(`No paper: ${await response.text()}`);
      const paper = (await response.json()) as Paper;
      const output = finalize(nonce, blinding, info, {
        evaluated: fromBase64url(paper.evaluated),
        proof: fromBase64url(paper.proof),
      });
      return {
        organisation,
        round: round.id,
        team: round.team.id,
        nonce: toBase64url(nonce),
        output: toBase64url(output),
        ...answers,
      };
    },
    async answer(answers) {
      return cast(server, await self.ballot(await self.openRound(), answers));
    },
    async reports(team) {
      const response = await get(team === undefined ? REPORTS_PATH : `${REPORTS_PATH}?team=${team}`);
      if (!response.ok) throw new Error(`No reports: ${await response.text()}`);
      return (await response.json()) as TeamReports;
    },
  };
  return self;
}

/** Sends a ballot as the browser does: without a word about who sends it. */
export function cast(server: TestServer, ballot: unknown): Promise<Response> {
  return Promise.resolve(
    server.app.request(BALLOTS_PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ballot),
    }),
  );
}

/** The same choice for every item of the learning pulse. */
export function allOf(choice: number, comment?: string): Answers {
  const items = (INSTRUMENTS[0]?.items ?? []).map(({ key }) => key);
  return {
    choices: Object.fromEntries(items.map((item) => [item, choice])),
    ...(comment === undefined ? {} : { comment }),
  };
}
