import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  clockTolerance,
  generateRandomCodeVerifier,
  generateRandomState,
  getValidatedIdTokenClaims,
  None,
  OperationProcessingError,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  ResponseBodyError,
  validateAuthResponse,
  type AuthorizationResponseError,
  type TokenEndpointResponse,
} from 'oauth4webapi';
import type { TokenProvider } from './port.ts';

/** Signing in with Microsoft Entra itself (OAuth 2.0 authorization code with PKCE, RFC 7636). */

/** The app that people of a tenant sign in to. */
export interface EntraApp {
  /** Such as `https://login.microsoftonline.com/` and the tenant's id. */
  readonly authority: string;
  readonly client: string;
  readonly scope: string;
}

/** What is remembered in this window of somebody who signed in. */
interface Remembered {
  readonly client: string;
  /** The name that Entra knows them by, so that it need not ask which of several accounts is meant. */
  readonly hint?: string;
}

/** What is remembered in this window while the person is at Entra. */
interface Asked {
  readonly app: EntraApp;
  readonly state: string;
  /** What the code is redeemed with, at the address that is gone back to; without it nobody can. */
  readonly redeem?: { readonly verifier: string; readonly back: string; readonly silent: boolean };
  /** What Entra answered, after the # of the address. */
  readonly answer?: string;
}

/** Signing in failed; the message is a word for whoever has to look into it. */
export class SignInFailure extends Error {
  /** @param error what Entra called it, if it was Entra that failed it */
  constructor(
    word: string,
    readonly error?: string,
  ) {
    super(word);
  }
}

/** Somebody who is signed in, for as long as the page is there. */
export interface SignedIn {
  readonly app: EntraApp;
  readonly token: TokenProvider;
  /** Whether Entra wants to see the person again before it gives another token. */
  readonly ended: boolean;
  /** Forgets all tokens. */
  end(): void;
}

/** Milliseconds before its end from which a token counts as old: it has to arrive as well. */
const MARGIN = 60_000;

/** Milliseconds after a renewal in which who asks for a fresh token is given that one: several may ask, one after the other. */
const FRESH = 5_000;

/** Milliseconds that Entra has to answer. */
const PATIENCE = 15_000;

/** What Entra says where only the person can go on (OpenID Connect Core 1.0 section 3.1.2.6, RFC 6749 section 5.2). */
const NEEDS_PERSON = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required', 'invalid_grant'];

const ASKED = 'leerkring-sign-in';
const SIGNED_IN = 'leerkring-signed-in';

/**
 * Goes to Entra, which comes back to `redirect`.
 * @param how whose name is filled in already; and whether the code is to be redeemed where the window is now, without a
 *   word from Entra or by an account that the person chooses
 * @throws SignInFailure where the browser keeps nothing
 */
export async function goToEntra(
  app: EntraApp,
  redirect: string,
  how: { readonly hint?: string | undefined; readonly redeem?: { readonly silent: boolean } } = {},
): Promise<void> {
  const verifier = generateRandomCodeVerifier();
  const state = generateRandomState();
  const { hint, redeem } = how;
  keep(ASKED, { app, state, ...(redeem && { redeem: { verifier, back: location.href, silent: redeem.silent } }) } satisfies Asked);
  const address = new URL(`${app.authority}/oauth2/v2.0/authorize`);
  address.search = new URLSearchParams({
    client_id: app.client,
    response_type: 'code',
    response_mode: 'fragment',
    redirect_uri: redirect,
    scope: app.scope,
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(hint ? { login_hint: hint } : {}),
    ...(redeem ? { prompt: redeem.silent ? 'none' : 'select_account' } : {}),
  }).toString();
  // Whoever has second thoughts finds the page again.
  if (redeem?.silent === false) location.assign(address);
  else location.replace(address);
}

/**
 * At the address that Entra comes back to.
 * @param answer what stands after the #
 * @returns where the code is redeemed, which is gone to; nothing when it is enough that Entra has asked
 * @throws SignInFailure when Entra said no, or it is no answer to what was asked in this window
 */
export function returnFromEntra(answer: string): string | undefined {
  const asked = taken();
  if (asked?.redeem) {
    keep(ASKED, { ...asked, answer } satisfies Asked);
    return asked.redeem.back;
  }
  codeIn(asked, answer);
  return undefined;
}

/**
 * What signing in came to, where it is redeemed. Tokens stay in the page's memory: with the page they are gone, and a
 * page that is opened next asks Entra again, which knows who that is without asking the person.
 * @param redirect where Entra came back to
 * @param apps that one can sign in to here
 * @returns nothing where nobody signed in, or Entra does not know any more who that was
 * @throws SignInFailure
 */
export async function signedInWithEntra(redirect: string, apps: readonly EntraApp[]): Promise<SignedIn | undefined> {
  const asked = taken();
  if (asked?.redeem && asked.answer !== undefined) {
    forgetEntra();
    let code: URLSearchParams;
    try {
      code = codeIn(asked, asked.answer);
    } catch (error) {
      if (asked.redeem.silent && needsPerson(error)) return undefined;
      throw error;
    }
    const { app } = asked;
    const tokens = await redeemed(app, code, redirect, asked.redeem.verifier);
    const name = getValidatedIdTokenClaims(tokens)?.['preferred_username'];
    keep(SIGNED_IN, { client: app.client, ...(typeof name === 'string' && { hint: name }) } satisfies Remembered);
    return signedIn(app, tokens);
  }
  const remembered = kept(SIGNED_IN) as Remembered | undefined;
  // Until it succeeds again: where Entra has a page of its own to show, the next attempt is the person's.
  forgetEntra();
  const app = apps.find(({ client }) => client === remembered?.client);
  if (!app) return undefined;
  await goToEntra(app, redirect, { hint: remembered?.hint, redeem: { silent: true } });
  // This page is left.
  return new Promise(() => undefined);
}

/** Has the next page ask for a sign-in. */
export function forgetEntra(): void {
  try {
    sessionStorage.removeItem(SIGNED_IN);
  } catch {
    // What a browser refuses to keep is not there.
  }
}

/**
 * Signs out at Entra too, and so of all that somebody uses it for in this browser: the next to sit here is not let in.
 * @param redirect where Entra comes back to, with nothing after the #
 */
export function leaveEntra({ authority }: EntraApp, redirect: string): void {
  forgetEntra();
  const address = new URL(`${authority}/oauth2/v2.0/logout`);
  address.searchParams.set('post_logout_redirect_uri', redirect);
  location.replace(address);
}

const serverOf = ({ authority }: EntraApp) => ({ issuer: `${authority}/v2.0`, token_endpoint: `${authority}/oauth2/v2.0/token` });

/** What Entra says of who it was is only a hint, and a computer's clock may be wrong. */
const clientOf = ({ client }: EntraApp) => ({ client_id: client, [clockTolerance]: 86_400 });

const bounded = () => ({ signal: AbortSignal.timeout(PATIENCE) });

function codeIn(asked: Asked | undefined, answer: string): URLSearchParams {
  const parameters = new URLSearchParams(answer);
  if (parameters.get('state') !== asked?.state) throw new SignInFailure('StateDiffers');
  if (!parameters.has('error') && !parameters.has('code')) throw new SignInFailure('NoAnswer');
  try {
    return validateAuthResponse(serverOf(asked.app), clientOf(asked.app), parameters, asked.state);
  } catch (error) {
    throw refused(error);
  }
}

async function redeemed(app: EntraApp, code: URLSearchParams, redirect: string, verifier: string): Promise<TokenEndpointResponse> {
  const server = serverOf(app);
  const client = clientOf(app);
  try {
    const response = await authorizationCodeGrantRequest(server, client, None(), code, redirect, verifier, bounded());
    return await processAuthorizationCodeResponse(server, client, response);
  } catch (error) {
    if (error instanceof ResponseBodyError) throw refused(error);
    throw new SignInFailure(error instanceof OperationProcessingError ? 'NoTokens' : 'EntraUnreachable');
  }
}

function signedIn(app: EntraApp, first: TokenEndpointResponse): SignedIn {
  let tokens: TokenEndpointResponse | undefined = first;
  let until = endOf(first);
  let ended = false;
  let renewedAt = -Infinity;
  let renewing: Promise<string | undefined> | undefined;

  async function renew(): Promise<string | undefined> {
    const refresh = tokens?.refresh_token;
    if (refresh === undefined) {
      ended = tokens !== undefined;
      return undefined;
    }
    const server = serverOf(app);
    const client = clientOf(app);
    try {
      const response = await refreshTokenGrantRequest(server, client, None(), refresh, bounded());
      tokens = { refresh_token: refresh, ...(await processRefreshTokenResponse(server, client, response)) };
    } catch (error) {
      // Everything else may be better in a moment: elements try again.
      if (!(error instanceof ResponseBodyError && needsPerson(error))) throw error;
      ended = true;
      return undefined;
    }
    renewedAt = Date.now();
    until = endOf(tokens);
    return tokens.access_token;
  }

  return {
    app,
    async token(options) {
      const now = Date.now();
      if (now < until && (!options?.fresh || now - renewedAt < FRESH)) return tokens?.access_token;
      return (renewing ??= renew().finally(() => { renewing = undefined; }));
    },
    get ended() {
      return ended;
    },
    end() {
      tokens = undefined;
    },
  };
}

const endOf = ({ expires_in: seconds = 0 }: TokenEndpointResponse) => Date.now() + seconds * 1000 - MARGIN;

function needsPerson(error: unknown): boolean {
  return NEEDS_PERSON.includes((error as { readonly error?: string }).error ?? '');
}

function refused(error: unknown): SignInFailure {
  const { error: kind, error_description: description = '' } = error as Partial<AuthorizationResponseError>;
  // Entra's own number says more than the kind of error does.
  const [number] = /AADSTS\d+/.exec(description) ?? [];
  return new SignInFailure([kind ?? 'NoAnswer', number].filter((part) => part !== undefined).join(' '), kind);
}

function keep(key: string, what: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(what));
  } catch {
    throw new SignInFailure('StorageRefused');
  }
}

function kept(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function taken(): Asked | undefined {
  const asked = kept(ASKED) as Asked | undefined;
  if (asked) sessionStorage.removeItem(ASKED);
  return asked;
}
