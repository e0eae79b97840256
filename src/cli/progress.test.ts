import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { Context } from './context.ts';
import { withProgress, type Progress } from './progress.ts';

/** A command's standard error, and all that came there. */
function standardError(isTTY: boolean): { readonly context: Context; readonly written: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  let written = '';
  stream.on('data', (part: Buffer) => { written += part.toString(); });
  const context: Context = {
    environment: {},
    stdout: { write: () => assert.fail('The standard output is for what a command has done.') },
    stderr: stream,
    cwd: '/',
    now: () => new Date(),
    open: () => Promise.reject(new Error('No database is needed.')),
    fetch,
    untilStopped: () => Promise.resolve(),
    showStacks: () => undefined,
  };
  return { context, written: () => written };
}

const half = (progress: Progress) => {
  progress(2000, 4000);
  return Promise.resolve('done');
};

/** What puts a cursor away and brings it back (ECMA-48, DECTCEM), and what empties a line. */
const AWAY = '\u001b[?25l';
const BACK = '\u001b[?25h';

test('a person at a terminal sees how far it is, and then neither a bar nor a missing cursor', async () => {
  const { context, written } = standardError(true);
  assert.equal(await withProgress(context, {}, 'Importing', half), 'done');
  assert.match(written(), /Importing \[ +\] 0%/);
  assert.match(written(), /Importing \[=+ +\] 50%/);
  assert.ok(written().includes(AWAY) && written().lastIndexOf(BACK) > written().lastIndexOf(AWAY));
  assert.ok(!written().slice(written().lastIndexOf('50%')).includes('\n'), 'the line is used again');
});

test('a bar goes away also when what it was for fails', async () => {
  const { context, written } = standardError(true);
  await assert.rejects(withProgress(context, {}, 'Importing', () => Promise.reject(new Error('no'))), /no/);
  assert.ok(written().lastIndexOf(BACK) > written().lastIndexOf(AWAY));
});

test('a pipe hears nothing of it', async () => {
  const { context, written } = standardError(false);
  await withProgress(context, {}, 'Importing', half);
  assert.equal(written(), '');
});

test('with --json a terminal hears nothing of it either', async () => {
  const { context, written } = standardError(true);
  await withProgress(context, { json: true }, 'Importing', half);
  assert.equal(written(), '');
});
