import { html, nothing, svg, type TemplateResult } from 'lit';
import type { EntrySummary } from '../../../src/contract/learning-log.ts';
import type { EntryKind } from '../../../src/domain/learning-log.ts';
import type { Words } from './words.ts';

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
