import { TEAMS_SIGN_IN_PATH } from '../../contract/teams-paths.ts';
import { pickLanguage } from '../../domain/language.ts';
import { forgetEntra, goToEntra, signedInWithEntra, SignInFailure, type EntraApp } from '../../host/entra.ts';
import type { TokenProvider } from '../../host/port.ts';
import type { Teams } from '../../host/teams.ts';

/**
 * A tab's page by itself in a browser: it says that it belongs in Teams, and whoever wants to signs in here. Settles once
 * somebody has.
 * @param show shows one of the notices instead of the page, or the page
 */
export async function open(show: (state: string) => void): Promise<Teams> {
  followColours();
  const redirect = location.origin + TEAMS_SIGN_IN_PATH;
  /** @param failure in a word, where there is one */
  const offer = (failure?: string) => {
    show('outside');
    const place = document.querySelector<HTMLElement>('[data-failed]');
    const code = place?.querySelector('code');
    if (!place || !code) return;
    place.hidden = failure === undefined;
    code.textContent = failure ?? '';
  };
  for (const button of document.querySelectorAll<HTMLElement>('[data-sign-in]')) {
    button.addEventListener('click', () => {
      goToEntra(appOf(button), redirect, { redeem: { silent: false } }).catch((error: unknown) => { offer(wordFor(error)); });
    });
  }
  for (const button of document.querySelectorAll('[data-sign-out]')) {
    button.addEventListener('click', () => {
      forgetEntra();
      location.reload();
    });
  }
  let token: TokenProvider | undefined;
  try {
    token = await signedInWithEntra(redirect);
  } catch (error) {
    offer(wordFor(error));
    return new Promise(() => undefined);
  }
  if (!token) {
    offer();
    return new Promise(() => undefined);
  }
  for (const part of document.querySelectorAll<HTMLElement>('[data-alone]')) part.hidden = false;
  show('page');
  return {
    language: pickLanguage([document.documentElement.lang]),
    frame: 'content' as Teams['frame'],
    subPage: undefined,
    token,
    notTaken: () => {
      forgetEntra();
      offer('ServerRefusedToken');
      return new Promise(() => undefined);
    },
  };
}

function appOf({ dataset }: HTMLElement): EntraApp {
  const { authority = '', client = '', scope = '' } = dataset;
  // The right to be given the next token lasts as long as the page does.
  return { authority, client, scope: `${scope} offline_access` };
}

function wordFor(error: unknown): string {
  return error instanceof SignInFailure ? error.message : 'Offline';
}

/** Teams says which colours a tab has; here it is the person's own preference, unless the address asks for some. */
function followColours(): void {
  const root = document.documentElement;
  if (root.dataset['theme'] !== undefined) return;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => { root.dataset['theme'] = dark.matches ? 'dark' : 'default'; };
  dark.addEventListener('change', follow);
  follow();
}
