import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import en from '../../widgets/learning-log/texts/en.ts';
import enLater from '../../widgets/learning-log/texts/en.later.ts';
import enWriting from '../../widgets/learning-log/texts/en.writing.ts';
import nl from '../../widgets/learning-log/texts/nl.ts';
import nlLater from '../../widgets/learning-log/texts/nl.later.ts';
import nlWriting from '../../widgets/learning-log/texts/nl.writing.ts';
import { axeOnPage } from './page-axe.ts';

/** What the learning log says, by which a walk through it finds its way. */
export const LOG_TEXTS = {
  nl: { form: nl, writing: nlWriting, later: nlLater },
  en: { form: en, writing: enWriting, later: enLater },
} as const;

/** Nothing that axe finds, and nothing to scroll sideways for. */
export async function assertFine(page: Page, what: string): Promise<void> {
  assert.deepEqual(await axeOnPage(page), [], what);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${what} scrolls sideways by ${String(overflow)} px`);
}
