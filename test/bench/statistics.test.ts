import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantile, ratio, summary } from './statistics.ts';

test('a median and quartiles are those of R’s quantile(), type 7', () => {
  // quantile(c(9, 2, 4, 7), c(.25, .5, .75)) and quantile(c(5, 1, 3), ...), in R 4.
  assert.deepEqual(summary([9, 2, 4, 7]), { median: 5.5, low: 3.5, high: 7.5, samples: 4 });
  assert.deepEqual(summary([5, 1, 3]), { median: 3, low: 2, high: 4, samples: 3 });
  assert.deepEqual(summary([8]), { median: 8, low: 8, high: 8, samples: 1 });
});

test('numbers are put in the order of their size, not of their digits', () => {
  assert.equal(summary([100, 20, 3]).median, 20);
});

test('a quantile of nothing is no number, and says so', () => {
  assert.throws(() => summary([]), RangeError);
});

test('a ratio is taken round by round, so that a slow moment of the machine is no difference', () => {
  const baseline = [100, 100, 400, 100, 100];
  const measured = baseline.map((value) => value * 1.5);
  assert.deepEqual(ratio(measured, baseline), { median: 1.5, low: 1.5, high: 1.5, samples: 5 });
  assert.equal(ratio([10, 30, 20], [10, 10, 10]).median, 2);
});

test('a ratio needs the same rounds of both', () => {
  assert.throws(() => ratio([1, 2], [1]), RangeError);
});

test('a summary depends on the measurements, not on their order, and lies between the least and the greatest', () => {
  const samples = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(samples, (values) => {
      const { low, median, high } = summary(values);
      const ordered = [Math.min(...values), low, median, high, Math.max(...values)];
      // Interpolation may err in the last binary digit.
      for (const [at, value] of ordered.slice(1).entries()) assert.ok(value >= (ordered[at] ?? NaN) * (1 - 1e-12));
      assert.deepEqual(summary([...values].reverse()), summary(values));
      const greater = values.filter((value) => value > median).length;
      assert.ok(greater <= values.length / 2);
      assert.equal(quantile(values, 0), Math.min(...values));
    }),
  );
});
