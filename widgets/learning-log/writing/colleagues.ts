import { html, type TemplateResult } from 'lit';
import { read } from '../../../src/client/api.ts';
import type { Colleagues as Found } from '../../../src/contract/learning-log.ts';
import { LOG_COLLEAGUES_PATH } from '../../../src/contract/learning-log-paths.ts';
import { LOG_LIMITS } from '../../../src/domain/learning-log.ts';
import type { Named } from '../draft.ts';
import type { Form } from '../parts.ts';
import type { WritingTexts } from '../texts.ts';
import { chips } from './chips.ts';

/** Milliseconds without a letter before a name is looked up. */
const PAUSE = 200;

/** Colleagues by name: looked up while it is typed, chosen with arrows and Enter or a tap, and taken away again. */
export class Colleagues {
  readonly #form: Form;
  #found: Found['colleagues'] = [];
  /** The one that Enter chooses. */
  #at = 0;
  #said = '';
  /** Counts searches, so that the answer to an earlier one changes nothing. */
  #visit = 0;

  constructor(form: Form) {
    this.#form = form;
  }

  render(texts: WritingTexts, label: string): TemplateResult {
    const { people } = this.#form.draft.audience;
    const found = this.#found;
    return html`<div class="pick">
      ${chips(texts.colleagues, people.map(({ name }) => name), (name) => texts.remove(name), (index) => { this.#remove(texts, index); })}
      <label class="small" for="colleague">${label}</label>
      <input
        id="colleague"
        class="field"
        role="combobox"
        aria-label=${label}
        autocomplete="off"
        aria-autocomplete="list"
        aria-controls="found"
        aria-expanded=${found.length > 0}
        aria-activedescendant=${found.length > 0 ? `found-${this.#at}` : ''}
        @input=${(event: Event) => { this.#search(texts, (event.target as HTMLInputElement).value); }}
        @keydown=${(event: KeyboardEvent) => { this.#press(texts, event); }}
      />
      <ul id="found" role="listbox" aria-label=${label} ?hidden=${found.length === 0} @click=${(event: Event) => { this.#tap(texts, event); }} @keydown=${() => undefined}>
        ${found.map(
          ({ name, team }, index) => html`<li id="found-${index}" role="option" data-index=${index} aria-selected=${index === this.#at}>
            <span dir="auto">${name}</span> <span class="quiet small">${team}</span>
          </li>`,
        )}
      </ul>
      <p class="quiet small">${this.#said}</p>
    </div>`;
  }

  #search(texts: WritingTexts, typed: string): void {
    const visit = ++this.#visit;
    const name = typed.trim();
    if (!name) return this.#show([], '');
    setTimeout(() => {
      if (visit !== this.#visit) return;
      read<Found>(this.#form.connection(), LOG_COLLEAGUES_PATH, { name: name.slice(0, 100) }).then(
        ({ colleagues }) => {
          if (visit !== this.#visit) return;
          const { people } = this.#form.draft.audience;
          const found = colleagues.filter(({ id }) => !people.some((one) => one.id === id));
          const said = found.length > 0 ? texts.found(found.length) : texts.noColleague;
          this.#show(found, found.length > 0 ? '' : said);
          this.#form.say(said);
        },
        () => {
          if (visit !== this.#visit) return;
          this.#show([], texts.searchFailed);
          this.#form.say(texts.searchFailed);
        },
      );
    }, PAUSE);
  }

  #show(found: Found['colleagues'], said: string): void {
    this.#found = found;
    this.#at = 0;
    this.#said = said;
    this.#form.element.requestUpdate();
  }

  #press(texts: WritingTexts, event: KeyboardEvent): void {
    const input = event.target as HTMLInputElement;
    const found = this.#found;
    const { people } = this.#form.draft.audience;
    if (event.key === 'Backspace' && !input.value && people.length > 0) return this.#remove(texts, people.length - 1);
    if (found.length === 0 || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) this.#at = (this.#at + step + found.length) % found.length;
    else if (event.key === 'Enter') this.#choose(texts, found[this.#at], input);
    else if (event.key === 'Escape') this.#show([], '');
    else return;
    event.preventDefault();
    this.#form.element.requestUpdate();
  }

  #tap(texts: WritingTexts, event: Event): void {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    const input = this.#form.element.renderRoot.querySelector<HTMLInputElement>('#colleague');
    if (option && input) this.#choose(texts, this.#found[Number(option.dataset['index'])], input);
  }

  #choose(texts: WritingTexts, colleague: Named | undefined, input: HTMLInputElement): void {
    const { audience } = this.#form.draft;
    if (!colleague || audience.people.length >= LOG_LIMITS.people) return;
    const { id, name } = colleague;
    input.value = '';
    input.focus();
    this.#visit++;
    this.#show([], '');
    this.#form.change({ audience: { ...audience, people: [...audience.people, { id, name }] } });
    this.#form.say(texts.added(name));
  }

  #remove(texts: WritingTexts, index: number): void {
    const { audience } = this.#form.draft;
    const gone = audience.people[index];
    this.#form.change({ audience: { ...audience, people: audience.people.toSpliced(index, 1) } });
    if (gone) this.#form.say(texts.removed(gone.name));
    this.#form.focus('#colleague');
  }
}
