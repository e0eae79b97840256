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

/** All that can be searched of an entry, folded. */
export function searchText({ text, different = '', project = '', tags }: Searchable): string {
  return folded([text, different, project, ...tags].join('\n'));
}

/** The words of a folded text, stemmed by PostgreSQL's Dutch and its English dictionary: nobody says what language an entry is in. */
export function vectorOf(search: string | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(to_tsvector('dutch', ${search}) || to_tsvector('english', ${search}))`;
}

/** What is looked for: words, and words in a row where they were put between quotation marks; folded, and each of them once. */
export function termsOf(search: string): string[] {
  const terms = [...folded(search).matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]|[^\s"“”„«»]+/g)].map(([term, quoted]) => quoted ?? term);
  return [...new Set(terms.map((term) => term.trim().replace(/\s+/g, ' ')))].filter((term) => term !== '');
}

/** From so many characters on, something is found within a longer word: of less, there is some in nearly every text. */
const PART = 4;

/**
 * Whether `log_entry.vector` or `log_entry.search` has all that is looked for. Each word is found by its stem in either
 * language or as a part of a longer word, such as half of a compound; words in a row, by their stems in a row or as they
 * stand there. What neither dictionary knows as a word, such as *in*, or a smiley, is looked for as it stands.
 */
export function finds(terms: readonly string[]): RawBuilder<SqlBool> {
  const each = terms.map((term) => {
    const query = sql`(phraseto_tsquery('dutch', ${term}) || phraseto_tsquery('english', ${term}))`;
    const part = sql`log_entry.search like ${`%${term.replace(/[\\%_]/g, '\\$&')}%`}`;
    const asItStands = [...term].length >= PART ? part : sql`(numnode(${query}) = 0 and ${part})`;
    return sql`(log_entry.vector @@ ${query} or ${asItStands})`;
  });
  return sql<SqlBool>`(${sql.join(each, sql` and `)})`;
}
