/** What is told of repeated measurements of one thing. */
export interface Summary {
  readonly median: number;
  /** First and third quartile: half of the measurements lie between them. */
  readonly low: number;
  readonly high: number;
  readonly samples: number;
}

/**
 * A quantile by linear interpolation between the two measurements that it lies between (Hyndman and Fan 1996, type 7;
 * what R and NumPy give when nothing else is asked).
 * @param at from 0, the least, to 1, the greatest
 * @throws RangeError when there is nothing to take it of
 */
export function quantile(samples: readonly number[], at: number): number {
  if (samples.length === 0) throw new RangeError('A quantile of nothing.');
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * at;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function summary(samples: readonly number[]): Summary {
  return {
    median: quantile(samples, 0.5),
    low: quantile(samples, 0.25),
    high: quantile(samples, 0.75),
    samples: samples.length,
  };
}

/**
 * How many times as much one thing takes as another, measured in the same interleaved rounds: the median of the rounds'
 * own ratios, so that a slow moment of the machine, which slows both sides of a round, counts for little.
 * @throws RangeError when the rounds of the two are not the same number, or there are none
 */
export function ratio(measured: readonly number[], baseline: readonly number[]): Summary {
  if (measured.length !== baseline.length) throw new RangeError('A ratio is of rounds in which both were measured.');
  return summary(measured.map((value, round) => value / (baseline[round] ?? NaN)));
}
