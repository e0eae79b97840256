import { svg, type TemplateResult } from 'lit';
import type { Scope } from '../../src/domain/learning-log.ts';

/** How far something reaches, in the form of the mark: a ring that is closed around oneself, one more for others, one for all. */
export function circles(scope: Scope): TemplateResult {
  const rings = { me: 1, people: 2, team: 2, organisation: 3 }[scope];
  return svg`<svg class="circles" viewBox="0 0 32 32" aria-hidden="true">
    ${[5.5, 10, 14.5].slice(0, rings).map((radius) => svg`<circle class=${rings === 1 ? 'own' : ''} cx="16" cy="16" r=${radius} />`)}
    <circle class="dot" cx="16" cy="16" r="1.8" />
  </svg>`;
}
