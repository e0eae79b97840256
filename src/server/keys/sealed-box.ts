import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

/**
 * A ballot is padded to the least of these lengths in bytes that holds it, so that its length tells little: without a
 * comment nearly all are of the first, and the last holds the longest comment in any script.
 */
export const SEALED_LENGTHS = [512, 2048, 8192, 16_384] as const;

/** A fresh key for the box of one round. */
export function newBoxKey(): Uint8Array {
  return randomBytes(32);
}

/**
 * Seals a ballot's answers (AES-256-GCM), which may not end in a space. The team is bound in, so that a ballot can't be moved to another team's pile.
 * @throws RangeError when the answers are longer than the longest length
 */
export function seal(boxKey: Uint8Array, team: string, answers: string): Uint8Array {
  const text = Buffer.from(answers);
  const length = SEALED_LENGTHS.find((candidate) => candidate >= text.length);
  if (length === undefined) throw new RangeError('The answers are too long for the box.');
  const padded = Buffer.concat([text, Buffer.alloc(length - text.length, ' ')]);
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', boxKey, iv).setAAD(Buffer.from(team));
  return Buffer.concat([iv, cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the ballot was sealed under another key or for another team, or was damaged */
export function unseal(boxKey: Uint8Array, team: string, sealed: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-gcm', boxKey, sealed.subarray(0, IV), { authTagLength: TAG })
    .setAAD(Buffer.from(team))
    .setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]).toString().trimEnd();
}
