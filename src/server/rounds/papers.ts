import { timingSafeEqual } from 'node:crypto';
import { paperInfo } from '../../domain/ballot.ts';
import type { Paper, PaperRequest } from '../../contract/rounds.ts';
import type { Identity } from '../auth/issuers.ts';
import { fromBase64url, toBase64url } from '../keys/base64url.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';

/**
 * Gives a person the ballot paper of a round: evaluates a blinded element (RFC 9497 section 3.3.3) without learning the
 * nonce behind it, and marks the paper as taken. The same element gets the same answer again; another is refused.
 */
export async function takePaper(services: Services, who: Identity, request: PaperRequest): Promise<Paper> {
  const { database, master, poprf } = services;
  const { organisation, person } = who;
  const round = await database
    .selectFrom('round')
    .innerJoin('ballot_key', 'ballot_key.organisation', 'round.organisation')
    .select(['round.closes_at', 'round.box_key', 'ballot_key.secret_key'])
    .where('round.organisation', '=', organisation)
    .where('round.id', '=', request.round)
    .executeTakeFirst();
  if (!round) throw new ProblemError('not-asked');
  if (!round.box_key || round.closes_at <= services.now()) throw new ProblemError('round-closed');

  const elector = database
    .selectFrom('elector')
    .select(['team', 'blinded'])
    .where('organisation', '=', organisation)
    .where('round', '=', request.round)
    .where('person', '=', person);
  const before = await elector.executeTakeFirst();
  if (before?.team !== request.team) throw new ProblemError('not-asked');

  const blinded = fromBase64url(request.blinded);
  const info = paperInfo({ organisation, round: request.round, team: request.team });
  const secretKey = master.unwrap('ballot key', organisation, round.secret_key);
  const evaluation = await poprf.evaluate(secretKey, info, blinded);
  // Before the paper is marked as taken: an element that is none must not cost a person the paper.
  if (!evaluation) {
    throw new ProblemError('invalid-request', [{ pointer: '/blinded', detail: 'Not an element of ristretto255.' }]);
  }

  await database
    .updateTable('elector')
    .set({ blinded })
    .where('organisation', '=', organisation)
    .where('round', '=', request.round)
    .where('person', '=', person)
    .where('blinded', 'is', null)
    .execute();
  const after = await elector.executeTakeFirst();
  if (!after?.blinded) throw new ProblemError('round-closed');
  if (!timingSafeEqual(after.blinded, blinded)) throw new ProblemError('paper-taken');
  return { evaluated: toBase64url(evaluation.evaluated), proof: toBase64url(evaluation.proof) };
}
