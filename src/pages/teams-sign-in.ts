/**
 * The window in which somebody signs in with Microsoft Entra itself, when Teams could not finish that: consent, or another
 * factor. It goes to Entra and comes back here (OAuth 2.0 authorization code with PKCE, RFC 7636). Nobody redeems the code
 * that Entra hands over, and nobody can, since the verifier is thrown away: what counts is that Entra has asked, after
 * which Teams gets a token by itself. It comes after the #, which reaches no server.
 */
const KEY = 'leerkring-sign-in';
const answer = new URLSearchParams(location.hash.slice(1));
const { authorize, client, scope } = document.body.dataset;

/** @param failure in a word for whoever has to look into it */
async function end(failure?: string): Promise<void> {
  const { answerTab } = await import('../host/teams/window.ts');
  await answerTab(failure);
}

const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)));

/** Base64url (RFC 4648 section 5). */
function encoded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

async function begin(authorize: string, client: string, scope: string): Promise<void> {
  const state = random();
  try {
    sessionStorage.setItem(KEY, state);
  } catch {
    return end('StorageRefused');
  }
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(random()));
  const address = new URL(authorize);
  address.search = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    response_mode: 'fragment',
    redirect_uri: location.origin + location.pathname,
    scope,
    state,
    code_challenge: encoded(new Uint8Array(challenge)),
    code_challenge_method: 'S256',
    ...(answer.get('hint') ? { login_hint: answer.get('hint') ?? '' } : {}),
  }).toString();
  location.replace(address);
}

async function comeBack(state: string): Promise<void> {
  history.replaceState(null, '', location.pathname + location.search);
  const expected = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (state !== expected) return end('StateDiffers');
  const error = answer.get('error');
  if (error === null) return answer.has('code') ? end() : end('NoAnswer');
  // Entra's own number says more than the kind of error does.
  const [number] = /AADSTS\d+/.exec(answer.get('error_description') ?? '') ?? [];
  return end([error, number].filter((part) => part !== undefined).join(' '));
}

async function go(): Promise<void> {
  const state = answer.get('state');
  if (state !== null) await comeBack(state);
  else if (authorize !== undefined && client !== undefined && scope !== undefined) await begin(authorize, client, scope);
  else await end('UnknownTenant');
}

// Outside of Teams nobody waits for it; the page says what it is for.
go().catch(() => undefined);
