import { adoptStyles, html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { openRounds, RequestFailure } from '../../src/client/api.ts';
import { browserStore, type Perishable } from '../../src/client/storage.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import type { Answers } from '../../src/domain/ballot.ts';
import { COMMENT_LENGTH } from '../../src/domain/comment.ts';
import type { Language } from '../../src/domain/language.ts';
import { THRESHOLDS } from '../../src/domain/report.ts';
import { dayAndTime } from '../../src/ui/dates.ts';
import { KringElement } from '../../src/ui/element.ts';
import { mark, ring, ringStyles } from '../../src/ui/ring.ts';
import { NO_ANSWER, scale, scaleStyles } from '../../src/ui/scale.ts';
import { skeletonStyles } from '../../src/ui/skeleton.ts';
import { base, tokens } from '../../src/ui/tokens.ts';
import type { Later, Notice, Place } from './later.ts';
import { styles } from './pulse-survey.styles.ts';
import { pulseSurveyTexts, type PulseSurveyTexts } from './texts.ts';

declare global {
  interface HTMLElementTagNameMap {
    'kring-pulse-survey': KringPulseSurvey;
  }
}

type View = { readonly at: 'loading' } | { readonly at: 'form' } | Notice;

/** Answers that were not sent yet. `NO_ANSWER` is kept here, and left out of the ballot. */
interface Draft extends Perishable {
  readonly choices: Readonly<Record<string, number>>;
  readonly comment: string;
}

const STATE = { state: true };

/** From this width on, in CSS pixels, all items are shown at once; the styles' container query says the same. */
const WIDE = 560;

/**
 * @summary A team's pulse: answer a few statements in half a minute, in a way that cannot be traced.
 *
 * @fires kring-ready - The element shows what there is to answer, or that there is nothing.
 * @fires kring-sent - The ballot lies in the box.
 * @fires kring-error - Something failed; `detail.kind` says what kind of thing.
 *
 * @csspart card - The card around everything.
 *
 * @cssprop --kring-surface - Background of the card.
 * @cssprop --kring-text - Text.
 * @cssprop --kring-quiet - Text of less weight.
 * @cssprop --kring-line - Lines that only divide.
 * @cssprop --kring-edge - Edges of what can be operated.
 * @cssprop --kring-accent - What is chosen, and the main button.
 * @cssprop --kring-accent-soft - A soft background in the accent's colour.
 * @cssprop --kring-on-accent - Text on the accent.
 * @cssprop --kring-radius - Roundness of the card.
 * @cssprop --kring-font - Font family.
 * @cssprop --kring-font-size - Size that all sizes are in proportion to; `medium` of itself.
 *
 * @attr instrument - Key of the instrument that is asked.
 * @attr server - Address of the Leerkring server. May stand on an ancestor.
 * @attr team - The team meant. May stand on an ancestor.
 * @attr lang - Language. May stand on an ancestor.
 * @attr token-url - Address on the page's own site that hands out a token. May stand on an ancestor.
 * @attr ballot-key - Fingerprint of the ballot key that is trusted. May stand on an ancestor.
 * @attr theme - `light`, `dark`, or `auto` for the person's own preference; the page's `color-scheme` without it.
 */
export class KringPulseSurvey extends KringElement<PulseSurveyTexts> {
  static override readonly styles = [tokens, base, ringStyles, scaleStyles, skeletonStyles, styles];

  static override properties: PropertyDeclarations = {
    instrument: {},
    view: STATE,
    choices: STATE,
    comment: STATE,
    step: STATE,
    narrow: STATE,
    note: STATE,
    spoken: STATE,
  };

  /** Key of the instrument that is asked. */
  instrument = 'learning-pulse';

  private view: View = { at: 'loading' };
  private choices: Readonly<Record<string, number>> = {};
  private comment = '';
  /** Where the person is when there is one item at a time; after the last item comes the end. */
  private step = 0;
  /** Not known until the element was measured. */
  private narrow: boolean | undefined;
  /** What stands beside the send button, when it is not how many items are open. */
  private note: 'chooseFirst' | 'unsent' | undefined;
  /** What a screen reader is told, once. */
  private spoken = '';

  #round: OpenRound | undefined;
  /** What comes with the first answer, or when there is nothing to answer; see there. */
  #later: Later | undefined;
  #fetching: Promise<Later> | undefined;
  /** Counts loads, so that the answer to an earlier one changes nothing. */
  #visit = 0;
  /** What gets the focus after the next update. */
  #focusOn: string | undefined;
  #hadFocus = false;

  readonly #observer = new ResizeObserver(([entry]) => {
    const narrow = (entry?.contentRect.width ?? 0) < WIDE;
    // Later: what grows while it is being observed is an error to the page.
    setTimeout(() => {
      this.narrow = narrow;
    });
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#later?.attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#later?.detach();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated && changed.has('instrument')) void this.load();
    this.#hadFocus = !!this.shadowRoot?.activeElement;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.narrow ??= this.clientWidth < WIDE;
    // A button that is gone takes the focus with it: the heading of what came instead receives it.
    const target = this.#focusOn ?? (this.#hadFocus && !this.shadowRoot?.activeElement ? 'h2' : undefined);
    this.#focusOn = undefined;
    if (target !== undefined) this.renderRoot.querySelector<HTMLElement>(target)?.focus();
  }

  protected override loadTexts(language: Language): Promise<PulseSurveyTexts> {
    return pulseSurveyTexts(language);
  }

  protected override async load(): Promise<void> {
    const visit = ++this.#visit;
    let view: View;
    let round: OpenRound | undefined;
    let failure: string | undefined;
    try {
      const { rounds, nextOpensAt } = await openRounds(this.#place.connection, this.instrument);
      const mine = rounds.filter((open) => open.team.id === (this.host.team ?? open.team.id));
      round = mine.find((open) => open.paper === 'available') ?? mine[0];
      view = !round
        ? { at: 'nothing', opens: nextOpensAt ?? undefined }
        : round.paper === 'available'
          ? { at: 'form' }
          : { at: 'taken' };
    } catch (error) {
      failure = error instanceof RequestFailure ? error.kind : 'internal';
      const because = failure === 'offline' || failure === 'signed-out' ? failure : 'server';
      view = failure === 'not-in-roster' ? { at: failure } : { at: 'failed', because };
    }
    // An earlier visit may have left something to be sent.
    const left = browserStore().names('outbox').length > 0;
    const later = left ? await this.#fetchLater().catch(() => undefined) : this.#later;
    if (visit !== this.#visit) return;
    if (round) {
      if (round.draftKey !== this.#round?.draftKey) this.#restore(round);
      this.#round = round;
    }
    later?.goOn(round, this.#place);
    if (failure !== undefined) this.announce('kring-error', { kind: failure });
    // What is being filled in, or on its way, stays in sight: it does not need the server now.
    if (!later?.busy && !(failure !== undefined && this.view.at === 'form')) await this.#show(view);
    if (failure !== undefined) return;
    this.announce('kring-ready', {});
    if (round && view.at === 'form' && this.host.ballotKey !== undefined) {
      // Without an answer it is looked at again before anything is sent.
      await this.#fetchLater().then((loaded) => loaded.checkKey(round, this.#place)).catch(() => undefined);
    }
  }

  protected override whenOnline(): void {
    super.whenOnline();
    if (this.view.at === 'failed' || this.view.at === 'loading') void this.load();
    else if (this.note === 'unsent') void this.#send();
  }

  get #place(): Place {
    const { host } = this;
    const { server, language, ballotKey } = host;
    return { connection: { server, language, token: (options) => host.token(options) }, pinned: ballotKey };
  }

  get #answered(): number {
    return this.#round?.instrument.items.filter((item) => this.choices[item.key] !== undefined).length ?? 0;
  }

  async #fetchLater(): Promise<Later> {
    this.#fetching ??= import('./later.ts').then(({ Later }) => {
      adoptStyles(this.renderRoot as ShadowRoot, [...KringPulseSurvey.elementStyles, ...Later.styles]);
      return new Later(browserStore(), {
        turn: (view, spoken) => {
          this.view = view;
          if (spoken) this.#say(spoken);
          if (view.at === 'form') this.#go(0);
        },
        announce: (type, kind) => {
          this.announce<typeof type>(type, kind === undefined ? {} : { kind });
        },
        reload: () => void this.#reload(),
      });
    });
    try {
      const later = await this.#fetching;
      await later.speak(this.host);
      later.round ??= this.#round;
      this.#later = later;
      this.requestUpdate();
      return later;
    } catch (error) {
      this.#fetching = undefined;
      throw error;
    }
  }

  #restore(round: OpenRound): void {
    const draft = browserStore().read('draft', round.draftKey) as Draft | undefined;
    const { items } = round.instrument;
    this.choices = draft?.choices ?? {};
    this.comment = draft?.comment ?? '';
    const open = items.findIndex((item) => this.choices[item.key] === undefined);
    this.step = open < 0 ? items.length : open;
    // For the hints about what was written.
    if (this.comment) this.#fetchLater().catch(() => undefined);
  }

  #keep(): void {
    if (!this.#round) return;
    const { choices, comment } = this;
    const draft: Draft = { until: this.#round.resultsAt, choices, comment };
    browserStore().write('draft', this.#round.draftKey, draft);
  }

  async #show(view: View): Promise<void> {
    const visit = this.#visit;
    try {
      // Without its words a notice cannot be shown; `whenOnline` comes back to it.
      if (view.at !== 'form' && view.at !== 'loading') await this.#fetchLater();
    } catch {
      return;
    }
    if (visit === this.#visit) this.view = view;
  }

  #say(text: string): void {
    // The same words a second time are news only if they differ.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  #choose(key: string, value: number, byPointer: boolean): void {
    this.choices = { ...this.choices, [key]: value };
    this.#touched();
    if (this.narrow && byPointer) this.#go(this.step + 1);
  }

  readonly #write = (event: InputEvent): void => {
    const before = this.#hints;
    this.comment = (event.target as HTMLTextAreaElement).value;
    const now = this.#hints;
    if (now.length > 0 && now.join() !== before.join()) this.#say(now.join(' '));
    this.#touched();
  };

  #touched(): void {
    this.note = undefined;
    this.#keep();
    // What sending needs comes while the rest is answered.
    if (!this.#later) void this.#fetchLater().then((later) => { later.prepare(); }, () => undefined);
  }

  #go(step: number): void {
    this.step = step;
    this.#focusOn = step < (this.#round?.instrument.items.length ?? 0) ? '.item:not([hidden]) legend' : 'h3';
  }

  readonly #send = async (): Promise<void> => {
    const { texts } = this;
    const round = this.#round;
    if (!round || !texts) return;
    if (this.#answered === 0 && this.comment.trim() === '') {
      this.note = 'chooseFirst';
      this.#say(texts.chooseFirst);
      this.#go(0);
      return;
    }
    try {
      const later = await this.#fetchLater();
      this.note = undefined;
      this.#focusOn = 'h2';
      later.send(round, this.#answers(round), this.#place);
    } catch {
      // The code that sends could not be fetched; the draft is kept, and `whenOnline` tries again.
      this.note = 'unsent';
      this.#say(texts.unsent);
      this.announce('kring-error', { kind: 'offline' });
    }
  };

  async #reload(): Promise<void> {
    await this.load();
    if (this.view.at === 'failed' && this.#later) this.#say(this.#later.inWords(this.view));
  }

  #answers(round: OpenRound): Answers {
    const comment = this.comment.trim();
    return {
      choices: Object.fromEntries(Object.entries(this.choices).filter(([, value]) => value !== NO_ANSWER)),
      ...(comment !== '' && round.instrument.openQuestion !== undefined ? { comment } : {}),
    };
  }

  get #hints(): readonly string[] {
    return this.#later?.hints(this.comment, this.#round?.colleagues ?? []) ?? [];
  }

  protected override render(): TemplateResult {
    const { texts, view, narrow } = this;
    const content = texts && narrow !== undefined && view.at !== 'loading' ? this.#renderView(texts, view) : undefined;
    return html`<div class="kring ${narrow ? 'narrow' : ''}" lang=${texts ? this.host.language : nothing}>
      <section class="card" part="card" aria-labelledby=${content ? 'title' : nothing} aria-busy=${String(!content)}>
        ${content ?? html`<div class="skeleton"></div>`}
      </section>
      <p class="sr" role="status">${this.spoken}</p>
    </div>`;
  }

  #renderView(texts: PulseSurveyTexts, view: Exclude<View, { at: 'loading' }>): TemplateResult | undefined {
    const round = this.#round;
    const later = this.#later;
    if (view.at === 'form') return round && this.#renderForm(texts, round);
    return later?.renderNotice(view);
  }

  #renderForm(texts: PulseSurveyTexts, round: OpenRound): TemplateResult {
    const { narrow, step } = this;
    const answered = this.#answered;
    const { items, title, openQuestion } = round.instrument;
    const lead = html`<p class="quiet ${narrow ? 'small' : ''}">${texts.lead(items.length, dayAndTime(round.closesAt, this.host.language))}</p>`;
    const atEnd = !narrow || step >= items.length;
    return html`
      <div class="head">
        ${ring(answered, items.length, texts.progress(answered, items.length))}
        <div>
          <h2 id="title" tabindex="-1">${title}</h2>
          ${narrow && step > 0 ? nothing : lead}
        </div>
      </div>
      <div class="items">
        ${items.map((item, index) => this.#renderItem(texts, round, item, index))}
        <div class="last" ?hidden=${!atEnd}>
          ${narrow ? html`<h3 tabindex="-1">${texts.finish}</h3>${lead}` : nothing}
          ${openQuestion === undefined ? nothing : this.#renderComment(texts, openQuestion)}
          ${this.#renderWho(texts, round)}
        </div>
      </div>
      ${browserStore().kept ? nothing : html`<p class="note quiet">${texts.notKept}</p>`}
      <div class="bar">
        ${narrow && step > 0 ? button(texts.back, true, () => { this.#go(step - 1); }) : nothing}
        ${atEnd
          ? this.#renderSend(texts, items.length - answered)
          : this.#renderNext(texts, this.choices[items[step]?.key ?? ''])}
      </div>
    `;
  }

  #renderItem(
    texts: PulseSurveyTexts,
    round: OpenRound,
    item: OpenRound['instrument']['items'][number],
    index: number,
  ): TemplateResult {
    return html`<div
      class="item"
      ?hidden=${this.narrow && index !== this.step}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && this.narrow && this.choices[item.key] !== undefined) this.#go(this.step + 1);
      }}
    >
      ${scale({
        name: item.key,
        legend: item.text,
        labels: round.instrument.labels,
        noAnswer: texts.noAnswer,
        value: this.choices[item.key],
        tall: this.narrow ?? false,
        choose: (value, byPointer) => {
          this.#choose(item.key, value, byPointer);
        },
      })}
    </div>`;
  }

  #renderNext(texts: PulseSurveyTexts, value: number | undefined): TemplateResult {
    const next = () => {
      this.#go(this.step + 1);
    };
    return html`<span class="grow"></span>${value === undefined ? nothing : button(texts.next, true, next)}`;
  }

  #renderSend(texts: PulseSurveyTexts, open: number): TemplateResult {
    const note = this.note ? texts[this.note] : open > 0 ? texts.stillOpen(open) : '';
    return html`${button(texts.send, false, () => void this.#send())}
      <span class=${this.note ? '' : 'quiet'}>${note}</span>`;
  }

  #renderComment(texts: PulseSurveyTexts, question: string): TemplateResult {
    return html`<div class="comment">
      <label class="label" for="comment">${question} <span>${texts.optional}</span></label>
      <textarea
        id="comment"
        rows="2"
        maxlength=${COMMENT_LENGTH}
        aria-describedby="readers"
        .value=${this.comment}
        @input=${this.#write}
      ></textarea>
      <p id="readers" class="quiet small">
        ${texts.whoReads(Math.max(THRESHOLDS.comments, this.#round?.threshold ?? 0))}
      </p>
      ${this.#hints.map((hint) => html`<p class="hint">${hint}</p>`)}
    </div>`;
  }

  #renderWho(texts: PulseSurveyTexts, round: OpenRound): TemplateResult {
    const { reach, threshold, above, team } = round;
    return html`<div class="who">
      ${mark}
      <div>
        <p>
          <b>${texts.nobodySees}</b>
          ${reach < threshold
            ? texts.tooFew(team.name, reach, threshold, above)
            : texts.whoSees(team.name, reach, threshold)}
        </p>
        <details @toggle=${() => void this.#fetchLater().catch(() => undefined)}>
          <summary>${texts.how}</summary>
          ${this.#later?.renderHow(round)}
        </details>
      </div>
    </div>`;
  }
}

function button(label: string, secondary: boolean, act: () => void): TemplateResult {
  return html`<button type="button" class=${secondary ? 'secondary' : ''} @click=${act}>${label}</button>`;
}
