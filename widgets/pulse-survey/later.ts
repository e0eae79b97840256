import { html, nothing, type TemplateResult } from 'lit';
import type { DeliveryState, Refusal, Waiting } from '../../src/client/delivery.ts';
import { hintsIn, type Hint } from '../../src/client/hints.ts';
import { LIMITS } from '../../src/contract/limits.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import type { Language } from '../../src/domain/language.ts';
import { closedRing } from '../../src/ui/closed-ring.ts';
import { dayAndTime } from '../../src/ui/dates.ts';

export { deliver, isTrusted, prepare, resume } from '../../src/client/delivery.ts';

/**
 * All that the survey does not need until its form can be filled in: sending, hints, and what is shown when there is no
 * form. It comes with the first answer, or when there is nothing to answer.
 */

/** A state without a form: what happened, and what happens now. */
export type Notice =
  | { readonly at: 'taken' | 'not-in-roster' }
  | { readonly at: 'nothing'; readonly opens: string | undefined }
  | { readonly at: 'failed'; readonly because: Waiting }
  | { readonly at: 'delivery'; readonly state: DeliveryState };

export interface Message {
  readonly title: string;
  readonly text: string;
}

export interface LaterTexts {
  readonly hints: Readonly<Record<Hint['kind'], (found: string) => string>>;
  readonly howSteps: readonly string[];
  readonly again: string;
  readonly toAnswers: string;
  readonly nothing: (opens: string | undefined) => Message;
  readonly notInRoster: Message;
  readonly taken: (results: string) => Message;
  readonly failed: Readonly<Record<Waiting, Message>>;
  readonly onItsWay: (seconds: number) => Message;
  /** Each takes whether the browser keeps the answers when the page is closed. */
  readonly waiting: Readonly<Record<Waiting, (kept: boolean) => Message>>;
  readonly sent: Message;
  readonly results: (when: string) => string;
  readonly resultsAbove: (above: string | null) => string;
  readonly refused: Readonly<Record<Refusal, Message>>;
}

const languages: Readonly<Record<Language, () => Promise<{ readonly default: LaterTexts }>>> = {
  nl: () => import('./texts/nl.later.ts'),
  en: () => import('./texts/en.later.ts'),
};

export async function laterTexts(language: Language): Promise<LaterTexts> {
  return (await languages[language]()).default;
}

/** The hints about a comment, as sentences. */
export function hintTexts(texts: LaterTexts, comment: string, colleagues: readonly string[]): string[] {
  return hintsIn(comment, colleagues).map((hint) => texts.hints[hint.kind](hint.found));
}

interface Circumstances {
  readonly texts: LaterTexts;
  readonly language: Language;
  readonly round: OpenRound | undefined;
  /** Whether the browser keeps what is written. */
  readonly kept: boolean;
}

/** How it is possible that nobody can see who answered what. */
export function renderHow(texts: LaterTexts, round: OpenRound): TemplateResult {
  return html`<ul>
      ${texts.howSteps.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    <p class="quiet small">${round.instrument.source}</p>`;
}

/** A notice in words. */
export function messageOf(notice: Notice, { texts, language, round, kept }: Circumstances): Message {
  const results = round ? dayAndTime(round.resultsAt, language) : '';
  switch (notice.at) {
    case 'taken':
      return texts.taken(results);
    case 'not-in-roster':
      return texts.notInRoster;
    case 'nothing':
      return texts.nothing(notice.opens === undefined ? undefined : dayAndTime(notice.opens, language));
    case 'failed':
      return texts.failed[notice.because];
    case 'delivery':
      break;
  }
  const { state } = notice;
  if (state.at === 'kept') return texts.waiting[state.because](kept);
  if (state.at === 'refused') return texts.refused[state.because];
  if (state.at !== 'in-the-box') return texts.onItsWay(LIMITS.ballotDelay);
  const { title, text } = texts.sent;
  const more = !round ? '' : round.reach < round.threshold ? texts.resultsAbove(round.above) : texts.results(results);
  return { title, text: `${text} ${more}` };
}

export function renderNotice(
  notice: Notice,
  circumstances: Circumstances,
  acts: { readonly tryAgain: () => void; readonly toAnswers: () => void },
): TemplateResult {
  const { texts } = circumstances;
  const { title, text } = messageOf(notice, circumstances);
  const state = notice.at === 'delivery' ? notice.state : undefined;
  const button = (label: string, act: () => void) =>
    html`<button type="button" class="secondary" @click=${act}>${label}</button>`;
  return html`<div class="message">
    ${closedRing(notice.at === 'taken' || state?.at === 'in-the-box')}
    <h2 id="title" tabindex="-1">${title}</h2>
    <p>${text}</p>
    ${notice.at === 'failed' || state?.at === 'kept' ? button(texts.again, acts.tryAgain) : nothing}
    ${state?.at === 'refused' && state.because === 'not-accepted' ? button(texts.toAnswers, acts.toAnswers) : nothing}
  </div>`;
}
