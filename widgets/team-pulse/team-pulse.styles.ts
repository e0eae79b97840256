import { css } from 'lit';

export const styles = css`
  .head .mark {
    inline-size: 44px;
    block-size: 44px;
    stroke-width: 1.6;
  }
  .role {
    display: inline-block;
    padding-inline: 6px;
    border: 1px solid var(--_edge);
    border-radius: 4px;
    font-size: 0.8571em;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    margin-block-start: 16px;
  }
  .choices label {
    flex: 1 1 200px;
    min-inline-size: 0;
  }
  .choices .wide {
    flex-grow: 2;
  }
  label > span {
    display: block;
    margin-block-end: 4px;
    color: var(--_quiet);
    font-size: 0.8571em;
    line-height: 1.3333;
  }
  select {
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }
  select:focus-visible {
    border-radius: 8px;
  }
  .open {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    margin-block-start: 16px;
    padding: 12px 14px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--_accent-soft);
  }
  .open > div {
    display: grid;
    grid-template-columns: 100%;
    gap: 4px;
  }
  .open h3 {
    font-size: 1em;
  }
  .closed-on {
    margin-block-start: 16px;
  }
  .cover {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: baseline;
    margin-block-start: 4px;
  }
  .cover p {
    flex: 1 1 240px;
  }
  .seats {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    max-inline-size: 108px;
  }
  .seats i {
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid var(--_edge);
    border-radius: 50%;
  }
  .seats .taken {
    border: 5px solid var(--_accent);
  }

  /* Measured in the size of its own text: with larger letters the rows stack sooner. */
  .rows {
    container-type: inline-size;
    margin-block-start: 20px;
  }
  .axis {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    padding-block-end: 8px;
  }
  .axis span:last-child {
    text-align: end;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(min-content, 1fr) auto;
    gap: 4px 12px;
    align-items: center;
    padding-block: 14px;
    border-block-start: 1px solid var(--_line);
  }
  .row h3 {
    font-size: 1em;
    line-height: 1.4286;
    hyphens: auto;
  }
  .figure {
    grid-area: 2 / 1 / 3 / -1;
    display: block;
    inline-size: calc(100% - 16px);
    block-size: 24px;
    margin-inline: 8px;
    overflow: visible;
    stroke-linecap: butt;
  }
  .scale {
    overflow: visible;
    stroke: var(--_line);
  }
  .figure .band {
    fill: var(--_band);
    stroke: none;
  }
  .figure .before {
    stroke: var(--_data-4);
    stroke-width: 2;
  }
  .figure .mean {
    fill: var(--_data-1);
    stroke: var(--_surface);
    stroke-width: 1.5;
  }
  .figure .guarded {
    fill: var(--_surface);
    stroke: var(--_data-1);
    stroke-width: 3;
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    align-items: baseline;
    justify-content: end;
    font-size: 1.1429em;
    line-height: 1.375;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .value small {
    color: var(--_quiet);
    font-size: 0.75em;
    font-weight: 400;
  }
  .said,
  .missing {
    grid-column: 1 / -1;
  }
  .change {
    display: block;
  }
  .change b {
    color: var(--_text);
  }

  .part {
    margin-block-start: 16px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .rows + .part {
    margin-block-start: 0;
  }
  .part > * + * {
    margin-block-start: 4px;
  }
  .notice {
    display: grid;
    gap: 4px;
    justify-items: start;
    margin-block-start: 16px;
  }
  .notice:first-child {
    margin-block-start: 0;
  }
  .soon {
    block-size: 33em;
  }

  /* Reserves the card's place. */
  .skeleton {
    block-size: 44em;
  }
  @container (min-width: 560px) {
    .role {
      margin-inline-start: 4px;
    }
  }
  @container (max-width: 14em) {
    .row {
      grid-template-columns: 1fr;
    }
    .value {
      justify-content: start;
    }
  }
  @container (min-width: 36em) {
    .axis {
      margin-inline: calc(30% + 12px) 116px;
    }
    .row {
      grid-template-columns: 30% 1fr 96px;
      column-gap: 20px;
    }
    .figure {
      grid-area: auto;
    }
    .value {
      display: block;
      text-align: end;
    }
    .value small {
      display: block;
      line-height: 1.3333;
    }
    .said,
    .missing {
      grid-column: 2 / -1;
      padding-inline-start: 8px;
    }
  }
  @media (forced-colors: active) {
    :host {
      --_data-4: CanvasText;
      --_band: color-mix(in srgb, Highlight 30%, Canvas);
    }
    .figure .band {
      stroke: CanvasText;
    }
    .open {
      border-color: CanvasText;
    }
    .figure .before {
      stroke-width: 3;
    }
  }
`;
