import type { app } from '@microsoft/teams-js';
import { pickLanguage, type Language } from '../domain/language.ts';
import type { TokenProvider } from './port.ts';

/** Milliseconds after which a host counts as silent. Microsoft's own limit is a minute. */
const PATIENCE = 5_000;

/** Teams' themes; one that it has got since is taken for the first. */
const THEMES = ['default', 'dark', 'contrast', 'glass'] as const;
export type Theme = (typeof THEMES)[number];

/**
 * Why a person has to do something before Teams hands over a token: say yes or show another factor, try again after
 * having closed the window, let the window be opened; or ask somebody, since the app was not set up well.
 */
export type SignInNeed = 'consent' | 'cancelled' | 'blocked' | 'refused';

/** What a page does for Teams. */
export interface TeamsPage {
  /** Teams has not answered in time. When it does later, the page goes on. */
  silent(): void;
  paint(theme: Theme): void;
  /** The page was kept and is looked at again. @param address that it is to show now */
  resumed(address: URL): void;
  /**
   * Shows that a token needs the person, until they pressed: only then may a window be opened.
   * @param told what Teams said, for whoever has to look into it
   */
  needsPerson(need: SignInNeed, told: string): Promise<void>;
  signedIn(): void;
}

/** Where in Teams the page is shown. Hints, and nobody's identity: who somebody is, the token says. */
export interface Teams {
  readonly language: Language;
  readonly frame: `${app.Context['page']['frameContext']}`;
  /** What a deep link asked for, if anything. */
  readonly subPage: string | undefined;
  readonly token: TokenProvider;
  /** Goes to another of the app's tabs, where Teams can. @returns whether it could */
  go(tab: string, subPage?: string): Promise<boolean>;
  /** Shows Teams' own window with a link to something on the page. */
  share(what: { readonly subPage: string; readonly label: string; readonly address: string }): Promise<void>;
  /** Puts an address on the meeting's stage. @throws Error when it may not be there */
  stage(address: string): Promise<void>;
  readonly settings: TeamsSettings;
}

/** What a tab in a shared place was set up to show. */
export interface TabSettings {
  readonly entityId: string;
  readonly contentUrl: string;
  readonly websiteUrl: string;
  readonly removeUrl: string;
  readonly suggestedDisplayName: string;
}

export interface TeamsSettings {
  /** Whether Teams' own button saves. */
  ready(ready: boolean): Promise<void>;
  /** The address of the tab that is being changed; nothing when it is a new one. */
  current(): Promise<string | undefined>;
  /** @param chosen asked when the person saves; throws where it can't be saved, with words for them */
  onSave(chosen: () => TabSettings): Promise<void>;
  onRemove(): Promise<void>;
}

/** Whether the page lies in a window of its own: then there is no Teams around it. */
export const outside = () => window.parent === window && !('nativeInterface' in window);

/** Waits for Teams, which may be long: nothing that is on the page has to. */
export async function openTeams(page: TeamsPage): Promise<Teams> {
  const timer = setTimeout(() => { page.silent(); }, PATIENCE);
  const { app, authentication, later } = await import('./teams/sdk.ts');
  await app.initialize();
  // Each load of a page begins with this, and each resumption: Teams forgets who listened.
  const followTheme = () => { app.registerOnThemeChangeHandler((theme) => { page.paint(themeOf(theme)); }); };
  followTheme();
  app.lifecycle.registerBeforeSuspendOrTerminateHandler(() => Promise.resolve());
  app.lifecycle.registerOnResumeHandler(({ contentUrl }) => {
    followTheme();
    page.resumed(contentUrl);
    void app.notifySuccess();
  });
  app.notifyAppLoaded();
  let context: app.Context;
  try {
    context = await app.getContext();
  } catch (error) {
    app.notifyFailure({ reason: app.FailedReason.Other, message: messageOf(error) });
    throw error;
  }
  clearTimeout(timer);
  page.paint(themeOf(context.app.theme));
  await app.notifySuccess();

  let granting: Promise<string> | undefined;
  async function grant(error: unknown): Promise<string> {
    for (let told = messageOf(error); ; ) {
      await page.needsPerson(needOf(told), told);
      try {
        const token = await authentication.getAuthToken({ silent: false });
        page.signedIn();
        return token;
      } catch (next) {
        told = messageOf(next);
      }
    }
  }

  return {
    language: pickLanguage([context.app.locale]),
    frame: context.page.frameContext,
    subPage: context.page.subPageId === '' ? undefined : context.page.subPageId,
    // Asked for each time: Teams keeps tokens, and knows when one is old.
    async token() {
      if (granting) return granting;
      try {
        return await authentication.getAuthToken({ silent: true });
      } catch (error) {
        // All that ask meanwhile wait for the one button.
        granting ??= grant(error).finally(() => { granting = undefined; });
        return granting;
      }
    },
    async go(tab, subPage) {
      const { pages } = await later();
      if (!pages.currentApp.isSupported()) return false;
      await pages.currentApp.navigateTo({ pageId: tab, ...(subPage === undefined ? {} : { subPageId: subPage }) });
      return true;
    },
    async share({ subPage, label, address }) {
      const { pages } = await later();
      pages.shareDeepLink({ subPageId: subPage, subPageLabel: label, subPageWebUrl: address });
    },
    async stage(address) {
      const { meeting } = await later();
      await new Promise<void>((resolve, reject) => {
        meeting.shareAppContentToStage((error) => { if (error) reject(new Error(error.message ?? String(error.errorCode))); else resolve(); }, address);
      });
    },
    settings: {
      async ready(ready) {
        (await later()).pages.config.setValidityState(ready);
      },
      async current() {
        const { contentUrl } = await (await later()).pages.getConfig();
        return contentUrl || undefined;
      },
      async onSave(chosen) {
        const { pages } = await later();
        pages.config.registerOnSaveHandler((event) => {
          void (async () => {
            try {
              await pages.config.setConfig(chosen());
              event.notifySuccess();
            } catch (error) {
              event.notifyFailure(messageOf(error));
            }
          })();
        });
      },
      async onRemove() {
        // Nothing of a tab is kept here, so nothing has to be done before it goes.
        (await later()).pages.config.registerOnRemoveHandler((event) => { event.notifySuccess(); });
      },
    },
  };
}

function themeOf(theme: string): Theme {
  return THEMES.find((known) => known === theme) ?? 'default';
}

/** By the words that Teams rejects with (Microsoft's documentation of single sign-on for tabs). */
function needOf(message: string): SignInNeed {
  if (/consent|mfa|interaction_?required|invalid_grant/i.test(message)) return 'consent';
  if (/cancel/i.test(message)) return 'cancelled';
  return /FailedToOpenWindow/i.test(message) ? 'blocked' : 'refused';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
