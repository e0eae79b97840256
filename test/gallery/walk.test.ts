import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { linkTo, THEMES, type Choices } from '../../src/pages/gallery/choices.ts';
import type { WidgetDemo } from '../../src/ui/demo.ts';
import { buildGallery, serveGallery } from '../../tools/gallery-site.js';
import { launchChromium } from '../support/chromium.ts';
import { axeOnPage, loadAxe } from '../support/page-axe.ts';
import { complaintsOf, openPage } from './page.ts';

const [NARROW, WIDE] = [280, 1000];

/** Every theme of the gallery, and the colours that a person's system forces on all pages. */
const LOOKS = [
  ...THEMES.map((theme) => ({ theme, forcedColors: 'none' as const })),
  { theme: 'light' as const, forcedColors: 'active' as const },
];

describe('the gallery', async () => {
  const states = new Map<string, readonly string[]>();
  for (const { name } of await folders()) {
    const path = new URL(`../../widgets/${name}/demo.ts`, import.meta.url).href;
    const { demos } = (await import(path)) as WidgetDemo;
    states.set(name, demos.map((state) => state.name));
  }

  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveGallery>>;
  before(async () => {
    await buildGallery();
    [browser, site] = await Promise.all([launchChromium(), serveGallery()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  /** A page of the gallery, with all that it shows in its state. */
  async function visit(chosen: Partial<Choices>, viewport = { width: 1440, height: 900 }): Promise<Page> {
    const page = await openPage(browser, { viewport });
    await page.goto(site.address + linkTo({ ...USUAL, ...chosen }));
    await page.waitForSelector('html[data-ready]');
    return page;
  }

  for (const [widget, names] of states) {
    for (const language of LANGUAGES) {
      test(`shows ${widget} in ${language} in every state, theme and width without a fault`, async () => {
        const page = await visit({ widget, language, width: WIDE });
        const errors = complaintsOf(page);
        await loadAxe(page);
        const walked: string[] = [];
        const faults: string[] = [];
        for (const { theme, forcedColors } of LOOKS) {
          await page.emulateMedia({ forcedColors });
          for (const width of [WIDE, NARROW]) {
            await choose(page, { widget, language, theme, width });
            const found = await walkStages(page, true);
            walked.push(...found.states);
            const look = `${theme}${forcedColors === 'active' ? ' with forced colours' : ''}, ${width} px`;
            faults.push(...found.faults.map((fault) => `${fault} (${look})`));
          }
        }
        await page.emulateMedia({ forcedColors: 'none' });
        for (const [width, size] of [[NARROW, 200], [480, 200], [WIDE, 200]] as const) {
          await choose(page, { widget, language, width, size });
          const found = await walkStages(page, false);
          walked.push(...found.states);
          faults.push(...found.faults.map((fault) => `${fault} (${width} px, text at ${size} %)`));
        }
        assert.deepEqual(faults, []);
        const looks = 2 * LOOKS.length + 3;
        assert.equal(walked.length, names.length * looks);
        assert.deepEqual(new Set(walked), new Set(names));
        assert.deepEqual(errors, []);
        await page.context().close();
      });
    }
  }

  test('lists every widget of the project, with every state', async () => {
    const page = await visit({});
    const links = await page.locator('.card .states a').evaluateAll((all) =>
      all.map((link) => (link as HTMLAnchorElement).search),
    );
    const expected = [...states].flatMap(([widget, names]) => names.map((state) => linkTo({ ...USUAL, widget, state })));
    assert.deepEqual(links.sort(), expected.sort());
    await page.context().close();
  });

  const [widget = ''] = states.keys();
  const [state = ''] = states.get(widget) ?? [];

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible itself and fits a small window, ${colorScheme}`, async () => {
      for (const width of [1440, 320]) {
        for (const chosen of [{}, { widget, state }, { widget: 'none' }]) {
          const page = await visit(chosen, { width, height: 800 });
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await axeOnPage(page), []);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `${String(width)} px: ${String(overflow)} px too wide`);
          await page.context().close();
        }
      }
    });
  }

  test('keeps what is chosen in the address, and finds the way back', async () => {
    const page = await visit({ widget, state });
    for (const name of ['Dark', '320', '150 %', 'Nederlands']) {
      const look = page.locator('.look');
      await look.getByRole('link', { name, exact: true }).click();
    }
    const chosen = linkTo({ ...USUAL, widget, state, theme: 'dark', width: 320, size: 150, language: 'nl' });
    assert.equal(new URL(page.url()).search, chosen);
    const look = () =>
      page.evaluate(() => {
        const stage = document.querySelector<HTMLElement>('.stage')!;
        const ground = stage.closest<HTMLElement>('[data-theme]')!;
        return [document.documentElement.lang, ground.dataset['theme'], stage.clientWidth, stage.style.getPropertyValue('--kring-font-size')];
      });
    assert.deepEqual(await look(), ['nl', 'dark', 320, '150%']);
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    assert.deepEqual(await look(), ['nl', 'dark', 320, '150%']);
    await page.goBack();
    await page.goBack();
    assert.deepEqual(await look(), ['en', 'dark', 320, '']);
    assert.equal(await page.locator('.look [aria-current]').count(), 4);
    await page.context().close();
  });

  test('goes to another state by keyboard, and says where it is', async () => {
    const page = await visit({ widget, state });
    await page.locator('.turn a').last().focus();
    await page.keyboard.press('Enter');
    const next = states.get(widget)?.[1];
    await page.waitForURL((url) => url.searchParams.get('state') === next);
    const heading = page.locator('h1:focus');
    await heading.waitFor();
    assert.equal(await page.title(), `${(await heading.textContent()) ?? ''} · Leerkring`);
    await page.context().close();
  });
});

const USUAL: Choices = { theme: 'light', width: 'fit', language: 'en', size: 100 };

async function folders(): Promise<{ readonly name: string }[]> {
  const entries = await readdir(new URL('../../widgets/', import.meta.url), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory());
}

/** As the back button does: what is shown stays, with another look. */
async function choose(page: Page, look: Partial<Choices> & { readonly widget: string; readonly language: Language }): Promise<void> {
  await page.evaluate(async (query) => {
    history.replaceState(null, '', query);
    dispatchEvent(new PopStateEvent('popstate'));
    // Widths are measured with the next frame, and answered after it.
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await new Promise((resolve) => setTimeout(resolve));
    await frame();
  }, linkTo({ ...USUAL, ...look }));
  await page.waitForSelector('html[data-ready]');
}

/**
 * Every stage on the page: which state it is, and what is wrong with it. Nothing may stick out of its stage; with axe,
 * nothing may break its rules either.
 */
function walkStages(page: Page, withAxe: boolean): Promise<{ readonly states: string[]; readonly faults: string[] }> {
  return page.evaluate(async (asksAxe) => {
    const stages = [...document.querySelectorAll<HTMLElement>('.stage')];
    const faults: string[] = [];
    const within = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])]);
    for (const stage of stages) {
      const inside = within(stage);
      // What is still fading in is not yet what a person reads.
      await Promise.allSettled(inside.flatMap((one) => one.getAnimations().map(({ finished }) => finished)));
      const { right, left } = stage.getBoundingClientRect();
      if (!stage.firstElementChild) faults.push(`${stage.dataset['state'] ?? ''}: nothing there`);
      const out = inside.find((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 1 && (box.right > right + 1 || box.left < left - 1);
      });
      if (out || stage.scrollWidth > stage.clientWidth) {
        faults.push(`${stage.dataset['state'] ?? ''}: <${out?.localName ?? '?'} class="${out?.getAttribute('class') ?? ''}"> sticks out`);
      }
    }
    if (asksAxe) {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(
        { include: stages },
        // Rules on whole pages: all these states together are none.
        { resultTypes: ['violations'], elementRef: true, rules: { region: { enabled: false }, 'landmark-unique': { enabled: false } } },
      );
      for (const { id, nodes } of violations) {
        for (const { element, html, failureSummary } of nodes) {
          const root = element?.getRootNode();
          const stage = (root instanceof ShadowRoot ? root.host : element)?.closest<HTMLElement>('.stage');
          faults.push(`${stage?.dataset['state'] ?? ''}: ${id}: ${html}: ${failureSummary ?? ''}`);
        }
      }
    }
    return { states: stages.map((stage) => stage.dataset['state'] ?? ''), faults };
  }, withAxe);
}
