import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { forgetSeed, startDemo, type RunningDemo } from './demo.ts';

/** Where a way is gone: wide in Dutch, and as narrow as a page may be in English. */
const LOOKS = [
  { language: 'nl', width: 1200 },
  { language: 'en', width: 320 },
] as const;

export interface Walk {
  readonly demo: RunningDemo;
  readonly language: 'nl' | 'en';
  readonly narrow: boolean;
  /** What one person has on one device: closed when the way is at its end. */
  newContext(): Promise<BrowserContext>;
}

/**
 * Goes one way through a demo of its own, in each look.
 * @param way from where to where
 */
export function describeWalk(name: string, way: string, walk: (on: Walk) => Promise<void>): void {
  describe(name, () => {
    let browser: Browser;
    before(async () => {
      browser = await launchChromium();
    });
    after(async () => {
      await browser.close();
      await forgetSeed();
    });

    for (const { language, width } of LOOKS) {
      test(`${way}, ${String(width)} px wide, in ${language}`, async () => {
        const demo = await startDemo();
        const contexts: BrowserContext[] = [];
        const newContext = async () => {
          const context = await browser.newContext({ viewport: { width, height: 800 }, locale: language === 'nl' ? 'nl-NL' : 'en-GB' });
          contexts.push(context);
          return context;
        };
        try {
          await walk({ demo, language, narrow: width < 600, newContext });
        } finally {
          for (const context of contexts) await context.close();
          await demo.stop();
        }
      });
    }
  });
}
