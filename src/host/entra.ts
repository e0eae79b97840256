import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
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
export class SignInFailure extends Error {}

/** Milliseconds before its end from which a token counts as old: it has to arrive as well. */
const MARGIN = 60_000;

/** Milliseconds that Entra has to answer. */
const PATIENCE = 15_000;

const ASKED = 'leerkring-sign-in';
const SIGNED_IN = 'leerkring-signed-in';

/**
 * Goes to Entra, which comes back to `redirect`.
 * @param how whose name is filled in already; and whether the code is to be redeemed where the window is now, and without
 *   a word from Entra
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
    ...(redeem?.silent ? { prompt: 'none' } : {}),
  }).toString();
  location.replace(address);
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
 * @returns nothing where nobody signed in, or Entra does not know any more who that was
 * @throws SignInFailure
 * @throws TypeError when Entra could not be reached
 */
export async function signedInWithEntra(redirect: string): Promise<TokenProvider | undefined> {
  const asked = taken();
  if (asked?.redeem && asked.answer !== undefined) {
    forgetEntra();
    let code: URLSearchParams;
    try {
      code = codeIn(asked, asked.answer);
    } catch (error) {
      if (asked.redeem.silent) return undefined;
      throw error;
    }
    const { app } = asked;
    const tokens = await redeemed(app, code, redirect, asked.redeem.verifier);
    keep(SIGNED_IN, app);
    return providerOf(app, tokens);
  }
  const app = kept(SIGNED_IN) as EntraApp | undefined;
  if (!app) return undefined;
  await goToEntra(app, redirect, { redeem: { silent: true } });
  // This page is left.
  return new Promise(() => undefined);
}

/** Has the next page ask for a sign-in. Entra itself goes on knowing who somebody is, as all that they use it for does. */
export function forgetEntra(): void {
  sessionStorage.removeItem(SIGNED_IN);
}

const serverOf = ({ authority }: EntraApp) => ({ issuer: `${authority}/v2.0`, token_endpoint: `${authority}/oauth2/v2.0/token` });

const clientOf = ({ client }: EntraApp) => ({ client_id: client });

const bounded = () => ({ signal: AbortSignal.timeout(PATIENCE) });

function codeIn(asked: Asked | undefined, answer: string): URLSearchParams {
  const parameters = new URLSearchParams(answer);
  if (parameters.get('state') !== asked?.state) throw new SignInFailure('StateDiffers');
  if (!parameters.has('error') && !parameters.has('code')) throw new SignInFailure('NoAnswer');
  try {
    return validateAuthResponse(serverOf(asked.app), clientOf(asked.app), parameters, asked.state);
  } catch (error) {
    throw new SignInFailure(wordFor(error));
  }
}

async function redeemed(app: EntraApp, code: URLSearchParams, redirect: string, verifier: string): Promise<TokenEndpointResponse> {
  const server = serverOf(app);
  const client = clientOf(app);
  try {
    const response = await authorizationCodeGrantRequest(server, client, None(), code, redirect, verifier, bounded());
    return await processAuthorizationCodeResponse(server, client, response);
  } catch (error) {
    if (isAnswer(error)) throw new SignInFailure(wordFor(error));
    throw error;
  }
}

function providerOf(app: EntraApp, first: TokenEndpointResponse): TokenProvider {
  let tokens = first;
  let until = endOf(first);
  let renewing: Promise<string | undefined> | undefined;

  async function renew(): Promise<string | undefined> {
    const { refresh_token: refresh } = tokens;
    if (refresh === undefined) return undefined;
    const server = serverOf(app);
    const client = clientOf(app);
    try {
      const response = await refreshTokenGrantRequest(server, client, None(), refresh, bounded());
      tokens = { refresh_token: refresh, ...(await processRefreshTokenResponse(server, client, response)) };
    } catch (error) {
      // Entra wants to see the person again. Without a network there is nothing to know.
      if (isAnswer(error)) return undefined;
      throw error;
    }
    until = endOf(tokens);
    return tokens.access_token;
  }

  return async (options) => {
    if (!options?.fresh && Date.now() < until) return tokens.access_token;
    return (renewing ??= renew().finally(() => { renewing = undefined; }));
  };
}

const endOf = ({ expires_in: seconds = 0 }: TokenEndpointResponse) => Date.now() + seconds * 1000 - MARGIN;

/** Whether Entra answered, and with something else than tokens. */
const isAnswer = (error: unknown) => error instanceof ResponseBodyError || error instanceof OperationProcessingError;

function wordFor(error: unknown): string {
  const { error: kind, error_description: description = '' } = error as Partial<AuthorizationResponseError>;
  // Entra's own number says more than the kind of error does.
  const [number] = /AADSTS\d+/.exec(description) ?? [];
  return [kind ?? 'NoAnswer', number].filter((part) => part !== undefined).join(' ');
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
