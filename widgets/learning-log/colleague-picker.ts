import { css, html, nothing, type LitElement, type TemplateResult } from 'lit';
import { read, type Connection } from '../../src/client/api.ts';
import { LOG_COLLEAGUES_PATH } from '../../src/contract/learning-log-paths.ts';
import type { Colleagues } from '../../src/contract/learning-log.ts';

export interface Colleague {
  readonly id: string;
  readonly name: string;
}

export interface PickerTexts {
  /** What to type: the beginning of a name. */
  readonly search: string;
  readonly nobody: string;
  readonly notSearched: string;
  add(name: string): string;
  remove(name: string): string;
  added(name: string): string;
  removed(name: string): string;
}

export interface PickerSettings {
  /** Apart from every other picker in the element. */
  readonly id: string;
  readonly label: string;
  readonly texts: PickerTexts;
  /** How many can be chosen; one takes the place of another. */
  readonly most: number;
  readonly connection: () => Connection;
  /** Called after each choice. */
  readonly chosen: (people: readonly Colleague[]) => void;
}

/** Milliseconds without a key before the server is asked. */
const PAUSE = 200;

/**
 * Chooses colleagues by the beginning of a name: a field, the names that it finds as buttons, and who was chosen as
 * buttons that take away again. All of it is reached by Tab; the arrows go from the field through what was found.
 */
export class ColleaguePicker {
  people: readonly Colleague[] = [];

  private typed = '';
  private found: Colleagues['colleagues'] | 'nobody' | 'failed' | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private visit = 0;
  private spoken = '';

  constructor(
    private readonly element: LitElement,
    private readonly settings: PickerSettings,
  ) {}

  render(): TemplateResult {
    const { id, label, texts } = this.settings;
    const { found } = this;
    const results = Array.isArray(found) ? (found as Colleagues['colleagues']) : [];
    return html`<div class="picker" id=${id} @keydown=${this.move}>
      <label class="labelled"
        ><span>${label}</span>
        <input
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          placeholder=${texts.search}
          .value=${this.typed}
          @input=${this.type}
        />
      </label>
      <div class="names" ?hidden=${results.length === 0}>
        ${results.map(
          ({ id: person, name, team }) => html`<button type="button" class="link" aria-label=${texts.add(name)} @click=${() => this.add({ id: person, name })}>
            <span>${name}</span> ${team === null ? nothing : html`<span class="quiet small">${team}</span>`}
          </button>`,
        )}
      </div>
      <p class="quiet small" ?hidden=${typeof found !== 'string'}>${found === 'nobody' ? texts.nobody : texts.notSearched}</p>
      <div class="chosen" ?hidden=${this.people.length === 0}>
        ${this.people.map(
          (person) => html`<button type="button" class="pill" aria-label=${texts.remove(person.name)} @click=${() => this.remove(person)}>
            ${person.name} <span aria-hidden="true">×</span>
          </button>`,
        )}
      </div>
      <p class="sr" role="status">${this.spoken}</p>
    </div>`;
  }

  /** Puts others in place of who was chosen, without a word. */
  choose(people: readonly Colleague[]): void {
    this.people = people;
    this.element.requestUpdate();
  }

  private readonly type = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    clearTimeout(this.timer);
    const visit = ++this.visit;
    if (this.typed.trim() === '') {
      this.found = undefined;
      this.element.requestUpdate();
      return;
    }
    this.timer = setTimeout(() => void this.search(visit), PAUSE);
  };

  private async search(visit: number): Promise<void> {
    try {
      const { colleagues } = await read<Colleagues>(this.settings.connection(), LOG_COLLEAGUES_PATH, { name: this.typed.trim() });
      if (visit !== this.visit) return;
      const others = colleagues.filter(({ id }) => !this.people.some((one) => one.id === id));
      this.found = others.length > 0 ? others : 'nobody';
    } catch {
      if (visit !== this.visit) return;
      this.found = 'failed';
    }
    this.element.requestUpdate();
  }

  private add(person: Colleague): void {
    const { most, texts } = this.settings;
    this.people = [...this.people.filter(({ id }) => id !== person.id), person].slice(-most);
    this.typed = '';
    this.found = undefined;
    this.visit += 1;
    this.settled(texts.added(person.name));
  }

  private remove(person: Colleague): void {
    this.people = this.people.filter(({ id }) => id !== person.id);
    this.settled(this.settings.texts.removed(person.name));
  }

  /** The button that was pressed is gone: the field has the focus. */
  private settled(spoken: string): void {
    this.spoken = spoken;
    this.settings.chosen(this.people);
    this.element.requestUpdate();
    void this.element.updateComplete.then(() => this.field?.focus());
  }

  private get root(): Element | null {
    return this.element.renderRoot.querySelector(`#${CSS.escape(this.settings.id)}`);
  }

  private get field(): HTMLInputElement | null | undefined {
    return this.root?.querySelector('input');
  }

  private readonly move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const results = [...(this.root?.querySelectorAll<HTMLElement>('.names button') ?? [])];
    if (step === 0 || results.length === 0) return;
    const stops = [this.field, ...results];
    const at = stops.indexOf(event.target as HTMLElement);
    const next = stops[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
}

export const pickerStyles = css`
  .names {
    display: grid;
    margin-block-start: 4px;
    border: 1px solid var(--_line);
    border-radius: 8px;
  }
  .names button {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: baseline;
    justify-content: space-between;
    padding: 10px 12px;
    text-align: start;
    text-decoration: none;
  }
  .names button + button {
    border-block-start: 1px solid var(--_line);
  }
  .chosen {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }
`;
