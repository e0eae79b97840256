import type { Language } from '../domain/language.ts';

/** A page's own way to hand over a token: set as a property, never as an attribute or in an address. */
export type TokenProvider = (options?: { readonly fresh: boolean }) => Promise<string | undefined>;

/** What a widget may ask of the place where it lives. A widget knows this and no host. */
export interface Host {
  /** Origin of the Leerkring server, without a slash at the end. */
  readonly server: string;
  readonly language: Language;
  /** The team meant by the page; the roster decides whether this person may see it. */
  readonly team: string | undefined;
  /** The fingerprint of the ballot key that the page pins, if it pins one. */
  readonly ballotKey: string | undefined;
  /**
   * A bearer token of the person who is signed in to the host, or nothing when nobody is. Asking for a fresh one
   * says that the server refused the last.
   */
  token(options?: { readonly fresh: boolean }): Promise<string | undefined>;
}

/** The host of a widget that links to entries of the learning log. */
export interface LinkingHost extends Host {
  /** An address that opens an entry, for whoever may see it. */
  entryLink(id: string): string;
  /** The host's own way of sharing an entry with others, where it has one. */
  readonly shareEntry: ((id: string) => Promise<void>) | undefined;
}

/** What names the entry in the fragment of such an address. */
export const ENTRY_FRAGMENT = 'kring-entry';

export type HostFactory = (element: HTMLElement) => Host;

let factory: HostFactory | undefined;

/** Chooses the host for every widget of this bundle. The first wins: an entry chooses before its widgets do. */
export function provideHost(chosen: HostFactory): void {
  factory ??= chosen;
}

/** The host of a widget, which is asked for anew whenever the widget is connected. */
export function hostOf(element: HTMLElement): Host {
  if (!factory) throw new Error('Call provideHost first.');
  return factory(element);
}
