import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import {
  endorsementPath,
  entryPath,
  helpsPath,
  LOG_COLLEAGUES_PATH,
  LOG_DIGEST_PATH,
  LOG_ENTRIES_PATH,
  LOG_PLACE_PATH,
  postPath,
  postsPath,
  type Colleagues,
  type Entry,
  type LogPlace,
  type NewEntry,
  type NewPost,
} from '../../contract/learning-log.ts';
import type { Roster } from '../../domain/roster.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';

const TEAM: NonNullable<NewEntry['audience']> = { scope: 'team', team: 'a' };
const MORNING = '2026-11-02T09:00:00Z';
const NEXT_DAY = '2026-11-03T00:00:00Z';

onEachDatabase('the place of the learning log', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  /** An organisation of its own, on a morning, with what its people do. */
  async function start(roster: Roster = rosterOf({ a: 4, b: 3 })) {
    server.setNow(MORNING);
    const organisation = await testOrganisation(server, {}, { roster });
    const as = (person: string) => personOf(server, organisation, person);
    async function done(response: Response): Promise<unknown> {
      assert.equal(response.status, 200, await response.clone().text());
      return response.json();
    }
    return {
      organisation,
      as,
      write: async (person: string, entry: Partial<NewEntry> = {}) =>
        (await done(
          await as(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'We zagen het te laat.', ...entry }),
        )) as Entry,
      change: async (person: string, { id, version, kind, text }: Entry, audience: NewEntry['audience']) =>
        (await done(await as(person).send('PUT', entryPath(id), { kind, text, audience }, { 'if-match': `"${String(version)}"` }))) as Entry,
      post: async (person: string, entry: string, post: Partial<NewPost> = {}) =>
        (await done(await as(person).send('POST', postsPath(entry), { key: randomUUID(), step: 'reply', parts: ['Dat herken ik.'], ...post }))) as Entry,
      endorse: async (person: string, entry: string, word: string | null) => done(await as(person).send('PUT', endorsementPath(entry), { word })),
      remove: async (person: string, path: string) => done(await as(person).send('DELETE', path)),
      place: async (person: string) => (await done(await as(person).get(LOG_PLACE_PATH))) as LogPlace,
      readDigest: async (person: string, until = server.services.now().toISOString()) => done(await as(person).send('POST', LOG_DIGEST_PATH, { until })),
      colleagues: async (person: string, name: string) =>
        ((await done(await as(person).get(`${LOG_COLLEAGUES_PATH}?${new URLSearchParams({ name }).toString()}`))) as Colleagues).colleagues,
      intend: (person: string, entry: string, state: 'open' | 'dropped' = 'open') =>
        server.services.database
          .insertInto('log_intention')
          .values({ organisation, id: randomUUID(), person, entry, source: 'other', state, made_at: server.services.now(), ask_at: server.services.now() })
          .execute(),
    };
  }

  /** A digest in short: what, under which entry, by whom. */
  const told = ({ digest }: LogPlace) => digest.map(({ what, entry, people }) => [what, entry.excerpt, people.map((one) => one?.id ?? null)]);

  it('tells in the next digest what happened between the one that was shown and its reading', async () => {
    const { write, post, place, readDigest } = await start();
    server.setNow('2026-11-10T09:00:00Z');
    const { id } = await write('a-1', { audience: TEAM });
    const shown = await place('a-1');
    server.setNow('2026-11-10T15:00:00Z');
    await post('a-2', id);
    server.setNow('2026-11-11T09:00:00Z');
    await readDigest('a-1', shown.digestUntil);
    assert.deepEqual(told(await place('a-1')).map(([what]) => what), ['replied']);
    await readDigest('a-1', '2999-01-01T00:00:00Z');
    assert.deepEqual((await place('a-1')).digest, []);
    for (const long of ['1999-01-01T00:00:00Z', '0000-01-01T00:00:00Z']) await readDigest('a-1', long);
    assert.deepEqual((await place('a-1')).digest, [], 'it goes no way back');
  });

  it('says how many people there are, in the organisation and in one’s own teams, and who of them leads those', async () => {
    const roster = rosterOf({ a: 4, b: 3 });
    const { organisation, place } = await start({ ...roster, memberships: [...roster.memberships, { person: 'a-lead', team: 'b', role: 'leader' }] });
    const member = await place('a-1');
    assert.deepEqual([member.organisation.id, member.colleagues], [organisation, 9]);
    assert.deepEqual(member.teams, [{ id: 'a', name: 'Team a', others: 4, leaders: ['Name of a-lead'], role: 'member' }]);
    assert.deepEqual((await place('b-1')).teams.map(({ leaders }) => leaders), [['Name of a-lead', 'Name of b-lead']]);
    assert.deepEqual((await place('a-lead')).teams, [
      { id: 'a', name: 'Team a', others: 4, leaders: [], role: 'leader', lastShared: null },
      { id: 'b', name: 'Team b', others: 4, leaders: ['Name of b-lead'], role: 'leader', lastShared: null },
    ]);
    assert.equal((await server.app.request(LOG_PLACE_PATH)).status, 401);
  });

  it('is nobody’s who is not in the roster', async () => {
    const { as } = await start();
    for (const path of [LOG_PLACE_PATH, `${LOG_COLLEAGUES_PATH}?name=a`]) assert.equal((await as('nobody').get(path)).status, 403);
    assert.equal((await as('nobody').send('POST', LOG_DIGEST_PATH, { until: server.services.now().toISOString() })).status, 403);
  });

  it('tells leaders alone when they last shared something with their team', async () => {
    const { write, place, change } = await start();
    const lastShared = async () => (await place('a-lead')).teams.map((team) => team.lastShared);
    await write('a-lead');
    await write('a-lead', { audience: { scope: 'people', people: ['a-1'] } });
    await write('a-1', { audience: TEAM });
    assert.deepEqual(await lastShared(), [null]);
    const first = await write('a-lead', { audience: TEAM });
    assert.deepEqual(await lastShared(), [first.createdAt]);
    server.setNow('2026-11-04T10:00:00Z');
    const second = await write('a-lead', { audience: { scope: 'organisation' } });
    assert.deepEqual(await lastShared(), [second.createdAt]);
    await change('a-lead', second, { scope: 'me' });
    assert.deepEqual(await lastShared(), [first.createdAt]);
    for (const person of ['a-1', 'chief']) {
      assert.doesNotMatch(JSON.stringify(await place(person)), new RegExp(first.createdAt), person);
    }
    // What was written long before is shared on the day on which it comes to the team.
    const old = await write('a-lead');
    server.setNow('2026-11-20T10:00:00Z');
    await change('a-lead', old, TEAM);
    assert.deepEqual(await lastShared(), ['2026-11-20T10:00:00.000Z']);
  });

  it('offers the projects and tags of one’s teams and one’s own, the latest first, and nobody else’s', async () => {
    const { write, place, remove } = await start();
    const at = async (day: number, person: string, entry: Partial<NewEntry>) => {
      server.setNow(`2026-11-${String(day).padStart(2, '0')}T10:00:00Z`);
      return write(person, entry);
    };
    await at(3, 'a-1', { project: 'Oud en eigen', tags: ['eigen'] });
    await at(4, 'a-2', { project: 'Van het team', tags: ['samen', 'team'], audience: TEAM });
    await at(5, 'a-1', { project: 'Nieuw en eigen', tags: ['samen'] });
    await at(6, 'a-2', { project: 'Geheim', tags: ['geheim'] });
    await at(6, 'b-1', { project: 'Van een ander team', tags: ['ander'], audience: { scope: 'team', team: 'b' } });
    await at(6, 'a-2', { project: 'Voor een ander', tags: ['iemand'], audience: { scope: 'people', people: ['b-1'] } });
    const gone = await at(7, 'a-2', { project: 'Weg', tags: ['weg'], audience: TEAM });
    await remove('a-2', entryPath(gone.id));
    const { projects, tags } = await place('a-1');
    assert.deepEqual(projects, ['Nieuw en eigen', 'Van het team', 'Oud en eigen']);
    assert.deepEqual([tags[0], [...tags].sort()], ['samen', ['eigen', 'samen', 'team']]);
    assert.deepEqual((await place('a-lead')).projects, ['Van het team']);
    for (const person of ['a-3', 'a-lead', 'chief']) assert.doesNotMatch(JSON.stringify(await place(person)), /eigen|geheim|weg/i, person);
  });

  it('offers fifty of them and no more', async () => {
    const { write, place } = await start();
    for (let number = 1; number <= 60; number += 1) {
      await write('a-1', { project: `Project ${String(number)}`, tags: [`label ${String(number)}`], audience: number % 2 ? TEAM : { scope: 'me' } });
    }
    const { projects, tags } = await place('a-1');
    assert.deepEqual([projects.length, tags.length], [50, 50]);
  });

  it('says what the organisation decided on leavers and keeping', async () => {
    const { organisation, place } = await start();
    assert.deepEqual([(await place('a-1')).leavers, (await place('a-1')).keptMonths], ['keep', 36]);
    await server.services.database
      .updateTable('organisation')
      .set({ log_settings: JSON.stringify({ leavers: 'remove', keepMonths: 12 }) })
      .where('id', '=', organisation)
      .execute();
    const { leavers, keptMonths } = await place('a-1');
    assert.deepEqual([leavers, keptMonths], ['remove', 12]);
  });

  it('names drafts by person and organisation, without saying who it is', async () => {
    const [one, other] = [await start(), await start()];
    const { draftKey } = await one.place('a-1');
    assert.equal((await one.place('a-1')).draftKey, draftKey);
    assert.notEqual((await one.place('a-2')).draftKey, draftKey);
    assert.notEqual((await other.place('a-1')).draftKey, draftKey);
    assert.doesNotMatch(draftKey, /a-1/);
  });

  it('tells what others did with one’s entries, from the next day on, until it was read', async () => {
    const { as, write, post, endorse, intend, place, readDigest } = await start();
    const { id } = await write('a-1', { text: 'Over de dijk', audience: TEAM });
    await endorse('a-2', id, 'recognise');
    await endorse('a-3', id, 'helped-me');
    server.setNow('2026-11-02T10:00:00Z');
    await intend('a-lead', id);
    server.setNow('2026-11-02T11:00:00Z');
    for (const person of ['a-2', 'a-1', 'a-2']) await post(person, id);
    server.setNow('2026-11-02T12:00:00Z');
    const { helps: [help] } = (await (await as('a-1').send('POST', helpsPath(id), { key: randomUUID(), kind: 'peer-review', people: ['b-1'] })).json()) as Entry;
    assert.ok(help);
    await post('b-1', id, { step: 'review', help: help.id, parts: ['Een', 'Twee', 'Drie'] });
    await post('a-1', id, { step: 'takes', help: help.id });
    server.setNow('2026-11-02T23:59:59Z');
    assert.deepEqual((await place('a-1')).digest, []);
    // What was not shown is not read either.
    await readDigest('a-1');
    server.setNow(NEXT_DAY);
    const expected = [
      ['helped', 'Over de dijk', ['b-1']],
      ['replied', 'Over de dijk', ['a-2']],
      ['trying', 'Over de dijk', ['a-lead']],
      ['endorsed', 'Over de dijk', ['a-2', 'a-3']],
    ];
    assert.deepEqual(told(await place('a-1')), expected);
    // It stays until it was read, and a deed of today does not come with it.
    server.setNow('2026-11-03T15:00:00Z');
    await post('a-3', id);
    assert.deepEqual(told(await place('a-1')), expected);
    await readDigest('a-1');
    assert.deepEqual((await place('a-1')).digest, []);
    server.setNow('2026-11-04T08:00:00Z');
    assert.deepEqual(told(await place('a-1')), [['replied', 'Over de dijk', ['a-3']]]);
    for (const person of ['a-2', 'a-lead', 'b-1']) assert.deepEqual((await place(person)).digest, [], person);
  });

  it('tells once of somebody who thinks again, and not of what was taken back', async () => {
    const { write, post, endorse, intend, place, readDigest, remove } = await start();
    const { id } = await write('a-1', { audience: TEAM });
    await endorse('a-2', id, 'recognise');
    await endorse('a-3', id, 'recognise');
    await endorse('a-3', id, null);
    await intend('a-3', id, 'dropped');
    const [reply] = (await post('a-3', id)).posts;
    assert.ok(reply);
    await remove('a-3', postPath(id, reply.id));
    server.setNow(NEXT_DAY);
    assert.deepEqual(told(await place('a-1')).map(([what, , people]) => [what, people]), [['endorsed', ['a-2']]]);
    await readDigest('a-1');
    await endorse('a-2', id, 'helped-me');
    server.setNow('2026-11-05T08:00:00Z');
    assert.deepEqual((await place('a-1')).digest, []);
  });

  it('tells it of an entry that is private by now, and not of one that is gone', async () => {
    const { write, change, endorse, place, remove } = await start();
    const narrowed = await write('a-1', { text: 'Toch voor mezelf', audience: TEAM });
    const gone = await write('a-1', { text: 'Weg', audience: TEAM });
    for (const { id } of [narrowed, gone]) await endorse('a-2', id, 'recognise');
    await change('a-1', narrowed, { scope: 'me' });
    await remove('a-1', entryPath(gone.id));
    server.setNow(NEXT_DAY);
    assert.deepEqual(told(await place('a-1')), [['endorsed', 'Toch voor mezelf', ['a-2']]]);
  });

  it('tells of a month at first, and of twenty things at most, the newest', async () => {
    const { write, post, place } = await start();
    const entries: Entry[] = [];
    for (let number = 1; number <= 24; number += 1) entries.push(await write('a-1', { text: `Notitie ${String(number)}`, audience: TEAM }));
    for (const [index, { id }] of entries.entries()) {
      server.setNow(`2026-11-${String(index + 3).padStart(2, '0')}T10:00:00Z`);
      await post('a-2', id);
    }
    server.setNow('2026-11-27T00:00:00Z');
    const all = (await place('a-1')).digest.map(({ entry }) => entry.excerpt);
    assert.deepEqual([all.length, all[0], all.at(-1)], [20, 'Notitie 24', 'Notitie 5']);
    server.setNow('2026-12-23T08:00:00Z');
    assert.deepEqual((await place('a-1')).digest.map(({ entry }) => entry.excerpt), ['Notitie 24', 'Notitie 23', 'Notitie 22', 'Notitie 21']);
  });

  it('names nobody who has left', async () => {
    const { organisation, write, endorse, place } = await start();
    const { id } = await write('a-1', { audience: TEAM });
    for (const person of ['a-3', 'a-2', 'a-4']) await endorse(person, id, 'recognise');
    await importRoster(server.services.database, organisation, rosterOf({ a: 2 }), { at: server.services.now(), dryRun: false });
    server.setNow(NEXT_DAY);
    assert.deepEqual((await place('a-1')).digest[0]?.people, [{ id: 'a-2', name: 'Name of a-2' }, null]);
  });

  const NAMES: Roster = {
    teams: [{ id: 'all', name: 'Alles', parent: null }, { id: 'dike', name: 'Dijk', parent: null }, { id: 'water', name: 'Water', parent: null }, { id: 'land', name: 'Land', parent: null }],
    people: [
      { id: 'me', name: 'Zoë van Dam' },
      { id: 'near', name: 'Zoe Zwart' },
      { id: 'lead', name: 'Xander Özdemir' },
      { id: 'far', name: 'Anne-Zoë d’Hont' },
      { id: 'loose', name: 'Éva Zoet' },
      { id: 'odd', name: 'Test 100%' },
    ],
    memberships: [
      { person: 'me', team: 'water', role: 'member' },
      { person: 'near', team: 'water', role: 'member' },
      { person: 'lead', team: 'water', role: 'leader' },
      { person: 'lead', team: 'dike', role: 'leader' },
      { person: 'far', team: 'land', role: 'member' },
    ],
  };

  it('finds colleagues by the beginning of any of their names, those of one’s own team first', async () => {
    const { colleagues } = await start(NAMES);
    await start(NAMES);
    assert.deepEqual(await colleagues('me', 'zo'), [
      { id: 'near', name: 'Zoe Zwart', team: 'Water' },
      { id: 'far', name: 'Anne-Zoë d’Hont', team: 'Land' },
      { id: 'loose', name: 'Éva Zoet', team: null },
    ]);
    const ids = async (name: string) => (await colleagues('me', name)).map(({ id }) => id);
    for (const [name, found] of [['ZOË', ['near', 'far', 'loose']], ['oz', ['lead']], ['Ö', ['lead']], ['eva z', ['loose']], ['hon', ['far']], ['anne-zoe', ['far']], ['oe', []], ['van', []]] as const) {
      assert.deepEqual(await ids(name), found, name);
    }
    // A leader of several teams is named by the one that both are in.
    assert.deepEqual((await colleagues('me', 'xan'))[0]?.team, 'Water');
  });

  it('takes what is typed for what it is', async () => {
    const { colleagues } = await start(NAMES);
    const ids = async (name: string) => (await colleagues('me', name)).map(({ id }) => id);
    for (const name of ['%', '_', 'z%', 'z_e', '\\', '*']) assert.deepEqual(await ids(name), [], name);
    assert.deepEqual(await ids('100%'), ['odd']);
  });

  it('names twenty colleagues at most', async () => {
    const { colleagues } = await start(rosterOf({ a: 15, b: 30 }));
    const found = await colleagues('b-1', 'name');
    assert.equal(found.length, 20);
    assert.ok(found.every(({ id, team }) => id !== 'b-1' && team === 'Team b'));
  });
});
