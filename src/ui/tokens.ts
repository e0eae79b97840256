import { css } from 'lit';

/**
 * The semantic tokens, light and dark. An intranet maps its own colours by setting `--kring-*` on any ancestor: those
 * win, since the inner names `--_*` only fall back on ours. `color-scheme` of the page, or `data-theme="dark"`
 * (or `light`) on the element, chooses between light and dark; without either it is the person's own preference.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;

    --_surface: var(--kring-surface, #fff);
    --_raised: var(--kring-raised, #fff);
    --_text: var(--kring-text, #1d2329);
    --_quiet: var(--kring-quiet, #59626d);
    --_line: var(--kring-line, #dcdad4);
    --_edge: var(--kring-edge, #767c84);
    --_accent: var(--kring-accent, #0b6a66);
    --_accent-soft: var(--kring-accent-soft, #e3f0ef);
    --_on-accent: var(--kring-on-accent, #fff);
    --_data-1: var(--kring-data-1, #0b6a66);
    --_data-2: var(--kring-data-2, #b85c00);
    --_data-3: var(--kring-data-3, #5b4bb5);
    --_data-4: var(--kring-data-4, #767c84);
    --_band: var(--kring-band, #0b6a6626);
    --_radius: var(--kring-radius, 12px);
    --_font: var(--kring-font, 'Segoe UI', system-ui, sans-serif);
  }
`;
