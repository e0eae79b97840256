import type { Bin } from '../../src/domain/report.ts';
import type { Language } from '../../src/domain/language.ts';

/** What to say when there is nothing to show: what happened, and what to do. */
export interface Notice {
  readonly title: string;
  readonly text: string;
}

/** Every text of `kring-team-pulse`. Numbers and dates arrive written out in the language already. */
export interface Texts {
  /** How numbers and dates are written. */
  readonly locale: string;

  readonly team: string;
  readonly leader: string;
  readonly member: string;
  readonly round: string;
  closed(round: string, date: string): string;

  /** `n` ballots of an electorate of `of` people. */
  answered(n: string, of: string): string;
  everyoneAnswered(n: string): string;
  fewerAnswered(threshold: string, of: string): string;
  more(above: string | null): string;
  readonly legend: string;
  readonly legendBefore: string;

  readonly mean: string;
  readonly interval: string;
  from(mean: string): string;
  upTo(mean: string): string;
  range(low: string, high: string): string;
  agree(n: string, of: string): string;
  nearlyAllAgree(of: string): string;
  hardlyAnyoneAgrees(of: string): string;
  between(low: string, high: string): string;
  exactly(share: string): string;
  atLeast(share: string): string;
  atMost(share: string): string;
  readonly census: string;
  readonly incomplete: string;
  /** Three counts, in the order of the bins. */
  distribution(counts: Readonly<Record<Bin, string>>): string;
  nearlyAll: Readonly<Record<Bin, string>>;

  inMonth(month: string): string;
  onDay(day: string): string;
  higher(than: string): string;
  lower(than: string): string;
  readonly beyondChance: string;
  readonly noChange: string;
  readonly firstTime: string;
  readonly noEarlierFigure: string;

  readonly nextStep: string;
  readonly comments: string;
  readonly commentsOrder: string;

  readonly course: string;
  readonly theme: string;
  readonly asTable: string;
  readonly tableRound: string;
  readonly tableInterval: string;
  readonly tableAnswered: string;
  readonly tooFew: string;
  chart(theme: string): string;
  readonly chartFailed: string;

  readonly about: string;
  aboutScale(lowest: string, highest: string): string;
  readonly aboutInterval: string;
  readonly aboutCertain: string;
  readonly aboutEnds: string;
  readonly aboutChange: string;
  deviation(value: string): string;
  wilson(low: string, high: string): string;
  alpha(value: string): string;

  readonly noFigures: string;
  tooFewBecause(threshold: string, of: string): string;
  smallTeamBecause(threshold: string, of: string): string;
  incompleteBecause(answered: string): string;
  readonly talk: string;
  readonly questions: readonly [string, string, string];
  countAbove(above: string): string;

  openUntil(moment: string): string;
  readonly arriving: string;
  ballotsIn(n: string, of: string): string;
  fewerIn(threshold: string): string;
  readonly sealed: string;
  resultsAt(moment: string): string;
  ownAnswers(above: string): string;

  readonly none: Notice;
  readonly noneYet: string;
  readonly offline: Notice;
  readonly signedOut: Notice;
  readonly notInRoster: Notice;
  readonly notAllowed: Notice;
  readonly failed: Notice;
  readonly tryAgain: string;
}

export async function loadTexts(language: Language): Promise<Texts> {
  return language === 'nl' ? (await import('./texts/nl.ts')).default : (await import('./texts/en.ts')).default;
}
