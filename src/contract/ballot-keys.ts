import * as v from 'valibot';
import { bytes, key, list } from './primitives.ts';

export const BALLOT_KEYS_PATH = '/.well-known/leerkring-ballot-keys';

/** The public half of an organisation's ballot key. */
export const ballotKeySchema = v.strictObject({
  /** ristretto255 element, RFC 9496. */
  publicKey: bytes(32),
  /** SHA-256 of the public key, base64url: what a snippet pins. */
  fingerprint: bytes(32),
});
export type BallotKey = v.InferOutput<typeof ballotKeySchema>;

export const ballotKeysSchema = v.strictObject({
  keys: list(v.strictObject({ organisation: key, ...ballotKeySchema.entries })),
});
export type BallotKeys = v.InferOutput<typeof ballotKeysSchema>;
