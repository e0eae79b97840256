import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import {
  entryPath,
  intentionPath,
  LOG_ENTRIES_PATH,
  LOG_INTENTIONS_PATH,
  postsPath,
  tryPath,
  type ChangedEntry,
  type Entry,
  type Intention,
  type Intentions,
  type NewEntry,
} from '../../contract/learning-log.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';

const START = '2026-11-02T09:00:00Z';

onEachDatabase('intentions', (database) => {
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
    organisation = await testOrganisation(server, { a: 6, b: 5 });
  });

  const me = (person: string) => personOf(server, organisation, person);

  async function write(person: string, entry: Partial<NewEntry> = {}): Promise<Entry> {
    const response = await me(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'We zagen het te laat.', ...entry });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  async function change(person: string, { id, version, kind, text }: Entry, to: Partial<ChangedEntry>): Promise<Entry> {
    const body = { kind, text, audience: { scope: 'me' }, ...to };
    const response = await me(person).send('PUT', entryPath(id), body, { 'if-match': `"${String(version)}"` });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Entry;
  }

  async function listed(response: Response | Promise<Response>): Promise<readonly Intention[]> {
    const answer = await response;
    assert.equal(answer.status, 200, await answer.clone().text());
    return ((await answer.json()) as Intentions).intentions;
  }

  const listOf = (person: string) => listed(me(person).get(LOG_INTENTIONS_PATH));
  const tries = (person: string, { id }: Entry) => me(person).send('PUT', tryPath(id));
  const answer = (person: string, { id }: Intention, said: object) => me(person).send('PUT', intentionPath(id), said);
  const only = (intentions: readonly Intention[]): Intention => {
    assert.equal(intentions.length, 1);
    return intentions[0]!;
  };

  it('come of what somebody will do differently, and are asked about after thirty days', async () => {
    const entry = await write('a-1', { different: 'Eerst bellen.' });
    const made = only(await listOf('a-1'));
    assert.deepEqual(
      { ...made, id: '' },
      {
        id: '',
        source: 'own',
        entry: { id: entry.id, excerpt: 'Eerst bellen.', author: { id: 'a-1', name: 'Name of a-1' } },
        madeAt: '2026-11-02T09:00:00.000Z',
        askAt: '2026-12-02T09:00:00.000Z',
        due: false,
        state: 'open',
        outcome: null,
      },
    );
    assert.deepEqual(await listOf('a-2'), []);
    server.setNow('2026-12-02T08:59:59Z');
    assert.equal(only(await listOf('a-1')).due, false);
    server.setNow('2026-12-02T09:00:00Z');
    assert.equal(only(await listOf('a-1')).due, true);
  });

  it('of somebody else’s entry are on one’s list while they are open, and can be tried once more when something came of them', async () => {
    const entry = await write('a-1', { audience: { scope: 'team', team: 'a' } });
    const trying = async () => ((await (await me('a-2').get(entryPath(entry.id))).json()) as Entry).trying;
    const first = only(await listed(tries('a-2', entry)));
    server.setNow('2026-11-07T09:00:00Z');
    assert.deepEqual(only(await listed(tries('a-2', entry))), first, 'twice is once');
    await answer('a-2', first, { state: 'not-tried', outcome: 'Er was geen tijd.' });
    assert.equal(await trying(), false);

    server.setNow('2026-12-05T09:00:00Z');
    const [second, ...before] = await listed(tries('a-2', entry));
    assert.deepEqual([second?.state, second?.madeAt, second?.outcome, await trying()], ['open', '2026-12-05T09:00:00.000Z', null, true]);
    const kept = only(before);
    assert.deepEqual(
      [kept.id, kept.state, kept.madeAt, kept.outcome, kept.entry?.excerpt],
      [first.id, 'not-tried', first.madeAt, 'Er was geen tijd.', entry.text],
      'what came of it the first time stays in its month',
    );
    assert.equal((await answer('a-2', first, { state: 'open' })).status, 400, 'one of an entry is open at most');
  });

  it('of somebody else’s entry that were let go are taken up again, so that second thoughts count once', async () => {
    const entry = await write('a-1', { audience: { scope: 'team', team: 'a' } });
    const { id } = only(await listed(tries('a-2', entry)));
    for (const day of ['07', '12']) {
      await answer('a-2', only(await listOf('a-2')), { state: 'dropped' });
      server.setNow(`2026-11-${day}T09:00:00Z`);
      const begun = only(await listed(tries('a-2', entry)));
      assert.deepEqual([begun.id, begun.state, begun.madeAt, begun.due], [id, 'open', `2026-11-${day}T09:00:00.000Z`, false]);
    }
    // One that was let go long ago, and tried since, is no longer the last.
    await answer('a-2', only(await listOf('a-2')), { state: 'tried' });
    server.setNow('2026-11-15T09:00:00Z');
    const [again, tried] = await listed(tries('a-2', entry));
    await answer('a-2', again!, { state: 'not-tried' });
    await answer('a-2', tried!, { state: 'dropped' });
    server.setNow('2026-11-20T09:00:00Z');
    assert.deepEqual((await listed(tries('a-2', entry))).map(({ state }) => state).sort(), ['dropped', 'not-tried', 'open']);
  });

  it('of somebody else’s entry are one while one is open, also where the clock was set back between them', async () => {
    const entry = await write('a-1', { audience: { scope: 'team', team: 'a' } });
    server.setNow('2026-11-02T10:00:00Z');
    const first = only(await listed(tries('a-2', entry)));
    await answer('a-2', first, { state: 'tried' });
    server.setNow(START);
    await listed(tries('a-2', entry));
    await answer('a-2', first, { state: 'dropped' });
    const states = (await listed(tries('a-2', entry))).map(({ id, state }) => [id === first.id, state]);
    assert.deepEqual(states, [[false, 'open'], [true, 'dropped']]);
  });

  it('of one’s own entry stay answered while its words are the same, and are asked about anew when they are others', async () => {
    let entry = await write('a-1', { different: 'Eerst bellen.' });
    const first = only(await listOf('a-1'));
    await answer('a-1', first, { state: 'tried', outcome: 'Het scheelde een uur.' });
    server.setNow('2026-11-20T09:00:00Z');
    entry = await change('a-1', entry, { text: 'We zagen het veel te laat.', different: 'Eerst bellen.' });
    assert.equal(only(await listOf('a-1')).state, 'tried');
    entry = await change('a-1', entry, { different: 'Eerst lopen.' });
    const [second, ...before] = await listOf('a-1');
    assert.deepEqual(
      [second?.state, second?.entry?.excerpt, second?.madeAt, second?.askAt, second?.outcome],
      ['open', 'Eerst lopen.', '2026-11-20T09:00:00.000Z', '2026-12-20T09:00:00.000Z', null],
    );
    const { state, entry: said, madeAt, outcome } = only(before);
    assert.deepEqual([state, said?.excerpt, madeAt, outcome], ['tried', 'Eerst bellen.', first.madeAt, 'Het scheelde een uur.'], 'what came of the other words stays with them');
    assert.equal((await answer('a-1', first, { state: 'open' })).status, 400, 'one of an entry is open at most');
    const dropped = await listed(answer('a-1', first, { state: 'dropped' }));
    assert.deepEqual(dropped.map((one) => one.state), ['open', 'dropped']);
    await answer('a-1', second!, { state: 'not-tried' });
    await change('a-1', entry, { different: 'Eerst fietsen.' });
    assert.equal((await listOf('a-1')).length, 3);
  });

  it('of one’s own entry are asked about later when their words change while they are open', async () => {
    let entry = await write('a-1', { different: 'Eerst bellen.' });
    server.setNow('2026-11-20T09:00:00Z');
    entry = await change('a-1', entry, { text: 'We zagen het veel te laat.', different: 'Eerst bellen.' });
    assert.equal(only(await listOf('a-1')).askAt, '2026-12-02T09:00:00.000Z');
    await change('a-1', entry, { different: 'Eerst lopen.' });
    const { madeAt, askAt } = only(await listOf('a-1'));
    assert.deepEqual([madeAt, askAt], ['2026-11-20T09:00:00.000Z', '2026-12-20T09:00:00.000Z']);
  });

  it('follow the entry while they are open: made once, and gone when nothing is to be done differently', async () => {
    assert.deepEqual(await listOf('a-1'), []);
    let entry = await write('a-1');
    assert.deepEqual(await listOf('a-1'), []);
    entry = await change('a-1', entry, { different: 'Eerst bellen.' });
    const { id } = only(await listOf('a-1'));
    entry = await change('a-1', entry, { different: 'Eerst lopen.' });
    const kept = only(await listOf('a-1'));
    assert.deepEqual([kept.id, kept.entry?.excerpt], [id, 'Eerst lopen.']);
    entry = await change('a-1', entry, {});
    assert.deepEqual(await listOf('a-1'), []);
    // What was answered stays, whatever becomes of the entry.
    entry = await change('a-1', entry, { different: 'Eerst fietsen.' });
    await answer('a-1', only(await listOf('a-1')), { state: 'tried' });
    await change('a-1', entry, {});
    const answered = only(await listOf('a-1'));
    assert.deepEqual([answered.state, answered.entry?.excerpt], ['tried', 'We zagen het te laat.']);
  });

  it('go with the entry of one’s own that they stood in while they are open, whether somebody wrote under it or not', async () => {
    for (const answered of [false, true]) {
      const entry = await write('a-1', { audience: { scope: 'team', team: 'a' }, different: 'Eerst bellen.' });
      await listed(tries('a-2', entry));
      if (answered) {
        const post = { key: randomUUID(), step: 'reply', parts: ['Dat herken ik.'] };
        assert.equal((await me('a-2').send('POST', postsPath(entry.id), post)).status, 200);
      }
      assert.equal((await me('a-1').send('DELETE', entryPath(entry.id))).status, 200);
      assert.deepEqual(await listOf('a-1'), []);
    }
    assert.deepEqual((await listOf('a-2')).map(({ state, entry }) => [state, entry]), [['open', null], ['open', null]], 'whoever tries it goes on');
    const tried = await write('a-1', { different: 'Eerst fietsen.' });
    await answer('a-1', only(await listOf('a-1')), { state: 'tried', outcome: 'Het scheelde een uur.' });
    await me('a-1').send('DELETE', entryPath(tried.id));
    const kept = only(await listOf('a-1'));
    assert.deepEqual([kept.state, kept.outcome, kept.entry], ['tried', 'Het scheelde een uur.', null]);
  });

  it('come of somebody else’s entry, once, and say whose', async () => {
    const entry = await write('a-1', { audience: { scope: 'team', team: 'a' }, different: 'Eerst bellen.' });
    await listed(tries('a-2', entry));
    const made = only(await listed(tries('a-2', entry)));
    assert.deepEqual([made.source, made.entry], ['other', { id: entry.id, excerpt: entry.text, author: { id: 'a-1', name: 'Name of a-1' } }]);
    const seen = (await (await me('a-2').get(entryPath(entry.id))).json()) as Entry;
    assert.equal(seen.trying, true);
    assert.equal(only(await listOf('a-1')).source, 'own');
  });

  it('come of no entry of one’s own, and of none that one may not see', async () => {
    const shared = await write('a-1', { audience: { scope: 'team', team: 'a' } });
    const alone = await write('a-1');
    const answers = await Promise.all([tries('a-1', shared), tries('b-1', shared), tries('a-2', alone), tries('a-2', { ...alone, id: 'none' })]);
    const [first, ...others] = await Promise.all(answers.map(async (response) => [response.status, await response.text()]));
    assert.equal(first?.[0], 404);
    for (const other of others) assert.deepEqual(other, first);
    assert.deepEqual(await listOf('b-1'), []);
  });

  it('say nothing of an entry any more that is gone, or no longer theirs to see', async () => {
    const narrowed = await write('a-1', { audience: { scope: 'organisation' } });
    const deleted = await write('a-1', { audience: { scope: 'organisation' } });
    await tries('b-1', narrowed);
    await tries('b-1', deleted);
    await change('a-1', narrowed, { audience: { scope: 'team', team: 'a' } });
    await me('a-1').send('DELETE', entryPath(deleted.id));
    assert.deepEqual((await listOf('b-1')).map(({ entry }) => entry), [null, null]);
  });

  it('are shown by what asks for something: due, then open, then answered', async () => {
    const shared = await Promise.all(['Eerste', 'Tweede', 'Derde', 'Vierde'].map((text) => write('a-1', { text, audience: { scope: 'organisation' } })));
    for (const [index, entry] of shared.entries()) {
      server.setNow(`2026-11-${String(10 + index)}T09:00:00Z`);
      await tries('b-1', entry);
    }
    const [first] = await listOf('b-1');
    await answer('b-1', first!, { state: 'not-tried' });
    server.setNow('2026-12-12T12:00:00Z');
    const list = await listOf('b-1');
    assert.deepEqual(
      list.map(({ entry, due, state }) => [entry?.excerpt, due, state]),
      [['Tweede', true, 'open'], ['Derde', true, 'open'], ['Vierde', false, 'open'], ['Eerste', false, 'not-tried']],
    );
  });

  it('are answered by whose they are, and otherwise later on', async () => {
    await write('a-1', { different: 'Eerst bellen.' });
    const made = only(await listOf('a-1'));
    for (const other of ['a-2', 'a-lead', 'chief']) {
      const refused = await answer(other, made, { state: 'tried' });
      assert.equal(refused.status, 404, other);
    }
    const tried = only(await listed(answer('a-1', made, { state: 'tried', outcome: 'Het scheelde een uur.' })));
    assert.deepEqual([tried.state, tried.outcome], ['tried', 'Het scheelde een uur.']);
    const dropped = only(await listed(answer('a-1', made, { state: 'dropped' })));
    assert.deepEqual([dropped.state, dropped.outcome], ['dropped', null]);
    assert.equal(only(await listed(answer('a-1', made, { state: 'open' }))).state, 'open');
  });

  it('can’t be opened again when their month is counted, but can be answered', async () => {
    await write('a-1', { different: 'Eerst bellen.' });
    const made = only(await listOf('a-1'));
    await answer('a-1', made, { state: 'dropped' });
    server.setNow('2027-02-01T00:00:00Z');
    assert.equal((await answer('a-1', made, { state: 'open' })).status, 400);
    assert.equal(only(await listed(answer('a-1', made, { state: 'tried' }))).state, 'tried');
  });

  it('keep what came of them unreadable in the database', async () => {
    await write('a-1', { different: 'Eerst bellen.' });
    await answer('a-1', only(await listOf('a-1')), { state: 'tried', outcome: 'zeldzaamwoord' });
    const [row] = await server.services.database.selectFrom('log_intention').selectAll().where('organisation', '=', organisation).execute();
    assert.ok(row?.outcome);
    assert.doesNotMatch(Buffer.from(row.outcome).toString('latin1') + JSON.stringify(row), /zeldzaam/);
  });

  it('are of the team that somebody is a member of, else of the first that somebody leads', async () => {
    for (const person of ['a-1', 'b-lead', 'chief']) await write(person, { different: 'Eerst bellen.' });
    const rows = await server.services.database.selectFrom('log_intention').select(['person', 'team']).where('organisation', '=', organisation).orderBy('person').execute();
    assert.deepEqual(rows, [{ person: 'a-1', team: 'a' }, { person: 'b-lead', team: 'b' }, { person: 'chief', team: 'all' }]);
  });
});
