/** What in a comment could give its author, or a colleague, away. */
export type Hint =
  | { readonly kind: 'name'; readonly found: string }
  | { readonly kind: 'date' | 'phone' | 'email'; readonly found: string };

const EMAIL = /[^\s@<>"',;]+@[^\s@<>"',;]+\.\p{L}{2,}/u;
const PHONE = /(?<![\d\p{L}])(?:\+|00)?\d(?:[\s().-]{0,2}\d){8,14}(?!\d)/u;
const MONTHS =
  'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|' +
  'january|february|march|may|june|july|august|october';
const DATE = new RegExp(
  String.raw`(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|` +
    String.raw`(?<!\d)\d{1,2}(?:st|nd|rd|th|e)?\s+(?:of\s+)?(?:${MONTHS})(?!\p{L})|` +
    String.raw`(?<!\p{L})(?:${MONTHS})\s+\d{1,2}(?!\d)`,
  'iu',
);

/**
 * Looks for names of colleagues, dates, telephone numbers and e-mail addresses in what a person is writing. It runs
 * in the browser alone, and only points out: what is written stays the person's own choice.
 * @param colleagues full names; each part of a name that begins with a capital counts where it is written so
 * @returns at most one hint of each kind
 */
export function hintsIn(text: string, colleagues: readonly string[]): Hint[] {
  const hints: Hint[] = [];
  const name = nameIn(text, colleagues);
  if (name !== undefined) hints.push({ kind: 'name', found: name });
  for (const [kind, pattern] of [['email', EMAIL], ['phone', PHONE], ['date', DATE]] as const) {
    const found = pattern.exec(text)?.[0];
    // A date written in figures alone can be long enough for a telephone number.
    if (found !== undefined && !(kind === 'phone' && DATE.exec(found)?.[0] === found)) hints.push({ kind, found });
  }
  return hints;
}

function nameIn(text: string, colleagues: readonly string[]): string | undefined {
  const words = new Set(text.normalize('NFC').match(/[\p{L}\p{M}’'-]+/gu) ?? []);
  for (const colleague of colleagues) {
    // Capitals tell 'Roos' from 'roos' and leave out 'van der'.
    const parts = colleague.normalize('NFC').split(/\s+/);
    const found = parts.find((part) => part.length > 1 && /^\p{Lu}/u.test(part) && isIn(words, part));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** With the genitive too: "Roos'", 'Roos’', 'Jans'. */
function isIn(words: ReadonlySet<string>, part: string): boolean {
  return [part, `${part}s`, `${part}'s`, `${part}’s`, `${part}'`, `${part}’`].some((form) => words.has(form));
}
