/**
 * Draws what stands in the part marked `data-bench` as one SVG: every line of text where it stands, every surface and
 * every shape, so that it is the same picture. Presentation attributes only: a page's policy takes no `style`.
 *
 * It runs in the page and is sent there as text, and so may use nothing from outside itself.
 */
export function drawAsSvg(): string {
  const part = document.querySelector('[data-bench]');
  if (!part) return '';
  const origin = part.getBoundingClientRect();
  const drawn: string[] = [];
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const number = (value: number) => String(Math.round(value * 10) / 10);
  const place = ({ left, top, width, height }: DOMRect) =>
    `x="${number(left - origin.left)}" y="${number(top - origin.top)}" width="${number(width)}" height="${number(height)}"`;

  const drawText = (node: Text, parent: Element) => {
    const { color, fontSize, fontWeight, fontFamily, visibility } = getComputedStyle(parent);
    const figure = parent.closest('.row .value') ? ' data-last' : '';
    if (visibility === 'hidden') return;
    const range = document.createRange();
    const lines = new Map<number, { left: number; bottom: number; words: string[] }>();
    for (const { index, 0: word } of node.data.matchAll(/\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const { left, top, bottom, width } = range.getBoundingClientRect();
      if (width < 2) continue;
      const line = lines.get(top) ?? { left, bottom, words: [] };
      line.words.push(word);
      lines.set(top, line);
    }
    for (const { left, bottom, words } of lines.values()) {
      const baseline = bottom - origin.top - parseFloat(fontSize) * 0.35;
      drawn.push(
        `<text${figure} x="${number(left - origin.left)}" y="${number(baseline)}" fill="${color}" font-size="${fontSize}" ` +
          `font-weight="${fontWeight}" font-family="${escaped(fontFamily)}">${escaped(words.join(' '))}</text>`,
      );
    }
  };
  const drawShapes = (svg: Element) => {
    for (const shape of svg.querySelectorAll('line, rect, circle, path')) {
      const { fill, stroke, strokeWidth, display } = getComputedStyle(shape);
      if (display === 'none') continue;
      // An inner svg fills the outer one, in units of its own.
      const units = [...((shape as SVGElement).ownerSVGElement ?? svg).attributes]
        .filter(({ name }) => name === 'viewBox' || name === 'preserveAspectRatio')
        .map(({ name, value }) => ` ${name}="${value}"`);
      const attributes = [...shape.attributes].filter(({ name }) => name !== 'class' && !name.startsWith('?'));
      drawn.push(
        `<svg ${place(svg.getBoundingClientRect())}${units.join('')}>` +
          `<${shape.localName} ${attributes.map(({ name, value }) => `${name}="${escaped(value)}"`).join(' ')} ` +
          `fill="${fill}" stroke="${stroke}" stroke-width="${strokeWidth}"/></svg>`,
      );
    }
  };
  const walk = (node: Node) => {
    if (node instanceof Text) {
      if (node.data.trim() !== '' && node.parentElement) drawText(node, node.parentElement);
      return;
    }
    if (node instanceof Element) {
      const rect = node.getBoundingClientRect();
      const { backgroundColor, borderTopWidth, borderTopColor, display } = getComputedStyle(node);
      if (display === 'none' || node.localName === 'style' || node.localName === 'select') return;
      if (node.localName === 'svg') return drawShapes(node);
      const bordered = parseFloat(borderTopWidth) > 0;
      if (rect.width > 1 && (backgroundColor !== 'rgba(0, 0, 0, 0)' || bordered)) {
        drawn.push(`<rect ${place(rect)} fill="${backgroundColor}"${bordered ? ` stroke="${borderTopColor}"` : ''}/>`);
      }
    }
    for (const child of (node instanceof Element ? node.shadowRoot : null)?.childNodes ?? node.childNodes) walk(child);
  };
  walk(part);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${number(origin.width)}" height="${number(origin.height)}" role="img" aria-label="Team">${drawn.join('')}</svg>`;
}
