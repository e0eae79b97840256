import type { Ballot, BallotReceipt } from '../contract/ballots.ts';
import { BALLOTS_PATH, PAPERS_PATH } from '../contract/paths.ts';
import type { Paper, PaperRequest } from '../contract/rounds.ts';
import type { Language } from '../domain/language.ts';
import { answered, commonly, RequestFailure, signedIn, type Connection } from './api.ts';

/** Asks for the ballot paper of a round, as the person who is signed in. */
export async function takePaper(connection: Connection, request: PaperRequest): Promise<Paper> {
  const { server, language } = connection;
  const paper = await signedIn<Partial<Paper> | null>(connection, (token) =>
    answered(fetch(server + PAPERS_PATH, post(language, request, { authorization: `Bearer ${token}` }))),
  );
  if (typeof paper?.evaluated !== 'string' || typeof paper.proof !== 'string') throw new RequestFailure('offline');
  return { evaluated: paper.evaluated, proof: paper.proof };
}

/**
 * Puts a ballot into the box. It takes no connection, so that no token can come along: without credentials and without
 * a referrer. It outlives the page, which may be left at any moment.
 */
export async function sendBallot(server: string, language: Language, ballot: Ballot): Promise<void> {
  const receipt = await answered(fetch(server + BALLOTS_PATH, { ...post(language, ballot), keepalive: true }));
  // Something between here and the server, such as a sign-in to a network, may answer in its place.
  if ((receipt as Partial<BallotReceipt> | null)?.state !== 'in-the-box') throw new RequestFailure('offline');
}

function post(language: Language, body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    ...commonly(),
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language, ...headers },
    body: JSON.stringify(body),
  };
}
