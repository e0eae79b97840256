import { read } from '../client/api.ts';
import { OPEN_ROUNDS_PATH } from '../contract/paths.ts';
import type { HostFactory } from '../host/port.ts';
import { answeringTexts } from './texts.ts';

/**
 * Asks for the rounds and the texts of the elements that are on the page already. An entry does so before it runs
 * anything else: until its elements live, the answers are on their way.
 * @param instrument what an element without that attribute asks
 * @returns settled when the answers are there; nothing where nobody waits
 */
export function askAhead(tag: string, instrument: string, hostOf: HostFactory): Promise<unknown> | undefined {
  const asked = Array.from(document.querySelectorAll<HTMLElement>(tag), (element) => {
    const host = hostOf(element);
    answeringTexts(host.language).catch(() => undefined);
    return read(host, OPEN_ROUNDS_PATH, { instrument: element.getAttribute('instrument') ?? instrument }, true);
  });
  return asked[0] && Promise.allSettled(asked);
}
