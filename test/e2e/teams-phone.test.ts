import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import en from '../../src/answering/texts/en.ts';
import enLater from '../../src/answering/texts/en.later.ts';
import { TEAMS_TEXTS } from '../../src/server/pages/texts.ts';
import log from '../../widgets/learning-log/texts/en.later.ts';
import { untilBallotIsReady } from '../support/outbox.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { openOnPhone } from '../support/teams-host.ts';
import { APP, onTenant, TENANT } from '../support/teams-tenant.ts';

const said = TEAMS_TEXTS.en;
const widget = { ...en, ...enLater };

describe('the Teams app on a telephone, where it is in no frame', () => {
  const on = onTenant();
  let phone: BrowserContext;
  beforeEach(async () => {
    phone = await on.browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', isMobile: true, hasTouch: true });
  });
  afterEach(() => phone.close());
  const open = (options: Parameters<typeof openOnPhone>[2]) => openOnPhone(phone, on.tenant, options);

  for (const client of ['android', 'ios'] as const) {
    test(`answers the pulse on ${client}, in its colours, and sends the ballot without the token`, async () => {
      const { app, page, heard, tell, requests, problems } = await open({ path: '/teams/today', place: { client, theme: 'dark' }, as: client === 'ios' ? 'a-3' : 'a-4' });
      const survey = app.locator('kring-pulse-survey');
      await survey.locator('fieldset').first().waitFor();
      assert.equal(await app.evaluate(() => window.parent === window), true);
      for (const func of ['appInitialization.appLoaded', 'appInitialization.success']) await heard(func);
      await app.locator('[data-theme=dark]').waitFor();
      await tell('themeChange', 'contrast');
      await app.locator('[data-theme=contrast]').waitFor();
      assert.deepEqual(await axeOnPage(app), []);
      // One statement at a time, as on each narrow screen.
      for (let item = 0; item < 5; item += 1) await survey.locator('.item:not([hidden]) .point').nth(item).tap();
      await survey.getByRole('button', { name: widget.send, exact: true }).tap();
      await untilBallotIsReady(app);
      await page.clock.fastForward(21_000);
      await survey.getByRole('heading', { name: widget.sent.title }).waitFor();
      const [ballot, ...others] = requests.filter((request) => request.url() === `${APP}/v1/ballots`);
      assert.ok(ballot && others.length === 0);
      assert.doesNotMatch(JSON.stringify(await ballot.allHeaders()) + (ballot.postData() ?? ''), /authorization|access_token|cookie/i);
      assert.ok(await app.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
      assert.deepEqual(problems, []);
    });
  }

  test('speaks the language of the client, and opens the very entry that a deep link asks for, also while it is kept', async () => {
    const tab = await open({ path: '/teams/learning-log', place: { locale: 'nl-nl' } });
    await tab.app.locator('html[lang=nl] kring-learning-log').getByText('How do you hand over on a Friday?').first().waitFor();
    const { app, change, tell, heard } = await open({ path: '/teams/learning-log', place: { subPageId: on.tenant.entry } });
    const card = app.locator('kring-learning-log');
    await app.waitForURL(`${APP}/teams/learning-log#kring-entry=${on.tenant.entry}`);
    await card.getByText('What would you do?').first().waitFor();
    await card.getByRole('button', { name: log.shareLink }).tap();
    assert.equal((await heard('shareDeepLink')).args[0], on.tenant.entry);
    await tell('beforeUnload');
    await heard('readyToUnload');
    await change({ subPageId: `team=a&round=${on.tenant.earlier}` });
    await tell('load', { entityId: 'team', contentUrl: `${APP}/teams/team` });
    await app.waitForURL(`${APP}/teams/team`);
    await app.locator('kring-team-pulse[team=a]').getByText(/Round 1, closed on/).first().waitFor();
  });

  test('asks for consent with one button, and goes on after Teams’ own window, or Microsoft’s', async () => {
    await phone.route('https://res.cdn.office.net/**', (route) => route.abort());
    await phone.route(`${APP}/**`, async (route) =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace(APP, on.tenant.address), maxRedirects: 0 }) }),
    );
    await phone.route('https://login.microsoftonline.com/**', (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const back = new URLSearchParams({ code: 'a-code', state: asked.get('state') ?? '' }).toString();
      return route.fulfill({ status: 302, headers: { location: `${asked.get('redirect_uri') ?? ''}#${back}` } });
    });
    const { app, setToken } = await open({ path: '/teams/today', place: { tenant: TENANT }, token: () => ({ refused: 'resourceRequiresMfa' }) });
    const pulse = app.locator('kring-pulse-survey fieldset').first();
    const { consent, window: own } = said.notices;
    await app.getByRole('button', { name: consent.act }).tap();
    await app.getByRole('heading', { name: own.title }).waitFor();
    assert.deepEqual(await axeOnPage(app), []);
    setToken(async (silent) => (silent ? { token: await on.tenant.tokenFor('a-1') } : { refused: 'resourceRequiresMfa' }));
    await app.getByRole('button', { name: own.act }).tap();
    await pulse.waitFor();

    const other = await open({ path: '/teams/today', token: (silent) => ({ refused: silent ? 'resourceRequiresConsent' : 'CancelledByUser' }) });
    await other.app.getByRole('button', { name: consent.act }).tap();
    await other.app.getByRole('heading', { name: said.notices.cancelled.title }).waitFor();
    other.setToken(async () => ({ token: await on.tenant.tokenFor('a-1') }));
    await other.app.getByRole('button', { name: said.notices.cancelled.act }).tap();
    await other.app.locator('kring-pulse-survey fieldset').first().waitFor();
  });

  test('sets up a tab, and fits', async () => {
    const { app, heard, tell, settings } = await open({ path: '/teams/settings', place: { frameContext: 'settings', theme: 'contrast' }, as: 'a-lead' });
    await heard('settings.setValidityState');
    await app.getByLabel(said.settings.team).selectOption({ label: 'Team a' });
    await app.getByRole('radio', { name: /Team pulse card/ }).check();
    await app.locator('kring-team-pulse').getByText(/Round 2, closed on/).first().waitFor();
    assert.deepEqual(await axeOnPage(app), []);
    assert.ok(await app.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await tell('settings.save', {});
    await heard('settings.save.success');
    // A telephone opens this one where it can't show the tab.
    assert.equal((await settings())?.['websiteUrl'], `${APP}/teams/team?team=a&show=team-pulse`);
  });
});
