import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ROUTES, type Route } from '../../src/contract/routes.ts';
import type { Seen } from './fuzzing.ts';

/** How many requests: `FUZZ_INPUTS` sends more. Always the same ones, so that a change is told by its own faults; `FUZZ_SEED` chooses others. */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 100_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_125);
/** Each in a process of its own, and as many on every machine: with another number they were other requests. */
const SHARES = 2;
const SHARE = fileURLToPath(new URL('share.ts', import.meta.url));

describe(`every route, sent ${String(INPUTS)} requests (FUZZ_SEED=${String(SEED)})`, () => {
  test('answers each as its contract says, tells nothing, and counts each ballot once', async () => {
    const parts = await Promise.all(
      Array.from({ length: SHARES }, (_, index) => share(Math.floor(INPUTS / SHARES) + (index < INPUTS % SHARES ? 1 : 0), SEED + 1000 * index)),
    );
    const seen = new Map<string, number>();
    for (const [outcome, count] of parts.flatMap((part) => Object.entries(part))) seen.set(outcome, (seen.get(outcome) ?? 0) + count);
    assert.equal(sum([...seen.values()]), INPUTS);
    assertGotEverywhere(seen);
  });
});

/** What takes two that act at the very same moment: an entry that is deleted while it is written once more. */
const SELDOM: ReadonlySet<string> = new Set([`POST ${ROUTES.writeEntry.path} not-found`]);

/** Each route gave answers and each of its problems, or the requests were not what they were meant to be. */
function assertGotEverywhere(seen: ReadonlyMap<string, number>): void {
  for (const { method, path, params, query, body, problems } of Object.values<Route>(ROUTES)) {
    for (const outcome of ['200', ...problems, ...(params || query || body ? ['invalid-request'] : []), ...(body ? ['too-large'] : [])]) {
      const name = `${method.toUpperCase()} ${path} ${outcome}`;
      assert.ok(seen.has(name) || SELDOM.has(name), `It never came to ${name}. It came to: ${JSON.stringify(Object.fromEntries(seen))}`);
    }
  }
  const understood = sum([...seen].filter(([name]) => name.endsWith(' 200')).map(([, count]) => count));
  assert.ok(understood > INPUTS / 8, `Only ${String(understood)} requests got an answer: too few reach deep.`);
}

function share(inputs: number, seed: number): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const child = fork(SHARE, [String(inputs), String(seed)], { execArgv: ['--import', 'tsx'] });
    child.once('error', reject);
    child.once('exit', (code) => { reject(new Error(`A share ended by itself, with ${String(code)}.`)); });
    child.once('message', ({ seen, failure }: { readonly seen?: Seen; readonly failure?: string }) => {
      if (seen) resolve(seen);
      else reject(new Error(failure));
    });
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
