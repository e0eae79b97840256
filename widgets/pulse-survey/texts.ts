import type { Refusal, Waiting } from '../../src/client/delivery.ts';
import type { Hint } from '../../src/client/hints.ts';
import type { Language } from '../../src/domain/language.ts';

/** A state in which there is nothing to fill in: what happened, and what happens now. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

/** All that the survey says itself, in one language; items and labels come with the round. Dates are in words. */
export interface PulseSurveyTexts {
  readonly lead: (items: number, closes: string) => string;
  readonly progress: (answered: number, items: number) => string;
  readonly noAnswer: string;
  readonly optional: string;
  readonly whoReads: (comments: number) => string;
  readonly hints: Readonly<Record<Hint['kind'], (found: string) => string>>;
  readonly nobodySees: string;
  readonly whoSees: (team: string, reach: number, threshold: number) => string;
  readonly tooFew: (team: string, reach: number, threshold: number, above: string | null) => string;
  readonly how: string;
  readonly howSteps: readonly string[];
  readonly notKept: string;
  readonly back: string;
  readonly next: string;
  readonly finish: string;
  readonly send: string;
  readonly stillOpen: (open: number) => string;
  readonly allDone: string;
  readonly chooseFirst: string;
  readonly again: string;
  readonly toAnswers: string;
  readonly nothing: (opens: string | undefined) => Message;
  readonly notInRoster: Message;
  readonly taken: (results: string) => Message;
  readonly failed: Readonly<Record<Waiting, Message>>;
  readonly onItsWay: (seconds: number) => Message;
  /** @param kept whether the browser keeps the answers when the page is closed */
  readonly waiting: Readonly<Record<Waiting, (kept: boolean) => Message>>;
  readonly sent: Message;
  readonly results: (when: string) => string;
  readonly resultsAbove: (above: string | null) => string;
  readonly refused: Readonly<Record<Refusal, Message>>;
}

const languages: Readonly<Record<Language, () => Promise<{ readonly default: PulseSurveyTexts }>>> = {
  nl: () => import('./texts/nl.ts'),
  en: () => import('./texts/en.ts'),
};

export async function pulseSurveyTexts(language: Language): Promise<PulseSurveyTexts> {
  return (await languages[language]()).default;
}
