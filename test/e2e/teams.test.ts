import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import type { BrowserContext, Frame } from 'playwright-core';
import en from '../../src/answering/texts/en.ts';
import enLater from '../../src/answering/texts/en.later.ts';
import { LOG_INTENTIONS_PATH, LOG_PATH, postsPath } from '../../src/contract/learning-log-paths.ts';
import { TODAY_TEXTS } from '../../src/pages/teams/today-texts.ts';
import log from '../../widgets/learning-log/texts/en.later.ts';
import { TEAMS_TEXTS } from '../../src/server/pages/texts.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { openTab } from '../support/teams-host.ts';
import { APP, onTenant } from '../support/teams-tenant.ts';

const said = TEAMS_TEXTS.en;
const today = TODAY_TEXTS.en;
const widget = { ...en, ...enLater };

describe('the Teams app', () => {
  const on = onTenant();
  const open = (options: Parameters<typeof openTab>[2], as: BrowserContext = on.context) => openTab(as, on.tenant, options);

  test('shows today: the pulse, what colleagues ask, and an intention to look back on', async () => {
    const { app, heard, problems } = await open({ path: '/teams/today' });
    await app.locator('kring-pulse-survey fieldset').first().waitFor();
    const about = async (link: string) => {
      const line = app.locator('.waits li').filter({ has: app.getByRole('link', { name: link, exact: true }) });
      return line.locator('span').innerText();
    };
    const [asked, intervision, intended] = [
      await about('Name of a-2 asks you for a peer review'),
      await about('Name of a-3 asks you for an intervision'),
      await about('What came of your intention?'),
    ];
    assert.equal(intervision, 'A meeting in which nobody spoke.');
    // In plain words, and not as if that were all.
    assert.match(asked, /^How do you hand over on a Friday\?\nWhich calls first\?\nWhat can wait until Monday\?\n[^]*\S…$/);
    assert.doesNotMatch(asked, /^-|\n-/);
    assert.equal(intended, 'Ask before I start.');
    for (const func of ['appInitialization.appLoaded', 'appInitialization.success']) await heard(func);
    assert.deepEqual(problems, []);
  });

  test('has no header of its own, since Teams has one', async () => {
    for (const path of ['/teams/today', '/teams/learning-log', '/teams/team']) {
      const { app, heard } = await open({ path });
      await heard('appInitialization.success');
      await app.locator('[data-when=page]').waitFor();
      assert.equal(await app.locator('header').isVisible(), false, path);
      // For who hears the page: there and not in sight.
      const title = await app.getByRole('heading', { level: 1 }).boundingBox();
      assert.ok(title && title.width <= 1 && title.height <= 1, path);
    }
  });

  test('has elements that are the very files that an intranet gets', async () => {
    const { app, requests } = await open({ path: '/teams/today' });
    await app.locator('kring-pulse-survey fieldset').first().waitFor();
    const kit = [...new Set(requests.map((request) => new URL(request.url()).pathname).filter((path) => path.startsWith('/kit/')))];
    assert.ok(kit.includes('/kit/pulse-survey.js') && kit.length > 1, kit.join());
    for (const path of kit) {
      const served = Buffer.from(await (await fetch(`${on.tenant.address}${path}`)).arrayBuffer());
      // What the package exports, and an intranet's page names.
      assert.ok(served.equals(await readFile(new URL(`../../dist/browser${path}`, import.meta.url))), path);
    }
  });

  test('has no script of the demo on a real server', async () => {
    const statusOf = async (path: string) => (await fetch(`${on.tenant.address}${path}`)).status;
    assert.equal(await statusOf('/pages/teams.js'), 200);
    assert.equal(await statusOf('/teams-preview'), 404);
    for (const name of ['front', 'editor', 'teams-preview', 'teams-host']) {
      assert.ok(existsSync(new URL(`../../dist/browser/demo/${name}.js`, import.meta.url)), name);
      for (const folder of ['demo', 'pages']) assert.equal(await statusOf(`/${folder}/${name}.js`), 404, `${folder}/${name}`);
    }
  });

  test('tells Teams that it failed where Teams does not say where it is, and the person what to do', async () => {
    const { app, heard } = await open({ path: '/teams/today', place: { unsaid: true } });
    const [failure] = (await heard('appInitialization.failure')).args;
    assert.equal(failure, 'Other');
    await app.getByRole('heading', { name: said.notices.unanswered.title }).waitFor();
    await app.locator('[data-when=unanswered]').getByRole('button', { name: said.notices.unanswered.act }).click();
    await heard('appInitialization.failure', 1);
    await app.getByRole('heading', { name: said.notices.unanswered.title }).waitFor();
  });

  test('leads from what waits to where it can be done, in Teams’ own way and where Teams can’t', async () => {
    const { app, heard } = await open({ path: '/teams/today' });
    await app.getByRole('link', { name: /asks you for a peer review/ }).click();
    assert.deepEqual((await heard('pages.currentApp.navigateTo')).args, [{ pageId: 'learning-log', subPageId: on.tenant.entry }]);
    await app.getByRole('link', { name: today.due }).click();
    assert.deepEqual((await heard('pages.currentApp.navigateTo', 1)).args, [{ pageId: 'learning-log' }]);

    const fixed = await open({ path: '/teams/today', place: { fixed: true } });
    await fixed.app.getByRole('link', { name: today.due }).click();
    await fixed.app.waitForURL(`${APP}/teams/learning-log`);
    await fixed.app.getByText(log.intentions.question).first().waitFor();
    const entry = await open({ path: '/teams/today', place: { fixed: true } });
    await entry.app.getByRole('link', { name: /asks you for a peer review/ }).click();
    await entry.app.waitForURL(`${APP}/teams/learning-log#kring-entry=${on.tenant.entry}`);
    await entry.app.getByText('What would you do?').first().waitFor();
  });

  test('asks for nothing today that was done, tells who asked, and keeps what it knows without a server', async () => {
    const tab = await open({ path: '/teams/today' });
    const asked = tab.app.getByRole('link', { name: /asks you for a peer review/ });
    await asked.waitFor();
    await tab.setOffline(true);
    const failed = [LOG_PATH, LOG_INTENTIONS_PATH].map((path) =>
      tab.page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === path),
    );
    await tab.tell('load', { entityId: 'today', contentUrl: `${APP}/teams/today` });
    await Promise.all(failed);
    // One more turn for the page: what it does without an answer, it does now.
    await tab.app.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    assert.equal(await asked.count(), 1);

    const answer = await fetch(`${on.tenant.address}${postsPath(on.tenant.entry)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await on.tenant.tokenFor('a-1')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key: randomUUID(), step: 'review', help: on.tenant.help, parts: ['A list.', 'Calls.', 'Nothing.'] }),
    });
    assert.equal(answer.status, 200, await answer.text());
    const due = tab.app.getByRole('link', { name: today.due });
    await due.focus();
    await tab.setOffline(false);
    await asked.waitFor({ state: 'detached' });
    // The list is a new one, and whoever was on a link still is.
    await tab.app.locator('a:focus').filter({ hasText: today.due }).waitFor();
    const author = await open({ path: '/teams/today', as: 'a-2' });
    await author.app.getByRole('link', { name: today.answered('peer-review') }).waitFor();
  });

  test('is there before Teams has answered, and goes on when Teams does so late', async () => {
    const { app, page, heard } = await open({ path: '/teams/today', answers: false });
    const card = app.locator('kring-pulse-survey');
    await card.waitFor();
    assert.ok(((await card.boundingBox())?.height ?? 0) > 150);
    await heard('initialize');
    // A form is laid out already, which nobody sees.
    await card.locator('fieldset').first().waitFor({ state: 'attached' });
    assert.equal(await card.locator('fieldset').locator('visible=true').count(), 0);
    await page.clock.fastForward(6_000);
    await app.getByRole('heading', { name: said.notices.silent.title }).waitFor();
    await page.evaluate(() => { (window as unknown as { tab: { answer(): void } }).tab.answer(); });
    await card.locator('fieldset').first().waitFor();
  });

  test('speaks the language of the client', async () => {
    const { app } = await open({ path: '/teams/today', place: { locale: 'nl-nl' } });
    await app.locator('html[lang=nl] kring-pulse-survey fieldset').first().waitFor();
    await app.getByRole('heading', { name: TEAMS_TEXTS.nl.waits }).waitFor();
  });

  test('answers the pulse, and sends the ballot without the token', async () => {
    const { app, page, requests, problems } = await open({ path: '/teams/today', as: 'a-3' });
    const survey = app.locator('kring-pulse-survey');
    await survey.locator('fieldset').first().waitFor();
    await answerAll(app);
    const paper = paperIn(app);
    await survey.getByRole('button', { name: widget.send, exact: true }).click();
    await paper;
    await page.clock.fastForward(21_000);
    await survey.getByRole('heading', { name: widget.sent.title }).waitFor();
    const token = await on.tenant.tokenFor('a-3');
    const [head = ''] = token.split('.');
    const ballots = requests.filter((request) => request.url() === `${APP}/v1/ballots`);
    assert.equal(ballots.length, 1);
    for (const ballot of ballots) {
      const all = JSON.stringify(await ballot.allHeaders()) + (ballot.postData() ?? '') + ballot.url();
      assert.doesNotMatch(all, /authorization|access_token|cookie/i);
      assert.ok(!all.includes(head), 'no part of a token');
    }
    // Nobody but the server heard anything: teams-js asked for its list, and got none.
    const origins = new Set(requests.map((request) => new URL(request.url()).origin));
    assert.deepEqual([...origins].sort(), [APP, 'https://res.cdn.office.net', 'https://teams.microsoft.com']);
    assert.deepEqual(problems, []);
  });

  test('keeps what was answered when the network goes, and sends it when it is back', async () => {
    const { app, page, setOffline } = await open({ path: '/teams/today', as: 'a-4' });
    const survey = app.locator('kring-pulse-survey');
    await survey.locator('fieldset').first().waitFor();
    // What it takes to send comes while somebody answers, and this last.
    const rest = page.waitForResponse(/\/kit\/chunks\/poprf-/).then((response) => response.finished());
    await answerAll(app);
    await rest;
    await setOffline(true);
    await survey.getByRole('button', { name: widget.send, exact: true }).click();
    await survey.getByRole('heading', { name: widget.waiting.offline(true).title }).waitFor();
    await page.clock.fastForward(60_000);
    assert.equal(await survey.getByRole('heading', { name: widget.sent.title }).count(), 0);
    const paper = paperIn(app);
    await setOffline(false);
    await paper;
    await page.clock.fastForward(60_000);
    await survey.getByRole('heading', { name: widget.sent.title }).waitFor();
  });

  test('asks for consent with one button, and goes on after it', async () => {
    const tab = await open({ path: '/teams/today', place: { theme: 'contrast' }, as: 'a-5' });
    const asked: boolean[] = [];
    tab.setToken((silent) => {
      asked.push(silent);
      return { refused: 'resourceRequiresConsent' };
    });
    await tab.app.goto(`${APP}/teams/today`);
    const { consent, cancelled, refused } = said.notices;
    await tab.app.getByRole('heading', { name: consent.title }).waitFor();
    assert.deepEqual(await axeOnPage(tab.app), []);
    assert.ok(asked.every(Boolean), 'nothing opened by itself');
    tab.setToken((silent) => ({ refused: silent ? 'resourceRequiresConsent' : 'CancelledByUser' }));
    await tab.app.getByRole('button', { name: consent.act }).click();
    await tab.app.getByRole('heading', { name: cancelled.title }).waitFor();
    tab.setToken(() => ({ refused: 'invalid_resource' }));
    await tab.app.getByRole('button', { name: cancelled.act }).click();
    await tab.app.getByRole('heading', { name: refused.title }).waitFor();
    await tab.app.getByText('invalid_resource').waitFor();
    assert.deepEqual(await axeOnPage(tab.app), []);
    tab.setToken(async () => ({ token: await on.tenant.tokenFor('a-5') }));
    await tab.app.getByRole('button', { name: refused.act }).click();
    await tab.app.locator('kring-pulse-survey fieldset').first().waitFor();
  });

  for (const path of ['/teams/today', '/teams/learning-log', '/teams/team', '/teams/settings']) {
    test(`tells a stranger of which roster they are not, and whom to ask, on ${path}`, async () => {
      const frameContext = path.endsWith('settings') ? 'settings' : 'content';
      const { app } = await open({ path, place: { frameContext }, as: 'nobody-77' });
      await app.getByText(/You are not in the roster of De Linde\. Ask people@example\.org/).locator('visible=true').first().waitFor();
      assert.deepEqual(await axeOnPage(app), []);
    });
  }

  test('is the same in the program on a computer, which has its pages at another address', async () => {
    const place = { client: 'desktop', theme: 'dark' } as const;
    const { app, tell, problems } = await open({ path: '/teams/today', host: 'https://teams.cloud.microsoft', place });
    await app.locator('kring-pulse-survey fieldset').first().waitFor();
    await app.locator('html[data-theme=dark]').waitFor();
    await tell('themeChange', 'default');
    await app.locator('html[data-theme=default]').waitFor();
    await app.getByRole('link', { name: today.due }).waitFor();
    assert.deepEqual(problems, []);
  });

  test('shows today’s state after it was put aside, keeps what was typed, and follows the theme again', async () => {
    const tab = await open({ path: '/teams/today', as: 'a-6' });
    const survey = tab.app.locator('kring-pulse-survey');
    await survey.locator('fieldset').first().waitFor();
    await survey.getByRole('radio', { name: 'agree', exact: true }).first().check({ force: true });
    await tab.tell('beforeUnload');
    await tab.heard('readyToUnload');
    const again = tab.page.waitForResponse((response) => response.url() === `${APP}/v1/rounds/open` && response.request().postData()?.includes('learning-pulse') === true && response.ok());
    await tab.tell('load', { entityId: 'today', contentUrl: `${APP}/teams/today` });
    await tab.heard('appInitialization.success', 1);
    await again;
    assert.ok(await survey.getByRole('radio', { name: 'agree', exact: true }).first().isChecked());
    const themes = (await tab.said()).filter(({ func, args }) => func === 'registerHandler' && args[0] === 'themeChange');
    assert.equal(themes.length, 2);
    // Kept as one tab, shown again as another, which is asked for first.
    const headed: string[] = [];
    tab.page.on('request', (request) => { if (request.method() === 'HEAD') headed.push(request.url()); });
    await tab.tell('load', { entityId: 'team', contentUrl: `${APP}/teams/team` });
    await tab.app.waitForURL(`${APP}/teams/team`);
    await tab.app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
    // And as one that was set up with something else.
    await tab.tell('load', { entityId: 'tab', contentUrl: `${APP}/teams/team?team=a&show=pulse-survey&lang=en-gb&theme=dark` });
    await tab.app.locator('kring-pulse-survey fieldset').first().waitFor();
    await tab.app.evaluate(() => { document.body.dataset['kept'] = ''; });
    await tab.tell('load', { entityId: 'tab', contentUrl: `${APP}/teams/team?show=pulse-survey&team=a&lang=en-gb&theme=default` });
    // Each of the two tabs before, when it was asked for and when it was there; and this one.
    await tab.heard('appInitialization.success', 6);
    await tab.app.locator('html[data-theme=default]').waitFor();
    assert.equal(headed.length, 2, 'the same tab in other colours is the same tab');
    assert.equal(await tab.app.locator('body[data-kept]').count(), 1);
  });

  test('opens what a deep link asks for that is followed while the app is kept', async () => {
    const tab = await open({ path: '/teams/learning-log' });
    const card = tab.app.locator('kring-learning-log');
    await card.getByRole('button', { name: log.title }).or(card.getByText('How do you hand over on a Friday?')).first().waitFor();
    await tab.change({ subPageId: on.tenant.entry });
    await tab.tell('load', { entityId: 'learning-log', contentUrl: `${APP}/teams/learning-log` });
    await tab.app.waitForURL(`${APP}/teams/learning-log#kring-entry=${on.tenant.entry}`);
    await card.getByText('What would you do?').first().waitFor();
    // Who went on since is not thrown back to it by looking again.
    await card.getByRole('button', { name: log.back }).click();
    await card.getByText('A meeting in which nobody spoke.').first().waitFor();
    await tab.tell('load', { entityId: 'learning-log', contentUrl: `${APP}/teams/learning-log` });
    await tab.heard('getContext', 2);
    await tab.app.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    assert.equal(await card.getByText('What would you do?').count(), 0);
    // What is asked of another tab, this one leaves alone, for as long as that can't come.
    const before = tab.app.url();
    await tab.setOffline(true);
    await tab.change({ subPageId: 'team=a' });
    await tab.tell('load', { entityId: 'team', contentUrl: `${APP}/teams/team` });
    await tab.app.getByRole('heading', { name: said.notices.unreachable.title }).waitFor();
    await tab.heard('getContext', 3);
    await tab.app.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    assert.equal(tab.app.url(), before);
  });

  test('has today’s colours when it is looked at again, and stays where it is without a server', async () => {
    const tab = await open({ path: '/teams/today', as: 'a-7' });
    const survey = tab.app.locator('kring-pulse-survey');
    await survey.locator('fieldset').first().waitFor();
    await survey.getByRole('radio', { name: 'agree', exact: true }).first().check({ force: true });
    await tab.tell('beforeUnload');
    await tab.heard('readyToUnload');
    await tab.change({ theme: 'dark' });
    await tab.setOffline(true);
    await tab.tell('load', { entityId: 'team', contentUrl: `${APP}/teams/team` });
    await tab.app.getByRole('heading', { name: said.notices.unreachable.title }).waitFor();
    await tab.app.locator('html[data-theme=dark]').waitFor();
    assert.deepEqual(await axeOnPage(tab.app), []);
    // Back to where it was: what was typed is still there.
    await tab.tell('load', { entityId: 'today', contentUrl: `${APP}/teams/today` });
    await survey.locator('fieldset').first().waitFor();
    assert.ok(await survey.getByRole('radio', { name: 'agree', exact: true }).first().isChecked());
    await tab.tell('load', { entityId: 'team', contentUrl: `${APP}/teams/team` });
    const { title, act } = said.notices.unreachable;
    await tab.app.getByRole('heading', { name: title }).waitFor();
    const probed = tab.page.waitForEvent('requestfailed', (request) => request.method() === 'HEAD');
    await tab.app.getByRole('button', { name: act }).click();
    await probed;
    await tab.app.getByRole('heading', { name: title }).waitFor();
    await tab.setOffline(false);
    await tab.app.waitForURL(`${APP}/teams/team`);
    await tab.app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
  });

  test('shows the team and the round that a deep link asks for', async () => {
    const { app } = await open({ path: '/teams/team', place: { subPageId: `team=a&round=${on.tenant.earlier}` } });
    await app.locator('kring-team-pulse[team=a]').getByText(/Round 1, closed on/).first().waitFor();
    assert.equal(await app.getByText(said.otherRound).isVisible(), false);
    // One that is not there is not passed over in silence, until another is chosen.
    const gone = await open({ path: '/teams/team', place: { subPageId: 'team=a&round=gone' } });
    await gone.app.getByText(said.otherRound).waitFor();
    assert.deepEqual(await axeOnPage(gone.app), []);
    const card = gone.app.locator('kring-team-pulse');
    await card.getByText(/Round 2, closed on/).first().waitFor();
    await card.getByLabel('Round').selectOption(on.tenant.earlier);
    await gone.app.getByText(said.otherRound).waitFor({ state: 'hidden' });
    await gone.app.getByRole('button', { name: said.share }).waitFor();
    // Of what somebody may not see there is no link to share.
    const other = await open({ path: '/teams/team', place: { subPageId: 'team=all' } });
    await other.app.getByRole('heading', { name: 'These figures belong to another team' }).waitFor();
    assert.equal(await other.app.getByRole('button', { name: said.share }).isVisible(), false);
  });

  test('opens the very entry that a deep link asks for', async () => {
    const { app, heard } = await open({ path: '/teams/learning-log', place: { subPageId: on.tenant.entry } });
    await app.waitForURL(`${APP}/teams/learning-log#kring-entry=${on.tenant.entry}`);
    await app.locator('kring-learning-log').getByText('How do you hand over on a Friday?').first().waitFor();
    await app.getByRole('button', { name: log.shareLink }).click();
    const { args } = await heard('shareDeepLink');
    assert.deepEqual(args.slice(0, 3), [on.tenant.entry, said.shareTitle, `${APP}/teams/learning-log#kring-entry=${on.tenant.entry}`]);
  });

  test('says outside of Teams what to do, and leads there, to the entry too', async () => {
    const page = await on.context.newPage();
    await page.route(`${APP}/**`, async (route) => route.fulfill({ response: await route.fetch({ url: route.request().url().replace(APP, on.tenant.address) }) }));
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${APP}/teams/learning-log#kring-entry=abc`);
    await page.getByRole('heading', { name: said.notices.outside.title }).waitFor();
    const link = new URL((await page.getByRole('link', { name: said.notices.outside.act }).getAttribute('href')) ?? '');
    assert.equal(link.origin + link.pathname, 'https://teams.microsoft.com/l/entity/11111111-2222-4333-8444-555555555555/learning-log');
    assert.equal(link.searchParams.get('context'), '{"subEntityId":"abc"}');
    await page.getByRole('link', { name: 'intranet.example.org' }).waitFor();
    assert.deepEqual(await axeOnPage(page), []);
    // What a tab of a team's pulse has as its address, and where that leads.
    await page.goto(`${APP}/teams/team?team=a&show=pulse-survey`);
    const pulse = new URL((await page.getByRole('link', { name: said.notices.outside.act }).getAttribute('href')) ?? '');
    const { subEntityId } = JSON.parse(pulse.searchParams.get('context') ?? '') as { readonly subEntityId: string };
    const tab = await open({ path: `/teams/${pulse.pathname.split('/').at(-1) ?? ''}`, place: { subPageId: subEntityId } });
    await tab.app.locator('kring-pulse-survey[team=a] fieldset').first().waitFor();
    assert.ok(requests.every((url) => url.startsWith(APP) && !url.includes('/v1/')), requests.join());
  });

  test('gives a host that is none nothing, framed or not', async () => {
    // A site that may frame it, and that teams-js does not know: it may show the frame and hears nothing but that one is there.
    const stranger = await open({ path: '/teams/today', host: 'https://portal.example.org' });
    await stranger.heard('initialize');
    await stranger.page.clock.fastForward(6_000);
    await stranger.app.getByRole('heading', { name: said.notices.silent.title }).waitFor();
    assert.deepEqual([...new Set((await stranger.said()).map(({ func }) => func))], ['initialize']);
    assert.ok(stranger.requests.every((request) => !request.url().includes('/v1/')));
    // And one that may not frame it.
    const other = await open({ path: '/teams/today', host: 'https://elsewhere.example.org' });
    assert.deepEqual(await other.said(), []);
    assert.equal(await other.app.locator('main').count(), 0);
  });
});

/** Settles when a ballot has got its paper. A frame may keep nothing here, so there is no looking into its outbox. */
async function paperIn(app: Frame): Promise<void> {
  const response = await app.page().waitForResponse((response) => response.url() === `${APP}/v1/papers` && response.ok());
  await response.finished();
  await app.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

/** All statements, in a wide frame: agreed with. */
async function answerAll(app: Frame): Promise<void> {
  for (const radio of await app.locator('kring-pulse-survey').getByRole('radio', { name: 'agree', exact: true }).all()) {
    await radio.check({ force: true });
  }
}
