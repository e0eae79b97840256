import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What a build or a run leaves behind. */
const NOT_SOURCES = ['node_modules', 'dist', 'data', 'coverage', '.git'];

/** How a command ended, and all that it said. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program to its end.
 * @param cwd the folder in which it runs
 */
export function run(cwd: string, command: string, ...args: readonly string[]): Promise<Ending> {
  // What the test runner tells its children is not meant for a child of a test.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(command, args, { cwd, env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(pieces).toString() }));
  });
}

/** A folder of this name's own among the system's temporary ones, and how to take it away. */
export function temporaryFolder(name: string): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `leerkring-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Copies this checkout as it is, unsaved work included, with its packages and without anything built.
 * @param into an empty folder
 */
export function copyCheckout(into: string): void {
  for (const entry of readdirSync(root)) {
    if (!NOT_SOURCES.includes(entry)) cpSync(join(root, entry), join(into, entry), { recursive: true });
  }
  linkTree(join(root, 'node_modules'), join(into, 'node_modules'));
}

/**
 * The same files under other names: packages have to lie inside the checkout, for many tools look there, and are too
 * many to copy where the disk can do without. Caches stay behind, since tools write into them.
 */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (['.cache', '.vite'].includes(entry.name)) continue;
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // Another disk.
    copyFileSync(source, target);
  }
}
