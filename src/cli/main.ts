import { constants } from 'node:os';
import { openServices } from '../server/main.ts';
import { run } from './run.ts';

let stop: (() => void) | undefined;
let showsStacks = process.env['LOG_LEVEL'] === 'debug';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const graceful = stop;
    stop = undefined;
    if (graceful) graceful();
    else process.exit(128 + constants.signals[signal]);
  });
}

process.on('uncaughtException', (error: Error) => {
  process.stderr.write(`Leerkring broke down: ${error.name}. LOG_LEVEL=debug shows where.\n`);
  if (showsStacks) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exit(1);
});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  now: () => new Date(),
  open: openServices,
  fetch,
  untilStopped: () => new Promise((resolve) => { stop = resolve; }),
  showStacks: (shows) => { showsStacks = shows; },
});
