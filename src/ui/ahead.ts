/**
 * Asks for what the elements that are on the page already will ask for. An entry does so before it runs anything else:
 * until its elements live, the answers are on their way.
 * @param ask returns the requests of one element
 * @returns settled when the answers are there; nothing where nobody waits
 */
export function askAhead(tag: string, ask: (element: HTMLElement) => readonly Promise<unknown>[]): Promise<unknown> | undefined {
  // One that can't ask, because its address is none, keeps no other from living.
  const asked = Array.from(document.querySelectorAll<HTMLElement>(tag), async (element) => Promise.all(ask(element)));
  return asked[0] && Promise.allSettled(asked);
}
