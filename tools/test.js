import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Kinds that have a folder of their own in test/; the rest there, and what stands beside the code, is `unit`. */
const OWN = /** @type {const} */ (['e2e', 'faults', 'attack', 'fuzz', 'gallery', 'package']);

/**
 * Node 20's test runner takes no patterns: the files are found here.
 * @type {Readonly<Record<string, { atOnce: number, seconds: number }>>} `seconds` is the longest that a file may take
 */
const KINDS = {
  unit: { atOnce: 2, seconds: 600 },
  e2e: { atOnce: 1, seconds: 1800 },
  faults: { atOnce: 1, seconds: 2700 },
  attack: { atOnce: 1, seconds: 1500 },
  fuzz: { atOnce: 1, seconds: 2400 },
  gallery: { atOnce: 1, seconds: 1500 },
  package: { atOnce: 1, seconds: 600 },
};

const [kind = '', ...parts] = process.argv.slice(2);

const how = KINDS[kind];
if (how) {
  const { atOnce, seconds } = how;
  const files = filesOf(kind).filter((file) => parts.every((part) => file.includes(part)));
  if (files.length > 0) {
    const options = ['--import', 'tsx', '--test', '--test-reporter=spec', `--test-concurrency=${atOnce}`, `--test-timeout=${seconds * 1000}`];
    process.exitCode = spawnSync(process.execPath, [...options, ...files], { cwd: root, stdio: 'inherit' }).status ?? 1;
  } else {
    process.stderr.write(`There is no ${kind} test ${parts.length > 0 ? `with ${parts.join(' and ')} in its path` : 'yet'}.\n`);
    process.exitCode = 1;
  }
} else {
  process.stderr.write(`Usage: node tools/test.js ${Object.keys(KINDS).join('|')} [PART OF A PATH]...\n`);
  process.exitCode = 2;
}

/** @param {string} kind */
function filesOf(kind) {
  if (kind !== 'unit') return testsIn(join('test', kind));
  const others = OWN.map((own) => join('test', own) + sep);
  return ['src', 'test'].flatMap(testsIn).filter((file) => !others.some((folder) => file.startsWith(folder)));
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
