import { assert } from '@open-wc/testing';
import { Watch, type Clock } from './watch.ts';

const DUE = '2026-11-27T16:10:00.000Z';

/** A clock that stands still until it is moved on. */
class StandingClock implements Clock {
  inSight = true;
  private time: number;
  private plans: { readonly at: number; readonly act: () => void }[] = [];

  constructor(start: string) {
    this.time = Date.parse(start);
  }

  now(): number {
    return this.time;
  }

  after(milliseconds: number, act: () => void): () => void {
    const plan = { at: this.time + milliseconds, act };
    this.plans.push(plan);
    return () => {
      this.plans = this.plans.filter((one) => one !== plan);
    };
  }

  visible(): boolean {
    return this.inSight;
  }

  chance(): number {
    return 0.5;
  }

  moveTo(instant: string): void {
    const to = Date.parse(instant);
    for (;;) {
      const next = this.plans.sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > to) break;
      this.plans = this.plans.filter((one) => one !== next);
      this.time = next.at;
      next.act();
    }
    this.time = to;
  }
}

describe('waiting for the figures of an open round', () => {
  let clock: StandingClock;
  let looks: string[];
  let watch: Watch;

  beforeEach(() => {
    clock = new StandingClock('2026-11-27T15:00:00.000Z');
    looks = [];
    watch = new Watch(() => {
      looks.push(new Date(clock.now()).toISOString().slice(11, 19));
    }, clock);
    watch.follow(DUE);
  });

  afterEach(() => {
    watch.follow(undefined);
  });

  const comeIntoSight = () => document.dispatchEvent(new Event('visibilitychange'));

  it('looks a few seconds after they are due, and a few times more, ever less often', () => {
    clock.moveTo('2026-11-27T16:10:02.000Z');
    assert.deepEqual(looks, []);
    clock.moveTo('2026-11-28T16:10:00.000Z');
    assert.deepEqual(looks, ['16:10:05', '16:10:22', '16:11:24', '16:16:26', '16:31:28']);
  });

  it('goes on where it was when the card is drawn anew', () => {
    clock.moveTo('2026-11-27T16:10:06.000Z');
    watch.follow(DUE);
    clock.moveTo('2026-11-27T16:10:30.000Z');
    assert.lengthOf(looks, 2);
  });

  it('stops once they are there', () => {
    clock.moveTo('2026-11-27T16:10:06.000Z');
    watch.follow(undefined);
    clock.moveTo('2026-11-28T16:10:00.000Z');
    comeIntoSight();
    assert.lengthOf(looks, 1);
  });

  it('asks nothing out of sight, and at once when in sight again', () => {
    clock.inSight = false;
    clock.moveTo('2026-11-28T16:10:00.000Z');
    comeIntoSight();
    assert.deepEqual(looks, []);
    clock.inSight = true;
    comeIntoSight();
    assert.deepEqual(looks, ['16:10:00']);
  });

  it('leaves a round that is not due alone when the page comes into sight', () => {
    comeIntoSight();
    assert.deepEqual(looks, []);
  });

  it('waits for months without looking before', () => {
    watch.follow('2027-11-27T16:10:00.000Z');
    clock.moveTo('2027-11-27T16:10:04.000Z');
    assert.deepEqual(looks, []);
    clock.moveTo('2027-11-27T16:10:05.000Z');
    assert.deepEqual(looks, ['16:10:05']);
  });
});
