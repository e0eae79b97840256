import { ristretto255_oprf } from '@noble/curves/ed25519.js';

/** One evaluation, on a thread of its own: some milliseconds of arithmetic that must not hold up other requests. */
export type PoprfTask =
  | { readonly kind: 'evaluate'; readonly secretKey: Uint8Array; readonly info: Uint8Array; readonly blinded: Uint8Array }
  | { readonly kind: 'output'; readonly secretKey: Uint8Array; readonly info: Uint8Array; readonly nonce: Uint8Array };

/** `undefined` when what was sent is no element of the group. */
export type PoprfResult = { readonly evaluated: Uint8Array; readonly proof: Uint8Array } | { readonly output: Uint8Array } | undefined;

/** RFC 9497 section 3.3.3: BlindEvaluate of the POPRF mode, and Evaluate for checking an output. */
export default function run(task: PoprfTask): PoprfResult {
  const poprf = ristretto255_oprf.poprf(task.info);
  if (task.kind === 'output') return { output: poprf.evaluate(task.secretKey, task.nonce) };
  try {
    return poprf.blindEvaluate(task.secretKey, task.blinded);
  } catch {
    return undefined;
  }
}
