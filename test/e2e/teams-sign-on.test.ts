import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import later from '../../src/answering/texts/en.later.ts';
import type { PlayedToken } from '../../src/pages/demo/teams-host.ts';
import { TEAMS_TEXTS } from '../../src/server/pages/texts.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { openTab, type OpenedTab } from '../support/teams-host.ts';
import { APP, CLIENT, onTenant, TENANT } from '../support/teams-tenant.ts';

const { notices } = TEAMS_TEXTS.en;

const SIGN_IN = `${APP}/teams/sign-in`;

/** What Entra sends back after the #, of what it was asked. */
type Entra = (asked: URLSearchParams) => Readonly<Record<string, string>>;

const CODE = 'a-code-that-nobody-redeems';
const agrees: Entra = (asked) => ({ code: CODE, state: asked.get('state') ?? '' });

/** For the page itself: a browser in a test has a network all the same. */
const setOnLine = (onLine: boolean) => `Object.defineProperty(Navigator.prototype, 'onLine', { configurable: true, get: () => ${String(onLine)} })`;

describe('signing on in Teams', () => {
  const on = onTenant();
  /** What Entra was asked for, and what our server was, by windows. */
  let asked: URL[];
  let toServer: string[];
  let entra: Entra | undefined;
  beforeEach(async () => {
    asked = [];
    toServer = [];
    entra = agrees;
    await on.context.route('https://res.cdn.office.net/**', (route) => route.abort());
    await on.context.route(`${APP}/**`, async (route) => {
      toServer.push(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: route.request().url().replace(APP, on.tenant.address), maxRedirects: 0 }) });
    });
    await on.context.route('https://login.microsoftonline.com/**', (route) => {
      const address = new URL(route.request().url());
      asked.push(address);
      // Without an answer it is a page on which the person does nothing.
      if (!entra) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Entra</title>' });
      const back = new URLSearchParams(entra(address.searchParams)).toString();
      return route.fulfill({ status: 302, headers: { location: `${address.searchParams.get('redirect_uri') ?? ''}#${back}` } });
    });
  });
  const open = (token: (silent: boolean) => PlayedToken, place: object = { tenant: TENANT }) => openTab(on.context, on.tenant, { path: '/teams/today', place, token });
  const signedOn = async (): Promise<PlayedToken> => ({ token: await on.tenant.tokenFor('a-1') });
  const pulse = (tab: OpenedTab) => tab.app.locator('kring-pulse-survey fieldset').first();
  const heading = (tab: OpenedTab, need: keyof typeof notices) => tab.app.getByRole('heading', { name: notices[need].title }).waitFor();
  const press = (tab: OpenedTab, need: keyof typeof notices) => tab.app.locator(`[data-when=${need}]`).getByRole('button', { name: notices[need].act }).click();
  const code = (tab: OpenedTab, need: keyof typeof notices) => tab.app.locator(`[data-when=${need}] code`).textContent();

  /** A tab of somebody whom Teams can't sign on, up to the notice that offers a window of Microsoft's own. */
  async function atTheWindow(refusal: string, place?: object): Promise<OpenedTab> {
    const tab = await open(() => ({ refused: refusal }), place);
    await heading(tab, 'consent');
    await press(tab, 'consent');
    await heading(tab, 'window');
    assert.equal(await code(tab, 'window'), refusal);
    return tab;
  }

  for (const refusal of ['resourceRequiresConsent', 'resourceRequiresMfa']) {
    test(`goes on in a window of Microsoft’s own where Teams says ${refusal} for ever`, async () => {
      const tab = await atTheWindow(refusal);
      assert.deepEqual(await axeOnPage(tab.app), []);
      assert.equal(asked.length, 0, 'nothing opened by itself');
      tab.setToken((silent) => (silent ? signedOn() : { refused: refusal }));
      const opening = on.context.waitForEvent('page');
      await press(tab, 'window');
      const opened = await opening;
      const violations: string[] = [];
      opened.on('console', (message) => { if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text()); });
      await pulse(tab).waitFor();
      if (!opened.isClosed()) await opened.waitForEvent('close');
      assert.deepEqual(violations, []);
      const [{ pathname, searchParams } = new URL(APP)] = asked;
      assert.equal(pathname, `/${TENANT}/oauth2/v2.0/authorize`);
      const { state = '', code_challenge: challenge = '', ...rest } = Object.fromEntries(searchParams);
      assert.deepEqual(rest, {
        client_id: CLIENT,
        response_type: 'code',
        response_mode: 'fragment',
        redirect_uri: SIGN_IN,
        scope: `openid ${CLIENT}/access_as_user`,
        code_challenge_method: 'S256',
        login_hint: 'hint@example.org',
      });
      assert.match(state, /^[\w-]{43}$/);
      assert.equal(challenge.length, createHash('sha256').digest('base64url').length);
      assert.notEqual(state, challenge);
      // Neither who it is nor the code came to the server, nor the code to the tab.
      assert.ok(toServer.every((url) => !/hint|code/.test(new URL(url).search)), toServer.join());
      const said = await tab.said();
      assert.ok(!JSON.stringify(said).includes(CODE));
    });
  }

  test('asks somebody else, with the code, where Microsoft’s window was not enough either', async () => {
    const tab = await atTheWindow('resourceRequiresConsent');
    await press(tab, 'window');
    await heading(tab, 'refused');
    assert.equal(await code(tab, 'refused'), 'resourceRequiresConsent');
    tab.setToken(signedOn);
    await press(tab, 'refused');
    await pulse(tab).waitFor();
  });

  const failures: Readonly<Record<string, readonly [entra: Entra, told: string, place?: object]>> = {
    'with another state': [() => ({ code: 'c', state: 'made-up' }), 'StateDiffers'],
    'without a state': [() => ({ code: CODE, state: '' }), 'StateDiffers'],
    'with Entra’s refusal': [
      (asked) => ({ error: 'consent_required', error_description: 'AADSTS65001: nobody has consented', state: asked.get('state') ?? '' }),
      'consent_required AADSTS65001',
    ],
    'with nothing': [(asked) => ({ state: asked.get('state') ?? '' }), 'NoAnswer'],
    'at once, of a tenant that the server does not know': [agrees, 'UnknownTenant', {}],
  };
  for (const [how, [answer, told, place]] of Object.entries(failures)) {
    test(`asks somebody else, with the code, where the window comes back ${how}`, async () => {
      const tab = await atTheWindow('resourceRequiresConsent', place);
      entra = answer;
      const before = (await tab.said()).length;
      await press(tab, 'window');
      await heading(tab, 'refused');
      assert.equal(await code(tab, 'refused'), told);
      assert.ok((await tab.said()).slice(before).every(({ func }) => func !== 'authentication.getAuthToken'), 'it did not succeed');
      assert.deepEqual(await axeOnPage(tab.app), []);
    });
  }

  test('has a way back from a window that was closed, and from one that could not open', async () => {
    const tab = await atTheWindow('resourceRequiresConsent');
    entra = undefined;
    const opening = on.context.waitForEvent('page');
    await press(tab, 'window');
    const opened: Page = await opening;
    await opened.waitForURL('https://login.microsoftonline.com/**');
    await opened.close();
    await heading(tab, 'cancelled');
    await tab.page.evaluate('window.opens = window.open; window.open = () => null;');
    await press(tab, 'cancelled');
    await heading(tab, 'blocked');
    assert.deepEqual(await axeOnPage(tab.app), []);
    await tab.page.evaluate('window.open = window.opens;');
    entra = agrees;
    tab.setToken(signedOn);
    await press(tab, 'blocked');
    await pulse(tab).waitFor();
    assert.equal(asked.length, 2, 'the window was the one that was wanted');
  });

  test('has a way back where Teams could not open its own window', async () => {
    const tab = await open((silent) => ({ refused: silent ? 'resourceRequiresConsent' : 'FailedToOpenWindow' }));
    await heading(tab, 'consent');
    await press(tab, 'consent');
    await heading(tab, 'blocked');
    let granted = false;
    tab.setToken((silent) => {
      granted ||= !silent;
      return granted ? signedOn() : { refused: 'resourceRequiresConsent' };
    });
    await press(tab, 'blocked');
    await pulse(tab).waitFor();
    assert.equal(asked.length, 0);
  });

  test('is no window of Microsoft’s outside of Teams, and lies in no frame', async () => {
    const page = await on.context.newPage();
    const answer = await page.goto(`${SIGN_IN}?tenant=none`);
    await page.getByRole('heading', { name: TEAMS_TEXTS.en.signIn.title }).waitFor();
    assert.match(answer?.headers()['content-security-policy'] ?? '', /frame-ancestors 'none'/);
    assert.deepEqual(await axeOnPage(page.mainFrame()), []);
  });

  for (const [how, refusal, onLine] of [
    ['the browser says so', 'UnknownError', false],
    ['Teams’ words say so', 'no_network: a request_failed', true],
  ] as const) {
    test(`leaves it to the elements to say that there is no network, where ${how}, and goes on when there is`, async () => {
      await on.context.addInitScript(setOnLine(onLine));
      const tab = await open(() => ({ refused: refusal }));
      await tab.app.locator('kring-pulse-survey').getByText(later.failed.offline.title).waitFor();
      assert.ok(await tab.app.locator('[data-when=page]').isVisible());
      tab.setToken(signedOn);
      await tab.app.evaluate(`${setOnLine(true)}; dispatchEvent(new Event('online'));`);
      await pulse(tab).waitFor();
    });
  }

  test('goes on by itself from a notice when the network is back', async () => {
    const tab = await open(() => ({ refused: 'ServerError' }));
    await heading(tab, 'refused');
    tab.setToken((silent) => (silent ? signedOn() : { refused: 'ServerError' }));
    await tab.app.evaluate(() => { dispatchEvent(new Event('online')); });
    await pulse(tab).waitFor();
  });

  test('takes a new token as good for all whose old one was refused', async () => {
    const tab = await openTab(on.context, on.tenant, { path: '/teams/settings', place: { frameContext: 'settings' }, token: () => ({ token: 'not.one.ofours' }) });
    // Two are under way with the old one when there is another.
    let sent = 0;
    let changed: () => void = () => undefined;
    const change = new Promise<void>((resolve) => { changed = resolve; });
    await tab.page.route(`${APP}/v1/**`, async (route) => {
      // In the body, where what only asks has it.
      if (route.request().postData()?.includes('not.one.ofours')) {
        sent += 1;
        if (sent === 2) {
          tab.setToken(signedOn);
          changed();
        }
        await change;
      }
      await route.fallback();
    });
    await tab.app.goto(`${APP}/teams/settings`);
    await pulse(tab).waitFor();
    await tab.app.getByLabel(TEAMS_TEXTS.en.settings.team).waitFor();
    assert.equal(await tab.app.locator('[data-when=refused]').isVisible(), false);
  });

  test('shows today’s state of who is asked to sign in, or was in no roster, when it is looked at again', async () => {
    const again = (tab: OpenedTab) => tab.tell('load', { entityId: 'today', contentUrl: `${APP}/teams/today` });
    const tab = await open(() => ({ refused: 'resourceRequiresConsent' }));
    await heading(tab, 'consent');
    tab.setToken((silent) => (silent ? signedOn() : { refused: 'resourceRequiresConsent' }));
    await again(tab);
    await pulse(tab).waitFor();

    const stranger = await openTab(on.context, on.tenant, { path: '/teams/today', as: 'nobody-77' });
    const told = stranger.app.getByRole('heading', { name: TEAMS_TEXTS.en.stranger });
    await told.waitFor();
    const asked = stranger.page.waitForResponse((response) => response.url() === `${APP}/v1/rounds/open` && response.request().postData()?.includes('learning-pulse') === true && !response.ok());
    await again(stranger);
    await asked;
    await told.waitFor();
    stranger.setToken(signedOn);
    await again(stranger);
    await pulse(stranger).waitFor();
    assert.equal(await told.isVisible(), false);
  });

  test('says that it goes on by itself for as long as it does, and then what else there is to do', async () => {
    // A frame in a site that is no Teams: it may show the page and never answers it.
    const tab = await openTab(on.context, on.tenant, { path: '/teams/today', host: 'https://portal.example.org' });
    await tab.heard('initialize');
    await tab.page.clock.fastForward(6_000);
    await heading(tab, 'silent');
    assert.equal(await tab.app.getByText(/goes on by itself/).locator('visible=true').count(), 1);
    await tab.page.clock.fastForward(60_000);
    await heading(tab, 'unanswered');
    assert.equal(await tab.app.getByText(/goes on by itself/).locator('visible=true').count(), 0);
    const link = tab.app.locator('[data-when=unanswered]').getByRole('link', { name: notices.outside.act });
    assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/teams\.microsoft\.com\/l\/entity\//);
    assert.deepEqual(await axeOnPage(tab.app), []);
  });

  test('says at once that Teams can’t be asked, and not that it may still answer', async () => {
    const tab = await openTab(on.context, on.tenant, { path: '/teams/today', answers: false });
    await tab.app.waitForLoadState();
    await tab.page.route(`${APP}/pages/chunks/sdk-*`, (route) => route.abort());
    await tab.app.goto(`${APP}/teams/today`);
    await heading(tab, 'unanswered');
    await tab.page.clock.fastForward(6_000);
    assert.ok(await tab.app.getByRole('heading', { name: notices.unanswered.title }).isVisible());
  });

  for (const path of ['/teams/today', '/teams/learning-log', '/teams/team', '/teams/settings']) {
    test(`says with a code that the server takes no token of Teams, as often as it is so, on ${path}`, async () => {
      const place = { frameContext: path.endsWith('settings') ? 'settings' : 'content' } as const;
      const tab = await openTab(on.context, on.tenant, { path, place, token: () => ({ token: 'not.one.ofours' }) });
      await heading(tab, 'refused');
      assert.equal(await code(tab, 'refused'), 'ServerRefusedToken');
      await tab.app.locator('[data-when=refused]').getByRole('link', { name: TEAMS_TEXTS.en.support }).waitFor();
      // Not one that was under way.
      const again = tab.page.waitForRequest((request) => request.url().startsWith(`${APP}/v1/`));
      await press(tab, 'refused');
      assert.equal((await (await again).response())?.status(), 401);
      await heading(tab, 'refused');
      tab.setToken(signedOn);
      await press(tab, 'refused');
      await tab.app.locator('[data-when=page]').waitFor();
      await tab.app.locator('kring-pulse-survey fieldset, kring-learning-log article, kring-team-pulse .rows').locator('visible=true').first().waitFor();
    });
  }
});
