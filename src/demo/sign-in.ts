import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Issuer } from '../server/auth/issuers.ts';

/** Signing in as anybody of the demo. */
export interface DemoSignIn {
  /** To be trusted by the demo's own server, and by no other. */
  readonly issuer: Issuer;
  /**
   * A bearer token for one person of the demo, valid for five minutes.
   * @param person the person's id in the roster
   * @throws RangeError when the demo has no such person
   */
  readonly tokenFor: (person: string) => Promise<string>;
}

const ISSUER = 'urn:leerkring:demo';
const ALGORITHM = 'ES256';
const LIFETIME_SECONDS = 300;

/**
 * Makes the demo's sign-in with a key pair of this process alone: it is kept nowhere, so a token is worth nothing to
 * another server, or to this one after a restart.
 * @param audience the server's public address
 * @param people the ids of those that one can be
 */
export async function makeSignIn(
  organisation: string,
  audience: string,
  people: ReadonlySet<string>,
): Promise<DemoSignIn> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const publicJwk = await exportJWK(publicKey);
  return {
    issuer: {
      organisation,
      issuer: ISSUER,
      audience,
      keys: createLocalJWKSet({ keys: [{ ...publicJwk, alg: ALGORITHM, use: 'sig' }] }),
      personClaim: 'sub',
      algorithms: [ALGORITHM],
    },
    async tokenFor(person) {
      if (!people.has(person)) throw new RangeError('The demo has no such person.');
      const seconds = Math.floor(Date.now() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setSubject(person)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + LIFETIME_SECONDS)
        .sign(privateKey);
    },
  };
}
