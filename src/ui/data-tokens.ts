import { css } from 'lit';

/** The colours of charts, beside `tokens`: they differ in lightness too, so that they are told apart without colour. */
export const dataTokens = css`
  :host {
    --_data-1: var(--kring-data-1, light-dark(#0b6a66, #6cc7c1));
    --_data-4: var(--kring-data-4, light-dark(#767c84, #8d949c));
    --_band: var(--kring-band, light-dark(#0b6a6640, #6cc7c14d));
  }
  @media (forced-colors: active) {
    :host {
      --_data-1: Highlight;
      --_data-4: GrayText;
      --_band: GrayText;
    }
  }
`;
