import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findChromium } from './chromium.js';

const root = join(import.meta.dirname, '..');
const logs = join(root, 'node_modules', '.cache', 'leerkring-check');

/**
 * @typedef {object} Step
 * @property {string} name what `--only` calls it
 * @property {string[]} command
 * @property {number} minutes after which it counts as hanging: more than twice what it takes on two busy cores
 * @property {string[]} [after] steps that must have passed before
 * @property {boolean} [browser] whether it drives Chromium
 *
 * @typedef {object} Outcome
 * @property {Step} step
 * @property {boolean} passed
 * @property {number} seconds
 * @property {number} testsPassed
 * @property {string[]} failures names of failed tests, or the first lines of what went wrong
 * @property {number} testsFailed
 */

/** In the order in which they start: the long ones early, so that two at once come out even. @type {Step[]} */
const STEPS = [
  { name: 'build', command: ['node', 'tools/build.js'], minutes: 5 },
  { name: 'unit', command: npm('test:unit'), minutes: 40 },
  { name: 'types', command: npm('types'), minutes: 10 },
  { name: 'lint', command: npm('lint'), minutes: 10 },
  { name: 'browser', command: npm('test:browser'), minutes: 20, browser: true },
  { name: 'e2e', command: npm('test:e2e'), minutes: 60, after: ['build'], browser: true },
  { name: 'package', command: npm('test:package'), minutes: 15, after: ['build'], browser: true },
  { name: 'faults', command: npm('test:faults'), minutes: 60, after: ['build'] },
  { name: 'fuzz', command: npm('test:fuzz'), minutes: 45, after: ['build'] },
  { name: 'attack', command: npm('test:attack'), minutes: 30 },
  { name: 'gallery', command: npm('test:gallery'), minutes: 30, after: ['build'], browser: true },
  { name: 'imports', command: npm('imports'), minutes: 3 },
  { name: 'dead', command: npm('dead'), minutes: 3 },
  { name: 'sizes', command: npm('sizes'), minutes: 3, after: ['build'] },
  { name: 'bundles', command: npm('bundles'), minutes: 3, after: ['build'] },
];

const AT_ONCE = 2;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => running.forEach(stop));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(130));

const chosen = chooseSteps(process.argv.slice(2));
if (chosen) {
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  report(await runAll(chosen));
} else {
  process.stderr.write(`Usage: npm test [-- --only STEP,STEP]\nSteps: ${STEPS.map(({ name }) => name).join(', ')}\n`);
  process.exitCode = 2;
}

/**
 * @param {string} script
 * @returns {string[]}
 */
function npm(script) {
  return ['npm', 'run', '--silent', script];
}

/**
 * @param {string[]} args
 * @returns {Step[] | undefined} nothing when the arguments make no sense
 */
function chooseSteps(args) {
  if (args.length === 0) return STEPS;
  const names = (args[0] === '--only' ? args[1] : args[0]?.match(/^--only=(.*)$/)?.[1])?.split(',');
  if (!names?.every((name) => STEPS.some((step) => step.name === name))) return undefined;
  // A step that needs another brings it along.
  const needed = new Set(names.flatMap((name) => [name, ...(STEPS.find((step) => step.name === name)?.after ?? [])]));
  return STEPS.filter(({ name }) => needed.has(name));
}

/**
 * @param {Step[]} steps
 * @returns {Promise<Outcome[]>} in the order of the steps
 */
async function runAll(steps) {
  /** @type {Map<Step, Promise<Outcome>>} */
  const started = new Map();
  const waiting = [...steps];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const outcome = attempt(step, started);
      started.set(step, outcome);
      await outcome;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return Promise.all(steps.flatMap((step) => started.get(step) ?? []));
}

/**
 * @param {Step} step
 * @param {ReadonlyMap<Step, Promise<Outcome>>} started
 * @returns {Promise<Outcome>}
 */
async function attempt(step, started) {
  const before = await Promise.all([...started].filter(([{ name }]) => step.after?.includes(name)).map(([, outcome]) => outcome));
  const missing = before.find(({ passed }) => !passed);
  const began = performance.now();
  const outcome = missing
    ? failed(step, [`Not run, because \`${missing.step.name}\` failed.`])
    : await run(step).catch((/** @type {unknown} */ error) => failed(step, [error instanceof Error ? error.message : String(error)]));
  outcome.seconds = (performance.now() - began) / 1000;
  process.stdout.write(`${outcome.passed ? 'pass' : 'FAIL'}  ${step.name} (${outcome.seconds.toFixed(0)} s)\n`);
  return outcome;
}

/**
 * @param {Step} step
 * @param {string[]} failures
 * @returns {Outcome}
 */
function failed(step, failures) {
  return { step, passed: false, seconds: 0, testsPassed: 0, testsFailed: 0, failures };
}

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function run(step) {
  const [command = '', ...args] = step.command;
  // Colours are for eyes, and npm's own settings would reach the commands that the tests start.
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...(step.browser ? { CHROME_PATH: findChromium() } : {}) };
  const log = createWriteStream(logOf(step));
  // A group of its own, so that what a step started ends with it.
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const limit = AbortSignal.timeout(step.minutes * 60_000);
  limit.addEventListener('abort', () => running.has(child) && stop(child));
  /** @type {number | string} */
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 1));
  });
  stop(child);
  running.delete(child);
  await new Promise((resolve) => log.end(resolve));
  const output = stripVTControlCharacters(readFileSync(logOf(step), 'utf8'));
  const { names, ...counts } = results(output);
  const passed = code === 0 && !limit.aborted && names.length === 0;
  const failures = [
    ...(limit.aborted ? [`Stopped after ${step.minutes} minutes: it hangs.`] : []),
    ...(names.length > 0 || passed ? names : firstErrors(output)),
  ];
  if (!passed && failures.length === 0) failures.push(`Ended with ${code} and said nothing.`);
  return { step, passed, seconds: 0, ...counts, failures };
}

/** @param {import('node:child_process').ChildProcess} child */
function stop(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}

/** @param {Step} step */
function logOf(step) {
  return join(logs, `${step.name}.log`);
}

/**
 * Reads what Node's test runner (spec reporter) and the browser's test runner say at the end.
 * @param {string} output
 * @returns {{ testsPassed: number, testsFailed: number, names: string[] }}
 */
function results(output) {
  const inBrowser = /^browser tests: (\d+) passed, (\d+) failed$/m.exec(output);
  if (inBrowser) {
    const names = [...output.matchAll(/^✖ (.+)$/gm)].map(([, name = '']) => name);
    return { testsPassed: Number(inBrowser[1]), testsFailed: Number(inBrowser[2]), names };
  }
  const [, details = ''] = output.split(/^✖ failing tests:$/m);
  // With the first lines of what went wrong: where a machine is not kept, its logs are not either.
  const names = [...details.matchAll(/^test at (\S+?):\d+:\d+\n✖ (.+?) \([\d.]+ms\)\n((?: +\S.*\n){0,3})/gm)].map(
    ([, file = '', name = '', why = '']) => `${name.endsWith(file) ? file : `${file} › ${name}`}: ${why.replaceAll(/\s+/g, ' ').trim()}`,
  );
  const count = (/** @type {string} */ word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return { testsPassed: count('pass'), testsFailed: count('fail') + count('cancelled'), names };
}

/**
 * @param {string} output
 * @returns {string[]} the lines that most likely say what is wrong, each under the heading that says where
 */
function firstErrors(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  /** @type {string[]} */
  const found = [];
  let heading = '';
  for (const line of lines) {
    const detail = /^\s+\d+:\d+ +error|exceeded/.test(line);
    if (detail) found.push(`${heading.trim().replace(join(root, '/'), '')}: ${line.trim().replaceAll(/ {2,}/g, '  ')}`);
    else if (/error|✖|Cannot|not found/i.test(line)) found.push(line);
    else if (line.startsWith(root) || line.includes(', until ')) heading = line;
  }
  return found.length > 0 ? found : lines;
}

/** @param {Outcome[]} outcomes */
function report(outcomes) {
  const shown = Math.max(3, Math.floor(24 / Math.max(1, outcomes.filter(({ passed }) => !passed).length)));
  process.stdout.write('\n');
  for (const { step, passed, seconds, testsPassed, testsFailed, failures } of outcomes) {
    const tests = testsPassed + testsFailed > 0 ? `${testsPassed} of ${testsPassed + testsFailed} tests` : '';
    process.stdout.write(`${passed ? '✔' : '✖'} ${step.name.padEnd(8)} ${seconds.toFixed(0).padStart(4)} s  ${tests}\n`);
    if (passed) continue;
    for (const line of failures.slice(0, shown)) process.stdout.write(`    ${line.trim().slice(0, 600)}\n`);
    if (failures.length > shown) process.stdout.write(`    and ${failures.length - shown} more\n`);
    process.stdout.write(`    all of it: ${relative(root, logOf(step))}\n`);
  }
  // A step with tests counts as its tests, any other as one; a step that failed without a failing test counts as one too.
  const passes = outcomes.map(({ passed, testsPassed, testsFailed }) => testsPassed || (passed && testsFailed === 0 ? 1 : 0));
  const fails = outcomes.map(({ passed, testsFailed }) => testsFailed || (passed ? 0 : 1));
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, one) => total + one, 0);
  process.stdout.write(`\n${sum(passes)} passed, ${sum(fails)} failed\n`);
  process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;
}
