import type { Logger } from 'pino';

const HOUR = 3_600_000;

/** The only thing that the way of a ballot writes to the log: how many, and how many failed, in an hour. */
export interface BallotCount {
  add(): void;
  /** A paper or a ballot that could not be given or taken, through no fault of the client. */
  fail(): void;
  stop(): void;
}

export function countBallots(log: Logger, now: () => Date): BallotCount {
  let ballots = 0;
  let failures = 0;
  const timer = setInterval(() => {
    const until = `${now().toISOString().slice(0, 13)}:00Z`;
    if (ballots > 0) log.info({ ballots, until }, 'ballots put into the box');
    if (failures > 0) log.error({ failures, until }, 'papers or ballots failed');
    ballots = failures = 0;
  }, HOUR);
  timer.unref();
  return {
    add: () => { ballots += 1; },
    fail: () => { failures += 1; },
    stop: () => { clearInterval(timer); },
  };
}

/** For an app that nobody runs a log for. */
export const UNCOUNTED: BallotCount = { add: () => undefined, fail: () => undefined, stop: () => undefined };
