import type { Frame, Page } from 'playwright-core';
import { until } from './until.ts';

/**
 * Waits until a ballot that was sent has its paper, and goes at the moment that was drawn; or, where that came at once,
 * has gone. From then on a clock that is moved brings it nearer: before, it would end the request for the paper.
 */
export async function untilBallotIsReady(on: Page | Frame): Promise<void> {
  const isReady = () =>
    on.evaluate(() => {
      const names = Object.keys(localStorage).filter((name) => name.startsWith('kring:'));
      const sent = names.filter((name) => name.startsWith('kring:outbox:'));
      if (sent.some((name) => localStorage.getItem(name)?.includes('"output"'))) return true;
      // What was answered is kept until its ballot is in the box. What the learning log keeps is something else.
      return sent.length === 0 && !names.some((name) => name.startsWith('kring:draft:') && !name.startsWith('kring:draft:log:'));
    });
  await until(isReady, 'the ballot has its paper');
}
