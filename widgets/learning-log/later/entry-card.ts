import { html, nothing, type TemplateResult } from 'lit';
import { read, RequestFailure } from '../../../src/client/api.ts';
import { send } from '../../../src/client/learning-log.ts';
import { endorsementPath, entryPath, tryPath, versionsPath } from '../../../src/contract/learning-log-paths.ts';
import type { Entry, EntrySummary, Intentions, OpenedEntry, Tombstone, Versions } from '../../../src/contract/learning-log.ts';
import { ENDORSEMENTS, type Endorsement } from '../../../src/domain/learning-log.ts';
import { whole } from '../../../src/ui/excerpt.ts';
import { Part, type Ground } from './ground.ts';
import { proseOf, type Prose } from './prose.ts';
import { holdStill } from './scrolling.ts';
import { Thread } from './thread.ts';

/** An entry that somebody opened, with its thread and all that can be done with it. */
export class EntryCard extends Part {
  private opened: OpenedEntry | undefined;
  private body: Prose | undefined;
  private versions: Versions['versions'] | undefined;
  /** The entry as others have moved it on, which waits because somebody is writing. */
  private waiting: OpenedEntry | undefined;
  private asking = false;
  private copied: boolean | 'refused' = false;
  /** Until it is there, or is not. */
  readonly loading: Promise<void>;
  private readonly thread: Thread;

  constructor(
    ground: Ground,
    readonly id: string,
  ) {
    super(ground);
    this.thread = new Thread(ground, id, (entry) => this.take(entry), () => this.load());
    this.loading = this.load();
  }

  get entry(): Entry | undefined {
    return this.opened && !('deleted' in this.opened) ? this.opened : undefined;
  }

  get tombstone(): Tombstone | undefined {
    return this.opened && 'deleted' in this.opened ? this.opened : undefined;
  }

  /** Whether it is not there, or no longer this person's to see. */
  get isGone(): boolean {
    return this.opened === undefined && this.failed('open') === 'not-found';
  }

  /** The entry as the server now has it. */
  take(entry: OpenedEntry): void {
    const before = this.entry;
    this.opened = entry;
    this.waiting = undefined;
    this.thread.take(entry);
    if (!('deleted' in entry)) {
      this.ground.replaced(entry, before);
      void this.readMarkdown(entry.text);
    }
    this.ground.refresh();
  }

  readonly load = async (): Promise<void> => {
    const kind = await this.attempt('open', async () => {
      this.take(await read<OpenedEntry>(this.connection, entryPath(this.id), {}));
    });
    // Deleted meanwhile, or no longer this person's to see.
    if (kind !== 'not-found' || !this.opened) return;
    this.opened = undefined;
    this.ground.refresh();
  };

  /** Others may have done something here: it comes in where nobody is writing, and waits where somebody is. */
  async look(): Promise<void> {
    const before = this.opened;
    if (!before) return;
    let entry: OpenedEntry;
    try {
      entry = await read<OpenedEntry>(this.connection, entryPath(this.id), {});
    } catch (error) {
      // What is there is still true, unless it is not there any more.
      return error instanceof RequestFailure && error.kind === 'not-found' ? this.load() : undefined;
    }
    // What was done here meanwhile is newer than this answer.
    if (this.opened !== before) return this.look();
    if (saidIn(entry) === saidIn(this.waiting ?? before)) return;
    this.ground.say(this.texts.newHere);
    if (this.isWrittenIn()) {
      this.waiting = entry;
      return this.ground.refresh();
    }
    const still = holdStill(this.shown);
    this.take(entry);
    await this.ground.around.element.updateComplete;
    still();
  }

  private get shown(): HTMLElement | null {
    return this.ground.around.element.renderRoot.querySelector(`[data-entry="${CSS.escape(this.id)}"]`);
  }

  private isWrittenIn(): boolean {
    return !!this.shown?.querySelector('textarea:focus, input:focus');
  }

  private readonly showNew = (): void => {
    const { waiting, opened } = this;
    if (!waiting) return;
    const known = new Set(opened?.posts.map(({ id }) => id));
    const first = waiting.posts.find(({ id }) => !known.has(id));
    this.take(waiting);
    if (first) this.focus(`[data-post="${CSS.escape(first.id)}"]`);
    else this.ground.focus(`[data-entry="${CSS.escape(this.id)}"]`);
  };

  private async readMarkdown(text: string): Promise<void> {
    if (this.body?.of === text) return;
    try {
      const body = await proseOf(text);
      if (this.entry?.text !== text) return;
      this.body = body;
      this.ground.refresh();
    } catch {
      // The text is read as it was typed.
    }
  }

  private readonly endorse = async (word: Endorsement): Promise<void> => {
    const { entry } = this;
    if (!entry || this.busy('endorse')) return;
    const before = entry.endorsed;
    const chosen = before === word ? null : word;
    this.amend({ endorsed: chosen });
    const kind = await this.attempt('endorse', () => send(this.connection, 'PUT', endorsementPath(this.id), { word: chosen }));
    if (kind === undefined) return this.ground.say(chosen === null ? this.texts.endorsedNoMore : this.texts.endorsedAs(this.texts.endorsements[chosen]));
    this.amend({ endorsed: before });
  };

  private readonly tryIt = async (): Promise<void> => {
    const { entry } = this;
    if (!entry || entry.trying || this.busy('try')) return;
    this.amend({ trying: true });
    // The button goes; who pressed it stays where it was.
    this.ground.focus(`[data-entry="${CSS.escape(this.id)}"] .listed`);
    const kind = await this.attempt('try', async () => {
      this.ground.intended(await send<Intentions>(this.connection, 'PUT', tryPath(this.id)));
    });
    if (kind === undefined) this.ground.say(this.texts.onMyList);
    else {
      this.amend({ trying: false });
      this.ground.focus(`[data-entry="${CSS.escape(this.id)}"] .try`);
    }
  };

  private focus(selector: string): void {
    this.ground.focus(`[data-entry="${CSS.escape(this.id)}"] ${selector}`);
  }

  private amend(parts: Partial<Entry>): void {
    const { entry } = this;
    if (!entry) return;
    this.opened = { ...entry, ...parts };
    this.ground.replaced(this.opened);
    this.ground.refresh();
  }

  /** By the host's own way, or else by a link to be put somewhere. */
  private readonly share = async (): Promise<void> => {
    const { shareEntry } = this.ground.around.host();
    try {
      if (shareEntry) return await shareEntry(this.id);
    } catch {
      // What the host can't do, a link does.
    }
    await this.copyLink();
  };

  private readonly copyLink = async (): Promise<void> => {
    const link = this.ground.around.host().entryLink(this.id);
    try {
      await navigator.clipboard.writeText(link);
      this.copied = true;
      this.ground.say(this.texts.linkCopied);
    } catch {
      // Where the browser keeps the clipboard to itself, the link stands there to be taken by hand.
      this.copied = 'refused';
    }
    this.ground.refresh();
  };

  private readonly showVersions = (event: Event): void => {
    if (!(event.target as HTMLDetailsElement).open || this.versions) return;
    void this.fetchVersions();
  };

  private readonly fetchVersions = (): Promise<unknown> =>
    this.attempt('versions', async () => {
      ({ versions: this.versions } = await read<Versions>(this.connection, versionsPath(this.id), {}));
    });

  private readonly askDelete = (): void => {
    this.asking = true;
    this.ground.refresh();
    this.focus('.asks');
  };

  private readonly keep = (): void => {
    this.asking = false;
    this.forgive('delete');
    this.ground.refresh();
    this.focus('.delete');
  };

  private readonly delete = async (): Promise<void> => {
    if (this.busy('delete')) return;
    const kind = await this.attempt('delete', async () => {
      try {
        await send(this.connection, 'DELETE', entryPath(this.id));
      } catch (error) {
        // A second try after a lost answer: it is gone.
        if (!(error instanceof RequestFailure && error.kind === 'not-found')) throw error;
      }
    });
    if (kind === undefined) this.ground.gone(this.id);
  };

  /** What is read when it was opened. The list, or the place where it stands alone, has its heading. */
  render(): TemplateResult {
    const { entry, tombstone, texts } = this;
    if (entry) return this.renderEntry(entry);
    if (tombstone) {
      return html`<div class="opened" data-entry=${this.id}>
        <p>${texts.tombstone}</p>
        ${this.thread.render()}
      </div>`;
    }
    if (this.failed('open') === undefined) return html`<div class="opened"><div class="skeleton text" aria-hidden="true"></div></div>`;
    return html`<div class="opened" data-entry=${this.id}>
      ${this.renderTrouble('open')}
      <div class="bar"><button type="button" class="secondary" @click=${this.load}>${texts.tryAgain}</button></div>
    </div>`;
  }

  private renderEntry(entry: Entry): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    return html`<div class="opened" data-entry=${this.id} tabindex="-1">
      ${this.waiting
        ? html`<div class="newer"><button type="button" class="pill" @click=${this.showNew}>${texts.newHere}</button></div>`
        : nothing}
      ${this.renderText(entry)}
      ${entry.different === null
        ? nothing
        : html`<div class="different">
            <p class="label">${entry.mine ? texts.different : texts.differentOf(words.name(entry.author))}</p>
            <p class="as-typed" dir="auto">${entry.different}</p>
          </div>`}
      ${this.renderAbout(entry)} ${entry.mine ? this.renderOwn(entry) : this.renderWords(entry)} ${this.thread.render()}
    </div>`;
  }

  private renderText({ text }: Entry): TemplateResult | HTMLElement {
    if (text === '') return html`<p class="quiet">${this.texts.unreadable}</p>`;
    return this.body?.of === text ? this.body.node : html`<div class="prose raw" dir="auto">${text}</div>`;
  }

  private renderAbout(entry: Entry): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    return html`<ul class="about quiet small">
      ${entry.link === null
        ? nothing
        : html`<li>
            ${texts.link}: <a href=${entry.link} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">${shown(entry.link)}</a>
          </li>`}
      ${entry.project === null ? nothing : html`<li>${texts.project}: <bdi>${entry.project}</bdi></li>`}
      ${entry.tags.length === 0 ? nothing : html`<li>${texts.tags}: <bdi>${entry.tags.join(', ')}</bdi></li>`}
      <li>${words.audience(entry)}</li>
      ${entry.openedBy && entry.openedBy.length > 0
        ? html`<li>${texts.openedBy(words.names(entry.openedBy.map(({ person }) => person)))}</li>`
        : nothing}
      ${entry.changedAt === null ? nothing : html`<li>${texts.changedOn(words.moment(entry.changedAt))}</li>`}
    </ul>`;
  }

  /** What readers said of one's own entry, and what one can do with it. */
  private renderOwn(entry: Entry): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    return html`${entry.endorsements.map(({ word, people = [] }) =>
        // Of those who said it, one may have left.
        people.length === 0
          ? nothing
          : html`<p class="said">${texts.saidBy(texts.endorsements[word], words.together(people.map(({ name }) => name)), people.length)}</p>`,
      )}
      <div class="bar">
        <button type="button" class="secondary" @click=${() => this.ground.around.edit(entry)}>${texts.edit}</button>
        ${this.renderCopy()}
        <button type="button" class="link delete" aria-expanded=${String(this.asking)} @click=${this.askDelete}>${texts.delete}</button>
      </div>
      ${this.asking
        ? html`<div class="sure" role="group" aria-label=${texts.delete}>
            <p class="asks" tabindex="-1">${texts.deleteAsk(entry.posts.length > 0 || entry.helps.length > 0)}</p>
            <div class="bar">
              <button type="button" aria-disabled=${this.waits('delete')} @click=${this.delete}>${texts.deleteNow}</button>
              <button type="button" class="secondary" @click=${this.keep}>${texts.keep}</button>
            </div>
            ${this.renderTrouble('delete', texts.notDeleted)}
          </div>`
        : nothing}
      ${entry.changedAt === null
        ? nothing
        : html`<details @toggle=${this.showVersions}>
            <summary>${texts.versions}</summary>
            ${this.renderVersions()}
          </details>`}`;
  }

  private renderVersions(): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    if (this.failed('versions') !== undefined) {
      return html`${this.renderTrouble('versions')}
        <button type="button" class="secondary" @click=${this.fetchVersions}>${texts.tryAgain}</button>`;
    }
    if (!this.versions) return html`<p class="quiet">${texts.fetching}</p>`;
    return html`<ol class="earlier">
      ${this.versions.map(
        ({ at, text, different, project, tags, link }) => html`<li>
          <p class="quiet small">${words.moment(at)}</p>
          <p class="as-typed" dir="auto">${text || texts.unreadable}</p>
          ${different === null ? nothing : html`<p class="as-typed small"><b>${texts.different}</b> <bdi>${different}</bdi></p>`}
          <p class="quiet small">${[project, tags.join(', '), link].filter(Boolean).join(' · ')}</p>
        </li>`,
      )}
    </ol>`;
  }

  /** What one can say of somebody else's entry. */
  private renderWords(entry: Entry): TemplateResult {
    const { texts } = this;
    return html`<div class="words" role="group" aria-label=${texts.sayOfIt}>
        ${ENDORSEMENTS.map(
          (word) => html`<button
            type="button"
            class="pill"
            aria-pressed=${String(entry.endorsed === word)}
            @click=${() => void this.endorse(word)}
          >
            ${texts.endorsements[word]}
          </button>`,
        )}
      </div>
      ${this.renderTrouble('endorse', texts.notEndorsed)}
      <div class="bar">
        ${entry.trying
          ? html`<p class="listed" tabindex="-1">${texts.onMyList}</p>`
          : html`<button type="button" class="secondary try" @click=${this.tryIt}>${texts.tryThis}</button>`}
        ${this.renderCopy()}
      </div>
      ${this.renderTrouble('try', texts.notOnMyList)}`;
  }

  private renderCopy(): TemplateResult {
    const { texts, copied } = this;
    return html`<button type="button" class="link" @click=${this.share}>
        ${copied === true ? texts.linkCopied : this.ground.around.host().shareEntry ? texts.shareLink : texts.copyLink}
      </button>
      ${copied === 'refused' ? html`<p class="small"><a href=${this.ground.around.host().entryLink(this.id)}>${texts.linkHere}</a></p>` : nothing}`;
  }
}

/** An address as it is read: without what every address has. */
function shown(link: string): string {
  const short = link.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  return short.length > 60 ? `${short.slice(0, 59)}…` : short;
}

/** What stands in an entry and under it, to be told from what stands there by now. */
function saidIn(entry: OpenedEntry): string {
  return JSON.stringify('deleted' in entry ? entry.posts : [entry.version, entry.posts, entry.helps]);
}

/** What a list would show of an entry. */
export function summaryOf(entry: Entry, known?: EntrySummary): EntrySummary {
  const { id, version, mine, author, leads, kind, audience, project, tags, createdAt, changedAt, endorsed, trying, help, text } = entry;
  const excerpt = known && text.startsWith(known.excerpt) ? known.excerpt : whole(text.slice(0, 280));
  return { id, version, mine, author, leads, kind, audience, project, tags, createdAt, changedAt, endorsed, trying, help, excerpt, more: excerpt.length < text.length };
}
