import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import * as v from 'valibot';
import { SettingsError } from '../settings.ts';
import { ProblemError } from '../http/problems.ts';

/** Somebody whose tokens are trusted, for one organisation. */
export interface Issuer {
  readonly organisation: string;
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  /** Which claim is the person's key in the roster. */
  readonly personClaim: string;
  readonly algorithms: readonly string[];
}

/** Who a request comes from, according to a token. */
export interface Identity {
  readonly organisation: string;
  readonly person: string;
}

export type Authenticate = (authorization: string | undefined) => Promise<Identity>;

/** Symmetric algorithms and `none` are never trusted: who can check such a token can also make it. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

const CLOCK_SKEW_SECONDS = 60;

const text = v.pipe(v.string(), v.minLength(1));

const fileSchema = v.pipe(
  v.array(
    v.strictObject({
      organisation: text,
      issuer: text,
      audience: text,
      jwks: text,
      personClaim: v.optional(text, 'sub'),
      algorithms: v.optional(v.pipe(v.array(v.picklist(ALGORITHMS)), v.minLength(1)), [...ALGORITHMS]),
    }),
  ),
  v.minLength(1),
);

/**
 * Reads the list of trusted issuers: `[{ "organisation", "issuer", "audience", "jwks", "personClaim"?, "algorithms"? }]`,
 * where `jwks` is an https address, or a file beside the list.
 * @throws SettingsError naming what is wrong and where
 */
export async function readIssuers(file: string): Promise<Issuer[]> {
  const parsed = v.safeParse(fileSchema, await readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new SettingsError(`ISSUERS_FILE: ${file}, at ${v.getDotPath(issue) ?? 'the top'}: ${issue.message}.`);
  }
  return Promise.all(
    parsed.output.map(async ({ jwks, ...issuer }) => ({ ...issuer, keys: await keysFrom(jwks, file) })),
  );
}

/** Checks bearer tokens (RFC 6750) against the issuers: signature, issuer, audience, times, and the person's claim. */
export function authenticator(issuers: readonly Issuer[]): Authenticate {
  return async (authorization) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new ProblemError('signed-out');
    const claimed = claimedIssuer(token);
    let unavailable = false;
    for (const issuer of issuers.filter((candidate) => candidate.issuer === claimed)) {
      const identity = await verified(token, issuer);
      // Another of that name may still know the token.
      if (identity === 'unavailable') unavailable = true;
      else if (identity) return identity;
    }
    throw new ProblemError(unavailable ? 'unavailable' : 'signed-out');
  };
}

async function verified(token: string, issuer: Issuer): Promise<Identity | 'unavailable' | undefined> {
  try {
    const { payload } = await jwtVerify(token, issuer.keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: [...issuer.algorithms],
      clockTolerance: CLOCK_SKEW_SECONDS,
      requiredClaims: ['exp', issuer.personClaim],
    });
    const person = payload[issuer.personClaim];
    return typeof person === 'string' && person !== '' ? { organisation: issuer.organisation, person } : undefined;
  } catch (error) {
    return keysAreMissing(error) ? 'unavailable' : undefined;
  }
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
    const address = new URL(place);
    if (address.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)) {
      throw new SettingsError(`ISSUERS_FILE: the keys at ${place} must be fetched over https.`);
    }
    return createRemoteJWKSet(address);
  }
  const file = resolve(dirname(listFile), place);
  try {
    return createLocalJWKSet((await readJson(file)) as JSONWebKeySet);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError(`ISSUERS_FILE: ${file} is not a JSON Web Key Set.`);
  }
}

async function readJson(file: string): Promise<unknown> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new SettingsError(`ISSUERS_FILE: ${file} can't be read.`);
  });
  try {
    return JSON.parse(content);
  } catch {
    throw new SettingsError(`ISSUERS_FILE: ${file} is not valid JSON.`);
  }
}
