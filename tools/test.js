import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
const e2e = join('test', 'e2e') + sep;

/** Node 20's test runner takes no patterns: the files are found here. */
const KINDS = {
  unit: { folders: ['src', 'test'], has: (/** @type {string} */ file) => !file.startsWith(e2e), atOnce: 2, seconds: 300 },
  e2e: { folders: ['test'], has: (/** @type {string} */ file) => file.startsWith(e2e), atOnce: 1, seconds: 240 },
};

const [kind = '', ...parts] = process.argv.slice(2);

if (kind === 'unit' || kind === 'e2e') {
  const { folders, has, atOnce, seconds } = KINDS[kind];
  const files = folders.flatMap(testsIn).filter(has).filter((file) => parts.every((part) => file.includes(part)));
  if (files.length > 0) {
    const options = ['--import', 'tsx', '--test', '--test-reporter=spec', `--test-concurrency=${atOnce}`, `--test-timeout=${seconds * 1000}`];
    process.exitCode = spawnSync(process.execPath, [...options, ...files], { cwd: root, stdio: 'inherit' }).status ?? 1;
  } else {
    process.stderr.write(`There is no ${kind} test ${parts.length > 0 ? `with ${parts.join(' and ')} in its path` : 'yet'}.\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write('Usage: node tools/test.js unit|e2e [PART OF A PATH]...\n');
  process.exitCode = 2;
}

/**
 * @param {string} folder
 * @returns {string[]} the files that Node runs; what ends in .browser.test.ts runs in a browser
 */
function testsIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.browser.test.ts'))
    .map((file) => join(folder, file))
    .sort();
}
