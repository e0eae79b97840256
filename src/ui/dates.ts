import type { Language } from '../domain/language.ts';

// British English, because its dates are read as everywhere else in Europe.
const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

/**
 * A day and a time: 'vrijdag 28 november om 17:00'.
 * @param instant ISO 8601
 */
export function dayAndTime(instant: string, language: Language): string {
  return new Date(instant).toLocaleString(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
}
