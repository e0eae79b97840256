import { folded } from '../learning-log/words.ts';

/**
 * A name as it is looked for by the beginning of any of its words: in lower case, without accents, and with a space before
 * each word, after a hyphen or an apostrophe too: ` anne- sophie o' brien`.
 */
export function searchName(name: string): string {
  const spaced = folded(name)
    .replace(/[^\p{L}\p{N}\s]+/gu, '$& ')
    .replace(/\s+/g, ' ');
  return ` ${spaced.trim()}`;
}

/** The pattern of names of which a word begins so: what is typed stands for itself, wildcards too. */
export function searchPattern(typed: string): string {
  return `%${searchName(typed).replace(/[\\%_]/g, '\\$&')}%`;
}
