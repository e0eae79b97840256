import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The client's half of RFC 9497 in POPRF mode, ristretto255-SHA512. The one place in the browser that knows the
 * cryptography, fetched only once it is needed.
 */

export interface Blinding {
  /** 32 bytes, kept secret. */
  readonly blind: Uint8Array;
  /** 32 bytes, for the server. */
  readonly blinded: Uint8Array;
  /** 32 bytes: the server's public key for this scope. */
  readonly tweakedKey: Uint8Array;
}

/**
 * `Blind` of RFC 9497 section 3.3.3. The same seed gives the same blinding, so that after a reload the paper is asked
 * for with the same element.
 * @param seed 48 random bytes
 * @throws when the public key is no valid element
 */
export function blind(nonce: Uint8Array, publicKey: Uint8Array, info: Uint8Array, seed: Uint8Array): Blinding {
  return ristretto255_oprf.poprf(info).blind(nonce, publicKey, () => Uint8Array.from(seed));
}

/**
 * `Finalize` of RFC 9497 section 3.3.3: verifies the proof against the key, then gives the output, 64 bytes.
 * @throws when the proof does not hold: another key answered than the one that was published
 */
export function finalize(
  nonce: Uint8Array,
  blinding: Blinding,
  info: Uint8Array,
  paper: { readonly evaluated: Uint8Array; readonly proof: Uint8Array },
): Uint8Array {
  return ristretto255_oprf
    .poprf(info)
    .finalize(nonce, blinding.blind, paper.evaluated, blinding.blinded, paper.proof, blinding.tweakedKey);
}

/** SHA-256 of a public key, 32 bytes. By hand too: `crypto.subtle` is absent on a plain-HTTP intranet. */
export function fingerprint(publicKey: Uint8Array): Uint8Array {
  return sha256(publicKey);
}
