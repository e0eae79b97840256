import { VERSION } from './version.ts';

type Element = CustomElementConstructor & { readonly version: string };

/**
 * Milliseconds that elements on the page wait for what is asked ahead of them: it has to be on its way, since to bring
 * elements to life keeps a browser busy for a while.
 */
const PATIENCE = 70;

/**
 * Registers an element once. A page may load the kit twice, in two versions even: the first stays, and a second one of
 * another version says so instead of throwing.
 * @param asked settled when the answers are there that were asked for ahead
 */
export async function define(tag: `kring-${string}`, element: Element, asked?: Promise<unknown>): Promise<void> {
  if (asked) await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const present = customElements.get(tag) as Partial<Element> | undefined;
  if (!present) {
    customElements.define(tag, element);
  } else if (present.version !== VERSION) {
    console.warn(`<${tag}> has version ${present.version}; ${VERSION} stays out`);
  }
}
