import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import {
  endorsementPath,
  entryPath,
  helpPath,
  helpsPath,
  LOG_ENTRIES_PATH,
  LOG_PATH,
  postPath,
  postsPath,
  versionsPath,
  type Entry,
  type HelpAct,
  type Log,
  type NewEntry,
  type NewHelp,
  type NewPost,
  type Tombstone,
  type Versions,
} from '../../contract/learning-log.ts';
import { PROBLEM_TYPE, type Problem, type ProblemKind } from '../../contract/problems.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';

const TEAM: NonNullable<NewEntry['audience']> = { scope: 'team', team: 'a' };
const REVIEW = ['Dit viel me op.', 'Dit vraag ik me af.', 'Dit zou ik zelf doen.'];

onEachDatabase('threads', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let organisation: string;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
    organisation = await testOrganisation(server, { a: 4, b: 3 });
  });
  after(() => poprf.close());

  const as = (person: string) => personOf(server, organisation, person);

  async function entryIn(response: Response): Promise<Entry> {
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  async function assertProblem(response: Response, kind: ProblemKind, note?: string): Promise<void> {
    assert.equal(((await response.json()) as Problem).type, PROBLEM_TYPE + kind, note);
  }

  const write = async (person: string, entry: Partial<NewEntry> = {}) =>
    entryIn(await as(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'We zagen het te laat.', ...entry }));
  const read = async (person: string, entry: string) => entryIn(await as(person).get(entryPath(entry)));
  const endorse = (person: string, entry: string, word: string | null) => as(person).send('PUT', endorsementPath(entry), { word });
  /** Each a second after the one before, as it is with people. */
  const post = (person: string, entry: string, given: Partial<NewPost> = {}) => {
    server.setNow(new Date(server.services.now().getTime() + 1000).toISOString());
    return as(person).send('POST', postsPath(entry), { key: randomUUID(), step: 'reply', parts: ['Dat herken ik.'], ...given });
  };
  const ask = (person: string, entry: string, help: Partial<NewHelp> = {}) =>
    as(person).send('POST', helpsPath(entry), { key: randomUUID(), kind: 'peer-review', people: ['a-2'], ...help });
  const act = (person: string, entry: string, help: string, what: HelpAct['act']) => as(person).send('PUT', helpPath(entry, help), { act: what });

  /** An entry of a-1 with a request for help, and the id of the request. */
  async function asked(help: Partial<NewHelp>, entry: Partial<NewEntry> = { audience: TEAM }) {
    const { id } = await write('a-1', entry);
    const [made] = (await entryIn(await ask('a-1', id, help))).helps;
    assert.ok(made);
    return { entry: id, help: made.id };
  }
  const intervision = () => asked({ kind: 'intervision', question: 'Wat zie ik over het hoofd?', people: ['a-2', 'a-3', 'b-1'] });
  const stateOf = async (person: string, entry: string) => (await read(person, entry)).helps.map(({ state }) => state);
  const textsOf = ({ posts }: Pick<Entry, 'posts'>) => posts.map(({ parts }) => parts[0]);

  it('have a word of each reader, of which the last one stands, and no number', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    for (const word of ['recognise', 'helped-me', 'helped-me']) assert.equal((await endorse('a-2', id, word)).status, 200);
    assert.equal((await endorse('a-3', id, 'helped-me')).status, 200);
    assert.equal((await read('a-2', id)).endorsed, 'helped-me');
    assert.deepEqual((await read('a-lead', id)).endorsements, [{ word: 'helped-me' }]);
    assert.deepEqual((await read('a-1', id)).endorsements, [
      { word: 'helped-me', people: [{ id: 'a-2', name: 'Name of a-2' }, { id: 'a-3', name: 'Name of a-3' }] },
    ]);
    for (const person of ['a-2', 'a-2', 'a-3']) assert.equal((await endorse(person, id, null)).status, 200);
    assert.deepEqual((await read('a-1', id)).endorsements, []);
  });

  it('of an entry on which help is asked come first for who is asked, however old it is, until there is an answer', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    const newer: string[] = [];
    for (let day = 3; day < 6; day += 1) {
      server.setNow(`2026-11-0${String(day)}T09:00:00Z`);
      newer.unshift((await write('a-3', { audience: TEAM })).id);
    }
    const [help] = (await entryIn(await ask('a-1', id))).helps;
    const concerning = async (person: string, more = '') =>
      ((await (await as(person).get(`${LOG_PATH}?list=concerning&limit=3${more}`)).json()) as Log);
    const first = await concerning('a-2');
    assert.deepEqual(first.entries.map((entry) => entry.id), [id, newer[0], newer[1]]);
    assert.ok(!(await concerning('a-4')).entries.some((entry) => entry.id === id), 'for nobody else');
    // And it comes once.
    const rest = await concerning('a-2', `&after=${String(first.next)}`);
    assert.deepEqual(rest.entries.slice(0, 1).map((entry) => entry.id), [newer[2]]);
    assert.ok(!rest.entries.some((entry) => entry.id === id));
    // Nor is any of it lost where less is asked for at a time than waits.
    const pages: string[] = [];
    for (let after = '', page = 0; page < 9; page += 1) {
      const { entries, next } = (await (await as('a-2').get(`${LOG_PATH}?list=concerning&limit=1${after}`)).json()) as Log;
      pages.push(...entries.map((entry) => entry.id));
      if (next === null) break;
      after = `&after=${next}`;
    }
    assert.equal(new Set(pages).size, pages.length);
    assert.deepEqual([id, ...newer].filter((one) => !pages.includes(one)), []);
    assert.deepEqual([first.entries[0]?.help?.turn, (await read('a-1', id)).help?.turn], [true, false]);
    await post('a-2', id, { step: 'review', help: help?.id ?? '', parts: REVIEW });
    // Then it waits for who asked.
    assert.deepEqual([(await read('a-2', id)).help?.turn, (await read('a-1', id)).help?.turn], [false, true]);
    assert.deepEqual((await concerning('a-2')).entries.map((entry) => entry.id), newer);
  });

  it('wait for nobody who was asked and may not see the entry any more', async () => {
    const { entry, help } = await asked({ people: ['b-1'] }, { audience: TEAM });
    const kept = await read('a-1', entry);
    const { kind, text, version } = kept;
    await as('a-1').send('PUT', entryPath(entry), { kind, text, audience: TEAM }, { 'if-match': `"${String(version)}"` });
    const [left] = (await read('a-1', entry)).helps;
    assert.deepEqual([left?.id, left?.state, left?.participants.map(({ state }) => state)], [help, 'declined', ['declined']]);
  });

  it('have no word of their author, nor of who may not see the entry', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    await assertProblem(await endorse('a-1', id, 'recognise'), 'not-found');
    await assertProblem(await endorse('b-1', id, 'recognise'), 'not-found');
    assert.deepEqual((await read('a-1', id)).endorsements, []);
  });

  it('answer to who may not see the entry as if there were none, whatever is asked', async () => {
    const { id } = await write('a-1');
    const { help } = await asked({});
    for (const entry of [id, randomUUID()]) {
      for (const person of ['a-2', 'a-lead', 'b-1']) {
        await assertProblem(await endorse(person, entry, 'recognise'), 'not-found');
        await assertProblem(await post(person, entry), 'not-found');
        await assertProblem(await post(person, entry, { step: 'review', help, parts: REVIEW }), 'not-found');
        await assertProblem(await as(person).send('DELETE', postPath(entry, randomUUID())), 'not-found');
        await assertProblem(await ask(person, entry, { people: ['a-3'] }), 'not-found');
        await assertProblem(await act(person, entry, help, 'decline'), 'not-found');
      }
    }
    assert.deepEqual((await read('a-1', id)).posts, []);
  });

  it('take a reply of everybody who may see the entry, its author too', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    for (const person of ['a-2', 'a-1', 'a-lead']) await entryIn(await post(person, id, { parts: [`Van ${person}`] }));
    await assertProblem(await post('b-1', id), 'not-found');
    const { posts } = await read('a-1', id);
    assert.deepEqual(posts.map(({ mine, author, parts }) => [mine, author?.id, parts[0]]), [
      [false, 'a-2', 'Van a-2'],
      [true, 'a-1', 'Van a-1'],
      [false, 'a-lead', 'Van a-lead'],
    ]);
  });

  it('keep a post once for a key, however often and at the same time it is sent', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, async () => entryIn(await post('a-2', id, { key }))));
    for (const answer of answers) assert.equal(answer.posts.length, 1);
    await assertProblem(await post('a-2', id, { key, parts: ['Iets anders'] }), 'key-used');
    const other = await write('a-1', { audience: TEAM });
    await assertProblem(await post('a-2', other.id, { key }), 'key-used');
    // The same key of somebody else is another key.
    assert.equal((await entryIn(await post('a-3', id, { key }))).posts.length, 2);
  });

  it('let go of what one wrote oneself, of nobody else’s words, and keep its place', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    const [mine] = (await entryIn(await post('a-2', id))).posts;
    assert.ok(mine);
    for (const person of ['a-1', 'a-3', 'a-lead']) await assertProblem(await as(person).send('DELETE', postPath(id, mine.id)), 'not-found');
    const other = await write('a-1', { audience: TEAM });
    await assertProblem(await as('a-2').send('DELETE', postPath(other.id, mine.id)), 'not-found');
    for (let time = 1; time <= 2; time += 1) assert.equal((await as('a-2').send('DELETE', postPath(id, mine.id))).status, 200);
    assert.deepEqual((await read('a-1', id)).posts.map(({ id: kept, parts }) => [kept, parts]), [[mine.id, []]]);
    const rows = await server.services.database.selectFrom('log_post').select('parts').where('id', '=', mine.id).execute();
    assert.deepEqual(rows, [{ parts: [] }]);
  });

  it('let go of it when the entry can’t be seen any more', async () => {
    const { id } = await write('a-1', { audience: { scope: 'people', people: ['b-2'] } });
    const [mine] = (await entryIn(await post('b-2', id))).posts;
    assert.ok(mine);
    await entryIn(await as('a-1').send('PUT', entryPath(id), { kind: 'insight', text: 'x', audience: { scope: 'me' } }, { 'if-match': '"1"' }));
    await assertProblem(await as('b-2').get(entryPath(id)), 'not-found');
    assert.equal((await as('b-2').send('DELETE', postPath(id, mine.id))).status, 200);
    assert.deepEqual((await read('a-1', id)).posts.map(({ parts }) => parts), [[]]);
  });

  it('leave a tombstone of an entry that was deleted, until the last one took away what they wrote', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    const posts = new Map<string, string>();
    for (const person of ['a-2', 'a-3', 'a-1']) {
      const written = (await entryIn(await post(person, id, { parts: [`Van ${person}`] }))).posts.at(-1);
      assert.ok(written);
      posts.set(person, written.id);
    }
    assert.equal((await as('a-1').send('DELETE', entryPath(id))).status, 200);
    const left = (await (await as('a-2').get(entryPath(id))).json()) as Tombstone;
    assert.deepEqual([left.deleted, textsOf(left)], [true, ['Van a-2']]);
    for (const person of ['a-1', 'a-lead']) await assertProblem(await as(person).get(entryPath(id)), 'not-found', person);
    const rows = () => server.services.database.selectFrom('log_entry').select('id').where('id', '=', id).execute();
    const remove = (person: string) => as(person).send('DELETE', postPath(id, posts.get(person) ?? ''));
    assert.equal((await remove('a-2')).status, 200);
    await assertProblem(await as('a-2').get(entryPath(id)), 'not-found');
    assert.equal((await rows()).length, 1);
    assert.equal((await remove('a-3')).status, 200);
    assert.deepEqual(await rows(), []);
    // The answer was lost, and it is sent once more.
    for (const person of ['a-2', 'a-3']) assert.equal((await remove(person)).status, 200);
    await assertProblem(await as('a-2').send('DELETE', postPath(id, posts.get('a-3') ?? '')), 'not-found');
  });

  it('open a private entry for who is asked to help, and for nobody else', async () => {
    const written = await write('a-1', { text: 'Zeldzaamwoord', different: 'Eerder vragen', project: 'Dijk', tags: ['overleg'] });
    const entry = await entryIn(await ask('a-1', written.id, { people: ['b-1'], question: 'Klopt dit?', wishDate: '2026-11-20' }));
    assert.deepEqual(entry.audience, { scope: 'people', team: null, people: [{ id: 'b-1', name: 'Name of b-1' }] });
    assert.deepEqual([entry.version, entry.changedAt, entry.readers], [2, null, 1]);
    const seen = await read('b-1', entry.id);
    assert.deepEqual([seen.text, seen.different, seen.project, seen.tags], ['Zeldzaamwoord', 'Eerder vragen', 'Dijk', ['overleg']]);
    assert.deepEqual([seen.helps[0]?.question, seen.helps[0]?.wishDate, seen.help], ['Klopt dit?', '2026-11-20', { kind: 'peer-review', state: 'asked', wishDate: '2026-11-20', turn: true }]);
    // Who else was named is for the author alone.
    assert.equal(seen.audience.people, undefined);
    for (const person of ['a-2', 'a-lead']) await assertProblem(await as(person).get(entryPath(entry.id)), 'not-found');
    const [row] = await server.services.database.selectFrom('log_entry').select(['text', 'search', 'sealed']).where('id', '=', entry.id).execute();
    assert.deepEqual([row?.text, row?.sealed], ['Zeldzaamwoord', null]);
    assert.match(row?.search ?? '', /zeldzaamwoord/);
    const { versions } = (await (await as('a-1').get(versionsPath(entry.id))).json()) as Versions;
    assert.deepEqual(versions.map(({ version, text }) => [version, text]), [[2, 'Zeldzaamwoord'], [1, 'Zeldzaamwoord']]);
    // A change that began while it was private asks first.
    const change = { kind: 'insight', text: 'Anders', audience: { scope: 'me' } };
    await assertProblem(await as('a-1').send('PUT', entryPath(entry.id), change, { 'if-match': '"1"' }), 'entry-changed');
  });

  it('add who is asked to who may see a shared entry already', async () => {
    const { id } = await write('a-1', { audience: { ...TEAM, people: ['b-2'] } });
    const entry = await entryIn(await ask('a-1', id, { people: ['b-1'] }));
    assert.deepEqual([entry.audience.scope, entry.audience.people?.map((one) => one.id), entry.readers], ['team', ['b-1', 'b-2'], 6]);
    const again = await entryIn(await ask('a-1', id, { people: ['b-1'] }));
    assert.deepEqual([again.version, again.helps.length], [entry.version, 2]);
    for (const person of ['a-2', 'b-1', 'b-2']) assert.equal((await as(person).get(entryPath(id))).status, 200, person);
  });

  it('name nobody as a reader who may see the entry already: they see it no longer once they leave the team', async () => {
    const moving = await testOrganisation(server, { a: 5, b: 3 });
    const me = personOf(server, moving, 'a-1');
    const { id, version } = await entryIn(await me.send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'x', audience: TEAM }));
    const asking = { key: randomUUID(), kind: 'intervision', question: 'Wat nu?', people: ['a-2', 'b-1'] };
    const entry = await entryIn(await me.send('POST', helpsPath(id), asking));
    assert.deepEqual([entry.audience.people?.map((one) => one.id), entry.version], [['b-1'], version + 1]);
    const review = { key: randomUUID(), kind: 'peer-review', people: ['a-2'] };
    assert.equal((await entryIn(await me.send('POST', helpsPath(id), review))).version, version + 1);
    assert.equal((await personOf(server, moving, 'a-2').get(entryPath(id))).status, 200);
    await server.services.database.deleteFrom('membership').where('organisation', '=', moving).where('person', '=', 'a-2').execute();
    await assertProblem(await personOf(server, moving, 'a-2').get(entryPath(id)), 'not-found');
  });

  it('name no more people than an entry can name', async () => {
    const crowd = await testOrganisation(server, { a: 60 });
    const me = personOf(server, crowd, 'a-1');
    const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `a-${String(from + index)}`);
    const { id } = await entryIn(
      await me.send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'x', audience: { scope: 'people', people: people(2, 40) } }),
    );
    const asking = (named: string[]) => me.send('POST', helpsPath(id), { key: randomUUID(), kind: 'intervision', question: 'Wat nu?', people: named });
    await assertProblem(await asking(people(30, 59)), 'invalid-request');
    await entryIn(await asking(people(30, 51)));
  });

  it('ask nobody who is not there, nor oneself, nor for a day that does not exist', async () => {
    const { id } = await write('a-1');
    for (const help of [{ people: ['nobody'] }, { people: ['a-1'] }, { wishDate: '2026-02-30' }, { wishDate: '0000-01-01' }]) {
      await assertProblem(await ask('a-1', id, help), 'invalid-request', JSON.stringify(help));
    }
    const entry = await read('a-1', id);
    assert.deepEqual([entry.audience.scope, entry.version, entry.helps], ['me', 1, []]);
  });

  it('ask for no day that is over everywhere', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    const on = (days: number) => new Date(server.services.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    await assertProblem(await ask('a-1', id, { wishDate: on(-2) }), 'invalid-request');
    const once = { key: randomUUID(), wishDate: on(0) };
    assert.equal((await entryIn(await ask('a-1', id, once))).helps.length, 1);
    // What was kept is not asked anew: a second try, days later, is the same one.
    server.setNow(new Date(server.services.now().getTime() + 5 * 86_400_000).toISOString());
    assert.equal((await entryIn(await ask('a-1', id, once))).helps.length, 1);
  });

  it('ask once for a key, also when two ask at the same time', async () => {
    const { id } = await write('a-1');
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 4 }, async () => entryIn(await ask('a-1', id, { key }))));
    for (const answer of answers) assert.deepEqual([answer.helps.length, answer.version], [1, 2]);
    await assertProblem(await ask('a-1', id, { key, people: ['a-3'] }), 'key-used');
    await assertProblem(await as('a-3').get(entryPath(id)), 'not-found');
  });

  it('go by the steps of a peer review', async () => {
    const { entry, help } = await asked({ people: ['a-2'] });
    assert.deepEqual((await read('a-2', entry)).helps[0]?.steps, ['review']);
    assert.deepEqual((await read('a-1', entry)).helps[0]?.may, { decline: false, withdraw: true, moveOn: false });
    await assertProblem(await post('a-1', entry, { step: 'takes', help, parts: ['Te vroeg'] }), 'step-closed');
    await assertProblem(await post('a-2', entry, { step: 'review', help, parts: ['Eén deel'] }), 'invalid-request');
    const review: NewPost = { key: randomUUID(), step: 'review', help, parts: REVIEW };
    const answered = await entryIn(await post('a-2', entry, review));
    assert.deepEqual(answered.posts.map(({ step, parts }) => [step, parts]), [['review', REVIEW]]);
    assert.deepEqual([answered.helps[0]?.state, answered.helps[0]?.participants[0]?.state, answered.helps[0]?.steps], ['answered', 'answered', []]);
    // Its answer was lost: the same again is done, though the step is closed.
    assert.equal((await entryIn(await post('a-2', entry, review))).posts.length, 1);
    await assertProblem(await post('a-2', entry, { step: 'review', help, parts: REVIEW }), 'step-closed');
    const takes: NewPost = { key: randomUUID(), step: 'takes', help, parts: ['Ik vraag het voortaan eerder.'] };
    assert.equal((await entryIn(await post('a-1', entry, takes))).helps[0]?.state, 'ended');
    await entryIn(await post('a-1', entry, takes));
    assert.deepEqual(await stateOf('a-2', entry), ['ended']);
    assert.equal((await read('a-2', entry)).help, null);
    await assertProblem(await act('a-1', entry, help, 'withdraw'), 'step-closed');
  });

  it('go by the steps of an intervision', async () => {
    const { entry, help } = await intervision();
    await entryIn(await post('a-2', entry, { step: 'facts', help, parts: ['Hoe lang speelt dit?'] }));
    await entryIn(await post('a-1', entry, { step: 'facts', help, parts: ['Sinds de zomer.'] }));
    await assertProblem(await post('a-2', entry, { step: 'would-do', help, parts: ['Te vroeg'] }), 'step-closed');
    await assertProblem(await post('a-1', entry, { step: 'takes', help, parts: ['Te vroeg'] }), 'step-closed');
    await assertProblem(await act('a-2', entry, help, 'move-on'), 'step-closed');
    assert.equal((await entryIn(await act('a-1', entry, help, 'move-on'))).helps[0]?.state, 'would-do');
    await assertProblem(await act('a-1', entry, help, 'move-on'), 'step-closed');
    await assertProblem(await post('a-2', entry, { step: 'facts', help, parts: ['Te laat'] }), 'step-closed');
    const seen = await entryIn(await post('b-1', entry, { step: 'would-do', help, parts: ['Ik zou bellen.'] }));
    assert.deepEqual(seen.helps[0]?.participants.map(({ state }) => state), ['asked', 'asked', 'answered']);
    assert.deepEqual(textsOf(seen), ['Hoe lang speelt dit?', 'Sinds de zomer.', 'Ik zou bellen.']);
    await assertProblem(await act('b-1', entry, help, 'decline'), 'step-closed');
    await entryIn(await post('a-1', entry, { step: 'takes', help, parts: ['Ik bel morgen.'] }));
    await assertProblem(await post('a-3', entry, { step: 'would-do', help, parts: ['Te laat'] }), 'step-closed');
    assert.deepEqual(await stateOf('a-3', entry), ['ended']);
  });

  it('keep a request for help between those who asked and were asked', async () => {
    const { entry, help } = await intervision();
    await entryIn(await post('a-2', entry, { step: 'facts', help, parts: ['Hoe lang speelt dit?'] }));
    const seen = await read('a-4', entry);
    assert.deepEqual([seen.helps, seen.posts, seen.help], [[], [], null]);
    await assertProblem(await post('a-4', entry, { step: 'facts', help, parts: ['Mag ik ook?'] }), 'not-found');
    await assertProblem(await act('a-4', entry, help, 'decline'), 'not-found');
    await assertProblem(await post('a-2', entry, { step: 'facts', help: randomUUID(), parts: ['Welke?'] }), 'not-found');
    // Of another entry, which one may see as well.
    const other = await write('a-1', { audience: TEAM });
    await assertProblem(await post('a-2', other.id, { step: 'facts', help, parts: ['Welke?'] }), 'not-found');
    await assertProblem(await act('a-1', other.id, help, 'withdraw'), 'not-found');
  });

  it('can be declined without a word, which nobody is told but the author', async () => {
    const { entry, help } = await intervision();
    await entryIn(await post('a-2', entry, { step: 'facts', help, parts: ['Van a-2'] }));
    await entryIn(await post('a-3', entry, { step: 'facts', help, parts: ['Van a-3'] }));
    const declined = await entryIn(await act('a-2', entry, help, 'decline'));
    // It reads the entry as before, and of the request what it wrote itself.
    assert.deepEqual([declined.text, declined.help, textsOf(declined)], ['We zagen het te laat.', null, ['Van a-2']]);
    const [own] = declined.helps;
    assert.deepEqual([own?.state, own?.steps, own?.may, own?.participants.map(({ person }) => person?.id)], [
      'declined',
      [],
      { decline: false, withdraw: false, moveOn: false },
      ['a-2'],
    ]);
    const others = await read('a-3', entry);
    assert.deepEqual([others.helps[0]?.state, others.helps[0]?.participants.map(({ person }) => person?.id)], ['facts', ['a-3', 'b-1']]);
    const [known] = (await read('a-1', entry)).helps;
    assert.deepEqual(known?.participants.map(({ person, state }) => [person?.id, state]), [['a-2', 'declined'], ['a-3', 'asked'], ['b-1', 'asked']]);
    await assertProblem(await act('a-2', entry, help, 'decline'), 'step-closed');
    await assertProblem(await post('a-2', entry, { step: 'facts', help, parts: ['Toch nog'] }), 'step-closed');
    await entryIn(await post('a-2', entry));
    // How it goes on is not told either.
    await entryIn(await act('a-1', entry, help, 'move-on'));
    assert.deepEqual(await stateOf('a-2', entry), ['declined']);
  });

  it('end when all who were asked declined', async () => {
    const { entry, help } = await intervision();
    for (const person of ['a-2', 'a-3']) await entryIn(await act(person, entry, help, 'decline'));
    assert.deepEqual(await stateOf('a-1', entry), ['facts']);
    await entryIn(await act('b-1', entry, help, 'decline'));
    assert.deepEqual(await stateOf('a-1', entry), ['declined']);
    await assertProblem(await act('a-1', entry, help, 'withdraw'), 'step-closed');
    assert.equal((await read('a-1', entry)).help, null);
  });

  it('end when the author withdraws, and nobody else can', async () => {
    const { entry, help } = await asked({ people: ['a-2'] });
    await assertProblem(await act('a-2', entry, help, 'withdraw'), 'step-closed');
    await assertProblem(await act('a-1', entry, help, 'decline'), 'step-closed');
    await assertProblem(await act('a-1', entry, help, 'move-on'), 'step-closed');
    await entryIn(await act('a-1', entry, help, 'withdraw'));
    assert.deepEqual(await stateOf('a-2', entry), ['withdrawn']);
    await assertProblem(await post('a-2', entry, { step: 'review', help, parts: REVIEW }), 'step-closed');
    await assertProblem(await act('a-2', entry, help, 'decline'), 'step-closed');
  });

  it('end when the entry is for its author alone again', async () => {
    const { entry } = await asked({ people: ['a-2'] });
    const { version } = await read('a-1', entry);
    const alone = { kind: 'insight', text: 'x', audience: { scope: 'me' } };
    await entryIn(await as('a-1').send('PUT', entryPath(entry), alone, { 'if-match': `"${String(version)}"` }));
    assert.deepEqual(await stateOf('a-1', entry), ['withdrawn']);
  });

  it('are not broken by two who take a step at the same time', async () => {
    const one = await asked({ people: ['a-2'] });
    const reviews = await Promise.all(REVIEW.map((text) => post('a-2', one.entry, { step: 'review', help: one.help, parts: [text, text, text] })));
    assert.deepEqual(reviews.map(({ status }) => status).sort(), [200, 409, 409]);
    const ends = await Promise.all(['Dit', 'Dat'].map((text) => post('a-1', one.entry, { step: 'takes', help: one.help, parts: [text] })));
    assert.deepEqual(ends.map(({ status }) => status).sort(), [200, 409]);
    assert.deepEqual((await read('a-1', one.entry)).posts.map(({ step }) => step), ['review', 'takes']);
    const two = await asked({ people: ['a-2'] });
    const both = await Promise.all([post('a-2', two.entry, { step: 'review', help: two.help, parts: REVIEW }), act('a-2', two.entry, two.help, 'decline')]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    const three = await intervision();
    await Promise.all(['a-2', 'a-3', 'b-1'].map((person) => act(person, three.entry, three.help, 'decline')));
    assert.deepEqual(await stateOf('a-1', three.entry), ['declined']);
  });

  it('are not broken by an entry that is deleted while others write', async () => {
    const { id } = await write('a-1', { audience: TEAM });
    const answers = await Promise.all([
      post('a-2', id),
      as('a-1').send('DELETE', entryPath(id)),
      post('a-3', id),
      post('a-4', id),
      endorse('a-4', id, 'recognise'),
    ]);
    for (const { status } of answers) assert.ok(status === 200 || status === 404, String(status));
    await assertProblem(await as('a-1').get(entryPath(id)), 'not-found');
  });

  it('name nobody who has left', async () => {
    const place = await testOrganisation(server, { a: 3 });
    const me = personOf(server, place, 'a-1');
    const { id } = await entryIn(await me.send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'x', audience: TEAM }));
    const { helps: [help] } = await entryIn(await me.send('POST', helpsPath(id), { key: randomUUID(), kind: 'peer-review', people: ['a-3'] }));
    const other = personOf(server, place, 'a-3');
    await entryIn(await other.send('POST', postsPath(id), { key: randomUUID(), step: 'review', help: help?.id, parts: REVIEW }));
    await other.send('PUT', endorsementPath(id), { word: 'recognise' });
    await importRoster(server.services.database, place, rosterOf({ a: 2 }), { at: server.services.now(), dryRun: false });
    const entry = await entryIn(await me.get(entryPath(id)));
    assert.equal(entry.posts[0]?.author, null);
    assert.deepEqual(entry.helps[0]?.participants, [{ person: null, state: 'answered' }]);
    assert.deepEqual(entry.audience.people, []);
    assert.deepEqual(entry.endorsements, [{ word: 'recognise', people: [] }]);
  });
});
