import assert from 'node:assert/strict';
import type { Page, Request } from 'playwright-core';

/**
 * The paths of the questions whether a page may come (CORS preflights), from now on, as they are asked. The browser asks
 * them by itself: they are not among the requests of a page.
 */
export async function preflightsOf(page: Page): Promise<string[]> {
  const paths: string[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (request.method === 'OPTIONS') paths.push(new URL(request.url).pathname);
  });
  await session.send('Network.enable');
  return paths;
}

/**
 * That a widget got to its form without a way there and back that it could do without: one token, which the page itself
 * had begun to fetch, one question what is open, and no question whether the browser may come.
 */
export async function assertNoDetour(requests: readonly Request[], preflights: readonly string[]): Promise<void> {
  const tokens = requests.filter((request) => new URL(request.url()).pathname === '/leerkring-token');
  assert.equal(tokens.length, 1, 'one token');
  assert.notEqual(tokens[0]?.resourceType(), 'fetch', 'asked for by the page, and not by a script');
  assert.equal((await tokens[0]?.response())?.status(), 200);
  const rounds = requests.filter((request) => new URL(request.url()).pathname === '/v1/rounds/open');
  assert.deepEqual(rounds.map((request) => request.method()), ['POST']);
  assert.deepEqual(preflights, []);
}
