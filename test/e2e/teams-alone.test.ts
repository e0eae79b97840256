import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import log from '../../widgets/learning-log/texts/en.later.ts';
import { TEAMS_TEXTS } from '../../src/server/pages/texts.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { APP, CLIENT, onTenant, TENANT } from '../support/teams-tenant.ts';

const texts = TEAMS_TEXTS.en;
const SIGN_IN = `${APP}/teams/sign-in`;
const ENTRA = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0`;
const CODE = 'a-code-for-one-time';

type Fields = Readonly<Record<string, string>>;

describe('a tab by itself in a browser', () => {
  const on = onTenant();
  let page: Page;
  /** What Entra was asked: for a code, and for tokens. */
  let asked: Fields[];
  let redeemed: Fields[];
  let toServer: string[];
  let violations: string[];
  /** What Entra answers. */
  let code: (asked: Fields) => Fields;
  let tokens: (redeemed: Fields) => Promise<object | 'unreachable'>;

  beforeEach(async () => {
    [asked, redeemed, toServer, violations] = [[], [], [], []];
    code = () => ({ code: CODE, session_state: 'of-entra' });
    tokens = async () => ({ token_type: 'Bearer', expires_in: 3600, access_token: await on.tenant.tokenFor('a-1'), refresh_token: 'the-next' });
    await on.context.route(`${APP}/**`, async (route) => {
      toServer.push(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: route.request().url().replace(APP, on.tenant.address), maxRedirects: 0 }) });
    });
    await on.context.route(`${ENTRA}/authorize*`, (route) => {
      const { searchParams } = new URL(route.request().url());
      const fields = Object.fromEntries(searchParams);
      asked.push(fields);
      const back = new URLSearchParams({ state: fields['state'] ?? '', ...code(fields) }).toString();
      return route.fulfill({ status: 302, headers: { location: `${fields['redirect_uri'] ?? ''}#${back}` } });
    });
    await on.context.route(`${ENTRA}/token`, async (route) => {
      const fields = Object.fromEntries(new URLSearchParams(route.request().postData() ?? ''));
      redeemed.push(fields);
      const answer = await tokens(fields);
      if (answer === 'unreachable') return route.abort();
      // As Entra answers an app of one page, and no other.
      const cors = { 'access-control-allow-origin': APP };
      return route.fulfill({ status: 'error' in answer ? 400 : 200, headers: cors, json: answer });
    });
    page = await on.context.newPage();
    page.on('console', (message) => { if (/Content Security Policy|Trusted/i.test(message.text())) violations.push(message.text()); });
  });

  const open = async (path = '/teams/today') => {
    await page.goto(`${APP}${path}`);
    await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
  };
  const signIn = () => page.getByRole('button', { name: texts.signInHere }).click();
  const pulse = () => page.locator('kring-pulse-survey fieldset').first().waitFor();
  /** Until the page says so, with this word for whoever looks into it. */
  const failed = (word: string) => page.locator('[data-failed]').getByText(word, { exact: true }).waitFor();
  const stored = () => page.evaluate(() => [...Object.entries(sessionStorage), ...Object.entries(localStorage), document.cookie].join());

  test('signs in with Entra, and keeps nothing of it but that somebody did', async () => {
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
      scope: `${CLIENT}/access_as_user offline_access`,
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
    assert.equal(asked.at(-1)?.['prompt'], 'none');
    assert.equal(new URL(page.url()).pathname, '/teams/learning-log');
    await page.reload();
    await page.locator('kring-learning-log').getByText('How do you hand over on a Friday?').first().waitFor();
    assert.equal(asked.length, 3);
    await page.getByRole('button', { name: texts.signOut }).click();
    await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0);
    await page.reload();
    await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
    assert.equal(asked.length, 3);
    assert.deepEqual(violations, []);
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
    await page.locator('.waits a').first().click();
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
    await page.reload();
    await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
    assert.ok(await page.locator('[data-failed]').isHidden());
    await page.reload();
    await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
    assert.equal(asked.length, 2, 'and once');
  });

  const failures: Readonly<Record<string, readonly [word: string, set: () => void]>> = {
    'Entra says no': ['access_denied AADSTS65004', () => { code = () => ({ error: 'access_denied', error_description: 'AADSTS65004: the person declined' }); }],
    'the answer is none to what was asked': ['StateDiffers', () => { code = () => ({ code: CODE, state: 'made-up' }); }],
    'the answer holds nothing': ['NoAnswer', () => { code = () => ({}); }],
    'the app is registered as another kind': [
      'invalid_request AADSTS9002326',
      () => { tokens = () => Promise.resolve({ error: 'invalid_request', error_description: 'AADSTS9002326: Cross-origin token redemption is permitted only for the Single-Page Application client-type.' }); },
    ],
    'Entra can’t be reached': ['Offline', () => { tokens = () => Promise.resolve('unreachable'); }],
    'the server takes no token of that tenant': ['ServerRefusedToken', () => { tokens = () => Promise.resolve({ token_type: 'Bearer', expires_in: 3600, access_token: 'not.one.ofours' }); }],
  };
  for (const [how, [word, set]] of Object.entries(failures)) {
    test(`says so, with a code, where ${how}; and signs in when that is mended`, async () => {
      const right = { code, tokens };
      set();
      await open();
      await signIn();
      await failed(word);
      assert.deepEqual(await axeOnPage(page), []);
      const before = asked.length;
      await page.reload();
      await page.getByRole('heading', { name: texts.notices.outside.title }).waitFor();
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
    await failed('StorageRefused');
    assert.equal(asked.length, 0);
  });

  test('has no sign-in on the pages that set up a tab, and asks Entra nothing from there', async () => {
    for (const path of ['/teams/settings', '/teams/remove']) {
      await open(path);
      assert.equal(await page.getByRole('button', { name: texts.signInHere }).count(), 0);
    }
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
