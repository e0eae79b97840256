import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../tools/build.js';
import { freePort } from './databases.ts';
import { launchServer } from './production.ts';

/** The demo as `npm start` runs it: the production build, in a process of its own. */
export interface RunningDemo {
  /** Origin of the server and of the demo's front page. */
  readonly server: string;
  /** Origin of the demo's intranet. */
  readonly intranet: string;
  /** All that the server wrote on its terminal. */
  readonly output: () => string;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Starts it again, on the same addresses and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

let seeded: Promise<string> | undefined;

/** Starts a demo of its own. The first one in a process fills a data folder, of which each gets a copy. */
export async function startDemo(): Promise<RunningDemo> {
  seeded ??= seed();
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-demo-'));
  await cp(await seeded, folder, { recursive: true });
  return run(folder);
}

/** Throws away the data folder that demos were copied from. */
export async function forgetSeed(): Promise<void> {
  if (seeded) await rm(await seeded, { recursive: true, force: true });
  seeded = undefined;
}

async function seed(): Promise<string> {
  await build({ only: 'runs' });
  const folder = await mkdtemp(join(tmpdir(), 'leerkring-seed-'));
  const demo = await run(folder);
  await demo.stop(false);
  return folder;
}

async function run(folder: string): Promise<RunningDemo & { stop(clean?: boolean): Promise<void> }> {
  const [port, intranetPort] = [await freePort(), await freePort()];
  const launch = async () => {
    const started = launchServer(folder, {
      LEERKRING_DEMO: '1',
      DATA_DIR: join(folder, 'data'),
      PORT: String(port),
      DEMO_INTRANET_PORT: String(intranetPort),
      BALLOT_GRACE_SECONDS: '2',
    });
    await started.said('is ready');
    return started;
  };
  let running = await launch();
  return {
    server: `http://127.0.0.1:${String(port)}`,
    intranet: `http://127.0.0.1:${String(intranetPort)}`,
    output: () => running.output(),
    kill: () => running.end('SIGKILL'),
    async restart() {
      running = await launch();
    },
    async stop(clean = true) {
      await running.end('SIGTERM');
      if (clean) await rm(folder, { recursive: true, force: true });
    },
  };
}
