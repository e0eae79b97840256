import { css } from 'lit';

/** The colours of charts, beside `tokens`: they differ in lightness too, so that they are told apart without colour. */
export const dataTokens = css`
  :host {
    --_raised: var(--kring-raised, light-dark(#fff, #292929));
    --_data-1: var(--kring-data-1, light-dark(#0b6a66, #6cc7c1));
    --_data-2: var(--kring-data-2, light-dark(#b85c00, #f0a35c));
    --_data-3: var(--kring-data-3, light-dark(#5b4bb5, #b3a8f5));
    --_data-4: var(--kring-data-4, light-dark(#767c84, #8d949c));
    --_band: var(--kring-band, light-dark(#0b6a6640, #6cc7c14d));
  }
  @media (forced-colors: active) {
    :host {
      --_raised: Canvas;
      --_data-1: Highlight;
      --_data-2: LinkText;
      --_data-3: CanvasText;
      --_data-4: GrayText;
      --_band: GrayText;
    }
  }
`;
