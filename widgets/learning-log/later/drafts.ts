import { browserStore, type Perishable, type Store } from '../../../src/client/storage.ts';
import { newKey, UNOWNED } from '../draft.ts';

/** What somebody is writing under an entry, with the key under which it is sent: twice is once. */
export interface Draft {
  readonly key: string;
  readonly parts: readonly string[];
}

interface Kept extends Perishable {
  readonly parts: readonly string[];
}

interface Held {
  readonly draft: Draft;
  /** The draft as it was kept, or read, here last. */
  readonly seen: string | undefined;
}

/** Days that a draft is kept which nobody sends. */
const KEPT = 90;

/**
 * What is being written in a thread, or of an intention: kept on this device until it was sent.
 * @param draftKey names this person's drafts; while it is not known, they last as long as the page
 */
export class Drafts {
  /** By whose it is and its name: what one person writes is never read by the next. */
  private readonly here = new Map<string, Held>();

  constructor(
    private readonly draftKey: () => string | undefined,
    private readonly store: Store = browserStore(),
  ) {}

  /** @param parts how many texts it has */
  read(name: string, parts: number): Draft {
    const { draft } = this.held(name);
    return { key: draft.key, parts: Array.from({ length: parts }, (_, index) => draft.parts[index] ?? '') };
  }

  write(name: string, parts: readonly string[]): void {
    const { draft, seen } = this.held(name);
    // Another tab went on with it, or sent it: this becomes a draft of its own, and neither is lost.
    this.keep(name, { key: this.stored(name, draft.key) === seen ? draft.key : newKey(), parts });
  }

  /** The server has what was sent. What was written since goes on as another draft. */
  sent(name: string, draft: Draft): void {
    const { draft: now, seen } = this.held(name);
    if (now.key !== draft.key) return;
    // Unless another tab went on with it.
    if (this.stored(name, draft.key) === seen) this.remove(name, draft.key);
    const more = JSON.stringify(now.parts) !== JSON.stringify(draft.parts);
    this.keep(name, { key: newKey(), parts: more ? now.parts : [] });
  }

  /** An earlier try did arrive, and said something else: what stands here now is another one. */
  renew(name: string, draft: Draft): void {
    this.sent(name, { ...draft, parts: [] });
  }

  /**
   * Another tab kept something, or sent it.
   * @returns whether anything is otherwise here
   */
  elsewhere(): boolean {
    const whose = this.at('');
    let other = false;
    for (const [at, { draft, seen }] of this.here) {
      if (whose === undefined || !at.startsWith(whose)) continue;
      const name = at.slice(whose.length);
      if (this.stored(name, draft.key) === seen) continue;
      this.here.set(at, this.kept(name, draft.key) ?? fresh());
      other = true;
    }
    return other;
  }

  /** Another person is here: nothing lasts but what is kept. */
  forget(): void {
    this.here.clear();
  }

  /** Takes away everything that this person wrote in this browser and that no server keeps, entries too. */
  clearAll(): void {
    const owner = this.draftKey();
    this.forget();
    if (owner === undefined) return;
    const { store } = this;
    for (const name of store.names('draft')) {
      if (name.startsWith(`${owner}/thread/`) || name.startsWith(`log:${owner}:`) || this.isBefore(name, owner)) store.remove('draft', name);
    }
    for (const name of store.names('entry')) if (name.startsWith(`${owner}:`)) store.remove('entry', name);
  }

  /** Whether it was written by this person before the page knew who that was: the one who was here last. */
  private isBefore(name: string, owner: string): boolean {
    if (!name.startsWith(UNOWNED)) return false;
    const { by = owner } = (this.store.read('draft', name) ?? {}) as { readonly by?: string };
    return by === owner;
  }

  private held(name: string): Held {
    const at = this.at(name);
    const known = this.here.get(at ?? name);
    if (known) return known;
    if (at === undefined) return this.hold(name, fresh());
    // Written before it was known whose it is.
    const before = this.here.get(name);
    this.here.delete(name);
    if (before) return this.keep(name, before.draft);
    const key = this.store.names('draft').find((one) => one.startsWith(`${at}:`))?.slice(at.length + 1);
    return this.hold(name, (key === undefined ? undefined : this.kept(name, key)) ?? fresh());
  }

  private hold(name: string, held: Held): Held {
    this.here.set(this.at(name) ?? name, held);
    return held;
  }

  private keep(name: string, draft: Draft): Held {
    const at = this.at(name);
    const until = new Date(Date.now() + KEPT * 86_400_000).toISOString();
    if (draft.parts.every((text) => text.trim() === '')) this.remove(name, draft.key);
    else if (at !== undefined) this.store.write('draft', `${at}:${draft.key}`, { parts: draft.parts, until } as Kept);
    return this.hold(name, { draft, seen: this.stored(name, draft.key) });
  }

  private kept(name: string, key: string): Held | undefined {
    const seen = this.stored(name, key);
    if (seen === undefined) return undefined;
    const { parts } = JSON.parse(seen) as { readonly parts?: unknown };
    return { draft: { key, parts: Array.isArray(parts) ? parts.map((text: unknown) => (typeof text === 'string' ? text : '')) : [] }, seen };
  }

  private stored(name: string, key: string): string | undefined {
    const at = this.at(name);
    return at === undefined ? undefined : JSON.stringify(this.store.read('draft', `${at}:${key}`));
  }

  private remove(name: string, key: string): void {
    const at = this.at(name);
    if (at !== undefined) this.store.remove('draft', `${at}:${key}`);
  }

  private at(name: string): string | undefined {
    const key = this.draftKey();
    return key === undefined ? undefined : `${key}/thread/${name}`;
  }
}

function fresh(): Held {
  return { draft: { key: newKey(), parts: [] }, seen: undefined };
}
