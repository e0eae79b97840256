import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { blind, finalize } from '../../src/client/poprf.ts';
import type { Ballot } from '../../src/contract/ballots.ts';
import type { OpenRounds, PaperRequest } from '../../src/contract/rounds.ts';
import { paperInfo } from '../../src/domain/ballot.ts';
import { points, type Instrument } from '../../src/domain/instrument.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import type { Roster } from '../../src/domain/roster.ts';
import { createApp } from '../../src/server/app.ts';
import { authenticator, type Issuer } from '../../src/server/auth/issuers.ts';
import { importInstrument } from '../../src/server/instruments/instruments.ts';
import { runDueWork } from '../../src/server/jobs/clockwork.ts';
import { fromBase64url, toBase64url } from '../../src/server/keys/base64url.ts';
import { masterOf } from '../../src/server/keys/master.ts';
import { startPoprf } from '../../src/server/keys/poprf.ts';
import { openRoundsOf } from '../../src/server/rounds/asked.ts';
import { takePaper } from '../../src/server/rounds/papers.ts';
import { castBallot } from '../../src/server/ballots/ballots.ts';
import { makeOrganisation } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { startSeries } from '../../src/server/rounds/series.ts';
import type { Services } from '../../src/server/services.ts';
import { openStore } from '../../src/server/store/store.ts';
import { CADENCE } from '../support/server.ts';
import { fillLog, type RealLog } from './log-world.ts';

/** Stands in every name, comment, key of a person and nonce: where it is found back, something was told. */
export const MARK = 'qzkanarie';

/** A choice that nobody could make: a number that is found back. */
export const MARKED_CHOICE = 735_190_642;

export const PUBLIC_URL = 'https://leerkring.example.org';
export const INTRANET = 'https://intranet.example.org';

const AUDIENCE = 'leerkring';
const GRACE = 600;

/** When all is sent. */
export const NOW = '2026-11-04T12:00:00Z';

/** Who asks, by a name that can be read in a counterexample; the token behind it is made when it is needed. */
export type Who = string;

/** A ballot that could be cast: its paper was really taken. */
export interface RealBallot {
  readonly scope: { readonly organisation: string; readonly round: string; readonly team: string };
  readonly proof: { readonly nonce: string; readonly output: string };
  readonly instrument: Instrument;
}

export interface Server {
  readonly app: Hono;
  /** All that was logged since this was last asked. */
  logged(): string;
}

/** Two organisations, open rounds of every instrument, closed ones with reports, real papers, and a learning log. */
export interface World {
  readonly services: Services;
  readonly people: readonly Who[];
  readonly strangers: readonly Who[];
  readonly organisations: readonly string[];
  readonly teams: readonly string[];
  readonly instruments: readonly Instrument[];
  /** Rounds that are open, and rounds that were closed. */
  readonly rounds: { readonly open: readonly string[]; readonly closed: readonly string[] };
  /** Requests of papers, each with who may ask it: taken before, and still to be taken. */
  readonly papers: readonly { readonly who: Who; readonly request: PaperRequest }[];
  readonly ballots: readonly RealBallot[];
  readonly log: RealLog;
  /** The Authorization header of somebody; nothing for nobody. */
  authorization(who: Who): Promise<string | undefined>;
  /** One more server on the same data, with a log of its own: what it says can be told from what others say. */
  server(): Server;
  /** What was said outside of these servers, so far. */
  readonly logged: () => string;
  /** What may be told to nobody, beside what bears the mark. */
  readonly secrets: ReadonlySet<string>;
  setNow(moment: string): void;
  ballotsInBoxes(): Promise<number>;
  close(): Promise<void>;
}

export async function makeWorld(): Promise<World> {
  let now = new Date('2026-10-05T10:00:00Z');
  let log = '';
  const write = (line: string) => { log += line; };
  const poprf = startPoprf();
  const store = await openStore({ kind: 'memory' });
  const services: Services = {
    database: store.database,
    master: masterOf('a-master-secret-for-fuzzing-of-at-least-32-characters'),
    poprf,
    log: pino({ level: 'trace', base: null }, { write }),
    now: () => now,
  };
  const restore = listenToConsole(write);
  const folder = await kitFolder();

  const organisations = ['noord', 'zuid'];
  const { issuers, tokens } = await signIn(organisations);
  const instruments = [...INSTRUMENTS, eleven()];
  for (const organisation of organisations) {
    await makeOrganisation(services, { id: organisation, name: `${MARK} ${organisation}` });
    await importInstrument(services.database, organisation, eleven(), now);
    await importRoster(services.database, organisation, ROSTER, { at: now, dryRun: false });
    for (const { key } of instruments) {
      await startSeries(services, organisation, { instrument: key, teams: ['all'], cadence: { ...CADENCE, startDate: '2026-10-02' } });
    }
  }

  const people = organisations.flatMap((organisation) => ROSTER.people.map(({ id }) => `${organisation}/${id}`));
  const secrets = new Set<string>();

  /** Takes papers of the rounds that are open now, for some of the people. */
  const takePapers = async (some: readonly Who[]): Promise<{ papers: World['papers']; ballots: RealBallot[] }> => {
    const papers: { who: Who; request: PaperRequest }[] = [];
    const ballots: RealBallot[] = [];
    for (const who of some) {
      const identity = identityOf(who);
      for (const round of await roundsOf(who)) {
        const scope = { organisation: identity.organisation, round: round.id, team: round.team.id };
        // A nonce that can be read: a browser's would be random.
        const nonce = fromBase64url(`${MARK}${randomBytes(24).toString('base64url')}`.padEnd(43, 'A').slice(0, 42) + 'A');
        const info = paperInfo(scope);
        const blinding = blind(nonce, fromBase64url(round.ballotKey.publicKey), info, new Uint8Array(randomBytes(48)));
        const request = { round: round.id, team: round.team.id, blinded: toBase64url(blinding.blinded) };
        const paper = await takePaper(services, identity, request);
        const output = finalize(nonce, blinding, info, { evaluated: fromBase64url(paper.evaluated), proof: fromBase64url(paper.proof) });
        const instrument = instruments.find(({ key }) => key === round.instrument.key);
        if (!instrument) throw new Error('A round asks an instrument that nobody knows.');
        papers.push({ who, request });
        ballots.push({ scope, proof: { nonce: toBase64url(nonce), output: toBase64url(output) }, instrument });
        for (const secret of [request.blinded, paper.evaluated, paper.proof, toBase64url(output)]) secrets.add(secret.slice(0, 24));
      }
    }
    return { papers, ballots };
  };
  const identityOf = (who: Who) => {
    const [organisation = '', person = ''] = who.split('/');
    return { organisation, person };
  };
  const roundsOf = async (who: Who): Promise<OpenRounds['rounds']> =>
    (await openRoundsOf(services, identityOf(who), undefined, 'en')).rounds;

  // October: a team answers, and the rounds close.
  await runDueWork(services, GRACE);
  const closedRounds = (await services.database.selectFrom('round').select('id').orderBy('id').execute()).map(({ id }) => id);
  // Ten of a team are enough for all figures; the arithmetic takes its time.
  for (const ballot of (await takePapers(people.slice(0, 13))).ballots) await castBallot(services, ballotOf(ballot, choicesOf(ballot.instrument, 3)));
  now = new Date('2026-10-20T12:00:00Z');
  await runDueWork(services, GRACE);
  // November: open, with papers in hand, and people who have not come yet.
  now = new Date(NOW);
  await runDueWork(services, GRACE);
  const openRounds = (await services.database.selectFrom('round').select('id').where('box_key', 'is not', null).orderBy('opens_at').execute()).map(({ id }) => id);
  const early = people.filter((_, index) => index % 4 === 0);
  const taken = await takePapers(early);
  const waiting: { who: Who; request: PaperRequest }[] = [];
  for (const who of people.filter((_, index) => index % 4 === 2)) {
    for (const round of await roundsOf(who)) {
      const info = paperInfo({ organisation: identityOf(who).organisation, round: round.id, team: round.team.id });
      const { blinded } = blind(new Uint8Array(randomBytes(32)), fromBase64url(round.ballotKey.publicKey), info, new Uint8Array(randomBytes(48)));
      waiting.push({ who, request: { round: round.id, team: round.team.id, blinded: toBase64url(blinded) } });
    }
  }

  const places = Object.entries(TEAMS).map(([team, size]) => ({
    team,
    members: Array.from({ length: size }, (_, index) => `${MARK}-${team.slice(0, 3)}-${String(index)}`),
  }));
  const learningLog = await fillLog(services, organisations, places.slice(0, 2), MARK);

  return {
    services,
    people,
    strangers: tokens.strangers,
    organisations,
    teams: ROSTER.teams.map(({ id }) => id),
    instruments,
    rounds: { open: openRounds, closed: closedRounds },
    papers: [...taken.papers, ...waiting],
    ballots: taken.ballots,
    log: learningLog,
    authorization: tokens.authorization,
    server() {
      let said = '';
      const say = (line: string) => { said += line; };
      const own = { ...services, log: pino({ level: 'trace', base: null }, { write: say }) };
      const app = createApp(own, {
        authenticate: authenticator(issuers, own.log),
        // The limits have a test of their own; here they would hide what lies behind them.
        limits: { person: () => Promise.resolve(), ballot: () => Promise.resolve() },
        ballotCount: { add: () => undefined, fail: () => { say('{"ballotCount":"fail"}\n'); }, stop: () => undefined },
        publicUrl: PUBLIC_URL,
        version: '0.0.0',
        corsOrigins: [INTRANET],
        browserFiles: folder,
      });
      return {
        app,
        logged() {
          const before = said;
          said = '';
          return before;
        },
      };
    },
    logged: () => log,
    secrets,
    setNow: (moment) => { now = new Date(moment); },
    async ballotsInBoxes() {
      const row = await services.database.selectFrom('box').select(({ fn }) => fn.countAll<string>().as('ballots')).executeTakeFirstOrThrow();
      return Number(row.ballots);
    },
    async close() {
      restore();
      await poprf.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function ballotOf({ scope, proof }: RealBallot, choices: Readonly<Record<string, number>>, comment?: string): Ballot {
  return { ...scope, ...proof, choices: { ...choices }, ...(comment === undefined ? {} : { comment }) };
}

function choicesOf(instrument: Instrument, choice: number): Record<string, number> {
  return Object.fromEntries(instrument.items.map(({ key }) => [key, Math.min(choice, points(instrument))]));
}

/** Eleven points and no open question: what the built-in instruments do not have. */
function eleven(): Instrument {
  const both = (text: string) => ({ nl: text, en: text });
  const labels = Array.from({ length: 11 }, (_, index) => String(index));
  return {
    key: 'eleven-points',
    version: 3,
    title: both('Eleven'),
    summary: both('From nought to ten.'),
    source: both('Made up.'),
    scale: { labels: { nl: labels, en: labels } },
    constructs: [{ key: 'one', title: both('One'), nextStep: both('Talk.') }, { key: 'lead', title: both('Lead'), about: 'leader', nextStep: both('Ask.') }],
    items: [
      { key: 'a', construct: 'one', text: both('A') },
      { key: 'b', construct: 'one', text: both('B'), reversed: true },
      { key: 'c', construct: 'lead', text: both('C') },
    ],
  };
}

const TEAMS = { hal: 12, kas: 9, 'team/with ~ odd & key?': 6, klein: 3 } as const;

const ROSTER: Roster = (() => {
  const memberships = Object.entries(TEAMS).flatMap(([team, size]) => [
    { person: `${MARK}-lead-${team.slice(0, 3)}`, team, role: 'leader' as const },
    ...Array.from({ length: size }, (_, index) => ({ person: `${MARK}-${team.slice(0, 3)}-${String(index)}`, team, role: 'member' as const })),
  ]);
  const all = [{ person: `${MARK}-chief`, team: 'all', role: 'leader' as const }, ...memberships];
  return {
    teams: [
      { id: 'all', name: 'Everybody', parent: null },
      ...Object.keys(TEAMS).map((id) => ({ id, name: `Team ${id}`, parent: 'all' })),
    ],
    people: all.map(({ person }) => ({ id: person, name: `${MARK} Naam ${person.slice(MARK.length)}` })),
    memberships: all,
  };
})();

/** Trusted issuers, and tokens of every kind: right, old, another's, odd, and what is no token at all. */
async function signIn(organisations: readonly string[]) {
  const [{ publicKey, privateKey }, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  const issuers: Issuer[] = organisations.map((organisation) => ({
    organisation, issuer: `urn:fuzz:${organisation}`, audience: AUDIENCE, keys, personClaim: 'sub', algorithms: ['ES256'],
  }));
  const signed = (payload: Record<string, unknown>, options: { key?: CryptoKey; header?: Record<string, unknown>; expires?: string } = {}) => {
    const token = new SignJWT(payload).setProtectedHeader({ alg: 'ES256', ...options.header });
    if (options.expires !== '') token.setExpirationTime(options.expires ?? '10m');
    return token.sign(options.key ?? (privateKey));
  };
  const of = (organisation: string, sub: unknown, more: Record<string, unknown> = {}) => ({
    iss: `urn:fuzz:${organisation}`, aud: AUDIENCE, sub, ...more,
  });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = (header: unknown, payload: unknown) => `${part(header)}.${part(payload)}.${MARK}`;
  const me = `${MARK}-hal-1`;
  const bearer = async (token: Promise<string> | string) => `Bearer ${await token}`;
  const strangers: Record<Who, () => Promise<string | undefined> | string | undefined> = {
    'nobody': () => undefined,
    'a person of no roster': () => bearer(signed(of('noord', `${MARK}-nobody`))),
    'a token that is too old': () => bearer(signed(of('noord', me), { expires: '-1h' })),
    'a token without an end': () => bearer(signed(of('noord', me), { expires: '' })),
    'a token from the future': () => bearer(signed(of('noord', me, { nbf: 4e9 }))),
    'a token with odd times': () => bearer(signed(of('noord', me, { nbf: MARK as unknown as number, iat: -1 }))),
    'another audience': () => bearer(signed(of('noord', me, { aud: [MARK] }))),
    'another issuer': () => bearer(signed(of('elders', me))),
    'an issuer that is no text': () => bearer(unsigned({ alg: 'ES256' }, { iss: { [MARK]: 1 }, sub: me })),
    'another key': () => bearer(signed(of('noord', me), { key: other.privateKey })),
    'a key by name': () => bearer(signed(of('noord', me), { header: { kid: `../../${MARK}` } })),
    'a critical header': () => bearer(unsigned({ alg: 'ES256', crit: [MARK], [MARK]: 1 }, of('noord', me))),
    'no signature': () => bearer(unsigned({ alg: 'none' }, of('noord', me))),
    'a symmetric signature': () => bearer(unsigned({ alg: 'HS256' }, of('noord', me))),
    'a header that is no object': () => bearer(unsigned(MARK, of('noord', me))),
    'a payload that is no object': () => bearer(unsigned({ alg: 'ES256' }, [MARK])),
    'no person': () => bearer(signed({ iss: 'urn:fuzz:noord', aud: AUDIENCE })),
    'a person that is empty': () => bearer(signed(of('noord', ''))),
    'a person that is a number': () => bearer(signed(of('noord', MARKED_CHOICE))),
    'a person that is an object': () => bearer(signed(of('noord', { [MARK]: 1 }))),
    'a person with NUL': () => bearer(signed(of('noord', `${MARK}\u0000`))),
    'a person with half a character': () => bearer(signed(of('noord', `${MARK}\ud800`))),
    'a person called __proto__': () => bearer(signed(of('noord', '__proto__'))),
    'a person with a long name': () => bearer(signed(of('noord', MARK.repeat(700)))),
    'a token twice': async () => { const token = await bearer(signed(of('noord', me))); return `${token}, ${token}`; },
    'a token with a blank': async () => (await bearer(signed(of('noord', me)))).replace('.', '. '),
    'half a token': async () => { const token = await bearer(signed(of('noord', me))); return token.slice(0, token.length / 2); },
    'a token with another ending': async () => `${(await bearer(signed(of('noord', me)))).slice(0, -8)}AAAAAAAA`,
    'a token under another scheme': async () => (await bearer(signed(of('noord', me)))).replace('Bearer', 'Token'),
    'a password': () => `Basic ${Buffer.from(`${MARK}:${MARK}`).toString('base64')}`,
    'a word': () => `Bearer ${MARK}`,
    'three dots': () => 'Bearer ...',
    'an empty header': () => '',
    'a very long header': () => `Bearer ${MARK.repeat(1500)}`,
  };
  const made = new Map<Who, { readonly header: string | undefined; readonly at: number }>();
  return {
    issuers,
    tokens: {
      strangers: Object.keys(strangers),
      async authorization(who: Who): Promise<string | undefined> {
        const before = made.get(who);
        if (before && Date.now() - before.at < 300_000) return before.header;
        const [organisation = '', ...person] = who.split('/');
        const stranger = strangers[who];
        const header = stranger ? await stranger() : await bearer(signed(of(organisation, person.join('/'))));
        made.set(who, { header, at: Date.now() });
        return header;
      },
    },
  };
}

/** A small folder of built files, as the server serves them. */
async function kitFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-fuzz-'));
  await mkdir(join(folder, 'kit', 'chunks'), { recursive: true });
  await writeFile(join(folder, 'kit', 'kring-pulse-survey.js'), 'export const here = 1;\n'.repeat(20));
  await writeFile(join(folder, 'kit', 'kring-pulse-survey.js.br'), 'not really compressed');
  await writeFile(join(folder, 'kit', 'chunks', 'part-AbCdEf12.js'), '');
  await writeFile(join(folder, 'secret.txt'), MARK);
  return folder;
}

/** A library may speak past the logger. */
function listenToConsole(write: (line: string) => void): () => void {
  const before = { ...globalThis.console };
  const heard = (...parts: unknown[]) => { write(`${parts.map(String).join(' ')}\n`); };
  Object.assign(globalThis.console, { log: heard, info: heard, warn: heard, error: heard, debug: heard });
  return () => { Object.assign(globalThis.console, before); };
}
