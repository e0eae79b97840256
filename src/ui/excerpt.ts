/** Characters of an entry that name it. */
const LINE = 72;

/** In the place of a mark that its author took the meaning of, until the others are gone: of the area for private use. */
const PLAIN = 0xe000;

/**
 * The beginning of a text without the marks that its Markdown is made of. Where it was cut, so may have been what
 * stands at its end.
 */
export function unmarked(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => String.fromCharCode(PLAIN + mark.charCodeAt(0)))
    .replace(/^ {0,3}(?:```|~~~).*$/gm, '')
    .replace(/^ {0,3}(?:=+|(?:[-*_] *){3,})$/gm, '')
    .replace(/^ {0,3}\[[^\]\n]+\]:.*$/gm, '')
    .replace(/^ *(?:(?:#{1,6}|[-+*]) +|> ?)+/gm, '')
    .replace(/!?\[([^[\]\n]*)\](?:\((?:[^()\n]|\([^()\n]*\))*(?:\)|$)|\[[^[\]\n]*(?:\]|$))/g, '$1')
    .replace(/!?\[([^[\]\n]*)$/, '$1')
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]*)(?:>|$)/g, '$1')
    .replace(/(\*\*|__|`+)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^\n*_]*[^\s*_])\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/(?<=^|\s)(?:\*\*|__|`)(?=\S[^\n]*$)/, '')
    .replace(/[\ue021-\ue07e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - PLAIN))
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

/** So much of it, on one line, that one knows which it is. */
export function short(excerpt: string): string {
  const [line = ''] = unmarked(excerpt).split('\n');
  return line.length > LINE ? `${whole(line.slice(0, LINE - 1)).replace(/\s+\S*$/, '')}…` : line;
}

/** What was cut by length, without half a character at its end. */
export const whole = (cut: string) => cut.replace(/[\ud800-\udbff]$/, '');
