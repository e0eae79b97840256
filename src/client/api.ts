import { OPEN_ROUNDS_PATH, PROBLEM_TYPE } from '../contract/paths.ts';
import type { Problem, ProblemKind } from '../contract/problems.ts';
import type { OpenRounds } from '../contract/rounds.ts';
import type { Language } from '../domain/language.ts';

/** How the browser reaches the server as the person who is signed in. */
export interface Connection {
  readonly server: string;
  readonly language: Language;
  token(options?: { readonly fresh: boolean }): Promise<string | undefined>;
}

/** `offline` stands for a server that could not be reached, or did not answer in time. */
export type FailureKind = 'offline' | ProblemKind;

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly kind: FailureKind;

  /** @param detail what the server said, in the language asked for */
  constructor(kind: FailureKind, detail = '') {
    super(detail || kind);
    this.kind = kind;
  }
}

/** Milliseconds after which a request counts as unanswered. */
export const PATIENCE = 15_000;

export async function openRounds(connection: Connection, instrument?: string): Promise<OpenRounds> {
  const answer = await signedIn<Partial<OpenRounds> | null>(connection, OPEN_ROUNDS_PATH, { instrument });
  // Something between here and the server, such as a sign-in to a network, may answer in its place.
  if (!Array.isArray(answer?.rounds)) throw new RequestFailure('offline');
  return answer as OpenRounds;
}

/**
 * A request as the person who is signed in: with a fresh token, once, when the server refused the first.
 * @param init what is more than a plain GET, such as a body
 * @throws RequestFailure
 */
export async function signedIn<T>(
  connection: Connection,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  init?: Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> },
): Promise<T> {
  const address = new URL(connection.server + path);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const attempt = async (fresh: boolean): Promise<T> => {
    const token = await connection.token({ fresh }).catch(() => {
      throw new RequestFailure('offline');
    });
    if (token === undefined) throw new RequestFailure('signed-out');
    return (await answered(
      fetch(address, {
        credentials: 'omit',
        cache: 'no-store',
        ...init,
        headers: { 'accept-language': connection.language, ...init?.headers, authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(PATIENCE),
      }),
    )) as T;
  };
  try {
    return await attempt(false);
  } catch (error) {
    // Tokens last minutes: the one that was refused may only be old.
    if (error instanceof RequestFailure && error.kind === 'signed-out') return attempt(true);
    throw error;
  }
}

/**
 * The body of an answer.
 * @throws RequestFailure for every answer that is none, or a problem
 */
export async function answered(request: Promise<Response>): Promise<unknown> {
  let response: Response;
  let body: unknown;
  try {
    response = await request;
    body = await response.json();
  } catch {
    throw new RequestFailure('offline');
  }
  if (response.ok) return body;
  const problem = (body ?? {}) as Partial<Problem>;
  throw new RequestFailure(
    typeof problem.type === 'string' && problem.type.startsWith(PROBLEM_TYPE) ? (problem.type.slice(PROBLEM_TYPE.length) as ProblemKind) : 'internal',
    problem.detail,
  );
}
