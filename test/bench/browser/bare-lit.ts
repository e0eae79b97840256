import { html, LitElement, nothing, svg, unsafeCSS, type PropertyDeclarations, type TemplateResult } from 'lit';
import { OPEN_ROUNDS_PATH } from '../../../src/contract/paths.ts';
import type { OpenRounds } from '../../../src/contract/rounds.ts';
import { FORM_STYLES, formContentOf, type FormContent } from './form.ts';

/** Put here by the build, for an element that asks nobody for anything. */
declare const BENCH_FORM: FormContent;

/**
 * The same form as one element with nothing around it: what Lit alone costs. With `token-url` it gets its round where
 * every element has to get it, as plainly as that can be done.
 */
class BareLit extends LitElement {
  static override readonly styles = unsafeCSS(FORM_STYLES);

  static override properties: PropertyDeclarations = { choices: { state: true }, content: { state: true } };

  private choices: Readonly<Record<string, number>> = {};
  private content: FormContent | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const url = this.getAttribute('token-url');
    if (url === null) this.content = BENCH_FORM;
    else void this.ask(url);
  }

  private async ask(url: string): Promise<void> {
    const { token } = (await (await fetch(url)).json()) as { readonly token: string };
    const body = new URLSearchParams({ access_token: token });
    const answer = await fetch(new URL(OPEN_ROUNDS_PATH, import.meta.url), {
      method: 'POST',
      body,
      headers: { 'accept-language': 'nl' },
      credentials: 'omit',
    });
    const [round] = ((await answer.json()) as OpenRounds).rounds;
    if (round) this.content = formContentOf(round);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.content) return nothing;
    const { title, lead, items, labels, noAnswer, question, optional, readers, nobody, who, how, send } = this.content;
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
