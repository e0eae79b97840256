import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import vectors from '../../test/vectors/statistics.json' with { type: 'json' };
import { certainShare, changeOf, cronbachAlpha, halfWidth, moments, wilson } from './statistics.ts';

function near(actual: number | undefined, expected: number, call: string, tolerance = 1e-9): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}: ${call}`);
}

function histogram(values: readonly number[], lowest: number, length: number): number[] {
  return Array.from({ length }, (_, level) => values.filter((value) => value === lowest + level).length);
}

describe(`figures that ${vectors.madeWith} gives as well`, () => {
  it('mean and standard deviation', () => {
    for (const { histogram: counts, first, step, mean, deviation } of vectors.moments) {
      const found = moments(counts, first, step);
      near(found.mean, mean.expected, mean.r);
      near(found.deviation, deviation.expected, deviation.r);
    }
  });

  it('half of the interval of a mean', () => {
    for (const { expected, r, ...sample } of vectors.halfWidth) near(halfWidth(sample), expected, r);
  });

  it("Wilson's interval", () => {
    for (const { favourable, ballots, expected, r } of vectors.wilson) {
      const found = wilson(favourable, ballots);
      near(found.low, expected.low, r, 1e-6);
      near(found.high, expected.high, r, 1e-6);
    }
  });

  it("Cronbach's alpha", () => {
    for (const { answers, expected, r } of vectors.alpha) {
      const items = answers[0]?.map((_, item) => answers.map((row) => row[item] ?? 0)) ?? [];
      const sums = answers.map((row) => row.reduce((sum, value) => sum + value, 0));
      const alpha = cronbachAlpha(
        items.map((values) => moments(histogram(values, 1, 7)).deviation ** 2),
        moments(histogram(sums, 3, 7 * items.length)).deviation ** 2,
      );
      near(alpha, expected, r);
    }
  });

  it('whether there is a change', () => {
    for (const { previous, current, retest, expected, r } of vectors.change) {
      assert.deepEqual(changeOf(previous, current, retest), { verdict: expected, from: previous.value }, r);
    }
  });
});

describe('the examples in the rules', () => {
  it('six of eight with deviation 0.8 are 0.45 wide on either side, and would be 0.84 in an endless population', () => {
    assert.equal(halfWidth({ deviation: 0.8, ballots: 6, electorate: 8 }).toFixed(2), '0.45');
    assert.equal(halfWidth({ deviation: 0.8, ballots: 6, electorate: Number.MAX_SAFE_INTEGER }).toFixed(2), '0.84');
  });

  it('four favourable of six in a team of eight lies between 50 % and 75 %, and Wilson says 30 % to 90 %', () => {
    assert.deepEqual(certainShare(4, 4, 6, 8), { low: 0.5, high: 0.75 });
    const { low, high } = wilson(4, 6);
    assert.deepEqual([low.toFixed(2), high.toFixed(2)], ['0.30', '0.90']);
  });
});

describe('at the edges', () => {
  it('everybody answered: no sampling error, also in a team of one', () => {
    assert.equal(halfWidth({ deviation: 0.9, ballots: 8, electorate: 8 }), 0);
    assert.equal(halfWidth({ deviation: 0, ballots: 1, electorate: 1 }), 0);
  });

  it('one of several answered: nothing is known of the others', () => {
    assert.equal(halfWidth({ deviation: 0, ballots: 1, electorate: 2 }), Infinity);
    assert.deepEqual(moments([0, 1, 0], 1), { count: 1, mean: 2, deviation: 0 });
  });

  it('nobody answered: no mean, and every share is possible', () => {
    assert.throws(() => moments([0, 0, 0]), RangeError);
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
    assert.deepEqual(certainShare(0, 0, 0, 0), { low: 0, high: 1 });
    assert.deepEqual(certainShare(0, 0, 0, 6), { low: 0, high: 1 });
  });

  it('alpha needs two items, and persons who differ', () => {
    assert.equal(cronbachAlpha([1.2], 1.2), undefined);
    assert.equal(cronbachAlpha([0, 0, 0], 0), undefined);
  });

  it('a census of two rounds still has measurement error: a small difference is no change', () => {
    const round = { deviation: 0.8, ballots: 8, electorate: 8 };
    assert.equal(changeOf({ ...round, value: 3.4 }, { ...round, value: 3.7 }).verdict, 'none');
    assert.equal(changeOf({ ...round, value: 3.4 }, { ...round, value: 3.7 }, 1).verdict, 'higher');
    const one = { deviation: 0.8, ballots: 1, electorate: 1, value: 3.7 };
    assert.equal(changeOf(one, { ...round, value: 1 }).verdict, 'lower');
  });
});
