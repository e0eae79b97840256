import type { RunOptions } from 'axe-core';
// Not a module, and needs no bundler: it puts itself on the window.
import 'axe-core/axe.min.js';

declare global {
  interface Window {
    readonly axe: typeof import('axe-core');
  }
}

/** One rule broken, and where: the path to each element through the shadow roots, with its markup. */
export interface AxeViolation {
  readonly rule: string;
  readonly help: string;
  readonly where: readonly string[];
}

/**
 * What axe finds wrong in an element and its shadow roots, in a browser's test. An empty list is what to expect:
 * `expect(await axeViolations(element)).to.deep.equal([])`. Rules on whole pages (landmarks around everything) are off,
 * since a fragment is no page.
 */
export async function axeViolations(element: Element, options: RunOptions = {}): Promise<readonly AxeViolation[]> {
  const { violations } = await window.axe.run(element, {
    resultTypes: ['violations'],
    ...options,
    rules: { region: { enabled: false }, ...options.rules },
  });
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    where: nodes.map(({ target, html }) => `${target.flat().join(' > ')}: ${html}`),
  }));
}
