import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Request } from 'playwright-core';
import { build as viteBuild } from 'vite';
import pulse from '../../../widgets/pulse-survey/widget.json' with { type: 'json' };
import { figure, type Figure } from '../figures.ts';
import type { Site } from './site.ts';

/** What the pulse may weigh on an intranet, in kB. */
const INTRANET = parseFloat(pulse.budget);

/** All of teams-js that the app uses, in a file of its own. */
const USED = "export { app, authentication, meeting, pages } from '@microsoft/teams-js';";

interface Tab {
  /** Of scripts, until the pulse could be answered. */
  readonly scripts: number;
  /** Of all else that the tab itself is made of until then: its page and its style sheet. */
  readonly page: number;
  /** Milliseconds from the first paint of the tab until Teams answered that it is there. */
  readonly ahead: number;
}

declare global {
  interface Window {
    /** When Teams said something first, in milliseconds since the tab began. */
    teamsAnswered?: number;
    kringIsReady?(): void;
  }
}

/**
 * What a Teams tab fetches until the pulse can be answered: of scripts, beside what an intranet page does and what
 * teams-js weighs by itself; and, since an intranet has a page and styles of its own around the pulse as well, of those
 * apart. What the pulse asks the server is the same in both places, and is not counted. And whether the tab can be seen before teams-js has answered. Teams is played by the demo.
 * @param rounds how often it is opened
 * @param slow how many times slower the processor is made
 */
export async function measureTeams(browser: Browser, site: Site, rounds: number, slow: number): Promise<Figure[]> {
  const part = 'browser';
  const library = await weightOfTeamsJs();
  const tabs: Tab[] = [];
  for (let round = 0; round < rounds; round += 1) tabs.push(await openTab(browser, site, slow));
  return [
    figure({ part, what: 'Teams tab, scripts until the pulse can be answered', unit: 'kB' }, tabs.map(({ scripts }) => scripts / 1000), { is: 'at most', limit: Math.round((INTRANET + library) * 10) / 10 }),
    figure({ part, what: 'of which teams-js by itself would be', unit: 'kB' }, [library]),
    figure({ part, what: 'Teams tab, its page and style sheet until then', unit: 'kB' }, tabs.map(({ page }) => page / 1000)),
    figure({ part, what: 'Teams tab, painted before teams-js answered', unit: 'ms' }, tabs.map(({ ahead }) => ahead), { is: 'at least', limit: 0 }),
  ];
}

async function openTab(browser: Browser, site: Site, slow: number): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 1180 }, locale: 'nl-NL' });
  try {
    const page = await context.newPage();
    const requests: Request[] = [];
    page.on('request', (request) => { if (request.frame() !== page.mainFrame()) requests.push(request); });
    await page.route('https://res.cdn.office.net/**', (route) => route.abort());
    // What else there is on the page is fetched at this very moment, and not before.
    let ready: readonly Request[] | undefined;
    await page.exposeBinding('kringIsReady', () => { ready ??= [...requests]; });
    await page.addInitScript(() => {
      addEventListener('kring-ready', () => { window.kringIsReady?.(); });
      addEventListener('message', () => { window.teamsAnswered ??= performance.now(); }, { capture: true });
    });
    const chrome = await context.newCDPSession(page);
    await chrome.send('Emulation.setCPUThrottlingRate', { rate: slow });
    await page.goto(site.teams);
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    if (!frame) throw new Error('There is no tab.');
    await frame.locator('kring-pulse-survey fieldset').first().waitFor();
    const weightOf = async (...types: string[]) => {
      let bytes = 0;
      for (const request of ready ?? requests) if (types.includes(request.resourceType())) bytes += (await request.sizes()).responseBodySize;
      return bytes;
    };
    return { scripts: await weightOf('script'), page: await weightOf('document', 'stylesheet', 'font', 'image'), ahead: await frame.evaluate(() => (window.teamsAnswered ?? -Infinity) - (performance.getEntriesByName('first-paint')[0]?.startTime ?? Infinity)) };
  } finally {
    await context.close();
  }
}

/** In kB, compressed as the build compresses. */
async function weightOfTeamsJs(): Promise<number> {
  const folder = await mkdtemp(join(fileURLToPath(new URL('../../../dist', import.meta.url)), 'teams-js-'));
  try {
    const entry = join(folder, 'used.js');
    await writeFile(entry, USED);
    const built = await viteBuild({
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      define: { 'process.env.NODE_ENV': JSON.stringify('production') },
      build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] }, rolldownOptions: { output: { minify: true, comments: false } } },
    });
    const files = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
    const code = files.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
    return brotliCompressSync(code).length / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
