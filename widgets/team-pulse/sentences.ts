import type { TeamReports } from '../../src/contract/reports.ts';
import type { Language } from '../../src/domain/language.ts';
import type { ConstructFigures, Mean, Report } from '../../src/domain/report.ts';
import { dayAndTime, inWords } from '../../src/ui/dates.ts';
import type { Texts } from './texts.ts';

export type ReleasedRound = TeamReports['rounds'][number];

/** All that a part of the card needs to say something. */
export interface Scene {
  readonly texts: Texts;
  readonly say: Sentences;
  readonly reports: TeamReports;
}

/** A sentence of which the first words carry the news. */
export interface Sentence {
  readonly lead: string;
  readonly rest: string;
}

/** Says figures in words: what a released figure allows to be said, and no more. */
export class Sentences {
  readonly texts: Texts;
  private readonly language: Language;
  private readonly oneDecimal: Intl.NumberFormat;

  constructor(texts: Texts, language: Language) {
    const { locale } = texts;
    this.texts = texts;
    this.language = language;
    this.oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    // While the figures are on their way there is time to load a calendar.
    const now = new Date().toISOString();
    this.day(now);
    this.shortDay(now, true);
  }

  /** The figures of one construct, where there are enough complete ballots. */
  figures(report: Report, construct: string): ConstructFigures | undefined {
    return report.constructs.find((figures) => figures.construct === construct);
  }

  count(value: number): string {
    // Where no thousands are told apart, no format needs to be made; each takes a browser some milliseconds.
    return value < 1000 ? String(value) : new Intl.NumberFormat(this.texts.locale).format(value);
  }

  /** @param share from 0 to 1 */
  percent(share: number): string {
    return `${this.count(Math.round(100 * share))}%`;
  }

  /** How many answered out of how many. Where there are too few to show, nothing is said of how many there were. */
  answered({ ballots, electorate }: Report): string {
    const { texts } = this;
    return ballots === undefined ? texts.noFigures : texts.answered(this.count(ballots), this.count(electorate));
  }

  /** A mean as it may be told: one that was kept from an end of the scale says which way it can still go. */
  mean({ value, bound }: Mean): string {
    const said = this.oneDecimal.format(value);
    return bound === 'at-least' ? this.texts.from(said) : bound === 'at-most' ? this.texts.upTo(said) : said;
  }

  /** Where the mean of the whole team probably lies; nothing when everybody answered and there is no doubt left. */
  interval({ interval: { low, high } }: Mean): string | undefined {
    return low === high ? undefined : this.texts.range(this.oneDecimal.format(low), this.oneDecimal.format(high));
  }

  /** The favourable share, and what is certain of the whole team whatever the others think. */
  favourable({ ballots, favourable }: ConstructFigures): string {
    const { count, bound, certain } = favourable;
    const { texts } = this;
    const of = this.count(ballots);
    const [low, high] = [this.percent(certain.low), this.percent(certain.high)];
    if (bound === 'at-least' && count === ballots - 1) return `${texts.nearlyAllAgree(of)}, ${texts.atLeast(low)}.`;
    if (bound === 'at-most' && count === 1) return `${texts.hardlyAnyoneAgrees(of)}, ${texts.atMost(high)}.`;
    const share = (bound === 'exact' ? texts.agree : texts.agreeAbout)(this.count(count), of);
    return `${share}, ${low === high ? texts.exactly(low) : texts.between(low, high)}.`;
  }

  /**
   * Whether a construct's mean changed, against the latest earlier round that has its figures.
   * @param earlier the rounds before this one, the newest first
   */
  change(construct: string, round: ReleasedRound, earlier: readonly ReleasedRound[]): Sentence {
    const { texts } = this;
    const change = round.changes[construct];
    if (!change) return { lead: '', rest: earlier.length === 0 ? texts.firstTime : texts.noEarlierFigure };
    if (change.verdict === 'none') return { lead: '', rest: texts.noChange };
    const before = earlier.find(({ report }) => this.figures(report, construct));
    const than = before ? this.when(before.closedAt, round.closedAt) : '';
    return {
      lead: change.verdict === 'higher' ? texts.higher(than) : texts.lower(than),
      rest: `(${this.oneDecimal.format(change.from)}): ${texts.beyondChance}`,
    };
  }

  /** An earlier moment as briefly as is clear: its month, or its day when both lie in the same month. */
  private when(earlier: string, later: string): string {
    const [then, now] = [new Date(earlier), new Date(later)];
    const sameYear = then.getFullYear() === now.getFullYear();
    if (sameYear && then.getMonth() === now.getMonth()) {
      return this.texts.onDay(this.date(earlier, { day: 'numeric', month: 'long' }));
    }
    return this.texts.inMonth(this.date(earlier, { month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }));
  }

  /** A day and a time: 'vrijdag 28 november om 17:00'. */
  moment(instant: string): string {
    return dayAndTime(instant, this.language);
  }

  /** A day in full: 'vrijdag 28 november 2026'. */
  day(instant: string): string {
    return this.date(instant, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** A day for a list or an axis: '28 nov 2026'. */
  shortDay(instant: string, year: boolean): string {
    return this.date(instant, { day: 'numeric', month: 'short', ...(year ? { year: 'numeric' } : {}) });
  }

  private date(instant: string, options: Intl.DateTimeFormatOptions): string {
    return inWords(instant, this.language, options);
  }
}
