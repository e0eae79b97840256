import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Thrown when another process has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes a data folder for this process. The lock is a listening socket: the system lets go of it when the process
 * ends, however it ends, so that a crash never leaves a lock behind.
 * @returns a function that gives the folder back
 * @throws FolderInUse when another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const address = socketAddress(folder);
  try {
    return await listen(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  if (await answers(address)) {
    throw new FolderInUse(`Another process uses the data folder ${folder}. Stop it first, or choose another with DATA_DIR.`);
  }
  // Nobody listens: what is left is the file of a process that was killed.
  await rm(address, { force: true });
  return listen(address);
}

async function listen(address: string): Promise<() => Promise<void>> {
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => { resolve(); }));
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => { resolve(false); });
  });
}

function socketAddress(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\leerkring-${name}`;
  const inside = join(folder, 'lock.sock');
  // The kernel's limit on a socket's path, less one.
  return Buffer.byteLength(inside) < 104 ? inside : join(tmpdir(), `leerkring-${name}.sock`);
}
