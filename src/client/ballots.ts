import type { Ballot } from '../contract/ballots.ts';
import { BALLOTS_PATH, PAPERS_PATH } from '../contract/paths.ts';
import type { Paper, PaperRequest } from '../contract/rounds.ts';
import type { Language } from '../domain/language.ts';
import { answered, commonly, signedIn, type Connection } from './api.ts';

/** Asks for the ballot paper of a round, as the person who is signed in. */
export function takePaper(connection: Connection, request: PaperRequest): Promise<Paper> {
  const { server, language } = connection;
  return signedIn<Paper>(connection, (token) =>
    answered(fetch(server + PAPERS_PATH, post(language, request, { authorization: `Bearer ${token}` }))),
  );
}

/**
 * Puts a ballot into the box. It takes no connection, so that no token can come along: without credentials and without
 * a referrer. It outlives the page, which may be left at any moment.
 */
export async function sendBallot(server: string, language: Language, ballot: Ballot): Promise<void> {
  await answered(fetch(server + BALLOTS_PATH, { ...post(language, ballot), keepalive: true }));
}

function post(language: Language, body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    ...commonly(),
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language, ...headers },
    body: JSON.stringify(body),
  };
}
