import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, it } from 'node:test';
import { endRound } from '../../src/server/rounds/closing.ts';
import { build } from '../../tools/build.js';
import { freePort } from '../support/databases.ts';
import { launchServer } from '../support/production.ts';
import { assertFigures, ask, freshProgress, goOn, makeCrowd, ORGANISATION, peopleInBox, seeded, type Crowd } from './crowd.ts';

/** Megabytes of a disk that a database, its log, and what is kept free fit on. */
const DISK = 160;
const MEGABYTE = 1024 * 1024;

describe('a server whose disk is full', () => {
  let work = '';
  let disk = '';
  let crowd: Crowd;
  const agent = new Agent();

  before(async () => {
    assert.notEqual(await build(), 'failed');
    work = await mkdtemp(join(tmpdir(), 'leerkring-disk-'));
    disk = join(work, 'disk');
    crowd = await makeCrowd({ DATA_DIR: join(work, 'template') }, work, { a: 30, b: 30 }, seeded(1));
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(DISK)}m`, 'tmpfs', disk]);
    } catch {
      throw new Error('This test needs a small disk of its own: it must run as root, where mounting a tmpfs is allowed.');
    }
  });
  after(async () => {
    agent.destroy();
    execFileSync('umount', [disk]);
    await rm(work, { recursive: true, force: true });
  });
  beforeEach(() => {
    makeRoom();
    rmSync(join(disk, 'data'), { recursive: true, force: true });
    cpSync(join(work, 'template', 'database'), join(disk, 'data', 'database'), { recursive: true });
  });

  /** Fills the disk to the last byte, and gives back so many megabytes. */
  function fill(left = 0): void {
    const file = openSync(join(disk, 'filler'), 'w');
    let written = 0;
    for (const part of [Buffer.alloc(MEGABYTE), Buffer.alloc(1)]) {
      try {
        for (;;) written += writeSync(file, part);
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
      }
    }
    closeSync(file);
    truncateSync(join(disk, 'filler'), written - left * MEGABYTE);
  }

  function makeRoom(): void {
    rmSync(join(disk, 'filler'), { force: true });
  }

  it('says so, keeps all that it acknowledged, and goes on by itself when there is room again', async () => {
    const place = { DATA_DIR: join(disk, 'data') };
    const port = await freePort();
    const server = launchServer(work, { ...crowd.environment(place), PORT: String(port) });
    const address = `http://127.0.0.1:${String(port)}`;
    try {
      await server.said('is ready');
      const all = freshProgress(crowd.people);
      await goOn(crowd, address, all.slice(0, 20), () => true);
      // These have their paper, and send when it is too late.
      await goOn(crowd, address, all.slice(20, 40), () => all.slice(20, 40).some(({ paper }) => !paper));
      const before = all.filter(({ acknowledged }) => acknowledged).length;
      assert.ok(before >= 20);

      fill();
      for (const path of ['/readyz', '/healthz'] as const) {
        assert.equal((await ask(agent, address, path))?.status, path === '/readyz' ? 503 : 200);
      }
      // Neither a paper nor a ballot is taken; each answer is checked to be a clear one.
      await goOn(crowd, address, all, () => true);
      assert.equal(all.filter(({ acknowledged }) => acknowledged).length, before);
      assert.ok(server.running(), server.output());

      makeRoom();
      assert.equal((await ask(agent, address, '/readyz'))?.status, 200);
      await goOn(crowd, address, all, () => true);
      assert.ok(all.every(({ acknowledged }) => acknowledged), server.output());
      assert.doesNotMatch(server.output(), /What |Name of|choices|nonce|Bearer/);
    } finally {
      await server.end('SIGTERM');
    }
    const services = await crowd.open(place);
    try {
      assert.deepEqual((await peopleInBox(crowd, services)).toSorted(), crowd.people.map(({ id }) => id).toSorted());
      await endRound(services, ORGANISATION, crowd.round, { atOnce: true });
      assert.equal(assertFigures(await crowd.reports(services), crowd.people), 2);
    } finally {
      await services.close();
    }
  });

  it('opens its database again when that broke down: without a next piece of log, PGlite goes round in circles', async () => {
    const store = new URL('../../src/server/store/store.ts', import.meta.url).href;
    // A statement larger than what is kept free gets past the watch on the room. In a process of its own, since one that
    // goes round in circles can only be killed.
    const script = `
      import { sql } from 'kysely';
      const { openStore, isUnreachable } = await import(${JSON.stringify(store)});
      const { database } = await openStore({ kind: 'folder', folder: ${JSON.stringify(join(disk, 'data'))} });
      const attempt = (statement) => statement.execute(database).then(({ rows }) => rows, (error) =>
        isUnreachable(error) ? [error.code, error.severity ?? error.name].join(' ') : error);
      const say = async (statement) => console.log(JSON.stringify(await attempt(statement)));
      await database.transaction().execute((inside) => sql\`insert into audit
        select 'de-linde', n::text, now(), 'roster-imported', jsonb_build_object('x', repeat(md5(n::text), 20))
        from generate_series(1, 200000) n\`.execute(inside)).catch((error) => console.log(JSON.stringify(isUnreachable(error) && error.severity)));
      await say(sql\`select 1 as one\`);
      console.log('full');
      process.stdin.once('data', async () => {
        await say(sql\`select count(*)::integer as people from person\`);
        await say(sql\`delete from audit where act = 'roster-imported'\`);
        process.exit();
      });`;
    fill(50);
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const deadline = setTimeout(() => child.kill('SIGKILL'), 600_000);
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      if (!said.endsWith('full\n')) return;
      makeRoom();
      child.stdin.write('go on\n');
    });
    await text(child.stdout);
    clearTimeout(deadline);
    assert.deepEqual(said.trim().split('\n'), [
      '"PANIC"',
      '"53100 EmbeddedUnavailable"',
      'full',
      JSON.stringify([{ people: crowd.people.length + 3 }]),
      '[]',
    ]);
  });
});
