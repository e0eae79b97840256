import { LIMITS } from './limits.ts';

/** Whether a text is free of what no database keeps: control characters, and halves of surrogate pairs. */
export function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** Whether a text can be a key: of a link, say, that anybody may have written. */
export function isKey(text: string): boolean {
  return text !== '' && text.length <= LIMITS.key && isPlain(text);
}
