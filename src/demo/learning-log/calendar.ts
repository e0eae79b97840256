import { Temporal } from 'temporal-polyfill';
import type { DemoEntry, When } from './entry.ts';

const TIME_ZONE = 'Europe/Amsterdam';

/** Minutes of the day at which somebody can begin to write: the morning, which leaves the afternoon for what comes after. */
const FROM = 8 * 60 + 10;
const UNTIL = 12 * 60 + 10;

/** Minutes from one thing that happens with an entry to the next on the same day. */
const APART = 31;

/** When an entry of the demo was written, and when each thing that came after happened: on working days, by day. */
export function momentsOf({ when, then = [], text }: DemoEntry, now: Date): { readonly written: Date; readonly acts: readonly Date[] } {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const day = dayOf(when, today);
  // Always the same for an entry, and not the same for all.
  const minute = FROM + ((text.length * 37) % (UNTIL - FROM));
  return {
    written: at(day, minute),
    acts: then.map(({ after }, index) => {
      const before = then.slice(0, index).filter((one) => one.after === after).length;
      return at(workingDays(day, after), minute + (before + 1) * APART);
    }),
  };
}

/** The beginning of a working day, some days back. */
export function morningOf(workingDaysAgo: number, now: Date): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  return at(workingDays(today, -workingDaysAgo), FROM - 30);
}

/** A date so many working days after a moment. */
export function dateAfter(moment: Date, days: number): string {
  const day = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  return workingDays(day, days).toString();
}

function dayOf(when: When, today: Temporal.PlainDate): Temporal.PlainDate {
  if ('workingDaysAgo' in when) return workingDays(today, -when.workingDaysAgo);
  const first = today.with({ day: 1 }).subtract({ months: when.monthsAgo });
  return workingDays(first.subtract({ days: 1 }), when.workingDay);
}

function workingDays(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  const step = { days: Math.sign(count) };
  let at = day;
  for (let left = Math.abs(count); left > 0; left -= at.dayOfWeek <= 5 ? 1 : 0) at = at.add(step);
  return at;
}

function at(day: Temporal.PlainDate, minute: number): Date {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return new Date(day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time }).epochMilliseconds);
}
