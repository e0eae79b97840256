import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { LIMITS } from '../contract/limits.ts';
import { PROBLEMS, type Problem } from '../contract/problems.ts';
import { ROUTES, type Route } from '../contract/routes.ts';
import { onPglite } from '../../test/support/databases.ts';
import { INTRANET, allOf, personOf, testOrganisation, testServer, type TestServer } from '../../test/support/server.ts';
import { openStore } from './store/store.ts';
import { problemIn } from './http/problems.ts';
import { runDueWork } from './jobs/clockwork.ts';
import { startPoprf, type Poprf } from './keys/poprf.ts';

onPglite('the app', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    Promise.resolve(
      server.app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),
    );

  test('tells whether it lives and whether it is ready', async () => {
    assert.equal((await server.app.request('/healthz')).status, 200);
    assert.deepEqual(await (await server.app.request('/readyz')).json(), { status: 'ready' });
  });

  test('lives on without a database, and says that it is not ready', async () => {
    const store = await openStore({ kind: 'memory' });
    const alone = await testServer(store, poprf);
    await store.close();
    assert.equal((await alone.app.request('/healthz')).status, 200);
    assert.equal((await alone.app.request('/readyz')).status, 503);
    const response = await alone.app.request('/.well-known/leerkring-ballot-keys');
    assert.ok(response.status >= 500);
    assert.doesNotMatch(await response.text(), /select|driver|stack|\.ts/);
  });

  test('describes itself as valid OpenAPI 3.1, every route with its problems', async () => {
    const document = (await (await server.app.request('/openapi.json')).json()) as Record<string, unknown>;
    const result = await new Validator().validate(document);
    assert.deepEqual(result.errors ?? [], []);
    assert.equal(result.valid, true);
    assert.equal(document['openapi'], '3.1.0');
    const paths = document['paths'] as Record<string, Record<string, { responses: Record<string, unknown> }>>;
    for (const route of Object.values<Route>(ROUTES)) {
      assert.ok(paths[route.path]?.[route.method]?.responses['200'], route.path);
    }
  });

  test('answers problems in the language asked for', async () => {
    for (const [header, title] of [
      ['nl-NL,nl;q=0.9,en;q=0.8', 'Je bent niet aangemeld'],
      ['en', 'You are not signed in'],
      ['de, nl;q=0.4, en;q=0.5', 'You are not signed in'],
      ['fr', 'You are not signed in'],
    ] as const) {
      const response = await server.app.request('/v1/rounds/open', { headers: { 'accept-language': header } });
      assert.equal(response.status, 401);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      assert.equal(response.headers.get('www-authenticate'), 'Bearer');
      assert.equal(((await response.json()) as Problem).title, title);
    }
  });

  test('has words for every problem, in both languages', () => {
    for (const kind of PROBLEMS) {
      const texts = (['nl', 'en'] as const).map((language) => problemIn(language, { kind }));
      assert.notEqual(texts[0]?.title, texts[1]?.title);
      for (const text of texts) assert.ok(text.title.length > 5 && text.detail.endsWith('.'));
    }
  });

  test('refuses bodies that are too large, too deep, no JSON, or of another type', async () => {
    const cases: readonly [string, string, number][] = [
      ['x'.repeat(LIMITS.body + 1), 'application/json', 413],
      [`${'['.repeat(LIMITS.depth + 1)}${']'.repeat(LIMITS.depth + 1)}`, 'application/json', 400],
      ['{"organisation":', 'application/json', 400],
      ['', 'application/json', 400],
      ['organisation=a', 'application/x-www-form-urlencoded', 400],
      ['{}', 'text/plain', 400],
    ];
    for (const [body, type, status] of cases) {
      const response = await post('/v1/ballots', body, { 'content-type': type });
      assert.equal(response.status, status, `${type} ${body.slice(0, 30)}`);
      assert.match(((await response.json()) as Problem).type, /^urn:leerkring:problem:/);
    }
    const brackets = await post('/v1/ballots', '{"comment":"[[[[[[[[[["}');
    assert.doesNotMatch(await brackets.text(), /Nested/, 'brackets in a text are no depth');
  });

  test('says where a request is wrong, and never what it said', async () => {
    const response = await post('/v1/ballots', JSON.stringify({ organisation: 'a', comment: 'my secret sentence', extra: 1 }));
    const text = await response.text();
    const { errors } = JSON.parse(text) as Problem;
    assert.ok(errors?.some(({ pointer }) => pointer === '/round'));
    assert.ok(errors?.some(({ pointer }) => pointer === '/extra'));
    assert.doesNotMatch(text, /secret sentence/);
  });

  test('refuses unknown and repeated query parameters', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const person = personOf(server, organisation, 'a-1');
    assert.equal((await person.get('/v1/reports?teams=a')).status, 400);
    assert.equal((await person.get('/v1/reports?team=a&team=b')).status, 400);
  });

  test('takes a token and a query in a form, for browsers that would have to ask beforehand about a header', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    await runDueWork(server.services, 600);
    const token = await server.token(organisation, 'a-1');
    const ask = (fields: Record<string, string> | string[][], headers: Record<string, string> = {}) =>
      server.app.request('/v1/rounds/open', { method: 'POST', body: new URLSearchParams(fields), headers });
    const asked = await ask({ access_token: token, instrument: 'learning-pulse' });
    assert.equal(asked.status, 200);
    assert.equal(((await asked.json()) as { rounds: unknown[] }).rounds.length, 1);
    assert.equal((await ask({ instrument: 'learning-pulse' })).status, 401);
    assert.equal((await ask([['access_token', token], ['access_token', token]])).status, 401);
    assert.equal((await ask({ access_token: token, other: 'x' })).status, 400);
    assert.equal((await ask({ access_token: token }, { authorization: `Bearer ${token}` })).status, 400);
    const json = { method: 'POST', body: JSON.stringify({ access_token: token }), headers: { 'content-type': 'application/json' } };
    assert.equal((await server.app.request('/v1/rounds/open', json)).status, 400);
  });

  test('takes no ballot with a token: it would say whose it is', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    await runDueWork(server.services, 600);
    const person = personOf(server, organisation, 'a-1');
    const ballot = await person.ballot(await person.openRound(), allOf(3));
    const authorization = `Bearer ${await server.token(organisation, 'a-1')}`;
    assert.equal((await post('/v1/ballots', JSON.stringify(ballot), { authorization })).status, 400);
    assert.equal((await post('/v1/ballots', JSON.stringify(ballot))).status, 200);
  });

  test('lets the intranets of the settings in, others not, and none with credentials', async () => {
    const preflight = async (origin: string, path: string) =>
      server.app.request(path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const paper = await preflight(INTRANET, '/v1/papers');
    assert.equal(paper.headers.get('access-control-allow-origin'), INTRANET);
    assert.match(paper.headers.get('access-control-allow-headers') ?? '', /authorization/);
    const ballot = await preflight(INTRANET, '/v1/ballots');
    assert.doesNotMatch(ballot.headers.get('access-control-allow-headers') ?? '', /authorization/);
    for (const response of [paper, ballot, await preflight('https://elsewhere.example.org', '/v1/papers')]) {
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
    }
    const foreign = await preflight('https://elsewhere.example.org', '/v1/papers');
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });

  test('sends security headers, and keeps answers out of caches', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const response = await personOf(server, organisation, 'a-1').get('/v1/reports');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(response.headers.get('set-cookie'), null);
  });

  test('holds back a person who asks too much, and nobody else', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    const eager = personOf(server, organisation, 'a-1');
    const statuses: number[] = [];
    for (let index = 0; index < 260; index += 1) statuses.push((await eager.get('/v1/reports?team=none')).status);
    assert.ok(statuses.slice(0, 200).every((status) => status === 404));
    assert.equal(statuses.at(-1), 429);
    assert.equal((await personOf(server, organisation, 'a-2').get('/v1/reports')).status, 200);
  });

  test('does not let what is no ballot use up the room of those that are', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    await runDueWork(server.services, 600);
    const person = personOf(server, organisation, 'a-1');
    const ballot = await person.ballot(await person.openRound(), allOf(3));
    for (let index = 0; index < 3100; index += 1) assert.equal((await post('/v1/ballots', '{}')).status, 400);
    assert.equal((await post('/v1/ballots', JSON.stringify(ballot))).status, 200);
  });

  test('refuses keys that no database keeps, and logs nothing of it', async () => {
    const organisation = await testOrganisation(server, { a: 5 });
    await runDueWork(server.services, 600);
    const person = personOf(server, organisation, 'a-1');
    const ballot = await person.ballot(await person.openRound(), allOf(3));
    for (const round of ['\u0000', 'x\ud800']) {
      assert.equal((await post('/v1/ballots', JSON.stringify({ ...ballot, round }))).status, 400);
    }
    assert.doesNotMatch(server.logged(), /v1/);
  });

  test('logs why a token was refused, but not where a paper is asked for: the moment would be a trace', async () => {
    const before = server.logged();
    const headers = { authorization: 'Bearer e30.e30.e30', 'content-type': 'application/json' };
    assert.equal((await post('/v1/papers', '{}', headers)).status, 401);
    assert.equal(server.logged(), before);
    assert.equal((await server.app.request('/v1/reports', { headers })).status, 401);
    assert.match(server.logged().slice(before.length), /a token was refused/);
  });

  test('gives an answer without a fault to whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/v1/ballots', '/v1/papers', '/v1/reports', '/v1/rounds/open', '/nowhere'),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
        fc.oneof(fc.json(), fc.string()),
        async (path, method, body) => {
          const init = method === 'GET' ? { method } : { method, body, headers: { 'content-type': 'application/json' } };
          const response = await server.app.request(path, init);
          assert.ok(response.status < 500, `${method} ${path} ${body}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});
