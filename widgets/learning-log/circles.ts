import { svg, type TemplateResult } from 'lit';
import type { Scope } from '../../src/domain/learning-log.ts';

/** How far something reaches, as the mark: closed around a dot for oneself, with a ring more for others, and one for all. */
export function circles(scope: Scope): TemplateResult {
  return svg`<svg class="mark circles" viewBox="0 0 24 24" aria-hidden="true">
    ${scope === 'organisation' ? svg`<circle cx="12" cy="12" r="10.5" />` : ''}
    ${scope === 'me' ? '' : svg`<circle cx="12" cy="12" r="7" />`}
    <circle class=${scope === 'me' ? 'own' : ''} cx="12" cy="12" r=${scope === 'me' ? 8 : 3.5} />
    <circle class="dot" cx="12" cy="12" r="1.8" />
  </svg>`;
}
