import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { read, RequestFailure, type FailureKind } from '../../src/client/api.ts';
import { browserStore } from '../../src/client/storage.ts';
import type { Entry, LogPlace } from '../../src/contract/learning-log.ts';
import { LOG_PLACE_PATH } from '../../src/contract/learning-log-paths.ts';
import { ENTRY_KINDS } from '../../src/domain/learning-log.ts';
import { ENTRY_FRAGMENT, type LinkingHost } from '../../src/host/port.ts';
import { afterPaint } from '../../src/ui/after-paint.ts';
import { KringElement } from '../../src/ui/element.ts';
import { mark, ringStyles } from '../../src/ui/ring.ts';
import { skeletonStyles } from '../../src/ui/skeleton.ts';
import { base, tokens } from '../../src/ui/tokens.ts';
import { BLANK, isBlank, leavingOf, newKey, readersOf, UNOWNED, type Draft } from './draft.ts';
import { styles } from './learning-log.styles.ts';
import type { Form, Later, Writing } from './parts.ts';
import { circles } from './circles.ts';
import { loadTexts, type Texts } from './texts.ts';

declare global {
  interface HTMLElementTagNameMap {
    'kring-learning-log': KringLearningLog;
  }
}

const STATE = { state: true };

/** From this width on, in CSS pixels, there is room for all of it. */
const WIDE = 640;

/** Milliseconds that a draft is kept: a year. */
const KEPT = 31_536_000_000;

/**
 * @summary What somebody learned, written down in a minute: for oneself first, for others on purpose, and to be found
 * back.
 *
 * @fires kring-ready - One can write, and share.
 * @fires kring-error - Something failed; `detail.kind` says what kind of thing.
 *
 * @csspart card - The card around everything.
 *
 * @cssprop --kring-surface - Background of the card.
 * @cssprop --kring-text - Text.
 * @cssprop --kring-quiet - Text of less weight.
 * @cssprop --kring-line - Lines that only divide.
 * @cssprop --kring-edge - Edges of what can be operated.
 * @cssprop --kring-accent - What is chosen, rings, and the main button.
 * @cssprop --kring-accent-soft - A soft background in the accent's colour.
 * @cssprop --kring-on-accent - Text on the accent.
 * @cssprop --kring-radius - Roundness of the card.
 * @cssprop --kring-font - Font family.
 * @cssprop --kring-font-size - Size that all sizes are in proportion to; `medium` of itself.
 *
 * @attr view - `compact` for the form and the three newest entries, `full` for all; by its own width without it.
 * @attr log-url - Address of the page with the full log, which links to entries lead to. May stand on an ancestor.
 * @attr server - Address of the Leerkring server. May stand on an ancestor.
 * @attr team - The team that is offered first to share with. May stand on an ancestor.
 * @attr lang - Language. May stand on an ancestor.
 * @attr token-url - Address on the page's own site that hands out a token. May stand on an ancestor.
 * @attr theme - `light`, `dark`, or `auto` for the person's own preference; the page's `color-scheme` without it.
 */
export class KringLearningLog extends KringElement<Texts> {
  static override readonly styles = [tokens, base, ringStyles, skeletonStyles, styles];

  static override properties: PropertyDeclarations = {
    view: { reflect: true },
    shareEntry: { attribute: false },
    draft: STATE,
    place: STATE,
    failure: STATE,
    wide: STATE,
    more: STATE,
    sharing: STATE,
    unsaved: STATE,
    spoken: STATE,
  };

  /** `compact` for the form and the three newest entries, `full` for all; by its own width without it. */
  declare view?: 'compact' | 'full';

  /** A callback by which the page shares an entry in a way of its own, instead of a link that is copied. */
  declare shareEntry?: LinkingHost['shareEntry'];

  private draft: Draft = BLANK;
  private place: LogPlace | undefined;
  private failure: FailureKind | undefined;
  private wide = false;
  private more = false;
  private sharing = false;
  /** Save was pressed before it was possible. */
  private unsaved = false;
  /** What a screen reader is told, once. */
  private spoken = '';

  #writing: Writing | undefined;
  #later: Later | undefined;
  #fetching: Promise<void> | undefined;
  /** Whether the parts were asked for. */
  #begun = false;
  /** Counts loads, so that the answer to an earlier one changes nothing. */
  #visit = 0;
  /** Counts how often what can be chosen was asked anew. */
  #renewal = 0;
  /** What gets the focus after the next update. */
  #focusOn: string | undefined;
  #hadFocus = false;
  /** Whether there is something in the form that the browser does not keep yet. */
  #unkept = false;
  /** The draft as it was kept, or read, here last. */
  #seen: string | undefined;

  readonly #observer = new ResizeObserver(([entry]) => {
    // Later: what grows while it is being observed is an error to the page.
    setTimeout(() => {
      this.wide = !!entry && entry.contentRect.width >= WIDE;
    });
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    addEventListener('pagehide', this.#keep);
    addEventListener('storage', this.#elsewhere);
    addEventListener('hashchange', this.#follow);
    document.addEventListener('visibilitychange', this.#inSight);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    removeEventListener('pagehide', this.#keep);
    removeEventListener('storage', this.#elsewhere);
    removeEventListener('hashchange', this.#follow);
    document.removeEventListener('visibilitychange', this.#inSight);
    this.#keep();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = !!this.shadowRoot?.activeElement;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    const asked = this.#focusOn === undefined ? null : find(this.#focusOn);
    this.#focusOn = undefined;
    // What is gone takes the focus with it: the heading of what came instead receives it.
    (asked ?? (this.#hadFocus && !this.shadowRoot?.activeElement ? find('#title') : null))?.focus();
    if (changed.has('wide') || changed.has('view')) this.#later?.changed();
    if (!this.texts || this.#begun) return;
    this.#begun = true;
    // One can write: all else comes after that picture.
    afterPaint(() => void this.#fetchParts());
  }

  /** Puts an entry of this person into the form, to be changed. */
  private edit(entry: Entry): void {
    this.#writing?.edit(entry);
  }

  protected override readonly loadTexts = loadTexts;

  protected override async load(): Promise<void> {
    const visit = ++this.#visit;
    let failure: FailureKind | undefined;
    try {
      const place = await read<Partial<LogPlace> | null>(this.host, LOG_PLACE_PATH, {});
      if (visit !== this.#visit) return;
      // Something between here and the server, such as a sign-in to a network, may answer in its place.
      if (!Array.isArray(place?.teams)) throw new RequestFailure('offline');
      this.#arrive(place as LogPlace);
    } catch (error) {
      failure = error instanceof RequestFailure ? error.kind : 'internal';
      // Without its words it cannot be said; `whenOnline` comes back to it.
      if (this.texts) await this.#fetchParts();
    }
    if (visit !== this.#visit) return;
    this.failure = failure;
    if (failure === undefined) this.announce('kring-ready', {});
    else this.announce('kring-error', { kind: failure });
    if (failure === 'offline' && !this.place) this.#writing?.unreachable();
    await this.#writing?.changed();
    this.#later?.changed();
    if (!this.unsaved) return;
    if (failure === undefined) this.#save();
    else this.#say(this.#standing);
  }

  protected override whenOnline(): void {
    super.whenOnline();
    if (this.failure !== undefined) void this.load();
    else if (this.unsaved) this.#save();
    else if (this.texts) void this.#fetchParts().then(() => this.#writing?.again());
  }

  /**
   * Fetches anew what can be chosen: an entry may have brought a project or a tag, and somebody a team. What others did
   * since the last time stays as it is shown, so that nothing moves under what is being read or written.
   */
  async #renew(): Promise<void> {
    const { place: before } = this;
    if (!before) return;
    const visit = this.#visit;
    const renewal = ++this.#renewal;
    const place = await read<Partial<LogPlace> | null>(this.host, LOG_PLACE_PATH, {}).catch(() => null);
    if (visit !== this.#visit || renewal !== this.#renewal) return;
    if (!Array.isArray(place?.teams) || place.draftKey !== before.draftKey) return;
    const { digest, digestUntil } = before;
    this.place = { ...(place as LogPlace), digest, digestUntil };
    this.#later?.changed();
  }

  /** The page is in sight again: much may have changed meanwhile. */
  readonly #inSight = (): void => {
    if (document.visibilityState === 'visible') void this.#renew();
  };

  /** It is known who writes: what that person left here goes on, and what was typed before that is theirs. */
  #arrive(place: LogPlace): void {
    const before = this.place?.draftKey;
    const { draftKey } = place;
    this.#keep();
    this.place = place;
    if (before === draftKey) return;
    if (before !== undefined) this.#forget();
    const store = browserStore();
    for (const name of store.names('draft').filter((one) => one.startsWith(UNOWNED))) {
      const draft = store.read('draft', name) as Unowned;
      // Where somebody else was here before, it may be theirs.
      if (draft.key !== this.draft.key && (draft.by ?? draftKey) !== draftKey) continue;
      store.write('draft', this.#name(draft.key), draft);
      store.remove('draft', name);
    }
    store.write('draft', LAST, { until: later(), by: draftKey } as Unowned);
    const [latest] = this.#drafts();
    if (isBlank(this.draft) && latest) this.#show(latest);
  }

  /** Where a draft is kept: under whose it is, or, until that is known, apart. */
  #name(key: string): string {
    const owner = this.place?.draftKey;
    return owner === undefined ? UNOWNED + key : `log:${owner}:${key}`;
  }

  #drafts(): Draft[] {
    const store = browserStore();
    return store
      .names('draft')
      .filter((name) => name.startsWith(this.#name('')))
      .map((name) => store.read('draft', name) as Draft)
      .sort((a, b) => b.at - a.at);
  }

  #stored(): string | undefined {
    return JSON.stringify(browserStore().read('draft', this.#name(this.draft.key)));
  }

  readonly #keep = (): void => {
    if (!this.#unkept) return;
    this.#unkept = false;
    const store = browserStore();
    // Another tab went on with it, or saved it: this becomes a draft of its own, and neither is lost.
    if (this.#stored() !== this.#seen) this.draft = { ...this.draft, key: newKey() };
    const { draft } = this;
    const name = this.#name(draft.key);
    if (isBlank(draft)) store.remove('draft', name);
    else {
      const { by } = (store.read('draft', LAST) ?? {}) as Partial<Unowned>;
      store.write('draft', name, { ...draft, ...(this.place ? {} : { by }) });
    }
    this.#seen = this.#stored();
  };

  /** Another tab of this browser kept something, or sent it. */
  readonly #elsewhere = ({ key }: StorageEvent): void => {
    if (!key?.startsWith('kring:')) return;
    if (!this.#unkept && this.draft.key && this.#stored() !== this.#seen) {
      this.#show((browserStore().read('draft', this.#name(this.draft.key)) as Draft | undefined) ?? BLANK);
    }
    this.#writing?.elsewhere();
    this.requestUpdate();
  };

  /** Puts into the form what is kept already, or nothing. */
  #show(draft: Draft): void {
    this.draft = draft;
    this.#seen = this.#stored();
    this.more = !!(draft.different || draft.project || draft.link || draft.tags.length > 0);
    this.sharing = false;
  }

  #forget(): void {
    this.#unkept = false;
    this.#show(BLANK);
    this.#writing?.forget();
  }

  #change(part: Partial<Draft>): void {
    const { draft } = this;
    // The name of an entry that is being changed stays that of its own draft.
    this.draft = { ...draft, ...part, key: draft.key || newKey(), at: Date.now(), until: later() };
    this.unsaved = false;
    this.#unkept = true;
    this.#writing?.written();
    // The browser shows by itself what was written. All else comes after that picture; whoever leaves the page before it
    // is kept has it kept in leaving.
    afterPaint(() => {
      this.#keep();
      this.requestUpdate();
    });
  }

  get #full(): boolean {
    // An attribute that was taken away leaves nothing, or null, and one that is neither says nothing.
    return this.view === 'full' || (this.view !== 'compact' && this.wide);
  }

  #around(first: Texts): Form {
    const full = () => this.#full;
    const draft = () => this.draft;
    const texts = () => this.texts ?? first;
    return {
      element: this,
      get texts() {
        return texts();
      },
      get full() {
        return full();
      },
      get draft() {
        return draft();
      },
      connection: () => this.host,
      language: () => this.host.language,
      // The entry has provided one.
      host: () => this.host as LinkingHost,
      place: () => this.place,
      drafts: () => this.#drafts(),
      edit: (entry) => {
        this.edit(entry);
      },
      moved: (before, after) => {
        this.#writing?.moved(before, after);
      },
      forget: () => {
        this.#forget();
        void this.#renew();
      },
      announceFailure: (kind) => {
        this.announce('kring-error', { kind });
      },
      change: (part) => {
        this.#change(part);
      },
      take: (next, done = false) => {
        this.#keep();
        if (done) browserStore().remove('draft', this.#name(this.draft.key));
        this.#show(next);
        // From elsewhere than what is kept of drafts: it is from now on.
        this.#unkept = this.#seen === undefined;
        this.#keep();
      },
      discard: ({ key }) => {
        browserStore().remove('draft', this.#name(key));
      },
      open: (part) => {
        this[part] = true;
      },
      reload: () => {
        void this.load();
      },
      say: (text) => {
        this.#say(text);
      },
      focus: (selector) => {
        this.#focusOn = selector;
        this.requestUpdate();
      },
      written: (entry, shared) => {
        this.#later?.written(entry, shared);
        void this.#renew();
      },
    };
  }

  /** Fetches what shares and saves, and what comes under the form; each on its own, and again where that failed. */
  #fetchParts(): Promise<void> {
    const { texts } = this;
    if (!texts) return Promise.resolve();
    return (this.#fetching ??= this.#takeParts(this.#around(texts)).finally(() => {
      if (!this.#writing || !this.#later) this.#fetching = undefined;
    }));
  }

  async #takeParts(form: Form): Promise<void> {
    await Promise.allSettled([
      import('./writing/index.ts').then(async ({ startWriting }) => {
        this.#writing ??= await startWriting(form);
        this.requestUpdate();
      }),
      import('./later/index.ts').then(async ({ startLater }) => {
        if (this.#later) return;
        this.#later = await startLater(form);
        this.requestUpdate();
        this.#follow();
      }),
    ]);
  }

  /** Opens the entry that the page's address names. */
  readonly #follow = (): void => {
    const id = new URLSearchParams(location.hash.slice(1)).get(ENTRY_FRAGMENT);
    if (id) this.#later?.open(id);
  };

  #say(text: string): void {
    // The same words a second time are news only if they differ.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  readonly #write = (event: Event): void => {
    this.#change({ text: (event.target as HTMLTextAreaElement).value });
  };

  readonly #save = (): void => {
    this.#keep();
    this.unsaved = false;
    if (this.#writing && (this.place || isBlank(this.draft))) return this.#writing.save();
    // Without whom it is from, or what sends it: the draft is kept, and `whenOnline` comes back to it.
    this.unsaved = true;
    if (this.failure !== undefined) void this.load();
    else {
      void this.#fetchParts().then(() => {
        if (!this.unsaved) return;
        if (this.#writing && this.place) this.#save();
        else if (!this.#writing) this.#say(this.#standing);
      });
    }
    this.#say(this.#standing);
  };

  /** How it stands with what Save was pressed for before it was possible. */
  get #standing(): string {
    const { texts, failure } = this;
    if (failure === undefined && (this.#writing ?? this.#fetching)) return texts?.saving ?? '';
    return (failure === undefined || failure === 'offline' ? undefined : this.#writing?.trouble(failure)) ?? texts?.unsaved ?? '';
  }

  readonly #showMore = (): void => {
    this.more = !this.more;
    // It opens above the button, which goes down with it.
    if (this.more) this.#focusOn = '#different';
  };

  readonly #hotKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#save();
  };

  protected override render(): TemplateResult {
    const { texts, failure } = this;
    const notice = failure !== undefined && isBlank(this.draft) ? this.#writing?.renderNotice(failure) : undefined;
    return html`<div class="kring ${this.#full ? 'full' : ''}" lang=${texts ? this.host.language : nothing}>
      <section class="card" part="card" aria-label=${texts?.title ?? nothing} aria-busy=${!texts}>
        ${texts
          ? (notice ?? [
              this.#renderForm(texts),
              html`<div class="waiting" ?hidden=${!this.#writing}>${this.#writing?.renderWaiting()}</div>
                <div class="later" ?hidden=${!this.#later}>${this.#later?.render()}</div>`,
            ])
          : html`<div class="skeleton"></div>`}
      </section>
      <p class="sr" role="status">${this.spoken}</p>
    </div>`;
  }

  #renderForm(texts: Texts): TemplateResult {
    const { draft, place, failure } = this;
    const writing = this.#writing;
    const { scope } = draft.audience;
    return html`<div class="head">
        ${mark}
        <h2 id="title" tabindex="-1">${texts.title}</h2>
      </div>
      <div class="form" @keydown=${this.#hotKey}>
        ${writing?.renderAbove()}
        <fieldset class="kinds">
          <legend class="sr">${texts.kind}</legend>
          ${ENTRY_KINDS.map(
            (kind) => html`<label class="chip">
              <input type="radio" name="kind" .checked=${draft.kind === kind} @change=${() => { this.#change({ kind }); }} />
              <span data-word=${texts.kinds[kind][0]}>${texts.kinds[kind][0]}</span>
            </label>`,
          )}
        </fieldset>
        <label class="label" for="text">${texts.kinds[draft.kind][1]}</label>
        <textarea id="text" dir="auto" aria-describedby="who count" .value=${draft.text} @input=${this.#write}></textarea>
        <p id="count" class="small">${writing?.renderCount()}</p>
        ${this.more ? writing?.renderMore() : nothing}
        <div class="who ${scope === 'me' ? '' : 'shared'}">
          ${circles(scope)}
          <p id="who">
            ${readersOf(draft.audience, place, texts)} ${leavingOf(draft.audience, place, texts)}
            ${writing?.renderBeside()}
          </p>
          <button type="button" class="plain" aria-expanded=${this.sharing} @click=${() => { this.sharing = !this.sharing; }}>${texts.share}</button>
          ${this.sharing ? writing?.renderSharing() : nothing}
        </div>
        ${writing?.renderAsked() ??
        html`<div class="bar">
          <button type="button" class="save" @click=${this.#save}>${draft.of ? texts.saveChange : texts.save}</button>
          <button type="button" class="secondary" aria-expanded=${this.more} @click=${this.#showMore}>
            ${texts.more}
          </button>
          <span class="note">${this.unsaved && (failure ?? 'offline') === 'offline' ? this.#standing : writing?.renderNote(failure)}</span>
        </div>`}
      </div>`;
  }
}

/** Where it is kept who was here last. */
const LAST = 'log:last';

interface Unowned extends Draft {
  /** Who was here last when it was written, by the name of that person's drafts. */
  readonly by?: string | undefined;
}

function later(): string {
  return new Date(Date.now() + KEPT).toISOString();
}
