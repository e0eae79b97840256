import { css } from 'lit';

export const styles = css`
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding-block: 8px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .fields label,
  .pick label,
  .within label {
    display: block;
    margin-block-end: 4px;
    font-weight: 600;
  }
  .fields p {
    margin-block-start: 4px;
  }
  .field::placeholder {
    color: var(--_quiet);
  }
  .over {
    font-weight: 600;
  }
  .above {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_accent);
  }
  /* As easy to hit as any, without taking lines apart. */
  .above .plain,
  .note .plain {
    margin-block: -12px;
  }
  .chips,
  .unsent,
  ul.found {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .chips {
    margin-block: 8px;
  }
  .chips button {
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 4px 12px;
    border-radius: 22px;
    font-weight: 400;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .chips button:focus-visible {
    border-radius: 22px;
  }
  .chips svg {
    inline-size: 12px;
    block-size: 12px;
    stroke: currentColor;
    stroke-width: 2;
  }
  .sharing {
    min-inline-size: 0;
    margin: 0;
    flex: 1 1 100%;
    padding: 0 0 4px;
    border: 0;
  }
  .within {
    margin: 4px 8px 12px 32px;
  }
  .within > * + .pick {
    margin-block-start: 8px;
  }
  .choice {
    display: flex;
    gap: 12px;
    align-items: center;
    min-block-size: 44px;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }
  ul.found {
    display: block;
    margin-block-start: 4px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_surface);
    overflow: hidden;
  }
  ul.found li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    align-items: center;
    min-block-size: 44px;
    padding: 4px 12px;
    cursor: pointer;
  }
  ul.found [aria-selected='true'] {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 var(--_accent);
  }
  .asked,
  .unsent > li {
    padding: 12px 14px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--_accent-soft);
  }
  .asked h3 {
    font-size: 1em;
  }
  .asked .bar,
  .unsent .bar {
    margin-block-start: 8px;
  }
  .unsent {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin-block-start: 16px;
  }
  .unsent > li {
    border: 1px dashed var(--_edge);
    background: none;
  }
  .excerpt + p {
    margin-block-start: 4px;
  }
  .excerpt,
  .typed {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .drafts {
    margin-block-start: 16px;
  }
  .drafts h3 {
    font-size: 1em;
  }
  .drafts .unsent {
    margin-block-start: 8px;
  }
  .versions {
    display: grid;
    gap: 12px;
    margin-block: 12px;
  }
  .version {
    padding: 12px 14px;
    border: 1px solid var(--_line);
    border-radius: 8px;
  }
  .typed {
    max-block-size: 16em;
    overflow: auto;
  }
  h4 {
    margin: 0 0 4px;
    font-size: 1em;
    font-weight: 600;
  }
  dl {
    margin: 8px 0 0;
    overflow-wrap: anywhere;
  }
  dd {
    margin: 0 0 4px;
  }
  @container (min-width: 560px) {
    .fields {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .versions {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @media (forced-colors: active) {
    ul.found [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .asked {
      border-color: CanvasText;
    }
  }
`;
