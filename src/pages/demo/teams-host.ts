/**
 * Plays Microsoft Teams around a tab, by the messages that teams-js and its host exchange: for the demo, where there is
 * no tenant, and for tests, at the address of the real one. It knows no more of a tab than Teams does.
 */

export interface PlayedPlace {
  readonly frameContext: 'content' | 'settings' | 'remove' | 'sidePanel' | 'meetingStage';
  /** Whose it is: by default a person's own where content is shown, a channel's where it is set up, else a meeting's. */
  readonly of?: 'person' | 'channel' | 'chat' | 'meeting';
  /** Which Teams it is, by default in a browser. */
  readonly client?: 'web' | 'desktop' | 'android' | 'ios';
  /** What Teams says of a channel's team, other than what is played. */
  readonly team?: string;
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
  /** Why a tab can't be saved. */
  readonly unsaved?: string;
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
  /** Has the tab's context say something else, of which the tab hears nothing. */
  change(to: Partial<Pick<PlayedPlace, 'subPageId' | 'theme'>>): void;
  /** Says in the tab that something happened; once it has spoken, when it is still silent. */
  tell(func: string, ...args: unknown[]): void;
  /** Settles when the tab has said this, after so many times before. */
  heard(func: string, times?: number): Promise<Said>;
  /** Says nothing from now on, and what was left unsaid at once when it answers again. */
  keepSilent(): void;
  answer(): void;
  close(): void;
}

/** How a tab and the Teams around it reach each other. */
export interface Wire {
  /** Hands on all that the tab says, until what it returns is called. */
  listen(hear: (message: Message) => void): () => void;
  /** To a tab that has spoken. */
  post(message: unknown): void;
  /** Shows a page in a window of its own, until it says how it ended. @returns whether it succeeded, and what it said */
  showWindow(address: string): Promise<readonly [succeeded: boolean, result: string]>;
}

export interface Message {
  readonly id: number;
  readonly uuidAsString?: string;
  readonly func: string;
  readonly args?: readonly unknown[];
}

/** A token, or why there is none, in Teams' words. */
export type PlayedToken = { readonly token: string } | { readonly refused: string };

/**
 * @param wire to the tab; listened to from now on, so the tab is opened afterwards
 * @param tokenFor what Teams answers a tab that asks who is there; `silent` when no window may be opened
 */
export function playTeams(wire: Wire, place: PlayedPlace, tokenFor: (silent: boolean) => Promise<PlayedToken>): PlayedTab {
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  let unanswered: Message[] | undefined;
  // Until it has spoken, a tab can't be told anything.
  let spoke = false;
  const untold: unknown[] = [];
  const post = (message: unknown) => {
    if (spoke) wire.post(message);
    else untold.push(message);
  };

  const answers: Readonly<Record<string, (args: readonly unknown[]) => readonly unknown[] | Promise<readonly unknown[]>>> = {
    initialize: () => started(place.frameContext, place),
    getContext: () => [place.unsaid ? undefined : contextOf(place)],
    async 'authentication.getAuthToken'([, , silent]) {
      const answer = await tokenFor(silent === true);
      return 'token' in answer ? [true, answer.token] : [false, answer.refused];
    },
    'authentication.authenticate': ([address]) => wire.showWindow(String(address)),
    'settings.getSettings': () => [tab.settings ?? {}],
    'settings.setSettings'([settings]) {
      if (place.unsaved !== undefined) return [false, place.unsaved];
      tab.settings = settings as Readonly<Record<string, unknown>>;
      return [true];
    },
    'meeting.shareAppContentToStage': () => [null, true],
    'pages.navigateToApp': () => [true],
    'pages.currentApp.navigateTo': () => [null, true],
  };

  async function answer(message: Message): Promise<void> {
    const reply = answers[message.func];
    if (reply) post(replyTo(message, await reply(message.args ?? [])));
  }

  const close = wire.listen((message) => {
    spoke = true;
    untold.splice(0).forEach(post);
    said.push({ func: message.func, args: message.args ?? [] });
    for (const look of waiting) look();
    if (unanswered) unanswered.push(message);
    else void answer(message);
  });

  const tab: PlayedTab = {
    said,
    settings: undefined,
    change: (to) => { Object.assign(place, to); },
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
    close,
  };
  return tab;
}

/** Around a tab in a frame, as in a browser and on a computer. */
export function around(frame: HTMLIFrameElement): Wire {
  let origin = '';
  return {
    listen(hear) {
      const listener = (event: MessageEvent<Message>) => {
        if (event.source !== frame.contentWindow || typeof event.data.func !== 'string') return;
        origin = event.origin;
        hear(event.data);
      };
      addEventListener('message', listener);
      return () => { removeEventListener('message', listener); };
    },
    post: (message) => frame.contentWindow?.postMessage(message, origin),
    showWindow,
  };
}

/** A window that a tab wants for a sign-in of its own. */
function showWindow(address: string): Promise<readonly [boolean, string]> {
  const opened = window.open(address, '', 'popup,width=600,height=640');
  if (!opened) return Promise.resolve([false, 'FailedToOpenWindow']);
  return new Promise((resolve) => {
    const end = (...ended: readonly [boolean, string]) => {
      removeEventListener('message', hear);
      clearInterval(look);
      resolve(ended);
    };
    const hear = ({ source, data, origin }: MessageEvent<Message>) => {
      if (source === opened) hearWindow(data, (message) => { opened.postMessage(message, origin); }, end);
    };
    addEventListener('message', hear);
    const look = setInterval(() => { if (opened.closed) end(false, 'CancelledByUser'); }, 200);
  });
}

/** What Teams does about a message of a window that it opened for a tab. */
export function hearWindow(message: Message, post: (message: unknown) => void, end: (succeeded: boolean, result: string) => void): void {
  const [result] = message.args ?? [];
  if (message.func === 'initialize') post(replyTo(message, started('authentication')));
  else if (message.func === 'authentication.authenticate.success') end(true, typeof result === 'string' ? result : '');
  else if (message.func === 'authentication.authenticate.failure') end(false, String(result));
}

function replyTo({ id, uuidAsString }: Message, args: readonly unknown[]): object {
  return { id, ...(uuidAsString === undefined ? {} : { uuidAsString }), args };
}

/** What a page is told that begins. */
function started(frameContext: string, { client = 'web', fixed = false }: Pick<PlayedPlace, 'client' | 'fixed'> = {}): readonly string[] {
  return [frameContext, client, JSON.stringify(runtimeOf(fixed)), '2.0.1'];
}

/** What the played Teams can do. @param fixed where it can't go from one tab to another, as in some clients */
const runtimeOf = (fixed: boolean) => ({ apiVersion: 4, supports: { pages: { config: {}, ...(fixed ? {} : { currentApp: {} }) }, meeting: {} } });

/** Of a meeting, which has a chat, and of a chat alone, and of a channel, what Teams names it by. */
const NAMES = {
  person: {},
  channel: { teamId: 'played-team', groupId: 'played-group', channelId: 'played-channel', channelType: 'Regular' },
  chat: { chatId: 'played-chat' },
  meeting: { chatId: 'played-chat', meetingId: 'played-meeting' },
} as const;

/** As Teams tells it: flat. */
function contextOf({ frameContext, theme, locale, pageId, subPageId = '', tenant = '00000000-0000-4000-8000-000000000002', client = 'web', team, of }: PlayedPlace) {
  const whose = of ?? (frameContext === 'content' ? 'person' : frameContext === 'settings' || frameContext === 'remove' ? 'channel' : 'meeting');
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
    hostClientType: client,
    ...NAMES[whose],
    ...(team === undefined ? {} : { teamId: team, groupId: team }),
  };
}
