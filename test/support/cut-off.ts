import type { Frame, Page } from 'playwright-core';

/**
 * What can't be seen in full from one side to the other, shadow roots included: what reaches beyond the page or is cut off
 * where it lies, and lists whose longest choice has no room. An empty list is what to expect.
 */
export function cutOff(page: Page | Frame): Promise<string[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    if (!pen) throw new Error('There is nothing to measure with.');
    const found: string[] = [];
    const { clientWidth: page } = document.documentElement;
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const element of root.querySelectorAll<HTMLElement>('body, body *, :host *')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        const { left, right, width, height } = element.getBoundingClientRect();
        // What is there for who hears the page alone is a pixel wide.
        if (width <= 1 || height <= 1 || !element.checkVisibility({ visibilityProperty: true })) continue;
        const name = `${element.localName}.${element.className}: ${(element.textContent).trim().slice(0, 40)}`;
        if (left < -0.5 || right > page + 0.5) found.push(`${name} reaches from ${String(left)} to ${String(right)} of ${String(page)}`);
        const { overflowX, font, paddingInlineStart, paddingInlineEnd } = getComputedStyle(element);
        if (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth) found.push(`${name} is cut off`);
        if (!(element instanceof HTMLSelectElement)) continue;
        pen.font = font;
        // The arrow is as wide as the text is high, or nearly.
        const room = element.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd) - 20;
        for (const { text } of element.options) if (pen.measureText(text).width > room) found.push(`the choice ${text}`);
      }
    }
    return found;
  });
}
