import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import type { BrowserContext, Page } from 'playwright-core';
import log from '../../widgets/learning-log/texts/en.later.ts';
import { TEAMS_TEXTS } from '../../src/server/pages/texts.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { APP, CLIENT, onTenant, TENANT } from '../support/teams-tenant.ts';
import { until } from '../support/until.ts';

const texts = TEAMS_TEXTS.en;
const SIGN_IN = `${APP}/teams/sign-in`;
const ENTRA = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0`;
const CODE = 'a-code-for-one-time';

type Fields = Readonly<Record<string, string>>;

/** What Entra says of somebody who signed in (OpenID Connect Core 1.0 section 2). */
async function whoItIs(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const seconds = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, aud: CLIENT, sub: 's', iat: seconds, exp: seconds + 600, preferred_username: 'a-1@example.org' })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(privateKey);
}

describe('a tab by itself in a browser', () => {
  const on = onTenant();
  let page: Page;
  /** What Entra was asked: for a code, and for tokens. */
  let asked: Fields[];
  let redeemed: Fields[];
  let left: string[];
  let toServer: string[];
  let violations: string[];
  /** What Entra answers. */
  let code: (asked: Fields) => Fields | undefined;
  let tokens: (redeemed: Fields) => Promise<object | 'unreachable' | 503 | 'no-cors'>;

  beforeEach(async () => {
    [asked, redeemed, left, toServer, violations] = [[], [], [], [], []];
    code = () => ({ code: CODE, session_state: 'of-entra' });
    tokens = async () => ({ token_type: 'Bearer', expires_in: 3600, access_token: await on.tenant.tokenFor('a-1'), refresh_token: 'the-next', id_token: await whoItIs() });
    page = await play(on.context);
  });

  /** The app at its own address, and Entra at its own. */
  async function play(context: BrowserContext): Promise<Page> {
    await context.route(`${APP}/**`, async (route) => {
      toServer.push(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: route.request().url().replace(APP, on.tenant.address), maxRedirects: 0 }) });
    });
    await context.route(`${ENTRA}/authorize*`, (route) => {
      const { searchParams } = new URL(route.request().url());
      const fields = Object.fromEntries(searchParams);
      asked.push(fields);
      const answer = code(fields);
      // A page of Entra's own, on which nobody does anything.
      if (!answer) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Entra</title>' });
      const back = new URLSearchParams({ state: fields['state'] ?? '', ...answer }).toString();
      return route.fulfill({ status: 302, headers: { location: `${fields['redirect_uri'] ?? ''}#${back}` } });
    });
    await context.route(`${ENTRA}/token`, async (route) => {
      const fields = Object.fromEntries(new URLSearchParams(route.request().postData() ?? ''));
      redeemed.push(fields);
      const answer = await tokens(fields);
      if (answer === 'unreachable') return route.abort();
      // Other sites than those of apps of one page are not told what it answers.
      if (answer === 'no-cors') return route.fulfill({ status: 400, headers: { 'access-control-allow-origin': 'null' }, json: { error: 'invalid_request' } });
      const headers = { 'access-control-allow-origin': APP };
      if (answer === 503) return route.fulfill({ status: 503, headers, contentType: 'text/html', body: 'Service unavailable' });
      return route.fulfill({ status: 'error' in answer ? 400 : 200, headers, json: answer });
    });
    await context.route(`${ENTRA}/logout*`, (route) => {
      const back = new URL(route.request().url()).searchParams.get('post_logout_redirect_uri') ?? '';
      left.push(back);
      return route.fulfill({ status: 302, headers: { location: back } });
    });
    const page = await context.newPage();
    page.on('console', (message) => { if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text()); });
    return page;
  }

  const open = async (path = '/teams/today') => {
    await page.goto(`${APP}${path}`);
    await offered();
  };
  const signIn = () => page.getByRole('button', { name: texts.signInHere }).click();
  const pulse = () => page.locator('kring-pulse-survey fieldset').first().waitFor();
  const offered = () => page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
  const failed = (why: keyof typeof texts.signInFailed) => page.getByRole('alert').getByText(texts.signInFailed[why]).waitFor();
  const stored = () => page.evaluate(() => [...Object.entries(sessionStorage), ...Object.entries(localStorage), document.cookie].join());

  test('signs in with Entra, and keeps nothing of it but who did', async () => {
    await open();
    assert.equal(asked.length, 0, 'nobody is sent away who did not ask for it');
    assert.deepEqual(await axeOnPage(page), []);
    await signIn();
    await pulse();
    const [{ state = '', code_challenge: challenge = '', ...rest } = {}] = asked;
    assert.deepEqual(rest, {
      client_id: CLIENT,
      response_type: 'code',
      response_mode: 'fragment',
      redirect_uri: SIGN_IN,
      scope: `openid profile offline_access ${CLIENT}/access_as_user`,
      prompt: 'select_account',
      code_challenge_method: 'S256',
    });
    assert.match(state, /^[\w-]{43}$/);
    const [{ code_verifier: verifier = '', ...grant } = {}] = redeemed;
    assert.deepEqual(grant, { grant_type: 'authorization_code', client_id: CLIENT, redirect_uri: SIGN_IN, code: CODE });
    assert.equal(createHash('sha256').update(verifier).digest('base64url'), challenge);
    const left = await stored();
    for (const secret of [CODE, verifier, 'the-next', state, await on.tenant.tokenFor('a-1').then((token) => token.slice(0, 20))]) assert.ok(!left.includes(secret), left);
    assert.ok(toServer.every((url) => !url.includes(CODE)), toServer.join());
    assert.deepEqual(violations, []);
    assert.deepEqual(await axeOnPage(page), []);
    assert.equal(page.url(), `${APP}/teams/today`);
  });

  test('goes from page to page without a word from Entra, until one signs out', async () => {
    await open();
    await signIn();
    await pulse();
    await page.getByRole('link', { name: texts.titles['learning-log'] }).click();
    await page.locator('kring-learning-log').getByText('How do you hand over on a Friday?').first().waitFor();
    assert.deepEqual([asked.at(-1)?.['prompt'], asked.at(-1)?.['login_hint']], ['none', 'a-1@example.org']);
    assert.equal(new URL(page.url()).pathname, '/teams/learning-log');
    await page.reload({ waitUntil: 'commit' });
    await page.locator('kring-learning-log').getByText('How do you hand over on a Friday?').first().waitFor();
    assert.equal(asked.length, 3);
    await page.getByRole('button', { name: texts.signOut }).click();
    await offered();
    assert.deepEqual(left, [SIGN_IN]);
    assert.equal(page.url(), `${APP}/teams/today`);
    assert.equal(await page.getByRole('navigation').count(), 0);
    await page.reload({ waitUntil: 'commit' });
    await offered();
    assert.equal(asked.length, 3);
    assert.deepEqual(violations, []);
  });

  test('shows nothing of somebody who signed out to who goes back', async () => {
    // Other than a browser in a test, people's own keep pages to go back to.
    const browser = await launchChromium({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    try {
      page = await play(await browser.newContext({ locale: 'en-GB' }));
      await open();
      await signIn();
      await pulse();
      await page.getByRole('link', { name: texts.titles.team }).click();
      await page.locator('kring-team-pulse .rows').waitFor();
      await page.getByRole('button', { name: texts.signOut }).click();
      await offered();
      code = () => ({ error: 'login_required' });
      for (let pages = 0; pages < 3; pages += 1) {
        await page.goBack({ waitUntil: 'commit' }).catch(() => null);
        if (!page.url().startsWith(APP)) continue;
        await offered();
        assert.equal(await page.locator('kring-pulse-survey fieldset, kring-team-pulse .rows').locator('visible=true').count(), 0);
      }
    } finally {
      await browser.close();
    }
  });

  test('opens the very entry that a link names, and has a link to each', async () => {
    await open(`/teams/learning-log?lang=en#kring-entry=${on.tenant.entry}`);
    await signIn();
    const entry = page.locator('kring-learning-log');
    await entry.getByText('How do you hand over on a Friday?').first().waitFor();
    assert.equal(page.url(), `${APP}/teams/learning-log?lang=en#kring-entry=${on.tenant.entry}`);
    await entry.getByRole('button', { name: log.copyLink }).first().waitFor();
    assert.equal(await entry.getByRole('button', { name: log.shareLink }).count(), 0, 'there is no Teams to share it in');
  });

  test('leads from what waits to where it is done', async () => {
    await open();
    await signIn();
    await page.getByRole('link', { name: /asks you for a peer review/ }).click();
    await page.waitForURL(/\/teams\/learning-log#kring-entry=/);
    await page.locator('kring-learning-log').getByText('How do you hand over on a Friday?').first().waitFor();
  });

  test('renews a token that has ended, by itself', async () => {
    const { access_token: good, ...rest } = (await tokens({})) as { readonly access_token: string };
    tokens = (fields) => Promise.resolve({ ...rest, access_token: fields['grant_type'] === 'refresh_token' ? good : 'one.that.ended' });
    await open();
    await signIn();
    await pulse();
    assert.deepEqual(redeemed.at(-1), { grant_type: 'refresh_token', client_id: CLIENT, refresh_token: 'the-next' });
    assert.equal(redeemed.length, 2);
  });

  test('asks again where Entra does not know any more who somebody is, and blames nobody', async () => {
    await open();
    await signIn();
    await pulse();
    code = () => ({ error: 'login_required' });
    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
    assert.equal(await page.locator('[data-why]').locator('visible=true').count(), 0);
    await page.reload({ waitUntil: 'commit' });
    await offered();
    assert.equal(asked.length, 2, 'and once');
  });

  test('lets nobody get stuck on a page of Entra’s own', async () => {
    await open();
    await signIn();
    await pulse();
    code = () => undefined;
    await page.goto(`${APP}/teams/today`);
    await page.waitForURL(`${ENTRA}/authorize*`);
    await page.goto(`${APP}/teams/today`);
    await offered();
    // Whoever has second thoughts there goes back.
    await signIn();
    await page.waitForURL(`${ENTRA}/authorize*`);
    await page.goBack();
    await offered();
  });

  test('says that the sign-in has ended when it has, and goes on without a word when Entra only was away for a moment', async () => {
    const right = tokens;
    await page.clock.install();
    await open();
    await signIn();
    await pulse();
    const anew = async () => {
      await page.clock.fastForward(3_600_000);
      const answered = page.waitForResponse(`${ENTRA}/token`);
      await page.evaluate(() => { dispatchEvent(new Event('online')); });
      await answered;
    };
    await page.goto(`${APP}/teams/learning-log`);
    await page.locator('kring-learning-log article').first().waitFor();
    await page.locator('kring-learning-log #text').fill('Half a sentence');
    tokens = () => Promise.resolve(503);
    const away = page.waitForResponse(`${ENTRA}/token`);
    await page.clock.fastForward(3_600_000);
    await (await away).finished();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await page.locator('[data-when=page]').waitFor();
    assert.equal(await page.locator('kring-learning-log #text').inputValue(), 'Half a sentence');
    tokens = () => Promise.resolve({ error: 'invalid_grant', error_description: 'AADSTS700084: the refresh token has ended' });
    await anew();
    await failed('ended');
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.hasAttribute('data-sign-in')), true);
    tokens = right;
    await signIn();
    // The list may be there before the place that the text belongs to.
    await until(async () => (await page.locator('kring-learning-log #text').inputValue()) === 'Half a sentence', 'what was typed is there');
  });

  const failures: Readonly<Record<string, readonly [why: keyof typeof texts.signInFailed, word: string | undefined, set: () => void]>> = {
    'the person says no': ['cancelled', undefined, () => { code = () => ({ error: 'access_denied', error_description: 'AADSTS65004: the person declined' }); }],
    'Entra says no': ['other', 'unauthorized_client AADSTS700016', () => { code = () => ({ error: 'unauthorized_client', error_description: 'AADSTS700016: no such app' }); }],
    'the answer is none to what was asked': ['other', 'StateDiffers', () => { code = () => ({ code: CODE, state: 'made-up' }); }],
    'the answer holds nothing': ['other', 'NoAnswer', () => { code = () => ({}); }],
    'the code can’t be redeemed': ['other', 'invalid_grant AADSTS70008', () => { tokens = () => Promise.resolve({ error: 'invalid_grant', error_description: 'AADSTS70008: the code has ended' }); }],
    'Entra breaks down over the code': ['other', 'NoTokens', () => { tokens = () => Promise.resolve(503); }],
    'the app is registered as another kind': ['unreachable', 'EntraUnreachable', () => { tokens = () => Promise.resolve('no-cors'); }],
    'Entra can’t be reached': ['unreachable', 'EntraUnreachable', () => { tokens = () => Promise.resolve('unreachable'); }],
    'Entra is not well': ['unreachable', 'temporarily_unavailable', () => { code = () => ({ error: 'temporarily_unavailable' }); }],
    'the server takes no token of that tenant': ['other', 'ServerRefusedToken', () => {
      tokens = async () => ({ token_type: 'Bearer', expires_in: 3600, access_token: 'not.one.ofours', refresh_token: 'the-next', id_token: await whoItIs() });
    }],
  };
  for (const [how, [why, word, set]] of Object.entries(failures)) {
    test(`says so where ${how}, and signs in when that is mended`, async () => {
      const right = { code, tokens };
      set();
      await open();
      await signIn();
      await failed(why);
      if (word !== undefined) await page.locator('[data-why]').getByText(word, { exact: true }).locator('visible=true').waitFor();
      assert.deepEqual(await axeOnPage(page), []);
      const before = asked.length;
      await page.reload({ waitUntil: 'commit' });
      await offered();
      assert.equal(asked.length, before, 'nobody goes round in circles');
      ({ code, tokens } = right);
      await signIn();
      await pulse();
    });
  }

  test('says so where the browser keeps nothing, not even for a moment', async () => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => { throw new DOMException('refused', 'QuotaExceededError'); };
    });
    await open();
    await signIn();
    await failed('storage');
    assert.equal(asked.length, 0);
  });

  test('says so where the part that signs in can’t be fetched, and tries again', async () => {
    let there = false;
    await page.route(`${APP}/pages/chunks/alone-*`, (route) => (there ? route.fallback() : route.abort()));
    await open();
    there = true;
    const reloaded = page.waitForEvent('load');
    await signIn();
    await reloaded;
    await signIn();
    await pulse();
  });

  test('leads on from the page that comes back from Entra, where nothing there goes on by itself', async () => {
    await page.clock.install();
    await page.goto(`${SIGN_IN}#state=of-another-time&code=${CODE}`);
    await page.getByRole('heading', { name: texts.signIn.title }).waitFor();
    await page.waitForURL(SIGN_IN);
    await page.clock.fastForward(6_000);
    await page.getByRole('alert').getByText(texts.signIn.stuck).waitFor();
    await page.getByText('StateDiffers').waitFor();
    assert.deepEqual(await axeOnPage(page), []);
    await page.getByRole('link', { name: texts.signIn.toLeerkring }).click();
    await offered();
    await page.goto(SIGN_IN);
    await page.waitForURL(`${APP}/teams/today`);
  });

  test('has no sign-in on the pages that set up a tab, and asks Entra nothing from there', async () => {
    await open();
    await signIn();
    await pulse();
    for (const path of ['/teams/settings', '/teams/remove']) {
      await open(path);
      assert.equal(await page.getByRole('button', { name: texts.signInHere }).count(), 0);
    }
    assert.equal(asked.length, 1);
    await page.goto(`${APP}/teams/today`);
    await pulse();
  });

  test('is readable in the dark, and in 280 pixels', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 280, height: 700 });
    await open();
    await signIn();
    await pulse();
    assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), 'dark');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 280);
    assert.deepEqual(await axeOnPage(page), []);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'default');
  });
});
