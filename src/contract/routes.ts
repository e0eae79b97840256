import type * as v from 'valibot';
import { BALLOT_KEYS_PATH, ballotKeysSchema } from './ballot-keys.ts';
import { BALLOTS_PATH, ballotReceiptSchema, ballotSchema } from './ballots.ts';
import type { ProblemKind } from './problems.ts';
import * as log from './learning-log.ts';
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
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With its parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly params?: v.GenericSchema<unknown, Record<string, string>>;
  /**
   * Signed in with a bearer token; the ballot lane, where no token may come along; or open to anybody. The lanes never
   * meet in a log or a table.
   */
  readonly lane: 'signed-in' | 'ballot' | 'open';
  readonly summary: string;
  readonly query?: v.GenericSchema<unknown, Record<string, unknown>> | undefined;
  readonly body?: v.GenericSchema;
  readonly answer: v.GenericSchema;
  /**
   * What is answered has a `version`, which goes along as its entity tag (RFC 9110 section 8.8.3); a change of it says in
   * `If-Match` which version it began with (section 13.1.1).
   */
  readonly versioned?: true;
  /** Answers go on coming, as server-sent events (HTML standard, section 9.2), each of them an `answer`. */
  readonly streams?: true;
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
  learningLog: {
    method: 'get',
    path: log.LOG_PATH,
    lane: 'signed-in',
    summary: 'Entries that this person may see, the newest first: all, or those that a search and its filters find.',
    query: log.logQuerySchema,
    answer: log.logSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  logPlace: {
    method: 'get',
    path: log.LOG_PLACE_PATH,
    lane: 'signed-in',
    summary: 'What the form has to say and offer: teams, how many people, projects; and what is new since the last time.',
    answer: log.logPlaceSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  readDigest: {
    method: 'post',
    path: log.LOG_DIGEST_PATH,
    lane: 'signed-in',
    summary: 'Say up to where the digest was read: the next one begins there.',
    body: log.digestReadSchema,
    answer: log.doneSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  colleagues: {
    method: 'get',
    path: log.LOG_COLLEAGUES_PATH,
    lane: 'signed-in',
    summary: 'Colleagues by the beginning of any of their names, to share an entry with.',
    query: log.colleaguesQuerySchema,
    answer: log.colleaguesSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  logNews: {
    method: 'get',
    path: log.LOG_NEWS_PATH,
    lane: 'signed-in',
    summary: 'Tells, as long as one listens, when there is a newer entry that this person may see, and in which thread something happened.',
    answer: log.newsSchema,
    streams: true,
    problems: ['signed-out', 'not-in-roster'],
  },
  exportLog: {
    method: 'get',
    path: log.LOG_EXPORT_PATH,
    lane: 'signed-in',
    summary: 'All that is this person’s own.',
    answer: log.logExportSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  deleteLog: {
    method: 'delete',
    path: log.LOG_PATH,
    lane: 'signed-in',
    summary: 'Delete all that is this person’s own, and the key that the private part was written under.',
    answer: log.doneSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  writeEntry: {
    method: 'post',
    path: log.LOG_ENTRIES_PATH,
    lane: 'signed-in',
    summary: 'Write an entry: private unless it says otherwise. The same key makes one entry; with other words under it, both texts come back.',
    body: log.newEntrySchema,
    answer: log.entrySchema,
    versioned: true,
    problems: ['signed-out', 'not-in-roster', 'not-found', 'entry-changed'],
  },
  readEntry: {
    method: 'get',
    path: `${log.LOG_ENTRIES_PATH}/{entry}`,
    lane: 'signed-in',
    summary: 'Open an entry, with its thread; or what is left where it was deleted.',
    params: log.entryParamsSchema,
    answer: log.openedEntrySchema,
    versioned: true,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  changeEntry: {
    method: 'put',
    path: `${log.LOG_ENTRIES_PATH}/{entry}`,
    lane: 'signed-in',
    summary: 'Change an entry of one’s own. One that was changed meanwhile is not overwritten: both texts come back.',
    params: log.entryParamsSchema,
    body: log.changedEntrySchema,
    answer: log.entrySchema,
    versioned: true,
    problems: ['signed-out', 'not-in-roster', 'not-found', 'entry-changed'],
  },
  deleteEntry: {
    method: 'delete',
    path: `${log.LOG_ENTRIES_PATH}/{entry}`,
    lane: 'signed-in',
    summary: 'Delete an entry of one’s own.',
    params: log.entryParamsSchema,
    answer: log.doneSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  entryVersions: {
    method: 'get',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/versions`,
    lane: 'signed-in',
    summary: 'The versions that an entry of one’s own had.',
    params: log.entryParamsSchema,
    answer: log.versionsSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  endorseEntry: {
    method: 'put',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/endorsement`,
    lane: 'signed-in',
    summary: 'Say of somebody else’s entry one of three words, or none any more.',
    params: log.entryParamsSchema,
    body: log.endorsementSchema,
    answer: log.doneSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  writePost: {
    method: 'post',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/posts`,
    lane: 'signed-in',
    summary: 'Write in an entry’s thread: a reply, or a step of a request for help. Answers with the entry as it now is.',
    params: log.entryParamsSchema,
    body: log.newPostSchema,
    answer: log.entrySchema,
    problems: ['signed-out', 'not-in-roster', 'not-found', 'key-used', 'step-closed'],
  },
  deletePost: {
    method: 'delete',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/posts/{post}`,
    lane: 'signed-in',
    summary: 'Delete what one wrote in a thread oneself, whatever has become of the entry.',
    params: log.postParamsSchema,
    answer: log.doneSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  askHelp: {
    method: 'post',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/helps`,
    lane: 'signed-in',
    summary: 'Ask colleagues for a peer review or an intervision on an entry of one’s own, which they may see from then on.',
    params: log.entryParamsSchema,
    body: log.newHelpSchema,
    answer: log.entrySchema,
    problems: ['signed-out', 'not-in-roster', 'not-found', 'key-used'],
  },
  actOnHelp: {
    method: 'put',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/helps/{help}`,
    lane: 'signed-in',
    summary: 'Decline, without a reason; or, as the one who asked, withdraw or go on to the next step.',
    params: log.helpParamsSchema,
    body: log.helpActSchema,
    answer: log.entrySchema,
    problems: ['signed-out', 'not-in-roster', 'not-found', 'step-closed'],
  },
  intentions: {
    method: 'get',
    path: log.LOG_INTENTIONS_PATH,
    lane: 'signed-in',
    summary: 'What this person set out to do, and what it is time to look back on.',
    answer: log.intentionsSchema,
    problems: ['signed-out', 'not-in-roster'],
  },
  tryEntry: {
    method: 'put',
    path: `${log.LOG_ENTRIES_PATH}/{entry}/intention`,
    lane: 'signed-in',
    summary: 'Set out to try what somebody else’s entry says. Twice is once.',
    params: log.entryParamsSchema,
    answer: log.intentionsSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  answerIntention: {
    method: 'put',
    path: `${log.LOG_INTENTIONS_PATH}/{intention}`,
    lane: 'signed-in',
    summary: 'Say what came of an intention.',
    params: log.intentionParamsSchema,
    body: log.answeredIntentionSchema,
    answer: log.intentionsSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
  logEvaluation: {
    method: 'get',
    path: log.LOG_EVALUATION_PATH,
    lane: 'signed-in',
    summary: 'How many of a team’s intentions became action, by month; never of a person.',
    query: log.evaluationQuerySchema,
    answer: log.evaluationSchema,
    problems: ['signed-out', 'not-in-roster', 'not-found'],
  },
} as const satisfies Readonly<Record<string, Route>>;
