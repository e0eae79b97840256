import { textsOf } from '../../src/ui/texts.ts';

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

export const safetyCheckInTexts = textsOf<SafetyCheckInTexts>({ nl: () => import('./texts/nl.ts'), en: () => import('./texts/en.ts') });

export const guideTexts = textsOf<GuideTexts>({ nl: () => import('./texts/nl.guide.ts'), en: () => import('./texts/en.guide.ts') });
