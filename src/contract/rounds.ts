import * as v from 'valibot';
import { ballotKeySchema } from './ballot-keys.ts';
import { bytes, count, instant, key, list } from './primitives.ts';

export { OPEN_ROUNDS_PATH, PAPERS_PATH } from './paths.ts';

const instrumentTextSchema = v.strictObject({
  key,
  version: count,
  title: v.string(),
  summary: v.string(),
  source: v.string(),
  labels: list(v.string()),
  constructs: list(
    v.strictObject({
      key,
      title: v.string(),
      about: v.exactOptional(v.literal('leader')),
      nextStep: v.string(),
      forYou: v.exactOptional(v.string()),
    }),
  ),
  items: list(v.strictObject({ key, construct: key, text: v.string() })),
  openQuestion: v.exactOptional(v.string()),
});

/** A round that this person is asked in, with all that the form has to say before an answer is sent. */
export const openRoundSchema = v.strictObject({
  organisation: key,
  id: key,
  team: v.strictObject({ id: key, name: v.string() }),
  instrument: instrumentTextSchema,
  opensAt: instant,
  closesAt: instant,
  /** When the figures appear: after the ballots that were on their way have arrived. */
  resultsAt: instant,
  /** How many people are asked in this team (N). */
  electorate: count,
  /** How many people the team's figures can rest on: the team and the teams under it. */
  reach: count,
  /** From how many answers on there are figures (k). */
  threshold: count,
  /** From how many answers on there are comments. */
  commentThreshold: count,
  /** The team above, in which the answers count when this team stays below the threshold. */
  above: v.nullable(v.string()),
  /**
   * Who the constructs about the leader are about, and from how many answers of the team itself that person alone gets
   * figures. Null when the instrument has none, or when nothing could come of them: then they are not asked.
   */
  leader: v.nullable(v.strictObject({ name: v.string(), threshold: count })),
  /** Whether this person already took the ballot paper. */
  paper: v.picklist(['available', 'taken']),
  /** Names a draft in this browser without naming the person. */
  draftKey: v.string(),
  ballotKey: ballotKeySchema,
  /** Names that a comment should rather not hold; they stay in the browser. */
  colleagues: list(v.string()),
});
export type OpenRound = v.InferOutput<typeof openRoundSchema>;

export const openRoundsQuerySchema = v.strictObject({ instrument: v.exactOptional(key) });

export const openRoundsSchema = v.strictObject({
  rounds: list(openRoundSchema),
  /** When the next round opens for this person, if that is known. */
  nextOpensAt: v.nullable(instant),
});
export type OpenRounds = v.InferOutput<typeof openRoundsSchema>;

/** RFC 9497 section 3.3.3: the blinded element of a nonce that the server never sees here. */
export const paperRequestSchema = v.strictObject({ round: key, team: key, blinded: bytes(32) });
export type PaperRequest = v.InferOutput<typeof paperRequestSchema>;

export const paperSchema = v.strictObject({
  /** The evaluated element. */
  evaluated: bytes(32),
  /** The proof that it was evaluated under the published key. */
  proof: bytes(64),
});
export type Paper = v.InferOutput<typeof paperSchema>;
