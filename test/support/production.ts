import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/server/leerkring.js', import.meta.url));

/** The production build of the server, in a process of its own. Build it first. */
export interface ServerProcess {
  /** All that it wrote on its terminal. */
  readonly output: () => string;
  readonly running: () => boolean;
  /** Settles when it has said this, or something that matches it. */
  said(what: string | RegExp): Promise<void>;
  /** Ends the process: `SIGKILL` as a crash would. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/**
 * Starts `leerkring serve` in a folder, without waiting until it is ready.
 * @param flags for Node
 */
export function launchServer(
  folder: string,
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): ServerProcess {
  const child = spawn(process.execPath, [...flags, MAIN, 'serve'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (part: Buffer) => {
    output += part.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const exited = once(child, 'exit');
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    output: () => output,
    running,
    said: (what) =>
      new Promise((resolve, reject) => {
        const listen = () => {
          if (typeof what === 'string' ? !output.includes(what) : !what.test(output)) return;
          listeners.delete(listen);
          resolve();
        };
        listeners.add(listen);
        listen();
        void exited.then(() => { reject(new Error(`The server ended by itself:\n${output}`)); });
      }),
    async end(signal) {
      if (running()) child.kill(signal);
      await exited;
    },
  };
}
