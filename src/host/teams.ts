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
 * Why a person has to do something before Teams hands over a token: say yes or show another factor, do so in a window of
 * Microsoft's own since Teams' was not enough, try again after having closed the window, let the window be opened; or ask
 * somebody, since the app was not set up well.
 */
export type SignInNeed = 'consent' | 'window' | 'cancelled' | 'blocked' | 'refused';

/** Milliseconds after a new token in which who asks for a fresh one is given it: several may, whose old one was refused. */
const FRESH = 5_000;

/** The code of a token that Teams hands over and the server does not take. */
const NOT_TAKEN = 'ServerRefusedToken';

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
  /** Where a window begins that signs in with Microsoft itself. Both are hints: there, they are asked again. */
  signInAddress(tenant: string, loginHint: string): string;
  /** Shows the page again: there is a token, or no network, which the elements say themselves. */
  back(): void;
}

/** Where in Teams the page is shown, or what it has instead. Hints, and nobody's identity: who somebody is, the token says. */
export interface Teams {
  readonly language: Language;
  readonly frame: `${app.Context['page']['frameContext']}`;
  /** What a deep link asked for, if anything. */
  readonly subPage: string | undefined;
  readonly token: TokenProvider;
  /**
   * The server took no token that Teams has, and an element has nothing that helps. Settles when it is worth to ask anew.
   */
  notTaken(): Promise<void>;
  /** What only somebody who does something needs: it is fetched then. Not there in a browser, which has none of it. */
  readonly later?: () => Promise<TeamsActs>;
}

/** Whether the page lies in a window of its own: then there is no Teams around it. */
export const outside = () => window.parent === window && !('nativeInterface' in window);

/**
 * Waits for Teams, which may be long: nothing that is on the page has to.
 * @throws Error when Teams did not answer within a minute, or can't be asked; it will not later either
 */
export async function openTeams(page: TeamsPage): Promise<Teams> {
  const timer = setTimeout(() => { page.silent(); }, PATIENCE);
  try {
    return await connect(page, () => { clearTimeout(timer); });
  } finally {
    clearTimeout(timer);
  }
}

async function connect(page: TeamsPage, answered: () => void): Promise<Teams> {
  const { app, authentication, later } = await import('./teams/sdk.ts');
  await app.initialize();
  let lookedAtAgain: () => void = () => undefined;
  /** The deep link that was followed last: a page that is looked at again may still be told of it. */
  let followed: string | undefined;
  // Each load of a page begins with this, and each resumption: Teams forgets who listened.
  const followTheme = () => { app.registerOnThemeChangeHandler((theme) => { page.paint(themeOf(theme)); }); };
  followTheme();
  app.lifecycle.registerBeforeSuspendOrTerminateHandler(() => Promise.resolve());
  app.lifecycle.registerOnResumeHandler(({ contentUrl }) => {
    followTheme();
    lookedAtAgain();
    page.resumed(contentUrl);
    void app.notifySuccess();
    // Where to, the address does not say; nor what the colours have become, of which a page that is kept hears nothing.
    void app.getContext().then(
      ({ app: { theme }, page: { subPageId } }) => {
        page.paint(themeOf(theme));
        if (subPageId && subPageId !== followed) page.asked(subPageId);
        followed = subPageId;
      },
      () => undefined,
    );
  });
  app.notifyAppLoaded();
  let context: app.Context;
  try {
    context = await app.getContext();
  } catch (error) {
    app.notifyFailure({ reason: app.FailedReason.Other, message: messageOf(error) });
    throw error;
  }
  answered();
  page.paint(themeOf(context.app.theme));
  followed = context.page.subPageId;
  await app.notifySuccess();

  let handedOut: string | undefined;
  let changedAt = -Infinity;
  const handOut = (token: string) => {
    if (handedOut !== undefined && token !== handedOut) changedAt = Date.now();
    return (handedOut = token);
  };
  let granting: Promise<string> | undefined;
  // All that ask meanwhile wait for the one button.
  const granted = (told: string) => (granting ??= grant(told).finally(() => { granting = undefined; }));

  /** Settles when there may be a token although nobody pressed. */
  const isWorthTrying = () =>
    new Promise<void>((resolve) => {
      lookedAtAgain = resolve;
      addEventListener('online', () => { resolve(); }, { once: true });
    });

  /** @throws Error when there is no network */
  async function grant(reason: string): Promise<string> {
    let told = reason;
    let need: SignInNeed = needOf(told);
    let inWindow = false;
    for (;;) {
      const pressed = await Promise.race([page.needsPerson(need, told).then(() => true), isWorthTrying().then(() => false)]);
      const opened: boolean = pressed && inWindow;
      try {
        if (opened) await (await later()).signIn(page.signInAddress(context.user?.tenant?.id ?? '', context.user?.loginHint ?? ''));
        const token = handOut(await authentication.getAuthToken({ silent: !pressed || inWindow }));
        page.back();
        return token;
      } catch (error) {
        const next = messageOf(error);
        if (isOffline(next)) {
          page.back();
          throw error;
        }
        // Nobody asked for this time.
        if (!pressed) continue;
        told = next;
        need = needOf(told);
        if (need === 'consent') {
          // Microsoft's own window was not enough either: somebody else has to look into it.
          need = opened ? 'refused' : 'window';
          inWindow = !opened;
        } else if (need === 'refused') {
          inWindow = false;
        }
      }
    }
  }

  return {
    language: pickLanguage([context.app.locale]),
    frame: context.page.frameContext,
    subPage: context.page.subPageId === '' ? undefined : context.page.subPageId,
    // Asked for each time: Teams keeps tokens, and knows when one is old.
    async token(options) {
      if (granting) return granting;
      let token: string;
      try {
        token = await authentication.getAuthToken({ silent: true });
      } catch (error) {
        const told = messageOf(error);
        // The elements try again when the network is back.
        if (isOffline(told)) throw error;
        return granted(told);
      }
      if (options?.fresh && token === handedOut && Date.now() - changedAt >= FRESH) return granted(NOT_TAKEN);
      return handOut(token);
    },
    async notTaken() {
      await granted(NOT_TAKEN).catch(() => undefined);
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

/** Whether there is no token because nobody could be reached: not a matter of how the app was set up. */
function isOffline(message: string): boolean {
  if (needOf(message) !== 'refused') return false;
  return !navigator.onLine || /network|offline|time_?d?[ _]?out|connection|unreachable|failed to fetch|request_failed/i.test(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
