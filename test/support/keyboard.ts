import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What has the focus, through shadow roots, as a person would name it. */
export interface Focused {
  readonly tag: string;
  readonly type: string;
  readonly name: string;
  /** The element in the page that holds it, when it is in a shadow root. */
  readonly within: string;
}

export function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    let at = document.activeElement;
    let within = '';
    while (at?.shadowRoot?.activeElement) {
      within = at.localName;
      at = at.shadowRoot.activeElement;
    }
    const label = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.labels?.[0]?.textContent : at?.textContent;
    return {
      tag: at?.localName ?? '',
      type: at?.getAttribute('type') ?? '',
      name: (label ?? '').replace(/\s+/g, ' ').trim(),
      within,
    };
  });
}

/** Presses Tab until what is looked for has the focus; it must be reachable. */
export async function tabTo(page: Page, what: string, matches: (focus: Focused) => boolean): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await focused(page);
    if (matches(focus)) return;
    passed.push(`${focus.within} ${focus.tag} ${focus.name.slice(0, 30)}`);
  }
  assert.fail(`The keyboard does not reach ${what}. It passes: ${[...new Set(passed)].join(' | ')}`);
}

export const named = (tag: string, name: string | RegExp) => (focus: Focused) =>
  focus.tag === tag && (typeof name === 'string' ? focus.name === name : name.test(focus.name));

/** Waits until this has the focus. */
export async function expectFocus(page: Page, what: string, matches: (focus: Focused) => boolean): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const focus = await focused(page);
    if (matches(focus)) return;
    assert.ok(Date.now() < until, `The focus should be on ${what}, and is on ${JSON.stringify(focus)}.`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
