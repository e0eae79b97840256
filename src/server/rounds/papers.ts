import { timingSafeEqual } from 'node:crypto';
import { paperInfo } from '../../domain/ballot.ts';
import type { Paper, PaperRequest } from '../../contract/rounds.ts';
import type { Identity } from '../auth/issuers.ts';
import { fromBase64url, toBase64url } from '../keys/base64url.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

/**
 * Gives a person the ballot paper of a round: evaluates a blinded element (RFC 9497 section 3.3.3) without learning the
 * nonce behind it, and marks the paper as taken. The same element gets the same answer again; another is refused.
 */
export async function takePaper(services: Services, who: Identity, request: PaperRequest): Promise<Paper> {
  const { database, master, poprf } = services;
  const { organisation, person } = who;
  const found = await database
    .selectFrom('elector')
    .innerJoin('round', (join) =>
      join.onRef('round.organisation', '=', 'elector.organisation').onRef('round.id', '=', 'elector.round'),
    )
    .innerJoin('ballot_key', 'ballot_key.organisation', 'elector.organisation')
    .select(['elector.team', 'round.closes_at', 'round.box_key', 'ballot_key.secret_key'])
    .where('elector.organisation', '=', organisation)
    .where('elector.round', '=', request.round)
    .where('elector.person', '=', person)
    .executeTakeFirst();
  const round = found ?? (await roundOf(database, organisation, request.round));
  if (!round) throw new ProblemError('not-asked');
  if (!round.box_key || round.closes_at <= services.now()) throw new ProblemError('round-closed');
  if (found?.team !== request.team) throw new ProblemError('not-asked');

  const blinded = fromBase64url(request.blinded);
  const info = paperInfo({ organisation, round: request.round, team: request.team });
  const secretKey = master.unwrap('ballot key', organisation, found.secret_key);
  const evaluation = await poprf.evaluate(secretKey, info, blinded);
  // Before the paper is marked as taken: an element that is none must not cost a person the paper.
  if (!evaluation) {
    throw new ProblemError('invalid-request', [{ pointer: '/blinded', detail: 'Not an element of ristretto255.' }]);
  }

  const elector = { organisation, round: request.round, person };
  if (await isTaken(database, elector, blinded)) throw new ProblemError('paper-taken');
  return { evaluated: toBase64url(evaluation.evaluated), proof: toBase64url(evaluation.proof) };
}

/** A round that a person is not asked in, or that is closed: the electorate goes with the closing. */
function roundOf(database: Database, organisation: string, round: string) {
  return database
    .selectFrom('round')
    .select(['closes_at', 'box_key'])
    .where('organisation', '=', organisation)
    .where('id', '=', round)
    .executeTakeFirst();
}

/** Marks a paper as taken with a blinded element. @returns whether it was taken before, with another one */
async function isTaken(
  database: Database,
  { organisation, round, person }: { readonly organisation: string; readonly round: string; readonly person: string },
  blinded: Uint8Array,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('elector')
    .set({ blinded })
    .where('organisation', '=', organisation)
    .where('round', '=', round)
    .where('person', '=', person)
    .where('blinded', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return false;
  const before = await database
    .selectFrom('elector')
    .select('blinded')
    .where('organisation', '=', organisation)
    .where('round', '=', round)
    .where('person', '=', person)
    .executeTakeFirst();
  if (!before?.blinded) throw new ProblemError('round-closed');
  return !timingSafeEqual(before.blinded, blinded);
}
