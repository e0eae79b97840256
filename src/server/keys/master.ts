import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What a wrapped key is for. It is bound into the wrapping, so that one can't be passed off as another. */
export type KeyPurpose = 'ballot key' | 'round box' | 'author key';

const VERSION = 1;
const IV = 12;
const TAG = 16;

/**
 * What the master secret is used for: wrapping the keys that lie in the database (AES-256-GCM, NIST SP 800-38D), under
 * a key derived from it by HKDF-SHA-256 (RFC 5869).
 */
export interface Master {
  wrap(purpose: KeyPurpose, owner: string, key: Uint8Array): Uint8Array;
  /** @throws Error when the key was wrapped by another master secret, for another purpose or owner, or was damaged */
  unwrap(purpose: KeyPurpose, owner: string, wrapped: Uint8Array): Uint8Array;
  /** A name for something that says nothing about it to who has not the secret, base64url: of a draft, or of a text. */
  pseudonym(...parts: readonly string[]): string;
}

/** A new master secret: 32 random bytes, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function masterOf(secret: string): Master {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', secret, 'leerkring', use, 32));
  const wrapping = derive('wrapping keys v1');
  const naming = derive('naming drafts v1');
  return {
    wrap(purpose, owner, key) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', wrapping, iv).setAAD(boundTo(purpose, owner));
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    },
    unwrap(purpose, owner, wrapped) {
      if (wrapped[0] !== VERSION) throw new Error(`The ${purpose} was wrapped in a way that this version does not know.`);
      const decipher = createDecipheriv('aes-256-gcm', wrapping, wrapped.subarray(1, 1 + IV), { authTagLength: TAG })
        .setAAD(boundTo(purpose, owner))
        .setAuthTag(wrapped.subarray(-TAG));
      try {
        return Buffer.concat([decipher.update(wrapped.subarray(1 + IV, -TAG)), decipher.final()]);
      } catch {
        throw new Error(`The ${purpose} does not open with this master secret. Is LEERKRING_SECRET the one it was made with?`);
      }
    },
    pseudonym(...parts) {
      return createHmac('sha256', naming).update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
    },
  };
}

function boundTo(purpose: KeyPurpose, owner: string): Uint8Array {
  return Buffer.from(JSON.stringify([purpose, owner]));
}
