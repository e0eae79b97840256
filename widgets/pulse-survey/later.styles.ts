import { css } from 'lit';

export const styles = css`
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
