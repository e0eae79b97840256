/** What an entry can be. */
export const ENTRY_KINDS = ['insight', 'mistake', 'experiment', 'question', 'feedback'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** How far an entry reaches; colleagues can be named besides, with any but `me`. */
export const SCOPES = ['me', 'people', 'team', 'organisation'] as const;
export type Scope = (typeof SCOPES)[number];

/** What somebody who read an entry can say of it in a word. */
export const ENDORSEMENTS = ['recognise', 'helped-me', 'want-to-know-more'] as const;
export type Endorsement = (typeof ENDORSEMENTS)[number];

/** Two ways of asking for help: one colleague who reads along, or a group that thinks along. */
export const HELP_KINDS = ['peer-review', 'intervision'] as const;
export type HelpKind = (typeof HELP_KINDS)[number];

/**
 * Where a request for help stands. A peer review waits for its answers, then for what the author takes from it. An
 * intervision goes by the steps of the incident method: first the facts, then what each would do, then what the author
 * takes from it.
 */
export const HELP_STATES = ['asked', 'facts', 'would-do', 'answered', 'ended', 'declined', 'withdrawn'] as const;
export type HelpState = (typeof HELP_STATES)[number];

/** Where one person who was asked stands. */
export const PARTICIPANT_STATES = ['asked', 'answered', 'declined'] as const;
export type ParticipantState = (typeof PARTICIPANT_STATES)[number];

/**
 * What a post in an entry's thread is: a reply to the entry itself, the three answers of a peer review, a step of an
 * intervision, or what the author takes from either.
 */
export const POST_STEPS = ['reply', 'review', 'facts', 'would-do', 'takes'] as const;
export type PostStep = (typeof POST_STEPS)[number];

/** How many texts a post has: a peer review answers three questions. */
export function partsOf(step: PostStep): 1 | 3 {
  return step === 'review' ? 3 : 1;
}

/** What came of an intention. */
export const INTENTION_STATES = ['open', 'tried', 'not-tried', 'dropped'] as const;
export type IntentionState = (typeof INTENTION_STATES)[number];

/** What becomes of the shared entries of somebody who left; private ones always go. */
export const LEAVER_RULES = ['keep', 'remove'] as const;
export type LeaverRule = (typeof LEAVER_RULES)[number];

/** Months that entries can be kept after they were last changed: longer than it takes to look back on one. */
export const KEPT_MONTHS = { least: 6, most: 120 } as const;

/** What holds where an organisation decided nothing: the default of its column. */
export const LOG_DEFAULTS = { leavers: 'keep', keepMonths: 36 } as const;

/** Bounds of what is written, in characters (UTF-16 code units, as a text field counts them) unless said otherwise. */
export const LOG_LIMITS = {
  text: 10_000,
  different: 1000,
  link: 2000,
  project: 80,
  tag: 40,
  /** How many. */
  tags: 10,
  /** Named colleagues. */
  people: 50,
  post: 5000,
  outcome: 1000,
  search: 200,
  /** Entries at once. */
  page: 100,
} as const;

/** Days until somebody is asked what came of an intention. */
export const ASK_AFTER = 30;

/** Months after the one in which they were made in which intentions are still answered, before they are counted. */
export const ANSWER_MONTHS = 2;

/** People who must have had an intention in a team and month before anything is counted of it. */
export const EVALUATION_THRESHOLD = 5;

/** Days that somebody is missing from the roster before the entries are dealt with: a roster can be wrong for a day. */
export const LEAVING = 30;

/** Whether a request for help goes on: nothing changes in one that does not. */
export function isUnderWay(state: HelpState): boolean {
  return state === 'asked' || state === 'facts' || state === 'would-do' || state === 'answered';
}

/** All states in which a request for help goes on. */
export const UNDER_WAY = HELP_STATES.filter(isUnderWay);

/** Where a request for help begins. */
export function firstStateOf(kind: HelpKind): HelpState {
  return kind === 'peer-review' ? 'asked' : 'facts';
}

/**
 * Where a request stands, given where it stood and where those who were asked stand: a peer review is answered when all
 * have answered or declined, and anything is declined when all have.
 */
export function stateAfter(kind: HelpKind, state: HelpState, participants: readonly ParticipantState[]): HelpState {
  if (!isUnderWay(state)) return state;
  if (participants.length > 0 && participants.every((one) => one === 'declined')) return 'declined';
  if (kind === 'peer-review') return participants.some((one) => one === 'asked') ? 'asked' : 'answered';
  return state;
}

/**
 * What a person may write in a thread next. In an intervision, facts are asked and given by all, what one would do comes
 * from those who were asked, and the author ends it.
 */
export function stepsOpen(
  kind: HelpKind,
  state: HelpState,
  who: { readonly author: boolean; readonly participant: ParticipantState | undefined },
): PostStep[] {
  if (!isUnderWay(state)) return [];
  const taking = who.participant !== undefined && who.participant !== 'declined';
  if (kind === 'peer-review') {
    if (who.author) return state === 'answered' ? ['takes'] : [];
    return who.participant === 'asked' ? ['review'] : [];
  }
  if (who.author) return state === 'facts' ? ['facts'] : ['takes'];
  if (!taking) return [];
  return state === 'facts' ? ['facts'] : ['would-do'];
}

/** What the evaluation says of a team and a month. */
export interface Evaluated {
  /** People who had an intention. */
  readonly people: number;
  readonly intentions: number;
  /** Of which became action. */
  readonly tried: number;
}

/**
 * What is shown of it: nothing below the threshold, and never that all or none became action, since that would tell of
 * everybody.
 */
export function evaluationShown({ people, intentions, tried }: Evaluated):
  | { readonly intentions: number; readonly tried: number; readonly bound: 'exact' | 'at-least' | 'at-most' }
  | undefined {
  if (people < EVALUATION_THRESHOLD || intentions < EVALUATION_THRESHOLD) return undefined;
  if (tried <= 1) return { intentions, tried: 1, bound: 'at-most' };
  if (tried >= intentions - 1) return { intentions, tried: intentions - 1, bound: 'at-least' };
  return { intentions, tried, bound: 'exact' };
}
