import fc from 'fast-check';
import type { Ballot } from '../../src/contract/ballots.ts';
import { isPlain } from '../../src/contract/plain.ts';
import { ROUTES, takesForm, type Route } from '../../src/contract/routes.ts';
import { points } from '../../src/domain/instrument.ts';
import { LOG_LIMITS } from '../../src/domain/learning-log.ts';
import { nearly, nearlyValidOf, ODD_NAMES, ODD_TEXTS, oddText, validOf, type Drawing } from '../support/arbitraries.ts';
import type { RealEntry } from './log-world.ts';
import { ballotOf, INTRANET, MARK, MARKED_CHOICE, type Who, type World } from './world.ts';

/** One request, so written that a counterexample can be read and sent again by hand. */
export interface Input {
  readonly method: string;
  /** With the query, as it stands on the first line of a request. */
  readonly path: string;
  readonly who: Who;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly encoding: BufferEncoding;
  /** The token stands in the body, in the place of `TOKEN`. */
  readonly form?: true;
  /** What is odd about it. */
  readonly fault: string;
  /** What is certain of the answer: refused as it is wrong, or understood as it is right. */
  readonly must?: 'be refused' | 'be understood';
}

type RouteName = keyof typeof ROUTES;

/** Requests of every kind: to every route that the contract has, and to what is no route. */
export function inputsFor(world: World): fc.Arbitrary<Input> {
  const routes = Object.entries<Route>(ROUTES).map(([name, route]) => toRoute(world, name as RouteName, route));
  return fc.oneof(
    ...routes.map((arbitrary) => ({ weight: 5, arbitrary })),
    { weight: 2, arbitrary: elsewhere(world) },
    { weight: 1, arbitrary: files() },
  );
}

function toRoute(world: World, name: RouteName, route: Route): fc.Arbitrary<Input> {
  const drawing = drawingFrom(world);
  const whole = wholeRequests(world, name, route, drawing);
  const query = route.query;
  const body = route.body;
  // Where an entry is named by its key, it is asked for under others' names and none; and a change says what it began with.
  const strange = [
    ...(route.params ? [{ weight: 2, arbitrary: withOddPlace(world, route, whole) }] : []),
    ...(beginsWith(route) ? [{ weight: 1, arbitrary: withOddVersion(whole) }] : []),
  ];
  const asked = fc.oneof(
    ...strange,
    { weight: 4, arbitrary: whole },
    ...(body ? [{ weight: 6, arbitrary: withWrongBody(body, whole, drawing) }, { weight: 3, arbitrary: withOddText(whole) }] : []),
    ...(query ? [{ weight: 4, arbitrary: withWrongQuery(query, whole, drawing) }] : []),
    { weight: 2, arbitrary: withOddQuery(whole) },
    { weight: 2, arbitrary: withOddHeaders(whole) },
    { weight: 1, arbitrary: withoutRight(world, whole, route) },
    { weight: 1, arbitrary: withOddMethod(whole) },
    ...(body ? [{ weight: 1, arbitrary: withOddType(whole) }] : []),
  );
  if (!takesForm(route)) return asked;
  return fc.oneof({ weight: 3, arbitrary: asked }, { weight: 3, arbitrary: asked.map(asForm) }, { weight: 1, arbitrary: withOddType(whole.map(asForm)) });
}

/** The same with its token and its query in a form. */
function asForm(input: Input): Input {
  if (input.method !== 'GET') return input;
  const query = input.path.slice(pathOf(input).length + 1);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...input.headers };
  return { ...input, method: 'POST', path: pathOf(input), headers, body: `access_token=TOKEN${query === '' ? '' : `&${query}`}`, form: true };
}

/** Requests as they should be: of somebody who may ask, for something that is there. */
function wholeRequests(world: World, name: RouteName, route: Route, drawing: Drawing): fc.Arbitrary<Input> {
  const signedIn = route.lane === 'signed-in';
  const anybody: fc.Arbitrary<Who> = signedIn ? fc.constantFrom(...world.people) : fc.constant('nobody');
  const bare = { method: route.method.toUpperCase(), headers: {}, encoding: 'utf8', fault: 'none', must: 'be understood' } as const;
  const version = fc.integer({ min: 1, max: 6 }).map((number): Record<string, string> => (beginsWith(route) ? { 'if-match': `"${String(number)}"` } : {}));
  const plain = fc
    .record({
      who: anybody,
      query: route.query ? validOf(route.query, drawing) : fc.constant({}),
      params: route.params ? validOf(route.params, drawing) : fc.constant({}),
      body: route.body ? validOf(route.body, drawing) : fc.constant(undefined),
      version,
      language: fc.constantFrom('nl', 'en', 'nl-NL,nl;q=0.9,en;q=0.8'),
    })
    .map(({ who, query, params, body, version: began, language }): Input => ({
      ...bare,
      path: placeIn(route.path, params as Record<string, string>) + queryOf(query as Record<string, string>),
      who,
      headers: { ...jsonType(body !== undefined), 'accept-language': language, ...began },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }));
  const real = realRequests(world, route, drawing)[name];
  if (!real) return plain;
  const made = fc.tuple(real, version).map(([{ who, params = {}, body }, began]): Input => ({
    ...bare,
    path: placeIn(route.path, params),
    who,
    headers: { ...jsonType(body !== undefined), ...began },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }));
  // Whoever lets all go takes away what the others ask for.
  if (name === 'deleteLog') return made;
  return fc.oneof({ weight: 4, arbitrary: made }, { weight: 1, arbitrary: plain });
}

interface Real {
  readonly who: Who;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What no schema alone could give: what took work to make, and who comes to what. A route without any is sent what its schema allows. */
function realRequests(world: World, { body }: Route, drawing: Drawing): Partial<Record<RouteName, fc.Arbitrary<Real>>> {
  return { ...realBallots(world), ...realInLog(world, body ? validOf(body, drawing) : fc.constant(undefined)) };
}

/** Entries by those who wrote them, those who may see them and those who may not. */
function realInLog({ log, people }: World, allowed: fc.Arbitrary<unknown>): Partial<Record<RouteName, fc.Arbitrary<Real>>> {
  const whoComes = ({ author, reader, outsider }: RealEntry) => [author, reader ?? author, outsider];
  const shared = log.entries.filter(({ scope }) => scope !== 'me');
  // These are deleted; the rest stays for all others.
  const doomed = log.entries.filter((_, index) => index % 8 === 7);
  const kept = (entries: readonly RealEntry[]) => entries.filter((entry) => !doomed.includes(entry));
  const comes = (entries: readonly RealEntry[], add: (entry: RealEntry, who: Who) => Omit<Real, 'who'> = () => ({})) =>
    fc.constantFrom(...entries.flatMap((entry) => whoComes(entry).map((who): Real => {
      const { params, body } = add(entry, who);
      return { who, params: { entry: entry.id, ...params }, body };
    })));
  const withAllowed = (real: fc.Arbitrary<Real>) => fc.tuple(real, allowed).map(([one, body]): Real => ({ ...one, body }));
  const text = fc.constantFrom(`${MARK} goed`, `${MARK} anders`);
  const said = (key: string, step: string, texts: string) => ({ key, step, parts: step === 'review' ? [texts, texts, texts] : [texts] });
  const everyPost = shared.flatMap((entry) => entry.posts.map((post) => ({ entry, post })));
  const everyHelp = kept(shared).flatMap((entry) => entry.helps.map((help) => ({ entry, help })));
  const helper = fc.constantFrom(...everyHelp).chain(({ entry, help }) => fc.constantFrom(...whoComes(entry)).map((who) => ({ who, entry, help })));
  return {
    readEntry: comes(log.entries),
    entryVersions: comes(log.entries),
    deleteEntry: comes(doomed),
    deleteLog: fc.constantFrom(...people.filter((who) => !log.entries.some(({ author, reader }) => who === author || who === reader))).map((who): Real => ({ who })),
    changeEntry: withAllowed(comes(kept(log.entries))),
    writeEntry: fc.oneof(
      fc.tuple(fc.constantFrom(...log.entries), text).map(([{ author, key }, words]): Real => ({ who: author, body: { key, kind: 'insight', text: words } })),
      fc.tuple(fc.constantFrom(...log.entries), allowed, fc.uuid()).map(([{ author, team }, body, key]): Real => ({
        who: author,
        body: { ...(body as object), key, audience: { scope: 'team', team } },
      })),
    ),
    endorseEntry: withAllowed(comes(kept(log.entries))),
    tryEntry: comes(kept(log.entries)),
    writePost: fc.oneof(
      fc.tuple(comes(kept(log.entries)), fc.uuid(), text).map(([real, key, words]): Real => ({ ...real, body: said(key, 'reply', words) })),
      fc.tuple(fc.constantFrom(...everyPost), text).map(([{ entry, post }, words]): Real => ({ who: post.author, params: { entry: entry.id }, body: said(post.key, 'reply', words) })),
      fc.tuple(helper, fc.uuid(), fc.constantFrom('review', 'facts', 'would-do', 'takes'), text).map(([{ who, entry, help }, key, step, words]): Real => ({
        who, params: { entry: entry.id }, body: { ...said(key, step, words), help: help.id },
      })),
    ),
    deletePost: fc.constantFrom(...everyPost.flatMap(({ entry, post }, index): Real[] => [
      { who: index % 2 === 0 ? post.author : entry.author, params: { entry: entry.id, post: post.id } },
    ])),
    askHelp: fc.oneof(
      fc.tuple(comes(kept(shared)), fc.uuid(), fc.constantFrom(...shared)).map(([real, key, { author }]): Real => ({
        ...real, body: { key, kind: 'peer-review', people: [author.slice(author.indexOf('/') + 1)] },
      })),
      fc.constantFrom(...everyHelp).map(({ entry, help }): Real => ({
        who: entry.author, params: { entry: entry.id }, body: { key: help.key, kind: 'intervision', question: MARK, people: [help.asked.slice(help.asked.indexOf('/') + 1)] },
      })),
    ),
    actOnHelp: fc.tuple(helper, fc.constantFrom('decline', 'withdraw', 'move-on')).map(([{ who, entry, help }, act]): Real => ({
      who, params: { entry: entry.id, help: help.id }, body: { act },
    })),
    answerIntention: withAllowed(fc.constantFrom(...log.intentions).map(({ who, id }): Real => ({ who, params: { intention: id } }))),
  };
}

function realBallots(world: World): Partial<Record<RouteName, fc.Arbitrary<Real>>> {
  const comments = commentOf();
  const ballots = world.ballots.map((real, index) => {
    // Every other one always says the same, so that it is taken again and again; the rest differ from what is in the box.
    if (index % 2 === 0) {
      const always = Object.fromEntries(real.instrument.items.map(({ key }, item) => [key, 1 + ((index + item) % points(real.instrument))]));
      return fc.constant({ who: 'nobody', body: ballotOf(real, always) satisfies Ballot });
    }
    const choices = fc.record(
      Object.fromEntries(real.instrument.items.map(({ key }) => [key, fc.integer({ min: 1, max: points(real.instrument) })])),
      { requiredKeys: [], noNullPrototype: true },
    );
    const comment = real.instrument.openQuestion ? fc.option(comments, { nil: undefined }) : fc.constant(undefined);
    return fc.tuple(choices, comment).map(([chosen, written]) => ({
      who: 'nobody',
      body: ballotOf(real, chosen as Record<string, number>, written) satisfies Ballot,
    }));
  });
  const papers = fc.constantFrom(...world.papers);
  const paper = fc.oneof(
    { weight: 6, arbitrary: papers.map(({ who, request }) => ({ who, body: request })) },
    // Of somebody who has one already, under another number.
    { weight: 1, arbitrary: fc.tuple(papers, papers).map(([{ who, request }, other]) => ({ who, body: { ...request, blinded: other.request.blinded } })) },
  );
  return { castBallot: fc.oneof(...ballots), takePaper: paper };
}

function commentOf(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => `${MARK} ${text}`),
    fc.constantFrom(...ODD_TEXTS).map((text) => `${MARK}${text}`),
    fc.constantFrom('é', '漢', '😀', '"', '\u0001').map((character) => (MARK + character.repeat(2000)).slice(0, 2000)),
  );
}

/** Keys that are really there, and numbers that would be an answer. */
function drawingFrom(world: World): Drawing {
  const rounds = fc.constantFrom(...world.rounds.open, ...world.rounds.closed);
  const items = fc.constantFrom(...world.instruments.flatMap(({ items }) => items.map(({ key }) => key)));
  const ids = fc.constantFrom(...new Set(world.people.map((who) => who.slice(who.indexOf('/') + 1))));
  const moments = fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-30T23:59:59.999Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z');
  const known: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    organisation: fc.constantFrom(...world.organisations),
    round: rounds,
    team: fc.constantFrom(...world.teams),
    instrument: fc.constantFrom(...world.instruments.map(({ key }) => key)),
    nonce: fc.constantFrom(...world.ballots.map(({ proof }) => proof.nonce)),
    output: fc.constantFrom(...world.ballots.map(({ proof }) => proof.output)),
    blinded: fc.constantFrom(...world.papers.map(({ request }) => request.blinded)),
    comment: commentOf(),
    entry: fc.constantFrom(...world.log.entries.map(({ id }) => id)),
    post: fc.constantFrom(...world.log.entries.flatMap(({ posts }) => posts.map(({ id }) => id))),
    help: fc.constantFrom(...world.log.entries.flatMap(({ helps }) => helps.map(({ id }) => id))),
    intention: fc.constantFrom(...world.log.intentions.map(({ id }) => id)),
    key: fc.oneof(fc.uuid(), fc.constantFrom(...world.log.entries.map(({ key }) => key))),
    person: ids,
    people: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
    search: fc.oneof(fc.constantFrom(MARK, 'zagen', `"te laat" ${MARK}`, 'veilig', '%', '_', '\\', "'", '"', '\u201e', '& | ! ( ) :* <->', 'a'.repeat(200), 'ﷺ'.repeat(60)), fc.constantFrom(...ODD_TEXTS.filter((odd) => isPlain(odd) && odd.length <= LOG_LIMITS.search))),
    project: fc.constantFrom(`${MARK} plan 1`, `${MARK.toUpperCase()} PLAN 2`),
    tag: fc.constantFrom(MARK, 'veiligheid'),
    after: fc.constantFrom(...world.log.cursors),
    from: moments,
    until: moments,
    link: fc.constantFrom(`https://${MARK}.example.org/?a=b#c`, 'http://[::1]:8080/'),
    '<key>': items,
  };
  return { mark: MARK, known: (field) => (Object.hasOwn(known, field) ? known[field] : undefined) };
}

function withWrongBody(schema: NonNullable<Route['body']>, whole: fc.Arbitrary<Input>, drawing: Drawing): fc.Arbitrary<Input> {
  const parsed = whole.map(({ body }) => JSON.parse(body ?? '') as unknown);
  const wrong = fc.oneof(
    { weight: 5, arbitrary: nearly(schema, parsed, drawing) },
    { weight: 1, arbitrary: nearlyValidOf(schema, drawing) },
    // An answer on no scale, by whose number it would be found.
    { weight: 1, arbitrary: parsed.map((value) => ({ value: marked(value), fault: 'an answer on no scale', surely: true })) },
  );
  return fc.tuple(whole, wrong).map(([input, { value, fault, surely }]) => changed(input, fault, surely ? 'be refused' : undefined, { body: textOf(value) }));
}

function marked(value: unknown): unknown {
  const body = value as Record<string, unknown>;
  return { ...body, choices: { ...(body['choices'] as object | undefined), [MARK]: MARKED_CHOICE } };
}

/** As JSON, also what is nested too deeply for a serializer. */
function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

function withOddText(whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(whole, oddText).map(([input, { make, encoding, fault, same }]) =>
    changed(input, fault, same ? 'be understood' : undefined, { body: make(JSON.parse(input.body ?? '{}') as object), encoding }),
  );
}

function withWrongQuery(schema: NonNullable<Route['query']>, whole: fc.Arbitrary<Input>, drawing: Drawing): fc.Arbitrary<Input> {
  return fc.tuple(whole, nearlyValidOf(schema, drawing)).map(([input, { value, fault }]) => {
    const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { [String(value)]: '' };
    return changed(input, fault, undefined, { path: pathOf(input) + queryOf(given) });
  });
}

const ODD_QUERIES = [
  '?', '?&&&', '?=', '?a', '?team', '?team=', '?team=hal&team=kas', '?team[]=hal', '?team[a]=hal', '?__proto__=1', '?__proto__[a]=1', '?constructor=1', '?toString=1',
  '?team=%00', '?team=%', '?team=%zz', '?team=%E0%A4%A', '?team=%ED%A0%80', '?team=%C0%AF', '?team=hal%26team%3Dkas', '?team=+', '?%74eam=hal', '?team=hal#a', '?team=hal?team=kas',
  `?${MARK}=${MARK}`, `?team=${MARK}`, `?instrument=${MARK}`, `?team=${'x'.repeat(201)}`, `?${'a=1&'.repeat(2000)}`, `?${'x'.repeat(8000)}`, '?instrument=learning-pulse;team=hal',
  '?team=\u00e9', '?team=%F0%9F%98%80', '?instrument=%2e%2e%2f', '?instrument=LEARNING-PULSE', '?instrument=', '?team=team%2Fwith%20~%20odd%20%26%20key%3F',
] as const;

function withOddQuery(whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(whole, fc.constantFrom(...ODD_QUERIES)).map(([input, query]) => changed(input, 'an odd query', undefined, { path: pathOf(input) + query }));
}

const ODD_HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['accept-language', ['', '*', ';;;', 'nl;q=', 'nl;q=9e9', 'nl;q=1.2.3', 'q=1', ',,,,', 'x-'.repeat(500), 'nl_NL', 'nl-', '__proto__', 'constructor', MARK, 'en;q=0.5;q=nl', 'nl;level=1;q=0.1']],
  ['accept', ['', 'text/html', '*/*;q=0', 'application/xml', MARK]],
  ['accept-encoding', ['gzip', 'br, zstd', 'identity;q=0', '*', 'gzip;q=x']],
  ['origin', [INTRANET, 'null', 'https://elsewhere.example.org', `${INTRANET}.elsewhere.example.org`, 'file://', MARK]],
  ['content-length', ['0', '1', '-1', 'x', '99999999999999999999', '65537']],
  ['content-encoding', ['gzip', 'br', 'deflate', MARK]],
  ['transfer-encoding', ['chunked', 'gzip, chunked', MARK]],
  ['cookie', [`session=${MARK}`, '=', ';;;', `__proto__=${MARK}`]],
  ['host', ['', 'elsewhere.example.org', '127.0.0.1:99999', MARK]],
  ['x-forwarded-for', ['127.0.0.1', MARK]],
  ['x-forwarded-proto', ['javascript', MARK]],
  ['x-http-method-override', ['DELETE', 'PUT']],
  ['x-original-url', ['/openapi.json', `/${MARK}`]],
  ['user-agent', [MARK, '', '\u00ff\u00fe']],
  ['referer', [`https://${MARK}.example.org/`, 'x']],
  ['if-none-match', ['*', '"x"', '"1"', MARK]],
  ['last-event-id', [MARK, '\u00ff']],
  ['if-modified-since', ['yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT']],
  ['range', ['bytes=0-0', 'bytes=-5', 'bytes=9-1', 'bytes=0-99999999999999999999', 'bytes=a-b', 'bytes=0-1,3-4', '0-', `${MARK}=1-2`]],
  ['expect', ['100-continue', MARK]],
  ['upgrade', ['websocket', 'h2c']],
  ['access-control-request-method', ['POST', MARK]],
  ['access-control-request-headers', ['authorization', MARK, '*']],
  ['__proto__', [MARK]],
  ['constructor', [MARK]],
  [`x-${MARK}`, ['1']],
];

function oddHeaders(): fc.Arbitrary<Record<string, string>> {
  const one = fc.constantFrom(...ODD_HEADERS.flatMap(([name, values]) => values.map((value) => [name, value] as const)));
  return fc.array(one, { minLength: 1, maxLength: 5 }).map((pairs) => Object.fromEntries(pairs));
}

function withOddHeaders(whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(whole, oddHeaders()).map(([input, odd]) => {
    // What a body says of its own length is believed before it is read.
    const spoilt = Object.keys(odd).some((name) => /^(content|transfer)-/.test(name));
    return changed(input, 'odd headers', spoilt ? undefined : input.must, { headers: { ...input.headers, ...odd } });
  });
}

/** With a token that is none, or is another's; and on the way of a ballot, with any at all. */
function withoutRight(world: World, whole: fc.Arbitrary<Input>, route: Route): fc.Arbitrary<Input> {
  const others = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...world.strangers) },
    { weight: 1, arbitrary: fc.constant('a person of no roster') },
    ...(route === ROUTES.deleteLog ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...world.people) }]),
  );
  return fc.tuple(whole, others).map(([input, who]) => {
    const must = route.lane === 'ballot' && who !== 'nobody' ? ('be refused' as const) : undefined;
    return changed(input, `asked by ${who}`, must, { who });
  });
}

/** What a parameter of a path has turned into. The key of an entry that is there takes the place of `ID`. */
const ODD_PLACES = [
  'ID%00', 'ID%20', 'ID%0a', '%20ID', 'ID.', 'ID;a=b', 'ID%2f', 'ID%2Fversions', 'ID%25', 'ID%', 'ID%zz', 'ID%ff', 'ID%c0%af', 'ID%ed%a0%80', '%2e%2e', '%252e%252e', '..%2f..', '.', '%00', '%', '%%', '%ff%fe',
  '%F0%9F%98%80', 'é', '*', ':entry', '{entry}', '%7Bentry%7D', '__proto__', 'constructor', 'null', 'undefined', '0', '-1', "'%20or%201=1--", 'news', 'place', 'versions', MARK, 'x'.repeat(200), 'x'.repeat(201), 'x'.repeat(7000), '00000000-0000-0000-0000-000000000000',
] as const;

function withOddPlace(world: World, route: Route, whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  const one = fc.constantFrom(...world.log.entries);
  const odd = fc.tuple(one, fc.constantFrom<string>(...ODD_PLACES, 'ID', 'UPPER')).map(([{ id }, text]) => text.replace('ID', id).replace('UPPER', id.toUpperCase()));
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return fc.tuple(whole, fc.constantFrom(...names), fc.array(odd, { minLength: names.length, maxLength: names.length })).map(([input, spoilt, texts]) => {
    const parts = pathOf(input).split('/');
    const path = route.path.split('/').map((part, at) => (part === `{${spoilt}}` ? (texts[0] ?? '') : (parts[at] ?? part))).join('/');
    return changed(input, `an odd ${spoilt}`, undefined, { path });
  });
}

const ODD_VERSIONS = ['', '*', '1', '"x"', 'W/"1"', '"1", "2"', '"1" ', '"-1"', '"1.0"', '"0"', '"999999999"', '"9999999999"', `"${'9'.repeat(400)}"`, '"１"', '"', '""', MARK, `"${MARK}"`, '\u0000'] as const;

function withOddVersion(whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(whole, fc.constantFrom(undefined, ...ODD_VERSIONS)).map(([input, version]) => {
    const { 'if-match': _, ...headers } = input.headers;
    return changed(input, 'an odd version', undefined, { headers: { ...headers, ...(version === undefined ? {} : { 'if-match': version }) } });
  });
}

/** Whether a request to it says with which version it began. */
function beginsWith({ method, versioned }: Route): boolean {
  return method === 'put' && versioned === true;
}

function placeIn(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] ?? ''));
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'get', 'post', 'QUERY', 'M-SEARCH', '__PROTO__', MARK.toUpperCase()] as const;

function withOddMethod(whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(whole, fc.constantFrom(...METHODS)).map(([input, method]) => changed(input, 'another method', undefined, { method }));
}

const TYPES = [
  '', 'text/plain', 'application/xml', 'application/x-www-form', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/jsonx', 'application/json5',
  'application/problem+json', 'text/json', 'application', MARK,
] as const;
const OTHER_JSON_TYPES = ['application/json', 'APPLICATION/JSON', 'application/json;charset=utf-8', 'application/json; charset=utf-16', 'application/json; a="b;c"', 'application/json,text/plain'] as const;

function withOddType(whole: fc.Arbitrary<Input>): fc.Arbitrary<Input> {
  return fc.tuple(whole, fc.constantFrom(...TYPES.map((type) => [type, false] as const), ...OTHER_JSON_TYPES.map((type) => [type, true] as const))).map(
    ([input, [type, right]]) => changed(input, 'another type of content', right && !input.form ? input.must : 'be refused', { headers: { ...input.headers, 'content-type': type } }),
  );
}

const OTHER_PATHS = ['/healthz', '/readyz', '/openapi.json', '/', '/favicon.ico', '/robots.txt', '/.env', '/.git/config', '/v1', '/v1/', '/v2/papers', '/metrics', '/admin', '/demo/tokens'] as const;

/** What is no route of the contract, or nearly one. */
function elsewhere(world: World): fc.Arbitrary<Input> {
  const paths = Object.values<Route>(ROUTES).map(({ path }) => path);
  const bent = fc.tuple(fc.constantFrom(...paths, ...OTHER_PATHS), fc.constantFrom<(path: string) => string>(
    (path) => `${path}/`, (path) => `/${path}`, (path) => path.toUpperCase(), (path) => `${path}/${MARK}`, (path) => path.replace('v1', 'v%31'), (path) => path.replace('/v1', '/v1/.'),
    (path) => path.replace('/v1', '/x/../v1'), (path) => path.replace('/v1', '/%2e%2e/v1'), (path) => `${path}%00`, (path) => `${path};a=b`, (path) => `${path}%2f`, (path) => `${path}\\`,
    (path) => `${path}.json`, (path) => `${path}%`, (path) => `${path}%ff`, (path) => path,
  )).map(([path, bend]) => bend(path));
  const odd = fc.constantFrom(...ODD_TEXTS, ...ODD_NAMES).map((text) => `/${encoded(text)}`);
  const any = fc.array(fc.constantFrom('v1', 'papers', '..', '.', '', '%00', '%', 'é', MARK, 'kit', '*', ':a', '{b}', 'x'.repeat(3000)), { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  return fc
    .record({
      path: fc.oneof({ weight: 3, arbitrary: fc.constantFrom<string>(...OTHER_PATHS) }, bent, odd, any),
      method: fc.oneof({ weight: 2, arbitrary: fc.constant('GET') }, fc.constantFrom(...METHODS)),
      who: fc.constantFrom(...world.people, ...world.strangers),
      headers: oddHeaders(),
      body: fc.constantFrom(undefined, '', '{}', MARK),
    })
    .map(({ body, ...rest }): Input => ({ ...rest, encoding: 'utf8', fault: 'elsewhere', ...(body === undefined ? {} : { body }) }));
}

/** The built files: within their folder, whatever is asked. */
function files(): fc.Arbitrary<Input> {
  const names = ['kring-pulse-survey.js', 'chunks/part-AbCdEf12.js', 'chunks', 'chunks/', '', '..', '../secret.txt', '%2e%2e/secret.txt', '..%2fsecret.txt', '..%5csecret.txt', '....//secret.txt',
    '%252e%252e/secret.txt', 'kring-pulse-survey.js%00.txt', 'kring-pulse-survey.js.br', 'kring-pulse-survey.js/', '/etc/passwd', '//', '%', '%ff', 'x'.repeat(5000), `${MARK}.js`, 'é.js', '\\..\\secret.txt', 'con', '.'];
  return fc
    .record({ name: fc.constantFrom(...names), method: fc.oneof({ weight: 3, arbitrary: fc.constant('GET') }, fc.constantFrom(...METHODS)), headers: fc.oneof(fc.constant({}), oddHeaders()), query: fc.constantFrom('', '?v=1', `?${MARK}`) })
    .map(({ name, method, headers, query }): Input => ({ method, path: `/kit/${name}${query}`, who: 'nobody', headers, encoding: 'utf8', fault: 'a file' }));
}

function changed(input: Input, fault: string, must: Input['must'] | undefined, change: Partial<Input>): Input {
  const { must: _, ...rest } = input;
  return { ...rest, ...change, fault, ...(must === undefined ? {} : { must }) };
}

function pathOf({ path }: Input): string {
  return path.split('?', 1)[0] ?? path;
}

function jsonType(hasBody: boolean): Record<string, string> {
  return hasBody ? { 'content-type': 'application/json' } : {};
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(typeof one === 'string' ? one : textOf(one))}`),
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}
