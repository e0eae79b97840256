import { html, nothing, type TemplateResult } from 'lit';
import { read } from '../../../src/client/api.ts';
import { LOG_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Entry, EntrySummary, Log } from '../../../src/contract/learning-log.ts';
import { LOG_LIMITS } from '../../../src/domain/learning-log.ts';
import { short } from '../../../src/ui/excerpt.ts';
import { Part } from './ground.ts';

/** Requests that are shown at once; the card shows one. */
const SHOWN = 3;

/** What waits for this person: requests for help of others, and answers to one's own. */
export class Asked extends Part {
  private entries: readonly EntrySummary[] = [];
  /** Counts visits, so that the answer to an earlier one changes nothing. */
  private visit = 0;

  forget(): void {
    this.visit += 1;
    this.entries = [];
  }

  /** What is not known is not said: the list below tells what went wrong. */
  async look(): Promise<void> {
    const visit = ++this.visit;
    try {
      const { entries, next } = await this.fetch('concerning');
      // Who asks for help comes first in that list, however long ago; an answer to one's own question may be far down it.
      const own = next === null ? [] : (await this.fetch('mine')).entries;
      if (visit !== this.visit) return;
      const known = new Set(entries.map(({ id }) => id));
      this.entries = [...entries, ...own.filter(({ id }) => !known.has(id))].filter(({ help }) => help?.turn);
      this.ground.refresh();
    } catch {
      // What is there is still true; the next look may succeed.
    }
  }

  private fetch(list: 'concerning' | 'mine'): Promise<Log> {
    return read<Log>(this.connection, LOG_PATH, { list, limit: String(LOG_LIMITS.page) });
  }

  replaced({ id, help }: Entry): void {
    if (help?.turn) return;
    this.gone(id);
  }

  gone(id: string): void {
    this.visit += 1;
    this.entries = this.entries.filter((one) => one.id !== id);
  }

  render(): TemplateResult | typeof nothing {
    const { texts, entries } = this;
    if (entries.length === 0) return nothing;
    const shown = entries.slice(0, this.ground.around.full ? SHOWN : 1);
    const more = entries.length - shown.length;
    return html`<section class="asked" aria-label=${texts.waits.title}>
      <ul>
        ${shown.map((one) => this.renderOne(one))}
      </ul>
      ${more === 0 ? nothing : html`<p class="quiet small">${texts.waits.more(this.ground.words.count(more))}</p>`}
    </section>`;
  }

  private renderOne({ id, mine, author, help, excerpt }: EntrySummary): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    const by = help?.wishDate ? ` · ${texts.waits.by(words.day(help.wishDate))}` : '';
    return html`<li data-asked=${id}>
      <p><b>${mine ? texts.waits.answer : texts.waits.yours(words.name(author))}</b></p>
      <p class="quiet small">${help ? texts.helpKinds[help.kind] : nothing}${by}</p>
      <button type="button" class="link from" dir="auto" @click=${() => this.ground.show(id)}>${short(excerpt) || texts.unreadable}</button>
    </li>`;
  }
}
