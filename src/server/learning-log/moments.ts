import { ProblemError } from '../http/problems.ts';

/** Moments before this one and from that one on are nobody's, and not every database knows them. */
export const FIRST = Date.UTC(1900, 0);
export const LAST = Date.UTC(9999, 11);

/** @throws ProblemError when there is no such day */
export function momentOf(text: string, pointer: string): Date {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new ProblemError('invalid-request', [{ pointer, detail: 'There is no such moment.' }]);
  return new Date(Math.min(Math.max(moment, FIRST), LAST));
}
