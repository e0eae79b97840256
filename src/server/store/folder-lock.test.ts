import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FolderInUse, lockFolder } from './folder-lock.ts';

describe('a data folder', () => {
  let top = '';
  before(async () => { top = await mkdtemp(join(tmpdir(), 'leerkring-lock-')); });
  after(async () => rm(top, { recursive: true, force: true }));

  it('is made when it is not there, and is for one at a time', async () => {
    const folder = join(top, 'new', 'data');
    const release = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), (error: unknown) => {
      assert.ok(error instanceof FolderInUse);
      assert.ok(error.message.includes(folder), error.message);
      return true;
    });
    await release();
    const again = await lockFolder(folder);
    await again();
  });

  it('does not stand in the way of another one', async () => {
    const releases = await Promise.all([lockFolder(join(top, 'a')), lockFolder(join(top, 'b'))]);
    await Promise.all(releases.map((release) => release()));
  });

  it('may have a path that is longer than a socket’s can be', async () => {
    const folder = join(top, 'long-'.repeat(20), 'long-'.repeat(20));
    const release = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), FolderInUse);
    await release();
    await (await lockFolder(folder))();
  });

  it('is free again after its process was killed, and not before', async () => {
    const folder = join(top, 'killed');
    const script = `
      const { lockFolder } = await import(${JSON.stringify(new URL('folder-lock.ts', import.meta.url).href)});
      await lockFolder(${JSON.stringify(folder)});
      console.log('locked');
      setInterval(() => undefined, 60_000);`;
    const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(holder.stdout, 'data');
      await assert.rejects(lockFolder(folder), FolderInUse);
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    }
    assert.ok(
      process.platform === 'win32' || existsSync(join(folder, 'lock.sock')),
      'the killed process left its socket',
    );
    const release = await lockFolder(folder);
    await release();
  });
});
