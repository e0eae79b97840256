import { Temporal } from 'temporal-polyfill';

/** When the rounds of a series open and close: data, in the organisation's own wall-clock time. */
export interface Cadence {
  /** The day on which the first round opens, `YYYY-MM-DD`: the anchor from which every round is reckoned. */
  readonly startDate: string;
  /** How many units lie between two openings, from 1 to 120. */
  readonly every: number;
  readonly unit: 'week' | 'month';
  /** `HH:MM`, from 00:00 to 23:59. */
  readonly opens: string;
  /** `HH:MM`, on the day that lies `openDays` days after the opening. */
  readonly closes: string;
  /** 0 closes on the day of the opening. */
  readonly openDays: number;
  /** A name of the IANA time zone database, such as `Europe/Amsterdam`. */
  readonly timeZone: string;
}

/** One round's times: open from `opensAt` on, no longer open at `closesAt`. */
export interface Occurrence {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

export interface NumberedOccurrence extends Occurrence {
  /** From 0. */
  readonly number: number;
}

const MOST_UNITS = 120;
const DAY = 24 * 60;

/** The Gregorian calendar repeats itself after 400 years (and after whole weeks). */
const CALENDAR_CYCLE_MONTHS = 400 * 12;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * The times of round `n` (from 0), reckoned from the anchor and never from the round before it: a series that starts
 * on 31 January goes on at the end of February and then on 31 March.
 *
 * Wall-clock times are kept over a change to or from summer time. A time that the clock skips is taken as much later,
 * a time that occurs twice is the first of the two (Temporal's 'compatible'). Two things are put right after that: a
 * round that the skipped hour would leave without any time keeps its length, and a closing that the skipped hour would
 * carry past the next opening comes at that opening.
 * @throws RangeError when `cadenceProblem` has something to say, or the time is beyond what a `Date` can hold.
 */
export function occurrence(cadence: Cadence, n: number): Occurrence {
  const opensAt = openingOf(cadence, n);
  const planned = instantOf(cadence, openingDate(cadence, n).add({ days: cadence.openDays }), cadence.closes);
  const closing = planned > opensAt ? planned : opensAt + openMinutes(cadence) * 60_000;
  return { opensAt: new Date(opensAt), closesAt: new Date(Math.min(closing, openingOf(cadence, n + 1))) };
}

/** The round that is open at `now`, if one is. */
export function occurrenceAt(cadence: Cadence, now: Date): NumberedOccurrence | undefined {
  const number = latestOpened(cadence, now);
  if (number < 0) return undefined;
  const found = occurrence(cadence, number);
  return now < found.closesAt ? { number, ...found } : undefined;
}

/** The first round that opens after `now`; one that opens at `now` is open already. */
export function nextOccurrence(cadence: Cadence, now: Date): NumberedOccurrence {
  const number = latestOpened(cadence, now) + 1;
  return { number, ...occurrence(cadence, number) };
}

/** What is wrong with a cadence, in a sentence that begins with the field; undefined when nothing is. */
export function cadenceProblem(cadence: Cadence): string | undefined {
  const { startDate, every, opens, closes, openDays, timeZone } = cadence;
  // A cadence may come from outside, where a unit can be any text.
  const unit: string = cadence.unit;
  if (!DATE.test(startDate) || !isDate(startDate)) {
    return `startDate: '${startDate}' is not a day that exists; write it as YYYY-MM-DD.`;
  }
  if (!Number.isInteger(every) || every < 1 || every > MOST_UNITS) {
    return `every: ${every} is not a whole number from 1 to ${MOST_UNITS}.`;
  }
  if (unit !== 'week' && unit !== 'month') return `unit: '${unit}' is neither 'week' nor 'month'.`;
  if (!TIME.test(opens)) return `opens: '${opens}' is not a time from 00:00 to 23:59, written as HH:MM.`;
  if (!TIME.test(closes)) return `closes: '${closes}' is not a time from 00:00 to 23:59, written as HH:MM.`;
  if (!Number.isInteger(openDays) || openDays < 0) return `openDays: ${openDays} is not a whole number from 0 on.`;
  if (!isTimeZone(timeZone)) {
    return `timeZone: '${timeZone}' is not a known time zone; write it as in Europe/Amsterdam.`;
  }
  if (openMinutes(cadence) <= 0) {
    return `closes: ${closes} is not after the opening at ${opens} on the same day; set openDays to 1 or more.`;
  }
  const shortest = shortestInterval(cadence);
  if (openMinutes(cadence) > shortest * DAY) {
    return `openDays: a round would still be open when the next one opens, as soon as ${shortest} days after it.`;
  }
  return undefined;
}

function openingDate(cadence: Cadence, n: number): Temporal.PlainDate {
  const count = cadence.every * n;
  return Temporal.PlainDate.from(cadence.startDate).add(cadence.unit === 'week' ? { weeks: count } : { months: count });
}

/** Milliseconds since 1970. */
function openingOf(cadence: Cadence, n: number): number {
  return instantOf(cadence, openingDate(cadence, n), cadence.opens);
}

function instantOf(cadence: Cadence, date: Temporal.PlainDate, time: string): number {
  return date.toZonedDateTime({ timeZone: cadence.timeZone, plainTime: time }).epochMilliseconds;
}

/** How long a round is open on the clock on the wall. */
function openMinutes(cadence: Cadence): number {
  return cadence.openDays * DAY + minutes(cadence.closes) - minutes(cadence.opens);
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The number of the last round that has opened by `now`, or -1 before the first. */
function latestOpened(cadence: Cadence, now: Date): number {
  const moment = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const today = moment.toZonedDateTimeISO(cadence.timeZone).toPlainDate();
  const start = Temporal.PlainDate.from(cadence.startDate);
  const passed =
    cadence.unit === 'week' ? start.until(today).days / 7 : start.until(today, { largestUnit: 'month' }).months;
  // A guess, one off at most: the day has not come to the opening hour yet, or a short month moved the day.
  let number = Math.max(-1, Math.floor(passed / cadence.every));
  while (number >= 0 && openingOf(cadence, number) > now.getTime()) number -= 1;
  while (openingOf(cadence, number + 1) <= now.getTime()) number += 1;
  return number;
}

/** Days between the two openings that lie closest together. */
function shortestInterval(cadence: Cadence): number {
  if (cadence.unit === 'week') return cadence.every * 7;
  // No month is shorter than 28 days, so a round within that needs no look at the calendar.
  const least = cadence.every * 28;
  if (openMinutes(cadence) <= least * DAY) return least;
  let shortest = Infinity;
  for (let n = 0; n * cadence.every < CALENDAR_CYCLE_MONTHS; n += 1) {
    shortest = Math.min(shortest, openingDate(cadence, n).until(openingDate(cadence, n + 1)).days);
  }
  return shortest;
}

function isDate(text: string): boolean {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  // Temporal also takes an offset or a whole time stamp here; neither knows summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
