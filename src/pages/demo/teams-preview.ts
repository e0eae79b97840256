/** The demo's page that plays Teams: each choice is a tab in another place, theme or language, or of another person. */
import { around, playTeams, type PlayedPlace, type PlayedTab, type PlayedToken } from './teams-host.ts';
import { TEAMS_LOG_PATH, TEAMS_REMOVE_PATH, TEAMS_SETTINGS_PATH, TEAMS_TEAM_PATH, TEAMS_TODAY_PATH } from '../../contract/teams-paths.ts';

const PLACES: Readonly<Record<string, { readonly path: string } & Pick<PlayedPlace, 'frameContext' | 'pageId' | 'of'>>> = {
  today: { path: TEAMS_TODAY_PATH, frameContext: 'content', pageId: 'today' },
  'learning-log': { path: TEAMS_LOG_PATH, frameContext: 'content', pageId: 'learning-log' },
  team: { path: TEAMS_TEAM_PATH, frameContext: 'content', pageId: 'team' },
  settings: { path: TEAMS_SETTINGS_PATH, frameContext: 'settings', pageId: '' },
  tab: { path: TEAMS_TEAM_PATH, frameContext: 'content', pageId: 'tab', of: 'channel' },
  panel: { path: TEAMS_TEAM_PATH, frameContext: 'sidePanel', pageId: 'tab' },
  stage: { path: `${TEAMS_TEAM_PATH}?stage=1`, frameContext: 'meetingStage', pageId: 'tab' },
  remove: { path: TEAMS_REMOVE_PATH, frameContext: 'remove', pageId: 'tab' },
};

const form = document.querySelector<HTMLFormElement>('form[data-played]');
const frame = document.querySelector('iframe');
const status = document.querySelector<HTMLElement>('[role=status]');
if (form && frame && status) play(form, frame, status);

function play(form: HTMLFormElement, frame: HTMLIFrameElement, status: HTMLElement): void {
  let tab: PlayedTab | undefined;
  let saved: PlayedTab['settings'];
  let stage: string | undefined;
  let consented = false;

  const chosen = (name: string): string => {
    const value = new FormData(form).get(name);
    return typeof value === 'string' ? value : '';
  };
  const act = (name: string) => document.querySelector<HTMLElement>(`[data-act=${name}]`);

  async function tokenFor(silent: boolean): Promise<PlayedToken> {
    if (chosen('sign-on') === 'consent' && !consented) {
      if (silent) return { refused: 'resourceRequiresConsent' };
      consented = true;
    }
    const response = await fetch(`/demo/token?${new URLSearchParams({ as: chosen('as') }).toString()}`).catch(() => undefined);
    if (!response?.ok) return { refused: 'ServerError' };
    return (await response.json()) as { readonly token: string };
  }

  /** @param subPage what a deep link asks for */
  function open(subPage?: string): void {
    tab?.close();
    status.textContent = '';
    const name = chosen('place');
    const { path, ...there } = PLACES[name] ?? { path: TEAMS_TODAY_PATH, frameContext: 'content', pageId: 'today' };
    const place: PlayedPlace = { ...there, theme: chosen('theme'), locale: chosen('locale'), ...(subPage === undefined ? {} : { subPageId: subPage }) };
    const playing = playTeams(around(frame), place, tokenFor);
    playing.settings = saved;
    tab = playing;
    for (const one of ['settings', 'remove']) {
      const part = act(one);
      if (part) part.hidden = one !== name;
    }
    const content = typeof saved?.['contentUrl'] === 'string' ? saved['contentUrl'] : undefined;
    const kept = name === 'tab' || name === 'panel' ? content : name === 'stage' ? stage : undefined;
    // As Teams fills them in, in an address that the app gave it.
    const address = new URL((kept ?? path).replace('{locale}', place.locale).replace('{theme}', place.theme), location.origin);
    address.searchParams.set('lang', place.locale);
    address.searchParams.set('theme', place.theme);
    frame.src = address.href;
    const followValidity = async (times: number): Promise<void> => {
      const { args: [valid] } = await playing.heard('settings.setValidityState', times);
      act('settings')?.querySelector('button')?.toggleAttribute('disabled', valid !== true);
      await followValidity(times + 1);
    };
    void followValidity(0);
    void playing.heard('pages.currentApp.navigateTo').then(({ args: [to] }) => {
      const { pageId, subPageId } = to as { readonly pageId: string; readonly subPageId?: string };
      const select = form.elements.namedItem('place');
      if (select instanceof HTMLSelectElement) select.value = pageId;
      open(subPageId);
    });
    const followSaves = async (times: number): Promise<void> => {
      await playing.heard('settings.save.success', times);
      saved = playing.settings;
      status.textContent = status.dataset['saved'] ?? '';
      await followSaves(times + 1);
    };
    void followSaves(0);
    void playing.heard('settings.remove.success').then(() => { saved = undefined; status.textContent = status.dataset['removed'] ?? ''; });
    void playing.heard('meeting.shareAppContentToStage').then(({ args: [address] }) => {
      stage = String(address);
      const select = form.elements.namedItem('place');
      if (select instanceof HTMLSelectElement) select.value = 'stage';
      open();
    });
  }

  form.addEventListener('change', ({ target }) => {
    const { name, value } = target as HTMLSelectElement;
    // The window of a device and the theme change around what is there, as they do in Teams.
    if (name === 'device') frame.dataset['device'] = value;
    else if (name === 'theme') tab?.tell('themeChange', value);
    else {
      consented = false;
      open();
    }
  });
  act('settings')?.querySelector('button')?.addEventListener('click', () => tab?.tell('settings.save', {}));
  act('remove')?.querySelector('button')?.addEventListener('click', () => tab?.tell('settings.remove'));
  open();
}
