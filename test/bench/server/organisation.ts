import { randomBytes } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { blind } from '../../../src/client/poprf.ts';
import { paperInfo } from '../../../src/domain/ballot.ts';
import { INSTRUMENTS } from '../../../src/domain/instruments.ts';
import { rosterOf } from '../../support/server.ts';
import { createApp } from '../../../src/server/app.ts';
import { authenticator, type Issuer } from '../../../src/server/auth/issuers.ts';
import { UNCOUNTED } from '../../../src/server/ballots/ballot-count.ts';
import { runDueWork } from '../../../src/server/jobs/clockwork.ts';
import { toBase64url } from '../../../src/server/keys/base64url.ts';
import { masterOf, newSecret } from '../../../src/server/keys/master.ts';
import type { Poprf } from '../../../src/server/keys/poprf.ts';
import { makeOrganisation } from '../../../src/server/organisations/organisations.ts';
import { importRoster } from '../../../src/server/roster/roster.ts';
import { startSeries } from '../../../src/server/rounds/series.ts';
import type { Services } from '../../../src/server/services.ts';
import type { Store } from '../../../src/server/store/store.ts';

const DAY = 86_400_000;

/** The instrument that everything is asked with. */
const PULSE = 'learning-pulse';

/** Answers to all items of the pulse, and a short comment now and then. */
export function answersNumber(index: number): { choices: Record<string, number>; comment?: string } {
  const items = INSTRUMENTS.find(({ key }) => key === PULSE)?.items ?? [];
  const choices = Object.fromEntries(items.map(({ key }, item) => [key, 1 + ((index * 7 + item * 3) % 5)]));
  return index % 10 === 0 ? { choices, comment: `Een opmerking, de ${String(index)}e.` } : { choices };
}

/** The master secret of all that is measured. */
export const SECRET = newSecret();

export interface BenchServices extends Services {
  readonly requests: Store['requests'];
}

export function servicesOn(store: Store, poprf: Poprf, now: () => Date = () => new Date()): BenchServices {
  return { ...store, master: masterOf(SECRET), poprf, log: pino({ level: 'silent' }), now };
}

/**
 * An organisation with an open round, asked today.
 * @param sizes how many people are in each team
 */
export async function openOrganisation(services: Services, id: string, sizes: Readonly<Record<string, number>>): Promise<string> {
  const { database } = services;
  await makeOrganisation(services, { id, name: `Organisation ${id}` });
  await importRoster(database, id, rosterOf(sizes), { at: services.now(), dryRun: false });
  await startSeries(services, id, {
    instrument: PULSE,
    teams: ['all'],
    cadence: {
      startDate: new Date(services.now().getTime() - DAY).toISOString().slice(0, 10),
      every: 12,
      unit: 'month',
      opens: '00:00',
      closes: '23:00',
      openDays: 20,
      timeZone: 'UTC',
    },
  });
  await runDueWork(services, 600);
  const round = await database.selectFrom('round').select('id').where('organisation', '=', id).executeTakeFirstOrThrow();
  return round.id;
}

/** So many teams of so many people, `t0`, `t1` and on. */
export function teamsOf(count: number, size: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${String(index)}`, size]));
}

/** Whose tokens are trusted, and a token for anybody. */
export async function makeIssuer(organisation: string): Promise<{ readonly issuer: Issuer; readonly token: (person: string) => Promise<string> }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const issuer = `urn:bench:${organisation}`;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  return {
    issuer: { organisation, issuer, audience: 'leerkring', keys, personClaim: 'sub', algorithms: ['ES256'] },
    token: (person) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setAudience('leerkring')
        .setSubject(person)
        .setExpirationTime('30m')
        .sign(privateKey),
  };
}

/** An app with nothing in its way: no limits, nothing counted. */
export function appOf(services: BenchServices, issuer: Issuer) {
  return createApp({ ...services, database: services.requests }, {
    authenticate: authenticator([issuer]),
    limits: { person: () => Promise.resolve(), ballot: () => Promise.resolve() },
    ballotCount: UNCOUNTED,
    publicUrl: 'http://127.0.0.1',
    version: '',
    corsOrigins: [],
  });
}

/** What a client would send for one person, worked out beforehand. */
export interface Prepared {
  readonly person: string;
  readonly team: string;
  readonly info: Uint8Array;
  readonly nonce: Uint8Array;
  readonly blinded: Uint8Array;
  readonly paper: string;
}

export function prepare(scope: { organisation: string; round: string; team: string }, person: string, publicKey: Uint8Array): Prepared {
  const info = paperInfo(scope);
  const nonce = new Uint8Array(randomBytes(32));
  const { blinded } = blind(nonce, publicKey, info, new Uint8Array(randomBytes(48)));
  const paper = JSON.stringify({ round: scope.round, team: scope.team, blinded: toBase64url(blinded) });
  return { person, team: scope.team, info, nonce, blinded, paper };
}
