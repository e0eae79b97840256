import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { RunningDemo } from './demo.ts';
import { until } from './until.ts';

/**
 * That a page of the demo's intranet broke its strict policy nowhere. Reports come when the browser likes: so the page
 * is made to break it once, on purpose, and that report has to be the only one.
 */
export async function assertPolicyKept(demo: RunningDemo, page: Page): Promise<void> {
  await page.evaluate(() => { document.body.setAttribute('style', 'color: red'); });
  let reports: unknown[] = [];
  await until(async () => {
    reports = (await (await fetch(`${demo.intranet}/csp-report`)).json()) as unknown[];
    return reports.length > 0;
  }, 'a broken policy is reported', 60_000);
  assert.equal(reports.length, 1, JSON.stringify(reports));
  assert.match(JSON.stringify(reports), /style-src/);
}
