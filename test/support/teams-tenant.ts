import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import { SignJWT, type CryptoKey } from 'jose';
import type { Browser, BrowserContext } from 'playwright-core';
import { LOG_ENTRIES_PATH, helpsPath } from '../../src/contract/learning-log-paths.ts';
import type { Entry } from '../../src/contract/learning-log.ts';
import { runDueWork } from '../../src/server/jobs/clockwork.ts';
import { startPoprf } from '../../src/server/keys/poprf.ts';
import { makeOrganisation } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { startSeries } from '../../src/server/rounds/series.ts';
import { openStore } from '../../src/server/store/store.ts';
import { setContact } from '../../src/server/organisations/contact.ts';
import { build } from '../../tools/build.js';
import { launchChromium } from './chromium.ts';
import { freePort } from './databases.ts';
import { KeyServer } from './key-server.ts';
import { launchServer } from './production.ts';
import { allOf, personOf, rosterOf, TEST_SECRET, testServer, type TestPerson } from './server.ts';

/** Where people reach the app. */
export const APP = 'https://leerkring.example.org';

export const TENANT = 'a3b1c5d7-0f1e-4c2d-8b9a-112233445566';
export const CLIENT = '0f9e8d7c-1a2b-4c3d-9e8f-aabbccddeeff';
const DAY = 86_400_000;
const ORGANISATION = 'de-linde';

/** A server of an organisation whose people sign in with Entra: the production build, in a process of its own. */
export interface TeamsTenant {
  /** Where it listens, behind `APP`. */
  readonly address: string;
  /** An entry that a colleague asked `a-1` a peer review on. */
  readonly entry: string;
  /** And the request. */
  readonly help: string;
  /** The first round that was released, before the one that is shown. */
  readonly earlier: string;
  /** What Entra gives Teams for somebody of the roster. */
  tokenFor(person: string): Promise<string>;
  stop(): Promise<void>;
}

/** What a file of tests has of one tenant: a browser for all of them, and for each a window of its own. */
export interface OnTenant {
  readonly browser: Browser;
  readonly tenant: TeamsTenant;
  readonly context: BrowserContext;
}

/** Has what it returns begin and end with the tests that stand around the call. */
export function onTenant(): OnTenant {
  const on = {} as { -readonly [Part in keyof OnTenant]: OnTenant[Part] };
  before(async () => {
    on.browser = await launchChromium();
    on.tenant = await startTenant();
  });
  after(async () => {
    await on.browser.close();
    await on.tenant.stop();
  });
  beforeEach(async () => {
    on.context = await on.browser.newContext({ viewport: { width: 900, height: 900 }, locale: 'en-GB' });
  });
  afterEach(() => on.context.close());
  return on;
}

/**
 * Team `a` of eight with two rounds that are released, in which all answered, and one that is open; the check-in is not
 * held. `chief` leads it too, besides all of the organisation. `a-1` has an intention to look back on, and was asked for a
 * peer review and an intervision.
 */
async function startTenant(): Promise<TeamsTenant> {
  await build({ only: 'runs' });
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-teams-'));
  const keys = new KeyServer(TENANT);
  await keys.start();
  const key = await keys.addKey('one');
  const issuers = join(folder, 'issuers.json');
  const entra = { tenant: TENANT, clientId: CLIENT, appIdUri: `api://leerkring.example.org/${CLIENT}`, authority: keys.address };
  await writeFile(issuers, JSON.stringify([{ organisation: ORGANISATION, entra }]));
  const data = join(folder, 'data');
  const filled = await fill(data);
  const port = await freePort();
  const server = launchServer(folder, {
    LEERKRING_SECRET: TEST_SECRET,
    ISSUERS_FILE: issuers,
    DATA_DIR: data,
    PORT: String(port),
    PUBLIC_URL: APP,
    TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
    FRAME_ANCESTORS: 'https://teams.microsoft.com https://*.cloud.microsoft https://portal.example.org',
    CORS_ORIGINS: 'https://intranet.example.org',
  });
  await server.said('is ready');
  return {
    address: `http://127.0.0.1:${String(port)}`,
    ...filled,
    tokenFor: (person) => tokenOf(person, key),
    async stop() {
      await server.end('SIGTERM');
      await keys.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fill(data: string): Promise<Pick<TeamsTenant, 'entry' | 'help' | 'earlier'>> {
  const poprf = startPoprf();
  const store = await openStore({ kind: 'folder', folder: data });
  try {
    const now = new Date();
    const ago = (days: number) => new Date(now.getTime() - days * DAY).toISOString();
    const server = await testServer(store, poprf, ago(45));
    const { services } = server;
    await makeOrganisation(services, { id: ORGANISATION, name: 'De Linde' });
    await setContact(services, ORGANISATION, 'people@example.org');
    const roster = rosterOf({ a: 8 });
    const memberships = [...roster.memberships, { person: 'chief', team: 'a', role: 'leader' as const }];
    await importRoster(services.database, ORGANISATION, { ...roster, memberships }, { at: services.now(), dryRun: false });
    await startSeries(services, ORGANISATION, {
      instrument: 'learning-pulse',
      teams: ['all'],
      cadence: { startDate: ago(14).slice(0, 10), every: 1, unit: 'week', opens: '00:00', closes: '23:00', openDays: 4, timeZone: 'UTC' },
    });
    const [mine, theirs, others] = ['a-1', 'a-2', 'a-3'].map((person) => personOf(server, ORGANISATION, person)) as [TestPerson, TestPerson, TestPerson];
    const send = async (person: TestPerson, path: string, about: object) => {
      const sent = await person.send('POST', path, about);
      assert.equal(sent.status, 200, await sent.clone().text());
      return (await sent.json()) as unknown;
    };
    const write = async (person: TestPerson, about: object) => (await send(person, LOG_ENTRIES_PATH, about)) as Entry;
    await write(mine, { key: randomUUID(), kind: 'insight', text: 'Asking first saved a week.', different: '**Ask** before I start.' });
    for (const [opened, closed, choice] of [[13, 8, 3], [6, 1, 4]] as const) {
      server.setNow(ago(opened));
      await runDueWork(services, 0);
      for (let member = 1; member <= 8; member += 1) {
        await personOf(server, ORGANISATION, `a-${String(member)}`).answer(allOf(choice + (member % 2)));
      }
      server.setNow(ago(closed));
      await runDueWork(services, 0);
    }
    const { rounds } = await mine.reports();
    const asked = await write(theirs, { key: randomUUID(), kind: 'question', text: `How do you hand over on a Friday?\n\n- Which calls first?\n${'- What can wait until Monday?\n'.repeat(12)}`, audience: { scope: 'team', team: 'a' } });
    const { helps } = (await send(theirs, helpsPath(asked.id), { key: randomUUID(), kind: 'peer-review', people: ['a-1'], question: 'What would you do?' })) as Entry;
    const stuck = await write(others, { key: randomUUID(), kind: 'mistake', text: 'A meeting in which nobody spoke.', audience: { scope: 'team', team: 'a' } });
    await send(others, helpsPath(stuck.id), { key: randomUUID(), kind: 'intervision', people: ['a-1'], question: 'What do I not see?' });
    server.setNow(now.toISOString());
    await runDueWork(services, 600);
    return { entry: asked.id, help: helps[0]?.id ?? '', earlier: rounds[1]?.id ?? '' };
  } finally {
    await store.close();
    await poprf.close();
  }
}

async function tokenOf(person: string, key: CryptoKey): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  const number = /\d+$/.exec(person)?.[0] ?? '0';
  return new SignJWT({
    aud: CLIENT,
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
    oid: `11111111-2222-4333-8444-${(person.endsWith('-lead') ? '9' : number).padStart(12, '0')}`,
    preferred_username: person,
    scp: 'access_as_user',
    tid: TENANT,
    ver: '2.0',
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'JWT' })
    .sign(key);
}
