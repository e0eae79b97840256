import type * as v from 'valibot';
import { BALLOT_KEYS_PATH, ballotKeysSchema } from './ballot-keys.ts';
import { BALLOTS_PATH, ballotReceiptSchema, ballotSchema } from './ballots.ts';
import type { ProblemKind } from './problems.ts';
import { REPORTS_PATH, reportsQuerySchema, teamReportsSchema } from './reports.ts';
import {
  OPEN_ROUNDS_PATH,
  openRoundsQuerySchema,
  openRoundsSchema,
  PAPERS_PATH,
  paperRequestSchema,
  paperSchema,
} from './rounds.ts';

/** A request and its answer, as the server checks them and as the OpenAPI document tells them. */
export interface Route {
  /**
   * What is read with `get` and a token can be asked by `post` too, with `access_token` and the query in a form (RFC 6750
   * section 2.2): so a browser need not ask another site's server beforehand whether a header may come.
   */
  readonly method: 'get' | 'post';
  readonly path: string;
  /**
   * Signed in with a bearer token; the ballot lane, where no token may come along; or open to anybody. The lanes never
   * meet in a log or a table.
   */
  readonly lane: 'signed-in' | 'ballot' | 'open';
  readonly summary: string;
  readonly query?: v.GenericSchema<unknown, Record<string, unknown>>;
  readonly body?: v.GenericSchema;
  readonly answer: v.GenericSchema;
  /** The problems that are this route's own; any route can also answer with the general ones. */
  readonly problems: readonly ProblemKind[];
}

/** Whether a route takes its token and its query in a form, too. */
export function takesForm(route: Route): boolean {
  return route.method === 'get' && route.lane === 'signed-in';
}

/** Problems that any route can answer with. */
export const GENERAL_PROBLEMS = [
  'invalid-request',
  'too-large',
  'too-many-requests',
  'unavailable',
  'internal',
] as const satisfies readonly ProblemKind[];

export const ROUTES = {
  openRounds: {
    method: 'get',
    path: OPEN_ROUNDS_PATH,
    lane: 'signed-in',
    summary: 'The rounds that this person is asked in now.',
    query: openRoundsQuerySchema,
    answer: openRoundsSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  takePaper: {
    method: 'post',
    path: PAPERS_PATH,
    lane: 'signed-in',
    summary: 'Take the ballot paper of a round: a blinded element is evaluated, its nonce stays unknown.',
    body: paperRequestSchema,
    answer: paperSchema,
    problems: ['signed-out', 'not-asked', 'round-closed', 'paper-taken'],
  },
  castBallot: {
    method: 'post',
    path: BALLOTS_PATH,
    lane: 'ballot',
    summary: 'Put a ballot into the sealed box, without saying who you are. The same ballot counts once.',
    body: ballotSchema,
    answer: ballotReceiptSchema,
    problems: ['round-closed', 'paper-invalid', 'ballot-differs'],
  },
  teamReports: {
    method: 'get',
    path: REPORTS_PATH,
    lane: 'signed-in',
    summary: 'What this person may see of a team: its released rounds, and how many ballots are in the open one.',
    query: reportsQuerySchema,
    answer: teamReportsSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  ballotKeys: {
    method: 'get',
    path: BALLOT_KEYS_PATH,
    lane: 'open',
    summary: 'The public ballot key of each organisation, with the fingerprint that a snippet may pin.',
    answer: ballotKeysSchema,
    problems: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
