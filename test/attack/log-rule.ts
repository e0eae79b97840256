import type { Endorsement, EntryKind, HelpKind, Scope } from '../../src/domain/learning-log.ts';
import type { Role } from '../../src/domain/roster.ts';

/*
 * Who may see what of a learning log, in plain lists, as somebody would explain it who has never seen the server. What
 * the routes answer is held against it.
 */

export interface PlainEntry {
  readonly id: string;
  readonly author: string;
  readonly createdAt: number;
  /** When it last came to people to whom it was new: to all but its author, it began then. */
  sharedAt: number;
  changedAt: number | undefined;
  scope: Scope;
  team: string | undefined;
  /** Colleagues that it names. */
  named: Set<string>;
  kind: EntryKind;
  /** A word that stands in its text, its project and its tag, and nowhere else. */
  word: string;
  /** Words that stood there in earlier versions: for its author alone. */
  earlier: string[];
  version: number;
  deleted: boolean;
  readonly posts: PlainPost[];
  readonly helps: PlainHelp[];
  readonly endorsed: Map<string, Endorsement>;
  readonly trying: Set<string>;
  readonly opened: Set<string>;
}

export interface PlainPost {
  readonly id: string;
  readonly author: string;
  readonly word: string;
  readonly help: string | undefined;
  deleted: boolean;
}

export interface PlainHelp {
  readonly id: string;
  readonly kind: HelpKind;
  readonly word: string | undefined;
  readonly asked: string[];
}

export interface Plain {
  /** Where everybody is, who is in the roster: a member of one team, or the leader of one or more. */
  readonly people: Map<string, { role: Role; teams: string[] }>;
  readonly entries: PlainEntry[];
}

export function isIn({ people }: Plain, person: string, team: string | undefined): boolean {
  return people.get(person)?.teams.some((one) => one === team) ?? false;
}

/** The rule. */
export function maySee(plain: Plain, entry: PlainEntry, person: string): boolean {
  if (!plain.people.has(person) || entry.deleted) return false;
  if (entry.author === person) return true;
  switch (entry.scope) {
    case 'me':
      return false;
    case 'people':
      return entry.named.has(person);
    case 'team':
      return isIn(plain, person, entry.team) || entry.named.has(person);
    case 'organisation':
      return true;
  }
}

/** Whether an audience reaches people whom an entry did not reach before. */
export function reachesMore(before: Pick<PlainEntry, 'scope' | 'team' | 'named'>, after: Pick<PlainEntry, 'scope' | 'team' | 'named'>): boolean {
  const widths: readonly Scope[] = ['me', 'people', 'team', 'organisation'];
  return (
    widths.indexOf(after.scope) > widths.indexOf(before.scope) ||
    (after.scope === 'team' && after.team !== before.team) ||
    [...after.named].some((person) => !before.named.has(person))
  );
}

/** The day on which an entry began for somebody, and when it was changed since. */
export function datesFor(entry: PlainEntry, person: string): { readonly began: number; readonly changed: number | undefined } {
  const { author, createdAt, sharedAt, changedAt } = entry;
  if (author === person) return { began: createdAt, changed: changedAt };
  return { began: sharedAt, changed: changedAt !== undefined && changedAt > sharedAt ? changedAt : undefined };
}

/** A request for help is between who asked it and who were asked. */
export function concerns(entry: PlainEntry, help: PlainHelp, person: string): boolean {
  return entry.author === person || help.asked.includes(person);
}

export function postsSeen(entry: PlainEntry, person: string): PlainPost[] {
  return entry.posts.filter((post) => {
    const help = entry.helps.find(({ id }) => id === post.help);
    return !help || concerns(entry, help, person);
  });
}

/** What is left of a deleted entry for who wrote under it. */
export function postsLeft(entry: PlainEntry, person: string): PlainPost[] {
  return entry.deleted ? entry.posts.filter((post) => post.author === person && !post.deleted) : [];
}

/** Entries that somebody may see, the newest first. */
export function seenBy(plain: Plain, person: string): PlainEntry[] {
  return plain.entries.filter((entry) => maySee(plain, entry, person)).sort((one, other) => other.sharedAt - one.sharedAt || (other.id > one.id ? 1 : -1));
}

/** Every word and every key that may stand in an answer to somebody, whatever is asked. */
export function sayable(plain: Plain, person: string): Set<string> {
  const all = new Set<string>();
  const add = (...texts: readonly (string | undefined)[]) => { for (const text of texts) if (text !== undefined) all.add(text); };
  for (const entry of plain.entries) {
    const sees = maySee(plain, entry, person);
    if (sees) {
      add(entry.id, entry.word);
      if (entry.author === person) add(...entry.earlier);
      for (const help of entry.helps) if (concerns(entry, help, person)) add(help.id, help.word);
    }
    for (const post of sees ? postsSeen(entry, person) : postsLeft(entry, person)) add(post.id, entry.id, post.deleted ? undefined : post.word);
    // One's own doings, which an export tells by the keys of the entries: never by a word of them.
    const own = entry.posts.filter(({ author }) => author === person);
    for (const { id, word, help, deleted } of own) if (!deleted) add(id, word, entry.id, help);
    if (entry.opened.has(person) || entry.endorsed.has(person)) add(entry.id);
    for (const help of entry.helps) if (help.asked.includes(person)) add(entry.id);
  }
  return all;
}
