import { html, nothing, type TemplateResult } from 'lit';
import { read } from '../../../src/client/api.ts';
import { send } from '../../../src/client/learning-log.ts';
import { LOG_EXPORT_PATH, LOG_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { LogExport } from '../../../src/contract/learning-log.ts';
import { Part, type Ground } from './ground.ts';

/** What is one's own: to take along, and to delete. */
export class Owning extends Part {
  private asking = false;
  private typed = '';
  private mistyped = false;

  /** @param emptied called when all of it is deleted */
  constructor(
    ground: Ground,
    private readonly emptied: () => void,
  ) {
    super(ground);
  }

  private readonly export = async (form: 'json' | 'html'): Promise<void> => {
    if (this.busy('export')) return;
    const kind = await this.attempt('export', async () => {
      const log = await read<LogExport>(this.connection, LOG_EXPORT_PATH, {});
      const name = `${this.texts.owning.file}-${log.exportedAt.slice(0, 10)}.${form}`;
      if (form === 'json') return save(name, 'application/json', JSON.stringify(log, undefined, 2));
      const { exportPage } = await import('./export-page.ts');
      save(name, 'text/html', exportPage(log, this.ground.words));
    });
    if (kind === undefined) this.ground.say(this.texts.owning.exported);
  };

  private readonly ask = (): void => {
    this.asking = true;
    this.typed = '';
    this.mistyped = false;
    this.ground.refresh();
    this.ground.focus('.delete-all input');
  };

  private readonly keep = (): void => {
    this.asking = false;
    this.forgive('delete');
    this.ground.refresh();
    this.ground.focus('.owning .delete');
  };

  private readonly delete = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy('delete')) return;
    this.mistyped = this.typed.trim().toLowerCase() !== this.texts.owning.word;
    this.ground.refresh();
    if (this.mistyped) return this.ground.focus('.delete-all input');
    const kind = await this.attempt('delete', () => send(this.connection, 'DELETE', LOG_PATH));
    if (kind !== undefined) return;
    this.asking = false;
    this.ground.drafts.clearAll();
    this.ground.around.forget();
    this.emptied();
    this.ground.say(this.texts.owning.deleted);
    this.ground.focus('#log-title');
  };

  render(): TemplateResult {
    const { texts } = this;
    const { owning } = texts;
    return html`<details class="owning">
      <summary>${owning.title}</summary>
      <p>${owning.about}</p>
      <div class="bar">
        <button type="button" class="secondary" aria-disabled=${this.waits('export')} @click=${() => void this.export('html')}>${owning.page}</button>
        <button type="button" class="secondary" aria-disabled=${this.waits('export')} @click=${() => void this.export('json')}>${owning.json}</button>
        <button type="button" class="link delete" aria-expanded=${String(this.asking)} @click=${this.ask}>${owning.deleteAll}</button>
      </div>
      ${this.renderTrouble('export', owning.notExported)}
      ${this.asking
        ? html`<form class="sure delete-all" novalidate @submit=${this.delete}>
            <p>${owning.deleteAbout}</p>
            <label class="labelled narrow"
              ><span>${owning.typeWord}</span>
              <input
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                .value=${this.typed}
                @input=${(event: Event) => {
                  this.typed = (event.target as HTMLInputElement).value;
                }}
              />
            </label>
            ${this.mistyped ? html`<p class="trouble" role="alert">${owning.mistyped}</p>` : nothing}
            <div class="bar">
              <button type="submit" aria-disabled=${this.waits('delete')}>${owning.deleteNow}</button>
              <button type="button" class="secondary" @click=${this.keep}>${texts.keep}</button>
            </div>
            ${this.renderTrouble('delete', texts.notDeleted)}
          </form>`
        : nothing}
    </details>`;
  }
}

/** Hands a file to the person. */
function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // A browser takes the file in its own time.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
