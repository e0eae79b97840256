import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { KeyServer } from '../../../test/support/key-server.ts';
import { rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { ProblemError } from '../http/problems.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';
import { authenticator, readIssuers, type Issuer } from './issuers.ts';
import { forgetPerson, personIn } from './people.ts';

const TENANT = 'a3b1c5d7-0f1e-4c2d-8b9a-112233445566';
const OTHER_TENANT = 'b4c2d6e8-0f1e-4c2d-8b9a-112233445566';
const CLIENT = '0f9e8d7c-1a2b-4c3d-9e8f-aabbccddeeff';
const APP_ID_URI = `api://leerkring.example.org/${CLIENT}`;
const OID = '11111111-2222-4333-8444-555555555555';

const seconds = () => Math.floor(Date.now() / 1000);

/** What a token of version 2.0 says; a field that is undefined is left out. */
function second(changed: Readonly<Record<string, unknown>> = {}): JWTPayload {
  const claims = {
    aud: CLIENT, iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, iat: seconds(), nbf: seconds(), exp: seconds() + 3600,
    azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', name: 'Bo', oid: OID, preferred_username: 'bo@example.org', scp: 'access_as_user', sub: 'pairwise', tid: TENANT, ver: '2.0',
    ...changed,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** And one of version 1.0. */
function first(changed: Readonly<Record<string, unknown>> = {}): JWTPayload {
  return second({ aud: APP_ID_URI, iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0', upn: 'bo@example.org', preferred_username: undefined, appid: 'x', ...changed });
}

const sign = (claims: JWTPayload, key: CryptoKey, kid = 'one') => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key);

async function kindOf(identity: Promise<unknown>): Promise<string> {
  try {
    await identity;
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.kind;
  }
  return 'let in';
}

describe('tokens of an Entra tenant', () => {
  const server = new KeyServer(TENANT);
  let key: CryptoKey;
  let folder = '';
  let issuers: Issuer[];
  before(async () => {
    await server.start();
    key = await server.addKey('one');
    folder = await mkdtemp(join(tmpdir(), 'leerkring-entra-'));
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    server.broken = false;
    server.givenUp = 0;
    server.keysAt = undefined;
    server.answer();
    issuers = await read();
  });

  async function read(changed: object = {}): Promise<Issuer[]> {
    const file = join(folder, 'issuers.json');
    const entra = { tenant: TENANT, clientId: CLIENT, appIdUri: APP_ID_URI, authority: server.address, ...changed };
    await writeFile(file, JSON.stringify([{ organisation: 'de-linde', entra }]));
    return readIssuers(file);
  }

  const ask = (token: string) => authenticator(issuers)(`Bearer ${token}`);

  it('are let in, of version 1.0 and 2.0', async () => {
    for (const claims of [first(), first({ aud: CLIENT }), second(), second({ scp: 'profile access_as_user' })]) {
      assert.deepEqual(await ask(await sign(claims, key)), { organisation: 'de-linde', person: OID });
    }
  });

  const refused: Readonly<Record<string, JWTPayload>> = {
    'for another app': second({ aud: OTHER_TENANT }),
    'of version 2.0 for the address of the app': second({ aud: APP_ID_URI }),
    'of another tenant': second({ iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`, tid: OTHER_TENANT }),
    'whose issuer is the tenant and whose tid is not': second({ tid: OTHER_TENANT }),
    'whose tid is the tenant and whose issuer is not': second({ iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0` }),
    'whose version is not that of its issuer': second({ ver: '1.0' }),
    'of version 1.0 from the issuer of 2.0': first({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0` }),
    'of an app without a person': second({ scp: undefined, roles: ['access_as_app'] }),
    'with another scope': second({ scp: 'User.Read' }),
    'with a scope that only looks alike': second({ scp: 'access_as_user2' }),
    'without an object id': second({ oid: undefined }),
    'with an object id that is none': second({ oid: 'bo@example.org' }),
    'without a tenant': second({ tid: undefined }),
    'that has expired': second({ exp: seconds() - 400 }),
    'that does not hold yet': second({ nbf: seconds() + 400 }),
    'that never expires': second({ exp: undefined }),
  };
  for (const [which, claims] of Object.entries(refused)) {
    it(`${which} are refused`, async () => {
      assert.equal(await kindOf(ask(await sign(claims, key))), 'signed-out');
    });
  }

  it('hold a minute longer, for clocks that differ', async () => {
    assert.equal((await ask(await sign(second({ exp: seconds() - 30 }), key))).person, OID);
    assert.equal((await ask(await sign(second({ nbf: seconds() + 30 }), key))).person, OID);
  });

  it('without a signature, or signed in another way, are refused', async () => {
    assert.equal(await kindOf(ask(new UnsecuredJWT(second()).encode())), 'signed-out');
    const { privateKey } = await generateKeyPair('PS256', { extractable: true });
    const other = await new SignJWT(second()).setProtectedHeader({ alg: 'PS256', kid: 'one' }).sign(privateKey);
    assert.equal(await kindOf(ask(other)), 'signed-out');
  });

  it('signed under a key that nobody knows are refused, and have the keys fetched at most once a minute', async () => {
    await ask(await sign(second(), key));
    const asked = server.asked;
    for (let time = 0; time < 5; time += 1) assert.equal(await kindOf(ask(await sign(second(), key, `unknown-${String(time)}`))), 'signed-out');
    assert.equal(server.asked, asked, 'they were fetched a moment ago');
  });

  for (const how of ['is broken', 'is well again']) {
    it(`signed under a key that nobody knows have a key server that ${how} asked at most once a minute`, async (test) => {
      await ask(await sign(second(), key));
      server.broken = true;
      test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
      assert.equal(await kindOf(ask(await sign(second(), key, 'unknown'))), 'unavailable');
      server.broken = how === 'is broken';
      const asked = server.asked;
      for (let time = 0; time < 5; time += 1) assert.equal(await kindOf(ask(await sign(second(), key, `unknown-${String(time)}`))), 'unavailable');
      assert.equal(server.asked, asked, 'it was asked a moment ago');
      assert.equal((await ask(await sign(second(), key))).person, OID);
      test.mock.timers.tick(61_000);
      assert.equal(await kindOf(ask(await sign(second(), key, 'unknown'))), how === 'is broken' ? 'unavailable' : 'signed-out');
      assert.ok(server.asked > asked);
      test.mock.timers.reset();
    });
  }

  it('signed under a key that came later are let in a minute after the last fetch', async (test) => {
    await ask(await sign(second(), key));
    const next = await server.addKey('two');
    const token = await sign(second({ exp: seconds() + 7200 }), next, 'two');
    assert.equal(await kindOf(ask(token)), 'signed-out');
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
    assert.equal((await ask(token)).person, OID);
    test.mock.timers.reset();
  });

  it('are let in by the keys that are known, when the key server can’t be reached, a day later too', async (test) => {
    await ask(await sign(second(), key));
    server.broken = true;
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * 60 * 60_000 });
    assert.equal((await ask(await sign(second({ iat: seconds(), nbf: seconds(), exp: seconds() + 60 }), key))).person, OID);
    test.mock.timers.reset();
  });

  it('are let in by the keys that are known while the key server leaves who asks without an answer', async (test) => {
    await ask(await sign(second(), key));
    const next = await server.addKey('three');
    server.hanging = true;
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * 60 * 60_000 });
    const later = { iat: seconds(), nbf: seconds(), exp: seconds() + 60 };
    for (let time = 0; time < 3; time += 1) assert.equal((await ask(await sign(second(later), key))).person, OID);
    assert.equal(server.givenUp, 0, 'nobody waited for it');
    // The keys that were asked for meanwhile come by themselves.
    const waiting = ask(await sign(second(later), next, 'three'));
    server.answer();
    assert.equal((await waiting).person, OID);
    test.mock.timers.reset();
  });

  it('can’t be checked while the key server was never reached, and are soon after it is', async (test) => {
    server.broken = true;
    const token = await sign(second(), key);
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const asked = server.asked;
    for (let time = 0; time < 5; time += 1) assert.equal(await kindOf(ask(token)), 'unavailable');
    assert.equal(server.asked, asked + 1, 'it was asked a moment ago');
    server.broken = false;
    test.mock.timers.tick(6_000);
    assert.equal((await ask(token)).person, OID);
    test.mock.timers.reset();
  });

  it('are not checked by keys that would come over http', async () => {
    // Were they asked for there, they would be had: it is this machine, under another name.
    server.keysAt = `${server.address.replace('127.0.0.1', '[::ffff:127.0.0.1]')}/keys`;
    assert.equal(await kindOf(ask(await sign(second(), key))), 'unavailable');
  });

  it('are let in where the settings end the authority with a slash', async () => {
    issuers = await read({ authority: `${server.address}/` });
    assert.equal((await ask(await sign(second(), key))).person, OID);
  });

  for (const [what, changed, pattern] of [
    ['a tenant that is no id', { tenant: 'contoso' }, /at 0\.entra\.tenant/],
    ['a client that is no id', { clientId: '' }, /at 0\.entra\.clientId/],
    ['an App ID URI that is none', { appIdUri: 'https://x' }, /at 0\.entra\.appIdUri/],
    ['an authority over http', { authority: 'http://login.example.org' }, /at 0\.entra\.authority/],
  ] as const) {
    it(`are not looked at where the settings have ${what}`, async () => {
      await assert.rejects(read(changed), pattern);
    });
  }
});

describe('the name that a token of an Entra tenant finds somebody by', () => {
  const keys = new KeyServer(TENANT);
  let key: CryptoKey;
  let folder = '';
  before(async () => {
    await keys.start();
    key = await keys.addKey('one');
    folder = await mkdtemp(join(tmpdir(), 'leerkring-entra-'));
    const entra = { tenant: TENANT, clientId: CLIENT, appIdUri: APP_ID_URI, authority: keys.address };
    await writeFile(join(folder, 'issuers.json'), JSON.stringify([{ organisation: 'de-linde', entra }]));
  });
  after(async () => {
    await keys.stop();
    await rm(folder, { recursive: true });
  });

  async function nameFoundBy(claims: JWTPayload): Promise<string | undefined> {
    const asked: (string | undefined)[] = [];
    const issuers = await readIssuers(join(folder, 'issuers.json'));
    await authenticator(issuers, undefined, ({ principalName, oid }) => Promise.resolve(asked.push(principalName) > 0 ? oid : ''))(`Bearer ${await sign(claims, key)}`);
    assert.equal(asked.length, 1);
    return asked[0];
  }

  const NAME = 'bo@example.org';
  const members: Readonly<Record<string, JWTPayload>> = {
    'of version 1.0': first(),
    'of version 2.0': second(),
    'of version 2.0, with the claims that the app asks for': second({ upn: NAME, acct: 0, preferred_username: 'other@example.org' }),
    'whose identity provider is the tenant itself': first({ idp: `https://sts.windows.net/${TENANT}/` }),
    'of version 2.0 whose identity provider is the tenant itself': second({ idp: `https://login.microsoftonline.com/${TENANT}/v2.0` }),
  };
  for (const [which, claims] of Object.entries(members)) {
    it(`is that of a member, ${which}`, async () => { assert.equal(await nameFoundBy(claims), NAME); });
  }

  // In version 2.0 a guest's name is the address at home, which may be an employee's in the roster.
  const guests: Readonly<Record<string, JWTPayload>> = {
    'from another tenant, of version 2.0': second({ idp: `https://sts.windows.net/${OTHER_TENANT}/` }),
    'from another tenant, of version 1.0': first({ idp: `https://sts.windows.net/${OTHER_TENANT}/` }),
    'with an account of Microsoft’s own': second({ idp: 'live.com' }),
    'who got a code by mail': second({ idp: 'mail' }),
    'whose identity provider is not even a text': second({ idp: null }),
    'who is called one, of version 2.0': second({ acct: 1 }),
    'who is called one, of version 1.0': first({ acct: '1' }),
    'by the name in the directory, of version 1.0': first({ upn: 'bo_example.org#EXT#@tenant.example.org' }),
    'by the name in the directory, of version 2.0': second({ upn: 'bo_example.org#ext#@tenant.example.org' }),
  };
  for (const [which, claims] of Object.entries(guests)) {
    it(`is none for a guest ${which}`, async () => { assert.equal(await nameFoundBy(claims), undefined); });
  }
});

onEachDatabase('people of an Entra tenant', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  const find = (organisation: string, oid: string, principalName?: string, tenant = TENANT) =>
    personIn(server.services.database)({ organisation, tenant, oid, principalName });
  const named = (name: string) => {
    const { teams, people, memberships } = rosterOf({ a: 2 });
    const rename = (id: string) => (id === 'a-1' ? name : id);
    return { teams, people: people.map((one) => ({ ...one, id: rename(one.id) })), memberships: memberships.map((one) => ({ ...one, person: rename(one.person) })) };
  };

  it('are who they are in the roster by their object id', async () => {
    const organisation = await testOrganisation(server, {}, { roster: named(OID) });
    assert.equal(await find(organisation, OID, 'bo@example.org'), OID);
    const letters = 'abcdefab-2222-4333-8444-555555555555';
    const capitals = await testOrganisation(server, {}, { roster: named(letters.toUpperCase()) });
    assert.equal(await find(capitals, letters, 'bo@example.org'), letters.toUpperCase());
  });

  it('are found by the name that they sign in with once, and by their object id from then on', async () => {
    const organisation = await testOrganisation(server, {}, { roster: named('Bo@example.org') });
    assert.equal(await find(organisation, OID, 'bo@EXAMPLE.org'), 'Bo@example.org');
    assert.equal(await find(organisation, OID, 'bo.renamed@example.org'), 'Bo@example.org');
    assert.equal(await find(organisation, OID), 'Bo@example.org');
    // Who is given the name later is somebody else.
    assert.equal(await find(organisation, 'another', 'bo@example.org'), `entra:${TENANT}:another`);
    assert.equal(await find(organisation, 'guest', 'bo_example.org#EXT#@tenant.example.org'), `entra:${TENANT}:guest`);
  });

  it('once pinned, are nobody else’s in another tenant, whatever its object ids are', async () => {
    const organisation = await testOrganisation(server, {}, { roster: named('bo@example.org') });
    assert.equal(await find(organisation, OID, 'bo@example.org'), 'bo@example.org');
    assert.equal(await find(organisation, OID, undefined, OTHER_TENANT), `entra:${OTHER_TENANT}:${OID}`);
    assert.equal(await find(organisation, OID, 'bo@example.org', OTHER_TENANT), `entra:${OTHER_TENANT}:${OID}`);
  });

  it('are one account, when two with one name come at the same time', async () => {
    const organisation = await testOrganisation(server, {}, { roster: named('bo@example.org') });
    const found = await Promise.all(['one', 'two', 'three'].map((oid) => find(organisation, oid, 'bo@example.org')));
    assert.equal(found.filter((person) => person === 'bo@example.org').length, 1);
  });

  it('are forgotten when they leave the roster, and when an administrator says so', async () => {
    const organisation = await testOrganisation(server, {}, { roster: named('bo@example.org') });
    await find(organisation, 'old', 'bo@example.org');
    const at = server.services.now();
    await importRoster(server.services.database, organisation, rosterOf({ a: 2 }), { at, dryRun: false });
    assert.equal(await find(organisation, 'old', 'bo@example.org'), `entra:${TENANT}:old`);
    await importRoster(server.services.database, organisation, named('bo@example.org'), { at, dryRun: false });
    assert.equal(await find(organisation, 'new', 'bo@example.org'), 'bo@example.org');
    await forgetPerson(server.services, organisation, 'bo@example.org');
    assert.equal(await find(organisation, 'newer', 'bo@example.org'), 'bo@example.org');
    await assert.rejects(forgetPerson(server.services, organisation, 'nobody@example.org'), /No account is known/);
  });
});
