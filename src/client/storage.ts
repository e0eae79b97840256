/** The prefix of all that this kit keeps in a browser. */
const PREFIX = 'kring:';

/** Answers that are on their way, by the key that names their draft. */
export const OUTBOX_PREFIX = 'outbox:';

/** Where answers are kept that were not sent yet. */
export const draftStoreKey = (draftKey: string) => `draft:${draftKey}`;

/** What the kit keeps in this browser: JSON by key, each with the moment after which it is of no use. */
export interface Store {
  /** Whether what is written outlives the page. Turns false when the browser refuses, once and for all. */
  readonly kept: boolean;
  read(key: string): unknown;
  write(key: string, value: Perishable): void;
  remove(key: string): void;
  /** All keys that begin so. */
  keys(prefix: string): string[];
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
  const store: Store = {
    get kept() {
      return kept;
    },
    read(key) {
      const text = memory.get(key) ?? attempt((at) => at.getItem(PREFIX + key));
      return text ? parsed(text) : undefined;
    },
    write(key, value) {
      const text = JSON.stringify(value);
      memory.delete(key);
      const written = attempt((at) => {
        at.setItem(PREFIX + key, text);
        return true;
      });
      if (written) return;
      memory.set(key, text);
      // An older value would come back after a reload.
      attempt((at) => {
        at.removeItem(PREFIX + key);
      });
    },
    remove(key) {
      memory.delete(key);
      attempt((at) => {
        at.removeItem(PREFIX + key);
      });
    },
    keys(prefix) {
      const there = attempt((at) => Array.from({ length: at.length }, (_, index) => at.key(index) ?? '')) ?? [];
      const ours = there.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
      return [...new Set([...ours, ...memory.keys()])].filter((key) => key.startsWith(prefix));
    },
  };
  attempt((at) => {
    // Some browsers hand over a storage that refuses only when it is written to.
    at.setItem(`${PREFIX}probe`, '1');
    at.removeItem(`${PREFIX}probe`);
  });
  return store;
}

let browser: Store | undefined;

/** The one store of this page. */
export function browserStore(): Store {
  return (browser ??= openStore(() => localStorage));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
