import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sql } from 'kysely';
import { ROUTES, takesForm, type Route } from '../contract/routes.ts';
import type { Authenticate, Identity } from './auth/issuers.ts';
import type { BallotCount } from './ballots/ballot-count.ts';
import { castBallot } from './ballots/ballots.ts';
import { builtFiles } from './http/built-files.ts';
import type { Asked, Handlers } from './http/handlers.ts';
import { checked, parseBody, readBody } from './http/input.ts';
import { languageOf } from './http/language.ts';
import type { RequestLimits } from './http/limits.ts';
import { openApi } from './http/openapi.ts';
import { ProblemError, problemIn } from './http/problems.ts';
import { publishedKeys } from './keys/ballot-key.ts';
import { learningLogHandlers } from './learning-log/handlers.ts';
import { withoutValues } from './log.ts';
import { serverPages, type PagesOptions } from './pages/pages.ts';
import { teamReportsFor } from './reports/reports.ts';
import { openRoundsOf } from './rounds/asked.ts';
import { takePaper } from './rounds/papers.ts';
import type { Services } from './services.ts';
import { tellWhomToAsk } from './organisations/contact.ts';
import { isMigrated } from './store/migrations.ts';
import { isUnreachable } from './store/store.ts';

export interface AppOptions {
  readonly authenticate: Authenticate;
  readonly limits: RequestLimits;
  readonly ballotCount: BallotCount;
  readonly publicUrl: string;
  readonly version: string;
  /** Origins of the intranets that may call the routes. */
  readonly corsOrigins: readonly string[];
  /** The folder of the built browser files; without it, no kit is served. */
  readonly browserFiles?: string;
  /** What the pages need that the server itself shows; without it, there are none. */
  readonly pages?: PagesOptions;
  /** More routes of this server, such as a demo's. */
  readonly extension?: Hono;
}

/** The whole server as a function from request to response: it listens to nothing and starts nothing. */
export function createApp(services: Services, options: AppOptions): Hono {
  const handlers: Handlers = {
    openRounds: ({ identity, query, language }) => openRoundsOf(services, identity, query.instrument, language),
    takePaper: ({ identity, body }) => takePaper(services, identity, body),
    castBallot: async ({ body }) => {
      const receipt = await castBallot(services, body);
      options.ballotCount.add();
      return receipt;
    },
    teamReports: ({ identity, query, language }) => teamReportsFor(services, identity, query, language),
    ballotKeys: () => publishedKeys(services.database),
    ...learningLogHandlers(services),
  };

  const app = new Hono();
  app.use(safeHeaders());
  const routes = Object.entries<Route>(ROUTES);
  for (const path of new Set(routes.map(([, route]) => route.path))) app.use(inHono(path), crossOrigin(path, options.corsOrigins));
  for (const [name, route] of routes) {
    app.on(methodsOf(route), inHono(route.path), async (context) => {
      const ended = new AbortController();
      const asked = await askedOf(context, route, options, ended.signal);
      context.header('cache-control', route.lane === 'open' ? 'public, max-age=300' : 'no-store');
      context.header('vary', 'accept-language', { append: true });
      const handler = handlers[name as keyof Handlers] as (asked: unknown) => unknown;
      const answer = await (handler(asked) as Promise<object>).catch((error: unknown) => tellWhomToAsk(services, asked.identity, error));
      if (route.streams) return streamed(services, context, answer as AsyncIterable<object>, ended);
      if (route.versioned && 'version' in answer) context.header('etag', `"${String(answer.version)}"`);
      return context.json(answer);
    });
  }
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', async (context) => {
    const ready = await isReady(services);
    return context.json({ status: ready ? 'ready' : 'not-ready' }, ready ? 200 : 503);
  });
  app.get('/openapi.json', (context) => context.json(openApi(options.publicUrl, options.version)));
  if (options.browserFiles !== undefined) {
    app.use('/kit/*', ...kitFiles(options.browserFiles));
    app.use('/pages/*', builtFiles(options.browserFiles));
  }
  if (options.pages) app.route('/', serverPages(services, options.pages));
  if (options.extension) app.route('/', options.extension);
  app.notFound((context) => problem(context, new ProblemError('not-found')));
  app.onError((error, context) => {
    if (error instanceof ProblemError) return problem(context, error);
    // On the way of a ballot a failure is counted, not logged: its moment would be a trace.
    if (isOnBallotsWay(context)) options.ballotCount.fail();
    else services.log.error({ route: routePath(context), ...withoutValues(error) }, 'a request failed');
    return problem(context, new ProblemError(isUnreachable(error) ? 'unavailable' : 'internal'));
  });
  return app;
}

/** A path as Hono writes its parameters. */
function inHono(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function methodsOf(route: Route): string[] {
  return [route.method.toUpperCase(), ...(takesForm(route) ? ['POST'] : [])];
}

function isOnBallotsWay(context: Context): boolean {
  return [ROUTES.takePaper.path, ROUTES.castBallot.path].some((path) => path === context.req.path);
}

async function askedOf(context: Context, route: Route, options: AppOptions, signal: AbortSignal): Promise<Asked<Route>> {
  const { authenticate, limits } = options;
  const form = takesForm(route) && context.req.method === 'POST' ? await formOf(context) : undefined;
  let identity: Identity | undefined;
  if (route.lane === 'signed-in') {
    const authorization = form ? form.authorization : context.req.header('authorization');
    identity = await authenticate(authorization, { quiet: isOnBallotsWay(context) });
    await limits.person(identity);
  }
  if (route.lane === 'ballot') {
    // A token here would tie a person to a ballot; a client that sends one is broken, and must be told before it counts.
    if (context.req.header('authorization') !== undefined) {
      throw new ProblemError('invalid-request', [{ pointer: '', detail: 'A ballot comes without a token.' }]);
    }
  }
  const params = route.params && checked(route.params, context.req.param(), 'path');
  const version = route.versioned && route.method === 'put' ? versionOf(context) : undefined;
  const query = route.query && checked(route.query, form?.query ?? queryOf(context), 'query');
  const body = route.body && checked(route.body, await bodyOf(context), 'body');
  // Counted last: what is no ballot must not use up the room of those that are.
  if (route.lane === 'ballot') await limits.ballot();
  return { identity, params, query, body, version, signal, language: languageOf(context) } as Asked<Route>;
}

/** The version that a change began with, from `If-Match` (RFC 9110 section 13.1.1). */
function versionOf(context: Context): number {
  const version = /^\s*"(\d{1,9})"\s*$/.exec(context.req.header('if-match') ?? '')?.[1];
  if (version !== undefined) return Number(version);
  throw new ProblemError('invalid-request', [
    { pointer: '', detail: 'Say in If-Match which version the change began with, such as "3": the ETag that came with it.' },
  ]);
}

/** Node's responses that would not end by themselves, for who listens and stops listening. */
export const ENDLESS = new WeakSet<object>();

/** Answers that go on coming, until whoever listens has had enough. What fails ends the stream: the client asks anew. */
function streamed({ log }: Services, context: Context, answers: AsyncIterable<object>, ended: AbortController): Response {
  const route = routePath(context);
  const node = context.env as { readonly outgoing?: object } | undefined;
  if (node?.outgoing) ENDLESS.add(node.outgoing);
  // Between here and the browser nothing may wait until there is more of it.
  context.header('x-accel-buffering', 'no');
  const response = streamSSE(context, async (stream) => {
    stream.onAbort(() => { ended.abort(); });
    const end = new Promise<void>((resolve) => { ended.signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
    let read = true;
    // A comment, which says nothing: a proxy would end a connection on which nothing comes. Where the one before still
    // waits to be read, nobody reads any more, though the connection is there.
    const awake = setInterval(() => {
      if (!read) {
        ended.abort();
        return;
      }
      read = false;
      void stream.write(':\n\n').then(() => { read = true; });
    }, AWAKE).unref();
    try {
      for await (const answer of answers) {
        if (ended.signal.aborted) break;
        await Promise.race([stream.writeSSE({ data: JSON.stringify(answer) }), end]);
      }
    } catch (error) {
      log.error({ route, ...withoutValues(error) }, 'a stream failed');
    } finally {
      clearInterval(awake);
    }
  });
  // Hono's own would let an answer be kept.
  response.headers.set('cache-control', 'no-store');
  return response;
}

async function bodyOf(context: Context): Promise<unknown> {
  if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
    throw new ProblemError('invalid-request', [{ pointer: '', detail: 'Send the body as application/json.' }]);
  }
  return parseBody(await readBody(context.req.raw));
}

type Query = Record<string, string | string[]>;

function queryOf(context: Context): Query {
  return oneOrMore(new URL(context.req.url).searchParams);
}

/** What is asked in a form: the token (RFC 6750 section 2.2: in one place only), and the query. */
async function formOf(context: Context): Promise<{ readonly authorization: string | undefined; readonly query: Query }> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(context.req.header('content-type') ?? '')) {
    throw new ProblemError('invalid-request', [{ pointer: '', detail: 'Send the body as application/x-www-form-urlencoded.' }]);
  }
  if (context.req.header('authorization') !== undefined) {
    throw new ProblemError('invalid-request', [{ pointer: '', detail: 'Send the token in one place.' }]);
  }
  const { access_token: token, ...query } = oneOrMore(new URLSearchParams(await readBody(context.req.raw)));
  return { authorization: typeof token === 'string' ? `Bearer ${token}` : undefined, query };
}

function oneOrMore(parameters: URLSearchParams): Query {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function problem(context: Context, error: ProblemError): Response {
  const body = problemIn(languageOf(context), error);
  if (error.kind === 'signed-out') context.header('www-authenticate', 'Bearer');
  if (error.kind === 'unavailable') context.header('retry-after', RETRY_AFTER);
  context.header('content-type', 'application/problem+json');
  context.header('cache-control', 'no-store');
  return context.body(JSON.stringify(body), body.status as ContentfulStatusCode);
}

/** CORS. Only a preflight request is left to Hono's own: it changes an answer that is already made, which copies it. */
function crossOrigin(path: string, origins: readonly string[]): MiddlewareHandler {
  const routes = Object.values<Route>(ROUTES).filter((route) => route.path === path);
  const preflight = cors({
    origin: [...origins],
    allowMethods: [...new Set(routes.flatMap(methodsOf))],
    allowHeaders: [
      'content-type',
      'accept-language',
      ...(routes.some(({ lane }) => lane === 'signed-in') ? ['authorization'] : []),
      ...(routes.some(({ versioned }) => versioned) ? ['if-match'] : []),
    ],
    credentials: false,
    maxAge: 600,
  });
  return async (context, next) => {
    if (context.req.method === 'OPTIONS') return preflight(context, next);
    const origin = context.req.header('origin');
    if (origin !== undefined && origins.includes(origin)) context.header('access-control-allow-origin', origin);
    context.header('vary', 'origin', { append: true });
    return next();
  };
}

/**
 * What this server sends is data, for which a browser needs to allow nothing. A page that it serves sets its own policy,
 * and says itself what it tells of where one comes from.
 */
function safeHeaders(): MiddlewareHandler {
  const forData = secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    crossOriginResourcePolicy: 'cross-origin',
    referrerPolicy: 'no-referrer',
    xFrameOptions: false,
    xXssProtection: false,
  });
  const forPages = secureHeaders({
    // The window of a sign-in speaks to the one that opened it, which may be of Teams.
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    referrerPolicy: false,
    xFrameOptions: false,
    xXssProtection: false,
  });
  return async (context, next) => {
    await next();
    const isPage = context.res.headers.has('content-security-policy');
    await (isPage ? forPages : forData)(context, () => Promise.resolve());
  };
}

/** The kit is public code that any site may load as a module, which asks for CORS. */
function kitFiles(folder: string): MiddlewareHandler[] {
  return [cors({ origin: '*', allowMethods: ['GET'], allowHeaders: ['accept'] }), builtFiles(folder)];
}

/** Seconds after which to ask again what can't be done for the moment (RFC 9110 section 10.2.3). */
const RETRY_AFTER = '5';

/** Milliseconds after which a stream says that it is still there: well within the minute that most proxies wait. */
const AWAKE = 25_000;

/** Milliseconds within which a database that is well has said so. */
const READINESS = 3_000;

/** Whether requests can be answered and ballots kept: the schema is up to date, and the database takes changes. */
async function isReady({ database }: Services): Promise<boolean> {
  const check = async () => {
    // Changes nothing, and is refused where a change would be: by a standby, and where the disk is full.
    await sql`delete from organisation where false`.execute(database);
    return isMigrated(database);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(resolve, READINESS, false); });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
