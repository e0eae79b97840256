import { sql, type RawBuilder } from 'kysely';

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
