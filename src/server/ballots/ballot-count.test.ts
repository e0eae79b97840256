import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { pino } from 'pino';
import { countBallots } from './ballot-count.ts';

test('the way of a ballot leaves a count an hour in the log, and nothing of an hour in which there was none', () => {
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: new Date('2026-11-24T20:17:23Z') });
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => { lines.push(JSON.parse(line) as Record<string, unknown>); } });
  const count = countBallots(log, () => new Date());
  count.add();
  count.add();
  count.fail();
  mock.timers.tick(3_600_000);
  mock.timers.tick(3_600_000);
  count.stop();
  mock.timers.reset();
  assert.deepEqual(lines, [
    { level: 30, ballots: 2, until: '2026-11-24T21:00Z', msg: 'ballots put into the box' },
    { level: 50, failures: 1, until: '2026-11-24T21:00Z', msg: 'papers or ballots failed' },
  ]);
});
