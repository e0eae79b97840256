import { pickLanguage } from '../domain/language.ts';
import { ENTRY_FRAGMENT, type Host, type LinkingHost, type TokenProvider } from './port.ts';

/**
 * The host on any web page. `server`, `team`, `lang`, `ballot-key` and `token-url` stand on the element or on any
 * ancestor; without `server`, it is the server that this file came from.
 */
export function pageHost(element: HTMLElement & { getToken?: TokenProvider | undefined }): Host {
  const tokenUrl = nearest(element, 'token-url');
  return {
    server: new URL(nearest(element, 'server') ?? import.meta.url, document.baseURI).origin,
    language: pickLanguage([nearest(element, 'lang') ?? '', ...navigator.languages]),
    team: nearest(element, 'team'),
    ballotKey: nearest(element, 'ballot-key'),
    token: (options) => {
      if (element.getToken) return element.getToken(options);
      return tokenUrl === undefined ? Promise.resolve(undefined) : tokenFrom(tokenUrl, options?.fresh ?? false);
    },
  };
}

/**
 * The same for a widget that links to entries of the learning log: they open at `log-url`, the page with the full log,
 * which stands on the element or on any ancestor; without it, on the page that the element is in. Apart, because of what
 * the others weigh.
 */
export function linkingPageHost(element: HTMLElement & Partial<Pick<LinkingHost, 'shareEntry'>>): LinkingHost {
  const page = new URL(nearest(element, 'log-url') ?? location.href, document.baseURI);
  return {
    ...pageHost(element),
    entryLink: (id) => new URL(`#${ENTRY_FRAGMENT}=${encodeURIComponent(id)}`, page).href,
    // A page may set it later than the element was there.
    get shareEntry() {
      return element.shareEntry;
    },
  };
}

/** The value of an attribute on the element or the nearest ancestor that has it, through shadow roots. */
function nearest(element: Element | null, attribute: string): string | undefined {
  if (!element) return undefined;
  const value = element.getAttribute(attribute);
  if (value) return value;
  const root = element.getRootNode();
  return nearest(element.parentElement ?? (root instanceof ShadowRoot ? root.host : null), attribute);
}

declare global {
  interface Window {
    kringTokens?: Map<string, Promise<string | undefined>>;
  }
}

// One request serves all widgets of a page: each would ask for the same person's token. Each kind has a build of its own:
// what they share lies on the page, whose own scripts may ask for that token anyway.
const tokens = (window.kringTokens ??= new Map<string, Promise<string | undefined>>());

function tokenFrom(url: string, fresh: boolean): Promise<string | undefined> {
  const known = tokens.get(url);
  if (known && !fresh) return known;
  const asked = askToken(url, fresh);
  tokens.set(url, asked);
  // A token lasts minutes; the next one to ask after it was used up says so by asking for a fresh one.
  asked.catch(() => tokens.delete(url));
  return asked;
}

async function askToken(url: string, fresh: boolean): Promise<string | undefined> {
  const address = new URL(url, document.baseURI);
  if (address.origin !== location.origin) throw new Error('token-url: own site only');
  // Asked in just the way of `<link rel="preload" as="fetch" crossorigin>`, which a page may have begun it with.
  const response = await fetch(address);
  if (!response.ok) {
    // That nobody is signed in is no news to who made the page. A fresh token is asked for after another answer.
    if (!fresh && response.status !== 401) console.warn(`Leerkring: token-url answered ${response.status}`);
    return undefined;
  }
  const { token } = (await response.json()) as { token?: unknown };
  return typeof token === 'string' ? token : undefined;
}
