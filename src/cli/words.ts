/** A moment on the clock of a time zone, such as `Mon 5 January 2026, 09:00`. */
export function momentIn(timeZone: string, moment: Date): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `${day.format(moment).replace(',', '')}, ${clock.format(moment)}`;
}

/** A day, such as `5 January 2026`, as it is in UTC. */
export function dayOf(moment: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }).format(moment);
}

/** How many there are of something, such as `1 person` or `2 people`. */
export function count(number: number, one: string, more: string): string {
  return `${String(number)} ${number === 1 ? one : more}`;
}
