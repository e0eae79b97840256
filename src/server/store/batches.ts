/** How many rows go into one statement: PostgreSQL takes 65,535 parameters, and no table here has more than 10 columns. */
const BATCH = 5000;

/** Rows in parts that fit a statement. */
export function* inBatches<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
}
