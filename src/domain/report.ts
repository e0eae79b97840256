/** The least number of ballots behind each kind of figure. An organisation may raise them and never lower them. */
export interface Thresholds {
  /** A mean, and the favourable share beside it. */
  readonly mean: number;
  /** A distribution in three bins. */
  readonly distribution: number;
  /** Comments, and reliability. */
  readonly comments: number;
  /** Anything about one named person. */
  readonly person: number;
  /** How two constructs go together. */
  readonly together: number;
}

export const THRESHOLDS: Thresholds = { mean: 5, distribution: 8, comments: 10, person: 8, together: 30 };

/** Set when a figure was kept away from the end of its range, so that it does not tell that all chose the same. */
export type Bound = 'exact' | 'at-least' | 'at-most';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Mean {
  /** One decimal, on the instrument's scale, higher is more favourable. */
  readonly value: number;
  readonly bound: Bound;
  /** Standard deviation (n-1), two decimals, never less than `sqrt(2/(n-1))`. */
  readonly deviation: number;
  /** 95 %, with the correction for a finite population; one decimal. */
  readonly interval: Interval;
  /** Everybody in the electorate answered: no sampling error, only measurement error remains. */
  readonly census: boolean;
}

export interface Favourable {
  readonly count: number;
  /** 'about' where one group was kept from all and another from none, and the sum may be off either way. */
  readonly bound: Bound | 'about';
  /** Shares are fractions from 0 to 1, two decimals. */
  readonly share: number;
  /** Wilson's 95 % interval. */
  readonly wilson: Interval;
  /** The lowest and highest share that the whole electorate can have, whatever the others would have said. */
  readonly certain: Interval;
}

export const BINS = ['unfavourable', 'neutral', 'favourable'] as const;
export type Bin = (typeof BINS)[number];

/** In three bins, or only the bin that has nearly everyone in it. */
export type Distribution =
  | {
      readonly of: number;
      readonly counts: Readonly<Record<Bin, number>>;
      /** Set when some group had nearly everyone in one bin: the counts may be off by one or two for each such group. */
      readonly about?: true;
    }
  | { readonly of: number; readonly nearlyAll: Bin };

/** The figures of one construct for one team: what may be shown, and nothing else. */
export interface ConstructFigures {
  readonly construct: string;
  /** How many people could answer. */
  readonly electorate: number;
  /** The ballots that these figures rest on: complete on the construct, and in a group that is large enough. */
  readonly ballots: number;
  /** As in the report, for the ballots that are complete on the construct. */
  readonly more: boolean;
  readonly mean: Mean;
  readonly favourable: Favourable;
  readonly distribution?: Distribution;
  /** Cronbach's alpha, two decimals; from three items and the comments' threshold on. */
  readonly alpha?: number;
}

/** What is released of one round for one team, once, at closing. */
export interface Report {
  /** How many people could answer, in the team and the teams under it. */
  readonly electorate: number;
  /** How many ballots are in groups that are large enough; absent when there are too few. */
  readonly ballots?: number;
  /**
   * A part of the team, or all of it, gave too few ballots to count here: if any were given, they count only in a team
   * above. How many, and whether there were any, is not told: in a team of one, it would tell who took part.
   */
  readonly more: boolean;
  /** Only constructs with enough complete ballots. */
  readonly constructs: readonly ConstructFigures[];
  /** Shuffled; absent below the threshold. */
  readonly comments?: readonly string[];
}

/** Whether a construct's mean differs from an earlier round's by more than chance explains. */
export interface Change {
  readonly verdict: 'higher' | 'lower' | 'none';
  /** The earlier round's mean. */
  readonly from: number;
}
