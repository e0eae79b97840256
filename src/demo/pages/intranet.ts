import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { hasCheckIn, hasLearningLog, type DemoContext } from '../context.ts';
import type { DemoPerson } from '../organisation.ts';
import { answerFile, answerPage, byOneName, contentSecurityPolicy, linkTo, sameOriginOnly, visitOf, type Html } from './http.ts';
import { INTRANET_STYLES, SPARK_SVG } from './intranet-styles.ts';
import { INTRANET_TEXTS } from './intranet-texts.ts';
import { checkInPage, homePage, LOG_PATH, logPage, missingPage, newsPage, teamPage, type IntranetVisit } from './intranet-views.ts';

const COOKIE = 'lichtpunt';
/** The oldest goes when there are more. */
const MOST_SESSIONS = 1000;
const MOST_REPORTS = 50;

/**
 * A plausible intranet on an origin of its own, with a sign-in of its own: what the widgets meet in the world. Of
 * Leerkring it knows a snippet, and one route that hands out a token for whoever is signed in.
 */
export function demoIntranet(demo: DemoContext): Hono {
  const sessions = new Map<string, DemoPerson>();
  const reports: unknown[] = [];
  const intranet = new Hono();
  intranet.use(byOneName(demo.intranetUrl));

  const visit = (context: Context): IntranetVisit => ({
    ...visitOf(context),
    person: sessions.get(getCookie(context, COOKIE) ?? ''),
  });
  const answer = (context: Context, { nonce }: IntranetVisit, page: Html, status: 200 | 404 = 200) => {
    const policy = contentSecurityPolicy(nonce, {
      connect: ["'self'", demo.serverUrl],
      formAction: ["'self'"],
      reportUri: '/csp-report',
    });
    return answerPage(context, page, policy, status);
  };
  const missing = (context: Context) => {
    const seen = visit(context);
    return answer(context, seen, missingPage(demo, seen), 404);
  };

  intranet.get('/', (context) => {
    const seen = visit(context);
    return answer(context, seen, homePage(demo, seen));
  });
  intranet.get('/team', (context) => {
    const seen = visit(context);
    return answer(context, seen, teamPage(demo, seen));
  });
  if (hasCheckIn(demo)) {
    intranet.get('/check-in', (context) => {
      const seen = visit(context);
      return answer(context, seen, checkInPage(demo, seen));
    });
  }
  if (hasLearningLog(demo)) {
    intranet.get(LOG_PATH, (context) => {
      const seen = visit(context);
      return answer(context, seen, logPage(demo, seen));
    });
  }
  intranet.get('/news/:slug', (context) => {
    const seen = visit(context);
    const item = INTRANET_TEXTS[seen.language].items.find(({ slug }) => slug === context.req.param('slug'));
    return item ? answer(context, seen, newsPage(demo, seen, item)) : missing(context);
  });

  intranet.get('/sign-in', (context) => {
    const person = demo.organisation.people.find(({ id }) => id === context.req.query('as'));
    if (!person) return missing(context);
    const session = randomBytes(32).toString('base64url');
    sessions.set(session, person);
    const [oldest] = sessions.keys();
    if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    setCookie(context, COOKIE, session, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: demo.intranetUrl.startsWith('https:'),
    });
    context.header('cache-control', 'no-store');
    return context.redirect(localPath(context.req.query('to')), 303);
  });
  intranet.post('/sign-out', sameOriginOnly(demo.intranetUrl), (context) => {
    sessions.delete(getCookie(context, COOKIE) ?? '');
    setCookie(context, COOKIE, '', { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 0 });
    return context.redirect(linkTo(visitOf(context), '/'), 303);
  });

  intranet.get('/leerkring-token', async (context) => {
    context.header('cache-control', 'no-store');
    context.header('cross-origin-resource-policy', 'same-origin');
    const { person } = visit(context);
    if (!person) return context.json({}, 401);
    return context.json({ token: await demo.signIn.tokenFor(person.id) });
  });

  intranet.post('/csp-report', bodyLimit({ maxSize: 16_384 }), async (context) => {
    const report: unknown = await context.req.json().catch(() => undefined);
    if (report === undefined) return context.body(null, 400);
    reports.push(report);
    reports.splice(0, reports.length - MOST_REPORTS);
    return context.body(null, 204);
  });
  intranet.get('/csp-report', (context) => {
    context.header('cache-control', 'no-store');
    return context.json(reports);
  });

  intranet.get('/lichtpunt.css', (context) => answerFile(context, 'text/css', INTRANET_STYLES));
  intranet.get('/lichtpunt.svg', (context) => answerFile(context, 'image/svg+xml', SPARK_SVG));
  intranet.notFound(missing);
  return intranet;
}

/** Where to go after signing in: a path of this site, whatever the address asks for. */
function localPath(asked: string | undefined): string {
  const here = 'http://here.invalid';
  if (asked === undefined || !URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  // '/.//elsewhere' becomes '//elsewhere', which a browser takes for another site.
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
