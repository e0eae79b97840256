import { createHash } from 'node:crypto';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import type { BallotKey, BallotKeys } from '../../contract/ballot-keys.ts';
import type { Database } from '../store/tables.ts';
import { toBase64url } from './base64url.ts';
import type { Master } from './master.ts';

/** Makes an organisation's ballot key pair, once: it serves every round, so that nobody can be tagged by a key. */
export async function makeBallotKey(database: Database, master: Master, organisation: string): Promise<void> {
  // The key pair does not depend on the info; RFC 9497 has one key for all.
  const { publicKey, secretKey } = ristretto255_oprf.poprf(new Uint8Array()).generateKeyPair();
  await database
    .insertInto('ballot_key')
    .values({ organisation, public_key: publicKey, secret_key: master.wrap('ballot key', organisation, secretKey) })
    .execute();
}

/** The public half, with the fingerprint that a snippet may pin. */
export function publicBallotKey(publicKey: Uint8Array): BallotKey {
  return {
    publicKey: toBase64url(publicKey),
    fingerprint: createHash('sha256').update(publicKey).digest('base64url'),
  };
}

/** Every organisation's public ballot key, for the well-known address. */
export async function publishedKeys(database: Database): Promise<BallotKeys> {
  const keys = await database.selectFrom('ballot_key').select(['organisation', 'public_key']).orderBy('organisation').execute();
  return { keys: keys.map((key) => ({ organisation: key.organisation, ...publicBallotKey(key.public_key) })) };
}
