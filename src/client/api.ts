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
  readonly kind: FailureKind;
  readonly problem: Partial<Problem>;

  /** @param problem what the server said, in the language asked for */
  constructor(kind: FailureKind, problem: Partial<Problem> = {}) {
    super(kind);
    this.kind = kind;
    this.problem = problem;
  }
}

/** Milliseconds after which a request counts as unanswered. */
const PATIENCE = 15_000;

export async function openRounds(connection: Connection, instrument?: string): Promise<OpenRounds> {
  const answer = await read<Partial<OpenRounds> | null>(connection, OPEN_ROUNDS_PATH, { instrument });
  // Something between here and the server, such as a sign-in to a network, may answer in its place.
  if (!Array.isArray(answer?.rounds)) throw new RequestFailure('offline');
  return answer as OpenRounds;
}

// Elements that ask the same at the same time get one answer; what was asked ahead is for the first of them.
const underWay = new Map<string, Promise<unknown>>();

/**
 * Asks for what this person may see. With the token in a form (RFC 6750 section 2.2): a header for it would have the
 * browser ask the server first whether it may come, which is one more way there and back before anything shows.
 * @param ahead for an element that will ask the same as soon as it lives, while its code is still being run
 * @throws RequestFailure
 */
export function read<T>(
  connection: Connection,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  ahead?: boolean,
): Promise<T> {
  const { server, language } = connection;
  return signedIn(connection, (token) => {
    // JSON leaves out what is undefined.
    const body = new URLSearchParams(JSON.parse(JSON.stringify({ ...query, access_token: token })) as Record<string, string>);
    const key = [server, path, language, body].join(' ');
    const answer =
      underWay.get(key) ??
      answered(fetch(server + path, { method: 'POST', body, headers: { 'accept-language': language }, ...commonly() }));
    underWay.set(key, answer);
    const done = () => underWay.delete(key);
    // What nobody comes for would be old news to whoever asks later.
    if (ahead) setTimeout(done, PATIENCE);
    else answer.then(done, done);
    return answer;
  });
}

/**
 * A request as the person who is signed in: with a fresh token, once, when the server refused the first.
 * @param ask sends it
 * @throws RequestFailure
 */
export async function signedIn<T>(connection: Connection, ask: (token: string) => Promise<unknown>): Promise<T> {
  const attempt = async (fresh: boolean): Promise<T> => {
    const token = await connection.token({ fresh }).catch(() => {
      throw new RequestFailure('offline');
    });
    if (token === undefined) throw new RequestFailure('signed-out');
    return (await ask(token)) as T;
  };
  try {
    return await attempt(false);
  } catch (error) {
    // Tokens last minutes: the one that was refused may only be old.
    if (error instanceof RequestFailure && error.kind === 'signed-out') return attempt(true);
    throw error;
  }
}

/** How every request goes: never with a cookie or a referrer, and not for longer than a person waits. */
export function commonly() {
  return {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE),
  } as const;
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
  const problem = { ...(body as Partial<Problem> | null) };
  const [, kind = 'internal'] = String(problem.type).split(PROBLEM_TYPE);
  throw new RequestFailure(kind as ProblemKind, problem);
}
