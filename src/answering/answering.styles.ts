import { css } from 'lit';

export const styles = css`
  .items {
    margin-block-start: 16px;
  }
  .item,
  .comment {
    padding-block: 16px 8px;
    border-block-start: 1px solid var(--_line);
  }
  .comment label {
    display: block;
    margin-block-end: 8px;
  }
  .comment label span {
    color: var(--_quiet);
    font-weight: 400;
  }
  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 76px;
    padding: 8px 12px;
    border: 1px solid var(--_edge);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 1.1429em;
    line-height: 1.375;
    field-sizing: content;
  }
  .comment p {
    margin-block-start: 8px;
  }
  .who {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
    max-inline-size: 72ch;
    margin-block-start: 8px;
    padding: 12px 14px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: var(--_accent-soft);
  }
  summary {
    display: inline-block;
    padding-block: 4px;
  }
  /* One at a time: the stage keeps its height, so that nothing under the element jumps with every tap. */
  .narrow .items {
    min-block-size: 30em;
  }
  .narrow .item,
  .narrow .comment {
    padding-block: 0;
    border: 0;
  }
  .narrow .head {
    min-block-size: 52px;
  }
  /* Keeps room for the closing time, which comes after the first picture. */
  @container (max-width: 300px) {
    .narrow .head {
      min-block-size: 68px;
    }
  }
  .narrow .head h2 {
    color: var(--_quiet);
    font-size: 1em;
    font-weight: 400;
  }
  .last > * + * {
    margin-block-start: 12px;
  }
`;
