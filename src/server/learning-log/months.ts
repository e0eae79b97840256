import { ANSWER_MONTHS } from '../../domain/learning-log.ts';

/** The month of a moment, such as `2026-09`: everywhere the same, in UTC. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** When a month begins. */
export function startOf(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`);
}

/** The month so many months after another one, or before it. */
export function monthAfter(month: string, by: number): string {
  const moment = startOf(month);
  moment.setUTCMonth(moment.getUTCMonth() + by);
  return monthOf(moment);
}

/** The moment from which on the intentions of a month are counted: what is answered later changes nothing. */
export function countedAt(month: string): Date {
  return startOf(monthAfter(month, 1 + ANSWER_MONTHS));
}

/** The same moment so many months earlier, or the last day of a month that has no such day. */
export function monthsBefore(moment: Date, months: number): Date {
  const before = new Date(moment);
  before.setUTCDate(1);
  before.setUTCMonth(before.getUTCMonth() - months);
  const last = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate();
  before.setUTCDate(Math.min(moment.getUTCDate(), last));
  return before;
}
