/** Without control characters, which come along unseen with what is pasted and which the server refuses. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u0085]/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\p{Cs}]/gu, '')
    .trim();
}

/** The same in one line. */
export function line(text: string): string {
  return tidy(text).replace(/[\t\n]+/g, ' ');
}
