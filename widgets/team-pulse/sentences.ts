import type { TeamReports } from '../../src/contract/reports.ts';
import type { ConstructFigures, Mean, Report } from '../../src/domain/report.ts';
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

/**
 * Says figures in words: what a released figure allows to be said, and no more. Numbers and dates are put together here
 * and not by `Intl`, which takes a telephone a tenth of a second to be made, before the first figure shows.
 */
export class Sentences {
  readonly texts: Texts;

  constructor(texts: Texts) {
    this.texts = texts;
  }

  /** The figures of one construct, where there are enough complete ballots. */
  figures(report: Report, construct: string): ConstructFigures | undefined {
    return report.constructs.find((figures) => figures.construct === construct);
  }

  count(value: number): string {
    return String(value).replaceAll(/\B(?=(\d{3})+$)/g, this.texts.thousandsSign);
  }

  /** @param decimals as many as the server rounded it to */
  number(value: number, decimals = 1): string {
    return value.toFixed(decimals).replace('.', this.texts.decimalSign);
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

  /** The same for a select on a telephone, as a ring has it. */
  outOf({ ballots, electorate }: Report): string {
    return ballots === undefined ? this.texts.noFigures : `${this.count(ballots)}/${this.count(electorate)}`;
  }

  /** A mean as it may be told: one that was kept from an end of the scale says which way it can still go. */
  mean({ value, bound }: Mean): string {
    const said = this.number(value);
    return bound === 'at-least' ? this.texts.from(said) : bound === 'at-most' ? this.texts.upTo(said) : said;
  }

  /** Where the mean of the whole team probably lies; nothing when everybody answered and there is no doubt left. */
  interval({ interval: { low, high } }: Mean): string | undefined {
    return low === high ? undefined : this.texts.range(this.number(low), this.number(high));
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
      rest: `(${this.number(change.from)}): ${texts.beyondChance}`,
    };
  }

  /** An earlier moment as briefly as is clear: its month, or its day when both lie in the same month. */
  private when(earlier: string, later: string): string {
    const { texts } = this;
    const [then, now] = [this.date(earlier), this.date(later)];
    if (then.year !== now.year) return texts.inMonth(`${then.month} ${then.year}`);
    return then.month === now.month ? texts.onDay(`${then.day} ${then.month}`) : texts.inMonth(then.month);
  }

  /** A day and a time: 'vrijdag 28 november om 17:00'. */
  moment(instant: string): string {
    const { weekday, day, month, time } = this.date(instant);
    return `${weekday} ${day} ${month} ${this.texts.atTime(time)}`;
  }

  /** A day in full: 'vrijdag 28 november 2026'. */
  day(instant: string): string {
    const { weekday, day, month, year } = this.date(instant);
    return `${weekday} ${day} ${month} ${year}`;
  }

  /** A day for a list or an axis: '28 nov 2026'. */
  shortDay(instant: string, year: boolean): string {
    const date = this.date(instant);
    return `${date.day} ${date.shortMonth}${year ? ` ${date.year}` : ''}`;
  }

  /** What a date is put together from, in the person's own time zone. */
  private date(instant: string) {
    const { weekdays, months, shortMonths } = this.texts;
    const date = new Date(instant);
    const word = (words: string, at: number) => words.split(' ')[at] ?? '';
    const twoDigits = (value: number) => String(value).padStart(2, '0');
    return {
      weekday: word(weekdays, date.getDay()),
      day: String(date.getDate()),
      month: word(months, date.getMonth()),
      shortMonth: word(shortMonths, date.getMonth()),
      year: String(date.getFullYear()),
      time: `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`,
    };
  }
}
