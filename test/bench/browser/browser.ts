import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../../../tools/chromium.js';
import type { PersonaKey } from '../../../src/demo/organisation.ts';
import { compared, figure, type Figure } from '../figures.ts';
import { drawAsSvg } from './picture.ts';
import { watch, type Wanted } from './probe.ts';
import { measureTeams } from './teams.ts';
import { openSite, type PageName, type Site } from './site.ts';

/** How many times slower the processor is made (Chrome's own throttling), as a middling telephone is. */
const CPU = 4;

/** A 4G network as WebPageTest has it: 9 Mbit/s both ways, 170 ms from request to answer, for every request. */
const NETWORK = { offline: false, latency: 170, downloadThroughput: 9_000_000 / 8, uploadThroughput: 9_000_000 / 8 };

/** One moment that no page may be slower than. */
const PATIENCE = 60_000;

/** Milliseconds until a new window asks nothing of the processor any more. */
const SETTLING = 1500;

/** Of a tablet: wide enough for the form to show all items at once, as the plain one does. */
const WINDOW = { width: 820, height: 1180 };
const COPIES = 50;

interface Load {
  readonly page: PageName;
  readonly network?: boolean;
  readonly copies?: number;
  readonly clicks?: boolean;
}

/** One way of looking at pages, in which all of them are loaded in turn. */
interface Series {
  readonly name: string;
  readonly persona: PersonaKey;
  readonly wanted: Wanted;
  readonly loads: readonly Load[];
  /** Loads that weigh much are done fewer times. */
  readonly share: number;
}

const SERIES: readonly Series[] = [
  { name: 'alone', persona: 'employee', wanted: 'last-answer', share: 1, loads: [{ page: 'plain', clicks: true }, { page: 'bare-lit' }, { page: 'asking-lit' }, { page: 'pulse', clicks: true }] },
  { name: 'network', persona: 'employee', wanted: 'last-answer', share: 1, loads: [{ page: 'plain', network: true }, { page: 'asking-lit', network: true }, { page: 'pulse', network: true }] },
  { name: 'copies', persona: 'employee', wanted: 'last-answer', share: 0.5, loads: [{ page: 'plain', copies: COPIES }, { page: 'pulse', copies: COPIES }] },
  { name: 'card', persona: 'leader', wanted: 'last-figure', share: 1, loads: [{ page: 'svg' }, { page: 'card' }] },
];

interface Measured {
  readonly ready: number;
  /** Sum of layout shifts once the placeholder was painted, or, where it was not needed, the form. */
  readonly shift: number;
  /** And before. */
  readonly shiftBefore: number;
  /** The middle one and the slowest of all clicks. */
  readonly click: number;
  readonly worstClick: number;
}

/**
 * Loads pages in a browser that starts cold each time, in turn within a round, and measures when the last answer can be
 * clicked or the last figure be read.
 * @param rounds how often, after one round that only warms up
 */
export async function measureBrowser(rounds: number, say: (line: string) => void): Promise<Figure[]> {
  const site = await openSite(say);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--headless=new', ...CHROMIUM_FLAGS] });
  try {
    site.setPicture(await pictureOfCard(browser, site));
    const results = new Map<string, Measured[]>();
    for (const series of SERIES) {
      const often = Math.max(2, Math.round(rounds * series.share));
      for (let round = -1; round < often; round += 1) {
        // Each takes its turn at being first.
        const order = series.loads.map((_, index, all) => all[(index + round + 1) % all.length]!);
        for (const load of order) {
          const measured = await loadOnce(browser, site, series, load);
          if (round < 0) continue;
          const key = `${series.name}/${load.page}`;
          results.set(key, [...(results.get(key) ?? []), measured]);
        }
      }
      say(`  ${series.name}: ${String(often)} rounds of ${series.loads.map(({ page }) => page).join(', ')}`);
    }
    const teams = await measureTeams(browser, site, rounds, CPU);
    return [...figuresOf((series, page, what) => (results.get(`${series}/${page}`) ?? []).map((one) => one[what])), ...teams];
  } finally {
    await browser.close();
    await site.close();
  }
}

function figuresOf(of: (series: string, page: PageName, what: keyof Measured) => number[]): Figure[] {
  const part = 'browser';
  const plain = (series: string, what: keyof Measured = 'ready') => ({ what: 'plain HTML', samples: of(series, 'plain', what) });
  const lit = (series: string) => ({ what: 'bare Lit that asks too', samples: of(series, 'asking-lit', 'ready') });
  const built = { what: 'bare Lit, its round built in', samples: of('alone', 'bare-lit', 'ready') };
  const most = (limit: number) => ({ is: 'at most', limit }) as const;
  const ms = (what: string) => ({ part, what, unit: 'ms' }) as const;
  return [
    compared(ms('pulse, last answer can be clicked'), of('alone', 'pulse', 'ready'), plain('alone'), most(1.75)),
    compared(ms('pulse, last answer can be clicked'), of('alone', 'pulse', 'ready'), lit('alone'), most(1.25)),
    compared(ms('pulse, last answer can be clicked'), of('alone', 'pulse', 'ready'), built),
    compared(ms('bare Lit that asks too, last answer can be clicked'), of('alone', 'asking-lit', 'ready'), plain('alone')),
    compared(ms('bare Lit, its round built in, last answer can be clicked'), of('alone', 'bare-lit', 'ready'), plain('alone')),
    compared(ms('pulse with 4G, last answer can be clicked'), of('network', 'pulse', 'ready'), plain('network'), most(1.4)),
    compared(ms('pulse with 4G, last answer can be clicked'), of('network', 'pulse', 'ready'), lit('network')),
    figure({ part, what: 'pulse, layout shift after the placeholder', unit: '' }, of('alone', 'pulse', 'shift'), most(0)),
    figure({ part, what: 'pulse with 4G, layout shift after the placeholder', unit: '' }, of('network', 'pulse', 'shift'), most(0)),
    figure({ part, what: 'pulse with 4G, layout shift before it', unit: '' }, of('network', 'pulse', 'shiftBefore')),
    compared(ms(`${String(COPIES)} copies of the pulse, last answer can be clicked`), of('copies', 'pulse', 'ready'), plain('copies'), most(1.6)),
    compared(ms('pulse, click to paint'), of('alone', 'pulse', 'click'), plain('alone', 'click'), most(1.2)),
    compared(ms('pulse, slowest click to paint'), of('alone', 'pulse', 'worstClick'), plain('alone', 'worstClick')),
    compared(ms('leader’s card, last figure can be read'), of('card', 'card', 'ready'), { what: 'static SVG', samples: of('card', 'svg', 'ready') }, most(1.75)),
  ];
}

async function loadOnce(browser: Browser, site: Site, { persona, wanted }: Series, load: Load): Promise<Measured> {
  // A context of its own has a cache of its own, empty.
  const context = await browser.newContext({ viewport: WINDOW, locale: 'nl-NL' });
  try {
    const page = await openPage(context, site, persona, wanted);
    const chrome = await context.newCDPSession(page);
    await chrome.send('Network.enable');
    if (load.network) await chrome.send('Network.emulateNetworkConditions', NETWORK);
    await chrome.send('Emulation.setCPUThrottlingRate', { rate: CPU });
    // A browser is busy with itself for a while when a window opens.
    await page.waitForTimeout(SETTLING);
    await page.goto(site.page(load.page, load.copies), { waitUntil: 'commit', timeout: PATIENCE });
    const ready = await page.evaluate(() => window.leerkringBench.ready);
    // What still moves, moves now.
    await page.waitForLoadState('networkidle', { timeout: PATIENCE });
    const { shifts, placeholder } = await page.evaluate(() => {
      const { shifts, placeholder } = window.leerkringBench;
      return { shifts, placeholder };
    });
    const clicks = load.clicks ? await clickAll(page) : [NaN];
    if (wanted === 'last-answer' && !load.clicks) await clickAll(page, 1);
    const sum = (from: number, to: number) =>
      shifts.reduce((total, { at, value }) => (at >= from && at < to ? total + value : total), 0);
    return {
      ready,
      shift: sum(placeholder ?? ready, Infinity),
      shiftBefore: sum(0, placeholder ?? ready),
      click: clicks.toSorted((a, b) => a - b)[Math.floor(clicks.length / 2)] ?? NaN,
      worstClick: Math.max(...clicks),
    };
  } finally {
    await context.close();
  }
}

async function openPage(context: BrowserContext, site: Site, persona: PersonaKey, wanted: Wanted): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await context.request.get(site.signIn(persona), { maxRedirects: 0 });
  // The compiler of the tests marks functions with their names by a helper that a page does not have.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  await page.addInitScript(watch, wanted);
  return page;
}

/**
 * Clicks answers one after the other and waits for each to be painted.
 * @param most how many of them
 * @throws Error when a click chose nothing, so that nothing is called usable that is not
 */
async function clickAll(page: Page, most = Infinity): Promise<number[]> {
  const count = await page.evaluate(() => window.leerkringBench.answers().length);
  for (let at = 0; at < Math.min(count, most); at += 1) {
    const where = await page.evaluate((index) => window.leerkringBench.answers()[index] ?? { x: 0, y: 0 }, at);
    const before = await page.evaluate(() => window.leerkringBench.clicks.length);
    const inSight = where.y > 0 && where.y < WINDOW.height ? where : await scrollTo(page, at);
    await page.mouse.click(inSight.x, inSight.y);
    await page.evaluate(
      (clicks) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (window.leerkringBench.clicks.length > clicks) resolve();
            else requestAnimationFrame(look);
          };
          look();
        }),
      before,
    );
  }
  if (!(await page.evaluate(() => window.leerkringBench.knows()))) throw new Error('An answer was clicked, and nothing came of it.');
  return page.evaluate(() => window.leerkringBench.clicks);
}

async function scrollTo(page: Page, at: number): Promise<{ readonly x: number; readonly y: number }> {
  return page.evaluate((index) => {
    const y = window.leerkringBench.answers()[index]?.y ?? 0;
    scrollBy({ top: y - innerHeight / 2, behavior: 'instant' });
    return window.leerkringBench.answers()[index] ?? { x: 0, y: 0 };
  }, at);
}

/** The leader's card as it is when it can be read, drawn with nothing left to find out. */
async function pictureOfCard(browser: Browser, site: Site): Promise<string> {
  const context = await browser.newContext({ viewport: WINDOW, locale: 'nl-NL' });
  try {
    const page = await openPage(context, site, 'leader', 'last-figure');
    await page.goto(site.page('card'), { waitUntil: 'networkidle' });
    await page.evaluate(() => window.leerkringBench.ready);
    return await page.evaluate(drawAsSvg);
  } finally {
    await context.close();
  }
}
