import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import * as v from 'valibot';
import { build as viteBuild } from 'vite';
import { OPEN_ROUNDS_PATH, type OpenRounds } from '../../../src/contract/rounds.ts';
import { widgetsSchema, type Widget } from '../../../src/contract/widgets.ts';
import { prepareDemo } from '../../../src/demo/demo.ts';
import { DEMO, type PersonaKey } from '../../../src/demo/organisation.ts';
import { TEAMS_PREVIEW_PATH } from '../../../src/demo/pages/site-teams.ts';
import { createApp } from '../../../src/server/app.ts';
import { authenticator } from '../../../src/server/auth/issuers.ts';
import { UNCOUNTED } from '../../../src/server/ballots/ballot-count.ts';
import { newSecret } from '../../../src/server/keys/master.ts';
import { listen, openServices } from '../../../src/server/main.ts';
import { readSettings } from '../../../src/server/settings.ts';
import { freePort } from '../../support/databases.ts';
import { build } from '../../../tools/build.js';
import { FORM_STYLES, formContentOf, plainForm, type FormContent } from './form.ts';

/** The intranet's pages, each with the widget or with something else in its place. */
export type PageName = 'pulse' | 'plain' | 'bare-lit' | 'asking-lit' | 'card' | 'svg';

export interface Site {
  /** Its address. @param copies how many of it stand on the page */
  readonly page: (name: PageName, copies?: number) => string;
  /** Where a person signs in, to be followed once. */
  readonly signIn: (persona: PersonaKey) => string;
  /** The demo's page that plays Teams, around the tab with the pulse. */
  readonly teams: string;
  /** What stands in the place of the leader's card on the page `svg`. */
  setPicture(svg: string): void;
  close(): Promise<void>;
}

const WIDGETS: Readonly<Record<PageName, { readonly path: string; readonly tag: string }>> = {
  pulse: { path: '/', tag: 'kring-pulse-survey' },
  plain: { path: '/', tag: 'kring-pulse-survey' },
  'bare-lit': { path: '/', tag: 'kring-pulse-survey' },
  'asking-lit': { path: '/', tag: 'kring-pulse-survey' },
  card: { path: '/team', tag: 'kring-team-pulse' },
  svg: { path: '/team', tag: 'kring-team-pulse' },
};

/** The widgets of the build, as a server reads them. */
async function builtWidgets(): Promise<Widget[]> {
  const list = await readFile(new URL('../../../dist/browser/kit/widgets.json', import.meta.url), 'utf8');
  return v.parse(widgetsSchema, JSON.parse(list));
}

/**
 * The demo with its production build, on which the intranet also answers with its own pages in other versions: the same
 * page, from the same server, with the same headers and compression, in which only the widget was exchanged.
 */
export async function openSite(say: (line: string) => void): Promise<Site> {
  if ((await build({ only: "runs" })) === 'failed') throw new Error('The build failed.');
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-bench-'));
  const [port, intranetPort] = [await freePort(), await freePort()];
  const settings = readSettings({
    LEERKRING_DEMO: '1',
    PORT: String(port),
    DEMO_INTRANET_PORT: String(intranetPort),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'silent',
  });
  const services = await openServices(settings, newSecret());
  const widgets = await builtWidgets();
  const browserFiles = join(folder, 'browser');
  await cp(fileURLToPath(new URL('../../../dist/browser', import.meta.url)), browserFiles, { recursive: true });
  const demo = await prepareDemo(services, settings, { widgets, browserFiles }, say);
  const intranetUrl = `http://127.0.0.1:${String(intranetPort)}`;

  const app = createApp(services, {
    authenticate: authenticator(demo.issuers),
    // One machine asks more than all people of an organisation would.
    limits: { person: () => Promise.resolve(), ballot: () => Promise.resolve() },
    ballotCount: UNCOUNTED,
    publicUrl: settings.publicUrl,
    version: '',
    corsOrigins: [intranetUrl],
    browserFiles,
    pages: { widgets, docs: '', appId: undefined, clients: new Map(), intranets: [intranetUrl], frames: ["'self'"] },
    extension: demo.site,
  });
  const content = await contentFor(app, await tokenOf(demo.intranet, 'employee'));
  await buildBareLit(folder, browserFiles, content);
  let picture = '';
  const front = new Hono();
  front.use(compress());
  front.get('/bench/:name', async (context) => {
    const name = context.req.param('name') as PageName;
    const copies = Number(context.req.query('copies') ?? 1);
    const { path, tag } = WIDGETS[name];
    const original = await demo.intranet.request(path, { headers: context.req.raw.headers });
    const page = await original.text();
    const [widget] = new RegExp(`<${tag}[^>]*></${tag}>`).exec(page) ?? [];
    const scripts = page.match(/<script type="module"[^>]*\/kit\/[^>]*><\/script>/g) ?? [];
    const script = scripts.find((one) => one.includes(`/kit/${tag.replace('kring-', '')}.js`));
    if (widget === undefined || script === undefined) throw new Error(`There is no ${tag} on the intranet's ${path}.`);
    const nonce = /nonce="([^"]+)"/.exec(page)?.[1] ?? '';
    const instead = (copy: number): string => {
      if (name === 'plain') return plainForm(content, copy);
      if (name === 'bare-lit') return '<bench-form></bench-form>';
      if (name === 'asking-lit') return '<bench-form token-url="/leerkring-token"></bench-form>';
      return name === 'svg' ? picture : widget;
    };
    const lit = `<script type="module" async src="${settings.publicUrl}/kit/bare-lit.js" nonce="${nonce}"></script>`;
    const head: Partial<Record<PageName, string>> = {
      plain: `<style nonce="${nonce}">${FORM_STYLES}</style>`,
      'bare-lit': lit,
      'asking-lit': lit,
      svg: '',
    };
    // The token's preload is on the pages that ask for one, and one widget is measured at a time.
    const preload = name === 'pulse' || name === 'asking-lit' || name === 'card' ? '$&' : '';
    const changed = page
      .replace(/<link rel="preload"[^>]*>/, preload)
      // A browser draws it once after the first picture: after all that is measured of one page, in the middle of another.
      .replace(/<link rel="icon"[^>]*>/, '')
      .replaceAll(/<script type="module"[^>]*\/kit\/[^>]*><\/script>/g, (one) => (one === script ? (head[name] ?? script) : ''))
      .replaceAll(/<(kring-[a-z-]+)[^>]*><\/\1>/g, (one) => (one === widget ? one : ''))
      .replace(widget, () =>
        Array.from({ length: copies }, (_, copy) => `<div${copy === copies - 1 ? ' data-bench' : ''}>${instead(copy)}</div>`).join(''),
      );
    return new Response(changed, original);
  });
  front.route('/', demo.intranet);
  const running = [
    await listen(app, port, '127.0.0.1', 'PORT'),
    await listen(front, intranetPort, '127.0.0.1', 'DEMO_INTRANET_PORT'),
  ];

  return {
    page: (name, copies = 1) => `${intranetUrl}/bench/${name}?lang=nl&copies=${String(copies)}`,
    signIn: (persona) => `${intranetUrl}/sign-in?as=${personOf(persona)}`,
    teams: `${settings.publicUrl}${TEAMS_PREVIEW_PATH}?lang=nl`,
    setPicture: (svg) => { picture = svg; },
    async close() {
      await Promise.all(running.map((each) => each.stop()));
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function personOf(key: PersonaKey): string {
  const persona = DEMO.personas.find((one) => one.key === key);
  if (!persona) throw new Error(`The demo has no ${key}.`);
  return persona.person.id;
}

/** A token in the way that a page gets one. */
async function tokenOf(intranet: Hono, persona: PersonaKey): Promise<string> {
  const signedIn = await intranet.request(`/sign-in?as=${personOf(persona)}`);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = await intranet.request('/leerkring-token', { headers: { cookie } });
  return ((await answer.json()) as { readonly token: string }).token;
}

async function contentFor(app: Hono, token: string): Promise<FormContent> {
  const answer = await app.request(OPEN_ROUNDS_PATH, { headers: { authorization: `Bearer ${token}`, 'accept-language': 'nl' } });
  const { rounds } = (await answer.json()) as OpenRounds;
  const [round] = rounds;
  if (!round) throw new Error('Nobody is asked anything in the demo.');
  return formContentOf(round);
}

/** Builds the bare element as the kit is built, and puts it where the kit is served. */
async function buildBareLit(folder: string, browserFiles: string, content: FormContent): Promise<void> {
  const outDir = join(folder, 'bare-lit');
  await viteBuild({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': JSON.stringify('production'), BENCH_FORM: JSON.stringify(content) },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: fileURLToPath(new URL('bare-lit.ts', import.meta.url)), formats: ['es'], fileName: () => 'bare-lit.js' },
      rolldownOptions: { output: { minify: true, comments: false } },
    },
  });
  const code = await readFile(join(outDir, 'bare-lit.js'));
  await writeFile(join(browserFiles, 'kit', 'bare-lit.js'), code);
  await writeFile(join(browserFiles, 'kit', 'bare-lit.js.br'), brotliCompressSync(code));
}
