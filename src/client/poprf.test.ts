import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { blind, finalize, fingerprint } from './poprf.ts';

// RFC 9497, appendix A.1.3: ristretto255-SHA512, POPRF mode. The third vector is of a batch, which is never made here;
// its blinds are, one by one.
const SECRET_KEY = hex('145c79c108538421ac164ecbe131942136d5570b16d8bf41a24d4337da981e07');
const PUBLIC_KEY = hex('c647bef38497bc6ec077c22af65b696efa43bff3b4a1975a3e8e0a1c5a79d631');
const INFO = hex('7465737420696e666f');
const BLIND = '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706';
const OTHER_BLIND = '222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e';
const VECTORS = [
  {
    input: '00',
    blinded: 'c8713aa89241d6989ac142f22dba30596db635c772cbf25021fdd8f3d461f715',
    evaluated: '1a4b860d808ff19624731e67b5eff20ceb2df3c3c03b906f5693e2078450d874',
    proof:
      '41ad1a291aa02c80b0915fbfbb0c0afa15a57e2970067a602ddb9e8fd6b7100de32e1ecff943a36f0b10e3dae6bd266cdeb8adf825d86ef27dbc6c0e30c52206',
    output:
      'ca688351e88afb1d841fde4401c79efebb2eb75e7998fa9737bd5a82a152406d38bd29f680504e54fd4587eddcf2f37a2617ac2fbd2993f7bdf45442ace7d221',
  },
  {
    input: '5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a',
    blinded: 'f0f0b209dd4d5f1844dac679acc7761b91a2e704879656cb7c201e82a99ab07d',
    evaluated: '8c3c9d064c334c6991e99f286ea2301d1bde170b54003fb9c44c6d7bd6fc1540',
    proof:
      '4c39992d55ffba38232cdac88fe583af8a85441fefd7d1d4a8d0394cd1de77018bf135c174f20281b3341ab1f453fe72b0293a7398703384bed822bfdeec8908',
    output:
      '7c6557b276a137922a0bcfc2aa2b35dd78322bd500235eb6d6b6f91bc5b56a52de2d65612d503236b321f5d0bebcbc52b64b92e426f29c9b8b69f52de98ae507',
  },
] as const;

describe('the client’s half of RFC 9497', () => {
  for (const [index, vector] of VECTORS.entries()) {
    it(`agrees with vector ${index + 1} of appendix A.1.3`, () => {
      const blinding = blind(hex(vector.input), PUBLIC_KEY, INFO, seedOf(BLIND));
      assert.equal(text(blinding.blind), BLIND);
      assert.equal(text(blinding.blinded), vector.blinded);
      const output = finalize(hex(vector.input), blinding, INFO, {
        evaluated: hex(vector.evaluated),
        proof: hex(vector.proof),
      });
      assert.equal(text(output), vector.output);
    });
  }

  it('agrees with the second blind of vector 3', () => {
    const { blinded } = blind(hex(VECTORS[1].input), PUBLIC_KEY, INFO, seedOf(OTHER_BLIND));
    assert.equal(text(blinded), '423a01c072e06eb1cce96d23acce06e1ea64a609d7ec9e9023f3049f2d64e50c');
  });

  it('gives the same blinding for the same seed, so that a reload asks for the same paper', () => {
    const seed = crypto.getRandomValues(new Uint8Array(48));
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    assert.deepEqual(blind(nonce, PUBLIC_KEY, INFO, seed), blind(nonce, PUBLIC_KEY, INFO, seed));
  });

  it('refuses an answer under another key, for another scope, or with a proof that was touched', () => {
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    const blinding = blind(nonce, PUBLIC_KEY, INFO, crypto.getRandomValues(new Uint8Array(48)));
    const answer = (secretKey: Uint8Array, info: Uint8Array) =>
      ristretto255_oprf.poprf(info).blindEvaluate(secretKey, blinding.blinded);
    const good = answer(SECRET_KEY, INFO);
    assert.equal(finalize(nonce, blinding, INFO, good).length, 64);
    const other = ristretto255_oprf.poprf(INFO).generateKeyPair().secretKey;
    assert.throws(() => finalize(nonce, blinding, INFO, answer(other, INFO)));
    assert.throws(() => finalize(nonce, blinding, INFO, answer(SECRET_KEY, hex('00'))));
    const touched = Uint8Array.from(good.proof);
    touched[0] = (touched[0] ?? 0) ^ 1;
    assert.throws(() => finalize(nonce, blinding, INFO, { evaluated: good.evaluated, proof: touched }));
  });

  it('computes a fingerprint as SHA-256', async () => {
    const expected = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(PUBLIC_KEY)));
    assert.deepEqual(fingerprint(PUBLIC_KEY), expected);
  });
});

/**
 * The seed that gives a certain blind: the scalar minus one, since a seed is reduced to the range from 1 to the order
 * minus 1 by adding one.
 */
function seedOf(blind: string): Uint8Array {
  const seed = new Uint8Array(48);
  seed.set(hex(blind));
  let at = 0;
  while (seed[at] === 0) seed[at++] = 0xff;
  seed[at] = (seed[at] ?? 0) - 1;
  return seed;
}

function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function text(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
