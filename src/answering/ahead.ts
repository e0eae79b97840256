import { read } from '../client/api.ts';
import { OPEN_ROUNDS_PATH } from '../contract/paths.ts';
import type { Language } from '../domain/language.ts';
import type { HostFactory } from '../host/port.ts';
import { askAhead } from '../ui/ahead.ts';

/**
 * Asks ahead for the rounds and the texts of an answering widget.
 * @param instrument what an element without that attribute asks
 */
export function askRoundsAhead(tag: string, instrument: string, hostOf: HostFactory, texts: (language: Language) => Promise<unknown>) {
  return askAhead(tag, (element) => {
    const host = hostOf(element);
    return [texts(host.language), read(host, OPEN_ROUNDS_PATH, { instrument: element.getAttribute('instrument') ?? instrument }, true)];
  });
}
