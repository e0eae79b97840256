import { html, LitElement, svg, unsafeCSS, type PropertyDeclarations, type TemplateResult } from 'lit';
import { FORM_STYLES, type FormContent } from './form.ts';

/** Put here by the build: a bare element asks nobody for anything. */
declare const BENCH_FORM: FormContent;

/** The same form as one element with nothing around it: what Lit alone costs. */
class BareLit extends LitElement {
  static override readonly styles = unsafeCSS(FORM_STYLES);

  static override properties: PropertyDeclarations = { choices: { state: true } };

  private choices: Readonly<Record<string, number>> = {};

  protected override render(): TemplateResult {
    const { title, lead, items, labels, noAnswer, question, optional, readers, nobody, who, how, send } = BENCH_FORM;
    const answered = Object.keys(this.choices).length;
    const point = (key: string, label: string, value: number) => html`<label class=${value === 0 ? 'skip' : 'point'}>
      <input
        type="radio"
        name=${key}
        .value=${String(value)}
        .checked=${this.choices[key] === value}
        @change=${() => {
          this.choices = { ...this.choices, [key]: value };
        }}
      /><i></i><span>${label}</span>
    </label>`;
    return html`<div class="bench">
      <div class="head">
        <svg width="52" height="52" viewBox="0 0 52 52" role="img" aria-label="${answered} van ${items.length}">
          ${svg`<circle cx="26" cy="26" r="22" />`}
        </svg>
        <div><h2>${title}</h2><p>${lead}</p></div>
      </div>
      ${items.map(
        ({ key, text }) => html`<fieldset>
          <legend>${text}</legend>
          <div class="points">
            ${labels.map((label, index) => point(key, label, index + 1))} ${point(key, noAnswer, 0)}
          </div>
        </fieldset>`,
      )}
      <div class="comment">
        <label for="comment">${question} <span>${optional}</span></label>
        <textarea id="comment" rows="2"></textarea>
        <p>${readers}</p>
      </div>
      <div class="who"><p><b>${nobody}</b> ${who}</p><details><summary>${how}</summary></details></div>
      <div class="bar"><button type="button">${send}</button></div>
    </div>`;
  }
}

customElements.define('bench-form', BareLit);
