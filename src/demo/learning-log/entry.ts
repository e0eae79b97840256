import type { Endorsement, EntryKind, IntentionState } from '../../domain/learning-log.ts';

/** The work that the demo's entries belong to. */
export const HAL_3 = 'Hal 3';
export const ROUTE_7 = 'Route 7 zonder diesel';
export const QUOTE = 'Offerte in één dag';
export const SHOP = 'Nieuwe webwinkel';
export const RETURNS = 'Minder retouren';

/**
 * When something was written. What is to be counted by the calendar stands in its month, whatever day the demo is made
 * on; what is recent stands so many working days back.
 */
export type When =
  | { readonly monthsAgo: number; /** From 1. */ readonly workingDay: number }
  | { readonly workingDaysAgo: number };

/**
 * An entry of one of the demo's people, in the language that they wrote it in: some write Dutch and some English, as in
 * any organisation where both are heard.
 */
export interface DemoEntry {
  /** A person's id. */
  readonly by: string;
  readonly when: When;
  readonly kind: EntryKind;
  readonly text: string;
  readonly different?: string;
  readonly project?: string;
  readonly tags?: readonly string[];
  readonly link?: string;
  /** The author's team, everybody, or colleagues by id; the author alone when it is left out. */
  readonly for?: 'team' | 'all' | readonly string[];
  /** What came after, in its order. */
  readonly then?: readonly DemoAct[];
}

/** Something that happened with an entry. */
export type DemoAct = {
  /** Working days after the entry. */
  readonly after: number;
} & (
  | { readonly act: 'endorse'; readonly by: string; readonly word: Endorsement }
  | { readonly act: 'reply'; readonly by: string; readonly text: string }
  | { readonly act: 'try'; readonly by: string }
  | { readonly act: 'answer'; readonly by: string | undefined; readonly state: IntentionState; readonly outcome: string | undefined }
  | { readonly act: 'ask'; readonly of: readonly string[]; readonly question: string | undefined; readonly wish: number | undefined }
  | { readonly act: 'review'; readonly by: string; readonly parts: readonly [string, string, string] }
  | { readonly act: 'facts' | 'would-do'; readonly by: string | undefined; readonly text: string }
  | { readonly act: 'takes'; readonly text: string }
  | { readonly act: 'move-on' }
  | { readonly act: 'decline'; readonly by: string }
);

export const month = (monthsAgo: number, workingDay: number): When => ({ monthsAgo, workingDay });
export const ago = (workingDaysAgo: number): When => ({ workingDaysAgo });

export const recognises = (by: string, after: number): DemoAct => ({ act: 'endorse', by, after, word: 'recognise' });
export const helped = (by: string, after: number): DemoAct => ({ act: 'endorse', by, after, word: 'helped-me' });
export const wantsMore = (by: string, after: number): DemoAct => ({ act: 'endorse', by, after, word: 'want-to-know-more' });
export const reply = (by: string, after: number, text: string): DemoAct => ({ act: 'reply', by, after, text });
export const tries = (by: string, after: number): DemoAct => ({ act: 'try', by, after });

/** What came of what somebody else set out to do. */
export const cameOf = (by: string, after: number, state: IntentionState, outcome?: string): DemoAct => ({ act: 'answer', by, after, state, outcome });
/** What came of what the author set out to do. */
export const came = (after: number, state: IntentionState, outcome?: string): DemoAct => ({ act: 'answer', by: undefined, after, state, outcome });

export const asksReview = (of: string, after: number, wish?: number): DemoAct => ({ act: 'ask', of: [of], after, question: undefined, wish });
export const reviews = (by: string, after: number, ...parts: readonly [string, string, string]): DemoAct => ({ act: 'review', by, after, parts });
export const declines = (by: string, after: number): DemoAct => ({ act: 'decline', by, after });

/** @param wish working days until it would help */
export const asksGroup = (of: readonly string[], after: number, question: string, wish?: number): DemoAct => ({ act: 'ask', of, after, question, wish });
/** A question after facts, or the author's answer. */
export const facts = (by: string | undefined, after: number, text: string): DemoAct => ({ act: 'facts', by, after, text });
export const movesOn = (after: number): DemoAct => ({ act: 'move-on', after });
export const wouldDo = (by: string, after: number, text: string): DemoAct => ({ act: 'would-do', by, after, text });
export const takes = (after: number, text: string): DemoAct => ({ act: 'takes', after, text });
