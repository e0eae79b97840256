import { sanitize, type Schema } from 'hast-util-sanitize';
import { toDom } from 'hast-util-to-dom';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { toHast, type Handlers } from 'mdast-util-to-hast';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';

type Tree = Parameters<typeof toDom>[0];
type Parent = ReturnType<typeof fromMarkdown>;
type Node = Parent | Parent['children'][number];

/** What an entry's text may become: nothing that loads, runs, or looks like the page around it. */
const SCHEMA: Schema = {
  tagNames: ['p', 'em', 'strong', 'ul', 'ol', 'li', 'a', 'code', 'pre', 'br', 'blockquote'],
  attributes: { a: ['href'], ol: ['start'] },
  protocols: { href: ['http', 'https', 'mailto'] },
  ancestors: { li: ['ol', 'ul'] },
  required: {},
  clobber: [],
  strip: [],
};

/** Levels within one another that a text is read in; nobody means more. */
const DEEPEST = 60;

/** What takes a browser seconds to read as Markdown, and is none: a line of many marks within one another. */
const ENDLESS = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){20}|[^\s*_][*_]{40}|[*_]{40}[^\s*_]/m;

/** An address that was typed as it is leads there. */
const ADDRESSES = { extensions: [gfmAutolinkLiteral()], mdastExtensions: [gfmAutolinkLiteralFromMarkdown()] };

const handlers: Handlers = {
  // A heading would stand in the page's own order of headings.
  heading: (state, node: Parameters<typeof state.all>[0]) => ({
    type: 'element',
    tagName: 'p',
    properties: {},
    children: [{ type: 'element', tagName: 'strong', properties: {}, children: state.all(node) }],
  }),
  // What looks like HTML was typed as text, and is shown as it was typed.
  html: (_state, { value }: { value: string }, parent) => {
    const text = { type: 'text' as const, value };
    const within = parent?.type === 'paragraph' || parent?.type === 'emphasis' || parent?.type === 'strong' || parent?.type === 'link';
    return within ? text : { type: 'element', tagName: 'p', properties: {}, children: [text] };
  },
  image: (_state, { alt, url }: { alt?: string | null; url: string }) => ({ type: 'text', value: alt ? `${alt} (${url})` : url }),
  imageReference: (_state, { alt }: { alt?: string | null }) => ({ type: 'text', value: alt ?? '' }),
  // The line ends in the text are shown by the styles; this one would be shown twice.
  break: () => ({ type: 'element', tagName: 'br', properties: {}, children: [] }),
  thematicBreak: () => undefined,
};

/**
 * The small sort of Markdown as nodes: emphasis, lists, links, code, quotations. Raw HTML is text, and so is all of it
 * where its marks go too deep.
 * @param into the document that the nodes are for
 */
export function markdown(text: string, into: Document = document): DocumentFragment {
  const parsed = ENDLESS.test(text) ? undefined : fromMarkdown(text, ADDRESSES);
  if (!parsed || isDeep(parsed)) {
    const fragment = into.createDocumentFragment();
    const paragraph = into.createElement('p');
    paragraph.append(text);
    fragment.append(paragraph);
    return fragment;
  }
  const tree = sanitize(toHast(parsed, { handlers }), SCHEMA);
  linksLeave(tree);
  return toDom(tree, { fragment: true, document: into }) as DocumentFragment;
}

/** Whether there are more levels in it than a browser goes down. */
function isDeep(tree: Parent): boolean {
  let level: readonly Node[] = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((node) => ('children' in node ? (node as Parent).children : []));
  }
  return false;
}

/** Links open beside the page and tell nothing of it; what led nowhere becomes its own text. */
function linksLeave(node: Tree): void {
  if (!('children' in node)) return;
  for (const child of node.children) linksLeave(child);
  if (node.type !== 'element' || node.tagName !== 'a') return;
  const { href } = node.properties;
  // An address within the page's own site is none that its author can have meant.
  if (typeof href === 'string' && /^(https?:\/\/|mailto:)/i.test(href)) {
    node.properties = { href, rel: ['noopener', 'noreferrer', 'nofollow'], target: '_blank' };
  } else {
    node.tagName = 'span';
    node.properties = {};
  }
}
