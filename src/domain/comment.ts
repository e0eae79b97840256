/** The longest comment, in UTF-16 code units, as a text field counts. Apart, so that a form takes nothing else along. */
export const COMMENT_LENGTH = 2000;

/**
 * A comment as it can be kept and shown: without control characters (a database refuses NUL), with halves of surrogate
 * pairs replaced (a text that was cut inside an emoji has one), and without white space around it.
 */
export function plainComment(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}
