import { html, type TemplateResult } from 'lit';

/** What was chosen, each with a button that takes it away again. */
export function chips(
  label: string,
  names: readonly string[],
  removeLabel: (name: string) => string,
  remove: (index: number) => void,
): TemplateResult {
  return html`<ul class="chips" aria-label=${label} ?hidden=${names.length === 0}>
    ${names.map(
      (name, index) => html`<li>
        <button type="button" class="secondary" aria-label=${removeLabel(name)} @click=${() => { remove(index); }}>
          <span dir="auto">${name}</span>
          <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg>
        </button>
      </li>`,
    )}
  </ul>`;
}
