/** What a watch needs of the page. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns how to call it off */
  after(milliseconds: number, act: () => void): () => void;
  /** Whether the page is in sight. */
  visible(): boolean;
  /** A number in [0, 1). */
  chance(): number;
}

/** Seconds between one look and the next, from the moment that something is due. */
const PAUSES = [3, 15, 60, 300, 900] as const;

/** Seconds over which the looks of many pages are spread, since all wait for the same moment. */
const SPREAD = 4;

/** A browser's timers reach 24 days, and stand still while a computer sleeps. */
const LONGEST = 3_600_000;

/** Looks again once something is due: a few times, with growing pauses, and whenever the page is in sight again. */
export class Watch {
  private due: string | undefined;
  private looks = 0;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly look: () => void,
    private readonly clock: Clock = pageClock,
  ) {}

  /** @param due an instant (ISO 8601); nothing when there is nothing to wait for */
  follow(due: string | undefined): void {
    if (due === this.due) return;
    this.due = due;
    this.looks = 0;
    this.cancel?.();
    document.removeEventListener('visibilitychange', this.seen);
    if (due === undefined) return;
    document.addEventListener('visibilitychange', this.seen);
    this.plan(Math.max(Date.parse(due), this.clock.now()));
  }

  /** Plans the next look, counted from a moment. */
  private plan(from: number): void {
    const pause = PAUSES[this.looks];
    if (pause === undefined) return;
    const { clock } = this;
    const at = from + 1000 * (pause + SPREAD * clock.chance());
    const wait = (): void => {
      const left = at - clock.now();
      this.cancel = clock.after(Math.min(left, LONGEST), left > LONGEST ? wait : this.arrive);
    };
    wait();
  }

  private readonly arrive = (): void => {
    this.looks += 1;
    this.plan(this.clock.now());
    // Out of sight nobody reads it; `seen` looks as soon as somebody does.
    if (this.clock.visible()) this.look();
  };

  private readonly seen = (): void => {
    if (this.clock.visible() && Date.parse(this.due ?? '') <= this.clock.now()) this.look();
  };
}

const pageClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  visible: () => document.visibilityState === 'visible',
  chance: () => Math.random(),
};
