import { html, type TemplateResult } from 'lit';
import { read } from '../../../src/client/api.ts';
import type { Entry, EntrySummary, Log } from '../../../src/contract/learning-log.ts';
import { LOG_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Around, Later } from '../parts.ts';

export function startLater(around: Around): Promise<Later> {
  const newest = new Newest(around);
  void newest.fetch();
  return Promise.resolve(newest);
}

/** The three newest entries, as plain text. */
class Newest implements Later {
  private entries: readonly (EntrySummary | Entry)[] = [];

  constructor(private readonly around: Around) {}

  async fetch(): Promise<void> {
    try {
      const { entries } = await read<Log>(this.around.connection(), LOG_PATH, { limit: '3' });
      this.entries = entries;
    } catch {
      this.entries = [];
    }
    this.around.element.requestUpdate();
  }

  written(entry: Entry): void {
    this.entries = [entry, ...this.entries.filter(({ id }) => id !== entry.id)].slice(0, 3);
    this.around.element.requestUpdate();
  }

  changed(): void {
    if (this.around.place()) void this.fetch();
  }

  open(): void {
    this.around.element.requestUpdate();
  }

  render(): TemplateResult {
    return html`<ul>
      ${this.entries.map((entry) => html`<li dir="auto">${'text' in entry ? entry.text : entry.excerpt}</li>`)}
    </ul>`;
  }
}
