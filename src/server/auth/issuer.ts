import type { JWTPayload, JWTVerifyGetKey } from 'jose';

/** Somebody whose tokens are trusted, for one organisation. */
export interface Issuer {
  readonly organisation: string;
  readonly issuer: string;
  readonly audience: string | string[];
  readonly keys: JWTVerifyGetKey;
  /** Which claim is the person's key in the roster. */
  readonly personClaim: string;
  readonly algorithms: readonly string[];
  /** What else is wrong with a token, in a word for the log. */
  readonly refusal?: (payload: JWTPayload) => string | undefined;
  /** The Entra tenant whose people it signs in: the roster may know them by the name that they sign in with. */
  readonly tenant?: string;
  /** The app that they sign in to there. */
  readonly clientId?: string;
}
