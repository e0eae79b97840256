import { css } from 'lit';

export const styles = css`
  .stop > * + * {
    margin-block-start: 12px;
  }
  .for-you {
    margin-block-start: 20px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .for-you > * + * {
    margin-block-start: 8px;
  }
  .for-you details {
    border-block-end: 1px solid var(--_line);
  }
  .for-you summary {
    display: list-item;
    min-block-size: 44px;
    padding-block: 11px;
    text-decoration: none;
  }
  .for-you details p {
    margin: 0;
    padding-block-end: 14px;
  }
`;
