import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import { entryPath, LOG_ENTRIES_PATH, LOG_PATH, postsPath, tryPath, type Entry, type Log, type NewEntry, type OpenedEntry } from '../../contract/learning-log.ts';
import type { ParticipantState } from '../../domain/learning-log.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startClockwork } from '../jobs/clockwork.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';
import { keepLogs } from './retention.ts';
import { changeLogSettings, logSettings } from './settings.ts';

const START = '2026-11-02T09:00:00Z';
const SIZES = { a: 3, b: 2 };

onEachDatabase('what is past its time, or of people who left', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let organisation: string;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());
  beforeEach(async () => {
    server.setNow(START);
    organisation = await testOrganisation(server, SIZES);
  });

  const me = (person: string) => personOf(server, organisation, person);
  const rows = () => server.services.database;

  async function write(person: string, entry: Partial<NewEntry> = {}): Promise<Entry> {
    const response = await me(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'We zagen het te laat.', ...entry });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  const shared = (person: string, entry: Partial<NewEntry> = {}) => write(person, { audience: { scope: 'organisation' }, ...entry });

  async function read(person: string, { id }: { readonly id: string }): Promise<OpenedEntry | undefined> {
    const response = await me(person).get(entryPath(id));
    return response.status === 404 ? undefined : ((await response.json()) as OpenedEntry);
  }

  let written = 0;
  async function post(author: string, { id: entry }: Entry, text: string): Promise<void> {
    written += 1;
    await rows()
      .insertInto('log_post')
      .values({ organisation, id: randomUUID(), entry, help: null, author, key: randomUUID(), key_digest: '', step: 'reply', parts: JSON.stringify([text]), leavers: (await logSettings(rows(), organisation)).leavers, created_at: new Date(server.services.now().getTime() + written), deleted_at: null })
      .execute();
  }

  async function review({ id: entry }: Entry, person: string, state: ParticipantState): Promise<string> {
    const id = randomUUID();
    await rows()
      .insertInto('log_help')
      .values({ organisation, id, entry, key: randomUUID(), key_digest: '', kind: 'peer-review', state: state === 'asked' ? 'asked' : 'answered', question: null, wish_date: null, created_at: server.services.now() })
      .execute();
    await rows().insertInto('log_participant').values({ organisation, help: id, person, state }).execute();
    return id;
  }

  async function keep(moment: string): Promise<void> {
    server.setNow(moment);
    await keepLogs(server.services);
  }

  /** Makes the roster what it was, but for these people. */
  async function without(moment: string, ...people: readonly string[]): Promise<void> {
    server.setNow(moment);
    const all = rosterOf(SIZES);
    const stays = ({ person }: { readonly person: string }) => !people.includes(person);
    const roster = { ...all, people: all.people.filter(({ id }) => stays({ person: id })), memberships: all.memberships.filter(stays) };
    await importRoster(rows(), organisation, roster, { at: server.services.now(), dryRun: false });
  }

  async function idsIn(table: 'log_entry' | 'log_post' | 'log_intention' | 'log_help'): Promise<string[]> {
    return (await rows().selectFrom(table).select('id').where('organisation', '=', organisation).execute()).map(({ id }) => id);
  }

  /** How many rows name somebody, wherever they lie. */
  async function namedIn(person: string): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const table of ['log_reader', 'log_opened', 'log_endorsement', 'log_participant', 'log_intention', 'log_person', 'keyring.author_key'] as const) {
      found[table] = (await rows().selectFrom(table).select('person').where('organisation', '=', organisation).where('person', '=', person).execute()).length;
    }
    for (const table of ['log_entry', 'log_post'] as const) {
      found[table] = (await rows().selectFrom(table).select('author').where('organisation', '=', organisation).where('author', '=', person).execute()).length;
    }
    return Object.fromEntries(Object.entries(found).filter(([, number]) => number > 0));
  }

  it('goes when it was not changed for as long as the organisation keeps it, private or shared', async () => {
    const old = [await write('a-1'), await shared('a-1')];
    const changed = await write('a-2');
    server.setNow('2027-01-10T09:00:00Z');
    const young = await shared('a-1');
    const { kind } = changed;
    await me('a-2').send('PUT', entryPath(changed.id), { kind, text: 'Anders.', audience: { scope: 'me' } }, { 'if-match': '"1"' });
    await keep('2029-11-02T09:00:00Z');
    assert.equal((await idsIn('log_entry')).length, 4, 'not before its time');
    await keep('2029-11-02T09:00:01Z');
    assert.deepEqual((await idsIn('log_entry')).sort(), [young.id, changed.id].sort());
    for (const entry of old) assert.equal(await read('a-1', entry), undefined);
    await changeLogSettings(server.services, organisation, { keepMonths: 24 });
    await keep('2029-11-02T10:00:00Z');
    assert.deepEqual(await idsIn('log_entry'), []);
  });

  it('takes nobody else’s words along: they stay theirs, in a thread without an entry, for as long again', async () => {
    const entry = await shared('a-1');
    await post('a-1', entry, 'Van de schrijver.');
    await post('b-1', entry, 'Van een ander.');
    await keep('2029-12-01T00:00:00Z');
    const left = await read('b-1', entry);
    assert.ok(left && 'deleted' in left);
    assert.deepEqual(left.posts.map(({ parts }) => parts), [['Van een ander.']]);
    assert.equal(await read('a-1', entry), undefined);
    await keep('2032-12-01T00:00:01Z');
    assert.deepEqual([await idsIn('log_entry'), await idsIn('log_post')], [[], []]);
  });

  it('goes from the thread of a deleted entry when nobody has a word in it any more', async () => {
    const entry = await shared('a-1');
    await post('b-1', entry, 'Van een ander.');
    await me('a-1').send('DELETE', entryPath(entry.id));
    await keep('2026-11-02T10:00:00Z');
    assert.deepEqual(await idsIn('log_entry'), [entry.id]);
    await rows().updateTable('log_post').set({ parts: '[]', deleted_at: server.services.now() }).where('entry', '=', entry.id).execute();
    await keep('2026-11-02T11:00:00Z');
    assert.deepEqual([await idsIn('log_entry'), await idsIn('log_post')], [[], []]);
  });

  it('goes for all, however much it is, when several servers do it at once', async () => {
    const [first] = [await write('a-1')];
    const { sealed, key_digest } = await rows().selectFrom('log_entry').select(['sealed', 'key_digest']).where('id', '=', first.id).executeTakeFirstOrThrow();
    await rows()
      .insertInto('log_entry')
      .values(Array.from({ length: 1200 }, () => ({ organisation, id: randomUUID(), author: 'a-1', key: randomUUID(), key_digest, scope: 'me' as const, team: null, kind: null, text: null, different: null, link: null, project: null, search: null, sealed, version: 1, created_at: START, shared_at: START })))
      .execute();
    server.setNow('2029-11-03T00:00:00Z');
    await Promise.all([keepLogs(server.services), keepLogs(server.services)]);
    assert.deepEqual(await idsIn('log_entry'), []);
  });

  it('takes intentions along that have no entry any more, when they are as old', async () => {
    const entry = await shared('a-1');
    await write('a-1', { different: 'Bellen.' });
    server.setNow('2028-11-02T09:00:00Z');
    await me('b-1').send('PUT', tryPath(entry.id));
    await keep('2029-12-01T00:00:00Z');
    const [{ person, entry: of } = { person: '', entry: '' }, ...others] = await rows().selectFrom('log_intention').select(['person', 'entry']).where('organisation', '=', organisation).execute();
    assert.deepEqual([person, of, others], ['b-1', null, []]);
    await keep('2031-12-01T00:00:00Z');
    assert.deepEqual(await idsIn('log_intention'), []);
  });

  it('is nothing when a roster misses somebody for a day', async () => {
    const alone = await write('a-1', { text: 'Alleen voor mij.', different: 'Bellen.' });
    const open = await shared('a-1');
    await without('2026-11-03T09:00:00Z', 'a-1');
    await keep('2026-11-03T10:00:00Z');
    assert.equal((await me('a-1').get(entryPath(alone.id))).status, 403);
    assert.deepEqual(((await (await me('b-1').get(`${LOG_PATH}?person=a-1`)).json()) as Log).entries, [], 'nor found by name');
    assert.equal(((await (await me('b-1').get(LOG_PATH)).json()) as Log).entries[0]?.id, open.id, 'though it is still there');
    await without('2026-11-04T09:00:00Z');
    // Nobody looked that day, and it happens again when thirty days have passed.
    await without('2026-12-20T09:00:00Z', 'a-1');
    await keep('2026-12-20T10:00:00Z');
    await without('2026-12-21T09:00:00Z');
    await keep('2026-12-21T10:00:00Z');
    const found = await read('a-1', alone);
    assert.ok(found && 'text' in found);
    assert.equal(found.text, 'Alleen voor mij.');
    assert.equal((await idsIn('log_intention')).length, 1);
  });

  /** All that somebody can leave behind, of `a-1` who leaves. */
  async function everythingOf() {
    const alone = await write('a-1', { text: 'Alleen voor mij.', different: 'Bellen.' });
    const open = await shared('a-1', { text: 'Voor iedereen.' });
    const other = await shared('b-1', { text: 'Van een ander.', audience: { scope: 'people', people: ['a-1'] } });
    await read('b-1', open);
    await read('a-1', other);
    await me('a-1').send('PUT', tryPath(other.id));
    await rows().insertInto('log_endorsement').values({ organisation, entry: other.id, person: 'a-1', word: 'helped-me', at: server.services.now() }).execute();
    await post('a-1', other, 'Mijn antwoord.');
    await post('a-1', open, 'Mijn toelichting.');
    await post('b-1', open, 'Van b-1.');
    const asked = await review(open, 'b-1', 'asked');
    const waiting = await review(other, 'a-1', 'asked');
    const answered = await review(other, 'a-1', 'answered');
    const stateOf = async (id: string) => (await rows().selectFrom('log_help').select('state').where('id', '=', id).executeTakeFirst())?.state;
    const helps = async () => [await stateOf(asked), await stateOf(waiting), await stateOf(answered)];
    return { alone, open, other, helps };
  }

  it('stays without a name where the organisation keeps it; what is private goes, with its key', async () => {
    const { alone, open, other, helps } = await everythingOf();
    await without('2026-11-10T09:00:00Z', 'a-1');
    await keep('2026-12-10T08:59:59Z');
    assert.ok((await idsIn('log_entry')).includes(alone.id), 'not before thirty days');
    await keep('2026-12-10T09:00:00Z');
    assert.deepEqual(await namedIn('a-1'), {});
    assert.ok(!(await idsIn('log_entry')).includes(alone.id));
    const left = await read('b-1', open);
    assert.ok(left && 'text' in left);
    assert.deepEqual([left.text, left.author, left.posts.map(({ author, parts }) => [author?.id ?? null, parts])], [
      'Voor iedereen.',
      null,
      [[null, ['Mijn toelichting.']], ['b-1', ['Van b-1.']]],
    ]);
    const answered = await read('b-1', other);
    assert.ok(answered && 'text' in answered);
    assert.deepEqual([answered.posts.map(({ author, parts }) => [author, parts]), answered.endorsements], [[[null, ['Mijn antwoord.']]], []]);
    assert.deepEqual(await helps(), ['withdrawn', 'declined', 'answered']);
    const versions = await rows().selectFrom('log_version').select('entry').where('organisation', '=', organisation).execute();
    assert.deepEqual(versions.map(({ entry }) => entry), [other.id]);
    assert.match(server.logged(), /"leavers":1,"msg"/);
    assert.doesNotMatch(server.logged(), /"a-1"|Name of|Voor iedereen/);
    // Somebody who comes back begins anew.
    await without('2027-01-10T09:00:00Z');
    const again = await write('a-1', { text: 'Opnieuw.' });
    assert.ok(await read('a-1', again));
    assert.deepEqual((await read('a-1', open))?.posts.map(({ mine }) => mine), [false, false]);
  });

  it('goes where the organisation removes it, but for what others wrote', async () => {
    await changeLogSettings(server.services, organisation, { leavers: 'remove' });
    const { alone, open, other, helps } = await everythingOf();
    await without('2026-11-10T09:00:00Z', 'a-1');
    await keep('2026-12-10T09:00:00Z');
    assert.deepEqual(await namedIn('a-1'), {});
    assert.ok(!(await idsIn('log_entry')).includes(alone.id));
    const left = await read('b-1', open);
    assert.ok(left && 'deleted' in left);
    assert.deepEqual(left.posts.map(({ parts }) => parts), [['Van b-1.']]);
    const answered = await read('b-1', other);
    assert.deepEqual(answered?.posts.map(({ author, parts }) => [author, parts]), [[null, []]]);
    assert.deepEqual(await helps(), [undefined, 'declined', 'declined']);
  });

  it('goes or stays as the form said when it was shared, whatever the organisation decided later', async () => {
    const kept = await shared('a-1', { text: 'Blijft.' });
    await changeLogSettings(server.services, organisation, { leavers: 'remove' });
    const removed = await shared('a-1', { text: 'Gaat.' });
    const ofAnother = await shared('b-1', { text: 'Van een ander.' });
    const replies = async () => (await rows().selectFrom('log_post').select(['leavers', 'parts']).where('entry', '=', ofAnother.id).orderBy('created_at').execute()).map(({ leavers, parts }) => [leavers, parts.length]);
    await me('a-1').send('POST', postsPath(ofAnother.id), { key: randomUUID(), step: 'reply', parts: ['Gaat ook.'] });
    await changeLogSettings(server.services, organisation, { leavers: 'keep' });
    server.setNow('2026-11-02T09:00:01Z');
    await me('a-1').send('POST', postsPath(ofAnother.id), { key: randomUUID(), step: 'reply', parts: ['Blijft ook.'] });
    await without('2026-11-10T09:00:00Z', 'a-1');
    await keep('2026-12-10T09:00:00Z');
    assert.deepEqual((await idsIn('log_entry')).sort(), [kept.id, ofAnother.id].sort());
    assert.deepEqual(await replies(), [['remove', 0], ['keep', 1]]);
    assert.equal(await read('b-1', removed), undefined);
  });

  it('is seen to as soon as a server runs', async () => {
    const entry = await write('a-1');
    server.setNow('2029-11-03T00:00:00Z');
    await startClockwork(server.services, 600).stop();
    assert.ok(!(await idsIn('log_entry')).includes(entry.id));
  });
});
