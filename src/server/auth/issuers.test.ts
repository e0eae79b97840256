import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose';
import { ProblemError } from '../http/problems.ts';
import { SettingsError } from '../settings.ts';
import { authenticator, readIssuers, type Issuer } from './issuers.ts';

const ISSUER = 'https://sign-in.example.org';
const AUDIENCE = 'leerkring';

interface Signer {
  readonly keySet: JSONWebKeySet;
  readonly publicKey: CryptoKey;
  sign(claims: JWTPayload, header?: { readonly kid?: string }): Promise<string>;
}

async function newSigner(kid: string, alg = 'ES256'): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    publicKey,
    keySet: { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] },
    sign: (claims, header = {}) => new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

/** Claims that are good; `seconds` is how long they hold from now. */
function claims(changed: JWTPayload = {}, seconds = 300): JWTPayload {
  return { iss: ISSUER, aud: AUDIENCE, sub: 'bo', exp: Math.floor(Date.now() / 1000) + seconds, ...changed };
}

function without(name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims()).filter(([claim]) => claim !== name));
}

function issuerWith(signer: Signer, changed: Partial<Issuer> = {}): Issuer {
  return {
    organisation: 'de-linde',
    issuer: ISSUER,
    audience: AUDIENCE,
    keys: createLocalJWKSet(signer.keySet),
    personClaim: 'sub',
    algorithms: ['ES256', 'RS256', 'PS256', 'EdDSA'],
    ...changed,
  };
}

async function assertProblem(identity: Promise<unknown>, kind: string): Promise<void> {
  await assert.rejects(identity, (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.kind, kind);
    return true;
  });
}

describe('a token', () => {
  let signer: Signer;
  let stranger: Signer;
  before(async () => {
    signer = await newSigner('one');
    stranger = await newSigner('one');
  });

  const identityOf = async (token: string, ...issuers: Issuer[]) =>
    authenticator(issuers.length > 0 ? issuers : [issuerWith(signer)])(`Bearer ${token}`);

  it('that is good says who somebody is', async () => {
    assert.deepEqual(await identityOf(await signer.sign(claims())), { organisation: 'de-linde', person: 'bo' });
  });

  it('may name the person in another claim, and be for several audiences', async () => {
    const token = await signer.sign(claims({ aud: ['other', AUDIENCE], oid: 'cem' }));
    const identity = await identityOf(token, issuerWith(signer, { personClaim: 'oid' }));
    assert.deepEqual(identity, { organisation: 'de-linde', person: 'cem' });
  });

  for (const alg of ['RS256', 'PS256', 'EdDSA']) {
    it(`may be signed by ${alg}`, async () => {
      const other = await newSigner('two', alg);
      assert.equal((await identityOf(await other.sign(claims()), issuerWith(other))).person, 'bo');
    });
  }

  const refused: Readonly<Record<string, () => Promise<string>>> = {
    'for another audience': () => signer.sign(claims({ aud: 'payroll' })),
    'from another issuer': () => signer.sign(claims({ iss: 'https://elsewhere.example.org' })),
    'without an issuer': () => signer.sign(without('iss')),
    'that has expired': () => signer.sign(claims({}, -120)),
    'that never expires': () => signer.sign(without('exp')),
    'that is not valid yet': () => signer.sign(claims({ nbf: Math.floor(Date.now() / 1000) + 240 })),
    'without the person’s claim': () => signer.sign(without('sub')),
    'with an empty person': () => signer.sign(claims({ sub: '' })),
    'signed by somebody else under a known key’s name': () => stranger.sign(claims()),
    'signed under a key that nobody knows': () => signer.sign(claims(), { kid: 'unknown' }),
    'without a signature (alg none)': () => Promise.resolve(new UnsecuredJWT(claims()).encode()),
    'that is no token': () => Promise.resolve('abc.def.ghi'),
  };
  for (const [which, make] of Object.entries(refused)) {
    it(`${which} is refused`, async () => {
      await assertProblem(identityOf(await make()), 'signed-out');
    });
  }

  it('made with the public key as a shared secret (HS256) is refused', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(signer.publicKey));
    const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    await assertProblem(identityOf(token), 'signed-out');
  });

  it('with a person who is a number is refused', async () => {
    const token = await signer.sign(claims({ number: 7 }));
    await assertProblem(identityOf(token, issuerWith(signer, { personClaim: 'number' })), 'signed-out');
  });

  it('by an algorithm that this issuer does not use is refused', async () => {
    await assertProblem(
      identityOf(await signer.sign(claims()), issuerWith(signer, { algorithms: ['RS256'] })),
      'signed-out',
    );
  });

  it('holds for a minute longer, for clocks that differ', async () => {
    assert.equal((await identityOf(await signer.sign(claims({}, -30)))).person, 'bo');
  });

  it('that is refused leaves the reason in the log, and nothing of its owner; one that grew old leaves nothing', async () => {
    const signer = await newSigner('noted');
    const stranger = await newSigner('noted');
    const lines: unknown[] = [];
    const authenticate = authenticator([issuerWith(signer)], { warn: (line: unknown) => { lines.push(line); } });
    const tokens = [
      await signer.sign(claims({ aud: 'another' })),
      await stranger.sign(claims()),
      await signer.sign(claims({ iss: 'https://elsewhere.example.org' })),
      await signer.sign(claims({}, -3600)),
    ];
    for (const token of tokens) await assert.rejects(authenticate(`Bearer ${token}`), ProblemError);
    assert.deepEqual(lines, [
      { reasons: ['the claim aud'] },
      { reasons: ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED'] },
      { reasons: ['an issuer that is not trusted'] },
    ]);
  });

  it('has to be there, as a bearer token', async () => {
    const authenticate = authenticator([issuerWith(signer)]);
    const token = await signer.sign(claims());
    for (const header of [undefined, '', token, `Basic ${token}`, `Bearer ${token}, Bearer ${token}`]) {
      await assertProblem(authenticate(header), 'signed-out');
    }
    assert.equal((await authenticate(`bearer ${token}`)).person, 'bo');
  });

  it('of two issuers with one name belongs to the one whose audience and key it has', async () => {
    const issuers = [
      issuerWith(signer, { audience: 'first' }),
      issuerWith(stranger, { organisation: 'de-beuk', audience: 'second' }),
    ];
    assert.equal((await identityOf(await signer.sign(claims({ aud: 'first' })), ...issuers)).organisation, 'de-linde');
    assert.equal(
      (await identityOf(await stranger.sign(claims({ aud: 'second' })), ...issuers)).organisation,
      'de-beuk',
    );
    await assertProblem(identityOf(await signer.sign(claims({ aud: 'second' })), ...issuers), 'signed-out');
  });
});

describe('an issuer whose keys are at an address', () => {
  let signer: Signer;
  let answer: { status: number; body: string };
  let server: Server;
  let folder = '';
  let address = '';
  before(async () => {
    signer = await newSigner('one');
    server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
    address = await addressOf(server);
    folder = await mkdtemp(join(tmpdir(), 'leerkring-issuers-'));
  });
  after(async () => {
    await closed(server);
    await rm(folder, { recursive: true });
  });

  async function issuersAt(...places: readonly string[]): Promise<Issuer[]> {
    const file = join(folder, 'issuers.json');
    const list = places.map((jwks, index) => ({
      organisation: `number-${String(index)}`,
      issuer: ISSUER,
      audience: AUDIENCE,
      jwks,
    }));
    await writeFile(file, JSON.stringify(list));
    return readIssuers(file);
  }

  it('is asked for them', async () => {
    answer = { status: 200, body: JSON.stringify(signer.keySet) };
    const identity = await authenticator(await issuersAt(address))(`Bearer ${await signer.sign(claims())}`);
    assert.deepEqual(identity, { organisation: 'number-0', person: 'bo' });
  });

  for (const [what, given] of [
    ['answers with an error', { status: 500, body: 'broken' }],
    ['answers with a page', { status: 200, body: '<!doctype html>' }],
    ['answers with something else than keys', { status: 200, body: '{}' }],
  ] as const) {
    it(`that ${what} makes the service unavailable, and nobody signed out`, async () => {
      answer = given;
      await assertProblem(
        authenticator(await issuersAt(address))(`Bearer ${await signer.sign(claims())}`),
        'unavailable',
      );
    });
  }

  it('that does not answer makes the service unavailable, and nobody signed out', async () => {
    const gone = createServer();
    const place = await addressOf(gone);
    await closed(gone);
    const token = await signer.sign(claims());
    await assertProblem(authenticator(await issuersAt(place))(`Bearer ${token}`), 'unavailable');

    answer = { status: 200, body: JSON.stringify(signer.keySet) };
    const identity = await authenticator(await issuersAt(place, address))(`Bearer ${token}`);
    assert.equal(identity.organisation, 'number-1', 'another issuer of that name still knows the token');
  });
});

describe('the list of issuers', () => {
  let folder = '';
  before(async () => { folder = await mkdtemp(join(tmpdir(), 'leerkring-issuers-')); });
  after(async () => rm(folder, { recursive: true }));

  const entry = { organisation: 'de-linde', issuer: ISSUER, audience: AUDIENCE, jwks: 'keys.json' };

  async function read(list: unknown): Promise<Issuer[]> {
    const file = join(folder, 'issuers.json');
    await writeFile(file, typeof list === 'string' ? list : JSON.stringify(list));
    return readIssuers(file);
  }

  it('takes keys from a file beside it', async () => {
    const signer = await newSigner('one');
    await writeFile(join(folder, 'keys.json'), JSON.stringify(signer.keySet));
    const identity = await authenticator(await read([entry]))(`Bearer ${await signer.sign(claims())}`);
    assert.deepEqual(identity, { organisation: 'de-linde', person: 'bo' });
  });

  const wrong: Readonly<Record<string, readonly [unknown, RegExp]>> = {
    'is no JSON': ['[', /is not valid JSON/],
    'is empty': [[], /ISSUERS_FILE/],
    'leaves something out': [[{ ...entry, audience: undefined }], /at 0\.audience/],
    'has something that we do not know': [[{ ...entry, audiance: 'x' }], /at 0\.audiance/],
    'trusts a shared secret': [[{ ...entry, algorithms: ['HS256'] }], /at 0\.algorithms\.0/],
    'trusts no signature': [[{ ...entry, algorithms: ['none'] }], /at 0\.algorithms\.0/],
    'fetches keys over http': [[{ ...entry, jwks: 'http://sign-in.example.org/keys' }], /must be fetched over https/],
    'names a file that is not there': [[{ ...entry, jwks: 'missing.json' }], /missing\.json does not exist/],
    'names a file that holds no keys': [[{ ...entry, jwks: 'issuers.json' }], /is not a JSON Web Key Set/],
  };
  for (const [what, [list, pattern]] of Object.entries(wrong)) {
    it(`is refused when it ${what}`, async () => {
      await assert.rejects(read(list), (error: unknown) => {
        assert.ok(error instanceof SettingsError, String(error));
        assert.match(error.message, pattern);
        return true;
      });
    });
  }

  it('is refused when a key beside it can’t be read', async () => {
    await writeFile(join(folder, 'broken-keys.json'), JSON.stringify({ keys: [{ kty: 'RSA' }] }));
    const list = join(folder, 'broken.json');
    await writeFile(list, JSON.stringify([{ organisation: 'o', issuer: 'i', audience: 'a', jwks: 'broken-keys.json' }]));
    await assert.rejects(readIssuers(list), /broken-keys\.json .*can't be read/);
  });

  it('is refused when it is not there', async () => {
    await assert.rejects(readIssuers(join(folder, 'nothing.json')), /ISSUERS_FILE: .*nothing\.json does not exist/);
  });
});

async function addressOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return `http://127.0.0.1:${String(address.port)}/keys`;
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => { server.close(resolve); });
}
