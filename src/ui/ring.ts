import { css, svg, type TemplateResult } from 'lit';

/**
 * Progress as a ring that closes, with the count inside.
 * @param label what a screen reader says instead, such as '3 of 5 answered'
 */
export function ring(done: number, of: number, label: string): TemplateResult {
  const arc = `${(100 * done) / of} 100`;
  const count = `${done}/${of}`;
  return svg`<svg class="ring" viewBox="0 0 44 44" role="img" aria-label=${label}>
    <circle class="track" cx="22" cy="22" r="18" />
    ${done > 0
      ? svg`<circle cx="22" cy="22" r="18" pathLength="100" stroke-dasharray=${arc} transform="rotate(-90 22 22)" />`
      : ''}
    <text x="22" y="26.5" text-anchor="middle" font-size=${18 - 1.4 * count.length}>${count}</text>
  </svg>`;
}

/** The mark: open rings, one inside the other. */
export const mark = svg`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="10" /><circle cx="12" cy="12" r="5.5" /><circle class="dot" cx="12" cy="12" r="1.8" />
</svg>`;

export const ringStyles = css`
  svg {
    flex: none;
    fill: none;
    stroke: var(--_accent);
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .ring {
    inline-size: 44px;
    block-size: 44px;
    stroke-width: 4;
  }
  .ring circle {
    transition: stroke-dasharray 0.2s;
  }
  .ring .track {
    stroke: var(--_line);
  }
  .ring text {
    fill: var(--_text);
    stroke: none;
    font-weight: 600;
  }
  .mark {
    inline-size: 20px;
    block-size: 20px;
    stroke-width: 2;
  }
  .dot {
    fill: var(--_accent);
    stroke: none;
  }
`;
