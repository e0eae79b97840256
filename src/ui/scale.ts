import { css, html, type TemplateResult } from 'lit';

/** Stands for 'no answer' among the points of a scale, which count from 1. */
export const NO_ANSWER = 0;

export interface ScaleOptions {
  /** Unique within the element. */
  readonly name: string;
  /** The item, or what is asked. */
  readonly legend: string;
  /** The label of each point, lowest first. */
  readonly labels: readonly string[];
  readonly noAnswer: string;
  /** The chosen point, `NO_ANSWER`, or nothing yet. */
  readonly value: number | undefined;
  /** One under the other, for one item at a time. */
  readonly tall: boolean | undefined;
  /**
   * @param byPointer whether it was a tap or click on one of the points of a tall scale, also on the one that was chosen
   * before; arrow keys pass over points on their way, so what they reach is no decision to move on
   */
  readonly choose: (value: number, byPointer: boolean) => void;
}

/** A scale as a native radio group, in which 'no answer' is an answer. */
export function scale(options: ScaleOptions): TemplateResult {
  const { name, legend, labels, noAnswer, value, tall, choose } = options;
  const point = (label: string, at: number, kind: string) => html`<label class=${kind}>
    <input
      type="radio"
      name=${name}
      .value=${String(at)}
      .checked=${value === at}
      @change=${() => choose(at, false)}
      @click=${(event: MouseEvent) => {
        // A click that the keyboard or an assistive technology makes has no place on the screen.
        if (tall && (event.detail > 0 || event.clientX > 0 || event.clientY > 0)) choose(at, true);
      }}
    /><i></i><span>${label}</span>
  </label>`;
  return html`<fieldset class="scale ${tall ? 'tall' : ''}">
    <legend tabindex="-1">${legend}</legend>
    <div class="points">
      ${labels.map((label, index) => point(label, index + 1, 'point'))} ${point(noAnswer, NO_ANSWER, 'skip')}
    </div>
  </fieldset>`;
}

export const scaleStyles = css`
  .scale {
    position: relative;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  /* Floating, it is laid out like any other block. */
  .scale legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0 8em 8px 0;
  }
  .points {
    clear: both;
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
  }
  .points label {
    display: flex;
    gap: 6px;
    align-items: center;
    min-block-size: 44px;
    border-radius: 8px;
  }
  .points input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .points label:has(:focus-visible) {
    outline: 2px solid var(--_text);
    outline-offset: -2px;
  }
  .points i {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    border: 2px solid var(--_edge);
    border-radius: 50%;
    background: var(--_surface);
  }
  @media (hover: hover) {
    .points label:hover {
      box-shadow: inset 0 0 0 1px var(--_edge);
    }
  }
  .points :checked + i {
    border: 7px solid var(--_accent);
  }
  .points .point {
    position: relative;
    flex-direction: column;
    gap: 4px;
    padding: 4px 4px 8px;
  }
  .points span {
    color: var(--_quiet);
    font-size: 0.8571em;
    line-height: 1.3333;
  }
  .point span {
    text-align: center;
    hyphens: auto;
  }
  .points :checked ~ span {
    color: var(--_text);
    font-weight: 600;
  }
  .point::before {
    content: '';
    position: absolute;
    inset-block-start: 14px;
    inset-inline: calc(11px - 50%) calc(50% + 11px);
    block-size: 2px;
    background: var(--_line);
  }
  .point:first-child::before,
  .tall .point::before {
    display: none;
  }
  .skip {
    position: absolute;
    inset-block-start: -11px;
    inset-inline-end: 0;
    padding-inline: 6px;
  }
  .points .skip i {
    inline-size: 14px;
    block-size: 14px;
  }
  .tall legend {
    padding: 0 0 12px;
    font-size: 1.4286em;
    line-height: 1.4;
  }
  .tall .points {
    display: block;
  }
  .tall .points label {
    flex-direction: row;
    gap: 12px;
    padding: 4px 12px;
    margin-block-start: 8px;
  }
  .tall .point {
    min-block-size: 48px;
    border: 1px solid var(--_line);
  }
  .tall .point:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .tall .points span {
    color: var(--_text);
    font-size: 1.1429em;
    line-height: 1.375;
    text-align: start;
  }
  .tall .skip {
    position: relative;
    inset: 0;
  }
`;
