import { choiceOf, type Answers } from './ballot.ts';
import type { Instrument } from './instrument.ts';
import { itemsOf, points } from './instrument.ts';

/**
 * All that is kept of a group's answers to one construct. Its size depends on the construct alone, and the tally of two
 * groups together is the sum of theirs: ballots can be counted as they come, in any order, and forgotten.
 * Values are after reversing: higher is more favourable.
 */
export interface Tally {
  /** The ballots that answered every item of the construct; the others are not in any number here. */
  readonly ballots: number;
  /** By item, in the instrument's order: how many chose each point, the lowest first. */
  readonly options: readonly (readonly number[])[];
  /** For the pairs of items (0,1), (0,2), ..., (1,2), ...: the sum over ballots of the product of both values. */
  readonly products: readonly number[];
  /** How many persons have each sum over the items; the first entry is the lowest sum, one for every item. */
  readonly sums: readonly number[];
}

/** The tally of nobody: adding it changes nothing. */
export function emptyTally(instrument: Instrument, construct: string): Tally {
  const items = itemsOf(instrument, construct).length;
  const highest = points(instrument);
  return {
    ballots: 0,
    options: Array.from({ length: items }, () => zeros(highest)),
    products: zeros((items * (items - 1)) / 2),
    sums: zeros(items * (highest - 1) + 1),
  };
}

/** The tally of one ballot: empty when it left an item of the construct without an answer. */
export function tallyOf(instrument: Instrument, construct: string, answers: Answers): Tally {
  const empty = emptyTally(instrument, construct);
  const values = valuesOf(instrument, construct, answers);
  if (!values) return empty;
  const sum = values.reduce((total, value) => total + value, 0);
  return {
    ballots: 1,
    options: empty.options.map((counts, item) => counts.map((_, option) => (values[item] === option + 1 ? 1 : 0))),
    products: values.flatMap((value, item) => values.slice(item + 1).map((other) => value * other)),
    sums: empty.sums.map((_, level) => (level === sum - values.length ? 1 : 0)),
  };
}

/** The tally of two groups without a ballot in common, of the same construct of the same instrument. */
export function addTallies(a: Tally, b: Tally): Tally {
  return {
    ballots: a.ballots + b.ballots,
    options: a.options.map((counts, item) => addAll(counts, b.options[item] ?? [])),
    products: addAll(a.products, b.products),
    sums: addAll(a.sums, b.sums),
  };
}

/** The values after reversing, in the order of the construct's items, or nothing when one is missing. */
function valuesOf(instrument: Instrument, construct: string, answers: Answers): number[] | undefined {
  const turned = points(instrument) + 1;
  const values: number[] = [];
  for (const item of itemsOf(instrument, construct)) {
    const choice = choiceOf(answers, item.key);
    if (choice === undefined) return undefined;
    values.push(item.reversed ? turned - choice : choice);
  }
  return values;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

function addAll(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value + (b[index] ?? 0));
}
