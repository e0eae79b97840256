import { html, noChange, nothing, type CSSResult, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { openRounds, RequestFailure, type FailureKind } from '../client/api.ts';
import { browserStore, canAnswer, type Perishable } from '../client/storage.ts';
import type { OpenRound } from '../contract/rounds.ts';
import { COMMENT_LENGTH } from '../domain/comment.ts';
import { afterPaint } from '../ui/after-paint.ts';
import { KringElement } from '../ui/element.ts';
import { mark, ring, ringStyles } from '../ui/ring.ts';
import { scale, scaleStyles } from '../ui/scale.ts';
import { skeletonStyles } from '../ui/skeleton.ts';
import { base, tokens } from '../ui/tokens.ts';
import { styles } from './answering.styles.ts';
import type { Later, Notice, Place, View } from './later.ts';
import type { AnsweringTexts } from './texts.ts';

/** Answers that were not sent yet. `NO_ANSWER` of the scale is kept here, and left out of the ballot. */
interface Draft extends Perishable {
  readonly choices: Readonly<Record<string, number>>;
  readonly comment: string;
}

const STATE = { state: true };

/** From this width on, in CSS pixels, more than one item is shown at once; the styles' container query says the same. */
const WIDE = 560;

/**
 * What every widget shares that asks an instrument and sends a ballot: the round, the draft, the way to the box, and all
 * that is shown when there is no form. The form itself is the widget's: how it is divided, and what it says at each step.
 */
export abstract class AnsweringElement<Texts extends AnsweringTexts = AnsweringTexts> extends KringElement<Texts> {
  static override readonly styles = [tokens, base, ringStyles, scaleStyles, skeletonStyles, styles];

  static override properties: PropertyDeclarations = {
    instrument: {},
    view: STATE,
    ahead: STATE,
    step: STATE,
    narrow: STATE,
    note: STATE,
    spoken: STATE,
  };

  /** Key of the instrument that is asked. */
  abstract instrument: string;

  /** Where the person is, counted in screens as a narrow column has them: one item each. */
  protected step = 0;
  /** Not known until the element was measured. */
  protected narrow: boolean | undefined;
  protected choices: Readonly<Record<string, number>> = {};
  protected comment = '';
  protected round: OpenRound | undefined;

  /** The class of what is around the form, which may reserve place for what is not in it yet. */
  protected around = '';

  private view: View = { at: 'loading' };
  /** Whether a form with nothing in it is laid out while its round is on its way. */
  private ahead = false;
  /** What stands beside the send button, when it is not how many items are open. */
  private note = '';
  /** What a screen reader is told, once. */
  private spoken = '';

  /** What comes with the first answer, or when there is nothing to answer; see there. */
  #later: Later | undefined;
  #fetching: Promise<Later> | undefined;
  /** Counts loads, so that the answer to an earlier one changes nothing. */
  #visit = 0;
  /** What gets the focus after the next update. */
  #focusOn: string | undefined;
  #hadFocus = false;
  /** Whether there is something in the form that the browser does not keep yet. */
  #unkept = false;
  /** What each item looked like when it was last rendered. */
  #shown = new Map<string, readonly unknown[]>();
  #before = this.#shown;

  readonly #observer = new ResizeObserver(([entry]) => {
    // Later: what grows while it is being observed is an error to the page.
    setTimeout(() => {
      this.narrow = !!entry && entry.contentRect.width < WIDE;
    });
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    // The first of a page alone: what that prepares, the others find prepared. Later, since the round may be there then.
    if (!connected++) setTimeout(() => {
      this.narrow ??= this.clientWidth < WIDE;
      this.ahead = true;
    });
    addEventListener('pagehide', this.#keep);
    this.#later?.attach();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    removeEventListener('pagehide', this.#keep);
    this.#later?.detach();
    this.#keep();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.hasUpdated && changed.has('instrument')) void this.load();
    this.#hadFocus = !!this.shadowRoot?.activeElement;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // A button that is gone takes the focus with it: the heading of what came instead receives it.
    const target = this.#focusOn ?? (this.#hadFocus && !this.shadowRoot?.activeElement ? 'h2' : undefined);
    this.#focusOn = undefined;
    if (target !== undefined) this.renderRoot.querySelector<HTMLElement>(target)?.focus();
  }

  /** Puts a person where it goes on, by the choices that are there, in a round that was not shown before. */
  protected abstract enter(round: OpenRound): void;

  protected abstract renderForm(texts: Texts, round: OpenRound): TemplateResult;

  /**
   * The form as it is likely to be, before its texts and its round are there: with the same templates, so that these
   * have only to be written into it. Nobody sees it.
   */
  protected renderAhead?(): TemplateResult;

  protected override async load(): Promise<void> {
    const visit = ++this.#visit;
    let view: View;
    let round: OpenRound | undefined;
    let failure: FailureKind | undefined;
    try {
      const { rounds, nextOpensAt } = await openRounds(this.#place.connection, this.instrument);
      const meant = rounds.filter(({ team }) => team.id === this.host.team);
      const mine = meant[0] ? meant : rounds;
      round = mine.find((open) => canAnswer(open, browserStore())) ?? mine[0];
      view = !round
        ? { at: 'nothing', opens: nextOpensAt ?? undefined }
        : canAnswer(round, browserStore())
          ? { at: 'form' }
          : { at: 'taken' };
    } catch (error) {
      failure = error instanceof RequestFailure ? error.kind : 'internal';
      view = { at: 'failed', failure };
    }
    // An earlier visit may have left something to be sent.
    const [left] = browserStore().names('outbox');
    const later = left ? await this.#fetchLater().catch(() => undefined) : this.#later;
    if (visit !== this.#visit) return;
    // To ask is to have everything laid out: many elements ask one after the other, before any of them renders.
    this.narrow ??= this.clientWidth < WIDE;
    if (round) {
      if (round.draftKey !== this.round?.draftKey) this.#restore(round);
      this.round = round;
    }
    later?.goOn(round, this.#place);
    if (failure !== undefined) this.announce('kring-error', { kind: failure });
    // What is being filled in, or on its way, stays in sight: it does not need the server now.
    if (!later?.busy && !(failure !== undefined && this.view.at === 'form')) await this.#show(view, round);
    if (failure !== undefined) return;
    this.announce('kring-ready', {});
    if (round && view.at === 'form' && this.host.ballotKey !== undefined) {
      // Without an answer it is looked at again before anything is sent.
      whenIdle(() => { this.#withLater((later) => later.checkKey(round, this.#place)); });
    }
  }

  protected override whenOnline(): void {
    super.whenOnline();
    if (this.view.at === 'failed' || this.view.at === 'loading') void this.load();
    else if (this.note === this.texts?.unsent) void this.#send();
  }

  get #place(): Place {
    const { host } = this;
    return { connection: host, pinned: host.ballotKey };
  }

  /** How many items have an answer, of those that are asked. */
  protected get answered(): number {
    return this.round?.instrument.items.filter((item) => this.choices[item.key] !== undefined).length ?? 0;
  }

  async #fetchLater(): Promise<Later> {
    this.#fetching ??= import('./later.ts').then(({ Later }) => {
      this.adopt(Later.styles);
      return new Later(browserStore(), {
        turn: (view, spoken) => {
          this.view = view;
          if (spoken) this.say(spoken);
          if (view.at === 'form') this.go(0);
        },
        announce: (...event) => {
          this.announce(...event);
        },
        reload: () => this.load().then(() => this.view),
      });
    });
    try {
      const later = await this.#fetching;
      await later.speak(this.host);
      later.round ??= this.round;
      this.#later = later;
      this.requestUpdate();
      return later;
    } catch (error) {
      this.#fetching = undefined;
      throw error;
    }
  }

  /** What can do without, when it can't come. */
  #withLater(act?: (later: Later) => unknown): void {
    this.#fetchLater().then(act, () => undefined);
  }

  #restore(round: OpenRound): void {
    const draft = browserStore().read('draft', round.draftKey) as Draft | undefined;
    this.choices = draft?.choices ?? {};
    this.comment = draft?.comment ?? '';
    this.enter(round);
    this.note = '';
    // For the hints about what was written.
    if (this.comment) this.#withLater();
  }

  readonly #keep = (): void => {
    if (!this.#unkept || !this.round) return;
    this.#unkept = false;
    const { choices, comment } = this;
    const draft: Draft = { until: this.round.resultsAt, choices, comment };
    browserStore().write('draft', this.round.draftKey, draft);
  };

  async #show(view: View, round: OpenRound | undefined): Promise<void> {
    const visit = this.#visit;
    try {
      // Without its words a notice cannot be shown; `whenOnline` comes back to it.
      if (view.at !== 'form' || round === undefined || saysMore(round)) await this.#fetchLater();
    } catch {
      return;
    }
    if (visit === this.#visit) this.view = view;
  }

  protected say(text: string): void {
    // The same words a second time are news only if they differ.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  #choose(key: string, value: number, byPointer: boolean): void {
    this.choices = { ...this.choices, [key]: value };
    this.#touched();
    if (this.narrow && byPointer) this.go(this.step + 1);
  }

  readonly #write = (event: InputEvent): void => {
    this.comment = (event.target as HTMLTextAreaElement).value;
    const hint = this.#later?.newHint(this.comment);
    if (hint) this.say(hint);
    this.#touched();
  };

  /** Adds styles of what was fetched later. */
  protected adopt(styles: readonly CSSResult[]): void {
    this.shadowRoot?.adoptedStyleSheets.push(...styles.flatMap(({ styleSheet }) => styleSheet ?? []));
  }

  #touched(): void {
    this.note = '';
    // The browser shows by itself what was chosen or written. All else comes after that picture; whoever leaves the page
    // before it is kept has it kept in leaving.
    this.#unkept = true;
    afterPaint(() => {
      this.#keep();
      this.requestUpdate();
    });
    // What sending needs comes while the rest is answered; the later part itself may have come for something else.
    if (!this.#later?.ready) whenIdle(() => { this.#withLater((later) => { later.prepare(); }); });
  }

  /** Goes to a step, and takes the focus along. */
  protected go(step: number): void {
    // Whoever looks at the answers again is not waiting for them to be sent.
    this.note = '';
    this.step = step;
    this.#focusOn = '.items > :not([hidden]) :is(legend, h3)';
  }

  async #send(): Promise<void> {
    const { round, texts } = this;
    this.#keep();
    try {
      const later = await this.#fetchLater();
      if (!round) return;
      if (this.answered === 0 && this.comment.trim() === '') {
        this.go(0);
        this.#remark(later.chooseFirst);
      } else {
        this.note = '';
        this.#focusOn = 'h2';
        this.#keep();
        later.send(round, this.choices, this.comment, this.#place);
      }
    } catch {
      // The code that sends could not be fetched; the draft is kept, and `whenOnline` tries again.
      this.#remark(texts?.unsent ?? '');
      this.announce('kring-error', { kind: 'offline' });
    }
  }

  #remark(text: string): void {
    this.note = text;
    this.say(text);
  }

  protected override render(): TemplateResult {
    const { texts, view, narrow } = this;
    this.#before = this.#shown;
    this.#shown = new Map();
    const busy = !texts || view.at === 'loading';
    const content = !busy ? this.#renderView(texts, view) : this.ahead && this.renderAhead?.();
    return html`<div class="kring ${narrow ? 'narrow' : ''}" lang=${texts ? this.host.language : nothing}>
      <section class="card" part="card" aria-labelledby=${busy ? nothing : 'title'} aria-busy=${busy}>
        <div class=${busy ? 'skeleton' : this.around}>${content}</div>
      </section>
      <p class="sr" role="status">${this.spoken}</p>
    </div>`;
  }

  #renderView(texts: Texts, view: Exclude<View, { at: 'loading' }>): TemplateResult | undefined {
    const { round } = this;
    this.around = '';
    if (view.at === 'form') return round && this.renderForm(texts, round);
    return this.#later && this.renderNotice(this.#later, view);
  }

  /** How far the person is, the instrument's title, and a line under it. */
  protected renderHead(texts: AnsweringTexts, { instrument }: OpenRound, under: unknown): TemplateResult {
    const { items, title } = instrument;
    const answered = this.answered;
    return html`<div class="head">
      ${ring(answered, items.length, texts.progress(answered, items.length))}
      <div>
        <h2 id="title" tabindex="-1">${title}</h2>
        ${under}
      </div>
    </div>`;
  }

  /** What is shown when there is no form. */
  protected renderNotice(later: Later, notice: Notice): TemplateResult {
    return later.renderNotice(notice);
  }

  /** One item; in a narrow column only when it is its turn. */
  protected renderItem(
    texts: AnsweringTexts,
    round: OpenRound,
    item: OpenRound['instrument']['items'][number],
    hidden: boolean | undefined,
  ): TemplateResult | typeof noChange {
    const { narrow } = this;
    // A click on one item is no reason to look at all points of all others before its paint.
    const look = [item, hidden, narrow, texts, round, this.choices[item.key]];
    const before = this.#before.get(item.key);
    this.#shown.set(item.key, look);
    if (before?.every((one, at) => one === look[at])) return noChange;
    return html`<div
      class="item"
      ?hidden=${hidden}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && narrow && this.choices[item.key] !== undefined) this.go(this.step + 1);
      }}
    >
      ${scale({
        name: item.key,
        legend: item.text,
        labels: round.instrument.labels,
        noAnswer: texts.noAnswer,
        value: this.choices[item.key],
        tall: narrow,
        choose: (value, byPointer) => {
          this.#choose(item.key, value, byPointer);
        },
      })}
    </div>`;
  }

  /** What can be done, with a warning above it where the browser keeps nothing. */
  protected renderBar(acts: unknown): TemplateResult {
    return html`<p class="note quiet">${this.#later?.notKept}</p>
      <div class="bar">${acts}</div>`;
  }

  protected renderSend(texts: AnsweringTexts, open: number): TemplateResult {
    const note = this.note || (open > 0 ? texts.stillOpen(open) : '');
    return html`${button(texts.send, false, () => void this.#send())}
      <span class=${this.note ? '' : 'quiet'}>${note}</span>`;
  }

  protected renderComment(texts: AnsweringTexts, round: OpenRound, question: string): TemplateResult {
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
        ${texts.whoReads(round)}
      </p>
      ${this.#later?.hints(this.comment).map((hint) => html`<p class="hint">${hint}</p>`)}
    </div>`;
  }

  /** Who will see what is asked about the team. */
  protected whoSees(texts: AnsweringTexts, round: OpenRound): string | undefined {
    const { team, reach, threshold } = round;
    return reach < threshold ? this.#later?.tooFew(round) : texts.whoSees(team.name, reach, threshold);
  }

  /** Who will see what is asked about the leader. */
  protected leaderSees(round: OpenRound): string | undefined {
    return this.#later?.leaderSees(round);
  }

  /** Who will see what, from how many answers on, and how it is possible that nobody sees more. */
  protected renderWho(texts: AnsweringTexts, round: OpenRound): TemplateResult {
    return html`<div class="who">
      ${mark}
      <div>
        <p>
          <b>${texts.nobodySees}</b> ${this.whoSees(texts, round)} ${this.leaderSees(round)}
        </p>
        <details @toggle=${() => { this.#withLater(); }}>
          <summary>${texts.how}</summary>
          ${this.#later?.renderHow(round)}
        </details>
      </div>
    </div>`;
  }
}

let connected = 0;

/** After what a person waits for. Safari has no idle callback. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(act);
  else setTimeout(act, 200);
}

/** Whether a form has to say what few of them do, and what therefore comes later. */
function saysMore({ reach, threshold, leader }: OpenRound): boolean {
  return reach < threshold || leader !== null || !browserStore().kept;
}

export function button(label: string, secondary: boolean, act: () => void): TemplateResult {
  return html`<button type="button" class=${secondary ? 'secondary' : ''} @click=${act}>${label}</button>`;
}
