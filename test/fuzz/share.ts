import { fuzz } from './fuzzing.ts';

/**
 * One share of the requests, in a process of its own: the test runner would look on at every promise.
 * `share.ts INPUTS SEED`; tells its parent what it came to.
 */
const [inputs, seed] = process.argv.slice(2).map(Number);

const told = await fuzz(inputs ?? 0, seed ?? 0).then(
  (seen) => ({ seen }),
  (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
);
// A stream that nobody read to its end would keep the process waiting for it.
process.send?.(told, () => process.exit());
