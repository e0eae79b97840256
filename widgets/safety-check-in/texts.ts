import type { Language } from '../../src/domain/language.ts';

/** What the check-in says beside what every form says, until a person begins. */
export interface SafetyCheckInTexts {
  readonly atEase: (items: number, closes: string) => string;
  readonly why: string;
  readonly whyText: string;
  readonly parts: string;
  /** A line for each part on the first page. */
  readonly aboutTeam: (items: number) => string;
  readonly aboutLeader: (items: number, leader: string) => string;
  readonly mayStop: string;
  readonly begin: string;
  readonly goOn: string;
  readonly noConnection: string;
}

/** What is said from there on: at each part, at the end, and when a person stops. */
export interface GuideTexts {
  readonly part: (number: number, of: number) => string;
  readonly team: { readonly title: string; readonly why: string };
  readonly leader: { readonly title: (leader: string) => string; readonly why: (leader: string) => string };
  readonly stop: string;
  readonly stopTitle: string;
  readonly stopText: string;
  readonly stopNotKept: string;
  readonly stay: string;
  readonly keep: string;
  readonly discard: string;
  readonly kept: { readonly title: string; readonly text: (until: string) => string };
  readonly discarded: string;
  readonly answered: (answered: number, items: number) => string;
  /** What somebody can do who has something on their mind. */
  readonly support: string;
  readonly forYou: string;
  readonly forYouText: string;
}

interface Module<T> {
  readonly default: T;
}

const languages: Readonly<Record<Language, () => Promise<Module<SafetyCheckInTexts>>>> = {
  nl: () => import('./texts/nl.ts'),
  en: () => import('./texts/en.ts'),
};

const guide: Readonly<Record<Language, () => Promise<Module<GuideTexts>>>> = {
  nl: () => import('./texts/nl.guide.ts'),
  en: () => import('./texts/en.guide.ts'),
};

export async function safetyCheckInTexts(language: Language): Promise<SafetyCheckInTexts> {
  return (await languages[language]()).default;
}

export async function guideTexts(language: Language): Promise<GuideTexts> {
  return (await guide[language]()).default;
}
