import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import type { Ballot } from '../../src/contract/ballots.ts';
import { PROBLEM_TYPE, PROBLEMS, problemSchema, type Problem, type ProblemKind } from '../../src/contract/problems.ts';
import { GENERAL_PROBLEMS, ROUTES, takesForm, type Route } from '../../src/contract/routes.ts';
import { points } from '../../src/domain/instrument.ts';
import { problemIn } from '../../src/server/http/problems.ts';
import { runDueWork } from '../../src/server/jobs/clockwork.ts';
import { inputsFor, type Input } from './inputs.ts';
import { secretOf } from './log-world.ts';
import { makeWorld, MARK, MARKED_CHOICE, NOW, PUBLIC_URL, type Server, type World } from './world.ts';

/** So many requests at once: the arithmetic of papers is done on threads of its own. */
const LANES = 6;
/** Milliseconds, far more than any request takes: a request that is not answered by then hangs. */
const DEADLINE = 60_000;
/** What a log says of something that went wrong inside: a level, or the count of the ballots' way. */
const FAILURE = /"level":[56]0|ballotCount/;

const STREAM = 'text/event-stream';
/** Begins what is for its author alone. */
const SECRET = `${MARK}geheim`;

const WAY_OF_BALLOTS: ReadonlySet<string> = new Set([ROUTES.takePaper.path, ROUTES.castBallot.path]);

/** How often it came to what: by method, path and outcome. */
export type Seen = Readonly<Record<string, number>>;

/**
 * Sends requests to a world of its own, and checks all that is promised of any answer; then closes the rounds, and
 * checks that each ballot that was acknowledged is in the box once.
 * @throws with the least request that shows what is wrong, and with the seed that repeats it
 */
export async function fuzz(inputs: number, seed: number): Promise<Seen> {
  const world = await makeWorld();
  try {
    const seen: Record<string, number> = {};
    const acknowledged = new Set<string>();
    const drawn = inputsFor(world);
    let failed = false;
    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        const server = world.server();
        let failing = false;
        const property = fc.asyncProperty(drawn, async (input) => {
          // Another lane found something, and looks for the least that shows it.
          if (failed && !failing) return;
          try {
            const outcome = await send(world, server, input, acknowledged);
            seen[outcome] = (seen[outcome] ?? 0) + 1;
          } catch (error) {
            failed = failing = true;
            throw error;
          }
        });
        const numRuns = Math.floor(inputs / LANES) + (lane < inputs % LANES ? 1 : 0);
        await fc.assert(property, { numRuns, seed: seed + lane, includeErrorInReport: true });
      }),
    );
    await assertCounted(world, acknowledged);
    assertNothingTold(world, world.logged(), 'the log');
    assert.doesNotMatch(world.logged(), FAILURE);
    return seen;
  } finally {
    await world.close();
  }
}

/** @returns what it came to */
async function send(world: World, server: Server, input: Input, acknowledged: Set<string>): Promise<string> {
  const request = await requestOf(world, input);
  // What can't be said in HTTP at all is sent over a socket elsewhere.
  if (!request) return 'no request';
  const gone = new AbortController();
  const [response, body] = await inTime(async () => {
    const answered = await server.app.request(new Request(request, { signal: gone.signal }));
    return [answered, await textOf(answered)] as const;
  }).finally(() => { gone.abort(); });
  const logged = server.logged();
  assertNothingTold(world, logged, 'the log');
  assert.ok(response.status < 500, `${String(response.status)} ${body}\nlogged: ${logged}`);
  assert.doesNotMatch(logged, FAILURE);
  assertHeaders(world, response);
  assertSecret(world, input, body);
  // Of a paper or a ballot not even the moment may be told.
  if (WAY_OF_BALLOTS.has(pathOf(request.url))) assert.equal(logged, '');
  const route = routeOf(request);
  const kind = response.status >= 400 ? assertProblem(world, input, response, body, route) : undefined;
  if (kind === undefined) {
    assertAnswer(world, input, response, body, route);
    if (route?.path === ROUTES.castBallot.path && response.status === 200) acknowledged.add(assertCast(world, input));
  }
  if (input.must === 'be refused') assert.ok(kind !== undefined, `What was wrong (${input.fault}) was accepted: ${body}`);
  if (input.must === 'be understood') assertUnderstood(input, kind, body);
  return route ? `${request.method} ${route.path} ${kind ?? String(response.status)}` : 'elsewhere';
}

/** What is answered; of what goes on coming, the first part: then whoever listened hangs up. */
async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith(STREAM)) return response.text();
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes('\n\n')) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

async function requestOf(world: World, { method, path, who, headers, body, encoding, form }: Input): Promise<Request | undefined> {
  const authorization = await world.authorization(who);
  try {
    return new Request(PUBLIC_URL + path, {
      method,
      headers: { ...headers, ...(authorization === undefined || form ? {} : { authorization }) },
      ...(body === undefined || /^(get|head)$/i.test(method) ? {} : { body: Buffer.from(form ? inForm(body, authorization) : body, encoding) }),
    });
  } catch {
    return undefined;
  }
}

function inForm(body: string, authorization = ''): string {
  return body.replace('TOKEN', encodeURIComponent(authorization.replace(/^Bearer /, '').replace(/\p{Cs}/gu, '\ufffd')));
}

/** The path that was asked for; `%31` is but another way to write `1` (RFC 3986 section 6.2.2.2). */
function pathOf(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}

const PLACES = new Map(Object.values<Route>(ROUTES).map((route) => [route, new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`)]));

/** The route that a request is to, by method and path alone. */
function routeOf({ method, url }: Request): Route | undefined {
  const pathname = pathOf(url);
  const asked = method === 'HEAD' ? 'GET' : method;
  return [...PLACES].map(([route]) => route).find((route) => PLACES.get(route)?.test(pathname) && (route.method.toUpperCase() === asked || (asked === 'POST' && takesForm(route))));
}

/** A problem is of a kind that its route has, in words that are the same for everybody. @returns its kind */
function assertProblem(world: World, input: Input, response: Response, body: string, route: Route | undefined): string {
  // A range that no file has: RFC 9110 section 15.5.17 tells it in a header.
  if (response.status === 416) {
    assert.equal(body, '');
    return 'no such range';
  }
  assert.equal(response.headers.get('content-type'), 'application/problem+json', body);
  // The answer to HEAD.
  if (body === '') return 'refused';
  const problem = v.parse(problemSchema, JSON.parse(body));
  assert.equal(problem.status, response.status);
  const kind = problem.type.slice(PROBLEM_TYPE.length) as ProblemKind;
  assert.ok(PROBLEMS.includes(kind), `An unknown problem: ${body}`);
  const own: readonly ProblemKind[] = route ? [...route.problems, ...GENERAL_PROBLEMS] : ['not-found'];
  assert.ok(own.includes(kind), `A problem that this route does not have: ${body}`);
  const words = (['nl', 'en'] as const).map((language) => problemIn(language, { kind }));
  // Who is in no roster is told of which organisation: the one that the own token is of.
  const named = kind === 'not-in-roster';
  assert.ok(words.some(({ title, detail }) => title === problem.title && (named || detail === problem.detail)), body);
  const { kept, sent, ...rest } = problem;
  if (kind === 'entry-changed') assertBothTexts(input, kept, sent);
  else assert.deepEqual([kept, sent], [undefined, undefined]);
  const told = JSON.stringify({ ...rest, errors: [] });
  assertNothingTold(world, named ? world.organisations.reduce((text, id) => text.replaceAll(`${MARK} ${id}`, ''), told) : told, 'a problem');
  for (const { pointer, detail } of problem.errors ?? []) {
    assert.doesNotMatch(detail, /\bat \S+:\d|\.ts\b|node_modules|\bselect\b|Error\b|JSON at position|Unexpected/, body);
    assertNothingTold(world, detail, 'an error');
    // To say where something is wrong takes the name of its field; never what stood in it.
    for (const part of pointer.split(/[/?]/)) assert.ok(part === MARK || !part.includes(MARK), `Where an error is tells what was sent: ${body}`);
    assertNothingTold(world, pointer.replaceAll(MARK, ''), 'where an error is');
  }
  return kind;
}

/** A body as JSON reads it. */
function bodyOf({ body, encoding }: Input): string {
  return Buffer.from(body ?? '', encoding).toString().replace(/^\ufeff/, '');
}

/**
 * The one problem that says what was written says it to its author alone: what is kept is that person's own, by the name
 * in the token, and what was sent stands in the request.
 */
function assertBothTexts(input: Input, kept: Problem['kept'], sent: Problem['sent']): void {
  assert.ok(kept && sent);
  assert.equal(kept.mine, true);
  assert.equal(kept.author?.id, input.who.slice(input.who.indexOf('/') + 1));
  const { text: written } = JSON.parse(bodyOf(input)) as { readonly text: string };
  assert.equal(sent.text, written.trim());
}

/** What was for its author alone is in no answer to anybody else, whatever was asked. */
function assertSecret(world: World, { who }: Input, body: string): void {
  if (!body.includes(SECRET)) return;
  const rest = body.replaceAll(secretOf(MARK, who), '');
  assert.ok(!rest.includes(SECRET), `${who} is told what is for another alone: ${body}`);
  assert.ok(world.people.includes(who));
}

function assertAnswer(world: World, input: Input, response: Response, body: string, route: Route | undefined): void {
  if (response.status === 204) return assert.equal(body, '');
  if (body === '' && (input.method === 'HEAD' || input.path.startsWith('/kit/'))) return;
  if (route) {
    assert.equal(response.status, 200);
    if (route.lane === 'signed-in') assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(response.headers.get('vary') ?? '', /accept-language/);
    assert.equal(response.headers.get('content-type'), route.streams ? STREAM : 'application/json');
    const answer = JSON.parse(route.streams ? (/^data: (.*)$/m.exec(body)?.[1] ?? '') : body) as unknown;
    const { issues = [] } = v.safeParse(route.answer, answer);
    assert.deepEqual(issues.map((issue) => [v.getDotPath(issue), issue.message]), [], body);
    const version = route.versioned && v.is(v.looseObject({ version: v.number() }), answer) ? `"${String(answer.version)}"` : null;
    return assert.equal(response.headers.get('etag'), version);
  }
  assert.match(pathOf(PUBLIC_URL + input.path), /^\/(kit\/(kring-pulse-survey\.js(\.br)?|chunks\/part-AbCdEf12\.js)|healthz|readyz|openapi\.json)$/, `An answer from nowhere: ${body.slice(0, 200)}`);
  assertNothingTold(world, body, 'a public answer');
}

/** What went into the box was a real ballot, with answers on its own scale. @returns which */
function assertCast(world: World, input: Input): string {
  const { choices, round, nonce, team, output } = JSON.parse(bodyOf(input)) as Ballot;
  const real = world.ballots.find(
    ({ scope, proof }) => scope.round === round && scope.team === team && sameBytes(proof.nonce, nonce) && sameBytes(proof.output, output),
  );
  assert.ok(real, 'A ballot without a paper was taken.');
  const items = new Set(real.instrument.items.map(({ key }) => key));
  for (const [item, choice] of Object.entries(choices)) {
    assert.ok(items.has(item), `An answer to nothing was taken: ${JSON.stringify(item)}`);
    assert.ok(Number.isInteger(choice) && choice >= 1 && choice <= points(real.instrument), 'An answer on no scale was taken.');
  }
  return `${round} ${real.proof.nonce}`;
}

function assertUnderstood(input: Input, kind: string | undefined, body: string): void {
  const never = ['signed-out', 'not-in-roster', 'too-large', 'too-many-requests', 'unavailable', 'internal'];
  assert.ok(kind === undefined || !never.includes(kind), body);
  // A day that is over looks like any other: nothing else than such a day is refused as one.
  if (kind === 'invalid-request' && body.includes('"pointer":"/wishDate"')) {
    const { wishDate } = JSON.parse(bodyOf(input)) as { readonly wishDate: string };
    assert.ok(wishDate < NOW.slice(0, 10), body);
    return;
  }
  // A value can be of the right shape and still be no element of the group, or no choice on this instrument's scale.
  // Nor is a team or a colleague one's own to name, or a moment one that a database knows, because it looks so.
  if (kind === 'invalid-request') assert.match(body, /"pointer":"(\/(blinded|choices|audience\/team|audience\/people|people|state)|\?(from|until|after))"/);
}

function assertHeaders(world: World, response: Response): void {
  assert.equal(response.headers.get('set-cookie'), null);
  assert.equal(response.headers.get('access-control-allow-credentials'), null);
  assertNothingTold(world, [...response.headers.values()].join('\n'), 'a header');
}

/** Nothing that bears the mark, no answer on no scale, no token, and none of the numbers that papers are made of. */
function assertNothingTold({ secrets }: World, text: string, where: string): void {
  if (text === '') return;
  for (const told of [MARK, String(MARKED_CHOICE), 'eyJ', 'Bearer ey']) assert.ok(!text.includes(told), `${where} tells ${told}: ${text}`);
  for (const [run] of text.matchAll(/[\w-]{24,}/g)) {
    for (let at = 0; at + 24 <= run.length; at += 1) assert.ok(!secrets.has(run.slice(at, at + 24)), `${where} tells ${run}: ${text}`);
  }
}

/** Each ballot that was acknowledged is in the box once, and the rounds close, whatever was written in comments. */
async function assertCounted(world: World, acknowledged: ReadonlySet<string>): Promise<void> {
  assert.equal(await world.ballotsInBoxes(), acknowledged.size);
  world.setNow('2026-11-20T12:00:00Z');
  await runDueWork(world.services, 600);
  const open = await world.services.database.selectFrom('round').select('id').where('box_key', 'is not', null).execute();
  assert.deepEqual(open, []);
}

function sameBytes(one: string, other: string): boolean {
  return Buffer.from(one, 'base64url').equals(Buffer.from(other, 'base64url'));
}

async function inTime<T>(act: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Error(`No answer within ${String(DEADLINE / 1000)} seconds.`)); }, DEADLINE);
  });
  try {
    return await Promise.race([act(), late]);
  } finally {
    clearTimeout(timer);
  }
}
