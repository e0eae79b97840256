import { css } from 'lit';

export const laterStyles = css`
  .quotes {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  blockquote {
    margin: 0 0 8px;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_line);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .too-few {
    display: grid;
    gap: 4px;
    margin-block-start: 8px;
  }
  .talk {
    margin-block-start: 12px;
    padding: 4px 0 4px 16px;
    border-inline-start: 4px solid var(--_accent);
  }
  .talk ol {
    margin: 8px 0 0;
    padding-inline-start: 1.5em;
  }
  .talk li + li {
    margin-block-start: 6px;
  }
  .theme {
    display: block;
    max-inline-size: 320px;
    margin-block-start: 8px;
  }
  summary {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding-block-end: 4px;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding: 6px 8px 6px 0;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }
  @container (max-width: 320px) {
    th,
    td {
      overflow-wrap: anywhere;
      hyphens: auto;
    }
  }
  thead th {
    color: var(--_quiet);
    font-size: 0.8571em;
  }
  .plot {
    position: relative;
    block-size: 240px;
    color: var(--_text);
  }
  canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  /* Computed by the browser for the canvas; outside .kring, where reduced motion would keep the transition from telling
     that a colour changed, whatever changed it. */
  .ink {
    position: absolute;
    inline-size: 0;
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
    border-block: 0 solid var(--_line);
    border-block-end-color: var(--_quiet);
    background-color: var(--_band);
    color: var(--_data-1);
    outline-color: var(--_surface);
    forced-color-adjust: none;
    transition: color 1ms;
  }
  .about {
    padding-block-start: 4px;
  }
  .about ul {
    margin: 4px 0 0;
    padding-inline-start: 1.3em;
  }
  .about li {
    margin-block-start: 4px;
  }
  @media (forced-colors: active) {
    .ink {
      border-block-color: CanvasText;
      outline-color: Canvas;
    }
  }
`;
