import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { cutOff } from '../support/cut-off.ts';
import { forgetSeed, startDemo, type RunningDemo } from '../support/demo.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { assertPolicyKept } from '../support/policy.ts';

/** Who looks at what; a page of the server itself needs nobody. */
const PAGES = [
  { name: 'the front page', site: 'server', path: '/' },
  { name: 'the editor’s page', site: 'server', path: '/editor', shows: ['kring-learning-log', 'kring-pulse-survey', 'kring-safety-check-in', 'kring-team-pulse'] },
  { name: 'the intranet, signed out', site: 'intranet', path: '/', shows: ['kring-pulse-survey', 'kring-learning-log'] },
  { name: 'the intranet of an employee', site: 'intranet', as: 'amira-bouzid', path: '/', shows: ['kring-pulse-survey', 'kring-learning-log'] },
  { name: 'the intranet of a small team', site: 'intranet', as: 'iris-dekkers', path: '/', shows: ['kring-pulse-survey', 'kring-learning-log'] },
  { name: 'the learning log, signed out', site: 'intranet', path: '/leerlogboek', shows: ['kring-learning-log'] },
  { name: 'the learning log of an employee', site: 'intranet', as: 'amira-bouzid', path: '/leerlogboek', shows: ['kring-learning-log'] },
  { name: 'the learning log of a leader', site: 'intranet', as: 'joris-meulenbelt', path: '/leerlogboek', shows: ['kring-learning-log'] },
  { name: 'the check-in, signed out', site: 'intranet', path: '/check-in', shows: ['kring-safety-check-in'] },
  { name: 'the check-in of an employee', site: 'intranet', as: 'amira-bouzid', path: '/check-in', shows: ['kring-safety-check-in'] },
  { name: 'the check-in of a small team', site: 'intranet', as: 'iris-dekkers', path: '/check-in', shows: ['kring-safety-check-in'] },
  { name: 'the page of a small team', site: 'intranet', as: 'iris-dekkers', path: '/team', shows: ['kring-team-pulse'] },
  { name: 'the page of a leader', site: 'intranet', as: 'joris-meulenbelt', path: '/team', shows: ['kring-team-pulse'] },
  { name: 'the page of a leader above', site: 'intranet', as: 'hilde-brouwers', path: '/team', shows: ['kring-team-pulse'] },
  { name: 'a news page', site: 'intranet', as: 'amira-bouzid', path: '/news/hal-3' },
] as const;

const LOOKS = [
  { name: 'wide, light, Dutch', width: 1200, language: 'nl', colorScheme: 'light', forcedColors: 'none' },
  { name: '320 px, dark, English', width: 320, language: 'en', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'wide, forced colours, English', width: 1000, language: 'en', colorScheme: 'dark', forcedColors: 'active' },
] as const;

describe('every page', () => {
  let browser: Browser;
  let demo: RunningDemo;
  before(async () => {
    browser = await launchChromium();
    demo = await startDemo();
  });
  after(async () => {
    await browser.close();
    await demo.stop();
    await forgetSeed();
  });

  for (const look of LOOKS) {
    test(`is accessible, fits and asks nothing of others: ${look.name}`, async () => {
      const { width, language, colorScheme, forcedColors } = look;
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, forcedColors });
      const origins = new Set<string>();
      context.on('request', (request) => origins.add(new URL(request.url()).origin));
      for (const asked of PAGES) {
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('console', (message) => {
          // What a browser says of an answer that was refused is no fault of the page: signed out is a state.
          if (message.type() === 'error' && !message.text().includes('status of 401')) problems.push(message.text());
        });
        page.on('pageerror', (error) => problems.push(error.message));
        const requests: string[] = [];
        page.on('request', (request) => requests.push(new URL(request.url()).pathname));
        await page.goto(addressOf(demo, asked, language));
        for (const tag of 'shows' in asked ? asked.shows : []) await settled(page, tag);
        // The page has begun to fetch the token, and that is the one which its widgets, however many, then get.
        if ('as' in asked) {
          const tokens = requests.filter((request) => request === '/leerkring-token');
          assert.equal(tokens.length, 'shows' in asked ? 1 : 0, `${asked.name} asks for the token`);
        }
        assert.deepEqual(await axeOnPage(page), [], asked.name);
        assert.deepEqual(problems, [], asked.name);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${asked.name} scrolls sideways by ${String(overflow)} px`);
        await page.close();
      }
      assert.deepEqual([...origins].sort(), [demo.server, demo.intranet].sort());
      await context.close();
    });
  }

  test('lets the check-in be closed and looked at, with figures about the leader for that leader alone', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(`${demo.server}/?lang=en`);
    await page.getByRole('button', { name: 'Close the check-in' }).click();
    const look = page.locator('#check-in-round').getByRole('link', { name: 'See the check-in as Joris Meulenbelt' });
    await look.waitFor();
    assert.deepEqual(await axeOnPage(page), [], 'the front page, with the check-in closed and the pulse open');
    await page.getByRole('button', { name: 'Close the round' }).waitFor();
    await look.click();
    const card = page.locator('#check-in kring-team-pulse');
    await card.getByText(/Round 2, closed on/).first().waitFor();
    // Seven of eight answered: too few to say anything about one person.
    assert.match(await card.locator('.kring').innerText(), /7 of 8 answered\./);
    await card.getByLabel('Round').selectOption({ index: 1 });
    await card.getByText(/Round 1, closed on/).first().waitFor();
    await card.getByRole('heading', { name: 'Trust in me as a leader' }).waitFor();
    assert.deepEqual(await axeOnPage(page), [], 'the leader’s page with two cards');
    await page.goto(`${demo.intranet}/sign-in?as=amira-bouzid&to=/team?lang=en`);
    await card.getByText(/Round 2, closed on/).first().waitFor();
    assert.equal(await card.getByText('Trust in me as a leader').count(), 0);
    await page.close();
  });

  test('let the theme be chosen before the played tab has spoken', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    await page.route('https://res.cdn.office.net/**', (route) => route.abort());
    let speak: (() => void) | undefined;
    const speaks = new Promise<void>((resolve) => { speak = resolve; });
    await page.route('**/pages/teams.js', async (route) => {
      await speaks;
      await route.continue();
    });
    await page.goto(`${demo.server}/teams-preview?lang=en`, { waitUntil: 'commit' });
    const app = page.frameLocator('iframe');
    await app.locator('[data-theme=default]').waitFor();
    await page.getByLabel('Theme').selectOption('contrast');
    speak?.();
    await app.locator('[data-theme=contrast]').waitFor();
    assert.deepEqual(thrown, []);
    await page.close();
  });

  test('show the Teams app in a played Teams: set up, looked at, in a meeting, and after consent', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.route('https://res.cdn.office.net/**', (route) => route.abort());
    await page.goto(`${demo.server}/?lang=en`);
    await page.getByRole('link', { name: 'To the preview of Teams' }).click();
    await page.getByRole('heading', { name: 'Preview of the Teams app' }).waitFor();
    const app = page.frameLocator('iframe');
    await app.locator('kring-pulse-survey h2').first().waitFor();
    assert.deepEqual(await axeOnPage(page), [], 'the preview');
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await cutOff(page), [], `at ${String(width)}`);
    }
    await page.getByLabel('Theme').selectOption('contrast');
    await app.locator('[data-theme=contrast]').waitFor();
    await page.getByLabel('Who you are').selectOption('joris-meulenbelt');
    await page.getByLabel('Place').selectOption('settings');
    await app.getByRole('radio', { name: /Team pulse card/ }).check();
    await page.getByLabel('Device').selectOption('phone');
    const [frame, save] = [await page.locator('iframe').boundingBox(), await page.getByRole('button', { name: 'Save' }).boundingBox()];
    assert.equal(save?.x, frame?.x, 'what Teams has around a tab begins where the tab does');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Choose the tab').waitFor();
    await page.getByLabel('Place').selectOption('panel');
    await app.locator('kring-team-pulse[team] .rows').first().waitFor();
    await page.getByLabel('Device').selectOption('narrow');
    await app.getByRole('button', { name: 'Show it to everybody in the meeting' }).click();
    await app.locator('kring-team-pulse[released] .rows').first().waitFor();
    assert.equal(await page.getByLabel('Place').inputValue(), 'stage');
    await page.getByLabel('Sign-on').selectOption('consent');
    await app.getByRole('button', { name: 'Sign in' }).click();
    await app.locator('kring-team-pulse[released] .rows').first().waitFor();
    await page.close();
  });

  test('show in the played Teams where a link leads, another language, and a tab that is removed', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.route('https://res.cdn.office.net/**', (route) => route.abort());
    await page.goto(`${demo.server}/teams-preview?lang=en`);
    const app = page.frameLocator('iframe');
    const place = page.getByLabel('Place');
    await app.locator('.waits a').first().click();
    await app.locator('kring-learning-log article').first().waitFor();
    assert.equal(await place.inputValue(), 'learning-log');
    await page.getByLabel('Language of Teams').selectOption('nl');
    await app.locator('html[lang=nl] kring-learning-log article').first().waitFor();
    await page.getByLabel('Language of Teams').selectOption('en');

    await page.getByLabel('Who you are').selectOption('joris-meulenbelt');
    await place.selectOption('settings');
    for (const name of [/Team pulse survey/, /Team pulse card/, /Team pulse survey/]) {
      await app.getByRole('radio', { name }).check();
      await page.getByRole('status').evaluate((status) => { status.textContent = ''; });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved. Choose the tab').waitFor();
    }
    await place.selectOption('tab');
    await app.locator('kring-pulse-survey[team] h2').first().waitFor();
    await place.selectOption('remove');
    await app.getByRole('heading', { name: 'Remove this tab' }).waitFor();
    const removed = page.getByText('The tab is gone.');
    // A page does not say when it begins to listen for this: it is asked until it answers.
    while (!(await removed.isVisible())) await page.getByRole('button', { name: 'Remove' }).click();
    // What it was set up with went with it.
    await place.selectOption('tab');
    await app.locator('kring-team-pulse:not([team]) .rows').first().waitFor();
    await page.close();
  });

  test('keeps to the intranet’s strict policy', async () => {
    const page = await browser.newPage();
    await page.goto(demo.intranet);
    await assertPolicyKept(demo, page);
    await page.close();
  });
});

function addressOf(demo: RunningDemo, asked: (typeof PAGES)[number], language: string): string {
  const path = `${asked.path}?lang=${language}`;
  if (asked.site === 'server') return demo.server + path;
  return 'as' in asked ? `${demo.intranet}/sign-in?as=${asked.as}&to=${path}` : `${demo.intranet}${path}`;
}

/** Waits until each element of a kind shows something else than that it loads. */
async function settled(page: Page, tag: string): Promise<void> {
  for (const element of await page.locator(tag).all()) await element.locator('h2').first().waitFor();
}
