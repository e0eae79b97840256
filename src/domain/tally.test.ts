import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Answers } from './ballot.ts';
import type { Instrument } from './instrument.ts';
import { addTallies, emptyTally, tallyOf, type Tally } from './tally.ts';

const word = { nl: 'woord', en: 'word' };
const labels = ['1', '2', '3', '4', '5'];
const instrument: Instrument = {
  key: 'two-themes',
  version: 1,
  title: word,
  summary: word,
  source: word,
  scale: { labels: { nl: labels, en: labels } },
  constructs: [
    { key: 'room', title: word, nextStep: word },
    { key: 'other', title: word, nextStep: word },
  ],
  items: [
    { key: 'room-1', construct: 'room', text: word },
    { key: 'other-1', construct: 'other', text: word },
    { key: 'room-2', construct: 'room', text: word, reversed: true },
    { key: 'room-3', construct: 'room', text: word },
  ],
};

const choice = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq: 6 });
const ballot: fc.Arbitrary<Answers> = fc
  .tuple(choice, choice, choice, choice)
  .map((chosen) => ({
    choices: Object.fromEntries(
      instrument.items.flatMap(({ key }, index) => (chosen[index] === undefined ? [] : [[key, chosen[index]]])),
    ),
  }));
const ballots = fc.array(ballot, { maxLength: 30 });

const empty = emptyTally(instrument, 'room');
const tallyAll = (all: readonly Answers[]): Tally =>
  all.reduce((tally, answers) => addTallies(tally, tallyOf(instrument, 'room', answers)), empty);

describe('a tally', () => {
  it('counts options, products and sums after reversing', () => {
    const tally = tallyAll([
      { choices: { 'room-1': 5, 'room-2': 1, 'room-3': 4 } },
      { choices: { 'room-1': 2, 'room-2': 4, 'room-3': 2, 'other-1': 5 } },
    ]);
    assert.equal(tally.ballots, 2);
    assert.deepEqual(tally.options, [
      [0, 1, 0, 0, 1],
      [0, 1, 0, 0, 1],
      [0, 1, 0, 1, 0],
    ]);
    assert.deepEqual(tally.products, [5 * 5 + 2 * 2, 5 * 4 + 2 * 2, 5 * 4 + 2 * 2]);
    assert.deepEqual(tally.sums, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('leaves out a ballot that did not answer every item of the construct', () => {
    assert.deepEqual(tallyOf(instrument, 'room', { choices: { 'room-1': 5, 'room-2': 1, 'other-1': 3 } }), empty);
    assert.equal(tallyOf(instrument, 'other', { choices: { 'other-1': 3 } }).ballots, 1);
  });

  it('of a group is the sum of the tallies of its parts, however it is divided and in whatever order', () => {
    fc.assert(
      fc.property(ballots, fc.array(fc.nat({ max: 4 }), { minLength: 30, maxLength: 30 }), (all, part) => {
        const parts = [4, 2, 0, 3, 1].map((number) => tallyAll(all.filter((_, index) => part[index] === number)));
        assert.deepEqual(parts.reduce(addTallies), tallyAll(all));
      }),
    );
  });

  it('adds up in any order, in any grouping, and with nobody to itself', () => {
    fc.assert(
      fc.property(ballots, ballots, ballots, (x, y, z) => {
        const [a, b, c] = [tallyAll(x), tallyAll(y), tallyAll(z)];
        assert.deepEqual(addTallies(a, b), addTallies(b, a));
        assert.deepEqual(addTallies(addTallies(a, b), c), addTallies(a, addTallies(b, c)));
        assert.deepEqual(addTallies(a, empty), a);
      }),
    );
  });

  it('is as large for many as for nobody', () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const shape = ({ options, products, sums }: Tally) =>
          [...options, products, sums].map((counts) => counts.length);
        assert.deepEqual(shape(tallyAll(all)), shape(empty));
      }),
    );
  });

  it('agrees with itself: options, products and sums tell of the same persons', () => {
    fc.assert(
      fc.property(ballots, (all) => {
        const { ballots: count, options, products, sums } = tallyAll(all);
        const add = (values: readonly number[], weight: (index: number) => number) =>
          values.reduce((total, value, index) => total + value * weight(index), 0);
        for (const counts of options) assert.equal(add(counts, () => 1), count);
        assert.equal(add(sums, () => 1), count);
        const squares = options.reduce((total, counts) => total + add(counts, (index) => (index + 1) ** 2), 0);
        assert.equal(add(sums, (level) => (level + 3) ** 2), squares + 2 * add(products, () => 1));
      }),
    );
  });
});
