import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Language } from '../domain/language.ts';
import { hostOf, type Host, type TokenProvider } from '../host/port.ts';
import { VERSION } from './version.ts';

/** Facts that any page may hear; none of them holds an answer, a text or an identity. */
export interface KringEventMap {
  /** The element can be used. */
  'kring-ready': CustomEvent<Record<string, never>>;
  /** A ballot lies in the box. */
  'kring-sent': CustomEvent<Record<string, never>>;
  /** Something failed; the kind is one of the server's problem kinds, or the element's own such as `offline`. */
  'kring-error': CustomEvent<{ readonly kind: string }>;
}

declare global {
  interface HTMLElementEventMap extends KringEventMap {}
  interface DocumentEventMap extends KringEventMap {}
  interface WindowEventMap extends KringEventMap {}
}

const SETTINGS = {
  server: { reflect: true },
  team: { reflect: true },
  lang: { reflect: true, useDefault: true },
  tokenUrl: { attribute: 'token-url', reflect: true },
  ballotKey: { attribute: 'ballot-key', reflect: true },
  getToken: { attribute: false },
} as const;

// A page that listens learns that something was pressed in an element, and not what: an event's path would show the very
// point that was chosen. A closed root hides it as well, but from whatever tests the page for accessibility too.
const { composedPath } = Event.prototype;
// Where a page froze its own ground, that stays as it is.
Reflect.set(Event.prototype, 'composedPath', function (this: Event) {
  const path = composedPath.call(this);
  return path.slice(path.findLastIndex((one, at) => at === 0 || one instanceof KringElement));
});

/** What tells letter by letter what is being written: it bubbles no further than the element. */
const TYPED = [
  'keydown', 'keypress', 'keyup', 'beforeinput', 'textInput', 'input', 'paste', 'cut', 'copy', 'drop',
  'compositionstart', 'compositionupdate', 'compositionend',
];

/**
 * What all elements share: their host, their texts and their events. `Texts` is the shape of the element's texts, of
 * which only those of the language in use are loaded.
 *
 * Reactive properties are a list here and not decorators, which would cost half a kilobyte of the thirteen that a form
 * may weigh.
 */
export abstract class KringElement<Texts> extends LitElement {
  static readonly version: string = VERSION;

  static override properties: PropertyDeclarations = SETTINGS;

  /** Address of the Leerkring server. May stand on an ancestor. */
  declare server?: string;

  /** The team meant. May stand on an ancestor. */
  declare team?: string;

  /** Language, a BCP 47 tag. May stand on an ancestor. */
  override lang = '';

  /** Address on the page's own site that answers with `{"token": "..."}`. May stand on an ancestor. */
  declare tokenUrl?: string;

  /** Fingerprint of the ballot key that this page trusts. May stand on an ancestor. */
  declare ballotKey?: string;

  /** A callback that hands over a token of the person who is signed in; instead of `token-url`. */
  declare getToken?: TokenProvider;

  /** The texts in the language in use, once they are there. */
  protected texts: Texts | undefined;

  /** Where the element lives; there from before the first `load`. */
  protected host!: Host;

  #settling: Promise<void> | undefined;

  protected abstract readonly loadTexts: (language: Language) => Promise<Texts>;

  /** Fetches what the element shows. Called when it is connected and whenever one of its settings changes. */
  protected abstract load(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of TYPED) this.renderRoot.addEventListener(type, stayIn);
    addEventListener('online', this.#online);
    this.#settleSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#online);
  }

  protected override willUpdate(changed: PropertyValues): void {
    // What was set before the first update was read on connecting; after it, a page changed its mind.
    if (this.hasUpdated && Object.keys(SETTINGS).some((name) => changed.has(name))) this.#settleSoon();
  }

  /** The network is back: what could not be fetched is fetched. */
  protected whenOnline(): void {
    if (!this.texts) this.#settleSoon();
  }

  protected announce<K extends keyof KringEventMap>(type: K, detail: KringEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** One microtask later, so that settings changed together are read together, after they were reflected. */
  #settleSoon(): void {
    this.#settling ??= Promise.resolve().then(async () => {
      this.#settling = undefined;
      if (this.isConnected) await this.#settle();
    });
  }

  async #settle(): Promise<void> {
    this.host = hostOf(this);
    await Promise.all([this.#fetchTexts(this.host.language), this.load()]);
    this.requestUpdate();
  }

  async #fetchTexts(language: Language): Promise<void> {
    try {
      const texts = await this.loadTexts(language);
      if (language !== this.host.language) return;
      this.texts = texts;
      this.requestUpdate();
    } catch {
      // Without texts there is nothing to say it with; `whenOnline` tries again.
      this.announce('kring-error', { kind: 'offline' });
    }
  }

  readonly #online = (): void => {
    this.whenOnline();
  };
}

/** Nor does a letter set off the page's short cuts. A key with a name, such as Escape, and Ctrl+K are the page's as well. */
function stayIn(event: Event & Partial<Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>>): void {
  // An arrow tells which point it goes to.
  if ((!event.key?.[1] || event.key.startsWith('Arrow')) && !event.ctrlKey && !event.metaKey) event.stopPropagation();
}
