import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { answersProblem, encodeAnswers, paperInfo, type Answers } from '../../domain/ballot.ts';
import { plainComment } from '../../domain/comment.ts';
import type { Ballot, BallotReceipt } from '../../contract/ballots.ts';
import { fromBase64url } from '../keys/base64url.ts';
import { seal } from '../keys/sealed-box.ts';
import { ProblemError } from '../http/problems.ts';
import { resultsAt } from '../rounds/closing.ts';
import { roundsWithInstrument } from '../rounds/queries.ts';
import type { Services } from '../services.ts';

/**
 * Puts a ballot into the sealed box, once. Whose it is, nothing here knows: the output proves that somebody of the
 * team's electorate took a paper, and the blinding of the nonce keeps it from being any one of them.
 */
export async function castBallot(services: Services, ballot: Ballot): Promise<BallotReceipt> {
  const { database, master, poprf } = services;
  const { organisation, round, team } = ballot;
  const found = await roundsWithInstrument(database)
    .innerJoin('ballot_key', 'ballot_key.organisation', 'round.organisation')
    .select(['round.box_key', 'round.closes_at', 'round.grace', 'ballot_key.secret_key', 'instrument.body'])
    .where('round.organisation', '=', organisation)
    .where('round.id', '=', round)
    .executeTakeFirst();
  if (!found) throw new ProblemError('paper-invalid');
  if (!found.box_key || resultsAt(found) < services.now()) throw new ProblemError('round-closed');

  const nonce = fromBase64url(ballot.nonce);
  const secretKey = master.unwrap('ballot key', organisation, found.secret_key);
  const expected = await poprf.output(secretKey, paperInfo({ organisation, round, team }), nonce);
  if (!timingSafeEqual(expected, fromBase64url(ballot.output))) throw new ProblemError('paper-invalid');

  const comment = plainComment(ballot.comment ?? '');
  const answers: Answers = { choices: ballot.choices, ...(comment === '' ? {} : { comment }) };
  const problem = answersProblem(found.body, answers);
  if (problem !== undefined) throw new ProblemError('invalid-request', [{ pointer: '/choices', detail: problem }]);

  const text = encodeAnswers(found.body, answers);
  // The nonce is in no table: without it, the digest can't be tried against answers that are easily guessed.
  const digest = createHmac('sha256', nonce).update(team).update('\0').update(text).digest();
  await database.transaction().execute(async (transaction) => {
    // Closing waits for ballots that are being put into the box, and those after it find the box gone.
    const open = await transaction
      .selectFrom('round')
      .select('box_key')
      .where('organisation', '=', organisation)
      .where('id', '=', round)
      .forShare()
      .executeTakeFirst();
    if (!open?.box_key) throw new ProblemError('round-closed');
    const spent = { organisation, round, nonce_hash: createHash('sha256').update(nonce).digest() };
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('spent')
      .values({ ...spent, ballot_digest: digest })
      .onConflict((conflict) => conflict.columns(['organisation', 'round', 'nonce_hash']).doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) {
      const { ballot_digest } = await transaction
        .selectFrom('spent')
        .select('ballot_digest')
        .where('organisation', '=', organisation)
        .where('round', '=', round)
        .where('nonce_hash', '=', spent.nonce_hash)
        .executeTakeFirstOrThrow();
      if (!timingSafeEqual(ballot_digest, digest)) throw new ProblemError('ballot-differs');
      return;
    }
    const boxKey = master.unwrap('round box', `${organisation}/${round}`, open.box_key);
    await transaction
      .insertInto('box')
      .values({ organisation, round, team, key: randomBytes(16), sealed: seal(boxKey, team, text) })
      .execute();
  });
  return { state: 'in-the-box' };
}
