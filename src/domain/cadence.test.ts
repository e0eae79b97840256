import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cadence } from './cadence.ts';
import { cadenceProblem, nextOccurrence, occurrence, occurrenceAt } from './cadence.ts';

const weekly: Cadence = {
  startDate: '2026-03-16',
  every: 1,
  unit: 'week',
  opens: '09:00',
  closes: '17:00',
  openDays: 4,
  timeZone: 'Europe/Amsterdam',
};
const monthly: Cadence = { ...weekly, unit: 'month', openDays: 0 };

/** Opening and closing in UTC, to the minute. */
function times(cadence: Cadence, n: number): string[] {
  const { opensAt, closesAt } = occurrence(cadence, n);
  return [opensAt, closesAt].map((date) => date.toISOString().slice(0, 16));
}

/** The UTC dates of the first openings. */
function dates(cadence: Cadence, count: number): string[] {
  return Array.from({ length: count }, (_, n) => occurrence(cadence, n).opensAt.toISOString().slice(0, 10));
}

describe('the times of a round', () => {
  it('keeps the clock on the wall when summer time begins', () => {
    assert.deepEqual(times(weekly, 1), ['2026-03-23T08:00', '2026-03-27T16:00']);
    assert.deepEqual(times(weekly, 2), ['2026-03-30T07:00', '2026-04-03T15:00']);
    const overnight: Cadence = { ...weekly, startDate: '2026-03-28', openDays: 1 };
    assert.deepEqual(times(overnight, 0), ['2026-03-28T08:00', '2026-03-29T15:00'], 'an hour shorter');
  });

  it('keeps the clock on the wall when summer time ends', () => {
    const autumn: Cadence = { ...weekly, startDate: '2026-10-24', openDays: 1 };
    assert.deepEqual(times(autumn, 0), ['2026-10-24T07:00', '2026-10-25T16:00'], 'an hour longer');
    assert.deepEqual(times(autumn, 1), ['2026-10-31T08:00', '2026-11-01T16:00']);
  });

  it('moves a time that the clock skips on by as much', () => {
    const skipped: Cadence = { ...weekly, startDate: '2026-03-22', opens: '02:30', openDays: 0 };
    assert.deepEqual(times(skipped, 0), ['2026-03-22T01:30', '2026-03-22T16:00']);
    assert.deepEqual(times(skipped, 1), ['2026-03-29T01:30', '2026-03-29T15:00'], '03:30 on the wall');
    assert.deepEqual(times(skipped, 2), ['2026-04-05T00:30', '2026-04-05T15:00']);
  });

  it('takes the first of two when a time occurs twice', () => {
    const twice: Cadence = { ...weekly, startDate: '2026-10-25', opens: '02:30', openDays: 0 };
    assert.deepEqual(times(twice, 0), ['2026-10-25T00:30', '2026-10-25T16:00']);
  });

  it('keeps the length of a round that the skipped hour would swallow', () => {
    const night: Cadence = { ...weekly, startDate: '2026-03-29', opens: '02:30', closes: '03:15', openDays: 0 };
    assert.deepEqual(times(night, 0), ['2026-03-29T01:30', '2026-03-29T02:15']);
  });

  it('closes at the next opening when the skipped hour would carry it past that', () => {
    const full: Cadence = { ...weekly, startDate: '2026-03-22', opens: '03:15', closes: '02:45', openDays: 7 };
    assert.equal(cadenceProblem(full), undefined);
    assert.deepEqual(times(full, 0), ['2026-03-22T02:15', '2026-03-29T01:15']);
    assert.deepEqual(occurrence(full, 0).closesAt, occurrence(full, 1).opensAt);
  });

  it('knows a zone south of the equator, where summer time ends in April', () => {
    const sydney: Cadence = { ...weekly, startDate: '2026-03-30', timeZone: 'Australia/Sydney' };
    assert.deepEqual(times(sydney, 0), ['2026-03-29T22:00', '2026-04-03T06:00']);
    assert.deepEqual(times(sydney, 1), ['2026-04-05T23:00', '2026-04-10T07:00']);
    const spring: Cadence = { ...sydney, startDate: '2026-09-28' };
    assert.deepEqual(times(spring, 0), ['2026-09-27T23:00', '2026-10-02T07:00']);
    assert.deepEqual(times(spring, 1), ['2026-10-04T22:00', '2026-10-09T06:00']);
  });

  it('reckons month ends from the anchor, never from the month before', () => {
    assert.deepEqual(dates({ ...monthly, startDate: '2026-01-31' }, 4), [
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    assert.deepEqual(dates({ ...monthly, startDate: '2027-11-30', every: 3 }, 3), [
      '2027-11-30',
      '2028-02-29',
      '2028-05-30',
    ]);
  });

  it('returns to 29 February in each leap year', () => {
    assert.deepEqual(dates({ ...monthly, startDate: '2028-02-29', every: 12 }, 5), [
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
    assert.deepEqual(dates({ ...monthly, startDate: '2028-02-29' }, 2), ['2028-02-29', '2028-03-29']);
  });

  it('goes on over the turn of the year', () => {
    const december: Cadence = { ...weekly, startDate: '2026-12-28' };
    assert.deepEqual(times(december, 0), ['2026-12-28T08:00', '2027-01-01T16:00']);
    assert.deepEqual(dates(december, 2), ['2026-12-28', '2027-01-04']);
    assert.deepEqual(dates({ ...monthly, startDate: '2026-12-31' }, 3), ['2026-12-31', '2027-01-31', '2027-02-28']);
  });
});

describe('the round that is open, and the next', () => {
  const at = (text: string) => new Date(text);

  it('is open from its opening on, and no longer at its closing', () => {
    assert.equal(occurrenceAt(weekly, at('2026-03-23T07:59:59.999Z')), undefined);
    assert.equal(occurrenceAt(weekly, at('2026-03-23T08:00:00Z'))?.number, 1);
    assert.equal(occurrenceAt(weekly, at('2026-03-27T15:59:59.999Z'))?.number, 1);
    assert.equal(occurrenceAt(weekly, at('2026-03-27T16:00:00Z')), undefined);
  });

  it('has no round before the first one', () => {
    assert.equal(occurrenceAt(weekly, at('2020-01-01T00:00:00Z')), undefined);
    assert.equal(nextOccurrence(weekly, at('2020-01-01T00:00:00Z')).number, 0);
  });

  it('names the next one while a round is open, and at the very moment of an opening', () => {
    assert.deepEqual(nextOccurrence(weekly, at('2026-03-25T12:00:00Z')), { number: 2, ...occurrence(weekly, 2) });
    assert.equal(nextOccurrence(weekly, at('2026-03-23T08:00:00Z')).number, 2);
    assert.equal(nextOccurrence(weekly, at('2026-03-23T07:59:59.999Z')).number, 1);
  });

  it('finds the short months of a series that is anchored at the end of one', () => {
    const ends: Cadence = { ...monthly, startDate: '2026-01-31' };
    assert.equal(occurrenceAt(ends, at('2026-02-28T08:00:00Z'))?.number, 1, 'at the moment of opening');
    assert.equal(occurrenceAt(ends, at('2026-02-28T12:00:00Z'))?.number, 1);
    assert.equal(nextOccurrence(ends, at('2026-02-28T17:00:00Z')).opensAt.toISOString(), '2026-03-31T07:00:00.000Z');
  });
});

describe('what is wrong with a cadence', () => {
  const cases: [string, Partial<Cadence>][] = [
    ['startDate', { startDate: '2026-02-30' }],
    ['startDate', { startDate: '16-03-2026' }],
    ['startDate', { startDate: '20260316' }],
    ['every', { every: 0 }],
    ['every', { every: 1.5 }],
    ['every', { every: 121 }],
    ['every', { every: Number.NaN }],
    ['unit', { unit: 'day' as 'week' }],
    ['opens', { opens: '9:00' }],
    ['opens', { opens: '24:00' }],
    ['closes', { closes: '17:60' }],
    ['openDays', { openDays: -1 }],
    ['openDays', { openDays: 0.5 }],
    ['timeZone', { timeZone: 'Europe/Nergenshuizen' }],
    ['timeZone', { timeZone: '+01:00' }],
    ['timeZone', { timeZone: '' }],
    ['closes', { openDays: 0, opens: '09:00', closes: '09:00' }],
    ['closes', { openDays: 0, opens: '09:00', closes: '08:59' }],
    ['openDays', { openDays: 7, opens: '09:00', closes: '09:01' }],
    ['openDays', { openDays: 28, unit: 'month', opens: '09:00', closes: '09:01' }],
  ];
  for (const [field, change] of cases) {
    it(`names ${field} for ${JSON.stringify(change)}`, () => {
      const problem = cadenceProblem({ ...weekly, ...change });
      assert.ok(problem?.startsWith(`${field}: `), problem ?? 'nothing was found');
    });
  }

  it('takes a round that closes just as the next one opens', () => {
    assert.equal(cadenceProblem({ ...weekly, openDays: 7, opens: '09:00', closes: '09:00' }), undefined);
    assert.equal(cadenceProblem({ ...monthly, openDays: 28, opens: '09:00', closes: '09:00' }), undefined);
  });

  it('looks at the calendar for a round that may be longer than 28 days', () => {
    const long: Cadence = { ...monthly, opens: '09:00', closes: '09:00' };
    const tooLong = /^openDays: .* as soon as (28|59|365) days/;
    assert.match(cadenceProblem({ ...long, startDate: '2026-01-31', openDays: 29 }) ?? '', tooLong);
    assert.equal(cadenceProblem({ ...long, startDate: '2026-01-30', every: 2, openDays: 59 }), undefined);
    assert.match(cadenceProblem({ ...long, startDate: '2026-01-30', every: 2, openDays: 60 }) ?? '', tooLong);
    assert.equal(cadenceProblem({ ...long, startDate: '2026-01-31', every: 12, openDays: 365 }), undefined);
    assert.match(cadenceProblem({ ...long, startDate: '2026-01-31', every: 12, openDays: 366 }) ?? '', tooLong);
  });
});

describe('laws of the cadence', () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(2, '0'));
  const time = fc.tuple(two(23), two(59)).map((parts) => parts.join(':'));
  const cadences: fc.Arbitrary<Cadence> = fc
    .record({
      startDate: fc
        .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      every: fc.integer({ min: 1, max: 14 }),
      unit: fc.constantFrom('week' as const, 'month' as const),
      opens: time,
      closes: time,
      openDays: fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 62 })),
      timeZone: fc.constantFrom(
        'Europe/Amsterdam',
        'Europe/Lisbon',
        'America/New_York',
        'Australia/Sydney',
        'Australia/Lord_Howe',
        'Pacific/Apia',
        'Asia/Kathmandu',
        'UTC',
      ),
    })
    .filter((cadence) => cadenceProblem(cadence) === undefined);
  const numbers = fc.integer({ min: 0, max: 200 });

  it('opens rounds one after another, and never two at once', () => {
    fc.assert(
      fc.property(cadences, numbers, (cadence, n) => {
        const [one, next] = [occurrence(cadence, n), occurrence(cadence, n + 1)];
        assert.ok(one.opensAt < one.closesAt);
        assert.ok(one.closesAt <= next.opensAt);
      }),
    );
  });

  it('finds a round by any moment at which it is open', () => {
    const parts = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(cadences, numbers, parts, (cadence, n, part) => {
        const { opensAt, closesAt } = occurrence(cadence, n);
        const length = closesAt.getTime() - opensAt.getTime();
        const now = new Date(opensAt.getTime() + Math.floor(part * length));
        assert.deepEqual(occurrenceAt(cadence, now), { number: n, opensAt, closesAt });
        assert.equal(nextOccurrence(cadence, now).number, n + 1);
      }),
    );
  });

  it('names as next the round that opens first after a moment', () => {
    fc.assert(
      fc.property(
        cadences,
        fc.date({ min: new Date('2020-01-01'), max: new Date('2045-01-01'), noInvalidDate: true }),
        (cadence, now) => {
          const next = nextOccurrence(cadence, now);
          assert.ok(next.opensAt > now);
          if (next.number > 0) assert.ok(occurrence(cadence, next.number - 1).opensAt <= now);
        },
      ),
    );
  });
});
