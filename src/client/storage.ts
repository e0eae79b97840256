/** What the kit keeps in a browser: what was not sent yet, and answers and entries on their way. */
export type Kind = 'draft' | 'outbox' | 'entry';

/** JSON by kind and name, each with the moment after which it is of no use. */
export interface Store {
  /** Whether what is written outlives the page. Turns false when the browser refuses, once and for all. */
  readonly kept: boolean;
  read(kind: Kind, name: string): unknown;
  write(kind: Kind, name: string, value: Perishable): void;
  remove(kind: Kind, name: string): void;
  /** The names of all that is kept of a kind. */
  names(kind: Kind): string[];
}

export interface Perishable {
  /** ISO 8601. */
  readonly until: string;
}

/**
 * Over `localStorage`, which can be absent, throw on access, be full, or be refused: then memory holds what the browser
 * would not, and `kept` says so.
 * @param storage hands over the storage; may throw
 */
export function openStore(storage: () => Storage): Store {
  const memory = new Map<string, string>();
  let kept = true;
  const attempt = <T>(act: (at: Storage) => T): T | undefined => {
    try {
      return act(storage());
    } catch {
      kept = false;
      return undefined;
    }
  };
  const remove = (key: string) => {
    memory.delete(key);
    attempt((at) => {
      at.removeItem(key);
    });
  };
  const store: Store = {
    get kept() {
      return kept;
    },
    read(kind, name) {
      const key = keyOf(kind, name);
      return parsed(memory.get(key) ?? attempt((at) => at.getItem(key)));
    },
    write(kind, name, value) {
      const key = keyOf(kind, name);
      // By this browser's clock too, which may be ahead: what was written just now is of use.
      const soonest = new Date(Date.now() + A_DAY).toISOString();
      const text = JSON.stringify(soonest > value.until ? { ...value, until: soonest } : value);
      const written = attempt((at) => {
        at.setItem(key, text);
        return true;
      });
      if (written) return void memory.delete(key);
      // An older draft would come back after a reload. An older outbox is the same ballot, a step earlier on its way.
      if (kind === 'draft') remove(key);
      memory.set(key, text);
    },
    remove(kind, name) {
      remove(keyOf(kind, name));
    },
    names(kind) {
      const there = attempt((at) => Array.from({ length: at.length }, (_, index) => at.key(index) ?? '')) ?? [];
      const start = keyOf(kind, '');
      const keys = new Set([...there, ...memory.keys()]);
      return [...keys].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
    },
  };
  attempt((at) => {
    // Some browsers hand over a storage that refuses only when it is written to.
    at.setItem(PROBE, '');
    at.removeItem(PROBE);
  });
  return store;
}

/** Milliseconds that anything is kept at least. */
const A_DAY = 86_400_000;

const PROBE = 'kring:probe';

const keyOf = (kind: Kind, name: string) => `kring:${kind}:${name}`;

function parsed(text: string | null | undefined): unknown {
  try {
    // To throw takes a browser longer than all the rest.
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a person can still answer in a round: the paper was not taken, or it was taken by what waits in this browser,
 * which the server did not accept.
 */
export function canAnswer(round: { readonly paper: 'available' | 'taken'; readonly draftKey: string }, store: Store): boolean {
  return round.paper === 'available' || store.read('outbox', round.draftKey) !== undefined;
}

let browser: Store | undefined;

/** The one store of this page. */
export function browserStore(): Store {
  return (browser ??= openStore(() => localStorage));
}
