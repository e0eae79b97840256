import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** What can be searched of an entry. */
export interface Searchable {
  readonly text: string;
  readonly different?: string | undefined;
  readonly project?: string | undefined;
  readonly tags: readonly string[];
}

/** Lower case and without accents, so that `cafe` finds `Café`: a text is folded in the same way as what is looked for. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** All that can be searched of an entry, folded: a line each, in which words are one space apart. */
export function searchText({ text, different = '', project = '', tags }: Searchable): string {
  return [text, different, project, ...tags].map((one) => folded(one).replace(/\s+/g, ' ')).join('\n');
}

/** The words of a folded text, stemmed by PostgreSQL's Dutch and its English dictionary: nobody says what language an entry is in. */
export function vectorOf(search: string | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`strip(to_tsvector('dutch', ${search}) || to_tsvector('english', ${search}))`;
}

/** Something that is looked for, folded: a word, or words in a row, which were put between quotation marks. */
export interface Term {
  readonly text: string;
  readonly quoted: boolean;
}

/** Everything that is looked for, once. */
export function termsOf(search: string): Term[] {
  // Control characters stand in no entry, and no database takes them all.
  const typed = folded(search).replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ');
  const terms = [...typed.matchAll(/["“”„]([^"“”„]*)["“”„]|[^ "“”„]+/g)].map(([text, inside]) => ({
    text: (inside ?? text).trim(),
    quoted: inside !== undefined,
  }));
  return terms.filter(({ text }, at) => text !== '' && terms.findIndex((one) => one.text === text) === at);
}

/** From so many characters on, something is found within a longer word: of less, there is some in nearly every text. */
const PART = 4;

/**
 * Whether `log_entry.vector` or `log_entry.search` has all that is looked for, or its author is called so. Each word is
 * found by its stem in either language or as a part of a longer word, such as half of a compound. As they stand are looked
 * for: words in a row, and what neither dictionary takes for a word, such as *in*, or a smiley.
 * @param authors who is called what is looked for, by their ids
 */
export function finds(terms: readonly Term[], authors: ReadonlyMap<Term, readonly string[]>): RawBuilder<SqlBool> {
  const each = terms.map((term) => {
    const { text, quoted } = term;
    const called = authors.get(term) ?? [];
    const byName = called.length > 0 ? sql` or log_entry.author = any(${sql.val(called)}::text[])` : sql``;
    const asItStands = sql`log_entry.search like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`;
    if (quoted) return sql`(${asItStands}${byName})`;
    const stems = sql`(plainto_tsquery('dutch', ${text}) || plainto_tsquery('english', ${text}))`;
    const part = [...text].length >= PART ? asItStands : sql`(numnode(${stems}) = 0 and ${asItStands})`;
    return sql`(log_entry.vector @@ ${stems} or ${part}${byName})`;
  });
  return sql<SqlBool>`(${sql.join(each, sql` and `)})`;
}
