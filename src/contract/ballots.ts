import * as v from 'valibot';
import { COMMENT_LENGTH, NONCE_LENGTH } from '../domain/ballot.ts';
import { bytes, key } from './primitives.ts';

export { BALLOTS_PATH } from './paths.ts';

/** Sent without a token, a cookie or a referrer: nothing in it, or around it, says whose it is. */
export const ballotSchema = v.strictObject({
  organisation: key,
  round: key,
  team: key,
  nonce: bytes(NONCE_LENGTH),
  /** The output of the POPRF over the nonce: proof of a ballot paper. */
  output: bytes(64),
  choices: v.pipe(v.record(key, v.pipe(v.number(), v.integer())), v.check((choices) => Object.keys(choices).length <= 200)),
  comment: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(COMMENT_LENGTH))),
});
export type Ballot = v.InferOutput<typeof ballotSchema>;

export const ballotReceiptSchema = v.strictObject({ state: v.literal('in-the-box') });
export type BallotReceipt = v.InferOutput<typeof ballotReceiptSchema>;
