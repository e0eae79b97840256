import { browserStore, type Store } from '../../../src/client/storage.ts';
import { newKey } from '../draft.ts';

/** What somebody is writing under an entry, with the key under which it is sent: twice is once. */
export interface Draft {
  readonly key: string;
  readonly parts: readonly string[];
}

/** Days that a draft is kept which nobody sends. */
const KEPT = 90;

/**
 * What is being written in a thread, or of an intention: kept on this device until it was sent.
 * @param draftKey names this person's drafts; while it is not known, they last as long as the page
 */
export class Drafts {
  private readonly here = new Map<string, Draft>();

  constructor(
    private readonly draftKey: () => string | undefined,
    private readonly store: Store = browserStore(),
  ) {}

  /** @param parts how many texts it has */
  read(name: string, parts: number): Draft {
    const known = this.here.get(name) ?? (this.kept(name) as Partial<Draft> | undefined);
    const texts = Array.isArray(known?.parts) ? known.parts : [];
    const draft = {
      key: known?.key ?? newKey(),
      parts: Array.from({ length: parts }, (_, index) => (typeof texts[index] === 'string' ? texts[index] : '')),
    };
    this.here.set(name, draft);
    return draft;
  }

  write(name: string, draft: Draft): void {
    this.here.set(name, draft);
    const at = this.at(name);
    if (at === undefined) return;
    if (draft.parts.every((text) => text.trim() === '')) return this.store.remove('draft', at);
    this.store.write('draft', at, { ...draft, until: new Date(Date.now() + KEPT * 86_400_000).toISOString() });
  }

  clear(name: string): void {
    this.here.delete(name);
    const at = this.at(name);
    if (at !== undefined) this.store.remove('draft', at);
  }

  /** Forgets everything that this person is writing under entries. */
  clearAll(): void {
    this.here.clear();
    const start = this.at('');
    if (start === undefined) return;
    for (const name of this.store.names('draft')) if (name.startsWith(start)) this.store.remove('draft', name);
  }

  private kept(name: string): unknown {
    const at = this.at(name);
    return at === undefined ? undefined : this.store.read('draft', at);
  }

  private at(name: string): string | undefined {
    const key = this.draftKey();
    return key === undefined ? undefined : `${key}/thread/${name}`;
  }
}
