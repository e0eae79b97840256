import type { Context } from 'hono';
import { pickLanguage, type Language } from '../../domain/language.ts';

/** The language asked for, by RFC 9110 section 12.5.4, quality values included. */
export function languageOf(context: Context): Language {
  const tags = (context.req.header('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  return pickLanguage(tags);
}
