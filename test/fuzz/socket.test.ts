import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { BALLOTS_PATH, OPEN_ROUNDS_PATH, PAPERS_PATH, REPORTS_PATH } from '../../src/contract/paths.ts';
import { ROUTES, type Route } from '../../src/contract/routes.ts';
import { listen, type Running } from '../../src/server/main.ts';
import { ballotOf, makeWorld, MARK, type Server, type World } from './world.ts';

/** How many connections get broken requests. */
const CONNECTIONS = 600;
/** Milliseconds, far more than any answer takes. */
const DEADLINE = 120_000;

describe('the server on a real socket', () => {
  let world: World;
  let server: Server;
  let running: Running;
  before(async () => {
    world = await makeWorld();
    server = world.server();
    running = await listen(server.app, 0, '127.0.0.1', 'PORT');
  });
  after(async () => {
    await running.stop();
    await world.close();
  });

  test(`answers ${String(CONNECTIONS)} broken requests without a fault, and goes on`, async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(rawRequests(), async ({ bytes }) => {
        const answer = await utter(Buffer.from(bytes, 'latin1'));
        if (answer !== '') answered += 1;
        assertFine(answer);
        assertQuiet();
      }),
      { numRuns: CONNECTIONS, includeErrorInReport: true },
    );
    assert.ok(answered > CONNECTIONS / 2, `Only ${String(answered)} were answered.`);
    await assertAlive();
  });

  test('lets requests that are given up, at any byte, be as if they had never been', async () => {
    const request = ballotRequest();
    const before = await world.ballotsInBoxes();
    // Up to the last byte but one: then it is no request yet.
    for (let length = 1; length < request.length; length += 7) {
      const socket = await connected();
      socket.write(request.subarray(0, length));
      await new Promise((resolve) => socket.write('', resolve));
      if (length % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await assertAlive();
    assertQuiet();
    assert.equal(await world.ballotsInBoxes(), before);
  });

  test('takes a ballot that comes byte by byte, once', async () => {
    const request = ballotRequest();
    const before = await world.ballotsInBoxes();
    const socket = await connected();
    const answer = answerOn(socket);
    for (const byte of request) socket.write(Buffer.of(byte));
    assert.match(await answer, /^HTTP\/1\.1 200 /);
    assert.match(await exchange(request), /^HTTP\/1\.1 200 /);
    assert.equal(await world.ballotsInBoxes(), before + 1);
    assertQuiet();
  });

  test('serves others while many send no more', async () => {
    const starts = ['', 'G', 'GET /healthz HTTP/1.1\r\n', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ', ballotRequest().subarray(0, -1).toString('latin1'),
      `POST ${BALLOTS_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":`];
    const sockets = await Promise.all(Array.from({ length: 120 }, async (_, index) => {
      const socket = await connected();
      socket.write(starts[index % starts.length] ?? '');
      return socket;
    }));
    for (let round = 0; round < 20; round += 1) await assertAlive();
    for (const socket of sockets) socket.destroy();
    await assertAlive();
    assertQuiet();
  });

  test('tells nothing of all that was sent', () => {
    assert.equal(world.logged().includes(MARK), false);
  });

  function ballotRequest(): Buffer {
    const [real] = world.ballots;
    assert.ok(real);
    const body = JSON.stringify(ballotOf(real, Object.fromEntries(real.instrument.items.map(({ key }) => [key, 1]))));
    return Buffer.from(`POST ${BALLOTS_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`);
  }

  function assertQuiet(): void {
    const logged = server.logged();
    assert.ok(!logged.includes(MARK), logged);
    assert.doesNotMatch(logged, /"level":[56]0|ballotCount/, `A fault was logged: ${logged}`);
  }

  async function assertAlive(): Promise<void> {
    assert.match(await exchange(Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')), /^HTTP\/1\.1 200 .*alive/s);
  }

  async function connected(): Promise<Socket> {
    const socket = connect(running.port, '127.0.0.1');
    // A server may close while it is still written to.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  /** Sends a request that asks to hang up after its answer. @returns all that comes back */
  async function exchange(bytes: Buffer): Promise<string> {
    const socket = await connected();
    const answer = answerOn(socket);
    socket.write(bytes);
    return answer;
  }

  /** Sends bytes, and tells that there will be no more of them. @returns all that comes back */
  async function utter(bytes: Buffer): Promise<string> {
    const socket = await connected();
    const answer = answerOn(socket);
    socket.end(bytes);
    return answer;
  }
});

async function answerOn(socket: Socket): Promise<string> {
  let answer = '';
  socket.setEncoding('latin1').on('data', (part: string) => { answer += part; });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`The connection hangs; so far: ${answer.slice(0, 300)}`)); }, DEADLINE);
  });
  try {
    await Promise.race([new Promise((resolve) => socket.once('close', resolve)), late]);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
  return answer;
}

/** Each answer is HTTP and no fault of the server's; what the server itself refuses is a problem, or is a broken line. */
function assertFine(answer: string): void {
  // Nothing at all: the server hung up on what it could not read.
  if (answer === '') return;
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
  assert.ok(statuses.length > 0 && answer.startsWith('HTTP/1.1 '), answer.slice(0, 300));
  for (const status of statuses) assert.ok(status < 500, answer.slice(0, 600));
  assert.ok(!answer.includes(MARK), answer.slice(0, 600));
  assert.doesNotMatch(answer, /node_modules|\.ts:\d|\n\s+at /, answer.slice(0, 600));
}

/** A request as bytes (one character each), broken in one or two places. */
function rawRequests(): fc.Arbitrary<{ readonly bytes: string }> {
  const paths = Object.values<Route>(ROUTES).map(({ path }) => path);
  const targets = fc.constantFrom(
    ...paths, '/healthz', '/', '*', '', '//', '///x', 'http://elsewhere.example.org/healthz', `http://${MARK}:x/`, 'x', '/\x00', '/%', '/%00', '/\xff', '/é', `/${MARK}`, '/a b', `${REPORTS_PATH}?team=\xff`,
    '/kit/../../x', '/kit/%2e%2e/x', `/${'x'.repeat(20_000)}`, `${OPEN_ROUNDS_PATH}?${'a=1&'.repeat(3000)}`, '/#x', '?x', '/[::1', 'https://[', '/\\x',
  );
  const methods = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'CONNECT', 'TRACK', 'PRI', 'get', MARK, '', 'G\x00T', 'PATCH', 'QUERY');
  const versions = fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'HTTP/1.1 ', 'http/1.1', '', MARK);
  const headers = fc.constantFrom(
    'Host: x', 'Host: ', 'Host: x\r\nHost: y', 'Host: a b', 'Host: [', 'Host: x:99999', `Host: ${MARK}@x`, 'Host : x', '', MARK, ': x', ' folded', 'A: b\r\n folded', `X: ${'y'.repeat(17_000)}`, `${'Z: 1\r\n'.repeat(2100)}Z: 1`,
    'Content-Length: 5', 'Content-Length: -5', 'Content-Length: 5\r\nContent-Length: 6', 'Content-Length: 999999999999999999999', 'Content-Length: 5, 5', 'Content-Length: x', 'Content-Length: 70000', 'Content-Length: +2',
    'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked\r\nContent-Length: 4', 'Transfer-Encoding: chunked, chunked', 'Transfer-Encoding: x', 'Transfer-Encoding: \x0bchunked',
    'Expect: 100-continue', `Expect: ${MARK}`, 'Connection: upgrade\r\nUpgrade: websocket', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__', 'Connection: close', 'Connection: keep-alive',
    `Authorization: Bearer ${MARK}`, `Authorization: Bearer ${MARK}\xff`, 'Authorization: \x00', 'Accept-Language: \xff', 'Content-Type: application/json', 'Content-Type: application/json', `Cookie: ${MARK}=1`, 'Origin: \xe9', 'Range: bytes=0-', '\x00: \x00', 'A\xe9: b',
  );
  const bodies = fc.constantFrom('', '{}', '[]', 'xxxxx', `{"comment":"${MARK}"}`, '5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n', '5\r\n{"a":', 'zz\r\n', 'ffffffffffffffffff\r\n', '-1\r\nx', '0\r\nA: b\r\n\r\n', '5;ext=\xff\r\n12345\r\n0\r\n\r\n', `1\r\n{\r\n`.repeat(300) + '0\r\n\r\n',
    '\x00'.repeat(100), '\xff\xfe', 'x'.repeat(70_000), `11000\r\n${'x'.repeat(0x11000)}\r\n0\r\n\r\n`, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  const ends = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r');
  const structured = fc
    .record({ method: methods, target: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(BALLOTS_PATH, PAPERS_PATH) }, { weight: 3, arbitrary: targets }), version: versions, host: fc.constantFrom('Host: x', 'Host: x', 'Host: x', ''), some: fc.array(headers, { maxLength: 4 }), body: bodies, end: ends })
    .map(({ method, target, version, host, some, body, end }) => ({ bytes: [`${method} ${target} ${version}`, ...(host === '' ? [] : [host]), ...some, '', body].join(end) }));
  const others = fc.constantFrom('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\x00', '\r\n\r\n\r\n', 'x'.repeat(100_000), 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50), 'SSH-2.0-x\r\n').map((bytes) => ({ bytes }));
  const noise = fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => ({ bytes: Buffer.from(bytes).toString('latin1') }));
  return fc.oneof({ weight: 12, arbitrary: structured }, { weight: 1, arbitrary: others }, { weight: 1, arbitrary: noise });
}
