import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, importJWK, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import * as v from 'valibot';
import { inPlainWords } from '../../contract/issues.ts';
import { key } from '../../contract/primitives.ts';
import { SettingsError } from '../settings.ts';
import { ProblemError } from '../http/problems.ts';
import { ENTRA_AUTHORITY, entraIssuers, memberNameIn } from './entra.ts';
import type { Issuer } from './issuer.ts';
import type { PersonOf } from './people.ts';
import { isSafe } from './safe-address.ts';

export type { Issuer };

/** Who a request comes from, according to a token. */
export interface Identity {
  readonly organisation: string;
  readonly person: string;
}

/** `quiet` where even the moment of a refusal may not be logged. */
export type Authenticate = (authorization: string | undefined, options?: { readonly quiet: boolean }) => Promise<Identity>;

/** Symmetric algorithms and `none` are never trusted: who can check such a token can also make it. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

const CLOCK_SKEW_SECONDS = 60;

const text = v.pipe(v.string(), v.minLength(1));

const issuerSchema = v.strictObject({
  organisation: text,
  issuer: text,
  audience: text,
  jwks: text,
  personClaim: v.optional(text, 'sub'),
  algorithms: v.optional(v.pipe(v.array(v.picklist(ALGORITHMS)), v.minLength(1)), [...ALGORITHMS]),
});

const guid = v.pipe(v.string(), v.uuid('Use the id as Entra shows it: 32 hexadecimal digits with hyphens between them.'), v.toLowerCase());

const entraSchema = v.strictObject({
  organisation: text,
  entra: v.strictObject({
    tenant: guid,
    clientId: guid,
    appIdUri: v.exactOptional(v.pipe(v.string(), v.startsWith('api://', 'It begins with api://'))),
    authority: v.optional(
      v.pipe(v.string(), v.check(isSafe, 'Use an address that begins with https://'), v.transform((address) => address.replace(/\/+$/, ''))),
      ENTRA_AUTHORITY,
    ),
  }),
});

const fileSchema = v.pipe(
  v.array(
    v.lazy((entry) => (typeof entry === 'object' && entry !== null && 'entra' in entry ? entraSchema : issuerSchema)),
  ),
  v.minLength(1, 'Name at least one issuer.'),
);

/**
 * Reads the list of trusted issuers: `[{ "organisation", "issuer", "audience", "jwks", "personClaim"?, "algorithms"? }]`,
 * where `jwks` is an https address, or a file beside the list; or, for a tenant of Microsoft Entra ID,
 * `{ "organisation", "entra": { "tenant", "clientId", "appIdUri"?, "authority"? } }`.
 * @throws SettingsError naming what is wrong and where
 */
export async function readIssuers(file: string): Promise<Issuer[]> {
  const parsed = v.safeParse(fileSchema, await readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new SettingsError(`ISSUERS_FILE: ${file}, at ${v.getDotPath(issue) ?? 'the top'}: ${inPlainWords(issue)}`);
  }
  const lists = await Promise.all(
    parsed.output.map(async (entry) => {
      if ('entra' in entry) return entraIssuers({ organisation: entry.organisation, ...entry.entra });
      const { jwks, ...issuer } = entry;
      return [{ ...issuer, keys: await keysFrom(jwks, file) }];
    }),
  );
  return lists.flat();
}

/**
 * Checks bearer tokens (RFC 6750) against the issuers: signature, issuer, audience, times, and the person's claim.
 * @param personOf finds the people of an Entra tenant in the roster
 */
export function authenticator(issuers: readonly Issuer[], log?: Pick<Logger, 'warn'>, personOf?: PersonOf): Authenticate {
  return async (authorization, options) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new ProblemError('signed-out');
    const claimed = claimedIssuer(token);
    const candidates = issuers.filter((candidate) => candidate.issuer === claimed);
    const refusals: Refusal[] = [];
    for (const issuer of candidates) {
      const identity = await verified(token, issuer, personOf);
      // Another of that name may still know the token.
      if ('refused' in identity) refusals.push(identity);
      else return identity;
    }
    // For who sets up a sign-in. Nothing of the token's owner; one that only grew old is every day's business.
    const reasons = candidates.length === 0 ? ['an issuer that is not trusted'] : refusals.map(({ refused }) => refused);
    if (!options?.quiet && !reasons.includes(errors.JWTExpired.code)) log?.warn({ reasons }, 'a token was refused');
    throw new ProblemError(refusals.some(({ unavailable }) => unavailable) ? 'unavailable' : 'signed-out');
  };
}

/** Why a token is not accepted, in a word for the log. */
interface Refusal {
  readonly refused: string;
  /** The keys to check it with could not be had. */
  readonly unavailable: boolean;
}

async function verified(token: string, issuer: Issuer, personOf: PersonOf | undefined): Promise<Identity | Refusal> {
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, issuer.keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: [...issuer.algorithms],
      clockTolerance: CLOCK_SKEW_SECONDS,
      requiredClaims: ['exp', issuer.personClaim],
    }));
  } catch (error) {
    const unavailable = keysAreMissing(error);
    if (error instanceof errors.JWTClaimValidationFailed) return { refused: `the claim ${error.claim}`, unavailable };
    return { refused: error instanceof errors.JOSEError ? error.code : 'the keys could not be had', unavailable };
  }
  const refused = issuer.refusal?.(payload);
  if (refused !== undefined) return { refused, unavailable: false };
  const { organisation, tenant } = issuer;
  const claimed = payload[issuer.personClaim];
  // What no database keeps as a key can be nobody's in the roster.
  if (!v.is(key, claimed)) return { refused: `no key of a person in the claim ${issuer.personClaim}`, unavailable: false };
  if (tenant === undefined || !personOf) return { organisation, person: claimed };
  return { organisation, person: await personOf({ organisation, tenant, oid: claimed, principalName: principalNameIn(payload, tenant) }) };
}

function principalNameIn(payload: JWTPayload, tenant: string): string | undefined {
  const name = memberNameIn(payload, tenant);
  return v.is(key, name) ? name : undefined;
}

/** Whether the keys could not be had: an address that does not answer, or answers with something else than keys. */
function keysAreMissing(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', errors.JOSEError.code].includes(error.code);
}

function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

async function keysFrom(place: string, listFile: string): Promise<JWTVerifyGetKey> {
  if (URL.canParse(place) && /^https?:$/.test(new URL(place).protocol)) {
    if (!isSafe(place)) throw new SettingsError(`ISSUERS_FILE: the keys at ${place} must be fetched over https.`);
    return createRemoteJWKSet(new URL(place));
  }
  const file = resolve(dirname(listFile), place);
  const keySet = (await readJson(file)) as JSONWebKeySet;
  try {
    const keys = createLocalJWKSet(keySet);
    // Each is tried now: a key that can't be read would otherwise show as people who can't sign in.
    await Promise.all(keySet.keys.map((key) => importJWK(key, key.alg ?? (key.kty === 'RSA' ? 'RS256' : undefined))));
    return keys;
  } catch {
    throw new SettingsError(`ISSUERS_FILE: ${file} is not a JSON Web Key Set, or holds a key that can't be read.`);
  }
}

async function readJson(file: string): Promise<unknown> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new SettingsError(`ISSUERS_FILE: ${file} ${missing ? 'does not exist' : "can't be read"}.`);
  });
  try {
    return JSON.parse(content);
  } catch {
    throw new SettingsError(`ISSUERS_FILE: ${file} is not valid JSON.`);
  }
}
