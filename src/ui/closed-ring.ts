import { css, svg, type TemplateResult } from 'lit';

/** The ring when it has closed; its inner part is the tick when all is done, and the inner ring while it is not. */
export function closedRing(ticked: boolean): TemplateResult {
  return svg`<svg class="closed" viewBox="0 0 72 72" aria-hidden="true">
    <circle cx="36" cy="36" r="31" /><circle class="inner" cx="36" cy="36" r="19" />
    ${ticked ? svg`<path d="M25 37l8 8 15-17" />` : svg`<circle class="dot" cx="36" cy="36" r="5" />`}
  </svg>`;
}

export const closedRingStyles = css`
  .closed {
    inline-size: 72px;
    block-size: 72px;
    stroke-width: 5;
  }
  .closed .inner {
    stroke-width: 3;
    opacity: 0.45;
  }
  @media (forced-colors: active) {
    .closed .inner {
      opacity: 1;
    }
  }
`;
