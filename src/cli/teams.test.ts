import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decode, encode } from 'fast-png';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { checkPackage, type Schemas } from '../../manifest/check.ts';
import { run as runProgram } from '../../test/support/checkout.ts';
import { testServer } from '../../test/support/server.ts';
import { build } from '../../tools/build.js';
import { readIssuers } from '../server/auth/issuers.ts';
import { startPoprf } from '../server/keys/poprf.ts';
import { openStore } from '../server/store/store.ts';
import { run } from './run.ts';
import { appIdFor } from './teams.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BASE = 'https://leerkring.example.org';
const CLIENT = '8f3c1a52-0d4e-4b6a-9c77-1e2f3a4b5c6d';
const TENANT = '3d5a9b10-7c2e-4f81-b0aa-6d7e8f901234';
const PACKAGE = ['teams', 'package', '--base-url', BASE, '--client-id', CLIENT] as const;

let top = '';
/** Where the test at hand works, with nothing in it. */
let cwd = '';
let made = 0;

before(async () => {
  assert.notEqual(await build({ only: 'teams' }), 'failed');
  top = await mkdtemp(join(tmpdir(), 'leerkring-teams-'));
});
after(() => rm(top, { recursive: true, force: true }));
beforeEach(async () => {
  made += 1;
  cwd = join(top, String(made));
  await mkdir(cwd);
});

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of what the command fetches, which it names by its address. */
const addressOf = (asked: string | URL | Request) => (asked instanceof Request ? asked.url : asked.toString());

const answersAsLeerkring = () => Promise.resolve(Response.json({ status: 'alive' }));

/** @param reach what fetching comes to: at first a server that lives */
async function leerkring(words: readonly string[], reach: typeof fetch = answersAsLeerkring): Promise<Ran> {
  const out = { stdout: '', stderr: '' };
  const code = await run(words, {
    environment: {},
    stdout: { write: (text) => { out.stdout += text; } },
    stderr: { write: (text) => { out.stderr += text; } },
    cwd,
    now: () => new Date(),
    open: () => Promise.reject(new Error('No database is needed.')),
    fetch: reach,
    untilStopped: () => Promise.resolve(),
    showStacks: () => undefined,
  });
  return { code, ...out };
}

/** What the command says when it has done what was asked. */
async function done(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await leerkring([...PACKAGE, ...words]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return stdout;
}

/** The sentence with which it refuses, and leaves the folder as it was. */
async function refused(code: 1 | 2, words: readonly string[], reach?: typeof fetch): Promise<string> {
  const before = await readdir(cwd);
  const ran = await leerkring(words, reach);
  assert.deepEqual({ code: ran.code, stdout: ran.stdout }, { code, stdout: '' }, ran.stderr);
  assert.doesNotMatch(ran.stderr, /^\s+at /m, 'no stack');
  assert.deepEqual(await readdir(cwd), before, 'nothing is written');
  return ran.stderr.trimEnd();
}

type Files = Record<string, Uint8Array>;

async function unpacked(file = 'leerkring-teams.zip'): Promise<Files> {
  return unzipSync(await readFile(join(cwd, file)));
}

interface Manifest {
  manifestVersion: string;
  id: string;
  version: string;
  name: { short: string };
  developer: Record<string, string>;
  icons: { color: string; outline: string };
  accentColor: string;
  localizationInfo: { defaultLanguageTag: string; additionalLanguages: { languageTag: string; file: string }[] };
  staticTabs: { entityId: string; name: string; contentUrl: string; websiteUrl: string; scopes: string[]; context: string[] }[];
  configurableTabs: { configurationUrl: string; scopes: string[]; context: string[] }[];
  supportsChannelFeatures: string;
  validDomains: string[];
  webApplicationInfo: { id: string; resource: string };
}

const manifestIn = (files: Files) => JSON.parse(strFromU8(files['manifest.json']!)) as Manifest;
const dutchIn = (files: Files) => JSON.parse(strFromU8(files['nl.json']!)) as Record<string, string>;

async function publishedSchemas(): Promise<Schemas[]> {
  return JSON.parse(await readFile(join(ROOT, 'dist', 'teams', 'schemas.json'), 'utf8')) as Schemas[];
}

describe('the package that an administrator uploads', () => {
  test('holds the manifest, its icons and its languages, and nothing else', async () => {
    await done();
    assert.deepEqual(await readdir(cwd), ['leerkring-teams.zip']);
    const files = await unpacked();
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'manifest.json', 'nl.json', 'outline.png']);
    const { icons, localizationInfo } = manifestIn(files);
    assert.deepEqual(icons, { color: 'color.png', outline: 'outline.png' });
    assert.deepEqual(localizationInfo, { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'nl', file: 'nl.json' }] });
  });

  test('is as Microsoft publishes that it has to be, in the version it is written in and in the newest', async () => {
    await done();
    const schemas = await publishedSchemas();
    const versions = schemas.map(({ version }) => version);
    assert.equal(versions[0], '1.25');
    assert.ok(versions.length === 2 && Number(versions[1]!.split('.')[1]) >= 30, versions.join());
    assert.equal(manifestIn(await unpacked()).manifestVersion, '1.25');
    assert.deepEqual(checkPackage(await readFile(join(cwd, 'leerkring-teams.zip')), schemas), []);
  });

  test('has a tab for a person for each of the three pages, and one to set up where people are together', async () => {
    await done();
    const { staticTabs, configurableTabs, supportsChannelFeatures } = manifestIn(await unpacked());
    assert.deepEqual(
      staticTabs.map(({ entityId, contentUrl, websiteUrl, scopes }) => [entityId, contentUrl, websiteUrl, scopes]),
      [['today', '/teams/today'], ['learning-log', '/teams/learning-log'], ['team', '/teams/team']].map(([entity, path]) => [
        entity,
        `${BASE}${path!}?lang={locale}&theme={theme}`,
        `${BASE}${path!}`,
        ['personal'],
      ]),
    );
    assert.equal(configurableTabs.length, 1);
    assert.equal(configurableTabs[0]!.configurationUrl, `${BASE}/teams/settings?lang={locale}&theme={theme}`);
    assert.deepEqual(configurableTabs[0]!.scopes, ['team', 'groupChat']);
    assert.deepEqual(configurableTabs[0]!.context, [
      'channelTab', 'privateChatTab', 'meetingChatTab', 'meetingDetailsTab', 'meetingSidePanel', 'meetingStage',
    ]);
    assert.equal(supportsChannelFeatures, 'tier1');
  });

  test('names one host wherever it names one, over https, in lower case', async () => {
    const words = ['teams', 'package', '--base-url', 'https://Leerkring.Example.ORG/', '--client-id', CLIENT.toUpperCase()];
    assert.equal((await leerkring(words)).code, 0);
    const files = await unpacked();
    const { validDomains, webApplicationInfo, developer } = manifestIn(files);
    assert.deepEqual(validDomains, ['leerkring.example.org']);
    assert.deepEqual(webApplicationInfo, { id: CLIENT, resource: `api://leerkring.example.org/${CLIENT}` });
    assert.deepEqual(
      [developer['privacyUrl'], developer['termsOfUseUrl'], developer['websiteUrl']],
      [`${BASE}/privacy`, `${BASE}/terms`, `${BASE}/support`],
    );
    const named = [...strFromU8(files['manifest.json']!).matchAll(/https?:\/\/([^/"]+)/g)].map(([address, host]) => [address.startsWith('https'), host]);
    for (const [safe, host] of named) assert.ok(safe && ['leerkring.example.org', 'developer.microsoft.com'].includes(String(host)), String(host));
    assert.ok(named.length > 8);
  });

  test('says in Dutch all that it says in English, by a name that is its own', async () => {
    await done();
    const files = await unpacked();
    const { name, staticTabs } = manifestIn(files);
    assert.deepEqual(staticTabs.map((tab) => tab.name), ['Today', 'My learning log', 'My team']);
    const dutch = dutchIn(files);
    assert.deepEqual(staticTabs.map((_, index) => dutch[`staticTabs[${String(index)}].name`]), ['Vandaag', 'Mijn leerlogboek', 'Mijn team']);
    for (const short of [name.short, dutch['name.short']!]) assert.doesNotMatch(short, /teams|microsoft/i);
  });

  test('has a square icon of its colour with the mark over half of it', async () => {
    await done();
    const files = await unpacked();
    const { width, height, channels, data } = decode(files['color.png']!);
    assert.deepEqual([width, height], [192, 192]);
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * channels, (y * width + x) * channels + channels)];
    const accent = manifestIn(files).accentColor.match(/[\da-f]{2}/g)!.map((part) => parseInt(part, 16));
    const drawn: (readonly [x: number, y: number])[] = [];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [red, green, blue, alpha = 255] = at(x, y);
        assert.equal(alpha, 255);
        if (String([red, green, blue]) !== String(accent)) drawn.push([x, y]);
      }
    }
    for (const axis of [0, 1] as const) {
      const places = drawn.map((place) => place[axis]);
      assert.deepEqual([Math.min(...places), Math.max(...places)], [48, 143]);
    }
    assert.deepEqual(at(96, 96).slice(0, 3), [255, 255, 255], 'the dot in the middle');
  });

  test('has an outline of white alone on nothing, without room around it', async () => {
    await done();
    const { width, height, channels, data } = decode((await unpacked())['outline.png']!);
    assert.deepEqual([width, height, channels], [32, 32, 4]);
    const pixels = Array.from({ length: 1024 }, (_, index) => [...data.subarray(index * 4, index * 4 + 4)]);
    assert.ok(pixels.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255));
    const seen = pixels.flatMap(([, , , alpha], index) => (alpha! > 0 ? [[index % 32, Math.floor(index / 32)] as const] : []));
    for (const axis of [0, 1] as const) {
      const places = seen.map((place) => place[axis]);
      assert.deepEqual([Math.min(...places), Math.max(...places)], [0, 31]);
    }
    assert.equal(pixels[0]![3], 0, 'nothing in the corner');
    assert.ok(pixels.some(([, , , alpha]) => alpha === 255));
  });

  test('has the mark and the colour that the elements have', async () => {
    const source = (path: string) => readFile(join(ROOT, path), 'utf8');
    const circles = (text: string) => [...text.matchAll(/cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)].map(([, ...numbers]) => numbers);
    const [, mark = ''] = /export const mark = (.*?)<\/svg>/s.exec(await source('src/ui/ring.ts')) ?? [];
    assert.equal(circles(mark).length, 3);
    assert.deepEqual(circles(await source('manifest/mark.svg')), circles(mark));
    await done();
    const { accentColor } = manifestIn(await unpacked());
    assert.ok((await source('src/ui/tokens.ts')).includes(`--_accent: var(--kring-accent, light-dark(${accentColor},`));
  });

  test('is the same app in a new version, and another one for another server', async () => {
    await done('--app-version', '1.4.0');
    await done('--app-version', '1.10.0', '--output', 'next.zip');
    const [one, next] = [manifestIn(await unpacked()), manifestIn(await unpacked('next.zip'))];
    assert.deepEqual([one.version, next.version], ['1.4.0', '1.10.0']);
    assert.equal(one.id, next.id);
    assert.equal(one.id, appIdFor('leerkring.example.org', CLIENT));
    assert.notEqual(appIdFor('leerkring.example.com', CLIENT), one.id);
    assert.notEqual(appIdFor('leerkring.example.org', TENANT), one.id);
  });

  test('takes the id of an app that Teams has already, and the version of Leerkring', async () => {
    await done('--app-id', TENANT);
    const { id, version } = manifestIn(await unpacked());
    const { version: own } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    assert.equal(id, TENANT);
    assert.equal(version, own.replace(/-.*/, ''));
  });

  test('replaces the one before, and is the same file for the same words', async () => {
    await writeFile(join(cwd, 'leerkring-teams.zip'), 'the one before');
    await done();
    await done('--output', 'again.zip');
    assert.ok((await readFile(join(cwd, 'leerkring-teams.zip'))).equals(await readFile(join(cwd, 'again.zip'))));
    assert.deepEqual(await readdir(cwd), ['again.zip', 'leerkring-teams.zip']);
  });
});

test('the id of an app is a UUID of version 5, as another implementation makes it', () => {
  // Python: uuid.uuid5(uuid.NAMESPACE_URL, 'https://leerkring.example.org/#11111111-1111-4111-8111-111111111111')
  assert.equal(appIdFor('leerkring.example.org', '11111111-1111-4111-8111-111111111111'), '49dc15e6-47fe-5cbb-9195-595b0d989351');
});

describe('what it says to do', () => {
  test('agrees with what is in the package, to the letter', async () => {
    const said = await done();
    const { webApplicationInfo, id } = manifestIn(await unpacked());
    const lines = said.split('\n').map((line) => line.trim());
    assert.ok(lines.includes(webApplicationInfo.resource));
    assert.ok(said.includes(id));
    assert.match(said, /Scope name: access_as_user\./);
    assert.match(said, /"requestedAccessTokenVersion" to 2/);
    assert.match(said, /optional claim > Access: tick acct and upn/);
    assert.ok(lines.includes('https://leerkring.example.org/teams/sign-in'));
    // What a browser of its own asks Entra for.
    for (const scope of ['openid', 'profile', 'offline_access']) assert.match(said, new RegExp(`tick [^.]*\\b${scope}\\b`));
    // Of Teams, of Microsoft 365 and of Outlook, in which the app may be shown as well.
    for (const client of [
      '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
      '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
      '4765445b-32c6-49b0-83e6-1d93765276ca',
      '0ec893e0-5785-4de6-99da-4ed124e5296c',
      'd3590ed6-52b3-4102-aeff-aad2292ab01c',
      'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
      '27922004-5251-4030-b22d-91ecd9a37ea4',
    ]) {
      assert.ok(lines.some((line) => line.startsWith(client)), client);
    }
    const order = ['entra.microsoft.com', 'ISSUERS_FILE', 'admin.teams.microsoft.com', 'TEAMS_APP_ID', 'Setup policies'].map((word) => said.indexOf(word));
    assert.ok(order.every((place, index) => place > (order[index - 1] ?? 0)), order.join());
  });

  test('has an entry for the issuers file that the server takes, once the tenant is filled in', async () => {
    const said = await done('--organisation', 'de-linde');
    const [entry = ''] = /^ {8}\{\n[^]*?^ {8}\}$/m.exec(said) ?? [];
    const file = join(cwd, 'issuers.json');
    await writeFile(file, `[${entry}]`);
    await assert.rejects(readIssuers(file), /entra\.tenant/);
    await writeFile(file, `[${entry.replace('TENANT-ID', TENANT)}]`);
    const issuers = await readIssuers(file);
    assert.deepEqual(new Set(issuers.flatMap(({ audience }) => audience)), new Set([CLIENT, `api://leerkring.example.org/${CLIENT}`]));
    assert.deepEqual(new Set(issuers.map(({ organisation }) => organisation)), new Set(['de-linde']));
  });

  test('is there for a program too', async () => {
    const said = JSON.parse(await done('--json')) as Record<string, string> & { issuer: object };
    assert.equal(said['file'], join(cwd, 'leerkring-teams.zip'));
    assert.equal(said['appIdUri'], `api://leerkring.example.org/${CLIENT}`);
    assert.deepEqual(said.issuer, {
      organisation: 'ORGANISATION',
      entra: { tenant: 'TENANT-ID', clientId: CLIENT, appIdUri: said['appIdUri'] },
    });
  });
});

describe('what is typed wrong is refused, and nothing is written', () => {
  const at = (address: string) => refused(2, ['teams', 'package', '--base-url', address, '--client-id', CLIENT]);
  for (const [address, reason] of [
    ['http://leerkring.example.org', /has to begin with https/],
    ['ftp://leerkring.example.org', /has to begin with https/],
    ['leerkring.example.org', /is not an address, such as https/],
    ['https://leerkring.example.org:8443', /no port in an address \(:8443\)/],
    ['https://192.0.2.7', /192\.0\.2\.7 is an IP address/],
    ['https://0xC0000207', /192\.0\.2\.7 is an IP address/],
    ['https://[2001:db8::7]', /is an IP address/],
    ['https://localhost', /this very computer/],
    ['https://kring.localhost', /this very computer/],
    ['https://intranet', /not the full name of a host/],
    ['https://leerkring_1.example.org', /not the full name of a host/],
    ['https://leerkring.example.org.', /not the full name of a host/],
    ['https://leerkring.example.org/app', /leave out what comes after the host: https:\/\/leerkring\.example\.org\./],
    ['https://leerkring.example.org/?team=1', /leave out what comes after the host/],
    ['https://leerkring.example.org/#top', /leave out what comes after the host/],
  ] as const) {
    test(`the base URL ${address}`, async () => {
      const said = await at(address);
      assert.match(said, /^--base-url: /);
      assert.match(said, reason);
    });
  }

  test('a base URL with a password, which is not said again', async () => {
    for (const scheme of ['https', 'http']) {
      const said = await at(`${scheme}://anna:geheim@leerkring.example.org`);
      assert.match(said, /leave the name and the password out/);
      assert.ok(!said.includes('geheim'));
    }
  });

  for (const id of ['leerkring', '8f3c1a52-0d4e-4b6a-9c77-1e2f3a4b5c6', `{${CLIENT}}`, '00000000-0000-0000-0000-000000000000', '']) {
    test(`an id that is none: '${id}'`, async () => {
      assert.match(await refused(2, ['teams', 'package', '--base-url', BASE, '--client-id', id]), /^--client-id: .* not an id as Entra shows it/);
      assert.match(await refused(2, [...PACKAGE, '--app-id', id]), /^--app-id: /);
    });
  }

  for (const version of ['1', '1.2', '1.2.3.4', 'v1.2.3', '1.02.3', '1.2.3-beta.1', '1.2.x', '']) {
    test(`the version '${version}'`, async () => {
      assert.match(await refused(2, [...PACKAGE, '--app-version', version]), /^--app-version: .* not three numbers/);
    });
  }

  test('nothing of what has to be said', async () => {
    assert.match(await refused(2, ['teams', 'package', '--client-id', CLIENT]), /--base-url/);
    assert.match(await refused(2, ['teams', 'package', '--base-url', BASE]), /--client-id/);
  });

  test('an output that is no place for it, before the server is asked anything', async () => {
    const never = () => Promise.reject(new Error('Nothing is asked.'));
    await mkdir(join(cwd, 'folder.zip'));
    await writeFile(join(cwd, 'file'), '');
    assert.match(await refused(1, [...PACKAGE, '--output', 'none/app.zip'], never), /^none\/app\.zip can't be written: there is no such folder\.$/);
    assert.match(await refused(1, [...PACKAGE, '--output', 'file/app.zip'], never), /can't be written: what should be its folder is a file/);
    assert.match(await refused(1, [...PACKAGE, '--output', 'folder.zip'], never), /can't be written: it is not a file/);
    await writeFile(join(cwd, 'issuers.json'), '[]');
    assert.match(await refused(2, [...PACKAGE, '--output', 'issuers.json'], never), /ends in \.zip/);
    assert.equal(await readFile(join(cwd, 'issuers.json'), 'utf8'), '[]');
  });
});

describe('a server that has to answer', () => {
  /** What is asked of the host in the package is asked of this server of the test's own. */
  async function withServer(listener: RequestListener, act: (reach: typeof fetch) => Promise<void>): Promise<void> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      await act((asked, init) => fetch(addressOf(asked).replace(BASE, `http://127.0.0.1:${String(port)}`), init));
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  test('is one of ours', async () => {
    const [store, poprf] = [await openStore({ kind: 'memory' }), startPoprf()];
    try {
      const { app } = await testServer(store, poprf);
      const asked: string[] = [];
      const ran = await leerkring(PACKAGE, (address, init) => {
        asked.push(addressOf(address));
        return Promise.resolve(app.request(addressOf(address), init));
      });
      assert.deepEqual({ code: ran.code, asked }, { code: 0, asked: [`${BASE}/healthz`] }, ran.stderr);
    } finally {
      await Promise.all([store.close(), poprf.close()]);
    }
  });

  for (const [what, listener] of [
    ['a page', (_, response) => response.end('<h1>alive</h1>')],
    ['another service', (_, response) => response.end(JSON.stringify({ status: 'ok' }))],
    ['a list', (_, response) => response.end('[]')],
    ['nothing', (_, response) => response.end()],
    ['what it lacks', (_, response) => response.writeHead(404).end(JSON.stringify({ status: 'alive' }))],
    ['a proxy without its server', (_, response) => response.writeHead(502).end('Bad gateway')],
  ] as const satisfies readonly (readonly [string, RequestListener])[]) {
    test(`is no Leerkring: it answers with ${what}`, () =>
      withServer(listener, async (reach) => {
        assert.match(await refused(1, PACKAGE, reach), /\/healthz answers, but not as a Leerkring does \(status \d+\)\. Nothing was written\..*--no-check/);
      }));
  }

  test('is not the one that it sends on to', () =>
    withServer(
      ({ url }, response) => {
        if (url === '/healthz') response.writeHead(302, { location: '/elsewhere' }).end();
        else response.end(JSON.stringify({ status: 'alive' }));
      },
      async (reach) => {
        assert.match(await refused(1, PACKAGE, reach), /sends on to another address/);
      },
    ));

  test('is not there', async () => {
    let gone: typeof fetch | undefined;
    await withServer(() => undefined, (reach) => {
      gone = reach;
      return Promise.resolve();
    });
    assert.match(await refused(1, PACKAGE, gone), /does not answer: nothing listens there \(ECONNREFUSED\)\. Nothing was written/);
    const failing = (code: string) => () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
    assert.match(await refused(1, PACKAGE, failing('ENOTFOUND')), /the name is not known here/);
    assert.match(await refused(1, PACKAGE, failing('DEPTH_ZERO_SELF_SIGNED_CERT')), /its certificate is not trusted/);
    assert.match(await refused(1, PACKAGE, failing('ECONNRESET')), /does not answer: ECONNRESET\./);
  });

  test('does not answer in time', async () => {
    const never: typeof fetch = (_, init) => {
      assert.ok(init?.signal instanceof AbortSignal);
      return Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    };
    assert.match(await refused(1, PACKAGE, never), /does not answer: not within 10 seconds/);
  });

  test('is not asked with --no-check', async () => {
    const ran = await leerkring([...PACKAGE, '--no-check'], () => Promise.reject(new Error('Nothing is asked.')));
    assert.equal(ran.code, 0, ran.stderr);
    assert.deepEqual(await readdir(cwd), ['leerkring-teams.zip']);
  });
});

describe('the check of a package finds', () => {
  let files: Files;
  let schemas: Schemas[];
  before(async () => {
    cwd = await mkdtemp(join(top, 'check-'));
    await done();
    files = await unpacked();
    schemas = await publishedSchemas();
  });

  /** What is found in the package with something changed in it. */
  function found(change: (files: Files) => void): readonly string[] {
    const copy = { ...files };
    change(copy);
    return checkPackage(zipSync(copy), schemas);
  }
  const inManifest = (change: (manifest: Manifest & Record<string, unknown>) => void) => (copy: Files) => {
    const manifest = manifestIn(copy) as Manifest & Record<string, unknown>;
    change(manifest);
    copy['manifest.json'] = strToU8(JSON.stringify(manifest));
  };
  const inDutch = (change: (texts: Record<string, string | undefined>) => void) => (copy: Files) => {
    const texts: Record<string, string | undefined> = dutchIn(copy);
    change(texts);
    copy['nl.json'] = strToU8(JSON.stringify(texts));
  };
  /** An icon with the pixel at a place in another colour. */
  const dotted = (name: string, x: number, y: number, rgba: readonly number[]) => (copy: Files) => {
    const { width, height, data, channels } = decode(copy[name]!);
    assert.equal(channels, 4);
    const changed = Uint8Array.from(data);
    changed.set(rgba, (y * width + x) * 4);
    copy[name] = encode({ width, height, data: changed, channels });
  };
  const plain = (name: string, size: number, rgba: readonly number[]) => (copy: Files) => {
    const data = Uint8Array.from({ length: size * size * 4 }, (_, index) => rgba[index % 4]!);
    copy[name] = encode({ width: size, height: size, data, channels: 4 });
  };

  test('nothing in a good one', () => {
    assert.deepEqual(found(() => undefined), []);
  });

  test('that it is no zip', () => {
    assert.deepEqual(checkPackage(strToU8('PK, but not really'), schemas), ['The package is not a zip file.']);
  });

  const ACCENT = [0x0b, 0x6a, 0x66, 255];
  const WHITE = [255, 255, 255, 255];
  for (const [what, change, sentence] of [
    ['no manifest', (copy) => { delete copy['manifest.json']; }, /^manifest\.json is not in the package/],
    ['a manifest that is no JSON', (copy) => { copy['manifest.json'] = strToU8('{'); }, /^manifest\.json is not valid JSON/],
    ['a manifest that is no object', (copy) => { copy['manifest.json'] = strToU8('7'); }, /^manifest\.json holds no object/],
    ['a manifest of another version', inManifest((manifest) => { manifest.manifestVersion = '1.17'; }), /version is none of 1\.25, 1\.\d+/],
    ['what the schema does not know', inManifest((manifest) => { manifest['packageName'] = 'x'; }), /^manifest\.json, as of 1\.25: .*packageName/],
    ['what the schema misses', inManifest((manifest) => { delete (manifest as Partial<Manifest>).accentColor; }), /^manifest\.json, as of 1\.25: .*accentColor/],
    ['a name that is too long', inManifest((manifest) => { manifest.name.short = 'x'.repeat(31); }), /\/name\/short must NOT have more than 30/],
    ['a text that is too long', inDutch((texts) => { texts['description.short'] = 'x'.repeat(81); }), /^nl\.json, as of 1\.25: .*more than 80/],
    ['a text that has no place', inDutch((texts) => { texts['staticTabs[16].name'] = 'x'; }), /^nl\.json, as of 1\.25: .*staticTabs\[16\]/],
    ['a tab that has no Dutch name', inDutch((texts) => { delete texts['staticTabs[2].name']; }), /^nl\.json: staticTabs\[2\]\.name is missing/],
    ['a language without its file', (copy) => { delete copy['nl.json']; }, /^nl\.json is not in the package/],
    ['a language that is no JSON', (copy) => { copy['nl.json'] = strToU8('nl'); }, /^nl\.json is not valid JSON/],
    ['a language twice', inManifest((manifest) => { manifest.localizationInfo.defaultLanguageTag = 'nl'; }), /^localizationInfo: a language is named twice/],
    ['an icon that is not there', (copy) => { delete copy['outline.png']; }, /^outline\.png is not in the package/],
    ['a file that nobody asked for', (copy) => { copy['notes.txt'] = strToU8('x'); }, /^notes\.txt is in the package/],
    ['files in a folder', (copy) => { copy['icons/color.png'] = copy['color.png']!; delete copy['color.png']; }, /^icons\/color\.png is in the package/],
    ['an id of zeros', inManifest((manifest) => { manifest.id = '00000000-0000-0000-0000-000000000000'; }), /^id: /],
    ['a version that is none', inManifest((manifest) => { manifest.version = '1.0'; }), /^version: 1\.0 is not three numbers/],
    ['the name of Teams', inManifest((manifest) => { manifest.name.short = 'Leerkring for Teams'; }), /^name\.short: .*bears the name/],
    ['the name of Microsoft, in Dutch', inDutch((texts) => { texts['name.short'] = 'Microsoft Leerkring'; }), /^nl\.json: .*bears the name/],
    ['no tab for a person', inManifest((manifest) => { manifest.staticTabs.forEach((tab) => { tab.scopes = ['team']; }); }), /^staticTabs: there is none for a person/],
    ['two tabs of one id', inManifest((manifest) => { manifest.staticTabs[1]!.entityId = 'today'; }), /^staticTabs: two have one entityId/],
    ['a page over http', inManifest((manifest) => { manifest.staticTabs[0]!.contentUrl = 'http://leerkring.example.org/'; }), /^staticTabs\[0\]\.contentUrl: .*not an https address/],
    ['a page elsewhere', inManifest((manifest) => { manifest.staticTabs[2]!.websiteUrl = 'https://example.com/'; }), /^staticTabs\[2\]\.websiteUrl: example\.com is not the host in validDomains/],
    ['settings on a port', inManifest((manifest) => { manifest.configurableTabs[0]!.configurationUrl = `${BASE}:8443/`; }), /^configurableTabs\[0\]\.configurationUrl: leerkring\.example\.org:8443 is not the host/],
    ['a privacy page elsewhere', inManifest((manifest) => { manifest.developer['privacyUrl'] = 'https://example.com/privacy'; }), /^developer\.privacyUrl: example\.com is not/],
    ['what Teams does not fill in', inManifest((manifest) => { manifest.staticTabs[0]!.contentUrl = `${BASE}/?lang={language}`; }), /^staticTabs\[0\]\.contentUrl: \{language\} is nothing/],
    ['a domain with a scheme', inManifest((manifest) => { manifest.validDomains = [BASE]; }), /^validDomains: https:\/\/leerkring\.example\.org is not the plain name/],
    ['a domain in capitals', inManifest((manifest) => { manifest.validDomains = ['Leerkring.example.org']; }), /^validDomains: Leerkring\.example\.org is not the plain name/],
    ['a domain for all', inManifest((manifest) => { manifest.validDomains.push('*.example.org'); }), /^validDomains: \*\.example\.org is not the plain name/],
    ['no domain', inManifest((manifest) => { manifest.validDomains = []; }), /^validDomains: 0 hosts/],
    ['a resource of another host', inManifest((manifest) => { manifest.webApplicationInfo.resource = `api://example.com/${CLIENT}`; }), /^webApplicationInfo\.resource: it has to be api:\/\/leerkring\.example\.org\//],
    ['a resource of another app', inManifest((manifest) => { manifest.webApplicationInfo.id = TENANT; }), /^webApplicationInfo\.resource: it has to be .*3d5a9b10/],
    ['no app to sign in to', inManifest((manifest) => { delete (manifest as Partial<Manifest>).webApplicationInfo; }), /^webApplicationInfo\.resource: /],
    ['an icon that is no image', (copy) => { copy['color.png'] = strToU8('<svg/>'); }, /^color\.png is not a PNG image/],
    ['a small icon', plain('color.png', 96, ACCENT), /^color\.png: it is 96x96, and has to be 192x192/],
    ['an icon one can see through', dotted('color.png', 0, 0, [0x0b, 0x6a, 0x66, 254]), /^color\.png: it is transparent somewhere/],
    ['an icon of another colour than it says', inManifest((manifest) => { manifest.accentColor = '#123456'; }), /^color\.png: outside the 96x96 in the middle/],
    ['a symbol that is too large', dotted('color.png', 47, 96, WHITE), /^color\.png: outside the 96x96 in the middle/],
    ['an icon without a symbol', plain('color.png', 192, ACCENT), /^color\.png: there is no symbol in it/],
    ['an icon of grey', (copy) => { copy['color.png'] = encode({ width: 192, height: 192, data: new Uint8Array(192 * 192), channels: 1 }); }, /^color\.png: its pixels are not of red/],
    ['a large outline', plain('outline.png', 192, WHITE), /^outline\.png: it is 192x192, and has to be 32x32/],
    ['an outline on a ground', plain('outline.png', 32, WHITE), /^outline\.png: its ground is not transparent/],
    ['an outline in grey', dotted('outline.png', 16, 16, [254, 254, 254, 255]), /^outline\.png: there is another colour than white/],
    ['an outline of nothing', plain('outline.png', 32, [255, 255, 255, 0]), /^outline\.png: there is room between the symbol and the edge/],
  ] as const satisfies readonly (readonly [string, (copy: Files) => void, RegExp])[]) {
    test(what, () => {
      const problems = found(change);
      assert.ok(problems.some((problem) => sentence.test(problem)), problems.join('\n') || 'nothing');
    });
  }

  test('room on one side alone', () => {
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      const problems = found((copy) => {
        const { data } = decode(copy['outline.png']!);
        const changed = Uint8Array.from(data);
        for (let index = 0; index < 32; index += 1) {
          const [x, y] = { left: [0, index], right: [31, index], top: [index, 0], bottom: [index, 31] }[side] as [number, number];
          changed[(y * 32 + x) * 4 + 3] = 0;
        }
        copy['outline.png'] = encode({ width: 32, height: 32, data: changed, channels: 4 });
      });
      assert.deepEqual(problems, ['outline.png: there is room between the symbol and the edge.'], side);
    }
  });

  test('what only the newest version refuses', () => {
    const [oldest, newest] = schemas as [Schemas, Schemas];
    const stricter = { ...newest, manifest: { ...newest.manifest, required: ['publisherDocsUrl'] } };
    assert.deepEqual(checkPackage(zipSync(files), [oldest, stricter]).map((problem) => problem.split(':')[0]), [`manifest.json, as of ${newest.version}`]);
  });
});

test('npm run teams:package does the same from a checkout, and ends as the command does', async () => {
  const script = join(ROOT, 'tools', 'teams-package.js');
  const words = ['--base-url', BASE, '--client-id', CLIENT, '--no-check', '--output', join(cwd, 'app.zip')];
  const packed = await runProgram(ROOT, process.execPath, script, ...words);
  assert.equal(packed.code, 0, packed.output);
  assert.equal(manifestIn(await unpacked('app.zip')).webApplicationInfo.id, CLIENT);
  const wrong = await runProgram(ROOT, process.execPath, script, '--base-url', 'http://leerkring.example.org', '--client-id', CLIENT);
  assert.equal(wrong.code, 2, wrong.output);
  assert.match(wrong.output, /https alone/);
});
