import { html } from 'hono/html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Html } from './page.ts';

type Node = ReturnType<typeof fromMarkdown>['children'][number];

/**
 * Our own documentation as a page. Knows what that is written in: headings, paragraphs, lists, tables, emphasis, code and
 * addresses.
 * @throws RangeError for anything else, so that nothing of a text goes missing unseen
 */
export function fromDocumentation(markdown: string): Html[] {
  return markdown
    // A table may follow its heading at once.
    .replaceAll(/(?:^\|.*\n?)+/gm, '\n$&\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .flatMap((block) => (block.startsWith('|') ? [table(block)] : fromMarkdown(block).children.map(asHtml)));
}

function asHtml(node: Node): Html {
  switch (node.type) {
    case 'heading':
      // The page itself begins with the first heading, and the language's own is not shown.
      return node.depth <= 3 ? html`<h2>${inner(node)}</h2>` : html`<h3>${inner(node)}</h3>`;
    case 'paragraph':
      return html`<p>${inner(node)}</p>`;
    case 'list':
      return node.ordered ? html`<ol>${node.children.map(asHtml)}</ol>` : html`<ul>${node.children.map(asHtml)}</ul>`;
    case 'listItem':
      // A line in a list is no paragraph of its own.
      return html`<li>${node.children.map((child) => (child.type === 'paragraph' ? inner(child) : asHtml(child)))}</li>`;
    case 'strong':
      return html`<b>${inner(node)}</b>`;
    case 'emphasis':
      return html`<em>${inner(node)}</em>`;
    case 'link':
      return html`<a href="${node.url}">${inner(node)}</a>`;
    case 'inlineCode':
      return html`<code>${node.value}</code>`;
    case 'text':
      return html`${node.value}`;
    default:
      throw new RangeError(`Documentation holds a ${node.type}, which no page knows how to show.`);
  }
}

function inner({ children }: { readonly children: readonly Node[] }): Html[] {
  return children.map(asHtml);
}

/** Tables are no part of plain Markdown: a row a line, cells between bars, the second line only divides. */
function table(block: string): Html {
  const [names = '', , ...lines] = block.split('\n');
  const cells = (line: string) => line.split('|').slice(1, -1).map(cell);
  const [head, rows] = [cells(names), lines.map(cells)];
  return html`<div class="table" tabindex="0" role="group"><table>
      <thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((one) => html`<td>${one}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}

function cell(text: string): Html[] {
  return fromMarkdown(text.trim()).children.flatMap((node) => (node.type === 'paragraph' ? inner(node) : [asHtml(node)]));
}
