import assert from 'node:assert/strict';

/** The largest prime whose square a double holds exactly: sums of products stay whole numbers. */
const PRIME = 67_108_859;

export type Vector = readonly number[];

/**
 * The reduced row echelon form of what all these rows span, over the field of a large prime. Of rows of small whole
 * numbers it is that over the fractions too, unless a minor of theirs is a multiple of the prime; those of rows of 0
 * and 1 of the sizes here that come from nested groups are 0, 1 or -1.
 */
export function spanOf(rows: readonly Vector[]): number[][] {
  const left = rows.map((row) => row.map(modulo));
  const basis: number[][] = [];
  const width = left[0]?.length ?? 0;
  for (let column = 0; column < width; column += 1) {
    const at = left.findIndex((row) => row[column] !== 0);
    if (at < 0) continue;
    const [found = []] = left.splice(at, 1);
    const factor = inverse(found[column] ?? 1);
    const pivot = found.map((value) => modulo(value * factor));
    for (const other of [...left, ...basis]) {
      const by = other[column] ?? 0;
      if (by !== 0) pivot.forEach((value, index) => { other[index] = modulo((other[index] ?? 0) - by * value); });
    }
    basis.push(pivot);
  }
  return basis;
}

/** Whether this vector is a sum of the rows of a span, with whatever factors. */
function isIn(span: readonly Vector[], vector: Vector): boolean {
  const rest = vector.map(modulo);
  for (const row of span) {
    const by = rest[row.findIndex((value) => value !== 0)] ?? 0;
    if (by !== 0) row.forEach((value, index) => { rest[index] = modulo((rest[index] ?? 0) - by * value); });
  }
  return rest.every((value) => value === 0);
}

/**
 * The places that no vector of a span tells apart: its columns are the same, so every vector has one value on all of a
 * class. What a vector is not zero on is a union of classes; places that are zero in all are in none.
 */
export function classesOf(span: readonly Vector[]): number[][] {
  const classes = new Map<string, number[]>();
  for (let place = 0; place < (span[0]?.length ?? 0); place += 1) {
    const column = span.map((row) => row[place] ?? 0);
    if (column.every((value) => value === 0)) continue;
    const name = column.join();
    classes.set(name, [...(classes.get(name) ?? []), place]);
  }
  return [...classes.values()];
}

/** @throws AssertionError when figures, added and subtracted in whatever way, rest on too few ballots */
export function assertNobodyIsolated(rows: readonly Vector[], least: number, what: string): void {
  const span = spanOf(rows);
  for (const one of classesOf(span)) {
    assert.ok(one.length >= least, `${what}: ${one.length} ballots can be told from all others, the threshold is ${least}`);
  }
  // The same, said directly, for the smallest sets of all.
  const width = rows[0]?.length ?? 0;
  for (let size = 1; size < least; size += 1) {
    for (let from = 0; from + size <= width; from += 1) {
      const few = Array.from({ length: width }, (_, place) => (place >= from && place < from + size ? 1 : 0));
      assert.ok(!isIn(span, few), `${what}: the sum over ${size} ballots can be worked out`);
    }
  }
}

function modulo(value: number): number {
  const rest = value % PRIME;
  return rest < 0 ? rest + PRIME : rest;
}

/** By Fermat: `value^(p-2)`. */
function inverse(value: number): number {
  let [result, base, exponent] = [1, modulo(value), PRIME - 2];
  while (exponent > 0) {
    if (exponent % 2 === 1) result = modulo(result * base);
    base = modulo(base * base);
    exponent = Math.floor(exponent / 2);
  }
  return result;
}
