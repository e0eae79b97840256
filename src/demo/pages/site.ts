import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { DemoContext } from '../context.ts';
import { answerFile, answerPage, contentSecurityPolicy, linkTo, sameOriginOnly, visitOf, type Visit } from './http.ts';
import { choicesOf, editorPage, samples } from './site-editor.ts';
import { frontPage, personaOf } from './site-front.ts';
import { roundState } from './site-round.ts';
import { MARK_SVG, SITE_STYLES } from './site-styles.ts';

/** The demo's front page and editor's page, which stand on the Leerkring server itself. */
export function demoSite(demo: DemoContext): Hono {
  const ownPage = sameOriginOnly(demo.serverUrl);
  const policyOf = ({ nonce }: Visit) =>
    contentSecurityPolicy(nonce, { connect: ["'self'"], formAction: ["'self'", demo.intranetUrl] });
  const site = new Hono();

  site.get('/', async (context) => {
    const visit = visitOf(context);
    const page = frontPage(demo, visit, await roundState(demo, visit.language));
    return answerPage(context, page, policyOf(visit));
  });
  site.get('/editor', (context) => {
    const visit = visitOf(context);
    return answerPage(context, editorPage(demo, visit, choicesOf(context.req.query())), policyOf(visit));
  });

  site.get('/demo/state', async (context) => {
    context.header('cache-control', 'no-store');
    return context.json(await roundState(demo, visitOf(context).language));
  });
  site.post('/demo/close-round', ownPage, async (context) => {
    // That it was closed already, in another window perhaps, is what the front page then shows.
    await demo.endRound();
    return context.redirect(linkTo(visitOf(context), '/#round'), 303);
  });
  site.get('/demo/samples', (context) => context.json({ samples: samples(demo, choicesOf(context.req.query())) }));
  site.get('/demo/token', ownPage, async (context) => {
    context.header('cache-control', 'no-store');
    const key = demo.organisation.personas.find((persona) => persona.key === context.req.query('as'))?.key;
    if (key === undefined) return context.notFound();
    return context.json({ token: await demo.signIn.tokenFor(personaOf(demo, key).person.id) });
  });

  site.get('/demo/site.css', (context) => answerFile(context, 'text/css', SITE_STYLES));
  site.get('/demo/mark.svg', (context) => answerFile(context, 'image/svg+xml', MARK_SVG));
  const built = browserFiles();
  if (existsSync(built)) site.get('/pages/*', serveStatic({ root: built, precompressed: true }));
  return site;
}

/** Where the browser's build lies, seen from the nearest package.json: which works in a bundle too. */
function browserFiles(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'dist', 'browser');
}
