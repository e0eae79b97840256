import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { forgetSeed, startDemo, type RunningDemo } from '../support/demo.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { assertPolicyKept } from '../support/policy.ts';

/** Who looks at what; a page of the server itself needs nobody. */
const PAGES = [
  { name: 'the front page', site: 'server', path: '/' },
  { name: 'the editor’s page', site: 'server', path: '/editor', shows: ['kring-pulse-survey', 'kring-team-pulse'] },
  { name: 'the intranet, signed out', site: 'intranet', path: '/', shows: ['kring-pulse-survey'] },
  { name: 'the intranet of an employee', site: 'intranet', as: 'amira-bouzid', path: '/', shows: ['kring-pulse-survey'] },
  { name: 'the intranet of a small team', site: 'intranet', as: 'iris-dekkers', path: '/', shows: ['kring-pulse-survey'] },
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
        await page.goto(addressOf(demo, asked, language));
        for (const tag of 'shows' in asked ? asked.shows : []) await settled(page, tag);
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

/** Waits until an element shows something else than that it loads. */
async function settled(page: Page, tag: string): Promise<void> {
  await page.locator(`${tag} h2`).first().waitFor();
}
