import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../../../src/contract/learning-log.ts';
import { readersOf, type Draft } from '../draft.ts';
import type { Form } from '../parts.ts';
import type { WritingTexts } from '../texts.ts';
import { chosenOf } from './audience.ts';

interface Answers {
  readonly theirs: () => void;
  readonly mine: () => void;
  readonly both: () => void;
}

/** Two versions of one entry beside each other, and what to do with them. */
export function renderMerge(form: Form, texts: WritingTexts, draft: Draft, kept: Entry, answers: Answers): TemplateResult {
  const { id, different, project, tags, link } = kept;
  const theirs: Draft = {
    ...draft,
    kind: kept.kind,
    text: kept.text,
    different: different ?? '',
    project: project ?? '',
    tags,
    link: link ?? '',
    audience: chosenOf(kept.audience),
  };
  const button = (label: string, act: () => void) => html`<button type="button" class="secondary" @click=${act}>${label}</button>`;
  return html`<section class="merge" aria-labelledby="merge-${id}">
    <h3 id="merge-${id}">${texts.differs.title}</h3>
    <p>${texts.differs.text}</p>
    <div class="versions">
      ${renderVersion(form, texts, texts.theirs, theirs, draft)} ${renderVersion(form, texts, texts.mine, draft, theirs)}
    </div>
    <div class="bar">
      ${button(texts.makeOne, answers.both)} ${button(texts.takeTheirs, answers.theirs)} ${button(texts.takeMine, answers.mine)}
    </div>
  </section>`;
}

/** One version, with what else it says where that differs from the other. */
function renderVersion(form: Form, texts: WritingTexts, title: string, one: Draft, other: Draft): TemplateResult {
  const said = ({ kind, different, project, tags, link, audience }: Draft): readonly (readonly [string, string])[] => [
    [form.texts.kind, form.texts.kinds[kind][0]],
    [texts.different, different],
    [texts.project, project],
    [texts.tags, tags.join(', ')],
    [texts.link, link],
    [form.texts.readers, readersOf(audience, form.place(), form.texts)],
  ];
  const others = said(other);
  const differing = said(one).filter(([, value], at) => value !== others[at]?.[1]);
  return html`<div class="version">
    <h4>${title}</h4>
    <p class="typed" dir="auto" tabindex="0">${one.text}</p>
    ${differing.length === 0
      ? nothing
      : html`<dl class="small">
          ${differing.map(([name, value]) => html`<dt class="quiet">${name}</dt><dd dir="auto">${value || '–'}</dd>`)}
        </dl>`}
  </div>`;
}
