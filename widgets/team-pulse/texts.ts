import type { Bin } from '../../src/domain/report.ts';
import { textsOf } from '../../src/ui/texts.ts';

/** What to say when there is nothing to show: what happened, and what to do. */
export interface Notice {
  readonly title: string;
  readonly text: string;
}

/** Every text of `kring-team-pulse`. Numbers and dates arrive written out in the language already. */
export interface Texts {
  readonly decimalSign: string;
  readonly thousandsSign: string;
  /** Seven words, from Sunday on. */
  readonly weekdays: string;
  /** Twelve words, from January on. */
  readonly months: string;
  readonly shortMonths: string;
  /** @param time such as '17:00' */
  atTime(time: string): string;

  openUntil(moment: string): string;
  readonly arriving: string;
  ballotsIn(n: string, of: string): string;
  fewerIn(threshold: string): string;
  readonly sealed: string;
  resultsAt(moment: string): string;
  ownAnswers(above: string): string;

  readonly team: string;
  readonly leader: string;
  readonly member: string;
  readonly round: string;
  closed(round: string, date: string): string;

  /** `n` ballots of an electorate of `of` people. */
  answered(n: string, of: string): string;
  /** Of all who were asked, how many filled in every item of one construct. */
  completed(n: string, of: string): string;
  more(above: string | null): string;
  readonly legend: string;
  readonly legendBefore: string;

  readonly mean: string;
  readonly interval: string;
  from(mean: string): string;
  upTo(mean: string): string;
  range(low: string, high: string): string;
  agree(n: string, of: string): string;
  /** Of several groups added up, some of which were kept from telling that they agree: the count may be off. */
  agreeAbout(n: string, of: string): string;
  nearlyAllAgree(of: string): string;
  hardlyAnyoneAgrees(of: string): string;
  between(low: string, high: string): string;
  exactly(share: string): string;
  atLeast(share: string): string;
  atMost(share: string): string;
  readonly census: string;
  readonly incomplete: string;

  inMonth(month: string): string;
  onDay(day: string): string;
  higher(than: string): string;
  lower(than: string): string;
  readonly beyondChance: string;
  readonly noChange: string;
  readonly firstTime: string;
  readonly noEarlierFigure: string;

  readonly nextStep: string;

  readonly noFigures: string;

  readonly offline: Notice;
  readonly failed: Notice;
  readonly tryAgain: string;
}

/** What is said under the figures, or instead of them: it comes after them. */
export interface LaterTexts {
  /** The first round is open: what will be here. */
  readonly noneYet: string;

  readonly spread: string;
  /** The spread of `n` ballots, fewer than the mean rests on. */
  spreadOf(n: string): string;
  /** One count for each bin; `about` when groups that nearly agree make the counts inexact. */
  distribution(counts: Readonly<Record<Bin, string>>, about: boolean): string;
  readonly nearlyAll: Readonly<Record<Bin, string>>;

  readonly course: string;
  readonly theme: string;
  readonly asTable: string;
  readonly tableRound: string;
  readonly tableInterval: string;
  readonly tableAnswered: string;
  nOf(n: string, of: string): string;
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

  readonly comments: string;
  readonly commentsOrder: string;
  tooFewBecause(threshold: string): string;
  smallTeamBecause(threshold: string, of: string): string;
  incompleteBecause(answered: string): string;
  readonly talk: string;
  readonly questions: readonly [string, string, string];
  countAbove(above: string): string;

  readonly notices: Readonly<Record<'no-round' | 'signed-out' | 'not-in-roster' | 'not-found', Notice>>;
}

export const loadTexts = textsOf<Texts>({ nl: () => import('./texts/nl.ts'), en: () => import('./texts/en.ts') });
