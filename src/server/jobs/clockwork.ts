import { withoutValues } from '../log.ts';
import { closeDueRounds } from '../rounds/closing.ts';
import { openDueRounds } from '../rounds/opening.ts';
import type { Services } from '../services.ts';

/** How often is looked whether something is due. */
const PERIOD = 5_000;

/** Opens and closes what is due at this moment; what was due while no server ran, too. */
export async function runDueWork(services: Services, grace: number): Promise<void> {
  for (const round of await closeDueRounds(services)) services.log.info({ round }, 'round closed and released');
  for (const round of await openDueRounds(services, grace)) services.log.info({ round }, 'round opened');
}

/** Keeps the rounds going. Several servers may do so: each round is opened once and closed once. */
export function startClockwork(services: Services, grace: number): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = runDueWork(services, grace)
      .catch((error: unknown) => {
        services.log.error(withoutValues(error), 'opening or closing rounds failed; it is tried again');
      })
      .finally(() => { busy = false; });
  }, PERIOD);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
