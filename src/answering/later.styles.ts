import { css } from 'lit';

export const styles = css`
  .note:not(:empty) {
    margin-block-start: 12px;
  }
  .narrow .item,
  .narrow .last {
    animation: arrive 0.18s ease-out;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 12px 0;
    }
  }
  .hint {
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_accent);
  }
  ol {
    margin: 4px 0 0;
    padding-inline-start: 1.3em;
  }
  li,
  details p {
    margin-block-start: 6px;
  }
`;

/** A notice: what happened, in the middle. */
export const messageStyles = css`
  .message {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 4px;
    padding: 12px 8px;
    text-align: center;
  }
  .message svg {
    margin-block: 8px;
  }
  .message p {
    overflow-wrap: anywhere;
    max-inline-size: 48ch;
    color: var(--_quiet);
  }
  .message p + p {
    margin-block-start: 4px;
  }
  .message button {
    margin-block-start: 12px;
  }
`;
