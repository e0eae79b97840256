import { createHash } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
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
  const name = `leerkring-${createHash('sha256').update(await realpath(folder)).digest('hex').slice(0, 24)}`;
  // On Linux a socket that is no file, which cannot go stale: it settles who of several on one machine may go on to the
  // file, which also keeps out a container that shares the folder and not the network.
  const here = process.platform === 'linux' ? await listenOrRefuse(`\0${name}`, folder) : undefined;
  try {
    const release = await lockByFile(socketAddress(folder, name), folder);
    return async () => {
      await release();
      await here?.();
    };
  } catch (error) {
    await here?.();
    throw error;
  }
}

async function lockByFile(address: string, folder: string): Promise<() => Promise<void>> {
  try {
    return await listen(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  if (await answers(address)) throw inUse(folder);
  // Nobody listens: what is left is the file of a process that was killed.
  await rm(address, { force: true });
  return listenOrRefuse(address, folder);
}

async function listenOrRefuse(address: string, folder: string): Promise<() => Promise<void>> {
  try {
    return await listen(address);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? inUse(folder) : error;
  }
}

function inUse(folder: string): FolderInUse {
  return new FolderInUse(`Another process uses the data folder ${folder}. Stop it first, or choose another with DATA_DIR.`);
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

function socketAddress(folder: string, name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, 'lock.sock');
  // The kernel's limit on a socket's path, less one.
  return Buffer.byteLength(inside) < 104 ? inside : join(tmpdir(), `${name}.sock`);
}
