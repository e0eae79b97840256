import { readFile } from 'node:fs/promises';
import type { BrowserContext, Frame, Page, Request } from 'playwright-core';
import { hearWindow, playTeams, type Message, type PlayedPlace, type PlayedTab, type PlayedToken, type Said, type Wire } from '../../src/pages/demo/teams-host.ts';
import { APP, type TeamsTenant } from './teams-tenant.ts';

const TEAMS = 'https://teams.microsoft.com';
const HOST_SCRIPT = new URL('../../dist/browser/demo/teams-host.js', import.meta.url);

/** Where teams-js asks for its list of sites: nobody answers, as behind a firewall. */
const DOMAINS = 'https://res.cdn.office.net/**';

/** What is opened, and in which Teams. */
interface Opening {
  readonly path: string;
  readonly place?: Partial<PlayedPlace>;
  readonly as?: string;
  /** What the tab was saved with before. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What Teams answers who asks who is there, instead of a token of this person. */
  readonly token?: (silent: boolean) => PlayedToken;
}

export interface OpenedTab {
  readonly page: Page;
  /** The app: inside, or on a telephone the page itself. */
  readonly app: Frame;
  readonly requests: readonly Request[];
  /** What a console said of policies, and what was thrown. */
  readonly problems: readonly string[];
  /** Whether the server can be reached. */
  setOffline(offline: boolean): Promise<void>;
  /** What Teams answers from now on to a tab that asks who is there. */
  setToken(answer: (silent: boolean) => PlayedToken | Promise<PlayedToken>): void;
  tell(func: string, ...args: unknown[]): Promise<void>;
  /** What Teams says of the place from now on, when it is asked. */
  change(to: Parameters<PlayedTab['change']>[0]): Promise<void>;
  heard(func: string, times?: number): Promise<Said>;
  said(): Promise<readonly Said[]>;
  settings(): Promise<Readonly<Record<string, string>> | undefined>;
}

interface HostWindow {
  playAround(frame: HTMLIFrameElement, place: PlayedPlace, tokenFor: (silent: boolean) => Promise<PlayedToken>): PlayedTab;
  kringToken(silent: boolean): Promise<PlayedToken>;
  tab: PlayedTab;
}

/**
 * Opens a page of the app as a tab: a host page at Teams' own address around the app at its own, the production build
 * under its own policy. Both come by interception; nothing else of the world is reached.
 * @param host the origin of the page around it
 * @param answers whether the host answers at once, or when its `answer` is called
 */
export async function openTab(
  context: BrowserContext,
  tenant: TeamsTenant,
  { host = TEAMS, answers = true, settings, ...opening }: Opening & { readonly host?: string; readonly answers?: boolean },
): Promise<OpenedTab> {
  const page = await context.newPage();
  const watched = await watch(page, tenant, opening);
  await page.route(`${host}/**`, async (route) => {
    if (route.request().url().endsWith('.js')) return route.fulfill({ contentType: 'text/javascript', body: await readFile(HOST_SCRIPT, 'utf8') });
    return route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Host</title><style>html,body,iframe{margin:0;border:0;inline-size:100%;block-size:100vh;display:block}</style>
        <iframe id="tab" title="Tab"></iframe><script type="module">import { around, playTeams } from '/teams-host.js';
        window.playAround = (frame, ...rest) => playTeams(around(frame), ...rest);</script>`,
    });
  });
  await page.exposeFunction('kringToken', watched.token);
  await page.goto(`${host}/v2/`);
  await page.evaluate(
    ({ place, address, settings, answers }) => {
      const here = window as unknown as HostWindow;
      const frame = document.querySelector('iframe');
      if (!frame) throw new Error('There is no frame.');
      here.tab = here.playAround(frame, place, (silent) => here.kringToken(silent));
      here.tab.settings = settings;
      if (!answers) here.tab.keepSilent();
      frame.src = address;
    },
    { place: watched.place, address: APP + opening.path, settings, answers },
  );
  const app = await (await page.waitForSelector('#tab')).contentFrame();
  if (!app) throw new Error('There is no frame.');
  // Until it is there, whatever else it is sent to would cross with it.
  await app.waitForURL(({ href }) => href !== 'about:blank', { waitUntil: 'commit' });
  return {
    ...watched.opened,
    app,
    setOffline: (now) => watched.setOffline(app, now),
    tell: (func, ...args) => page.evaluate(({ func, args }) => { (window as unknown as HostWindow).tab.tell(func, ...args); }, { func, args }),
    change: (to) => page.evaluate((to) => { (window as unknown as HostWindow).tab.change(to); }, to),
    heard: (func, times = 0) => page.evaluate(({ func, times }) => (window as unknown as HostWindow).tab.heard(func, times), { func, times }),
    said: () => page.evaluate(() => [...(window as unknown as HostWindow).tab.said]),
    settings: () => page.evaluate(() => (window as unknown as HostWindow).tab.settings as Readonly<Record<string, string>> | undefined),
  };
}

/**
 * Opens a page of the app as a telephone does: in no frame, and Teams is no page but the program around it, which puts an
 * object into the page's window before its scripts run and calls what teams-js leaves there.
 */
export async function openOnPhone(context: BrowserContext, tenant: TeamsTenant, { settings, ...opening }: Opening): Promise<OpenedTab> {
  const page = await context.newPage();
  const watched = await watch(page, tenant, { ...opening, place: { client: 'android', ...opening.place } });
  const wire: Wire = {
    ...(await nativeWire(page)),
    async showWindow(address) {
      const opened = await context.newPage();
      const { listen, post } = await nativeWire(opened);
      const ended = new Promise<readonly [boolean, string]>((resolve) => {
        listen((message) => { hearWindow(message, post, (...result) => { resolve(result); }); });
      });
      await opened.goto(address, { waitUntil: 'commit' });
      return ended.finally(() => opened.close());
    },
  };
  const tab = playTeams(wire, watched.place, watched.token);
  tab.settings = settings;
  await page.goto(APP + opening.path);
  return {
    ...watched.opened,
    app: page.mainFrame(),
    setOffline: (now) => watched.setOffline(page.mainFrame(), now),
    change: (to) => Promise.resolve(tab.change(to)),
    tell: (func, ...args) => Promise.resolve(tab.tell(func, ...args)),
    heard: tab.heard,
    said: () => Promise.resolve([...tab.said]),
    settings: () => Promise.resolve(tab.settings as Readonly<Record<string, string>> | undefined),
  };
}

interface NativeWindow {
  /** What teams-js leaves there to be called (its own `ExtendedWindow`). */
  onNativeMessage(event: { readonly data: unknown }): void;
}

/** What the program puts there for teams-js to call (the same). As text: what runs the tests would change a function. */
const NATIVE_INTERFACE = 'window.nativeInterface = { framelessPostMessage: (message) => void window.kringSays(message) };';

/** Before the page is opened. */
async function nativeWire(page: Page): Promise<Pick<Wire, 'listen' | 'post'>> {
  let hear: ((message: Message) => void) | undefined;
  await page.exposeFunction('kringSays', (message: string) => { hear?.(JSON.parse(message) as Message); });
  await page.addInitScript({ content: NATIVE_INTERFACE });
  return {
    listen(listener) {
      hear = listener;
      return () => { hear = undefined; };
    },
    // A page that has gone hears nothing any more.
    post: (message) => void page.evaluate((data) => { (window as unknown as NativeWindow).onNativeMessage({ data }); }, message).catch(() => undefined),
  };
}

/** What a page of the app is opened with, wherever it is. */
async function watch(page: Page, tenant: TeamsTenant, { path, place, as = 'a-1', token: given }: Opening) {
  const requests: Request[] = [];
  const problems: string[] = [];
  let offline = false;
  let token: (silent: boolean) => PlayedToken | Promise<PlayedToken> = given ?? (async () => ({ token: await tenant.tokenFor(as) }));
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
  const full: PlayedPlace = { frameContext: 'content', theme: 'default', locale: 'en-gb', pageId: path.split(/[/?]/)[2] ?? '', ...place };
  return {
    opened: { page, requests, problems, setToken: (answer: typeof token) => { token = answer; } },
    place: full,
    token: async (silent: boolean) => token(silent),
    async setOffline(app: Frame, now: boolean) {
      offline = now;
      await app.evaluate((event) => { dispatchEvent(new Event(event)); }, now ? 'offline' : 'online');
    },
  };
}
