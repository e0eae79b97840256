import assert from 'node:assert/strict';

/** Milliseconds after which what was to come never comes, on however slow a machine. */
export const PATIENCE = 120_000;

/** Looks again and again, for what does not say itself when it has come. @param what of which the failure speaks */
export async function until(holds: () => Promise<boolean>, what: string, within = PATIENCE): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `It should come to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
