import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { VirtualizerController, type Range, type VirtualizerOptions } from '@tanstack/lit-virtual';
import { read } from '../../../src/client/api.ts';
import { LOG_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Entry, EntrySummary, LISTS, Log } from '../../../src/contract/learning-log.ts';
import { ENTRY_KINDS, LOG_LIMITS, type EntryKind } from '../../../src/domain/learning-log.ts';
import { unmarked } from '../../../src/ui/excerpt.ts';
import type { Named } from '../draft.ts';
import { line } from '../tidy.ts';
import { Colleagues } from '../writing/colleagues.ts';
import { EntryCard, summaryOf } from './entry-card.ts';
import { Part, type Ground } from './ground.ts';
import { kindMark, metaOf, titleOf } from './heading.ts';
import { asHigh, placeRow } from './place-row.ts';
import { Scrolling } from './scrolling.ts';

export type List = (typeof LISTS)[number];

interface Filters {
  readonly search: string;
  readonly kind?: EntryKind | undefined;
  readonly project?: string | undefined;
  readonly tag?: string | undefined;
  readonly person?: Named | undefined;
  /** Such as `2026-09`. */
  readonly month?: string | undefined;
}

/** Entries that a page of the list has; the card shows the newest few. */
const PAGE = LOG_LIMITS.page;
const FEW = 3;

/** Requests for help that come before them at most, and are said above the list already. */
const ASKED = 20;

/** Rows before the end at which the next page is fetched. */
const AHEAD = 15;

/** Frames in which a row that got the focus is kept in sight. */
const FRAMES = 4;

/** Milliseconds without a key before a search begins. */
const PAUSE = 300;

/** Months that can be chosen while it is not known for how long entries are kept. */
const MONTHS = 24;

const NO_FILTERS: Filters = { search: '', kind: undefined, project: undefined, tag: undefined, person: undefined, month: undefined };

/**
 * The list of entries: a few in a card; in full with search, filters and page after page, of which only the rows in
 * sight are in the document, and the one that has the focus.
 */
export class Feed extends Part {
  private entries: readonly EntrySummary[] = [];
  private next: string | null = null;
  private there = false;
  private list: List = 'all';
  private filters = NO_FILTERS;
  /** Of which list, and by which filters, what is shown was fetched. */
  private shown: { readonly list: List; readonly filters: Filters } = { list: 'all', filters: NO_FILTERS };
  /** Newer entries than those shown, which wait because somebody is reading. */
  private waiting = false;
  /** The row that has the focus, or had it last. */
  private held: string | undefined;
  private readonly cards = new Map<string, EntryCard>();
  /** Projects and tags of what was shown, which may be of other teams than one's own. */
  private readonly seen = { project: new Set<string>(), tag: new Set<string>() };
  /** Counts loads, so that the answer to an earlier one changes nothing. */
  private visit = 0;
  /** Counts what was written and deleted here, so that an answer from before does not undo it. */
  private acts = 0;
  /** What is asked anew, until it is there or failed. */
  private asking = Promise.resolve();
  private looking: Promise<void> | undefined;
  private lookNext: Promise<void> | undefined;
  private coming: Promise<void> | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private readonly scrolling = new Scrolling(() => this.ground.around.element.renderRoot.querySelector<HTMLElement>('.rows'));
  private readonly rows: VirtualizerController<HTMLElement, HTMLElement>;
  private readonly colleagues: Colleagues;

  constructor(ground: Ground) {
    super(ground);
    this.rows = new VirtualizerController<HTMLElement, HTMLElement>(ground.around.element, this.options);
    this.colleagues = new Colleagues(
      {
        element: ground.around.element,
        connection: () => this.connection,
        people: () => (this.filters.person ? [this.filters.person] : []),
        choose: ([person]) => this.filter({ person }),
        most: 1,
        say: (text) => ground.say(text),
        focus: (selector) => ground.focus(selector),
      },
      { field: 'filter-person', list: 'filter-found' },
    );
  }

  private get full(): boolean {
    return this.ground.around.full;
  }

  private get options(): VirtualizerOptions<HTMLElement, HTMLElement> & { readonly count: number } {
    const { entries } = this;
    const held = entries.findIndex(({ id }) => id === this.held);
    const known = this.rows as VirtualizerController<HTMLElement, HTMLElement> | undefined;
    return {
      ...known?.getVirtualizer().options,
      count: entries.length,
      getScrollElement: this.scrolling.around,
      observeElementOffset: this.scrolling.observeElementOffset,
      observeElementRect: this.scrolling.observeElementRect,
      scrollToFn: this.scrolling.scrollToFn,
      estimateSize: () => 116,
      overscan: 8,
      // At once, so that a row that opens never lies over the next one; what the browser tells by itself comes a frame
      // later, since what grows while it is observed is an error to the page.
      measureElement: (row) => row.offsetHeight,
      useAnimationFrameWithResizeObserver: true,
      getItemKey: (index) => entries[index]?.id ?? index,
      rangeExtractor: ({ startIndex, endIndex, overscan, count }: Range) => {
        const from = Math.max(startIndex - overscan, 0);
        const to = Math.min(endIndex + overscan, count - 1);
        const indexes = Array.from({ length: to - from + 1 }, (_, at) => from + at);
        // Whoever scrolls away with the mouse finds the focus where it was.
        if (held >= 0 && held < from) indexes.unshift(held);
        else if (held > to && held < count) indexes.push(held);
        return indexes;
      },
    };
  }

  /** The rows are others, or another one is held. */
  private arrange(): void {
    for (const { project, tags } of this.entries) {
      if (project !== null) this.seen.project.add(project);
      for (const tag of tags) this.seen.tag.add(tag);
    }
    this.rows.getVirtualizer().setOptions(this.options);
    this.ground.refresh();
  }

  get loaded(): boolean {
    return this.there;
  }

  /** What is listed of these: in a card the newest few, without what stands above them already. */
  private listed(entries: readonly EntrySummary[]): readonly EntrySummary[] {
    return this.full ? entries : entries.filter(({ help }) => !help?.turn).slice(0, FEW);
  }

  /** Entries that are open in it. */
  get opened(): Iterable<EntryCard> {
    return this.cards.values();
  }

  /** It was drawn: what stands above it may be higher now. */
  drawn(): void {
    this.scrolling.look(this.rows.getVirtualizer().scrollOffset);
  }

  /** Lets go of the element. */
  release(): void {
    this.visit += 1;
    clearTimeout(this.typing);
    this.rows.hostDisconnected();
    this.ground.around.element.removeController(this.rows);
  }

  /** Another list, from its beginning. */
  choose(list: List): void {
    if (this.list === list && this.there) return;
    this.list = list;
    this.cards.clear();
    void this.load(true);
  }

  /** Nothing of what was shown is this person's any more. */
  forget(): void {
    this.visit += 1;
    this.entries = [];
    this.there = false;
    this.waiting = false;
    this.cards.clear();
    for (const words of Object.values(this.seen)) words.clear();
    this.arrange();
  }

  private query({ list, filters }: Feed['shown'], after?: string): Record<string, string | undefined> {
    const { search, kind, project, tag, person, month } = filters;
    if (!this.full) return { list: 'concerning', limit: String(FEW + ASKED) };
    const bounds = month === undefined ? undefined : monthBounds(month);
    return {
      list,
      search: line(search) || undefined,
      kind,
      project,
      tag,
      person: person?.id,
      from: bounds?.from,
      until: bounds?.until,
      after,
      limit: String(PAGE),
    };
  }

  /** @param tells whether what was found is said */
  load(tells = false): Promise<void> {
    return (this.asking = this.ask(tells));
  }

  private async ask(tells: boolean): Promise<void> {
    const visit = ++this.visit;
    this.waiting = false;
    // What is asked anew takes the place of what is on its way.
    const where = `list${visit}`;
    const { list, filters } = this;
    await this.attempt(where, async () => {
      const log = await read<Log>(this.connection, LOG_PATH, this.query({ list, filters }));
      if (visit !== this.visit) return;
      this.entries = log.entries;
      this.shown = { list, filters };
      this.next = log.next;
      this.there = true;
      this.held = undefined;
      this.scrolling.by(-Math.max(this.scrolling.offset, 0));
      // Else it would correct, for rows that are measured meanwhile, from where the list was before.
      this.rows.getVirtualizer().scrollOffset = this.scrolling.offset;
      this.arrange();
      if (tells) this.ground.say(this.foundIn(log));
    });
  }

  /** Whether all that is found is one person's, or may be: a word may be a name, and a project or a tag somebody's own. */
  private get mayTellOfOne(): boolean {
    const { person, project, tag, search } = this.shown.filters;
    return search !== '' || [person, project, tag].some((one) => one !== undefined) || isOfOneOther(this.entries);
  }

  /** Nobody is told how much somebody wrote. */
  private foundIn({ entries, next }: Log): string {
    const { texts } = this;
    if (this.mayTellOfOne && entries.length > 0) return this.shown.filters.person ? texts.foundOfPerson : texts.foundSome;
    return texts.found(this.ground.words.count(entries.length), entries.length, next !== null);
  }

  private get state(): 'loading' | 'failed' | 'there' {
    if (this.failed(`list${this.visit}`) !== undefined) return 'failed';
    return this.there ? 'there' : 'loading';
  }

  /** Fetches the next page, once at a time. */
  private readonly more = (): Promise<void> =>
    (this.coming ??= this.fetchMore().finally(() => {
      this.coming = undefined;
    }));

  private async fetchMore(): Promise<void> {
    const { next, visit } = this;
    if (next === null || !this.full || this.state === 'failed') return;
    await this.attempt('more', async () => {
      const log = await read<Log>(this.connection, LOG_PATH, this.query(this.shown, next));
      if (visit !== this.visit) return;
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...log.entries.filter(({ id }) => !known.has(id))];
      this.next = log.next;
      this.arrange();
    });
  }

  /** There may be something new: it comes in where nobody is reading, and waits where somebody is. */
  look(): Promise<void> {
    // What was asked last did not come: that first.
    const { visit } = this;
    if (this.busy(`list${visit}`)) return this.asking.then(() => (this.failed(`list${visit}`) === 'offline' && visit === this.visit ? this.load() : undefined));
    if (!this.there || this.state === 'failed') return this.load();
    if (this.failed('more') !== undefined) void this.more();
    if (!this.looking) {
      this.looking = this.lookOnce().finally(() => {
        this.looking = undefined;
      });
      return this.looking;
    }
    // What is asked already may have been answered before the newest was there.
    return (this.lookNext ??= this.looking.then(() => {
      this.lookNext = undefined;
      return this.look();
    }));
  }

  private async lookOnce(): Promise<void> {
    const { visit, acts } = this;
    let log: Log;
    try {
      log = await read<Log>(this.connection, LOG_PATH, this.query(this.shown));
    } catch {
      // What is there is still true; the next look may succeed.
      return;
    }
    if (visit !== this.visit) return;
    if (acts !== this.acts) return this.lookOnce();
    if (this.isRead()) {
      const fresh = this.hasFresh(log);
      this.reconcile(log);
      if (!fresh) return;
      if (!this.waiting) this.ground.say(this.texts.newEntries);
      this.waiting = true;
      this.ground.refresh();
      return;
    }
    const last = this.entries.findIndex(({ id }) => id === log.entries.at(-1)?.id);
    const page = new Set(log.entries.map(({ id }) => id));
    const after = last < 0 || !this.full ? [] : this.entries.slice(last + 1).filter(({ id }) => !page.has(id));
    this.tellNew(log);
    if (last < 0) this.next = log.next;
    this.entries = [...log.entries, ...after];
    this.arrange();
  }

  /** Says, to who does not see it come in, that others wrote something. */
  private tellNew(log: Log): void {
    if (!this.hasFresh(log)) return;
    const known = new Set(this.entries.map(({ id }) => id));
    const [one, ...others] = this.listed(log.entries).filter(({ id, mine }) => !known.has(id) && !mine);
    if (one) this.ground.say(others.length > 0 ? this.texts.newEntries : this.texts.newFrom(this.ground.words.name(one.author)));
  }

  /** Whether something belongs among what was fetched, and is not there yet. */
  private hasFresh({ entries }: Log): boolean {
    const known = new Set(this.entries.map(({ id }) => id));
    const last = entries.findLastIndex(({ id }) => known.has(id));
    const all = !this.full || this.next === null || last < 0;
    return this.listed(entries).some(({ id }, at) => !known.has(id) && (all || at < last));
  }

  /**
   * What others changed is as it is now, and what they deleted or share no longer is gone, as far as a page reaches. An
   * entry that is open says so itself, and the one that is being read stays where it is.
   */
  private reconcile(log: Log): void {
    const now = new Map(log.entries.map((one) => [one.id, one]));
    const reach = log.next === null ? Infinity : this.entries.findLastIndex(({ id }) => now.has(id));
    for (const [at, { id, version }] of this.entries.entries()) {
      const one = now.get(id);
      if (one ? one.version !== version : at <= reach) void this.cards.get(id)?.load();
    }
    const before = this.firstInSight();
    this.entries = this.entries.flatMap((one, at) => now.get(one.id) ?? (at <= reach && !this.cards.has(one.id) ? [] : one));
    this.arrange();
    if (!before) return;
    const virtual = this.rows.getVirtualizer();
    void this.ground.around.element.updateComplete.then(() => {
      const after = virtual.measurementsCache.find(({ key }) => key === before.key);
      if (after && after.start !== before.start) this.scrolling.by(after.start - before.start);
    });
  }

  /** The first row that is seen of a list that was scrolled. */
  private firstInSight(): { readonly key: unknown; readonly start: number } | undefined {
    const top = this.scrolling.offset;
    return top > 4 ? this.rows.getVirtualizer().getVirtualItems().find(({ end }) => end > top) : undefined;
  }

  /** Whether somebody is at an entry, which nothing may move. */
  private isRead(): boolean {
    const { renderRoot } = this.ground.around.element;
    const active = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
    return this.cards.size > 0 || this.scrolling.offset > 4 || !!active?.closest('.feed, .few');
  }

  private readonly showNew = async (): Promise<void> => {
    this.cards.clear();
    await this.load();
    const first = this.entries[0];
    if (first) this.focusRow(first.id);
  };

  /** An entry was written or changed here. */
  written(entry: Entry): void {
    this.acts += 1;
    const known = this.entries.find(({ id }) => id === entry.id);
    if (known) {
      this.cards.get(entry.id)?.take(entry);
      return this.replaced(entry);
    }
    const concerns = this.full ? this.shown.list !== 'concerning' : false;
    if (!this.there || !concerns || isFiltered(this.shown.filters)) return;
    // Where one from before stands by now, the server knows.
    if (entry.changedAt !== null) return void this.look();
    this.entries = [summaryOf(entry), ...this.entries];
    this.arrange();
  }

  replaced(entry: Entry): void {
    if (!this.entries.some(({ id }) => id === entry.id)) return;
    this.entries = this.entries.map((one) => (one.id === entry.id ? summaryOf(entry, one) : one));
    this.arrange();
  }

  /** @returns the entry that stands where the one that is gone stood */
  gone(id: string): string | undefined {
    const at = this.entries.findIndex((one) => one.id === id);
    this.acts += 1;
    if (at < 0) return undefined;
    this.cards.delete(id);
    this.entries = this.entries.filter((one) => one.id !== id);
    this.arrange();
    return (this.entries[at] ?? this.entries[at - 1])?.id;
  }

  has(id: string): boolean {
    return this.entries.some((one) => one.id === id);
  }

  /** Gives a row the focus, wherever it is. */
  focusRow(id: string): void {
    const index = this.entries.findIndex((one) => one.id === id);
    if (index < 0) return;
    this.held = id;
    this.arrange();
    const { element } = this.ground.around;
    void element.updateComplete.then(() => {
      const button = element.renderRoot.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] .open`);
      button?.focus({ preventScroll: this.full });
      if (this.full) keepInSight(button, FRAMES);
    });
  }

  private readonly toggle = (id: string): void => {
    if (!this.full) return this.ground.show(id);
    const card = this.cards.get(id);
    if (card?.isGone) {
      const next = this.gone(id);
      return next === undefined ? this.ground.focus('#log-title') : this.focusRow(next);
    }
    if (!this.cards.delete(id)) this.cards.set(id, new EntryCard(this.ground, id));
    this.ground.refresh();
  };

  private readonly hold = (event: FocusEvent): void => {
    const id = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (id === undefined || id === this.held) return;
    this.held = id;
    this.arrange();
  };

  private readonly move = (event: KeyboardEvent): void => {
    const button = event.target as Element;
    if (!button.matches('.open') || event.altKey || event.metaKey || event.ctrlKey) return;
    const row = button.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const at = this.entries.findIndex(({ id }) => id === row);
    const to = { ArrowDown: at + 1, PageDown: at + 1, ArrowUp: at - 1, PageUp: at - 1, Home: 0, End: Infinity }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    void this.go(at, to);
  };

  /** Goes to a row; past the last one, to what the next page has. */
  private async go(from: number, to: number): Promise<void> {
    const last = this.entries.length - 1;
    if (to > last && from === last) await this.more();
    const entry = this.entries[Math.max(0, Math.min(to, this.entries.length - 1))];
    if (entry) this.focusRow(entry.id);
  }

  private filter(parts: Partial<Filters>): void {
    this.filters = { ...this.filters, ...parts };
    this.cards.clear();
    void this.load(true);
  }

  private readonly search = (event: Event): void => {
    const search = (event.target as HTMLInputElement).value;
    clearTimeout(this.typing);
    this.filters = { ...this.filters, search };
    this.typing = setTimeout(() => this.filter({}), PAUSE);
  };

  private readonly searchNow = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.typing);
    this.filter({});
  };

  private readonly clear = (): void => {
    this.filter(NO_FILTERS);
    this.ground.focus('[role=search] input');
  };

  private readonly again = (): void => {
    void this.load(true);
  };

  render(): TemplateResult {
    return html`${this.full ? this.renderSearch() : nothing}
      <div class="entries">
        ${this.waiting
          ? html`<div class="newer"><button type="button" class="pill" @click=${this.showNew}>${this.texts.newEntries}</button></div>`
          : nothing}
        ${this.renderEntries()}
      </div>`;
  }

  private renderEntries(): TemplateResult {
    const { texts } = this;
    const entries = this.listed(this.entries);
    if (this.state === 'failed' && entries.length === 0) {
      return html`${this.renderTrouble(`list${this.visit}`)}
        <div class="bar"><button type="button" class="secondary" @click=${this.again}>${texts.tryAgain}</button></div>`;
    }
    if (this.state === 'loading') return html`<div class="skeleton list" aria-hidden="true"></div>`;
    if (entries.length === 0) return this.state === 'failed' ? this.renderStill() : this.renderEmpty();
    const failed = this.state === 'failed' ? this.renderStill() : nothing;
    if (!this.full) {
      return html`${failed}
        <ul class="few">
          ${repeat(entries, ({ id }) => id, (entry) => html`<li class="row" data-row=${entry.id}>${this.renderRow(entry)}</li>`)}
        </ul>`;
    }
    return html`${failed}${this.renderFeed()}`;
  }

  /** What was asked for did not come, and what is there is something else. */
  private renderStill(): TemplateResult {
    const { texts, shown } = this;
    const what = this.inWords(shown.filters) ?? `${texts.lists[shown.list]}.`;
    return html`${this.renderTrouble(`list${this.visit}`)}
      <p class="still">${this.full ? texts.still(what) : nothing}</p>
      <div class="bar"><button type="button" class="secondary" @click=${this.again}>${texts.tryAgain}</button>
        ${isFiltered(this.filters) && this.full
          ? html`<button type="button" class="link" @click=${this.clear}>${texts.clearFilters}</button>`
          : nothing}</div>`;
  }

  private renderFeed(): TemplateResult {
    const { texts, entries, next } = this;
    const virtual = this.rows.getVirtualizer();
    const items = virtual.getVirtualItems();
    const size = next === null && !this.mayTellOfOne ? entries.length : -1;
    const last = items.findLast(({ key }) => key !== this.held)?.index ?? 0;
    if (last >= entries.length - AHEAD && next !== null && this.failed('more') === undefined && !this.busy('more')) {
      queueMicrotask(() => void this.more());
    }
    return html`<div
      class="feed"
      role="feed"
      aria-label=${texts.lists[this.shown.list]}
      aria-busy=${String(this.busy('more'))}
      @keydown=${this.move}
      @focusin=${this.hold}
    >
      <div class="rows" ${asHigh(virtual.getTotalSize())}>
        ${repeat(
          items,
          ({ key }) => key,
          ({ index, start }) => {
            const entry = entries[index];
            if (!entry) return nothing;
            return html`<article
              class="row"
              data-row=${entry.id}
              data-index=${index}
              aria-posinset=${index + 1}
              aria-setsize=${size}
              aria-labelledby=${`title-${entry.id}`}
              ${placeRow(start, virtual.measureElement)}
            >
              ${this.renderRow(entry)}
            </article>`;
          },
        )}
      </div>
      ${this.failed('more') === undefined
        ? nothing
        : html`${this.renderTrouble('more')}<button type="button" class="secondary" @click=${this.more}>${texts.tryAgain}</button>`}
    </div>`;
  }

  private renderRow(entry: EntrySummary): TemplateResult {
    const { words } = this.ground;
    const card = this.cards.get(entry.id);
    return html`<div class="entry">
      ${kindMark(entry.kind)}
      <div>
        <div class="entry-head">
          <h4 id=${`title-${entry.id}`}>
            <button
              type="button"
              class="open"
              aria-expanded=${this.full ? String(!!card) : nothing}
              aria-describedby=${`begin-${entry.id}`}
              @click=${() => this.toggle(entry.id)}
            >
              ${titleOf(entry, words)}
            </button>
          </h4>
          ${metaOf(entry, words)}
          <p class="begin" id=${`begin-${entry.id}`} dir="auto" ?hidden=${!!card}>${unmarked(entry.excerpt) || (entry.excerpt === '' ? this.texts.unreadable : '')}${entry.more ? '…' : ''}</p>
        </div>
        ${card ? card.render() : nothing}
      </div>
    </div>`;
  }

  private renderEmpty(): TemplateResult {
    const { texts } = this;
    if (this.full && isFiltered(this.shown.filters)) {
      return html`<div class="empty"><p>${texts.nothingFound}</p>
        <div class="bar"><button type="button" class="secondary" @click=${this.clear}>${texts.clearFilters}</button></div></div>`;
    }
    return html`<div class="empty"><p>${texts.empty[this.full ? this.shown.list : 'concerning']}</p></div>`;
  }

  private renderSearch(): TemplateResult {
    const { texts, filters } = this;
    const place = this.ground.around.place();
    const { words } = this.ground;
    const found = this.state === 'failed' ? undefined : this.inWords(this.shown.filters);
    return html`<form role="search" class="search" @submit=${this.searchNow}>
        <label class="labelled"
          ><span>${texts.search}</span>
          <input type="search" maxlength=${LOG_LIMITS.search} .value=${filters.search} @input=${this.search} />
        </label>
        <details class="filters">
          <summary>${texts.filters.title}</summary>
          <div class="options">
            ${this.renderChoice('kind', texts.filters.kind, ENTRY_KINDS.map((kind) => [kind, texts.kinds[kind]]))}
            ${this.renderChoice('project', texts.filters.project, this.offered('project', place?.projects))}
            ${this.renderChoice('tag', texts.filters.tag, this.offered('tag', place?.tags))}
            ${this.renderChoice('month', texts.filters.month, lastMonths(place?.keptMonths).map((month) => [month, words.month(month)]))}
            ${this.colleagues.render(words.choosing, texts.filters.person)}
          </div>
        </details>
      </form>
      ${found === undefined
        ? nothing
        : html`<p class="line">
            ${found}
            ${this.entries.length === 0 ? nothing : html`<button type="button" class="link" @click=${this.clear}>${texts.clearFilters}</button>`}
          </p>`}`;
  }

  private offered(name: 'project' | 'tag', own: readonly string[] = []): (readonly [string, string])[] {
    const chosen = this.filters[name];
    return [...new Set([...own, ...this.seen[name], ...(chosen === undefined ? [] : [chosen])])].map((one) => [one, one]);
  }

  private renderChoice(name: 'kind' | 'project' | 'tag' | 'month', label: string, options: readonly (readonly [string, string])[]): TemplateResult {
    const chosen = this.filters[name];
    return html`<label class="labelled"
      ><span>${label}</span>
      <select @change=${(event: Event) => this.filter({ [name]: (event.target as HTMLSelectElement).value || undefined })}>
        <option value="" .selected=${chosen === undefined}>${this.texts.filters.any}</option>
        ${options.map(([value, shown]) => html`<option value=${value} .selected=${value === chosen}>${shown}</option>`)}
      </select>
    </label>`;
  }

  /** What is being looked for, on one line. */
  private inWords(filters: Filters): string | undefined {
    const { kind, project, tag, person, month, search } = filters;
    if (!isFiltered(filters)) return undefined;
    return this.texts.filtered({
      kind: kind && this.texts.kinds[kind],
      project,
      tag,
      person: person?.name,
      month: month && this.ground.words.month(month),
      search: search.trim() || undefined,
    });
  }
}

/** For some frames, since rows that come into sight are measured, and move it. */
function keepInSight(button: HTMLElement | null, frames: number): void {
  if (!button?.matches(':focus') || frames === 0) return;
  button.closest('.entry-head')?.scrollIntoView({ block: 'nearest' });
  requestAnimationFrame(() => keepInSight(button, frames - 1));
}

function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((value: unknown) => (typeof value === 'string' ? value.trim() !== '' : value !== undefined));
}

/** Whether all of them are by one person, who is not the reader. Former colleagues can't be told apart, and may be one. */
function isOfOneOther([first, ...others]: readonly EntrySummary[]): boolean {
  return first?.mine === false && others.every(({ mine, author }) => !mine && author?.id === first.author?.id);
}

/**
 * The months by this person's clock, the newest first.
 * @param kept for how many months entries are kept: the first of those began in the month before
 */
function lastMonths(kept = MONTHS): string[] {
  const now = new Date();
  return Array.from({ length: kept + 1 }, (_, back) => {
    const month = new Date(now.getFullYear(), now.getMonth() - back, 15);
    return `${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, '0')}`;
  });
}

/** The moments between which a month lies, in this person's own time zone. */
function monthBounds(month: string): { readonly from: string; readonly until: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: new Date(year, number - 1, 1).toISOString(), until: new Date(year, number, 1).toISOString() };
}
