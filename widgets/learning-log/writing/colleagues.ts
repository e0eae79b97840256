import { html, type TemplateResult } from 'lit';
import { read, type Connection } from '../../../src/client/api.ts';
import type { Colleagues as Found } from '../../../src/contract/learning-log.ts';
import { LOG_COLLEAGUES_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Named } from '../draft.ts';
import type { Form } from '../parts.ts';
import type { WritingTexts } from '../texts.ts';
import { chips } from './chips.ts';

/** Milliseconds without a letter before a name is looked up. */
const PAUSE = 200;

/** What a choice of colleagues asks of where it is made. */
export interface Choosing {
  readonly element: Form['element'];
  connection(): Connection;
  /** Who is chosen. */
  people(): readonly Named[];
  choose(people: readonly Named[]): void;
  /** How many can be chosen; where it is one, the next takes its place. */
  readonly most: number;
  say(text: string): void;
  focus(selector: string): void;
}

export type ChoosingTexts = Pick<WritingTexts, 'colleagues' | 'remove' | 'removed' | 'added' | 'found' | 'noColleague' | 'searchFailed'>;

/** Colleagues by name: looked up while it is typed, chosen with arrows and Enter or a tap, and taken away again. */
export class Colleagues {
  readonly #for: Choosing;
  readonly #ids: { readonly field: string; readonly list: string };
  #found: Found['colleagues'] = [];
  /** The one that Enter chooses. */
  #at = 0;
  #said = '';
  /** Counts searches, so that the answer to an earlier one changes nothing. */
  #visit = 0;

  /** @param ids apart from every other choice in the element */
  constructor(choosing: Choosing, ids = { field: 'colleague', list: 'found' }) {
    this.#for = choosing;
    this.#ids = ids;
  }

  render(texts: ChoosingTexts, label: string): TemplateResult {
    const people = this.#for.people();
    const found = this.#found;
    const { field, list } = this.#ids;
    return html`<div class="pick">
      ${chips(texts.colleagues, people.map(({ name }) => name), (name) => texts.remove(name), (index) => { this.#remove(texts, index); })}
      <label class="small" for=${field}>${label}</label>
      <input
        id=${field}
        class="field"
        role="combobox"
        aria-label=${label}
        autocomplete="off"
        aria-autocomplete="list"
        aria-controls=${list}
        aria-expanded=${found.length > 0}
        aria-activedescendant=${found.length > 0 ? `${list}-${this.#at}` : ''}
        @input=${(event: Event) => { this.#search(texts, (event.target as HTMLInputElement).value); }}
        @keydown=${(event: KeyboardEvent) => { this.#press(texts, event); }}
      />
      <ul id=${list} class="found" role="listbox" aria-label=${label} ?hidden=${found.length === 0} @click=${(event: Event) => { this.#tap(texts, event); }} @keydown=${() => undefined}>
        ${found.map(
          ({ name, team }, index) => html`<li id=${`${list}-${index}`} role="option" data-index=${index} aria-selected=${index === this.#at}>
            <span dir="auto">${name}</span> <span class="quiet small">${team}</span>
          </li>`,
        )}
      </ul>
      <p class="quiet small">${this.#said}</p>
    </div>`;
  }

  #search(texts: ChoosingTexts, typed: string): void {
    const visit = ++this.#visit;
    const name = typed.trim();
    if (!name) return this.#show([], '');
    setTimeout(() => {
      if (visit !== this.#visit) return;
      read<Found>(this.#for.connection(), LOG_COLLEAGUES_PATH, { name: name.slice(0, 100) }).then(
        ({ colleagues }) => {
          if (visit !== this.#visit) return;
          const people = this.#for.people();
          const found = colleagues.filter(({ id }) => !people.some((one) => one.id === id));
          const said = found.length > 0 ? texts.found(found.length) : texts.noColleague;
          this.#show(found, found.length > 0 ? '' : said);
          this.#for.say(said);
        },
        () => {
          if (visit !== this.#visit) return;
          this.#show([], texts.searchFailed);
          this.#for.say(texts.searchFailed);
        },
      );
    }, PAUSE);
  }

  #show(found: Found['colleagues'], said: string): void {
    this.#found = found;
    this.#at = 0;
    this.#said = said;
    this.#for.element.requestUpdate();
  }

  #press(texts: ChoosingTexts, event: KeyboardEvent): void {
    const input = event.target as HTMLInputElement;
    const found = this.#found;
    const people = this.#for.people();
    // A form around it is sent by its button.
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Backspace' && !input.value && people.length > 0) return this.#remove(texts, people.length - 1);
    if (found.length === 0 || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) this.#at = (this.#at + step + found.length) % found.length;
    else if (event.key === 'Enter') this.#choose(texts, found[this.#at], input);
    else if (event.key === 'Escape') this.#show([], '');
    else return;
    event.preventDefault();
    this.#for.element.requestUpdate();
  }

  #tap(texts: ChoosingTexts, event: Event): void {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    const input = this.#for.element.renderRoot.querySelector<HTMLInputElement>(`#${CSS.escape(this.#ids.field)}`);
    if (option && input) this.#choose(texts, this.#found[Number(option.dataset['index'])], input);
  }

  #choose(texts: ChoosingTexts, colleague: Named | undefined, input: HTMLInputElement): void {
    const { most } = this.#for;
    const people = this.#for.people();
    if (!colleague || (most > 1 && people.length >= most)) return;
    const { id, name } = colleague;
    input.value = '';
    input.focus();
    this.#visit++;
    this.#show([], '');
    this.#for.choose([...people, { id, name }].slice(-most));
    this.#for.say(texts.added(name));
  }

  #remove(texts: ChoosingTexts, index: number): void {
    const people = this.#for.people();
    const gone = people[index];
    this.#for.choose(people.toSpliced(index, 1));
    if (gone) this.#for.say(texts.removed(gone.name));
    this.#for.focus(`#${CSS.escape(this.#ids.field)}`);
  }
}
