import { readFile } from 'node:fs/promises';
import type { BrowserContext, Frame, Page, Request } from 'playwright-core';
import type { PlayedPlace, PlayedTab, PlayedToken, Said } from '../../src/pages/demo/teams-host.ts';
import { APP, type TeamsTenant } from './teams-tenant.ts';

const TEAMS = 'https://teams.microsoft.com';
const HOST_SCRIPT = new URL('../../dist/browser/demo/teams-host.js', import.meta.url);

/** Where teams-js asks for its list of sites: nobody answers, as behind a firewall. */
const DOMAINS = 'https://res.cdn.office.net/**';

export interface OpenedTab {
  readonly page: Page;
  /** The app, inside. */
  readonly app: Frame;
  readonly requests: readonly Request[];
  /** What a console said of policies, and what was thrown. */
  readonly problems: readonly string[];
  /** Whether the server can be reached. */
  setOffline(offline: boolean): Promise<void>;
  /** What Teams answers from now on to a tab that asks who is there. */
  setToken(answer: (silent: boolean) => PlayedToken | Promise<PlayedToken>): void;
  tell(func: string, ...args: unknown[]): Promise<void>;
  heard(func: string, times?: number): Promise<Said>;
  said(): Promise<readonly Said[]>;
  settings(): Promise<Readonly<Record<string, string>> | undefined>;
}

interface HostWindow {
  playTeams(frame: HTMLIFrameElement, place: PlayedPlace, tokenFor: (silent: boolean) => Promise<PlayedToken>): PlayedTab;
  kringToken(silent: boolean): Promise<PlayedToken>;
  tab: PlayedTab;
}

/**
 * Opens a page of the app as a tab: a host page at Teams' own address around the app at its own, the production build
 * under its own policy. Both come by interception; nothing else of the world is reached.
 * @param host the origin of the page around it
 */
export async function openTab(
  context: BrowserContext,
  tenant: TeamsTenant,
  { path, place = {}, as = 'a-1', host = TEAMS, settings, answers = true, token: given }: {
    readonly path: string;
    readonly place?: Partial<PlayedPlace>;
    readonly as?: string;
    readonly host?: string;
    /** What the tab was saved with before. */
    readonly settings?: Readonly<Record<string, string>>;
    /** Whether the host answers at once, or when its `answer` is called. */
    readonly answers?: boolean;
    /** What it answers who asks who is there, instead of a token of this person. */
    readonly token?: (silent: boolean) => PlayedToken;
  },
): Promise<OpenedTab> {
  const requests: Request[] = [];
  const problems: string[] = [];
  let offline = false;
  let token: (silent: boolean) => PlayedToken | Promise<PlayedToken> = given ?? (async () => ({ token: await tenant.tokenFor(as) }));
  const page = await context.newPage();
  page.on('request', (request) => requests.push(request));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted|Refused/i.test(message.text())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  // What leaves at a random moment, or is tried again after a while: the clock is moved, not waited for.
  await page.clock.install();
  await page.route(DOMAINS, (route) => route.abort());
  await page.route(`${APP}/**`, async (route) => {
    if (offline) return route.abort('internetdisconnected');
    try {
      const response = await route.fetch({ url: route.request().url().replace(APP, tenant.address), maxRedirects: 0 });
      await route.fulfill({ response });
    } catch {
      // What goes on coming, such as news, is under way when the page is closed.
    }
  });
  await page.route(`${host}/**`, async (route) => {
    if (route.request().url().endsWith('.js')) return route.fulfill({ contentType: 'text/javascript', body: await readFile(HOST_SCRIPT, 'utf8') });
    return route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Host</title><style>html,body,iframe{margin:0;border:0;inline-size:100%;block-size:100vh;display:block}</style>
        <iframe id="tab" title="Tab"></iframe><script type="module">import { playTeams } from '/teams-host.js'; window.playTeams = playTeams;</script>`,
    });
  });
  await page.exposeFunction('kringToken', (silent: boolean) => token(silent));
  await page.goto(`${host}/v2/`);
  const full: PlayedPlace = { frameContext: 'content', theme: 'default', locale: 'en-gb', pageId: path.split(/[/?]/)[2] ?? '', ...place };
  await page.evaluate(
    ({ full, address, settings, answers }) => {
      const here = window as unknown as HostWindow;
      const frame = document.querySelector('iframe');
      if (!frame) throw new Error('There is no frame.');
      here.tab = here.playTeams(frame, full, (silent) => here.kringToken(silent));
      here.tab.settings = settings;
      if (!answers) here.tab.keepSilent();
      frame.src = address;
    },
    { full, address: APP + path, settings, answers },
  );
  const frame = await (await page.waitForSelector('#tab')).contentFrame();
  if (!frame) throw new Error('There is no frame.');
  await frame.waitForURL(() => true);
  return {
    page,
    app: frame,
    requests,
    problems,
    async setOffline(now) {
      offline = now;
      await frame.evaluate((event) => { dispatchEvent(new Event(event)); }, now ? 'offline' : 'online');
    },
    setToken: (answer) => { token = answer; },
    tell: (func, ...args) => page.evaluate(({ func, args }) => { (window as unknown as HostWindow).tab.tell(func, ...args); }, { func, args }),
    heard: (func, times = 0) => page.evaluate(({ func, times }) => (window as unknown as HostWindow).tab.heard(func, times), { func, times }),
    said: () => page.evaluate(() => [...(window as unknown as HostWindow).tab.said]),
    settings: () => page.evaluate(() => (window as unknown as HostWindow).tab.settings as Readonly<Record<string, string>> | undefined),
  };
}
