import { html, nothing, type TemplateResult } from 'lit';
import type { Connection, FailureKind } from '../client/api.ts';
import {
  deliver,
  isTrusted,
  prepare,
  resume,
  type Delivery,
  type DeliveryState,
  type Refusal,
  type Waiting,
} from '../client/delivery.ts';
import { hintsIn, type Hint } from '../client/hints.ts';
import type { Store } from '../client/storage.ts';
import { LIMITS } from '../contract/limits.ts';
import type { OpenRound } from '../contract/rounds.ts';
import type { Answers } from '../domain/ballot.ts';
import type { Language } from '../domain/language.ts';
import { NO_ANSWER } from '../ui/scale.ts';
import { textsOf } from '../ui/texts.ts';
import type { KringEventMap } from '../ui/element.ts';
import { closedRing, closedRingStyles } from '../ui/closed-ring.ts';
import type { Host } from '../host/port.ts';
import { dayAndTime } from '../ui/dates.ts';
import { messageStyles, styles } from './later.styles.ts';

/** What an element shows. */
export type View = { readonly at: 'loading' } | { readonly at: 'form' } | Notice;

/** A state without a form: what happened, and what happens now. */
export type Notice =
  | { readonly at: 'taken' }
  | { readonly at: 'nothing'; readonly opens: string | undefined }
  /** The round could not be had. */
  | { readonly at: 'failed'; readonly failure: FailureKind }
  | { readonly at: 'delivery'; readonly state: DeliveryState };

export interface Message {
  readonly title: string;
  readonly text: string;
}

export interface LaterTexts {
  readonly tooFew: (team: string, reach: number, threshold: number, above: string | null) => string;
  /** Who sees what is about the leader. */
  readonly leaderSees: (leader: string, threshold: number) => string;
  readonly notKept: string;
  readonly chooseFirst: string;
  readonly hints: Readonly<Record<Hint['kind'], (found: string) => string>>;
  readonly howSteps: readonly string[];
  readonly again: string;
  readonly toAnswers: string;
  readonly nothing: (opens: string | undefined) => Message;
  readonly notInRoster: Message;
  /** Takes the sentence about when, or where, there are results. */
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

const laterTexts = textsOf<LaterTexts>({ nl: () => import('./texts/nl.later.ts'), en: () => import('./texts/en.later.ts') });

/** What this asks of the element that it serves. */
export interface Served {
  /** Shows the form or a notice, and says something to a screen reader, once. */
  readonly turn: (view: { readonly at: 'form' } | Notice, spoken?: string) => void;
  readonly announce: <K extends keyof KringEventMap>(type: K, detail: KringEventMap[K]['detail']) => void;
  /** Asks for the round anew. @returns what is shown then */
  readonly reload: () => Promise<View>;
}

/** Where the element is. */
export interface Place {
  readonly connection: Connection;
  /** The fingerprint of the key that the page pins. */
  readonly pinned: string | undefined;
}

/**
 * All that an element does not need until its form can be filled in: sending, hints, and what is shown when there is no
 * form. It comes with the first answer, or when there is nothing to answer.
 */
export class Later {
  /** What is shown later is styled later. */
  static readonly styles = [closedRingStyles, messageStyles, styles];

  /** The round that this is about. */
  round: OpenRound | undefined;
  /** Whether what sending needs is here, or on its way. */
  ready = false;

  private texts!: LaterTexts;
  private host!: Host;
  private language: Language | undefined;
  private delivery: Delivery | undefined;
  private unfollow: (() => void) | undefined;
  private state: DeliveryState | undefined;
  private hinted = '';

  constructor(
    private readonly store: Store,
    private readonly element: Served,
  ) {}

  /** Takes the host, and the texts in its language. */
  async speak(host: Host): Promise<void> {
    const { language } = host;
    this.host = host;
    if (language === this.language) return;
    this.texts = await laterTexts(language);
    this.language = language;
  }

  /** Fetches what sending needs. */
  prepare(): void {
    this.ready = true;
    // Sending tries again, and so does the next answer.
    prepare().catch(() => { this.ready = false; });
  }

  /** Whether answers are on their way, or were. */
  get busy(): boolean {
    return this.delivery !== undefined;
  }

  /** What in a comment could tell who wrote it, in words. */
  hints(comment: string): string[] {
    return hintsIn(comment, this.round?.colleagues ?? []).map((hint) => this.texts.hints[hint.kind](hint.found));
  }

  /** All hints on a comment in one text, when there is another one than the last time. */
  newHint(comment: string): string | undefined {
    const before = this.hinted;
    this.hinted = this.hints(comment).join(' ');
    return this.hinted === before ? undefined : this.hinted;
  }

  /** Goes on with what an earlier visit left to be sent, by this person or another one. */
  goOn(round: OpenRound | undefined, place: Place): void {
    if (round && round.draftKey !== this.round?.draftKey) this.forget();
    this.round = round ?? this.round;
    const delivery = resume(round?.draftKey, place.connection, place.pinned, this.store);
    if (delivery) this.follow(delivery);
  }

  /** @param choices by item; what was left without an answer is no part of the ballot */
  send(round: OpenRound, choices: Readonly<Record<string, number>>, comment: string, place: Place): void {
    const written = comment.trim();
    const answers: Answers = {
      choices: Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== NO_ANSWER)),
      ...(written !== '' && round.instrument.openQuestion !== undefined ? { comment: written } : {}),
    };
    const order = {
      draftKey: round.draftKey,
      scope: { organisation: round.organisation, round: round.id, team: round.team.id },
      answers,
      publicKey: round.ballotKey.publicKey,
      until: round.resultsAt,
    };
    this.follow(deliver(order, place.connection, place.pinned, this.store));
  }

  /** Refuses before the first answer when the server's key is not the pinned one. */
  async checkKey(round: OpenRound, { pinned }: Place): Promise<void> {
    if (!(await isTrusted(round.ballotKey.publicKey, pinned))) this.arrive({ at: 'refused', because: 'other-key' });
  }

  /** The element is in a page again. */
  attach(): void {
    if (this.delivery) this.follow(this.delivery);
  }

  /** The element left its page. The delivery itself goes on: it belongs to the page. */
  detach(): void {
    this.unfollow?.();
  }

  private forget(): void {
    this.detach();
    this.delivery = undefined;
    this.state = undefined;
  }

  private follow(delivery: Delivery): void {
    this.unfollow?.();
    this.delivery = delivery;
    this.unfollow = delivery.subscribe((now) => {
      this.arrive(now);
    });
    this.arrive(delivery.state);
  }

  /** A delivery has come somewhere: shows it, says it once, and tells the page. */
  private arrive(now: DeliveryState): void {
    const { element } = this;
    if (now.at === 'elsewhere') {
      this.forget();
      void this.reload();
      return;
    }
    const before = this.state;
    this.state = now;
    const notice: Notice = { at: 'delivery', state: now };
    if (JSON.stringify(before) === JSON.stringify(now)) return element.turn(notice);
    element.turn(notice, this.inWords(notice));
    if (now.at === 'in-the-box') element.announce('kring-sent', {});
    else if (now.at !== 'on-its-way') element.announce('kring-error', { kind: now.because });
  }

  private readonly tryAgain = (): void => {
    if (this.delivery) this.delivery.again();
    else void this.reload();
  };

  private async reload(): Promise<void> {
    const view = await this.element.reload();
    // What has failed again is said again.
    if (view.at === 'failed') this.element.turn(view, this.inWords(view));
  }

  private readonly toAnswers = (): void => {
    this.forget();
    this.element.turn({ at: 'form' });
  };

  private inWords(notice: Notice): string {
    const { title, text } = this.messageOf(notice);
    return `${title}. ${text}`;
  }

  private messageOf(notice: Notice): Message {
    const { texts, language = 'en', round } = this;
    const results = !round
      ? ''
      : round.reach < round.threshold
        ? texts.resultsAbove(round.above)
        : texts.results(dayAndTime(round.resultsAt, language));
    switch (notice.at) {
      case 'taken':
        return texts.taken(results);
      case 'nothing':
        return texts.nothing(notice.opens === undefined ? undefined : dayAndTime(notice.opens, language));
      case 'failed':
        return notice.failure === 'not-in-roster' ? texts.notInRoster : texts.failed[because(notice.failure)];
      case 'delivery':
        break;
    }
    const { state } = notice;
    if (state.at === 'kept') return texts.waiting[state.because](this.store.kept);
    if (state.at === 'refused') return texts.refused[state.because];
    if (state.at !== 'in-the-box') return texts.onItsWay(LIMITS.ballotDelay);
    const { title, text } = texts.sent;
    return { title, text: `${text} ${results}` };
  }

  /** What a small team is told instead of when it will see figures. */
  tooFew({ team, reach, threshold, above }: OpenRound): string {
    return this.texts.tooFew(team.name, reach, threshold, above);
  }

  /** Who will see what is asked about the leader. */
  leaderSees({ leader }: OpenRound): string {
    return leader ? this.texts.leaderSees(leader.name, leader.threshold) : '';
  }

  /** What is said instead of sending nothing. */
  get chooseFirst(): string {
    return this.texts.chooseFirst;
  }

  /** A warning where the browser keeps nothing. */
  get notKept(): string {
    return this.store.kept ? '' : this.texts.notKept;
  }

  /** How it is possible that nobody can see who answered what. */
  renderHow(round: OpenRound): TemplateResult {
    return html`<ol>
        ${this.texts.howSteps.map((sentence) => html`<li>${sentence}</li>`)}
      </ol>
      <p class="quiet small">${round.instrument.source}</p>`;
  }

  /** The first request had no answer: whoever made the page may have something to mend. */
  private hint(): void {
    import('../ui/unreachable.ts').then(
      ({ hintUnreachable }) => hintUnreachable(this.host),
      () => undefined,
    );
  }

  renderNotice(notice: Notice): TemplateResult {
    const { texts } = this;
    const { title, text } = this.messageOf(notice);
    const state = notice.at === 'delivery' ? notice.state : undefined;
    // Where a round was shown, the server can be reached.
    if (notice.at === 'failed' && notice.failure === 'offline' && !this.round) this.hint();
    const button = (label: string, act: () => void) =>
      html`<button type="button" class="secondary" @click=${act}>${label}</button>`;
    return html`<div class="message">
      ${closedRing(notice.at === 'taken' || state?.at === 'in-the-box')}
      <h2 id="title" tabindex="-1">${title}</h2>
      <p>${text}</p>
      ${(notice.at === 'failed' && notice.failure !== 'not-in-roster') || state?.at === 'kept' ? button(texts.again, this.tryAgain) : nothing}
      ${state?.at === 'refused' && state.because === 'not-accepted' ? button(texts.toAnswers, this.toAnswers) : nothing}
    </div>`;
  }
}

function because(failure: FailureKind): Waiting {
  return failure === 'offline' || failure === 'signed-out' ? failure : 'server';
}
