import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { entryPath, helpsPath, LOG_ENTRIES_PATH, LOG_PATH, postPath, postsPath, versionsPath, type ChangedEntry, type Entry, type Log, type NewEntry, type Versions } from '../../contract/learning-log.ts';
import type { Problem } from '../../contract/problems.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';

onEachDatabase('entries', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  const start = () => testOrganisation(server, { a: 6, b: 5 });

  async function write(organisation: string, person: string, entry: Partial<NewEntry> = {}): Promise<Entry> {
    const response = await personOf(server, organisation, person).send('POST', LOG_ENTRIES_PATH, {
      key: randomUUID(),
      kind: 'insight',
      text: 'We zagen het te laat.',
      ...entry,
    });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  const read = (organisation: string, person: string, id: string) => personOf(server, organisation, person).get(entryPath(id));

  function changeOf(entry: Entry, change: Partial<ChangedEntry>): ChangedEntry {
    const { kind, text } = entry;
    return { kind, text, audience: { scope: 'me' }, ...change };
  }

  it('are for their author alone, unless they say otherwise', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1');
    assert.equal(entry.audience.scope, 'me');
    assert.equal(entry.readers, 0);
    assert.equal((await read(organisation, 'a-1', entry.id)).status, 200);
    for (const other of ['a-2', 'a-lead', 'b-1', 'chief']) assert.equal((await read(organisation, other, entry.id)).status, 404, other);
  });

  it('say nothing in the database while they are for their author alone', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1', { text: 'zeldzaamwoord', different: 'andersdoen', project: 'geheimplan', tags: ['labelwoord'], link: 'https://geheimadres.example.org/' });
    const rows = await server.services.database.selectFrom('log_entry').selectAll().where('id', '=', entry.id).execute();
    const versions = await server.services.database.selectFrom('log_version').selectAll().where('entry', '=', entry.id).execute();
    const dump = JSON.stringify([rows, versions], (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value));
    assert.doesNotMatch(dump, /zeldzaam|andersdoen|geheim|labelwoord|insight/);
  });

  it('reach the team, named colleagues or all, and nobody else', async () => {
    const organisation = await start();
    const team = await write(organisation, 'a-1', { audience: { scope: 'team', team: 'a' } });
    assert.equal(team.readers, 6);
    const named = await write(organisation, 'a-1', { audience: { scope: 'people', people: ['b-2'] } });
    assert.equal(named.readers, 1);
    const all = await write(organisation, 'a-1', { audience: { scope: 'organisation' } });
    const sees = async (person: string) =>
      Promise.all([team, named, all].map(async ({ id }) => (await read(organisation, person, id)).status === 200));
    assert.deepEqual(await sees('a-2'), [true, false, true]);
    assert.deepEqual(await sees('a-lead'), [true, false, true]);
    assert.deepEqual(await sees('b-2'), [false, true, true]);
    assert.deepEqual(await sees('chief'), [false, false, true]);
  });

  it('can be shared with no team but one’s own, and with nobody who is not there', async () => {
    const organisation = await start();
    for (const audience of [{ scope: 'team', team: 'b' }, { scope: 'people', people: ['nobody'] }] as const) {
      const response = await personOf(server, organisation, 'a-1').send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'x', audience });
      assert.equal(response.status, 400);
    }
  });

  it('are kept once for a key, however often they are sent', async () => {
    const organisation = await start();
    const key = randomUUID();
    const first = await write(organisation, 'a-1', { key });
    const second = await write(organisation, 'a-1', { key });
    assert.equal(second.id, first.id);
    const other = await personOf(server, organisation, 'a-1').send('POST', LOG_ENTRIES_PATH, { key, kind: 'insight', text: 'Anders' });
    assert.equal(other.status, 412);
    const problem = (await other.json()) as Problem;
    assert.equal(problem.kept?.text, 'We zagen het te laat.');
    assert.equal(problem.sent?.text, 'Anders');
    // The same key of somebody else is another key.
    assert.notEqual((await write(organisation, 'a-2', { key })).id, first.id);
  });

  it('are changed from the version that somebody saw, and else both texts come back', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1');
    const me = personOf(server, organisation, 'a-1');
    const change = changeOf(entry, { text: 'Op de telefoon' });
    const changed = await me.send('PUT', entryPath(entry.id), change, { 'if-match': '"1"' });
    assert.equal(changed.status, 200);
    assert.equal(changed.headers.get('etag'), '"2"');
    // Its answer was lost: the same again is done.
    assert.equal((await me.send('PUT', entryPath(entry.id), change, { 'if-match': '"1"' })).status, 200);
    const late = await me.send('PUT', entryPath(entry.id), changeOf(entry, { text: 'Op de laptop' }), { 'if-match': '"1"' });
    assert.equal(late.status, 412);
    const problem = (await late.json()) as Problem;
    assert.deepEqual([problem.kept?.text, problem.kept?.version, problem.sent?.text], ['Op de telefoon', 2, 'Op de laptop']);
    assert.equal((await me.send('PUT', entryPath(entry.id), change)).status, 400);
    const { versions } = (await (await me.get(versionsPath(entry.id))).json()) as Versions;
    assert.deepEqual(versions.map(({ version, text }) => [version, text]), [[2, 'Op de telefoon'], [1, 'We zagen het te laat.']]);
  });

  it('are changed, deleted, and seen in their versions, by their author alone', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1', { audience: { scope: 'organisation' } });
    const leader = personOf(server, organisation, 'a-lead');
    assert.equal((await leader.send('PUT', entryPath(entry.id), changeOf(entry, {}), { 'if-match': '"1"' })).status, 404);
    assert.equal((await leader.send('DELETE', entryPath(entry.id))).status, 404);
    assert.equal((await leader.get(versionsPath(entry.id))).status, 404);
  });

  it('that become private again are read by nobody else, and tell their author who opened them', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1', { audience: { scope: 'team', team: 'a' } });
    assert.equal((await read(organisation, 'a-2', entry.id)).status, 200);
    const me = personOf(server, organisation, 'a-1');
    const narrowed = (await (await me.send('PUT', entryPath(entry.id), changeOf(entry, {}), { 'if-match': '"1"' })).json()) as Entry;
    assert.deepEqual(narrowed.openedBy, [{ person: { id: 'a-2', name: 'Name of a-2' }, at: '2026-11-02' }]);
    assert.equal((await read(organisation, 'a-2', entry.id)).status, 404);
    const [row] = await server.services.database.selectFrom('log_entry').select(['text', 'search', 'vector']).where('id', '=', entry.id).execute();
    assert.deepEqual(row, { text: null, search: null, vector: null });
  });

  it('that were deleted are gone for everybody, their author too', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1', { audience: { scope: 'organisation' } });
    assert.equal((await personOf(server, organisation, 'a-1').send('DELETE', entryPath(entry.id))).status, 200);
    for (const person of ['a-1', 'a-2']) assert.equal((await read(organisation, person, entry.id)).status, 404);
    assert.deepEqual(await server.services.database.selectFrom('log_entry').select('id').where('id', '=', entry.id).execute(), []);
  });

  it('that were deleted stay so, when the first answer was lost and another try comes later', async () => {
    const organisation = await start();
    const key = randomUUID();
    const entry = await write(organisation, 'a-1', { key });
    const me = personOf(server, organisation, 'a-1');
    await me.send('DELETE', entryPath(entry.id));
    const again = await me.send('POST', LOG_ENTRIES_PATH, { key, kind: 'insight', text: 'We zagen het te laat.' });
    assert.equal(again.status, 404);
  });

  it('tell nobody what they say who has the master secret, once their author’s key is gone', async () => {
    const organisation = await start();
    const { master, database: tables } = server.services;
    const entry = { key: randomUUID(), kind: 'insight', text: 'Een geraden zin.' } satisfies NewEntry;
    const sent: NewEntry = { ...entry, tags: [], audience: { scope: 'me' } };
    const { id } = await write(organisation, 'a-1', entry);
    const digest = async () => (await tables.selectFrom('log_entry').select('key_digest').where('id', '=', id).executeTakeFirstOrThrow()).key_digest;
    const guessed = await digest();
    for (const guess of [entry, sent]) assert.notEqual(guessed, master.pseudonym('entry', organisation, 'a-1', JSON.stringify(guess)));
    assert.equal((await write(organisation, 'a-1', entry)).id, id, 'the same is still known as the same');
    await tables.deleteFrom('keyring.author_key').where('organisation', '=', organisation).where('person', '=', 'a-1').execute();
    const again = await personOf(server, organisation, 'a-1').send('POST', LOG_ENTRIES_PATH, entry);
    assert.equal(again.status, 412, 'without its key it tells nothing');
  });

  it('leave nothing of what they said when they were deleted, and nor does what stood under them', async () => {
    const organisation = await start();
    const { database: tables } = server.services;
    const me = personOf(server, organisation, 'a-1');
    const entry = await write(organisation, 'a-1', { audience: { scope: 'team', team: 'a' } });
    const post = { key: randomUUID(), step: 'reply', parts: ['Een geraden antwoord.'] };
    const other = personOf(server, organisation, 'a-2');
    for (const one of [post, { ...post, key: randomUUID() }]) assert.equal((await other.send('POST', postsPath(entry.id), one)).status, 200);
    const { posts } = (await (await read(organisation, 'a-2', entry.id)).json()) as Entry;
    assert.equal((await other.send('DELETE', postPath(entry.id, posts[0]?.id ?? ''))).status, 200);
    const digests = async () => (await tables.selectFrom('log_post').select('key_digest').where('entry', '=', entry.id).orderBy(sql`key_digest <> ''`).execute()).map((row) => row.key_digest);
    assert.deepEqual((await digests()).map((digest) => digest === ''), [true, false]);
    assert.equal((await other.send('POST', postsPath(entry.id), post)).status, 200, 'what comes once more stays deleted');
    assert.equal((await digests()).length, 2);
    assert.equal((await me.send('DELETE', entryPath(entry.id))).status, 200);
    const left = await tables.selectFrom('log_entry').select('key_digest').where('id', '=', entry.id).execute();
    assert.deepEqual(left, [{ key_digest: '' }]);
    assert.equal((await other.send('DELETE', LOG_PATH)).status, 200);
    assert.deepEqual((await digests()).filter((digest) => digest !== ''), []);
  });

  it('that went with all of somebody’s own stay away as well, and those that were deleted before', async () => {
    const organisation = await start();
    const me = personOf(server, organisation, 'a-1');
    const [before, one, other] = [randomUUID(), randomUUID(), randomUUID()];
    const { id } = await write(organisation, 'a-1', { key: before });
    await me.send('DELETE', entryPath(id));
    await write(organisation, 'a-1', { key: one });
    await write(organisation, 'a-1', { key: other, audience: { scope: 'team', team: 'a' } });
    assert.equal((await me.send('DELETE', LOG_PATH)).status, 200);
    for (const key of [before, one, other]) {
      assert.equal((await me.send('POST', LOG_ENTRIES_PATH, { key, kind: 'insight', text: 'We zagen het te laat.' })).status, 404);
    }
    assert.deepEqual(((await (await me.get(`${LOG_PATH}?list=mine`)).json()) as Log).entries, []);
    await write(organisation, 'a-1');
  });

  it('come to those to whom they are new as something of today, and tell nobody that they were private before', async () => {
    const organisation = await start();
    const me = personOf(server, organisation, 'a-1');
    server.setNow('2026-11-02T09:00:00Z');
    const old = await write(organisation, 'a-1', { text: 'Eerst voor mij.' });
    await me.send('PUT', entryPath(old.id), changeOf(old, { text: 'Beter gezegd.' }), { 'if-match': '"1"' });
    server.setNow('2026-11-05T09:00:00Z');
    const other = await write(organisation, 'a-2', { audience: { scope: 'team', team: 'a' } });
    server.setNow('2026-11-09T09:00:00Z');
    await me.send('PUT', entryPath(old.id), changeOf(old, { text: 'Beter gezegd.', audience: { scope: 'team', team: 'a' } }), { 'if-match': '"2"' });
    const { entries } = (await (await personOf(server, organisation, 'a-3').get(LOG_PATH)).json()) as Log;
    assert.deepEqual(entries.map(({ id, createdAt, changedAt }) => [id, createdAt, changedAt]), [
      [old.id, '2026-11-09T09:00:00.000Z', null],
      [other.id, '2026-11-05T09:00:00.000Z', null],
    ]);
    const mine = (await (await me.get(entryPath(old.id))).json()) as Entry;
    assert.equal(mine.createdAt, '2026-11-02T09:00:00.000Z');
    server.setNow('2026-11-02T09:00:00Z');
  });

  it('tell by no number how often they were changed before they were shared, nor that somebody was asked for help', async () => {
    const organisation = await start();
    const me = personOf(server, organisation, 'a-1');
    const told = async (person: string, id: string) => {
      const response = await read(organisation, person, id);
      assert.equal(response.status, 200);
      const { version } = (await response.json()) as Entry;
      assert.equal(response.headers.get('etag'), `"${String(version)}"`);
      return version;
    };
    server.setNow('2026-11-02T09:00:00Z');
    const often = await write(organisation, 'a-1');
    const at = [1, 2, 3, 4, 5];
    for (const version of at) await me.send('PUT', entryPath(often.id), changeOf(often, { text: `Nog eens, de ${String(version)}e keer.` }), { 'if-match': `"${String(version)}"` });
    server.setNow('2026-11-03T09:00:00Z');
    const audience = { scope: 'team', team: 'a' } as const;
    const shared = await me.send('PUT', entryPath(often.id), changeOf(often, { audience }), { 'if-match': '"6"' });
    assert.equal(((await shared.json()) as Entry).version, 7);
    const once = await write(organisation, 'a-1', { audience });
    const first = await told('a-2', often.id);
    assert.equal(first, await told('a-2', once.id));
    server.setNow('2026-11-04T09:00:00Z');
    await me.send('POST', helpsPath(often.id), { key: randomUUID(), kind: 'peer-review', people: ['b-1'] });
    assert.equal(await told('a-1', often.id), 8);
    for (const person of ['a-2', 'b-1']) assert.equal(await told(person, often.id), first);
    await me.send('PUT', entryPath(often.id), changeOf(often, { text: 'Anders gezegd.', audience: { ...audience, people: ['b-1'] } }), { 'if-match': '"8"' });
    assert.notEqual(await told('a-2', often.id), first, 'what is changed for them is another version');
    server.setNow('2026-11-02T09:00:00Z');
  });

  it('can be changed where they are shared with a team that their author has left', async () => {
    const organisation = await start();
    const entry = await write(organisation, 'a-1', { audience: { scope: 'team', team: 'a' } });
    const { teams, people, memberships } = rosterOf({ a: 6, b: 5 });
    const moved = memberships.map((one) => (one.person === 'a-1' ? { ...one, team: 'b' } : one));
    await importRoster(server.services.database, organisation, { teams, people, memberships: moved }, { at: server.services.now(), dryRun: false });
    const me = personOf(server, organisation, 'a-1');
    const changed = await me.send('PUT', entryPath(entry.id), changeOf(entry, { text: 'Zonder tikfout.', audience: { scope: 'team', team: 'a' } }), { 'if-match': '"1"' });
    assert.equal(changed.status, 200);
    assert.equal((await read(organisation, 'a-2', entry.id)).status, 200);
  });

  it('take ten thousand characters of any script, and not one more', async () => {
    const organisation = await start();
    for (const text of ['🎈'.repeat(5000), 'مرحبا '.repeat(1600), '漢'.repeat(10_000)]) {
      assert.equal((await write(organisation, 'a-1', { text, audience: { scope: 'organisation' } })).text, text.trim());
    }
    const long = await personOf(server, organisation, 'a-1').send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'x'.repeat(10_001) });
    assert.equal(long.status, 400);
  });
});
