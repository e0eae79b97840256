import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { CompiledQuery, type Selectable } from 'kysely';
import { answersProblem, encodeAnswers, paperInfo, type Answers } from '../../domain/ballot.ts';
import { plainComment } from '../../domain/comment.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Ballot, BallotReceipt } from '../../contract/ballots.ts';
import { fromBase64url } from '../keys/base64url.ts';
import { seal } from '../keys/sealed-box.ts';
import { ProblemError } from '../http/problems.ts';
import { resultsAt } from '../rounds/closing.ts';
import { roundsWithInstrument } from '../rounds/queries.ts';
import type { Services } from '../services.ts';
import type { Database, Tables } from '../store/tables.ts';

/**
 * Puts a ballot into the sealed box, once. Whose it is, nothing here knows: the output proves that somebody of the
 * team's electorate took a paper, and the blinding of the nonce keeps it from being any one of them.
 */
export async function castBallot(services: Services, ballot: Ballot): Promise<BallotReceipt> {
  const { database, master, poprf } = services;
  const { organisation, round, team } = ballot;
  const found = await stateOf(database, organisation, round);
  if (!found) throw new ProblemError('paper-invalid');
  if (!found.box_key || resultsAt(found) < services.now()) throw new ProblemError('round-closed');

  const { instrument, secretKey } = await unchangingOf(services, organisation, round);
  const nonce = fromBase64url(ballot.nonce);
  const expected = await poprf.output(secretKey, paperInfo({ organisation, round, team }), nonce);
  if (!timingSafeEqual(expected, fromBase64url(ballot.output))) throw new ProblemError('paper-invalid');

  const comment = plainComment(ballot.comment ?? '');
  const answers: Answers = { choices: ballot.choices, ...(comment === '' ? {} : { comment }) };
  const problem = answersProblem(instrument, answers);
  if (problem !== undefined) throw new ProblemError('invalid-request', [{ pointer: '/choices', detail: problem }]);

  const text = encodeAnswers(instrument, answers);
  // The nonce is in no table: without it, the digest can't be tried against answers that are easily guessed.
  const digest = createHmac('sha256', nonce).update(team).update('\0').update(text).digest();
  const spent = { organisation, round, nonceHash: createHash('sha256').update(nonce).digest(), digest };
  const boxKey = master.unwrap('round box', `${organisation}/${round}`, found.box_key);
  const put = await putIntoBox(database, { ...spent, team, key: randomBytes(16), sealed: seal(boxKey, team, text) });
  if (!put) await isTheSame(database, spent);
  return { state: 'in-the-box' };
}

/** What ballots have in common, of one database. */
interface Shared {
  /** How rounds stand, while the database is being asked. */
  readonly asking: Map<string, Promise<Pick<Selectable<Tables['round']>, 'box_key' | 'closes_at' | 'grace'> | undefined>>;
  readonly unchanging: Map<string, Unchanging>;
}

/** What never changes about a round: the version of the instrument that it asks, and the organisation's ballot key. */
interface Unchanging {
  readonly instrument: Instrument;
  readonly secretKey: Uint8Array;
}

/** How many rounds' are remembered: more than are open at a time, some kilobytes each. */
const REMEMBERED = 200;

const shared = new WeakMap<Database, Shared>();

function sharedOf(database: Database): Shared {
  const known = shared.get(database);
  if (known) return known;
  const fresh: Shared = { asking: new Map(), unchanging: new Map() };
  shared.set(database, fresh);
  return fresh;
}

/**
 * How a round stands. Ballots that come together ask once; nothing of the answer stays, since the key of the box is to
 * be gone from the closing on. One that joins too late to see a closing is refused by the box itself.
 */
function stateOf(database: Database, organisation: string, round: string) {
  const { asking } = sharedOf(database);
  const name = JSON.stringify([organisation, round]);
  const asked =
    asking.get(name) ??
    database
      .selectFrom('round')
      .select(['box_key', 'closes_at', 'grace'])
      .where('organisation', '=', organisation)
      .where('id', '=', round)
      .executeTakeFirst()
      .finally(() => asking.delete(name));
  asking.set(name, asked);
  return asked;
}

/** Asks once for a round: for each of thousands of ballots anew, it would be most of what they cost. */
async function unchangingOf({ database, master }: Services, organisation: string, round: string): Promise<Unchanging> {
  const { unchanging } = sharedOf(database);
  const name = JSON.stringify([organisation, round]);
  const known = unchanging.get(name);
  if (known) return known;
  const { body, secret_key } = await roundsWithInstrument(database)
    .innerJoin('ballot_key', 'ballot_key.organisation', 'round.organisation')
    .select(['instrument.body', 'ballot_key.secret_key'])
    .where('round.organisation', '=', organisation)
    .where('round.id', '=', round)
    .executeTakeFirstOrThrow();
  const fresh = { instrument: body, secretKey: master.unwrap('ballot key', organisation, secret_key) };
  const [oldest] = unchanging.keys();
  if (unchanging.size >= REMEMBERED && oldest !== undefined) unchanging.delete(oldest);
  unchanging.set(name, fresh);
  return fresh;
}

const PUT_INTO_BOX = `
  with open as (
    select organisation, id as round from round
    where organisation = $1 and id = $2 and box_key is not null
    for share
  ), fresh as (
    insert into spent (organisation, round, nonce_hash, ballot_digest)
    select organisation, round, $4::bytea, $5::bytea from open
    on conflict do nothing
    returning organisation, round, $3::text as team
  ), put as (
    insert into box (organisation, round, team, key, sealed)
    select organisation, round, team, $6::bytea, $7::bytea from fresh
  )
  insert into box_count (organisation, round, team, ballots)
  select organisation, round, team, 1 from fresh
  on conflict (organisation, round, team) do update set ballots = box_count.ballots + 1
  returning ballots`;

/**
 * Records the nonce as spent, puts the ballot into the box and counts it, or does none of these: one statement is one
 * transaction, and one way to the database instead of six. Closing waits for ballots that are being put into the box;
 * those after it find the round without its key, and add nothing.
 * @returns whether it did: not when the nonce was spent, and not when the round was closed
 */
async function putIntoBox(
  database: Database,
  ballot: {
    readonly organisation: string;
    readonly round: string;
    readonly team: string;
    readonly nonceHash: Uint8Array;
    readonly digest: Uint8Array;
    readonly key: Uint8Array;
    readonly sealed: Uint8Array;
  },
): Promise<boolean> {
  const { organisation, round, team, nonceHash, digest, key, sealed } = ballot;
  const parameters = [organisation, round, team, nonceHash, digest, key, sealed];
  const { rows } = await database.executeQuery(CompiledQuery.raw(PUT_INTO_BOX, parameters));
  return rows.length > 0;
}

/** Whether a ballot that was not put into the box lies there already. @throws ProblemError when it does not */
async function isTheSame(
  database: Database,
  { organisation, round, nonceHash, digest }: { readonly organisation: string; readonly round: string; readonly nonceHash: Uint8Array; readonly digest: Uint8Array },
): Promise<void> {
  const before = await database
    .selectFrom('spent')
    .select('ballot_digest')
    .where('organisation', '=', organisation)
    .where('round', '=', round)
    .where('nonce_hash', '=', nonceHash)
    .executeTakeFirst();
  if (!before) throw new ProblemError('round-closed');
  if (!timingSafeEqual(before.ballot_digest, digest)) throw new ProblemError('ballot-differs');
}
