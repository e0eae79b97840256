import type { LogExport } from '../../../src/contract/learning-log.ts';
import { unmarked } from '../../../src/ui/excerpt.ts';
import { markdown } from './markdown.ts';
import type { Words } from './words.ts';

const STYLES = `
  :root { color-scheme: light dark; }
  body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 'Segoe UI', system-ui, sans-serif; overflow-wrap: break-word; }
  h1 { font-size: 1.75rem; line-height: 1.25; }
  h2 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.4; }
  h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
  article { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid #8888; }
  .about { margin: 0; opacity: .75; font-size: .875rem; }
  p { white-space: pre-line; }
  blockquote { margin: .5rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid #8888; }
  pre { overflow: auto; white-space: pre-wrap; }
  @media print {
    :root { color-scheme: light; background: #fff; }
    body { max-width: none; margin: 0; font-size: 11pt; }
    h2, h3 { break-after: avoid; }
    p, li { orphans: 3; widows: 3; }
    a { color: inherit; }
    a[href^=http]:not(.bare)::after { content: ' (' attr(href) ')'; font-size: .85em; overflow-wrap: anywhere; }
  }
`;

/**
 * All of one's own entries as a page that stands by itself: it loads nothing and runs nothing. The page is built as a
 * document, so that whatever was typed is text in it.
 */
export function exportPage(log: LogExport, words: Words): string {
  const { texts } = words;
  const page = document.implementation.createHTMLDocument(texts.export.title);
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, ...children: (string | Node)[]): HTMLElementTagNameMap[K] => {
    const element = page.createElement(tag);
    element.append(...children);
    return element;
  };
  const typed = (text: string) => {
    const paragraph = make('p', text || texts.unreadable);
    paragraph.dir = 'auto';
    return paragraph;
  };
  const readable = (text: string): Node => {
    if (text === '') return typed(text);
    try {
      return markdown(text, page);
    } catch {
      // One entry that can't be read as Markdown keeps none of the others back.
      return typed(text);
    }
  };
  const about = (...facts: (string | null | undefined)[]) => {
    const paragraph = make('p', facts.filter(Boolean).join(' · '));
    paragraph.className = 'about';
    return paragraph;
  };
  const charset = make('meta');
  charset.setAttribute('charset', 'utf-8');
  const width = make('meta');
  width.name = 'viewport';
  width.content = 'width=device-width';
  const policy = make('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "default-src 'none'; style-src 'unsafe-inline'";
  page.head.prepend(charset, width, policy);

  const main = make('main', make('h1', texts.export.title), about(log.person.name, log.organisation, words.stamp(log.exportedAt)));
  page.body.append(main);
  for (const entry of log.entries) {
    const prose = make('div', readable(entry.text));
    prose.dir = 'auto';
    const article = make(
      'article',
      make('h2', texts.kinds[entry.kind]),
      about(words.stamp(entry.createdAt), entry.project, entry.tags.join(', '), words.audience(entry)),
      prose,
    );
    if (entry.different !== null) article.append(make('h3', texts.different), typed(entry.different));
    if (entry.link !== null) {
      const link = make('a', entry.link);
      link.href = entry.link;
      link.rel = 'noopener noreferrer';
      article.append(make('p', link));
    }
    const quotes = (help: string | null) =>
      entry.posts
        .filter((post) => post.help === help && post.parts.length > 0)
        .map((post) =>
          make('blockquote', about(post.mine ? log.person.name : words.name(post.author), words.stamp(post.createdAt)), ...post.parts.map(typed)),
        );
    article.append(...quotes(null));
    for (const { id, kind, question } of entry.helps) {
      article.append(make('h3', texts.helpKinds[kind]), ...(question === null ? [] : [typed(question)]), ...quotes(id));
    }
    const earlier = entry.versions.filter(({ version }) => version !== entry.version);
    if (earlier.length > 0) article.append(make('h3', texts.versions));
    for (const { at, kind, text, different, project, tags, link } of earlier) {
      article.append(
        make(
          'blockquote',
          about(words.stamp(at), texts.kinds[kind], project, tags.join(', '), link),
          typed(text),
          ...(different === null ? [] : [about(texts.different), typed(different)]),
        ),
      );
    }
    main.append(article);
  }
  const elsewhere = log.posts.filter(({ entry, parts }) => parts.length > 0 && !log.entries.some(({ id }) => id === entry));
  if (elsewhere.length > 0) {
    main.append(
      make(
        'article',
        make('h2', texts.export.posts),
        ...elsewhere.map((post) => make('blockquote', about(words.stamp(post.createdAt)), ...post.parts.map(typed))),
      ),
    );
  }
  const { intentions } = log;
  if (intentions.length > 0) {
    main.append(
      make(
        'article',
        make('h2', texts.export.intentions),
        ...intentions.map(({ entry, state, outcome, madeAt }) =>
          make(
            'blockquote',
            about(words.stamp(madeAt), texts.intentions.states[state]),
            entry ? typed(unmarked(entry.excerpt)) : about(texts.intentions.entryGone),
            ...(outcome === null ? [] : [typed(outcome)]),
          ),
        ),
      ),
    );
  }
  // On paper a link has its address behind it, unless that is what it says.
  for (const link of main.querySelectorAll('a')) {
    if (link.textContent === link.getAttribute('href')) link.className = 'bare';
  }
  // A page's policy may forbid styles even in a document that nobody sees: these come in as text.
  const head = [...page.head.children].map(({ outerHTML }) => outerHTML).join('\n');
  return `<!doctype html>\n<html lang="${words.language}">\n<head>\n${head}\n<style>${STYLES}</style>\n</head>\n${page.body.outerHTML}\n</html>\n`;
}
