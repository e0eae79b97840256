import type { Language, Localized } from '../domain/language.ts';

/**
 * Texts of which only those of a language in use are fetched, once. What is there already is given without a turn of the
 * event loop, which an `import()` takes every time: in it, a browser would paint a placeholder that nobody needs.
 * @param load fetches those of one language
 */
export function textsOf<T>(load: Localized<() => Promise<{ readonly default: T }>>): (language: Language) => Promise<T> {
  const known: Partial<Record<Language, { readonly default: T }>> = {};
  return async (language) => (known[language] ??= await load[language]()).default;
}
