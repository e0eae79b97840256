/**
 * What all pages of the Teams app begin with: the elements that are on the page get their token from Teams, the page its
 * language and colours, and it says so where there is no Teams. Elements are those of any page: they are only handed
 * `getToken`. Runs before them.
 */
import type { TokenProvider } from '../host/port.ts';
import { TEAMS_SIGN_IN_PATH, TEAMS_TEAM_PATH } from '../contract/teams-paths.ts';
import { openTeams, outside, type Teams } from '../host/teams.ts';
import { entryInAddress } from './teams/entry.ts';

type Element = HTMLElement & { getToken?: TokenProvider };

/** What a page does besides. Each comes when it is its turn: until then it keeps nobody waiting. */
const PAGES: Readonly<Record<string, () => Promise<{ readonly open: (teams: Teams) => unknown }>>> = {
  // First what waits for an answer, then what else waits.
  today: async () => {
    if (elements().length > 0) await firstShown;
    return import('./teams/today.ts');
  },
  'learning-log': () => import('./teams/learning-log.ts'),
  team: () => import('./teams/team.ts'),
  settings: () => import('./teams/settings.ts'),
  remove: () => import('./teams/remove.ts'),
};

const firstShown = new Promise((resolve) => {
  for (const event of ['kring-ready', 'kring-error']) addEventListener(event, resolve, { once: true });
});

const root = document.documentElement;
const elements = () => [...document.querySelectorAll<Element>('main *')].filter(({ localName }) => localName.startsWith('kring-'));

/** Shows one of the notices instead of the page, or the page. */
function show(state: string): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-when]')) part.hidden = part.dataset['when'] !== state;
}

const isShown = (state: string) => document.querySelector<HTMLElement>(`[data-when=${state}]`)?.hidden === false;

/** A new callback has an element fetch anew, and keeps what was typed in it. */
function refresh(): void {
  for (const element of elements()) element.getToken = (options) => teams.then(({ token }) => token(options));
}

/** And the page what it fetches itself. */
function refreshAll(): void {
  refresh();
  dispatchEvent(new Event('kring-resumed'));
}

/** What an address shows, apart from in which language and colours. */
function placeOf({ pathname, searchParams }: URL): string {
  const says = [...searchParams].filter(([name]) => name !== 'lang' && name !== 'theme').map((pair) => pair.join('='));
  return [pathname, ...says.sort()].join(' ');
}

/** Which other of the app's tabs is to be shown in the place of this one. */
let wanted: URL | undefined;

/** What can't come does not take the place of what is here: a browser's own page has no way back. */
async function goToWanted(): Promise<void> {
  const address = wanted;
  if (!address) return;
  const isThere = await fetch(address, { method: 'HEAD', cache: 'no-store' }).then(() => true, () => false);
  if (address !== wanted) return;
  if (isThere) location.replace(address);
  else show('unreachable');
}

addEventListener('online', () => void goToWanted());
document.querySelector('[data-when=unreachable] button')?.addEventListener('click', () => void goToWanted());

async function open(): Promise<Teams> {
  const opened = await openTeams({
    silent: () => { show('silent'); },
    paint: (theme) => { root.dataset['theme'] = theme; },
    resumed(address) {
      // An app that was kept is shown again in the place of whichever of its tabs was chosen.
      wanted = address.origin === location.origin && placeOf(address) !== placeOf(new URL(location.href)) ? address : undefined;
      if (wanted) return void goToWanted();
      // By now they may be in the roster: if not, the elements say so again.
      if (isShown('stranger') || isShown('unreachable')) show('page');
      refreshAll();
    },
    asked(subPage) {
      // It asks that of the other tab, which finds it itself.
      if (wanted) return;
      dispatchEvent(new CustomEvent('kring-asked', { detail: subPage }));
    },
    needsPerson(need, told) {
      show(need);
      const notice = document.querySelector<HTMLElement>(`[data-when=${need}]`);
      const code = notice?.querySelector('code');
      if (code) code.textContent = told;
      const button = notice?.querySelector('button');
      button?.focus();
      return new Promise((resolve) => { button?.addEventListener('click', () => { resolve(); }, { once: true }); });
    },
    signInAddress(tenant, hint) {
      const address = new URL(TEAMS_SIGN_IN_PATH, location.origin);
      address.searchParams.set('tenant', tenant);
      address.searchParams.set('lang', root.lang);
      // Who it may be reaches no server's log.
      address.hash = new URLSearchParams({ hint }).toString();
      return address.href;
    },
    back() {
      show('page');
      document.querySelector('main')?.focus();
    },
  });
  const address = new URL(location.href);
  if (opened.language !== root.lang && address.searchParams.get('lang') !== opened.language) {
    address.searchParams.set('lang', opened.language);
    location.replace(address);
    // Nothing of this page is wanted any more.
    return new Promise(() => undefined);
  }
  // On a meeting's stage there is one thing to see, whatever brought it there. Until here no element had a token.
  if (opened.frame === 'meetingStage' && !(address.pathname === TEAMS_TEAM_PATH && address.searchParams.has('stage'))) {
    address.pathname = TEAMS_TEAM_PATH;
    address.hash = '';
    address.searchParams.set('show', 'team-pulse');
    address.searchParams.set('stage', '1');
    location.replace(address);
    return new Promise(() => undefined);
  }
  show('page');
  return opened;
}

/** In a browser of its own: what Teams does besides is not there, and its token comes from Entra itself. */
async function openAlone(): Promise<Teams> {
  const buttons = document.querySelectorAll('[data-sign-in]');
  if (buttons.length > 0) {
    try {
      const { open } = await import('./teams/alone.ts');
      return await open(show);
    } catch {
      for (const button of buttons) button.addEventListener('click', () => { location.reload(); });
    }
  }
  show('outside');
  return new Promise(() => undefined);
}

const teams = outside() ? openAlone() : open();
refresh();
teams.then(
  async (opened) => (await PAGES[document.body.dataset['page'] ?? '']?.())?.open(opened),
  () => { show('unanswered'); },
);
// Elements say that somebody is in no team; whom to ask about that, the server says.
if (document.body.dataset['page'] !== 'settings') {
  addEventListener('kring-error', ({ detail }) => {
    if (detail.kind === 'not-in-roster') void teams.then(async (opened) => (await import('./teams/stranger.ts')).open(opened, show));
  });
}
// Nor do they know what to do about a server that takes no token of Teams.
addEventListener('kring-error', ({ detail }) => {
  if (detail.kind === 'signed-out') void teams.then((opened) => opened.notTaken()).then(refreshAll, () => undefined);
});
for (const again of document.querySelectorAll('[data-again]')) again.addEventListener('click', () => { location.reload(); });
// A link to an entry leads to it in Teams as well: what comes after the # reaches no server.
const entry = entryInAddress();
if (entry !== undefined) {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-deep]')) {
    link.search += `&context=${encodeURIComponent(JSON.stringify({ subEntityId: entry }))}`;
  }
}
