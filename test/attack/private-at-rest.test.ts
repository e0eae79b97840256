import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  entryPath,
  intentionPath,
  LOG_ENTRIES_PATH,
  LOG_EXPORT_PATH,
  LOG_INTENTIONS_PATH,
  LOG_PATH,
  LOG_PLACE_PATH,
  postsPath,
  versionsPath,
  type Entry,
  type Intentions,
  type NewEntry,
} from '../../src/contract/learning-log.ts';
import { startPoprf } from '../../src/server/keys/poprf.ts';
import { folded } from '../../src/server/learning-log/words.ts';
import { openStore, type Store, type StorePlace } from '../../src/server/store/store.ts';
import { appForAnybody, askingOf, type Ask } from '../support/as-anybody.ts';
import { startPostgresServer } from '../support/databases.ts';
import { testOrganisation, testServer } from '../support/server.ts';
import { bytesOf, bytesUnder, Reader, textOf } from './reading.ts';

/*
 * Somebody has the database, or the disk that its files are on: every table, every index, the write-ahead log. What an
 * author wrote for nobody else is to stand there nowhere in words that can be read, however it was written, changed,
 * looked for and looked back on.
 */

/** Begins every word that is for its author alone, and no other; with an accent, by which each way of keeping it shows. */
const HIDDEN = 'Zwéldraks';
/** Begins what is shared. */
const CONTROL = 'Grúmpelvo';

/** The forms in which a program may have written a word down that begins so. */
function formsOf(start: string): Buffer[] {
  const texts = [start, start.toLowerCase(), start.normalize('NFD'), folded(start)];
  const escaped = texts.map((text) => text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
  // Without its first letters it is found where something was put before it.
  const all = [...new Set([...texts, ...escaped, folded(start).slice(2)])];
  // In base64 by where it begins among three bytes; the letters that neighbours share are left out.
  const base64 = [0, 1, 2].map((before) => Buffer.from('x'.repeat(before) + start).toString('base64').slice(before === 0 ? 0 : 4, -4));
  return [...all.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex'))]), ...base64.map((text) => Buffer.from(text))];
}

/** What can be read of words that begin so, and what stands around it. */
function foundIn(bytes: Buffer, start: string): string[] {
  return formsOf(start).flatMap((form) => {
    const at = bytes.indexOf(form);
    return at < 0 ? [] : [bytes.subarray(Math.max(0, at - 40), at + 60).toString('latin1')];
  });
}

/** Writes, changes, reads, looks for and looks back on what is for its author alone. */
async function liveInPrivate(ask: Ask, organisation: string, me: string, setNow: (moment: string) => void): Promise<void> {
  const used: string[] = [];
  const word = () => {
    const next = `${HIDDEN}${String(used.length)}quost`;
    used.push(next);
    return next;
  };
  const does = async <T>(path: string, method = 'GET', body?: unknown, headers?: Record<string, string>): Promise<T> => {
    const answered = await ask(organisation, me, path, { method, body, ...(headers ? { headers } : {}) });
    assert.equal(answered.status, 200, answered.body);
    return JSON.parse(answered.body) as T;
  };
  const written = () => ({
    kind: 'mistake' as const,
    text: `Ik zag **${word()}** niet, en ${word()} wel. ${'Lang '.repeat(100)} ${word()}`,
    different: `Voortaan eerst ${word()}`,
    project: `Plan ${word()}`,
    tags: [word(), word()],
    link: `https://${folded(word())}.example.org/`,
  });
  const entries: Entry[] = [];
  for (let number = 0; number < 6; number += 1) {
    const entry = { key: randomUUID(), ...written(), audience: { scope: 'me' } } satisfies NewEntry;
    entries.push(await does<Entry>(LOG_ENTRIES_PATH, 'POST', entry));
    // A second try, and one under the same key that says something else: it comes back, and is kept nowhere.
    await does(LOG_ENTRIES_PATH, 'POST', entry);
    assert.equal((await ask(organisation, me, LOG_ENTRIES_PATH, { method: 'POST', body: { ...entry, text: word() } })).status, 412);
  }
  for (const { id } of entries.slice(0, 4)) {
    for (const version of [1, 2]) {
      await does(entryPath(id), 'PUT', { ...written(), audience: { scope: 'me' } }, { 'if-match': `"${String(version)}"` });
    }
    assert.equal((await ask(organisation, me, entryPath(id), { method: 'PUT', body: { ...written(), audience: { scope: 'me' } }, headers: { 'if-match': '"1"' } })).status, 412);
    // Notes to oneself under it, if they are taken at all.
    await ask(organisation, me, postsPath(id), { method: 'POST', body: { key: randomUUID(), step: 'reply', parts: [word()] } });
  }
  for (const searched of [...used.slice(0, 5), ...used.slice(-5).map((one) => one.slice(3, -3)), word()]) {
    await does(`${LOG_PATH}?search=${encodeURIComponent(searched)}`);
    await does(`${LOG_PATH}?list=mine&search=${encodeURIComponent(searched)}`);
  }
  for (const [index, { id }] of entries.entries()) {
    const { project, tags: [tag = ''] } = await does<Entry>(entryPath(id));
    await does(versionsPath(id));
    if (index < 2) await does(`${LOG_PATH}?project=${encodeURIComponent(project ?? '')}&tag=${encodeURIComponent(tag)}`);
  }
  // A month on it is asked what came of it.
  setNow('2026-12-20T09:00:00Z');
  const { intentions } = await does<Intentions>(LOG_INTENTIONS_PATH);
  assert.ok(intentions.length > 0);
  for (const { id } of intentions) await does(intentionPath(id), 'PUT', { state: 'tried', outcome: `Het werd ${word()}` });
  for (const path of [LOG_PLACE_PATH, LOG_EXPORT_PATH, LOG_PATH]) await does(path);
  // What is deleted is no more to be read than what stays.
  await does(entryPath(entries[5]?.id ?? ''), 'DELETE');
}

async function assertUnreadable(store: Store, folder: string): Promise<void> {
  const poprf = startPoprf();
  try {
    const server = await testServer(store, poprf);
    const ask = askingOf(appForAnybody(server.services));
    const organisation = await testOrganisation(server, { a: 6 });
    await liveInPrivate(ask, organisation, 'a-1', (moment) => { server.setNow(moment); });
    const shared = { key: randomUUID(), kind: 'insight', text: `Wij zagen ${CONTROL}sk.`, audience: { scope: 'team', team: 'a' } };
    assert.equal((await ask(organisation, 'a-1', LOG_ENTRIES_PATH, { method: 'POST', body: shared })).status, 200);
    // What a database writes down by itself: what is common in a column, and all that it had only in memory.
    await sql`analyze`.execute(store.database);
    await sql`checkpoint`.execute(store.database);

    const reader = new Reader(store.database, server.logged);
    const { log } = await reader.read();
    const tables = Buffer.concat(reader.rows.flatMap((row) => [Buffer.from(textOf(row)), ...Object.values(row.values).flatMap((value) => bytesOf(value) ?? [])]));
    const files = await bytesUnder(folder);
    for (const [where, bytes] of Object.entries({ tables, log: Buffer.from(log), files })) {
      assert.deepEqual(foundIn(bytes, HIDDEN), [], `in the ${where}`);
    }
    // It would be found: what is shared is there as it was typed, and in the words that it is searched by.
    for (const bytes of [tables, files]) assert.ok(foundIn(bytes, CONTROL).length > 1);
    assert.ok(reader.rows.some(({ table }) => table === 'keyring.author_key'));
  } finally {
    await poprf.close();
  }
}

async function onStore(place: StorePlace, act: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(place);
  try {
    await act(store);
  } finally {
    await store.close();
  }
}

describe('what an author wrote for nobody else stands nowhere in words that can be read', () => {
  it('in the tables and files of the embedded database', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leerkring-files-'));
    try {
      await onStore({ kind: 'folder', folder }, (store) => assertUnreadable(store, folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('in the tables and files of PostgreSQL', async () => {
    const postgres = await startPostgresServer();
    try {
      await postgres.query('create database leerkring');
      await onStore({ kind: 'postgres', url: postgres.url('leerkring'), pool: 4 }, (store) => assertUnreadable(store, postgres.folder));
    } finally {
      await postgres.stop();
    }
  });
});
