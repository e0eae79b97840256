import { existsSync } from 'node:fs';
import { Piscina } from 'piscina';
import type { PoprfResult, PoprfTask } from './poprf.worker.ts';

/** The server's half of RFC 9497's POPRF over ristretto255-SHA512. */
export interface Poprf {
  /** @returns nothing when `blinded` is no element of the group */
  evaluate(secretKey: Uint8Array, info: Uint8Array, blinded: Uint8Array): Promise<{ evaluated: Uint8Array; proof: Uint8Array } | undefined>;
  output(secretKey: Uint8Array, info: Uint8Array, nonce: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Starts the threads. Close them, or the process stays.
 * @param worker the address of the worker's file
 */
export function startPoprf(worker = workerFile()): Poprf {
  const pool = new Piscina<PoprfTask, PoprfResult>({
    filename: worker,
    minThreads: 1,
    maxThreads: 2,
    idleTimeout: 30_000,
    // The next task lies ready when one is done, while the main thread is busy with something else.
    concurrentTasksPerWorker: 4,
  });
  return {
    async evaluate(secretKey, info, blinded) {
      const result = await pool.run({ kind: 'evaluate', secretKey, info, blinded });
      return result && 'evaluated' in result ? result : undefined;
    },
    async output(secretKey, info, nonce) {
      const result = await pool.run({ kind: 'output', secretKey, info, nonce });
      if (!result || !('output' in result)) throw new Error('The thread answered something else than it was asked.');
      return result.output;
    },
    close: () => pool.close(),
  };
}

/** The worker lies beside this file in the source and beside the bundle when built. */
function workerFile(): string {
  const built = new URL('poprf.worker.js', import.meta.url);
  return (existsSync(built) ? built : new URL('poprf.worker.ts', import.meta.url)).href;
}
