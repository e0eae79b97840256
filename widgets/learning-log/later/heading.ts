import { html, nothing, svg, type TemplateResult } from 'lit';
import type { EntrySummary } from '../../../src/contract/learning-log.ts';
import type { EntryKind } from '../../../src/domain/learning-log.ts';
import type { Words } from './words.ts';

/** Characters of an entry that name it. */
const LINE = 72;

/** What each kind makes of the ring. */
const INNER: Readonly<Record<EntryKind, TemplateResult>> = {
  insight: svg`<circle class="dot" cx="12" cy="12" r="3.5" />`,
  mistake: svg`<path d="M8.5 12h7" />`,
  experiment: svg`<path d="M12 2.5v19" />`,
  question: svg`<circle cx="12" cy="12" r="4" stroke-dasharray="16 10" />`,
  feedback: svg`<path d="M8 10.5h8M8 14h5" />`,
};

/** The ring of a kind of entry. */
export function kindMark(kind: EntryKind): TemplateResult {
  return svg`<svg class="kind" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.5" />${INNER[kind]}</svg>`;
}

/** What kind of entry, and whose. */
export function titleOf(entry: EntrySummary, words: Words): TemplateResult {
  return html`${words.texts.kinds[entry.kind]}<span class="by"><span class="sr">, </span>${words.author(entry)}</span>`;
}

/** When, and what else tells whether one wants to read it. */
export function metaOf(entry: EntrySummary, words: Words): TemplateResult {
  const { texts } = words;
  const { createdAt, project, help, trying, audience, mine } = entry;
  const leads = words.leads(entry);
  const facts = [
    words.day(createdAt),
    ...(mine ? [texts.scopes[audience.scope]] : []),
    ...(project === null ? [] : [html`<bdi>${project}</bdi>`]),
    ...(help ? [html`<b>${texts.helpKinds[help.kind]}</b>`] : []),
    ...(trying ? [texts.onMyListShort] : []),
  ];
  return html`<p class="meta quiet small">
    ${leads === undefined ? nothing : html`<span class="leads">${leads}</span>`}
    ${facts.map((fact, index) => html`${index === 0 ? nothing : ' · '}${fact}`)}
  </p>`;
}

/** In the place of a mark that its author took the meaning of, until the others are gone: of the area for private use. */
const PLAIN = 0xe000;

/**
 * The beginning of a text without the marks that its Markdown is made of. Where it was cut, so may have been what
 * stands at its end.
 */
export function unmarked(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(PLAIN + mark.charCodeAt(0)))
    .replace(/^ {0,3}(?:```|~~~).*$/gm, '')
    .replace(/^ {0,3}(?:=+|(?:[-*_] *){3,})$/gm, '')
    .replace(/^ {0,3}\[[^\]\n]+\]:.*$/gm, '')
    .replace(/^ *(?:(?:#{1,6}|[-+*]) +|> ?)+/gm, '')
    .replace(/!?\[([^[\]\n]*)\](?:\((?:[^()\n]|\([^()\n]*\))*(?:\)|$)|\[[^[\]\n]*(?:\]|$))/g, '$1')
    .replace(/!?\[([^[\]\n]*)$/, '$1')
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]*)(?:>|$)/g, '$1')
    .replace(/(\*\*|__|`+)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^\n*_]*[^\s*_])\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/(?<=^|\s)(?:\*\*|__|`)(?=\S[^\n]*$)/, '')
    .replace(/[\ue021-\ue07e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - PLAIN))
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

/** So much of it, on one line, that one knows which it is. */
export function short(excerpt: string): string {
  const [line = ''] = unmarked(excerpt).split('\n');
  return line.length > LINE ? `${whole(line.slice(0, LINE - 1)).replace(/\s+\S*$/, '')}…` : line;
}

/** What was cut by length, without half a character at its end. */
export const whole = (cut: string) => cut.replace(/[\ud800-\udbff]$/, '');
