import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { openRounds, RequestFailure, type Connection } from '../../src/client/api.ts';
import type { Delivery, DeliveryState, Order } from '../../src/client/delivery.ts';
import { browserStore, draftStoreKey, OUTBOX_PREFIX, type Perishable } from '../../src/client/storage.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import { COMMENT_LENGTH, type Answers } from '../../src/domain/ballot.ts';
import type { Language } from '../../src/domain/language.ts';
import { THRESHOLDS } from '../../src/domain/report.ts';
import { dayAndTime } from '../../src/ui/dates.ts';
import { KringElement } from '../../src/ui/element.ts';
import { mark, ring, ringStyles } from '../../src/ui/ring.ts';
import { NO_ANSWER, scale, scaleStyles } from '../../src/ui/scale.ts';
import { base, tokens } from '../../src/ui/tokens.ts';
import type { LaterTexts, Notice } from './later.ts';
import { styles } from './pulse-survey.styles.ts';
import { pulseSurveyTexts, type PulseSurveyTexts } from './texts.ts';

declare global {
  interface HTMLElementTagNameMap {
    'kring-pulse-survey': KringPulseSurvey;
  }
}

type View = { readonly at: 'loading' | 'form' } | Notice;

/** What comes with the first answer, or when there is nothing to answer. */
type Later = typeof import('./later.ts') & { readonly texts: LaterTexts; readonly language: Language };

/** Answers that were not sent yet. `NO_ANSWER` is kept here, and left out of the ballot. */
interface Draft extends Perishable {
  readonly choices: Readonly<Record<string, number>>;
  readonly comment: string;
}

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
  static override readonly styles = [tokens, base, ringStyles, scaleStyles, styles];

  /** Key of the instrument that is asked. */
  @property({ reflect: true, useDefault: true }) instrument = 'learning-pulse';

  @state() private view: View = { at: 'loading' };
  @state() private choices: Readonly<Record<string, number>> = {};
  @state() private comment = '';
  /** Where the person is when there is one item at a time; after the last item comes the end. */
  @state() private step = 0;
  /** Not known until the element was measured. */
  @state() private narrow: boolean | undefined;
  /** What a screen reader is told, once. */
  @state() private spoken = '';
  @state() private warned = false;

  private round: OpenRound | undefined;
  private delivery: Delivery | undefined;
  private unfollow: (() => void) | undefined;
  /** Counts loads, so that an answer to an earlier one changes nothing. */
  private visit = 0;
  /** What gets the focus after the next update. */
  private focusOn: string | undefined;

  private readonly observer = new ResizeObserver(([entry]) => {
    if (entry) this.narrow = entry.contentRect.width < WIDE;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
    addEventListener('online', this.whenOnlineAgain);
    if (this.delivery) this.follow(this.delivery);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    removeEventListener('online', this.whenOnlineAgain);
    // The delivery itself goes on: it belongs to the page.
    this.unfollow?.();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.focusOn === undefined) return;
    this.renderRoot.querySelector<HTMLElement>(this.focusOn)?.focus();
    this.focusOn = undefined;
  }

  protected override loadTexts(language: Language): Promise<PulseSurveyTexts> {
    return pulseSurveyTexts(language);
  }

  protected override async load(): Promise<void> {
    const visit = ++this.visit;
    const { connection } = this;
    const store = browserStore();
    // Only a browser that holds an outbox needs the delivery now.
    const module = store.keys(OUTBOX_PREFIX).length > 0 ? await import('../../src/client/delivery.ts').catch(() => undefined) : undefined;
    let view: View;
    let round: OpenRound | undefined;
    try {
      const { rounds, nextOpensAt } = await openRounds(connection, this.instrument);
      const mine = rounds.filter((open) => open.team.id === (this.host.team ?? open.team.id));
      round = mine.find((open) => open.paper === 'available') ?? mine[0];
      view = !round
        ? { at: 'nothing', opens: nextOpensAt ?? undefined }
        : { at: round.paper === 'available' ? 'form' : 'taken' };
    } catch (error) {
      const kind = error instanceof RequestFailure ? error.kind : 'internal';
      if (visit !== this.visit) return;
      // What is being filled in stays in sight: it does not need the server yet.
      if (this.round && this.view.at === 'form') return;
      view = kind === 'not-in-roster' ? { at: kind } : { at: 'failed', because: asWaiting(kind) };
      this.announce('kring-error', { kind });
    }
    if (visit !== this.visit) return;
    const delivery = module?.resume(round?.draftKey, connection, this.host.ballotKey);
    if (round && round.id + round.team.id !== (this.round ? this.round.id + this.round.team.id : '')) this.restore(round);
    this.round = round;
    if (delivery && view.at !== 'failed') {
      this.delivery = delivery;
      this.follow(delivery);
    } else if (this.view.at !== 'delivery' || this.delivery?.ended !== false) {
      this.show(view);
    }
    this.announce('kring-ready', {});
    if (view.at === 'form' && this.host.ballotKey !== undefined) void this.checkKey();
  }

  private get connection(): Connection {
    const { server, language } = this.host;
    return { server, language, token: (options) => this.host.token(options) };
  }

  private get answered(): number {
    return this.round?.instrument.items.filter((item) => this.choices[item.key] !== undefined).length ?? 0;
  }

  private restore(round: OpenRound): void {
    const draft = browserStore().read(draftStoreKey(round.draftKey)) as Partial<Draft> | undefined;
    const { items, labels } = round.instrument;
    const kept = items.map((item) => [item.key, draft?.choices?.[item.key]] as const);
    this.choices = Object.fromEntries(
      kept.filter((entry): entry is [string, number] => {
        const value = entry[1] ?? NaN;
        return Number.isInteger(value) && value >= NO_ANSWER && value <= labels.length;
      }),
    );
    this.comment = typeof draft?.comment === 'string' ? draft.comment : '';
    const open = items.findIndex((item) => this.choices[item.key] === undefined);
    this.step = open < 0 ? items.length : open;
    this.delivery = undefined;
  }

  private keep(): void {
    if (!this.round) return;
    const { choices, comment } = this;
    const draft: Draft = { until: this.round.resultsAt, choices, comment };
    browserStore().write(draftStoreKey(this.round.draftKey), draft);
  }

  private show(view: View): void {
    this.view = view;
  }

  private follow(delivery: Delivery): void {
    this.unfollow?.();
    this.unfollow = delivery.subscribe((now) => {
      this.arrive(now);
    });
    this.arrive(delivery.state);
  }

  /** A delivery has come somewhere: shows it, says it once, and tells the page. */
  private arrive(now: DeliveryState): void {
    const before = this.view.at === 'delivery' ? this.view.state : undefined;
    if (now.at === 'elsewhere') {
      this.delivery = undefined;
      this.round = undefined;
      void this.load();
      return;
    }
    this.show({ at: 'delivery', state: now });
    if (before?.at === now.at && (now.at !== 'kept' || (before.at === 'kept' && before.because === now.because))) return;
    const message = this.messageOf(now);
    if (message) this.spoken = `${message.title}. ${message.text}`;
    if (now.at === 'in-the-box') this.announce('kring-sent', {});
    if (now.at === 'kept') this.announce('kring-error', { kind: now.because });
    if (now.at === 'refused') this.announce('kring-error', { kind: now.because });
  }

  private async checkKey(): Promise<void> {
    const { round } = this;
    const module = await import('../../src/client/delivery.ts').catch(() => undefined);
    const trusted = await module?.isTrusted(round?.ballotKey.publicKey ?? '', this.host.ballotKey).catch(() => undefined);
    if (trusted === false && round === this.round) this.arrive({ at: 'refused', because: 'other-key' });
  }

  private readonly choose = (key: string, value: number, byPointer: boolean): void => {
    // What sending needs comes while the rest is answered.
    if (this.answered === 0) void import('../../src/client/delivery.ts').then((module) => module.prepare(), () => undefined);
    this.choices = { ...this.choices, [key]: value };
    this.warned = false;
    this.keep();
    if (this.narrow && byPointer) this.go(this.step + 1);
  };

  private readonly go = (step: number): void => {
    this.step = step;
    this.focusOn = step < (this.round?.instrument.items.length ?? 0) ? 'legend' : 'h3';
  };

  private readonly write = (event: InputEvent): void => {
    const before = this.hints(this.comment);
    this.comment = (event.target as HTMLTextAreaElement).value;
    const now = this.hints(this.comment);
    if (now.join() !== before.join()) this.spoken = now.join(' ');
    this.keep();
  };

  private readonly send = async (): Promise<void> => {
    const { round } = this;
    if (!round) return;
    if (this.answered === 0 && this.comment.trim() === '') {
      this.warned = true;
      this.spoken = this.texts?.chooseFirst ?? '';
      this.step = 0;
      this.focusOn = 'legend';
      return;
    }
    this.focusOn = 'h2';
    this.arrive({ at: 'on-its-way' });
    const order: Order = {
      draftKey: round.draftKey,
      scope: { organisation: round.organisation, round: round.id, team: round.team.id },
      answers: this.answers(round),
      publicKey: round.ballotKey.publicKey,
      until: round.resultsAt,
    };
    try {
      const { deliver } = await import('../../src/client/delivery.ts');
      this.delivery = deliver(order, this.connection, this.host.ballotKey);
      this.follow(this.delivery);
    } catch {
      // The code that sends could not be fetched; the draft is there, and `online` tries again.
      this.arrive({ at: 'kept', because: 'offline' });
    }
  };

  private readonly tryAgain = (): void => {
    this.focusOn = 'h2';
    if (this.view.at === 'failed') {
      this.show({ at: 'loading' });
      void this.load();
    } else if (this.delivery) {
      this.delivery.again();
    } else {
      void this.send();
    }
  };

  private readonly whenOnlineAgain = (): void => {
    if (this.view.at === 'failed') void this.load();
    else if (this.view.at === 'delivery' && this.view.state.at === 'kept' && !this.delivery) void this.send();
  };

  private readonly toAnswers = (): void => {
    this.delivery = undefined;
    this.step = 0;
    this.focusOn = 'legend';
    this.show({ at: 'form' });
  };

  private answers(round: OpenRound): Answers {
    const comment = this.comment.trim();
    return {
      choices: Object.fromEntries(Object.entries(this.choices).filter(([, value]) => value !== NO_ANSWER)),
      ...(comment !== '' && round.instrument.openQuestion !== undefined ? { comment } : {}),
    };
  }

  private hints(comment: string): string[] {
    return hintsIn(comment, this.round?.colleagues ?? []).map((hint) => this.texts?.hints[hint.kind](hint.found) ?? '');
  }

  private messageOf(now: DeliveryState): Message | undefined {
    const { texts } = this;
    if (!texts) return undefined;
    switch (now.at) {
      case 'on-its-way':
        return texts.onItsWay(LIMITS.ballotDelay);
      case 'kept':
        return texts.waiting[now.because](browserStore().kept);
      case 'in-the-box':
        return texts.sent;
      case 'refused':
        return texts.refused[now.because];
      case 'elsewhere':
        return undefined;
    }
  }

  protected override render(): TemplateResult {
    const { texts, view, narrow } = this;
    const busy = !texts || narrow === undefined || view.at === 'loading';
    return html`<div class="kring ${narrow ? 'narrow' : ''}" lang=${this.host?.language ?? nothing} aria-busy=${String(busy)}>
      <section class="card" part="card" aria-labelledby=${busy ? nothing : 'title'}>
        ${busy ? html`<div class="skeleton"></div>` : this.renderView(texts)}
      </section>
      <p class="sr" role="status">${this.spoken}</p>
    </div>`;
  }

  private renderView(texts: PulseSurveyTexts): TemplateResult {
    const { view, round } = this;
    const when = round ? dayAndTime(round.resultsAt, this.host.language) : '';
    switch (view.at) {
      case 'form':
        return round ? this.renderForm(texts, round) : html``;
      case 'taken':
        return this.renderMessage(texts.taken(when), true);
      case 'nothing':
        return this.renderMessage(texts.nothing(view.opens && dayAndTime(view.opens, this.host.language)), false);
      case 'not-in-roster':
        return this.renderMessage(texts.notInRoster, false);
      case 'failed':
        return this.renderMessage(texts.failed[view.because], false, [texts.again, this.tryAgain]);
      case 'delivery':
        return this.renderDelivery(texts, view.state, when);
      case 'loading':
        return html``;
    }
  }

  private renderDelivery(texts: PulseSurveyTexts, now: DeliveryState, when: string): TemplateResult {
    const message = this.messageOf(now) ?? { title: '', text: '' };
    const { round } = this;
    if (now.at === 'in-the-box') {
      const more = !round ? '' : round.reach < round.threshold ? texts.resultsAbove(round.above) : texts.results(when);
      return this.renderMessage(message, true, undefined, more);
    }
    if (now.at === 'kept') return this.renderMessage(message, false, [texts.again, this.tryAgain]);
    const mayReturn = now.at === 'refused' && now.because === 'not-accepted' && round?.paper === 'available';
    return this.renderMessage(message, false, mayReturn ? [texts.toAnswers, this.toAnswers] : undefined);
  }

  private renderMessage(message: Message, done: boolean, act?: readonly [string, () => void], more = ''): TemplateResult {
    return html`<div class="message">
      ${closedRing(done)}
      <h2 id="title" tabindex="-1">${message.title}</h2>
      <p>${message.text}</p>
      ${more ? html`<p>${more}</p>` : nothing}
      ${act ? html`<button type="button" class="secondary" @click=${act[1]}>${act[0]}</button>` : nothing}
    </div>`;
  }

  private renderForm(texts: PulseSurveyTexts, round: OpenRound): TemplateResult {
    const { narrow, step, answered } = this;
    const { items, title, openQuestion } = round.instrument;
    const lead = html`<p class="quiet">${texts.lead(items.length, dayAndTime(round.closesAt, this.host.language))}</p>`;
    const atEnd = !narrow || step >= items.length;
    return html`
      <div class="head">
        ${ring(answered, items.length, texts.progress(answered, items.length))}
        <div>
          <h2 id="title" tabindex="-1">${title}</h2>
          ${narrow ? nothing : lead}
        </div>
      </div>
      <div class="items">
        ${repeat(
          narrow ? items.slice(step, step + 1) : items,
          (item) => item.key,
          (item) => this.renderItem(texts, round, item),
        )}
        ${atEnd
          ? html`<div class="last">
              ${narrow ? html`<h3 tabindex="-1">${texts.finish}</h3>${lead}` : nothing}
              ${openQuestion === undefined ? nothing : this.renderComment(texts, openQuestion)} ${this.renderWho(texts, round)}
            </div>`
          : nothing}
      </div>
      ${browserStore().kept ? nothing : html`<p class="note quiet">${texts.notKept}</p>`}
      <div class="bar">
        ${narrow && step > 0
          ? html`<button type="button" class="secondary" @click=${() => this.go(step - 1)}>${texts.back}</button>`
          : nothing}
        ${atEnd ? this.renderSend(texts, items.length - answered) : this.renderNext(texts, this.choices[items[step]?.key ?? ''])}
      </div>
    `;
  }

  private renderItem(texts: PulseSurveyTexts, round: OpenRound, item: OpenRound['instrument']['items'][number]): TemplateResult {
    return html`<div
      class="item"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && this.narrow && this.choices[item.key] !== undefined) this.go(this.step + 1);
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
          this.choose(item.key, value, byPointer);
        },
      })}
    </div>`;
  }

  private renderNext(texts: PulseSurveyTexts, value: number | undefined): TemplateResult {
    return html`<span class="grow"></span>
      ${value === undefined
        ? nothing
        : html`<button type="button" class="secondary" @click=${() => this.go(this.step + 1)}>${texts.next}</button>`}`;
  }

  private renderSend(texts: PulseSurveyTexts, open: number): TemplateResult {
    const note = this.warned ? texts.chooseFirst : open > 0 ? texts.stillOpen(open) : texts.allDone;
    return html`<button type="button" @click=${this.send}>${texts.send}</button>
      <span class=${this.warned ? '' : 'quiet'}>${note}</span>`;
  }

  private renderComment(texts: PulseSurveyTexts, question: string): TemplateResult {
    return html`<div class="comment">
      <label for="comment">${question} <span>${texts.optional}</span></label>
      <textarea
        id="comment"
        rows="2"
        maxlength=${COMMENT_LENGTH}
        aria-describedby="readers"
        .value=${this.comment}
        @input=${this.write}
      ></textarea>
      <p id="readers" class="quiet small">${texts.whoReads(Math.max(THRESHOLDS.comments, this.round?.threshold ?? 0))}</p>
      ${this.hints(this.comment).map((hint) => html`<p class="hint">${hint}</p>`)}
    </div>`;
  }

  private renderWho(texts: PulseSurveyTexts, round: OpenRound): TemplateResult {
    const { reach, threshold, above, team } = round;
    const who =
      reach < threshold
        ? texts.tooFew(team.name, reach, threshold, above)
        : texts.whoSees(team.name, reach, threshold);
    return html`<div class="who">
      ${mark}
      <div>
        <p><b>${texts.nobodySees}</b> ${who}</p>
        <details>
          <summary>${texts.how}</summary>
          <ul>
            ${texts.howSteps.map((sentence) => html`<li>${sentence}</li>`)}
          </ul>
          <p class="quiet small">${round.instrument.source}</p>
        </details>
      </div>
    </div>`;
  }
}

function asWaiting(kind: RequestFailure['kind']): Waiting {
  return kind === 'offline' || kind === 'signed-out' ? kind : 'server';
}
