import { keepLogs } from '../learning-log/retention.ts';
import { withoutValues } from '../log.ts';
import { closeDueRounds } from '../rounds/closing.ts';
import { openDueRounds } from '../rounds/opening.ts';
import type { Services } from '../services.ts';

/** How often is looked whether a round is due. */
const PERIOD = 5_000;

/** How often the learning logs are kept. */
const HOUR = 3_600_000;

/** Opens and closes the rounds that are due at this moment; those that were due while no server ran, too. */
export async function runDueWork(services: Services, grace: number): Promise<void> {
  for (const round of await closeDueRounds(services)) services.log.info({ round }, 'round closed and released');
  for (const round of await openDueRounds(services, grace)) services.log.info({ round }, 'round opened');
}

/**
 * Keeps the rounds going, and the learning logs: these at once, and then every hour, apart from the rounds, which don't
 * wait for them. Several servers may do so: each thing is done once.
 */
export function startClockwork(services: Services, grace: number): { stop(): Promise<void> } {
  const rounds = repeated(PERIOD, () => runDueWork(services, grace), (error) => {
    services.log.error(withoutValues(error), 'opening or closing rounds failed; it is tried again');
  });
  const logs = repeated(HOUR, () => keepLogs(services), (error) => {
    services.log.error(withoutValues(error), 'the upkeep of the learning logs failed; it is tried again');
  });
  logs.now();
  return {
    async stop() {
      await Promise.all([rounds.stop(), logs.stop()]);
    },
  };
}

/** Does something every so many milliseconds, but never twice at the same time. */
function repeated(period: number, work: () => Promise<void>, failed: (error: unknown) => void) {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const now = () => {
    if (busy) return;
    busy = true;
    running = work()
      .catch(failed)
      .finally(() => { busy = false; });
  };
  const timer = setInterval(now, period);
  timer.unref();
  return {
    now,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
