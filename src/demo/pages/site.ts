import { Hono } from 'hono';
import { builtFiles } from '../../server/http/built-files.ts';
import { hasCheckIn, type DemoContext } from '../context.ts';
import { answerFile, answerPage, byOneName, contentSecurityPolicy, linkTo, sameOriginOnly, visitOf, type Visit } from './http.ts';
import { choicesOf, editorPage, samples } from './site-editor.ts';
import { missingPage } from './site-frame.ts';
import { frontPage } from './site-front.ts';
import { CHECK_IN_ROUND, followedRound, PULSE_ROUND, roundState } from './site-round.ts';
import { TEAMS_PREVIEW_PATH, teamsPreview } from './site-teams.ts';
import { MARK_SVG, SITE_STYLES } from './site-styles.ts';

/** The demo's front page and editor's page, which stand on the Leerkring server itself. */
export function demoSite(demo: DemoContext): Hono {
  const ownPage = sameOriginOnly(demo.serverUrl);
  const policyOf = ({ nonce }: Visit) =>
    contentSecurityPolicy(nonce, { connect: ["'self'"], formAction: ["'self'", demo.intranetUrl] });
  const site = new Hono();
  site.use(byOneName(demo.serverUrl));

  site.get('/', async (context) => {
    const visit = visitOf(context);
    const pulse = await roundState(demo, visit.language, PULSE_ROUND);
    const checkIn = hasCheckIn(demo) ? await roundState(demo, visit.language, CHECK_IN_ROUND) : undefined;
    return answerPage(context, frontPage(demo, visit, { pulse, checkIn }), policyOf(visit));
  });
  site.get('/editor', async (context) => {
    const visit = visitOf(context);
    const page = await editorPage(demo, visit, choicesOf(context.req.query()));
    return answerPage(context, page, policyOf(visit));
  });
  site.get(TEAMS_PREVIEW_PATH, (context) => {
    const visit = visitOf(context);
    const policy = contentSecurityPolicy(visit.nonce, { connect: ["'self'"], formAction: ["'self'"], frame: ["'self'"] });
    return answerPage(context, teamsPreview(demo, visit), policy);
  });

  site.get('/demo/state', async (context) => {
    context.header('cache-control', 'no-store');
    const round = followedRound(context.req.query('instrument'));
    const state = round && (await roundState(demo, visitOf(context).language, round));
    return state ? context.json(state) : context.notFound();
  });
  site.post('/demo/close-round', ownPage, async (context) => {
    const round = followedRound(context.req.query('instrument'));
    if (!round) return context.notFound();
    // That it was closed already, in another window perhaps, is what the front page then shows.
    await demo.endRound(round.instrument);
    return context.redirect(linkTo(visitOf(context), `/#${round.card}`), 303);
  });
  site.post('/demo/start-round', ownPage, async (context) => {
    const round = followedRound(context.req.query('instrument'));
    if (!round) return context.notFound();
    await demo.startRound(round.instrument);
    return context.redirect(linkTo(visitOf(context), `/#${round.part}`), 303);
  });
  site.get('/demo/samples', async (context) => {
    const choices = choicesOf(context.req.query());
    context.header('cache-control', 'no-store');
    return context.json({ samples: await samples(demo, visitOf(context).language, choices) });
  });
  site.get('/demo/token', ownPage, async (context) => {
    context.header('cache-control', 'no-store');
    const person = demo.organisation.people.find(({ id }) => id === context.req.query('as'));
    if (!person) return context.notFound();
    return context.json({ token: await demo.signIn.tokenFor(person.id) });
  });

  site.get('/demo/site.css', (context) => answerFile(context, 'text/css', SITE_STYLES));
  site.get('/demo/mark.svg', (context) => answerFile(context, 'image/svg+xml', MARK_SVG));
  // Here and not with the server's own: what plays Teams is part of the demo alone.
  if (demo.browserFiles !== undefined) site.use('/demo/*', builtFiles(demo.browserFiles));
  site.get('*', (context, next) => {
    // What is asked for by a program stays an answer for programs.
    if (FOR_PROGRAMS.test(context.req.path) || !(context.req.header('accept') ?? '').includes('text/html')) return next();
    const visit = visitOf(context);
    return Promise.resolve(answerPage(context, missingPage(visit, demo.organisation.name), policyOf(visit), 404));
  });
  return site;
}

const FOR_PROGRAMS = /^\/(?:v1|kit|pages|demo|\.well-known|openapi\.json|healthz|readyz)(?:\/|$)/;
