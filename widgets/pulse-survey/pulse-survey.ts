import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { AnsweringElement, button } from '../../src/answering/answering-element.ts';
import { answeringTexts, type AnsweringTexts } from '../../src/answering/texts.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import { afterPaint } from '../../src/ui/after-paint.ts';
import { dayAndTime } from '../../src/ui/dates.ts';
import { styles } from './pulse-survey.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'kring-pulse-survey': KringPulseSurvey;
  }
}

/** Texts of which it does not matter what they say, since they are not seen. */
const SILENCE = new Proxy({}, { get: () => () => '' }) as AnsweringTexts;

/** A round of which nothing is known yet, as large as most are. */
const FIVE = Array.from('12345');
const BLANK = {
  instrument: { labels: FIVE, items: FIVE.map((key) => ({ key, construct: '', text: '' })) } as Partial<OpenRound['instrument']>,
} as OpenRound;

/**
 * @summary A team's pulse: answer a few statements in half a minute, in a way that cannot be traced.
 *
 * @fires kring-ready - The element shows what there is to answer, or that there is nothing.
 * @fires kring-sent - The ballot lies in the box.
 * @fires kring-error - Something failed; `detail.kind` says what kind of thing.
 *
 * @csspart card - The card around everything.
 *
 * @cssprop --kring-surface - Background of the card.
 * @cssprop --kring-text - Text.
 * @cssprop --kring-quiet - Text of less weight.
 * @cssprop --kring-line - Lines that only divide.
 * @cssprop --kring-edge - Edges of what can be operated.
 * @cssprop --kring-accent - What is chosen, and the main button.
 * @cssprop --kring-accent-soft - A soft background in the accent's colour.
 * @cssprop --kring-on-accent - Text on the accent.
 * @cssprop --kring-radius - Roundness of the card.
 * @cssprop --kring-font - Font family.
 * @cssprop --kring-font-size - Size that all sizes are in proportion to; `medium` of itself.
 *
 * @attr instrument - Key of the instrument that is asked.
 * @attr server - Address of the Leerkring server. May stand on an ancestor.
 * @attr team - The team meant. May stand on an ancestor.
 * @attr lang - Language. May stand on an ancestor.
 * @attr token-url - Address on the page's own site that hands out a token. May stand on an ancestor.
 * @attr ballot-key - Fingerprint of the ballot key that is trusted. May stand on an ancestor.
 * @attr theme - `light`, `dark`, or `auto` for the person's own preference; the page's `color-scheme` without it.
 */
export class KringPulseSurvey extends AnsweringElement {
  static override readonly styles = [...AnsweringElement.styles, styles];

  static override properties: PropertyDeclarations = { whole: { state: true } };

  override instrument = 'learning-pulse';

  /** Whether the first picture was painted. */
  private whole = false;

  protected override readonly loadTexts = answeringTexts;

  /** At the first item without an answer, or at the end. */
  protected override enter({ instrument: { items } }: OpenRound): void {
    const open = items.findIndex((item) => this.choices[item.key] === undefined);
    this.step = open < 0 ? items.length : open;
  }

  protected override renderAhead(): TemplateResult {
    return this.renderForm(this.texts ?? SILENCE, BLANK);
  }

  protected override renderForm(texts: AnsweringTexts, round: OpenRound): TemplateResult {
    const { narrow, step, whole } = this;
    const { items, openQuestion } = round.instrument;
    // The first picture is of what can be answered: what comes under it has its place, and a browser takes long to load
    // its calendar.
    this.around = whole ? '' : 'soon';
    if (!whole && round !== BLANK) {
      afterPaint(() => {
        this.whole = true;
      });
    }
    const closes = whole ? dayAndTime(round.closesAt, this.host.language) : '';
    const lead = html`<p class="quiet ${narrow ? 'small' : ''}">${texts.lead(items.length, closes)}</p>`;
    const atEnd = !narrow || step >= items.length;
    const to = (label: string, step: number) => button(label, true, () => {
      this.go(step);
    });
    return html`
      ${this.renderHead(texts, round, narrow && step > 0 ? nothing : lead)}
      <div class="items">
        ${items.map((item, index) => this.renderItem(texts, round, item, narrow && index !== step))}
        ${whole ? html`<div class="last" ?hidden=${!atEnd}>
          ${narrow ? html`<h3 tabindex="-1">${texts.finish}</h3>${lead}` : nothing}
          ${openQuestion === undefined ? nothing : this.renderComment(texts, round, openQuestion)}
          ${this.renderWho(texts, round)}
        </div>` : nothing}
      </div>
      ${whole ? this.renderBar(html`
        ${narrow && step > 0 ? to(texts.back, step - 1) : nothing}
        ${atEnd
          ? this.renderSend(texts, items.length - this.answered)
          : html`<span class="grow"></span>${
              this.choices[items[step]?.key ?? ''] === undefined ? nothing : to(texts.next, step + 1)}`}
      `) : nothing}
    `;
  }
}
