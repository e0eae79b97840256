import type { OpenRound } from '../contract/rounds.ts';
import { textsOf } from '../ui/texts.ts';

/**
 * What every form says itself, in one language; items and labels come with the round, dates are in words. What is said
 * when there is no form is in `later.ts`.
 */
export interface AnsweringTexts {
  /** How much it is, how long that takes, and until when; without a moment, nothing about that. */
  readonly lead: (items: number, closes: string) => string;
  readonly progress: (answered: number, items: number) => string;
  readonly noAnswer: string;
  readonly optional: string;
  /** Who will read a comment: the team's own, or those of the team above when it is too small. */
  readonly whoReads: (round: Pick<OpenRound, 'reach' | 'commentThreshold' | 'above'>) => string;
  readonly nobodySees: string;
  readonly whoSees: (team: string, reach: number, threshold: number) => string;
  readonly how: string;
  readonly back: string;
  readonly next: string;
  readonly finish: string;
  readonly unsent: string;
  readonly send: string;
  readonly stillOpen: (open: number) => string;
}

export const answeringTexts = textsOf<AnsweringTexts>({ nl: () => import('./texts/nl.ts'), en: () => import('./texts/en.ts') });
