import assert from 'node:assert/strict';
import { UNCOUNTED } from '../../server/ballots/ballot-count.ts';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { pino } from 'pino';
import { onPglite } from '../../../test/support/databases.ts';
import type { Hono } from 'hono';
import { widgetsSchema, type Widget } from '../../contract/widgets.ts';
import { createApp, type AppOptions } from '../../server/app.ts';
import { authenticator } from '../../server/auth/issuers.ts';
import { requestLimits } from '../../server/http/limits.ts';
import { publishedKeys } from '../../server/keys/ballot-key.ts';
import { masterOf } from '../../server/keys/master.ts';
import { makeOrganisation } from '../../server/organisations/organisations.ts';
import { importRoster } from '../../server/roster/roster.ts';
import { closeDueRounds, endRound, resultsAt } from '../../server/rounds/closing.ts';
import { openDueRounds } from '../../server/rounds/opening.ts';
import { startSeries } from '../../server/rounds/series.ts';
import type { Services } from '../../server/services.ts';
import { readSettings } from '../../server/settings.ts';
import type { Database } from '../../server/store/tables.ts';
import { roundsOfSeries } from '../../server/rounds/queries.ts';
import { PULSE, SAFETY } from '../answers.ts';
import type { DemoContext, DemoRound } from '../context.ts';
import { DEMO, demoRoster } from '../organisation.ts';
import { makeSignIn } from '../sign-in.ts';
import { demoIntranet } from './intranet.ts';
import { demoSite } from './site.ts';

const SERVER = 'http://127.0.0.1:4180';
const INTRANET = 'http://127.0.0.1:4181';
const GRACE = 25;
const ROOT = join(import.meta.dirname, '../../..');

/** The widgets by their folders, as the build gathers them. */
const IN_FOLDERS = v.parse(
  widgetsSchema,
  readdirSync(join(ROOT, 'widgets')).map((name): unknown =>
    JSON.parse(readFileSync(join(ROOT, 'widgets', name, 'widget.json'), 'utf8')),
  ),
);
const CHECK_IN: Widget = {
  name: 'safety-check-in',
  title: { nl: 'Check-in', en: 'Check-in' },
  summary: { nl: 'Hoe veilig?', en: 'How safe?' },
  for: 'everyone',
  sends: 'ballots',
  instrument: SAFETY.instrument.key,
};
/** One that no page knows by name. */
const INVENTED: Widget = {
  name: 'leaders-note',
  title: { nl: 'Notitie', en: 'Note' },
  summary: { nl: 'Een <b>notitie</b>.', en: 'A <b>note</b>.' },
  for: 'leader',
  sends: 'nothing',
};
const LOG: Widget = {
  name: 'learning-log',
  title: { nl: 'Leerlogboek', en: 'Learning log' },
  summary: { nl: 'Wat leerde je?', en: 'What did you learn?' },
  for: 'everyone',
  sends: 'entries',
  attributes: [
    {
      name: 'view',
      title: { nl: 'Hoeveel', en: 'How much' },
      without: { nl: 'naar de breedte', en: 'by its width' },
      values: [{ value: 'full', title: { nl: 'alles', en: 'all' } }],
    },
    {
      name: 'log-url',
      title: { nl: 'Pagina', en: 'Page' },
      without: { nl: 'deze', en: 'this one' },
      values: [{ value: '/learning-log', title: { nl: 'een andere', en: 'another one' } }],
    },
  ],
};
const WIDGETS = [...IN_FOLDERS.filter(({ name }) => name !== CHECK_IN.name && name !== LOG.name), CHECK_IN, LOG, INVENTED];

const SITE_PAGES = ['/', '/editor'];
const INTRANET_PAGES = ['/', '/team', '/check-in', '/leerlogboek', '/news/hal-3', '/news/route-7', '/news/inwerken'];

onPglite('the pages of the demo', (database) => {
  let made: Promise<Demo> | undefined;
  const demo = () => (made ??= makeDemo(database.store().database));

  describe('their policy', () => {
    it('lets nothing run or style but what carries the nonce of that answer', async () => {
      const { server, intranet } = await demo();
      for (const [app, paths, origin] of [
        [server, SITE_PAGES, SERVER],
        [intranet, [...INTRANET_PAGES, '/nowhere'], INTRANET],
      ] as const) {
        for (const path of paths) {
          const [first, second] = [await app.request(path), await app.request(path)];
          const text = await first.text();
          const nonce = nonceOf(first);
          assert.notEqual(nonce, nonceOf(second), `${origin}${path}`);
          for (const [tag] of text.matchAll(/<(?:script|style|link rel="stylesheet")[^>]*>/g)) {
            assert.ok(tag.includes(`nonce="${nonce}"`), `${origin}${path}: ${tag}`);
          }
          assert.doesNotMatch(text, /\sstyle=|\son[a-z]+=|<style|javascript:/i, `${origin}${path}`);
          assert.equal(first.headers.get('cache-control'), 'no-store');
        }
      }
    });

    it('is the strict one, word for word', async () => {
      const { server, intranet } = await demo();
      const site = await server.request('/');
      assert.equal(
        site.headers.get('content-security-policy'),
        `default-src 'none'; script-src 'nonce-${nonceOf(site)}'; style-src 'nonce-${nonceOf(site)}'; img-src 'self'; ` +
          `font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self' ${INTRANET}; frame-ancestors 'none'; ` +
          "require-trusted-types-for 'script'; trusted-types lit-html",
      );
      assert.match(site.headers.get('strict-transport-security') ?? '', /^max-age=/);
      assert.equal(site.headers.get('referrer-policy'), 'same-origin');
      const home = await intranet.request('/');
      assert.equal(
        home.headers.get('content-security-policy'),
        `default-src 'none'; script-src 'nonce-${nonceOf(home)}'; style-src 'nonce-${nonceOf(home)}'; img-src 'self'; ` +
          `font-src 'self'; connect-src 'self' ${SERVER}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; ` +
          "require-trusted-types-for 'script'; trusted-types lit-html; report-uri /csp-report",
      );
    });

    it('is reported against, and the last fifty reports are kept', async () => {
      const intranet = demoIntranet((await demo()).context);
      const report = (number: number) =>
        intranet.request('/csp-report', {
          method: 'POST',
          headers: { 'content-type': 'application/csp-report' },
          body: JSON.stringify({ 'csp-report': { number } }),
        });
      for (let number = 1; number <= 53; number += 1) assert.equal((await report(number)).status, 204);
      const kept = (await (await intranet.request('/csp-report')).json()) as unknown[];
      assert.equal(kept.length, 50);
      assert.deepEqual(kept[0], { 'csp-report': { number: 4 } });
      const large = await intranet.request('/csp-report', {
        method: 'POST',
        headers: { 'content-length': '20000' },
        body: JSON.stringify('x'.repeat(20_000)),
      });
      assert.equal(large.status, 413);
    });
  });

  describe('their language', () => {
    it('is the one that the browser asks for, unless another is chosen', async () => {
      const { server, intranet } = await demo();
      for (const [app, paths] of [
        [server, SITE_PAGES],
        [intranet, INTRANET_PAGES],
      ] as const) {
        for (const path of paths) {
          const dutch = await read(app, path, { 'accept-language': 'nl-BE,en;q=0.5' });
          const english = await read(app, path, { 'accept-language': 'de, en;q=0.5' });
          const chosen = await read(app, `${path}?lang=en`, { 'accept-language': 'nl' });
          assert.match(dutch, /<html lang="nl">/);
          assert.match(english, /<html lang="en">/);
          assert.match(chosen, /<html lang="en">/);
          assert.match(dutch, new RegExp(`<a href="${path}\\?lang=en" lang="en"`));
        }
      }
    });

    it('goes along with every link once it is chosen', async () => {
      const { server, intranet } = await demo();
      for (const [app, path] of [
        [server, '/'],
        [intranet, '/'],
        [intranet, '/team'],
      ] as const) {
        const page = await read(app, `${path}?lang=nl`);
        const inside = addressesIn(page).filter((address) =>
          /^\/(?!kit|pages|demo\/|openapi|\.well|lichtpunt)/.test(address),
        );
        assert.ok(inside.length > 2);
        for (const address of inside) assert.match(address, /[?&]lang=(nl|en)(#|$)/, address);
      }
    });
  });

  it('are those of one name, whichever of this computer’s they are opened by', async () => {
    const { server, intranet } = await demo();
    for (const [app, origin] of [
      [server, SERVER],
      [intranet, INTRANET],
    ] as const) {
      const { port } = new URL(origin);
      for (const name of ['localhost', '[::1]', '127.0.0.2']) {
        const answer = await app.request(`http://${name}:${port}/nowhere?lang=en&to=%2Fteam`);
        assert.equal(answer.status, 302, name);
        assert.equal(answer.headers.get('location'), `${origin}/nowhere?lang=en&to=%2Fteam`);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      }
      assert.equal((await app.request(`${origin}/`)).status, 200);
      // Through a tunnel or a proxy there is no telling what leads here.
      for (const elsewhere of ['http://localhost:9000', 'https://demo.example.org']) {
        assert.equal((await app.request(`${elsewhere}/`)).status, 200, elsewhere);
      }
      const open = demoSite({ ...(await demo()).context, serverUrl: 'https://demo.example.org' });
      assert.equal((await open.request('http://127.0.0.1/')).status, 200, 'behind a proxy that says another host');
      // Nothing that was sent is sent on.
      assert.notEqual((await app.request(`http://localhost:${port}/sign-out`, { method: 'POST' })).status, 302);
    }
  });

  it('hold no link to a page that does not exist', async () => {
    const { server, intranet } = await demo();
    for (const [app, origin, paths] of [
      [server, SERVER, SITE_PAGES],
      [intranet, INTRANET, INTRANET_PAGES],
    ] as const) {
      for (const path of paths) {
        const cookie = await signIn(intranet, 'hilde-brouwers');
        const page = await read(app, path, { cookie });
        for (const address of addressesIn(page))
          await assertExists(new URL(address, origin + path), page, { server, intranet, cookie });
      }
    }
  });

  describe('the front page', () => {
    it('offers to be an employee, to close the round, and to be a leader, in that order', async () => {
      const { server } = await demo();
      const page = await read(server, '/?lang=en');
      const places = [
        'sign-in?as=amira-bouzid&amp;to=',
        'action="/demo/close-round',
        'sign-in?as=joris-meulenbelt&amp;to=%2Fteam%3Flang%3Den"',
        'href="/editor',
        'sign-in?as=amira-bouzid&amp;to=%2Fcheck-in',
        'action="/demo/close-round?instrument=psychological-safety',
        'sign-in?as=joris-meulenbelt&amp;to=%2Fteam%3Flang%3Den%23check-in',
      ];
      const found = places.map((place) => page.indexOf(place, page.indexOf('<main')));
      assert.ok(
        found.every((at) => at > 0),
        JSON.stringify(found),
      );
      assert.deepEqual(
        [...found].sort((a, b) => a - b),
        found,
      );
      for (const person of DEMO.people) assert.ok(page.includes(`<option value="${person.id}">`), person.id);
    });

    it('says how many ballots are in only from five on', async () => {
      const { server, fillBox } = await demo();
      await fillBox(4);
      assert.match(await read(server, '/?lang=en'), /Fewer than 5 ballots are in\./);
      assert.match(await read(server, '/?lang=nl'), /Minder dan 5 stembiljetten zijn binnen\./);
      const four = (await (await server.request('/demo/state?lang=en')).json()) as { share: number };
      assert.equal(four.share, 0);
      await fillBox(1);
      assert.match(await read(server, '/?lang=en'), /<b data-text="headline">5 of 54 ballots are in\.<\/b>/);
    });

    it('closes the round only for a page of the same origin', async () => {
      const { server, context } = await demo();
      const refused: Record<string, string>[] = [
        {},
        { 'sec-fetch-site': 'cross-site', origin: SERVER },
        { 'sec-fetch-site': 'same-site', origin: INTRANET },
        { 'sec-fetch-site': 'none' },
        { origin: INTRANET },
        { origin: 'null' },
      ];
      for (const headers of refused) {
        for (const path of ['/demo/close-round', '/demo/close-round?instrument=psychological-safety']) {
          const answer = await server.request(path, { method: 'POST', headers });
          assert.equal(answer.status, 403, JSON.stringify(headers));
        }
      }
      assert.notEqual(
        (await server.request('/demo/close-round', { headers: { 'sec-fetch-site': 'same-origin' } })).status,
        303,
      );
      assert.equal((await context.newestRound(PULSE.instrument.key))?.state, 'open');
    });

    it('counts down to the figures once the round is closed, and then offers the leader’s eyes', async () => {
      const { server, context, wait } = await demo();
      const answer = await server.request('/demo/close-round?lang=en', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
      });
      assert.equal(answer.status, 303);
      assert.equal(answer.headers.get('location'), '/?lang=en#round');
      assert.equal((await context.newestRound(PULSE.instrument.key))?.state, 'closing');
      const closing = (await (await server.request('/demo/state?lang=en')).json()) as Record<string, unknown>;
      assert.equal(closing['phase'], 'closing');
      assert.equal(closing['countdown'], 'The figures come in 25 seconds.');
      assert.match(await read(server, '/?lang=nl'), /De cijfers komen over 25 seconden\./);

      await wait(GRACE);
      const released = await read(server, '/?lang=en');
      assert.match(released, /data-phase="released"/);
      assert.match(released, /The figures of round 1 are there\./);
      assert.match(released, /<p class="act" data-when="released">\s*<a[^>]*>See it as Joris Meulenbelt/);
      assert.match(released, /data-when="open" hidden>\s*<button/);
      assert.match(released, /action="\/demo\/start-round\?instrument=learning-pulse&amp;lang=en" data-when="released">\s*<button[^>]*>Start a new round/);
      assert.match(released, /No round is open now\./);
      const start = (site: string) =>
        server.request('/demo/start-round', { method: 'POST', headers: { 'sec-fetch-site': site } });
      assert.equal((await start('cross-site')).status, 403);
      assert.equal((await start('same-origin')).status, 303);
      const editor = await read(server, '/editor?lang=en');
      assert.match(editor, /No round is open now, so there is nothing to answer\.<\/p>\s*<p[^>]*><a href="\/\?lang=en#round"/);
      assert.match(editor, /who has not answered yet/, 'the check-in is still open');
      assert.match(released, /id="check-in-round"[^>]*data-phase="open"/);
      const again = await server.request('/demo/close-round', {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin' },
      });
      assert.equal(again.status, 303);
    });
  });

  describe('the editor’s page', () => {
    it('gives one snippet for each widget, as chosen', async () => {
      const { server, context } = await demo();
      const plain = await snippets(server, '');
      assert.deepEqual([...plain.keys()], WIDGETS.map(({ name }) => name));
      assert.deepEqual(
        plain.get('pulse-survey'),
        [
          '<link rel="preload" as="fetch" href="/leerkring-token" crossorigin>',
          '<script type="module" async',
          `  src="${SERVER}/kit/pulse-survey.js"`,
          '></script>',
          '<kring-pulse-survey',
          `  server="${SERVER}"`,
          '  token-url="/leerkring-token"',
          `  ballot-key="${context.ballotKey}"`,
          '></kring-pulse-survey>',
        ].join('\n'),
      );
      const chosen = await snippets(server, '?language=nl&theme=dark');
      assert.match(chosen.get('team-pulse') ?? '', /<kring-team-pulse\n[^>]*\n {2}lang="nl"\n {2}theme="dark"\n></);
      for (const { name, sends } of WIDGETS) {
        assert.equal(plain.get(name)?.includes('ballot-key'), sends === 'ballots', name);
        assert.equal(chosen.get(name)?.includes('ballot-key'), false, name);
      }
      const unknown = await snippets(server, '?language="><script>&theme=x&figures="><script>&pin=on');
      assert.deepEqual(unknown, plain);
    });

    it('lists widgets by what they say of themselves', async () => {
      const { server } = await demo();
      const page = await read(server, '/editor?lang=en');
      const titles = [...page.matchAll(/<h2 id="widget-[^>]*>([^<]*)</g)].map(([, title]) => title);
      assert.deepEqual(titles, WIDGETS.map(({ title }) => title.en));
      assert.match(page, /A &lt;b&gt;note&lt;\/b&gt;\./);
      // Through the eyes of those who get something out of it: somebody who can answer, or the leader.
      const eyes = (name: string) => new RegExp(`<kring-${name} [^>]*token\\?as=([\\w-]+)`).exec(page)?.[1] ?? '';
      assert.equal(eyes('leaders-note'), 'joris-meulenbelt');
      assert.equal(eyes('team-pulse'), 'joris-meulenbelt');
      assert.equal(eyes('learning-log'), 'amira-bouzid');
      assert.equal(eyes('pulse-survey'), 'amira-bouzid', 'its round is over, so anybody will do');
      const able = DEMO.people.find(({ id }) => id === eyes('safety-check-in'));
      assert.equal(able?.team, 'magazijn', 'a large team is asked all there is');
      assert.ok(!DEMO.personas.some(({ person }) => person === able), 'the demo’s steps need them');
    });

    it('lets choose whose figures a card shows, of what was asked here', async () => {
      const { server } = await demo();
      const page = await read(server, '/editor?lang=en');
      assert.match(page, /<select name="figures">\s*<option value="learning-pulse" selected>[^<]*<\/option><option value="psychological-safety">/);
      const chosen = await snippets(server, '?language=page&figures=psychological-safety');
      for (const [name, snippet] of chosen) {
        assert.equal(snippet.includes('instrument="psychological-safety"'), name === 'team-pulse', name);
      }
      const usual = await snippets(server, '?language=page&figures=learning-pulse');
      assert.ok([...usual.values()].every((snippet) => !snippet.includes('instrument=')));
    });

    it('lets choose what one widget alone can be told, and says that what is written there is kept', async () => {
      const { server } = await demo();
      const page = await read(server, '/editor?lang=en&learning-log.view=full');
      assert.match(page, /<span>Learning log: how much<\/span>\s*<select name="learning-log\.view">\s*<option value="">by its width<\/option>\s*<option value="full" selected>all</);
      assert.match(page, /<kring-learning-log [^>]*view="full"/);
      assert.match(page, /data-live="learning-log">[^<]* What you save here stands in the demo under that name/);
      const apart = '?learning-log.log-url=/learning-log';
      assert.match((await snippets(server, apart)).get('learning-log') ?? '', /log-url="\/learning-log"/);
      assert.doesNotMatch(await read(server, `/editor${apart}`), /<kring-learning-log [^>]*log-url/, 'there is no such page here');
      for (const [name, snippet] of await snippets(server, '?learning-log.view=full')) {
        assert.equal(snippet.includes('view="full"'), name === 'learning-log', name);
      }
      for (const query of ['', '?learning-log.view=', '?learning-log.view="><script>', '?view=full']) {
        assert.doesNotMatch((await snippets(server, query)).get('learning-log') ?? '', /view=/, query);
      }
    });

    it('shows what a script would get, to those without one', async () => {
      const { server } = await demo();
      const page = await read(server, '/editor?language=en&theme=light');
      for (const snippet of (await snippets(server, '?language=en&theme=light')).values()) {
        assert.ok(page.includes(snippet.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')));
      }
      assert.match(
        page,
        /<kring-pulse-survey server="[^"]+" token-url="\/demo\/token\?as=[\w-]+" lang="en" theme="light">/,
      );
    });

    it('gets a token for its examples, and nobody else gets one there', async () => {
      const { server } = await demo();
      const answer = await server.request('/demo/token?as=joris-meulenbelt', { headers: { 'sec-fetch-site': 'same-origin' } });
      const { token } = (await answer.json()) as { token: string };
      assert.equal(decodeJwt(token).sub, 'joris-meulenbelt');
      assert.equal(
        (await server.request('/demo/token?as=joris-meulenbelt', { headers: { 'sec-fetch-site': 'same-site' } })).status,
        403,
      );
      assert.equal(
        (await server.request('/demo/token?as=x', { headers: { 'sec-fetch-site': 'same-origin' } })).status,
        404,
      );
    });
  });

  it('are answered with a page where there is none, but only to a browser', async () => {
    const { server } = await demo();
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const page = await server.request('/xyz?lang=en', { headers: html });
    assert.equal(page.status, 404);
    assert.match(await page.text(), /This page does not exist[^]*<a href="\/\?lang=en">To the front page/);
    for (const [path, headers] of [
      ['/xyz', { accept: 'application/json' }],
      ...['/v1/xyz', '/kit/xyz.js', '/.well-known/xyz'].map((path) => [path, html] as const),
    ] as const) {
      const answer = await server.request(path, { headers });
      assert.equal(answer.status, 404, path);
      assert.match(answer.headers.get('content-type') ?? '', /json/, path);
    }
    assert.match((await server.request('/healthz', { headers: html })).headers.get('content-type') ?? '', /json/);
  });

  it('have scripts that the demo serves, and no real server', async () => {
    const { context, appWith } = await demo();
    const browserFiles = await mkdtemp(join(tmpdir(), 'leerkring-browser-'));
    try {
      const scripts = readdirSync(join(ROOT, 'src/pages/demo')).map((file) => `/demo/${file.replace(/\.ts$/, '.js')}`);
      assert.ok(scripts.includes('/demo/teams-preview.js'));
      for (const folder of ['demo', 'pages']) await mkdir(join(browserFiles, folder));
      for (const path of [...scripts, '/pages/teams.js']) await writeFile(join(browserFiles, path), 'export {};');
      const real = appWith({ browserFiles });
      const played = appWith({ browserFiles, extension: demoSite({ ...context, browserFiles }) });
      for (const path of scripts) {
        assert.equal((await played.request(path)).status, 200, path);
        assert.equal((await real.request(path)).status, 404, path);
      }
      assert.equal((await real.request('/pages/teams.js')).status, 200);
    } finally {
      await rm(browserFiles, { recursive: true });
    }
  });

  describe('the intranet', () => {
    it('holds the widget as any site would, with the ballot key pinned', async () => {
      const { intranet, context } = await demo();
      const answer = await intranet.request('/');
      const page = await answer.text();
      assert.ok(
        page.includes(`<script type="module" async src="${SERVER}/kit/pulse-survey.js" nonce="${nonceOf(answer)}"></script>`),
      );
      assert.match(
        page,
        new RegExp(
          `<kring-pulse-survey\\s+server="${SERVER}"\\s+token-url="/leerkring-token"\\s+ballot-key="${context.ballotKey}"`,
        ),
      );
    });

    it('begins to fetch the token with the page, where a widget will ask for it and somebody is signed in', async () => {
      const { intranet } = await demo();
      const cookie = await signIn(intranet, 'amira-bouzid');
      const begins = async (path: string, headers: Record<string, string> = {}) => {
        const answer = await intranet.request(path, { headers });
        // What a page fetches itself falls under the same part of its policy as what its scripts fetch.
        assert.match(answer.headers.get('content-security-policy') ?? '', /connect-src 'self'[ ;]/);
        return (await answer.text()).includes('<link rel="preload" as="fetch" href="/leerkring-token" crossorigin />');
      };
      for (const path of ['/', '/team', '/check-in', '/leerlogboek']) {
        assert.equal(await begins(path, { cookie }), true, path);
        assert.equal(await begins(path), false, `${path}, signed out`);
      }
      assert.equal(await begins('/news/hal-3', { cookie }), false, 'no widget');
    });

    it('shows a team’s figures of learning and of safety', async () => {
      const { intranet } = await demo();
      const cards = [...(await read(intranet, '/team')).matchAll(/<kring-team-pulse([^>]*)>/g)].map(([, said = '']) => said);
      assert.deepEqual(
        cards.map((said) => /instrument="([^"]*)"/.exec(said)?.[1]),
        [undefined, 'psychological-safety'],
      );
    });

    it('has a page with the check-in, which the home page leads to', async () => {
      const { intranet, context } = await demo();
      assert.match(await read(intranet, '/?lang=nl'), /<a href="\/check-in\?lang=nl">Hoe veilig is ons team\?<\/a>/);
      const page = await read(intranet, '/check-in?lang=en');
      assert.match(page, /Arjan Slootweg, personnel adviser, asks/);
      assert.match(page, new RegExp(`<kring-safety-check-in[^>]*ballot-key="${context.ballotKey}"`));
      assert.ok(DEMO.people.some(({ name, job }) => name === 'Arjan Slootweg' && job.en === 'personnel adviser'));
    });

    it('has the learning log beside the pulse, small, and on a page of its own, in full, in the menu', async () => {
      const { intranet } = await demo();
      for (const [language, title] of [['nl', 'Leerlogboek'], ['en', 'Learning log']] as const) {
        const home = await read(intranet, `/?lang=${language}`);
        assert.ok(home.indexOf('<kring-learning-log') > home.indexOf('<kring-pulse-survey'));
        const [, small = ''] = /<kring-learning-log([^>]*)>/.exec(home) ?? [];
        assert.match(small, /view="compact"/);
        assert.match(small, new RegExp(`log-url="/leerlogboek\\?lang=${language}"`));
        assert.doesNotMatch(small, /ballot-key/, 'it sends no ballots');
        assert.match(home, new RegExp(`<a href="/leerlogboek\\?lang=${language}">${title}</a>`));
        const page = await read(intranet, `/leerlogboek?lang=${language}`);
        assert.match(page, new RegExp(`<h1>${title}</h1>`));
        assert.match(page, /<kring-learning-log\s+view="full"/);
        assert.match(page, new RegExp(`<a href="/leerlogboek\\?lang=${language}" aria-current="page">`));
      }
    });

    it('knows no learning log where that widget’s folder was taken away', async () => {
      const { context } = await demo();
      const without = { ...context, widgets: WIDGETS.filter(({ name }) => name !== LOG.name) };
      const intranet = demoIntranet(without);
      assert.doesNotMatch(await read(intranet, '/?lang=nl'), /learning-log|leerlogboek/i);
      assert.equal((await intranet.request('/leerlogboek')).status, 404);
      assert.doesNotMatch(await read(demoSite(without), '/?lang=nl'), /leerlogboek/i);
    });

    it('knows no check-in where that widget’s folder was taken away', async () => {
      const { context } = await demo();
      const without = { ...context, widgets: WIDGETS.filter(({ name }) => name !== CHECK_IN.name) };
      const intranet = demoIntranet(without);
      assert.doesNotMatch(await read(intranet, '/?lang=nl'), /check-in/);
      assert.equal((await intranet.request('/check-in')).status, 404);
      const site = demoSite(without);
      assert.doesNotMatch(await read(site, '/?lang=nl'), /check-in/);
      assert.doesNotMatch(await read(site, '/editor?lang=nl'), /kring-safety-check-in/);
    });

    it('knows who signed in, and gives a token to nobody else', async () => {
      const { intranet } = await demo();
      assert.equal((await intranet.request('/leerkring-token')).status, 401);
      assert.equal(
        (await intranet.request('/leerkring-token', { headers: { cookie: 'lichtpunt=made-up' } })).status,
        401,
      );
      const cookie = await signIn(intranet, 'amira-bouzid');
      const answer = await intranet.request('/leerkring-token', { headers: { cookie } });
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const { token } = (await answer.json()) as { token: string };
      assert.equal(decodeJwt(token).sub, 'amira-bouzid');
      assert.match(await read(intranet, '/?lang=en', { cookie }), /Signed in as <b>Amira Bouzid<\/b>/);
    });

    it('keeps the session in a cookie that no script reads and no other site sends along', async () => {
      const { intranet } = await demo();
      const answer = await intranet.request('/sign-in?as=amira-bouzid');
      assert.match(answer.headers.get('set-cookie') ?? '', /^lichtpunt=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
      assert.equal((await intranet.request('/sign-in?as=nobody')).headers.get('set-cookie'), null);
      assert.equal((await intranet.request('/sign-in?as=nobody')).status, 404);
    });

    it('goes nowhere but to its own pages after signing in', async () => {
      const { intranet } = await demo();
      const to = async (path: string) =>
        (await intranet.request(`/sign-in?as=amira-bouzid&to=${encodeURIComponent(path)}`)).headers.get('location');
      assert.equal(await to('/team?lang=nl#x'), '/team?lang=nl#x');
      const outside = [
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        '\\\\evil.example',
        '/.//evil.example',
        '/a/..//evil.example',
        'javascript:alert(1)',
        '/\t/evil.example',
        'http://',
        '',
      ];
      for (const path of outside) assert.equal(await to(path), '/', path);
    });

    it('signs out by a form of its own alone', async () => {
      const { intranet } = await demo();
      const cookie = await signIn(intranet, 'amira-bouzid');
      const leave = (site: string) =>
        intranet.request('/sign-out', { method: 'POST', headers: { cookie, 'sec-fetch-site': site } });
      assert.equal((await leave('cross-site')).status, 403);
      assert.equal((await intranet.request('/leerkring-token', { headers: { cookie } })).status, 200);
      assert.equal((await leave('same-origin')).status, 303);
      assert.equal((await intranet.request('/leerkring-token', { headers: { cookie } })).status, 401);
    });
  });
});

interface Demo {
  readonly context: DemoContext;
  /** The server with what a real one has besides its data, or a demo. */
  readonly appWith: (more: Pick<AppOptions, 'browserFiles' | 'extension'>) => Hono;
  /** The whole server, the demo's site in it. */
  readonly server: Hono;
  readonly intranet: Hono;
  /** Puts ballots into the open round's box: sealed ones that nobody can open will do to be counted. */
  fillBox(ballots: number): Promise<void>;
  /** Lets seconds pass, and does the work that is then due. */
  wait(seconds: number): Promise<void>;
}

async function makeDemo(database: Database): Promise<Demo> {
  let now = new Date('2026-11-03T10:00:00Z');
  const services: Services = {
    database,
    master: masterOf('a-master-secret-for-tests-of-at-least-32-characters'),
    poprf: {
      evaluate: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    } as unknown as Services['poprf'],
    log: pino({ level: 'silent' }),
    now: () => now,
  };
  await makeOrganisation(services, { id: DEMO.id, name: DEMO.name });
  await importRoster(database, DEMO.id, demoRoster(), { at: now, dryRun: false });
  for (const { instrument } of [PULSE, SAFETY]) {
    await startSeries(services, DEMO.id, {
      instrument: instrument.key,
      teams: ['directie'],
      cadence: {
        startDate: '2026-11-02',
        every: 1,
        unit: 'month',
        opens: '10:00',
        closes: '17:00',
        openDays: 10,
        timeZone: 'Europe/Amsterdam',
      },
    });
  }
  await openDueRounds(services, GRACE);
  const signIn = await makeSignIn(DEMO.id, SERVER, new Set(DEMO.people.map(({ id }) => id)));
  const newestRound = async (instrument: string): Promise<DemoRound> => {
    const round = await roundsOfSeries(database)
      .selectAll('round')
      .where('round.organisation', '=', DEMO.id)
      .where('series.instrument', '=', instrument)
      .executeTakeFirstOrThrow();
    const state = !round.box_key ? 'released' : round.closes_at <= now ? 'closing' : 'open';
    return { id: round.id, number: round.number + 1, closesAt: round.closes_at, resultsAt: resultsAt(round), state };
  };
  const context: DemoContext = {
    services,
    settings: readSettings({ LEERKRING_DEMO: '1' }),
    signIn,
    organisation: DEMO,
    serverUrl: SERVER,
    intranetUrl: INTRANET,
    ballotKey: (await publishedKeys(database)).keys[0]?.fingerprint ?? '',
    widgets: WIDGETS,
    newestRound,
    async endRound(instrument) {
      const { state, id } = await newestRound(instrument);
      if (state === 'open') await endRound(services, DEMO.id, id, { atOnce: false });
    },
    startRound: () => Promise.resolve(),
  };
  const appWith: Demo['appWith'] = (more) =>
    createApp(services, {
      authenticate: authenticator([signIn.issuer]),
      limits: requestLimits(),
      ballotCount: UNCOUNTED,
      publicUrl: SERVER,
      version: '0.0.0',
      corsOrigins: [INTRANET],
      ...more,
    });
  return {
    context,
    appWith,
    server: appWith({ extension: demoSite(context) }),
    intranet: demoIntranet(context),
    async fillBox(ballots) {
      const { id } = await newestRound(PULSE.instrument.key);
      const rows = Array.from({ length: ballots }, () => ({
        organisation: DEMO.id,
        round: id,
        team: 'magazijn',
        key: randomBytes(16),
        sealed: randomBytes(64),
      }));
      await database.insertInto('box').values(rows).execute();
      await database
        .insertInto('box_count')
        .values({ organisation: DEMO.id, round: id, team: 'magazijn', ballots })
        .onConflict((conflict) =>
          conflict.columns(['organisation', 'round', 'team']).doUpdateSet(({ eb }) => ({ ballots: eb('box_count.ballots', '+', ballots) })),
        )
        .execute();
    },
    async wait(seconds) {
      now = new Date(now.getTime() + seconds * 1000);
      await closeDueRounds(services);
    },
  };
}

async function read(app: Hono, path: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await app.request(path, { headers });
  assert.equal(answer.status, 200, path);
  return answer.text();
}

async function signIn(intranet: Hono, person: string): Promise<string> {
  const answer = await intranet.request(`/sign-in?as=${person}`);
  assert.equal(answer.status, 303);
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

/** By the name of the widget. */
async function snippets(server: Hono, query: string): Promise<Map<string, string>> {
  const { samples } = (await (await server.request(`/demo/samples${query}`)).json()) as {
    samples: { name: string; snippet: string }[];
  };
  return new Map(samples.map(({ name, snippet }) => [name, snippet]));
}

function nonceOf(answer: Response): string {
  const nonce = /script-src 'nonce-([\w+/=]+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
  assert.ok(nonce, 'a nonce in the policy');
  return nonce;
}

/** Every address of a page's links, forms, scripts and style sheets. */
function addressesIn(page: string): string[] {
  return [...page.matchAll(/<(?:a|link|script|form)\b[^>]*?\s(?:href|src|action)="([^"]*)"/g)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
}

/** @param apps with the cookie of whoever the page was made for: what it has fetched beforehand is theirs. */
async function assertExists(
  url: URL,
  page: string,
  apps: Pick<Demo, 'server' | 'intranet'> & { readonly cookie: string },
): Promise<void> {
  const built = /^\/(kit|demo)\/([\w-]+)\.js$/.exec(url.pathname);
  if (built) {
    const isHere = built[1] === 'demo' || IN_FOLDERS.some(({ name }) => name === built[2]);
    if (!isHere) {
      assert.ok(WIDGETS.some(({ name }) => name === built[2]), url.href);
      return;
    }
    const source = built[1] === 'kit' ? `widgets/${built[2] ?? ''}/index.ts` : `src/pages/demo/${built[2] ?? ''}.ts`;
    assert.ok(existsSync(join(ROOT, source)), source);
    return;
  }
  const app = url.origin === SERVER ? apps.server : apps.intranet;
  assert.ok(url.origin === SERVER || url.origin === INTRANET, url.href);
  const routes = ['/demo/close-round', '/demo/start-round', '/sign-out'];
  if (routes.includes(url.pathname)) {
    const answer = await app.request(url.pathname, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    assert.equal(answer.status, 403, url.href);
    return;
  }
  // The form's select adds who it is.
  if (url.pathname === '/sign-in' && !url.searchParams.has('as')) url.searchParams.set('as', 'amira-bouzid');
  const answer = await app.request(url.pathname + url.search, { headers: { cookie: apps.cookie } });
  assert.ok([200, 303].includes(answer.status), `${url.href}: ${String(answer.status)}`);
  const next = answer.headers.get('location');
  if (next !== null) assert.equal((await app.request(next)).status, 200, `${url.href} leads to ${next}`);
  const fragment = url.hash.slice(1);
  if (fragment !== '') {
    const target = answer.status === 200 ? await answer.text() : page;
    assert.match(target, new RegExp(`\\sid="${fragment}"`), url.href);
  }
}
