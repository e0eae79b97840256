import type { Instrument } from './instrument.ts';
import { points } from './instrument.ts';

/** One anonymous set of answers. An item that is absent was left without an answer. */
export interface Answers {
  /** From item key to the chosen point, 1 to the number of points, as chosen: reversing comes later. */
  readonly choices: Readonly<Record<string, number>>;
  readonly comment?: string;
}

/** The answer to an item, if there is one; an item may be called what every object has, such as `constructor`. */
export function choiceOf(answers: Answers, item: string): number | undefined {
  return Object.hasOwn(answers.choices, item) ? answers.choices[item] : undefined;
}

/** What a ballot paper is bound to: it is worth nothing in another round or for another team. */
export interface PaperScope {
  readonly organisation: string;
  readonly round: string;
  readonly team: string;
}

export { COMMENT_LENGTH } from './comment.ts';

/** Bytes of randomness in a ballot's nonce. */
export const NONCE_LENGTH = 32;

const INFO_LABEL = 'leerkring ballot paper v1';

const encoder = new TextEncoder();

/**
 * The public `info` of RFC 9497 section 3.3.3 for one round of one team: every part preceded by its length in bytes
 * (two bytes, big-endian), so that no two scopes share an encoding.
 * @throws RangeError when a part is longer than 65,535 bytes; RFC 9497 allows no longer `info` either.
 */
export function paperInfo(scope: PaperScope): Uint8Array {
  const parts = [INFO_LABEL, scope.organisation, scope.round, scope.team].map((part) => encoder.encode(part));
  const info = new Uint8Array(parts.reduce((length, part) => length + 2 + part.length, 0));
  if (info.length > 0xffff) throw new RangeError('The scope of a ballot paper is too long to encode.');
  let at = 0;
  for (const part of parts) {
    info[at] = part.length >> 8;
    info[at + 1] = part.length & 0xff;
    info.set(part, at + 2);
    at += 2 + part.length;
  }
  return info;
}

/**
 * What is wrong with a set of answers to an instrument, or nothing. The item is named, the answer never: the sentence
 * may end up in a log.
 */
export function answersProblem(instrument: Instrument, answers: Answers): string | undefined {
  const known = new Set(instrument.items.map((item) => item.key));
  const highest = points(instrument);
  for (const [key, value] of Object.entries(answers.choices)) {
    if (!known.has(key)) return `The instrument ${instrument.key} has no item with that key.`;
    if (!Number.isInteger(value) || value < 1 || value > highest) {
      return `The answer to ${key} is not a whole number from 1 to ${highest}.`;
    }
  }
  if (answers.comment !== undefined && !instrument.openQuestion) {
    return `The instrument ${instrument.key} has no open question.`;
  }
  return undefined;
}

/**
 * The answers as one short text that does not depend on the order in which they were given, for a ballot that keeps to
 * the instrument: the chosen points in the order of its items, 0 for no answer, and the comment.
 */
export function encodeAnswers(instrument: Instrument, answers: Answers): string {
  return JSON.stringify([instrument.items.map((item) => choiceOf(answers, item.key) ?? 0), answers.comment ?? '']);
}

export function decodeAnswers(instrument: Instrument, text: string): Answers {
  const [choices, comment] = JSON.parse(text) as [number[], string];
  const given = instrument.items.flatMap((item, index): [string, number][] => {
    const choice = choices[index] ?? 0;
    return choice > 0 ? [[item.key, choice]] : [];
  });
  return { choices: Object.fromEntries(given), ...(comment === '' ? {} : { comment }) };
}
