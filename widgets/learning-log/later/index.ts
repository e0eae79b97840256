import type { LitElement } from 'lit';
import type { Around, Later } from '../parts.ts';
import { Log } from './log.ts';
import { loadWords } from './words.ts';

/** What is under way in each element: a new one takes the place of the last. */
const started = new WeakMap<LitElement, Log>();

/** Fetches what comes under the form, in the element's language, and begins it. */
export async function startLater(around: Around): Promise<Later> {
  const words = await loadWords(around.language());
  started.get(around.element)?.release();
  const log = new Log(around, words);
  started.set(around.element, log);
  return log;
}
