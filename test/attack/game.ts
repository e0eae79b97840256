import type { Answers } from '../../src/domain/ballot.ts';
import type { Change, Row } from './reading.ts';

/**
 * The game that an attacker plays. Two people of a team, A and B, are known to have answered in one of two ways: one
 * gave the answers `alpha`, the other `beta`. Which of them gave which was drawn by lot, and so was the order in which
 * their ballots came. The attacker is helped beyond what anybody would have: it is told who A and B are, what alpha
 * and beta say word for word, at which reading each took the paper, and which two readings their ballots came in with.
 * Each question has two answers, and who guesses is right in half of the trials.
 */
export type Question =
  /** Is the first of the two ballots A's? */
  | 'whose'
  /** Does the first of the two ballots say alpha? */
  | 'what'
  /** Did A give alpha? */
  | 'who';

export const QUESTIONS: readonly Question[] = ['whose', 'what', 'who'];

export interface Player {
  readonly id: string;
  readonly name: string;
}

/** A set of answers in the forms in which it could lie about. */
export interface Known {
  readonly answers: Answers;
  /** As the server encodes it before it is sealed. */
  readonly text: string;
}

/** What an attacker has in one trial. */
export interface View {
  readonly organisation: string;
  readonly round: string;
  readonly team: string;
  readonly a: Player;
  readonly b: Player;
  readonly alpha: Known;
  readonly beta: Known;
  /** What the taking of each paper changed. */
  readonly papers: { readonly a: Change; readonly b: Change };
  /** What each of the two ballots changed, in the order in which they came. */
  readonly ballots: readonly [Change, Change];
  /** All rows of the database after closing; empty while the round is open. */
  readonly left: readonly Row[];
}

export type Truth = Readonly<Record<Question, boolean>>;

export interface Trial {
  readonly view: View;
  readonly truth: Truth;
}
