import type { Language } from '../../src/domain/language.ts';

/**
 * What the form says itself, in one language; items and labels come with the round, dates are in words. What is said
 * when there is no form is in `later.ts`.
 */
export interface PulseSurveyTexts {
  readonly lead: (items: number, closes: string) => string;
  readonly progress: (answered: number, items: number) => string;
  readonly noAnswer: string;
  readonly optional: string;
  readonly whoReads: (comments: number) => string;
  readonly nobodySees: string;
  readonly whoSees: (team: string, reach: number, threshold: number) => string;
  readonly tooFew: (team: string, reach: number, threshold: number, above: string | null) => string;
  readonly how: string;
  readonly notKept: string;
  readonly back: string;
  readonly next: string;
  readonly finish: string;
  readonly unsent: string;
  readonly send: string;
  readonly stillOpen: (open: number) => string;
  readonly chooseFirst: string;
}

const languages: Readonly<Record<Language, () => Promise<{ readonly default: PulseSurveyTexts }>>> = {
  nl: () => import('./texts/nl.ts'),
  en: () => import('./texts/en.ts'),
};

export async function pulseSurveyTexts(language: Language): Promise<PulseSurveyTexts> {
  return (await languages[language]()).default;
}
