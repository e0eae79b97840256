import type { Frame, Page } from 'playwright-core';
import { until } from './until.ts';

/**
 * Waits until the paper that a ballot needs is finished and kept: what then remains is the moment at which the ballot
 * leaves, which a clock that is moved brings nearer. Before, to move the clock would end the request for the paper.
 */
export async function untilBallotIsReady(on: Page | Frame): Promise<void> {
  const isReady = () =>
    on.evaluate(() => Object.keys(localStorage).some((name) => name.startsWith('kring:outbox:') && localStorage.getItem(name)?.includes('"output"')));
  await until(isReady, 'the ballot has its paper');
}
