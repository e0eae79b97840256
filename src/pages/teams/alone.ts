import { TEAMS_SIGN_IN_PATH } from '../../contract/teams-paths.ts';
import { pickLanguage } from '../../domain/language.ts';
import { forgetEntra, goToEntra, leaveEntra, signedInWithEntra, SignInFailure, type EntraApp, type SignedIn } from '../../host/entra.ts';
import type { Teams } from '../../host/teams.ts';

/** Words of failures that the page has a sentence of its own for. */
const SENTENCES: Readonly<Record<string, string>> = {
  ended: 'ended',
  access_denied: 'cancelled',
  StorageRefused: 'storage',
  EntraUnreachable: 'unreachable',
  temporarily_unavailable: 'unreachable',
  server_error: 'unreachable',
};

/**
 * A tab's page by itself in a browser, with a way to sign in. Settles once somebody has.
 * @param show shows one of the notices instead of the page, or the page
 */
export async function open(show: (state: string) => void): Promise<Teams> {
  const redirect = location.origin + TEAMS_SIGN_IN_PATH;
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-sign-in]')];
  const never = new Promise<never>(() => undefined);
  followColours();

  /** @param failure in a word, where there is one */
  const offer = (failure?: string) => {
    for (const part of document.querySelectorAll<HTMLElement>('[data-alone]')) part.hidden = true;
    show('outside');
    if (failure === undefined) return;
    const kind = SENTENCES[failure.split(' ')[0] ?? ''] ?? 'other';
    for (const sentence of document.querySelectorAll<HTMLElement>('[data-why]')) {
      sentence.hidden = sentence.dataset['why'] !== kind;
      const code = sentence.querySelector('code');
      if (code) code.textContent = failure;
    }
    buttons[0]?.focus();
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      goToEntra(appOf(button), redirect, { redeem: { silent: false } }).catch((error: unknown) => { offer(wordFor(error)); });
    });
  }

  const end = (failure: string) => {
    forgetEntra();
    offer(failure);
  };

  let person: SignedIn | undefined;
  try {
    person = await signedInWithEntra(redirect, buttons.map(appOf));
  } catch (error) {
    offer(wordFor(error));
    return never;
  }
  if (!person) {
    offer();
    return never;
  }
  const { app, token } = person;
  keepToThisVisit(person);
  for (const button of document.querySelectorAll('[data-sign-out]')) {
    button.addEventListener('click', () => { leaveEntra(app, redirect); });
  }
  for (const part of document.querySelectorAll<HTMLElement>('[data-alone]')) part.hidden = false;
  show('page');
  return {
    language: pickLanguage([document.documentElement.lang]),
    frame: 'content' as Teams['frame'],
    subPage: undefined,
    async token(options) {
      const handed = await token(options);
      if (person.ended) end('ended');
      return handed;
    },
    notTaken: () => {
      if (!person.ended) end('ServerRefusedToken');
      return never;
    },
  };
}

function appOf({ dataset }: HTMLElement): EntraApp {
  const { authority = '', client = '', scope = '' } = dataset;
  // Who it was, so as not to be asked again; and the right to the next token, which lasts as long as the page does.
  return { authority, client, scope: `openid profile offline_access ${scope}` };
}

function wordFor(error: unknown): string {
  return error instanceof SignInFailure ? error.message : 'Unknown';
}

/** A page that is gone back to was kept with all that was on it: it asks anew, as whoever sits there now. */
function keepToThisVisit(person: SignedIn): void {
  addEventListener('pagehide', () => {
    person.end();
    document.documentElement.hidden = true;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
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
