import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Entry, LogPlace } from '../../../src/contract/learning-log.ts';
import { ENTRY_FRAGMENT } from '../../../src/host/port.ts';
import type { Around, Later } from '../parts.ts';
import { Asked } from './asked.ts';
import { Digest } from './digest.ts';
import { Drafts } from './drafts.ts';
import { EntryCard, summaryOf } from './entry-card.ts';
import { Feed, type List } from './feed.ts';
import type { Ground } from './ground.ts';
import { kindMark, metaOf, titleOf } from './heading.ts';
import { Intentions } from './intentions.ts';
import { News } from './news.ts';
import { Owning } from './owning.ts';
import { laterStyles } from './styles.ts';
import { loadWords, type Words } from './words.ts';

type View = List | 'intentions';

/** Parts in which somebody is busy with one thing. */
const PARTS = '[data-entry], [data-intention], .owning, .digest, #log-panel, .log';

/** What can stand around what has the focus, the nearest first; and what in it can have the focus. */
const NEAR = ['[data-help]', '[data-entry]', '[data-intention]', '[data-row]', 'article', '.log'];
const HEADS = '.open, h5[tabindex], #log-entry, #log-title[tabindex]';

const FIELDS = 'textarea, input, select';

const VIEWS: readonly View[] = ['all', 'mine', 'concerning', 'intentions'];

/**
 * What was written before: the list and what is found in it, an entry with its thread, what one set out to do, and what
 * is one's own.
 */
export class Log implements Later, Ground, ReactiveController {
  readonly drafts: Drafts;

  private view: View = 'all';
  /** The entry that is shown by itself, and whether a list comes back when it is closed. */
  private alone: EntryCard | undefined;
  private spoken = '';
  private full: boolean;
  private place: LogPlace | undefined;
  private whose: string | undefined;
  /** Which person this is of those who were here one after another. */
  private nth = 0;
  /** What stands around what had the focus before an update. */
  private near: readonly Element[] = [];
  private feed!: Feed;
  private asked!: Asked;
  private intentions!: Intentions;
  private digest!: Digest;
  private owning!: Owning;
  private readonly news: News;

  constructor(
    readonly around: Around,
    public words: Words,
  ) {
    this.drafts = new Drafts(() => this.around.place()?.draftKey);
    this.full = around.full;
    this.place = around.place();
    this.whose = this.where();
    this.makeParts();
    this.news = new News((moved) => this.look(moved));
    const { element } = around;
    const { styleSheet } = laterStyles;
    const adopted = element.shadowRoot?.adoptedStyleSheets;
    if (styleSheet && adopted && !adopted.includes(styleSheet)) adopted.push(styleSheet);
    this.start();
    element.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.online);
    addEventListener('storage', this.elsewhere);
    this.news.follow(() => this.around.connection());
  }

  hostDisconnected(): void {
    removeEventListener('online', this.online);
    removeEventListener('storage', this.elsewhere);
    this.news.follow(undefined);
  }

  /** Lets go of the element: another takes its place. */
  release(): void {
    this.hostDisconnected();
    this.around.element.removeController(this);
    this.feed.release();
  }

  private makeParts(): void {
    this.feed = new Feed(this);
    this.asked = new Asked(this);
    this.intentions = new Intentions(this);
    this.digest = new Digest(this);
    this.owning = new Owning(this, () => this.start());
  }

  /** Another person is here, for whom nothing is as the one before left it: no word, no filter, no field. */
  private beginAnew(): void {
    this.feed.release();
    this.drafts.forget();
    this.makeParts();
    this.view = 'all';
    this.alone = undefined;
    this.spoken = '';
    this.nth += 1;
  }

  private start(): void {
    this.feed.forget();
    this.asked.forget();
    this.intentions.forget();
    void this.feed.load();
    void this.asked.look();
    void this.intentions.load();
    this.evaluate();
  }

  /** Where it is shown: to who leads a team, always. */
  private evaluate(): void {
    if (this.full && (this.intentions.leads || this.view === 'intentions')) void this.intentions.evaluate();
  }

  /** @param moved entries in whose threads something was done, where nothing else was */
  private look(moved?: readonly string[]): void {
    void this.feed.look();
    void this.asked.look();
    for (const card of [...this.feed.opened, ...(this.alone ? [this.alone] : [])]) {
      if (moved?.includes(card.id) !== false) void card.look();
    }
  }

  private readonly online = (): void => {
    this.look();
    if (!this.intentions.loaded) void this.intentions.load();
    if (this.alone?.entry === undefined) void this.alone?.load();
  };

  private readonly elsewhere = (): void => {
    if (this.drafts.elsewhere()) this.refresh();
  };

  /** Tells one person at one server from another, once it is known who it is. */
  private where(): string | undefined {
    const place = this.around.place();
    return place && `${this.around.connection().server} ${place.draftKey}`;
  }

  refresh(): void {
    this.around.element.requestUpdate();
  }

  say(text: string): void {
    // The same words a second time are news only if they differ.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
    this.refresh();
  }

  focus(selector: string): void {
    this.go(selector, (target) => this.isHere(target));
  }

  private go(selector: string, may: (target: HTMLElement) => boolean = () => true): void {
    const { element } = this.around;
    void element.updateComplete.then(() => {
      const target = element.renderRoot.querySelector<HTMLElement>(selector);
      if (target && may(target)) target.focus();
    });
  }

  private get active(): Element | null {
    return this.around.element.shadowRoot?.activeElement ?? null;
  }

  /** Whether nothing has the focus that somebody chose. A heading has it where what had it before is gone. */
  private isFree(): boolean {
    const { active } = this;
    const { activeElement } = document;
    return active ? active.matches('h2, h3') : activeElement === null || activeElement.contains(this.around.element);
  }

  /** Whether the focus may go there: it is free, or in the same part, where nobody is writing. */
  private isHere(target: Element): boolean {
    const { active } = this;
    if (!active || this.isFree()) return this.isFree();
    if (active.matches(FIELDS) && !target.matches(FIELDS)) return false;
    return active.closest(PARTS) === target.closest(PARTS);
  }

  hostUpdate(): void {
    const { active } = this;
    this.near = active?.closest('.log') ? NEAR.flatMap((selector) => active.closest(selector) ?? []) : [];
  }

  /** What is gone takes the focus with it: what stood around it receives it. */
  hostUpdated(): void {
    this.feed.drawn();
    if (this.near.length === 0 || this.active) return;
    for (const near of this.near) {
      if (!near.isConnected) continue;
      const target = near.matches('[tabindex]') ? near : near.querySelector(HEADS);
      if (target instanceof HTMLElement) return target.focus({ preventScroll: true });
    }
  }

  replaced(entry: Entry, before?: Entry): void {
    if (before) this.around.moved(before, entry);
    this.feed.replaced(entry);
    this.asked.replaced(entry);
  }

  gone(id: string): void {
    this.asked.gone(id);
    const next = this.feed.gone(id);
    this.intentions.gone(id);
    if (this.alone) leaveLink();
    this.alone = undefined;
    this.say(this.words.texts.deleted);
    void this.around.element.updateComplete.then(() => {
      // Whoever went elsewhere meanwhile stays there.
      if (!this.isFree()) return;
      if (next === undefined) this.focus('#log-title');
      else this.feed.focusRow(next);
    });
  }

  show(id: string): void {
    this.open(id);
  }

  intended(...answer: Parameters<Intentions['take']>): void {
    this.intentions.take(...answer);
  }

  // What the element calls.

  written(entry: Entry, shared: boolean): void {
    this.feed.written(entry);
    if (shared) this.digest.shares(entry);
    if (this.alone?.id === entry.id) this.alone.take(entry);
    if (entry.different !== null) void this.intentions.load();
  }

  changed(): void {
    const language = this.around.language();
    if (language !== this.words.language) void this.speak(language);
    const place = this.around.place();
    const elsewhere = place !== this.place;
    if (elsewhere) {
      // What can be chosen is fetched anew without it.
      if (place?.digestUntil !== this.place?.digestUntil) this.digest.forget();
      this.place = place;
    }
    const whose = this.where() ?? this.whose;
    const other = this.whose !== undefined && whose !== this.whose;
    const arrived = this.whose === undefined && whose !== undefined;
    if (other) this.beginAnew();
    if (other || arrived) this.news.follow(() => this.around.connection());
    if (other || this.full !== this.around.full || (arrived && !this.feed.loaded)) {
      this.full = this.around.full;
      this.start();
    } else if (elsewhere) this.evaluate();
    this.whose = whose;
    this.refresh();
  }

  private async speak(language: Words['language']): Promise<void> {
    try {
      const words = await loadWords(language);
      if (language === this.around.language()) this.words = words;
      this.refresh();
    } catch {
      // It goes on in the language that it has.
    }
  }

  open(id: string): void {
    const card = new EntryCard(this, id);
    this.alone = card;
    this.refresh();
    this.go('#log-entry');
    this.bring(card);
    // Only now is it as high as it is, or says why it is not there.
    void card.loading.then(() => this.bring(card));
  }

  /** Brings the entry that is shown by itself to the top of what is seen, unless somebody went elsewhere in it. */
  private bring(card: EntryCard): void {
    const { element } = this.around;
    void element.updateComplete.then(() => {
      if (this.alone !== card) return;
      const heading = element.renderRoot.querySelector('#log-entry') ?? element.renderRoot.querySelector('#title');
      if (heading && (heading.matches(':focus') || this.isFree())) heading.closest('article, section')?.scrollIntoView({ block: 'start' });
    });
  }

  private readonly back = (): void => {
    const id = this.alone?.id;
    this.alone = undefined;
    leaveLink();
    this.refresh();
    if (id !== undefined && this.view !== 'intentions' && this.feed.has(id)) this.feed.focusRow(id);
    else this.focus('#log-title');
  };

  private readonly choose = (view: View): void => {
    if (view === this.view) return;
    this.view = view;
    if (view === 'intentions') this.evaluate();
    else this.feed.choose(view);
    this.refresh();
  };

  private readonly moveTab = (event: KeyboardEvent): void => {
    const at = VIEWS.indexOf(this.view);
    const last = VIEWS.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    const view = to === undefined ? undefined : VIEWS[to];
    if (view === undefined) return;
    event.preventDefault();
    this.choose(view);
    this.go(`#log-tab-${view}`);
  };

  render(): TemplateResult {
    const { full } = this.around;
    return html`${keyed(
      this.nth,
      html`<section class=${full ? 'log full' : 'log'} aria-labelledby="log-title">
        ${this.alone ? nothing : this.asked.render()} ${full && !this.alone ? this.digest.render() : nothing} ${this.alone ? this.renderAlone(this.alone) : full ? this.renderFull() : this.renderFew()}
        <p class="sr" role="status">${this.spoken}</p>
      </section>`,
    )}`;
  }

  private renderAlone(card: EntryCard): TemplateResult {
    const { words } = this;
    const { texts } = words;
    const { entry } = card;
    const summary = entry && summaryOf(entry);
    return html`<div class="bar tight"><button type="button" class="link" @click=${this.back}>${texts.back}</button></div>
      <h3 class="sr" id="log-title">${texts.oneEntry}</h3>
      <article class=${summary ? 'entry' : 'entry bare'} aria-labelledby="log-entry">
        ${summary ? kindMark(summary.kind) : nothing}
        <div>
          <h4 id="log-entry" tabindex="-1">${summary ? titleOf(summary, words) : texts.oneEntry}</h4>
          ${summary ? metaOf(summary, words) : nothing} ${card.render()}
        </div>
      </article>`;
  }

  /** The page with all of it, when that is another one than this. */
  private get fullPage(): string | undefined {
    const page = (address: string) => address.replace(/#.*/, '');
    const link = page(this.around.host().entryLink(''));
    return link === page(location.href) ? undefined : link;
  }

  private renderFew(): TemplateResult {
    const { texts } = this.words;
    const link = this.fullPage;
    return html`${this.intentions.renderDue()}
      <h3 id="log-title" tabindex="-1">${texts.lists.concerning}</h3>
      ${this.feed.render()}
      ${link === undefined ? nothing : html`<p class="all"><a href=${link}>${texts.toFull}</a></p>`}`;
  }

  private renderFull(): TemplateResult {
    const { view } = this;
    const { texts } = this.words;
    return html`${this.intentions.leads ? this.intentions.renderEvaluation() : nothing} ${view === 'intentions' ? nothing : this.intentions.renderDue()}
      <h3 id="log-title" tabindex="-1">${texts.title}</h3>
      <div class="tabs" role="tablist" aria-labelledby="log-title" @keydown=${this.moveTab}>
        ${VIEWS.map(
          (one) => html`<button
            type="button"
            role="tab"
            id=${`log-tab-${one}`}
            aria-selected=${String(one === view)}
            aria-controls="log-panel"
            tabindex=${one === view ? 0 : -1}
            data-word=${texts.lists[one]}
            @click=${() => this.choose(one)}
          >
            ${texts.lists[one]}
          </button>`,
        )}
      </div>
      <div role="tabpanel" id="log-panel" aria-labelledby=${`log-tab-${view}`}>
        ${view === 'mine' ? this.owning.render() : nothing} ${view === 'intentions' ? this.intentions.render() : this.feed.render()}
      </div>`;
  }
}

/** The page's address names no entry any more, so that the same link can be followed again. The rest of it is the page's. */
function leaveLink(): void {
  const parts = location.hash.slice(1).split('&');
  const rest = parts.filter((part) => !part.startsWith(`${ENTRY_FRAGMENT}=`)).join('&');
  if (rest === parts.join('&')) return;
  history.replaceState(history.state, '', location.href.replace(/#.*/, () => rest && `#${rest}`));
}
