import type { app } from '@microsoft/teams-js';
import { pickLanguage, type Language } from '../domain/language.ts';
import type { TokenProvider } from './port.ts';
import type { TeamsActs } from './teams/later.ts';

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
  /** A deep link was followed while the page was kept. @param subPage what it asks for */
  asked(subPage: string): void;
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
  /** What only somebody who does something needs: it is fetched then. */
  later(): Promise<TeamsActs>;
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
    // Where to, the address does not say.
    void app.getContext().then(({ page: { subPageId } }) => { if (subPageId) page.asked(subPageId); }, () => undefined);
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
    later,
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
