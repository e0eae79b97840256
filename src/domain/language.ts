/** The languages that every text exists in. Adding one is adding its texts; the types then name what is missing. */
export const LANGUAGES = ['nl', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A text in every language. */
export type Localized<T = string> = Readonly<Record<Language, T>>;

/**
 * The best of our languages for a list of BCP 47 tags in order of preference.
 * Only the primary subtag counts: `nl-BE` is Dutch to us.
 */
export function pickLanguage(preferred: readonly string[], fallback: Language = 'en'): Language {
  for (const tag of preferred) {
    const found = LANGUAGES.find((language) => `${tag}-`.toLowerCase().startsWith(`${language}-`));
    if (found) return found;
  }
  return fallback;
}
