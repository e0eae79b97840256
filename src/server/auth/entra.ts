import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Issuer } from './issuer.ts';
import { isSafe } from './safe-address.ts';

/** A tenant of Microsoft Entra ID whose people may sign in, and the app that they sign in to. */
export interface EntraTenant {
  readonly organisation: string;
  /** Directory (tenant) id. */
  readonly tenant: string;
  /** Application (client) id. */
  readonly clientId: string;
  /** Such as `api://leerkring.example.org/` and the client id: what tokens of version 1.0 may be for. */
  readonly appIdUri?: string | undefined;
  /** Where keys and metadata are asked for. */
  readonly authority: string;
}

export const ENTRA_AUTHORITY = 'https://login.microsoftonline.com';

/** What a client asks a token for, and what an app of another kind has not. */
export const SCOPE = 'access_as_user';

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Milliseconds between two times that keys are fetched because a token names one that is not known. */
const COOLDOWN = 60_000;

/** And while none is known at all, and so nobody can be let in. */
const FIRST_COOLDOWN = 5_000;

/** Milliseconds that a key server has to answer. */
const PATIENCE = 5_000;

/** Milliseconds after which keys are fetched again although they are known: as long as Microsoft's own libraries keep them. */
const KEPT = 24 * 60 * 60_000;

/**
 * A tenant as two issuers, since what an app is registered for decides which version of token it gets (Microsoft identity
 * platform, access token claims reference). The issuer is put together from the tenant that is allowed, and never taken
 * from a token.
 */
export function entraIssuers({ organisation, tenant, clientId, appIdUri, authority }: EntraTenant): Issuer[] {
  const keys = keysOf(new URL(`${authority}/${tenant}/v2.0/.well-known/openid-configuration`), `${ENTRA_AUTHORITY}/${tenant}/v2.0`);
  const common = { organisation, keys, personClaim: 'oid', algorithms: ['RS256'], tenant, clientId };
  return [
    { ...common, issuer: `${ENTRA_AUTHORITY}/${tenant}/v2.0`, audience: [clientId], refusal: refusalOf(tenant, '2.0') },
    {
      ...common,
      issuer: `https://sts.windows.net/${tenant}/`,
      audience: [clientId, ...(appIdUri === undefined ? [] : [appIdUri])],
      refusal: refusalOf(tenant, '1.0'),
    },
  ];
}

/**
 * The name that somebody of the tenant signs in with: `upn` in version 1.0 and where an app asks for it, else
 * `preferred_username`. None for a guest, whose name is given out by somebody else: in version 2.0 it is the address at
 * home, which may be an employee's here. A guest's token says where they come from (`idp`), or that they are one (`acct`
 * 1, where an app asks for it), or has `#EXT#` in `upn` (Microsoft identity platform, optional claims reference).
 */
export function memberNameIn(payload: JWTPayload, tenant: string): unknown {
  const { idp, acct = 0 } = payload;
  const own = [`https://sts.windows.net/${tenant}/`, `${ENTRA_AUTHORITY}/${tenant}/v2.0`];
  if (idp !== undefined && !own.some((issuer) => issuer === idp)) return undefined;
  if (acct !== 0 && acct !== '0') return undefined;
  const name = payload['upn'] ?? payload['preferred_username'];
  return /#ext#/i.test(String(name)) ? undefined : name;
}

/** What is wrong with a token whose signature, issuer, audience and times are right, in a word for the log. */
function refusalOf(tenant: string, version: string) {
  return (payload: JWTPayload): string | undefined => {
    if (payload['ver'] !== version) return 'the claim ver';
    if (payload['tid'] !== tenant) return 'the claim tid';
    if (typeof payload['oid'] !== 'string' || !GUID.test(payload['oid'])) return 'the claim oid';
    // An app that acts on its own behalf has roles instead: nobody is there who could answer for anything.
    const scopes = typeof payload['scp'] === 'string' ? payload['scp'].split(' ') : [];
    return scopes.includes(SCOPE) ? undefined : 'the claim scp';
  };
}

/**
 * The keys that a metadata document points to (OpenID Connect Discovery 1.0 section 4). Those that are known are used at
 * once, whatever the key server does. A key that is not known has them fetched again, once a minute at most, whether that
 * succeeds or not.
 */
function keysOf(metadata: URL, issuer: string): JWTVerifyGetKey {
  let known: JWTVerifyGetKey | undefined;
  let fetchedAt = 0;
  let attemptedAt = -Infinity;
  let failure: Error | undefined;
  let fetching: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    attemptedAt = Date.now();
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const document = await fetchJson(metadata, signal);
      if (document['issuer'] !== issuer || typeof document['jwks_uri'] !== 'string') {
        throw new errors.JWKSInvalid('The metadata is not that of the tenant.');
      }
      if (!isSafe(document['jwks_uri'])) throw new errors.JWKSInvalid('The keys are not to be had over https.');
      known = createLocalJWKSet((await fetchJson(new URL(document['jwks_uri']), signal)) as unknown as JSONWebKeySet);
      fetchedAt = Date.now();
      failure = undefined;
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  /** @returns nothing when they were asked for a moment ago; all that wait, wait for the same */
  function fetchAgain(pause: number): Promise<void> | undefined {
    if (!fetching && Date.now() - attemptedAt < pause) return undefined;
    fetching ??= fetchKeys().finally(() => { fetching = undefined; });
    return fetching;
  }

  return async (header, token) => {
    if (!known) await fetchAgain(FIRST_COOLDOWN);
    else if (Date.now() - fetchedAt >= KEPT) void fetchAgain(COOLDOWN);
    if (!known) throw failure ?? new errors.JWKSInvalid('No keys are known.');
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await fetchAgain(COOLDOWN);
      // Where they could not be had the token may be a good one.
      if (failure !== undefined) throw failure;
      return known(header, token);
    }
  };
}

async function fetchJson(address: URL, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(address, { redirect: 'error', signal });
  const body: unknown = response.ok ? await response.json() : undefined;
  if (typeof body !== 'object' || body === null) throw new errors.JWKSInvalid('The key server answers with something else than keys.');
  return body as Readonly<Record<string, unknown>>;
}
