/**
 * Plays Microsoft Teams around a tab, by the messages that teams-js and its host exchange: for the demo, where there is
 * no tenant, and for tests, at the address of the real one. It knows no more of a tab than Teams does.
 */

export interface PlayedPlace {
  readonly frameContext: 'content' | 'settings' | 'remove' | 'sidePanel' | 'meetingStage';
  theme: string;
  readonly locale: string;
  /** What Teams knows a tab by. */
  readonly pageId: string;
  /** Of which Entra tenant it is. */
  readonly tenant?: string;
  /** What a deep link asks for; another one later. */
  subPageId?: string;
  /** Whether it can't go from one tab to another. */
  readonly fixed?: boolean;
  /** Whether Teams says nothing of all this when it is asked. */
  readonly unsaid?: boolean;
}

/** What a tab told its host. */
export interface Said {
  readonly func: string;
  readonly args: readonly unknown[];
}

export interface PlayedTab {
  /** All that the tab said, in order. */
  readonly said: readonly Said[];
  /** What is kept of a tab in a shared place. */
  settings: Readonly<Record<string, unknown>> | undefined;
  /** Has the context of the tab name what a deep link asked for. */
  ask(subPage: string): void;
  /** Says in the tab that something happened; once it has spoken, when it is still silent. */
  tell(func: string, ...args: unknown[]): void;
  /** Settles when the tab has said this, after so many times before. */
  heard(func: string, times?: number): Promise<Said>;
  /** Says nothing from now on, and what was left unsaid at once when it answers again. */
  keepSilent(): void;
  answer(): void;
  close(): void;
}

interface Message {
  readonly id: number;
  readonly uuidAsString?: string;
  readonly func: string;
  readonly args?: readonly unknown[];
}

/** A token, or why there is none, in Teams' words. */
export type PlayedToken = { readonly token: string } | { readonly refused: string };

/**
 * @param frame in which the tab will be; listened to from now on, so its address is set afterwards
 * @param tokenFor what Teams answers a tab that asks who is there; `silent` when no window may be opened
 */
export function playTeams(frame: HTMLIFrameElement, place: PlayedPlace, tokenFor: (silent: boolean) => Promise<PlayedToken>): PlayedTab {
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  let unanswered: Message[] | undefined;
  // Of the tab, once it has spoken: until then nobody can be told anything.
  let origin: string | undefined;
  const untold: unknown[] = [];
  const post = (message: unknown) => {
    if (origin === undefined) untold.push(message);
    else frame.contentWindow?.postMessage(message, origin);
  };

  const answers: Readonly<Record<string, (args: readonly unknown[]) => readonly unknown[] | Promise<readonly unknown[]>>> = {
    initialize: () => [place.frameContext, 'web', JSON.stringify(runtimeOf(place.fixed ?? false)), '2.0.1'],
    getContext: () => [place.unsaid ? undefined : contextOf(place)],
    async 'authentication.getAuthToken'([, , silent]) {
      const answer = await tokenFor(silent === true);
      return 'token' in answer ? [true, answer.token] : [false, answer.refused];
    },
    'authentication.authenticate': ([address]) => showWindow(String(address)),
    'settings.getSettings': () => [tab.settings ?? {}],
    'settings.setSettings'([settings]) {
      tab.settings = settings as Readonly<Record<string, unknown>>;
      return [true];
    },
    'meeting.shareAppContentToStage': () => [null, true],
    'pages.navigateToApp': () => [true],
    'pages.currentApp.navigateTo': () => [null, true],
  };

  async function answer({ id, uuidAsString, func, args = [] }: Message): Promise<void> {
    const reply = answers[func];
    if (reply) post({ id, ...(uuidAsString === undefined ? {} : { uuidAsString }), args: await reply(args) });
  }

  function hear(event: MessageEvent<Message>): void {
    if (event.source !== frame.contentWindow || typeof event.data.func !== 'string') return;
    origin = event.origin;
    untold.splice(0).forEach(post);
    said.push({ func: event.data.func, args: event.data.args ?? [] });
    for (const look of waiting) look();
    if (unanswered) unanswered.push(event.data);
    else void answer(event.data);
  }
  addEventListener('message', hear);

  const tab: PlayedTab = {
    said,
    settings: undefined,
    ask: (subPage) => { place.subPageId = subPage; },
    tell(func, ...args) {
      // A tab that begins only now asks for the theme, and does not hear of the change.
      if (func === 'themeChange') place.theme = String(args[0]);
      post({ func, args });
    },
    heard: (func, times = 0) =>
      new Promise((resolve) => {
        const look = () => {
          const found = said.filter((one) => one.func === func)[times];
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    keepSilent: () => { unanswered ??= []; },
    answer() {
      for (const message of unanswered ?? []) void answer(message);
      unanswered = undefined;
    },
    close: () => { removeEventListener('message', hear); },
  };
  return tab;
}

/** Plays the window that a tab wants for a sign-in of its own. @returns whether it succeeded, and what the window said */
function showWindow(address: string): Promise<readonly [boolean, string]> {
  const opened = window.open(address, '', 'popup,width=600,height=640');
  if (!opened) return Promise.resolve([false, 'FailedToOpenWindow']);
  return new Promise((resolve) => {
    const end = (succeeded: boolean, result: string) => {
      removeEventListener('message', hear);
      clearInterval(look);
      resolve([succeeded, result]);
    };
    const hear = ({ source, data, origin }: MessageEvent<Message>) => {
      if (source !== opened) return;
      const { id, uuidAsString, func, args: [result] = [] } = data;
      if (func === 'initialize') {
        const args = ['authentication', 'web', JSON.stringify(runtimeOf(false)), '2.0.1'];
        opened.postMessage({ id, ...(uuidAsString === undefined ? {} : { uuidAsString }), args }, origin);
      } else if (func === 'authentication.authenticate.success') end(true, typeof result === 'string' ? result : '');
      else if (func === 'authentication.authenticate.failure') end(false, String(result));
    };
    addEventListener('message', hear);
    const look = setInterval(() => { if (opened.closed) end(false, 'CancelledByUser'); }, 200);
  });
}

/** What the played Teams can do. @param fixed where it can't go from one tab to another, as in some clients */
const runtimeOf = (fixed: boolean) => ({ apiVersion: 4, supports: { pages: { config: {}, ...(fixed ? {} : { currentApp: {} }) }, meeting: {} } });

/** As Teams tells it: flat. */
function contextOf({ frameContext, theme, locale, pageId, subPageId = '', tenant = '00000000-0000-4000-8000-000000000002' }: PlayedPlace) {
  return {
    userObjectId: '00000000-0000-4000-8000-000000000001',
    tid: tenant,
    userPrincipalName: 'hint@example.org',
    loginHint: 'hint@example.org',
    locale,
    theme,
    entityId: pageId,
    subEntityId: subPageId,
    frameContext,
    hostName: 'Teams',
    hostClientType: 'web',
    ...(frameContext === 'content' ? {} : { teamId: 'played-team', groupId: 'played-group', channelId: 'played-channel', channelType: 'Regular' }),
    ...(frameContext === 'sidePanel' || frameContext === 'meetingStage' ? { meetingId: 'played-meeting', chatId: 'played-chat' } : {}),
  };
}
