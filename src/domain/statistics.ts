import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Change, Interval } from './report.ts';

/** Test-retest reliability of a mean, for an instrument that does not know its own. */
const DEFAULT_RETEST = 0.7;

/** The quantile of the standard normal distribution that leaves 2.5 % above it; six decimals suffice for shares. */
const Z = 1.959964;

/** What a histogram says of a value: one count for each of its equally spaced levels. */
interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation with n-1; 0 for a single value, of which nothing is known. */
  readonly deviation: number;
}

/**
 * Mean and standard deviation of a histogram. Level `i` stands for the value `first + i * step`; the sums run over
 * whole numbers, so that a histogram with one level has a deviation of exactly 0.
 * @throws RangeError when the histogram is empty: nothing has no mean.
 */
export function moments(histogram: readonly number[], first = 0, step = 1): Moments {
  let count = 0;
  let sum = 0;
  let squares = 0;
  histogram.forEach((frequency, level) => {
    count += frequency;
    sum += frequency * level;
    squares += frequency * level * level;
  });
  if (count === 0) throw new RangeError('An empty histogram has no mean.');
  const variance = count === 1 ? 0 : (count * squares - sum * sum) / (count * (count - 1));
  return { count, mean: first + (step * sum) / count, deviation: step * Math.sqrt(variance) };
}

/** What the precision of a mean rests on: n `ballots` out of N in the `electorate`. */
interface Sample {
  /** Standard deviation (n-1). */
  readonly deviation: number;
  readonly ballots: number;
  readonly electorate: number;
}

/**
 * Half of the 95 % interval of a mean when n of N answered: `t(0.975, n-1) * s/sqrt(n) * sqrt((N-n)/(N-1))`, the
 * finite population correction of W. G. Cochran, Sampling Techniques (3rd ed., 1977), sections 2.5 to 2.8, in the form
 * that takes a population's variance with N. In the unit of the deviation. 0 when everybody answered; infinite when
 * one of several did, which tells nothing of the others.
 */
export function halfWidth({ deviation, ballots, electorate }: Sample): number {
  const correction = leftOut(ballots, electorate);
  if (correction === 0) return 0;
  if (ballots < 2) return Infinity;
  return tQuantile(0.975, ballots - 1) * Math.sqrt((deviation ** 2 / ballots) * correction);
}

/**
 * 95 % interval of a share, from 0 to 1: E. B. Wilson, 'Probable inference, the law of succession, and statistical
 * inference', Journal of the American Statistical Association 22 (1927), 209-212. Without answers, all is possible.
 */
export function wilson(favourable: number, ballots: number): Interval {
  if (ballots === 0) return { low: 0, high: 1 };
  const share = favourable / ballots;
  const centre = share + Z ** 2 / (2 * ballots);
  const half = Z * Math.sqrt((share * (1 - share)) / ballots + Z ** 2 / (4 * ballots ** 2));
  const scale = 1 + Z ** 2 / ballots;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/**
 * The lowest and the highest share that the whole electorate can have, when of those who answered at least `least` and
 * at most `most` were favourable, and the others can have thought anything. Arithmetic, not chance.
 */
export function certainShare(least: number, most: number, ballots: number, electorate: number): Interval {
  const whole = Math.max(ballots, electorate);
  if (whole === 0) return { low: 0, high: 1 };
  return { low: least / whole, high: (most + whole - ballots) / whole };
}

/** A released mean of one round, with what its precision rests on. */
export interface RoundMean extends Sample {
  readonly value: number;
}

/**
 * Whether the mean of one round differs from an earlier one by more than chance explains, answers being unpaired. The
 * error of a round's mean is `s^2/n * ((N-n)/(N-1) + (1-r))`: those who did not answer (Cochran, as in `halfWidth`),
 * and the unreliability of a single measurement (the standard error of measurement, `s * sqrt(1-r)`, of F. M. Lord and
 * M. R. Novick, Statistical Theories of Mental Test Scores, 1968, section 3.7). A difference counts from 1.96 times the
 * root of the two errors' sum.
 */
export function changeOf(previous: RoundMean, current: RoundMean, retest = DEFAULT_RETEST): Change {
  const difference = current.value - previous.value;
  const noise = Z * Math.sqrt(squaredError(previous, retest) + squaredError(current, retest));
  const verdict = Math.abs(difference) <= noise ? 'none' : difference > 0 ? 'higher' : 'lower';
  return { verdict, from: previous.value };
}

/**
 * Cronbach's alpha, `k/(k-1) * (1 - sum of the items' variances / variance of the persons' sums)`: L. J. Cronbach,
 * 'Coefficient alpha and the internal structure of tests', Psychometrika 16 (1951), 297-334. Undefined for a single
 * item, and where all persons have the same sum.
 */
export function cronbachAlpha(itemVariances: readonly number[], sumVariance: number): number | undefined {
  const items = itemVariances.length;
  if (items < 2 || sumVariance <= 0) return undefined;
  return (items / (items - 1)) * (1 - itemVariances.reduce((sum, variance) => sum + variance, 0) / sumVariance);
}

/** The share of a mean's variance that is left because not everybody answered: (N-n)/(N-1), 0 when everybody did. */
function leftOut(ballots: number, electorate: number): number {
  return ballots >= electorate ? 0 : (electorate - ballots) / (electorate - 1);
}

function squaredError({ deviation, ballots, electorate }: Sample, retest: number): number {
  return (deviation ** 2 / ballots) * (leftOut(ballots, electorate) + (1 - retest));
}
