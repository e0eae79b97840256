import type { Logger } from 'pino';

const HOUR = 3_600_000;

/** The only thing that the ballot lane writes to the log: how many ballots an hour. */
export interface BallotCount {
  add(): void;
  stop(): void;
}

export function countBallots(log: Logger, now: () => Date): BallotCount {
  let ballots = 0;
  const write = () => {
    if (ballots > 0) log.info({ ballots, until: `${now().toISOString().slice(0, 13)}:00Z` }, 'ballots put into the box');
    ballots = 0;
  };
  const timer = setInterval(write, HOUR);
  timer.unref();
  return {
    add: () => { ballots += 1; },
    stop: () => { clearInterval(timer); },
  };
}
