import { LANGUAGES, pickLanguage, type Language } from '../../domain/language.ts';

/** `contrast` is Teams' high contrast; `intranet` a site that knows other colours and letters than ours. */
export const THEMES = ['light', 'dark', 'contrast', 'intranet'] as const;
export type Theme = (typeof THEMES)[number];

/** Widths of the stage in CSS pixels, from the narrowest column to a whole page; `fit` is as wide as there is room. */
export const WIDTHS = [280, 320, 480, 640, 800, 1000, 1200] as const;
export const NARROWEST = WIDTHS[0];
export const WIDEST = 1200;

/** Percentages of the host's own text size. */
export const SIZES = [100, 125, 150, 175, 200] as const;

/** All that can be chosen, and all that the address says. */
export interface Choices {
  /** Folder of a widget; without one, all are listed. */
  readonly widget?: string;
  /** Name of a state; without one, all states of the widget are shown. */
  readonly state?: string;
  readonly theme: Theme;
  readonly width: number | 'fit';
  readonly language: Language;
  readonly size: number;
}

/**
 * Reads the choices from an address' query. What is missing, unknown or out of range is as it comes.
 * @param preferred languages of the person, for an address that names none
 */
export function choicesIn(query: string, preferred: readonly string[]): Choices {
  const given = new URLSearchParams(query);
  const [widget, state] = [given.get('widget'), given.get('state')];
  return {
    ...(widget ? { widget } : {}),
    ...(widget && state ? { state } : {}),
    theme: THEMES.find((theme) => theme === given.get('theme')) ?? 'light',
    width: numberIn(given.get('width'), NARROWEST, WIDEST) ?? 'fit',
    language: LANGUAGES.find((language) => language === given.get('lang')) ?? pickLanguage(preferred),
    size: numberIn(given.get('size'), SIZES[0], 200) ?? SIZES[0],
  };
}

/** The query of an address for these choices. */
export function linkTo({ widget, state, theme, width, language, size }: Choices): string {
  const query = new URLSearchParams();
  if (widget !== undefined) query.set('widget', widget);
  if (widget !== undefined && state !== undefined) query.set('state', state);
  query.set('lang', language);
  if (theme !== 'light') query.set('theme', theme);
  if (width !== 'fit') query.set('width', String(width));
  if (size !== SIZES[0]) query.set('size', String(size));
  return `?${query.toString()}`;
}

function numberIn(text: string | null, lowest: number, highest: number): number | undefined {
  if (text === null || !/^\d+$/.test(text)) return undefined;
  return Math.min(highest, Math.max(lowest, Number(text)));
}
