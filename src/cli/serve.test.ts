import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ROUTES } from '../contract/routes.ts';
import { openServices } from '../server/main.ts';
import type { Context } from './context.ts';
import { run } from './run.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

let cwd = '';

function contextWith(environment: Record<string, string>, out: { stdout: string; stderr: string }): Context {
  return {
    environment: { ...ENVIRONMENT, DATA_DIR: join(cwd, 'data'), ISSUERS_FILE: 'issuers.json', ...environment },
    stdout: { write: (part) => { out.stdout += part; } },
    stderr: { write: (part) => { out.stderr += part; } },
    cwd,
    now: () => new Date(),
    open: openServices,
    fetch,
    untilStopped: () => Promise.resolve(),
    showStacks: () => undefined,
  };
}

const ENVIRONMENT = { PORT: '0', LOG_LEVEL: 'warn' } as const;

interface Process {
  readonly child: ChildProcess;
  /** Resolves with the match of the first line of the standard output that matches. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

function start(
  words: readonly string[],
  flags: readonly string[] = [],
  environment: Record<string, string> = {},
): Process {
  const child = spawn(process.execPath, ['--import', TSX, ...flags, MAIN, ...words], {
    cwd,
    env: { PATH: process.env['PATH'], ISSUERS_FILE: 'issuers.json', ...ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  const stderr = text(child.stderr);
  const ended = once(child, 'close').then(async () => ({ code: child.exitCode, stderr: await stderr }));
  child.stdout.on('data', (part: Buffer) => { said += part.toString(); });
  return {
    child,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said);
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        look();
        void ended.then((end) => { reject(new Error(`It ended without ${String(pattern)}: ${end.stderr}`)); });
      }),
  };
}

const running = new Set<ChildProcess>();

async function addressOf(server: Process): Promise<string> {
  const [, address = ''] = await server.line(/^ {2}(http:\/\/127\.0\.0\.1:\d+)\/readyz /m);
  return address;
}

/** A request of which the server has the head and waits for the body. */
async function underWay(address: string, agent: Agent): Promise<ClientRequest> {
  const sending = request(address + ROUTES.castBallot.path, {
    method: 'POST',
    agent,
    headers: { expect: '100-continue', 'content-type': 'application/json', 'content-length': 2 },
  });
  sending.flushHeaders();
  await once(sending, 'continue');
  return sending;
}

before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leerkring-serve-'));
  const issuer = { issuer: 'https://sign-in.example.org', audience: 'leerkring', jwks: 'keys.json' };
  const issuers = ['de-linde', 'de-eik'].map((organisation) => ({ organisation, ...issuer }));
  await writeFile(join(cwd, 'issuers.json'), JSON.stringify(issuers));
  await writeFile(join(cwd, 'keys.json'), JSON.stringify({ keys: [] }));
  const out = { stdout: '', stderr: '' };
  assert.equal(
    await run(['init', '--organisation', 'de-linde', '--name', 'De Linde'], contextWith({}, out)),
    0,
    out.stderr,
  );
});
after(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(cwd, { recursive: true, force: true });
});

describe('leerkring serve', () => {
  it('serves, alone on its folder, and lets a request that is under way finish before it stops', async () => {
    const server = start(['serve']);
    const address = await addressOf(server);
    for (const [path, status] of [['/healthz', 'alive'], ['/readyz', 'ready']] as const) {
      const response = await fetch(address + path);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { status });
    }

    const second = await start(['serve']).ended;
    assert.equal(second.code, 1);
    assert.match(second.stderr, /^Another process uses the data folder .*\n$/);

    const agent = new Agent({ keepAlive: true });
    const sending = await underWay(address, agent);
    server.child.kill('SIGTERM');
    await server.line(/lets requests that are under way finish/);
    sending.end('{}');
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    assert.equal(response.statusCode, 400);
    assert.match(await text(response), /invalid-request/);
    assert.equal(response.headers.connection, 'close', 'or the connection would hold up the end');
    const { code, stderr } = await server.ended;
    assert.equal(code, 0);
    assert.match(stderr, /trusts https:\/\/sign-in\.example\.org for the organisation de-eik, which does not exist/);
    assert.doesNotMatch(stderr, /de-linde/);
    agent.destroy();
  });

  it('ends at once when it is told a second time, and its folder can be used again', async () => {
    const server = start(['serve']);
    const agent = new Agent({ keepAlive: true });
    const sending = await underWay(await addressOf(server), agent);
    const broken = once(sending, 'error');
    server.child.kill('SIGTERM');
    await server.line(/lets requests that are under way finish/);
    server.child.kill('SIGINT');
    assert.equal((await server.ended).code, 130);
    await broken;
    agent.destroy();

    const out = { stdout: '', stderr: '' };
    assert.equal(await run(['round', 'list'], contextWith({}, out)), 0, out.stderr);
  });

  it('with --json prints one document when it is ready', async () => {
    const out = { stdout: '', stderr: '' };
    const context = contextWith({ PUBLIC_URL: 'https://leerkring.example.org' }, out);
    assert.equal(await run(['serve', '--json'], context), 0, out.stderr);
    const { version, addresses } = JSON.parse(out.stdout) as { version: string; addresses: { url: string }[] };
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.ok(addresses.some(({ url }) => url === 'https://leerkring.example.org'));
  });

  it('names the setting when its port is taken, and gives the folder back', async () => {
    const taker = createServer().listen(0, '127.0.0.1');
    await once(taker, 'listening');
    const address = taker.address();
    assert.ok(typeof address === 'object' && address);
    const out = { stdout: '', stderr: '' };
    const context = contextWith({ PORT: String(address.port) }, out);
    assert.equal(await run(['serve'], context), 1);
    assert.match(out.stderr, /^PORT: 127\.0\.0\.1:\d+ is used by another program\./m);
    taker.close();
    assert.equal(await run(['round', 'list'], context), 0, out.stderr);
  });
});

it('a promise that fails and is looked after by nobody ends the process with a sentence', async () => {
  // As soon as the program listens for it.
  const failing = `process.on('newListener', (event) => {
    if (event === 'uncaughtException') setImmediate(() => { Promise.reject(new TypeError('tell-nobody')); });
  });`;
  const module = `data:text/javascript,${encodeURIComponent(failing)}`;
  const { code, stderr } = await start(['serve'], ['--import', module]).ended;
  assert.equal(code, 1);
  assert.equal(stderr, 'Leerkring broke down: TypeError. LOG_LEVEL=debug shows where.\n');
});

it('and with its stack when the settings file asks for that', async () => {
  await writeFile(join(cwd, 'debug.env'), 'LOG_LEVEL=debug\n');
  // As soon as the command at hand says something.
  const failing = `const write = process.stdout.write;
  process.stdout.write = (...said) => {
    Promise.reject(new TypeError('at work'));
    return write.apply(process.stdout, said);
  };`;
  const module = `data:text/javascript,${encodeURIComponent(failing)}`;
  const words = ['settings', '--env', 'debug.env'];
  const { code, stderr } = await start(words, ['--import', module], { LOG_LEVEL: '' }).ended;
  assert.equal(code, 1);
  assert.match(stderr, /^Leerkring broke down: TypeError\. .*\nTypeError: at work\n\s+at /);
});
