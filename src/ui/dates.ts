import type { Language } from '../domain/language.ts';

// British English, because its dates are read as everywhere else in Europe.
const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A moment in words and in the person's own time zone.
 * @param instant ISO 8601
 */
function inWords(instant: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  // To make a format takes a browser a hundred times as long as to use it.
  const key = language + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options);
  formats.set(key, format);
  return format.format(new Date(instant));
}

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
