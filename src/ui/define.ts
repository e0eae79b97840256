import { VERSION } from './version.ts';

/**
 * Registers an element once. A page may load the kit twice, in two versions even: the first stays, and a second one of
 * another version says so instead of throwing.
 */
export function define(tag: `kring-${string}`, element: CustomElementConstructor & { readonly version: string }): void {
  const present = customElements.get(tag) as (CustomElementConstructor & { readonly version?: string }) | undefined;
  if (!present) {
    customElements.define(tag, element);
  } else if (present.version !== VERSION) {
    console.warn(`<${tag}> is already here in version ${present.version ?? 'unknown'}; version ${VERSION} stays out.`);
  }
}
