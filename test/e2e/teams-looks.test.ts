import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserContext, Frame } from 'playwright-core';
import { cutOff } from '../support/cut-off.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { openTab } from '../support/teams-host.ts';
import { onTenant } from '../support/teams-tenant.ts';

/** What a theme of Teams has for the page's ground (Fluent 2), whatever the page calls it. */
const GROUND = { default: 'rgb(245, 245, 245)', dark: 'rgb(31, 31, 31)', contrast: 'rgb(0, 0, 0)', glass: 'rgb(31, 31, 31)' } as const;

/** And for what lies on it, and is read there. */
const CARD = {
  default: { surface: 'rgb(255, 255, 255)', text: 'rgb(36, 36, 36)' },
  dark: { surface: 'rgb(41, 41, 41)', text: 'rgb(255, 255, 255)' },
  contrast: { surface: 'rgb(0, 0, 0)', text: 'rgb(255, 255, 255)' },
  glass: { surface: 'rgb(41, 41, 41)', text: 'rgb(255, 255, 255)' },
} as const;

describe('the looks of the Teams app', () => {
  const on = onTenant();
  const open = (options: Parameters<typeof openTab>[2], as: BrowserContext = on.context) => openTab(as, on.tenant, options);

  for (const [theme, ground] of Object.entries(GROUND)) {
    test(`has the colours of the theme ${theme}, is accessible in it, and follows a change`, async () => {
      const { app, tell } = await open({ path: '/teams/today', place: { theme } });
      await app.locator('kring-pulse-survey fieldset').first().waitFor();
      assert.equal(await groundOf(app), ground);
      assert.deepEqual(await axeOnPage(app), []);
      const [next, other] = theme === 'default' ? ['dark', GROUND.dark] as const : ['default', GROUND.default] as const;
      await tell('themeChange', next);
      await app.locator(`[data-theme=${next}]`).waitFor();
      assert.equal(await groundOf(app), other);
      // One that is none we know.
      await tell('themeChange', 'dark');
      await app.locator('[data-theme=dark]').waitFor();
      await tell('themeChange', 'sepia');
      await app.locator('[data-theme=default]').waitFor();
    });
  }

  for (const [path, frameContext, ready] of [
    ['/teams/learning-log', 'content', 'kring-learning-log article'],
    ['/teams/team', 'content', 'kring-team-pulse .about'],
    ['/teams/team?team=a&stage=1', 'meetingStage', 'kring-team-pulse .about'],
    ['/teams/settings', 'settings', 'kring-pulse-survey fieldset'],
    ['/teams/remove', 'remove', 'main p'],
  ] as const) {
    test(`is accessible in each theme on ${path}`, async () => {
      const { app, tell } = await open({ path, place: { frameContext }, as: 'a-1' });
      await app.locator(ready).first().waitFor();
      for (const [theme, ground] of Object.entries(GROUND)) {
        await tell('themeChange', theme);
        await app.locator(`html[data-theme=${theme}]`).waitFor();
        assert.equal(await groundOf(app), ground);
        // What the colours can't change, need not be looked for in each.
        assert.deepEqual(await (theme === 'default' ? axeOnPage(app) : axeOnPage(app, 'color-contrast')), [], theme);
      }
    });
  }

  for (const [theme, colours] of Object.entries(CARD)) {
    test(`has previews in the colours of the theme ${theme}, and follows a change`, async () => {
      const { app, tell } = await open({ path: '/teams/settings', place: { frameContext: 'settings', theme }, as: 'a-lead' });
      const [next, other] = theme === 'default' ? ['contrast', CARD.contrast] as const : ['default', CARD.default] as const;
      for (const [choice, name, ready] of [['Team pulse card', 'kring-team-pulse', '.row'], ['Team pulse survey', 'kring-pulse-survey', 'fieldset']] as const) {
        await app.getByRole('radio', { name: choice }).check();
        await app.locator(`${name} ${ready}`).first().waitFor();
        assert.deepEqual(await coloursOf(app, name), colours, name);
        await tell('themeChange', next);
        await app.locator(`html[data-theme=${next}]`).waitFor();
        assert.deepEqual(await coloursOf(app, name), other, name);
        await tell('themeChange', theme);
        await app.locator(`html[data-theme=${theme}]`).waitFor();
      }
    });
  }

  for (const language of ['nl', 'en'] as const) test(`fits in 280 pixels, in each place, in ${language}`, async () => {
    const narrow = await on.browser.newContext({ viewport: { width: 280, height: 700 }, locale: language, forcedColors: language === 'nl' ? 'active' : 'none' });
    for (const [path, frameContext, ready] of [
      ['/teams/today?', 'content', 'kring-pulse-survey fieldset'],
      ['/teams/learning-log?', 'content', 'kring-learning-log article'],
      ['/teams/team?', 'content', 'kring-team-pulse .rows'],
      ['/teams/team?show=pulse-survey', 'content', 'kring-pulse-survey fieldset'],
      ['/teams/team?team=a&show=team-pulse', 'sidePanel', 'kring-team-pulse .about'],
      ['/teams/team?team=a&stage=1', 'meetingStage', 'kring-team-pulse .about'],
      ['/teams/settings?', 'settings', 'kring-pulse-survey fieldset'],
      ['/teams/remove?', 'remove', 'h1'],
    ] as const) {
      const { app, page } = await open({ path: `${path}&lang=${language}`, place: { frameContext, locale: language } }, narrow);
      await app.locator(ready).first().waitFor();
      if (language === 'nl') assert.deepEqual(await axeOnPage(app), [], path);
      // Each of the notices has room as well.
      for (const state of await app.locator('[data-when]').evaluateAll((parts) => parts.map((part) => part.getAttribute('data-when') ?? ''))) {
        const overflow = await app.evaluate((state) => {
          for (const part of document.querySelectorAll<HTMLElement>('[data-when]')) part.hidden = part.dataset['when'] !== state;
          return document.documentElement.scrollWidth - document.documentElement.clientWidth;
        }, state);
        assert.ok(overflow <= 0, `${path}, ${state}, scrolls sideways by ${String(overflow)} px`);
        assert.deepEqual(await cutOff(app), [], `${path}, ${state}`);
      }
      await page.close();
    }
    await narrow.close();
  });
});

/** Of a card, as it is painted. */
const coloursOf = (app: Frame, name: string) =>
  app.evaluate((name) => {
    const card = document.querySelector(name)?.shadowRoot?.querySelector('.card');
    if (!card) throw new Error(`${name} shows no card.`);
    const { backgroundColor: surface, color: text } = getComputedStyle(card);
    return { surface, text };
  }, name);

const groundOf = (app: Frame) => app.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
