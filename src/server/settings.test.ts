import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { readSettings, requireSecret, SETTINGS, SettingsError } from './settings.ts';

const SECRET = 'a-secret-of-at-least-thirty-two-characters';

function assertWrong(environment: Record<string, string>, pattern: RegExp): void {
  assert.throws(() => readSettings(environment), (error: unknown) => {
    assert.ok(error instanceof SettingsError, String(error));
    assert.match(error.message, pattern);
    assert.match(error.message, /[.?]$/, 'a sentence');
    return true;
  });
}

describe('settings', () => {
  it('hold without any', () => {
    assert.deepEqual(readSettings({}), {
      port: 4180,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:4180',
      dataDir: resolve('data'),
      databaseUrl: undefined,
      databasePool: 10,
      secret: undefined,
      issuersFile: undefined,
      corsOrigins: [],
      frameAncestors: [
        'https://teams.microsoft.com',
        'https://*.teams.microsoft.com',
        'https://*.cloud.microsoft',
        'https://*.microsoft365.com',
        'https://*.office.com',
        'https://outlook.live.com',
        'https://outlook.office.com',
        'https://outlook.office365.com',
        'https://outlook-sdf.office.com',
        'https://outlook-sdf.office365.com',
      ],
      teamsAppId: undefined,
      ballotGrace: 600,
      logLevel: 'info',
      demo: undefined,
    });
  });

  it('are all read', () => {
    const settings = readSettings({
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://leerkring.example.org/',
      DATA_DIR: '/srv/leerkring',
      DATABASE_URL: 'postgresql://leerkring@db/leerkring',
      DATABASE_POOL: '20',
      LEERKRING_SECRET: SECRET,
      ISSUERS_FILE: 'issuers.json',
      CORS_ORIGINS: 'https://intranet.example.org, https://wiki.example.org:8443',
      FRAME_ANCESTORS: 'https://teams.microsoft.com https://*.example.org',
      TEAMS_APP_ID: '0f9e8d7c-1a2b-4c3d-9e8f-aabbccddeeff',
      BALLOT_GRACE_SECONDS: '0',
      LOG_LEVEL: 'silent',
    });
    assert.equal(settings.port, 8080);
    assert.equal(settings.publicUrl, 'https://leerkring.example.org');
    assert.equal(settings.dataDir, resolve('/srv/leerkring'));
    assert.equal(settings.databaseUrl, 'postgresql://leerkring@db/leerkring');
    assert.equal(settings.databasePool, 20);
    assert.equal(settings.ballotGrace, 0);
    assert.equal(requireSecret(settings), SECRET);
    assert.deepEqual(settings.frameAncestors, ['https://teams.microsoft.com', 'https://*.example.org']);
    assert.equal(settings.teamsAppId, '0f9e8d7c-1a2b-4c3d-9e8f-aabbccddeeff');
    assert.deepEqual(settings.corsOrigins, ['https://intranet.example.org', 'https://wiki.example.org:8443']);
  });

  it('take an empty one for one that is not set', () => {
    assert.deepEqual(
      readSettings({ PORT: '', LEERKRING_SECRET: '', PUBLIC_URL: '', LEERKRING_DEMO: '' }),
      readSettings({}),
    );
  });

  it('are all documented, and the fallbacks that are told are the ones that hold', () => {
    const told = new Map(SETTINGS.map(({ name, fallback }) => [name, fallback]));
    assert.equal(told.get('PORT'), String(readSettings({}).port));
    assert.equal(told.get('LOG_LEVEL'), readSettings({}).logLevel);
    assert.equal(told.get('DATABASE_POOL'), String(readSettings({}).databasePool));
    for (const { name, meaning } of SETTINGS) {
      assert.match(name, /^[A-Z_]+$/);
      assert.match(meaning, /\.$/);
    }
  });

  for (const [name, value, pattern] of [
    ['PORT', 'http', /^PORT must be a port number/],
    ['PORT', '65536', /^PORT must be a port number/],
    ['PORT', '-1', /^PORT must be a port number/],
    ['HOST', 'not a host', /^HOST must be an address/],
    ['PUBLIC_URL', 'leerkring.example.org', /^PUBLIC_URL must be an http or https address/],
    ['PUBLIC_URL', 'https://example.org/leerkring', /^PUBLIC_URL must be/],
    ['PUBLIC_URL', 'javascript:alert(1)', /^PUBLIC_URL must be/],
    ['DATABASE_URL', 'mysql://db', /^DATABASE_URL must start with postgres/],
    ['DATABASE_POOL', '0', /^DATABASE_POOL must be a whole number from 1/],
    ['LEERKRING_SECRET', 'short', /^LEERKRING_SECRET must have at least 32 characters/],
    ['CORS_ORIGINS', 'https://a.example.org, *', /^CORS_ORIGINS must be/],
    ['FRAME_ANCESTORS', 'http://teams.example.org', /^FRAME_ANCESTORS must be https/],
    ['FRAME_ANCESTORS', '*', /^FRAME_ANCESTORS must be https/],
    ['FRAME_ANCESTORS', "https://a.example.org;script-src", /^FRAME_ANCESTORS must be https/],
    ['FRAME_ANCESTORS', 'https://example.org/page', /^FRAME_ANCESTORS must be https/],
    ['TEAMS_APP_ID', 'leerkring', /^TEAMS_APP_ID must be the id/],
    ['BALLOT_GRACE_SECONDS', '1.5', /^BALLOT_GRACE_SECONDS must be a whole number/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be debug/],
    ['LEERKRING_DEMO', 'yes', /^LEERKRING_DEMO must be 1 or 0/],
  ] as const) {
    it(`name the one that is wrong: ${name}=${value}`, () => {
      assertWrong({ [name]: value }, pattern);
    });
  }

  it('never repeat a secret that is wrong', () => {
    assert.throws(
      () => readSettings({ LEERKRING_SECRET: 'tell-nobody' }),
      (error: Error) => !error.message.includes('tell-nobody'),
    );
  });

  it('refuse a name that looks like one of ours, and say which was meant', () => {
    assertWrong({ LEERKRING_SECRT: SECRET }, /LEERKRING_SECRT is not a setting.*LEERKRING_SECRET/);
  });

  it('ask for the secret where there is no demo', () => {
    assert.throws(() => requireSecret(readSettings({})), /LEERKRING_SECRET is missing/);
  });
});

describe('a demo', () => {
  it('has an intranet of its own, and a short time of grace', () => {
    const settings = readSettings({ LEERKRING_DEMO: '1', PORT: '5000' });
    assert.deepEqual(settings.demo, { intranetPort: 5001 });
    assert.equal(settings.ballotGrace, 25);
    assert.deepEqual(readSettings({ LEERKRING_DEMO: 'true', DEMO_INTRANET_PORT: '7000' }).demo, { intranetPort: 7000 });
  });

  for (const address of ['127.0.0.1', '127.8.8.8', 'localhost', '::1']) {
    it(`runs on ${address}`, () => {
      assert.ok(readSettings({ LEERKRING_DEMO: '1', HOST: address }).demo);
    });
  }

  for (const [name, value] of [
    ['HOST', '0.0.0.0'],
    ['HOST', '::'],
    ['HOST', '192.168.1.4'],
    ['HOST', 'localhost.example.org'],
    ['PUBLIC_URL', 'https://leerkring.example.org'],
    ['PUBLIC_URL', 'http://127.0.0.1.example.org'],
  ] as const) {
    it(`is refused where others can reach it: ${name}=${value}`, () => {
      assertWrong(
        { LEERKRING_DEMO: '1', [name]: value },
        new RegExp(`^(${name}|PUBLIC_URL) is not a loopback address`),
      );
      const words = 'anyone-may-sign-in-as-anyone';
      assert.ok(readSettings({ LEERKRING_DEMO: '1', LEERKRING_DEMO_PUBLIC: words, [name]: value }).demo);
    });
  }

  it('is not let out by other words', () => {
    assertWrong(
      { LEERKRING_DEMO: '1', HOST: '0.0.0.0', LEERKRING_DEMO_PUBLIC: '1' },
      /LEERKRING_DEMO_PUBLIC must be the words/,
    );
  });
});
