import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let source: Promise<string> | undefined;

/** Puts axe on the page's window: by the debugger's protocol, which a page's own policy does not hold back. */
export async function loadAxe(page: Page | Frame): Promise<void> {
  source ??= readFile(AXE, 'utf8');
  await page.evaluate(await source);
}

/**
 * What axe finds wrong on a whole page, or in a frame, shadow roots included: an empty list is what to expect.
 * @param rules those to look for; all of them otherwise, which takes far longer
 */
export async function axeOnPage(page: Page | Frame, ...rules: readonly string[]): Promise<string[]> {
  await loadAxe(page);
  return page.evaluate(async (rules) => {
    // What is still fading in is not yet what a person reads.
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
    }
    await Promise.allSettled(roots.flatMap((root) => root.getAnimations().map(({ finished }) => finished)));
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: AxeResult[] }> } };
    const { violations } = await axe.run(rules.length === 0 ? {} : { runOnly: rules });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary }) => `${id} at ${target.flat().join(' > ')}: ${html} ${failureSummary}`),
    );
  }, rules);
}

interface AxeResult {
  readonly id: string;
  readonly nodes: readonly { readonly target: string[]; readonly html: string; readonly failureSummary: string }[];
}
