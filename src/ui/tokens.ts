import { css } from 'lit';

/**
 * The semantic tokens. A page maps its own colours by setting `--kring-accent` and so on, on any ancestor; styles of
 * ours use the inner names (`--_accent`), which fall back on our own colours. Light or dark follows the page's
 * `color-scheme`, since a dark card on a page that knows no dark looks broken; `theme="light|dark|auto"` on the element
 * chooses for itself, `auto` being the person's own preference. Colours of charts are in `data-tokens.ts`.
 */
export const tokens = css`
  :host {
    --_surface: var(--kring-surface, light-dark(#fff, #1f1f1f));
    --_text: var(--kring-text, light-dark(#1d2329, #f3f2f0));
    --_quiet: var(--kring-quiet, light-dark(#59626d, #b9bdc3));
    --_line: var(--kring-line, light-dark(#dcdad4, #3d3d3d));
    --_edge: var(--kring-edge, light-dark(#767c84, #9aa0a7));
    --_accent: var(--kring-accent, light-dark(#0b6a66, #6cc7c1));
    --_accent-soft: var(--kring-accent-soft, light-dark(#e3f0ef, #17393a));
    --_on-accent: var(--kring-on-accent, light-dark(#fff, #06211f));
    --_radius: var(--kring-radius, 12px);
    --_font: var(--kring-font, 'Segoe UI', system-ui, sans-serif);
  }
  :host([theme=light]) {
    color-scheme: light;
  }
  :host([theme=dark]) {
    color-scheme: dark;
  }
  :host([theme=auto]) {
    color-scheme: light dark;
  }
  @media (forced-colors: active) {
    :host {
      /* The browser sees to text and grounds; these are for what is drawn. */
      --_surface: Canvas;
      --_text: CanvasText;
      --_line: CanvasText;
      --_edge: CanvasText;
      --_accent: Highlight;
      --_on-accent: HighlightText;
    }
    /* Else a button's label gets a plate as dark as the label, a chosen point loses its colour, a gradient is not drawn. */
    button,
    i,
    svg,
    .skeleton {
      forced-color-adjust: none;
    }
    /* Where colours may be few, a thin track is not taken for what is done. */
    .track {
      stroke-width: 1;
    }
  }
`;

/**
 * The ground under every element: a container that measures its own width, and an inner `.kring` that starts afresh,
 * because a page's letter-spacing, text-transform and so on are inherited through a shadow root. Our texts run from left
 * to right, whatever the page around them does: else '3 of 8' reads '8 of 3', and a figure stands against its own scale.
 * Sizes are in em of the person's own default size (`medium`): a rem would follow a page's `html { font-size: 62.5% }`.
 */
export const base = css`
  :host {
    display: block;
    flex: 1 1 auto;
    min-inline-size: min(256px, 100%);
    container-type: inline-size;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  .kring {
    all: initial;
    direction: ltr;
    display: block;
    color-scheme: inherit;
    color: var(--_text);
    font: 400 var(--kring-font-size, medium) / 1.375 var(--_font);
    overflow-wrap: break-word;
  }
  .kring * {
    box-sizing: border-box;
  }
  .card {
    padding: 16px;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font-size: 0.875em;
    line-height: 1.4286;
  }
  @container (min-width: 560px) {
    .card {
      padding: 20px 24px;
    }
  }
  .head {
    display: flex;
    gap: 12px;
    align-items: center;
  }
  .head > :last-child {
    flex: 1;
    min-inline-size: 0;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.4286em;
    line-height: 1.4;
    font-weight: 600;
  }
  h3,
  legend,
  .label {
    font-size: 1.1429em;
    line-height: 1.375;
    font-weight: 600;
  }
  p {
    max-inline-size: 65ch;
  }
  b {
    font-weight: 600;
  }
  .quiet {
    color: var(--_quiet);
  }
  .small {
    font-size: 0.8571em;
    line-height: 1.3333;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    margin-block-start: 16px;
    min-block-size: 44px;
  }
  .grow {
    flex: 1;
  }
  button {
    min-block-size: 44px;
    min-inline-size: 44px;
    padding: 8px 20px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover {
    box-shadow: inset 0 0 0 99px #80808026;
  }
  button.secondary {
    background: transparent;
    border-color: var(--_edge);
    color: var(--_text);
  }
  summary {
    text-decoration: underline;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
    border-radius: 4px;
  }
  button:focus-visible {
    border-radius: 8px;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    .kring * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
