import { css } from 'lit';

/**
 * A quiet placeholder that reserves an element's place; each element says how high (`block-size`). It shows itself only
 * when waiting is felt. What is in it is laid out already, and not seen.
 */
export const skeletonStyles = css`
  .skeleton {
    position: relative;
    overflow: hidden;
    visibility: hidden;
    animation: appear 0.2s 0.3s backwards;
  }
  .skeleton::before {
    content: '';
    visibility: visible;
    position: absolute;
    inset: 0;
    border-radius: 8px;
    background: repeating-linear-gradient(#0000 0 16px, #80808026 0 36px, #0000 0 84px);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
