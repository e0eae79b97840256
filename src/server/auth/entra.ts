import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Issuer } from './issuer.ts';

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

/** Milliseconds after which keys are fetched again although they are known: as long as Microsoft's own libraries keep them. */
const KEPT = 24 * 60 * 60_000;

/**
 * A tenant as two issuers, since what an app is registered for decides which version of token it gets (Microsoft identity
 * platform, access token claims reference). The issuer is put together from the tenant that is allowed, and never taken
 * from a token.
 */
export function entraIssuers({ organisation, tenant, clientId, appIdUri, authority }: EntraTenant): Issuer[] {
  const keys = keysOf(new URL(`${authority}/${tenant}/v2.0/.well-known/openid-configuration`), `${ENTRA_AUTHORITY}/${tenant}/v2.0`);
  const common = { organisation, keys, personClaim: 'oid', algorithms: ['RS256'], tenant };
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
 * The keys that a metadata document points to (OpenID Connect Discovery 1.0 section 4). A key that is not known has them
 * fetched again, once a minute at most; when that can't be done, those that are known go on working.
 */
function keysOf(metadata: URL, issuer: string): JWTVerifyGetKey {
  let remote: ReturnType<typeof createRemoteJWKSet> | undefined;
  let finding: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const find = async () => {
    const response = await fetch(metadata, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
    const document = response.ok ? ((await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown }) : {};
    if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') {
      throw new errors.JWKSInvalid('The metadata is not that of the tenant.');
    }
    return createRemoteJWKSet(new URL(document.jwks_uri), { cooldownDuration: COOLDOWN, cacheMaxAge: KEPT });
  };
  return async (header, token) => {
    if (!remote) {
      // Asked for once by all that wait, and again by the next one after a failure.
      finding ??= find().finally(() => { finding = undefined; });
      remote = await finding;
    }
    try {
      return await remote(header, token);
    } catch (error) {
      const known = remote.jwks();
      if (error instanceof errors.JWKSNoMatchingKey || !known) throw error;
      return createLocalJWKSet(known)(header, token);
    }
  };
}
