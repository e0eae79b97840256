/**
 * The window that goes to Microsoft Entra and comes back. Teams opens it for a tab whose person it could not sign in by
 * itself: consent, or another factor. Nobody redeems the code that Entra hands over then, and nobody can, since the
 * verifier is thrown away: what counts is that Entra has asked, after which Teams gets a token by itself. To whoever signs
 * in in the browser it goes on to the page that asked. What it is told comes after the #, which reaches no server.
 */
import { TEAMS_TODAY_PATH } from '../contract/teams-paths.ts';
import { goToEntra, returnFromEntra, SignInFailure } from '../host/entra.ts';

/** Milliseconds that Teams has to close the window. */
const PATIENCE = 5_000;

const fragment = location.hash.slice(1);
const told = new URLSearchParams(fragment);
const { authority, client, scope } = document.body.dataset;

/** @param failure in a word for whoever has to look into it */
async function end(failure?: string): Promise<void> {
  setTimeout(() => {
    const stuck = document.querySelector<HTMLElement>('[data-stuck]');
    const code = stuck?.querySelector('code');
    if (code) code.textContent = failure ?? '';
    if (stuck) stuck.hidden = false;
  }, PATIENCE);
  const { answerTab } = await import('../host/teams/window.ts');
  await answerTab(failure);
}

async function go(): Promise<void> {
  if (told.has('state')) {
    history.replaceState(null, '', location.pathname + location.search);
    const back = returnFromEntra(fragment);
    if (back === undefined) await end();
    else location.replace(back);
  } else if (authority !== undefined && client !== undefined && scope !== undefined) {
    const redirect = location.origin + location.pathname;
    await goToEntra({ authority, client, scope: `openid ${scope}` }, redirect, { hint: told.get('hint') ?? undefined });
  } else if (!location.search && !fragment) {
    // From having signed out, or from nowhere.
    location.replace(TEAMS_TODAY_PATH);
  } else {
    await end('UnknownTenant');
  }
}

go()
  .catch((error: unknown) => end(error instanceof SignInFailure ? error.message : 'Unknown'))
  // Outside of Teams nobody waits for it; the page says so in a moment.
  .catch(() => undefined);
