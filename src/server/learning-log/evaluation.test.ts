import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, it } from 'node:test';
import {
  entryPath,
  intentionPath,
  LOG_ENTRIES_PATH,
  LOG_EVALUATION_PATH,
  LOG_INTENTIONS_PATH,
  LOG_PATH,
  type Evaluation,
  type Intentions,
  type Log,
} from '../../contract/learning-log.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import { personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../../../test/support/server.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { importRoster } from '../roster/roster.ts';
import { keepLogs } from './retention.ts';

const START = '2026-11-02T09:00:00Z';
/** From then on November is counted: the two months to answer in are over. */
const COUNTED = '2027-02-01T00:00:00Z';

onEachDatabase('the evaluation', (database) => {
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
    organisation = await testOrganisation(server, { a: 7, b: 5, c: 1 });
  });

  const me = (person: string) => personOf(server, organisation, person);
  const members = (team: string, number: number) => Array.from({ length: number }, (_, index) => `${team}-${String(index + 1)}`);

  async function intend(...people: readonly string[]): Promise<void> {
    for (const person of people) {
      const response = await me(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'Te laat.', different: 'Bellen.', audience: { scope: 'organisation' } });
      assert.equal(response.status, 200, await response.clone().text());
    }
  }

  async function answer(state: string, ...people: readonly string[]): Promise<void> {
    for (const person of people) {
      const { intentions } = (await (await me(person).get(LOG_INTENTIONS_PATH)).json()) as Intentions;
      for (const { id } of intentions) assert.equal((await me(person).send('PUT', intentionPath(id), { state })).status, 200);
    }
  }

  const asked = (person: string, team: string) => me(person).get(`${LOG_EVALUATION_PATH}?team=${team}`);

  async function monthsOf(person: string, team: string): Promise<Evaluation['months']> {
    const response = await asked(person, team);
    assert.equal(response.status, 200, await response.clone().text());
    return ((await response.json()) as Evaluation).months;
  }

  async function count(moment = COUNTED): Promise<void> {
    server.setNow(moment);
    await keepLogs(server.services);
  }

  it('says how many of a team’s intentions became action, with how many there were', async () => {
    await intend(...members('a', 7));
    await answer('tried', 'a-1', 'a-2', 'a-3');
    await answer('not-tried', 'a-4');
    await answer('dropped', 'a-5');
    await count();
    const months = [{ month: '2026-11', figures: { intentions: 7, tried: 3, bound: 'exact' } }];
    for (const person of ['a-7', 'a-lead']) assert.deepEqual(await monthsOf(person, 'a'), months, person);
    const { team, threshold } = (await (await asked('a-1', 'a')).json()) as Evaluation;
    assert.deepEqual([team, threshold], [{ id: 'a', name: 'Team a' }, 5]);
  });

  it('is for the members and leaders of that team alone', async () => {
    await intend(...members('a', 7));
    await count();
    const [first, ...others] = await Promise.all(
      [asked('a-1', 'none'), asked('a-1', 'b'), asked('b-lead', 'a'), asked('chief', 'a')].map(async (response) => [(await response).status, await (await response).text()]),
    );
    assert.equal(first?.[0], 404);
    for (const other of others) assert.deepEqual(other, first);
  });

  it('says nothing of fewer than five people, however much they set out to do, and nowhere in the database either', async () => {
    for (let times = 0; times < 3; times += 1) await intend(...members('a', 4));
    await answer('tried', 'a-1', 'a-2');
    await count();
    assert.deepEqual(await monthsOf('a-1', 'a'), [{ month: '2026-11', figures: null }]);
    const rows = await server.services.database.selectFrom('log_evaluation').selectAll().where('organisation', '=', organisation).execute();
    assert.ok(rows.length > 0);
    assert.deepEqual(rows.filter(({ figures }) => figures !== null), []);
  });

  it('counts nothing of what people wrote for themselves alone', async () => {
    await intend(...members('a', 5));
    for (const person of members('b', 5)) {
      await me(person).send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'Te laat.', different: 'Bellen.' });
    }
    await me('a-6').send('POST', LOG_ENTRIES_PATH, { key: randomUUID(), kind: 'insight', text: 'Te laat.', different: 'Bellen.' });
    await answer('tried', 'a-1', 'a-2', 'a-6');
    await count();
    assert.deepEqual(await monthsOf('a-1', 'a'), [{ month: '2026-11', figures: { intentions: 5, tried: 2, bound: 'exact' } }]);
    assert.deepEqual(await monthsOf('b-1', 'b'), [{ month: '2026-11', figures: null }]);
  });

  it('says the same of a team without intentions as of one with too few', async () => {
    await intend('c-1', ...members('a', 7));
    await count();
    assert.deepEqual(await monthsOf('c-1', 'c'), await monthsOf('b-1', 'b'));
    const rows = await server.services.database.selectFrom('log_evaluation').select(['team', 'figures']).where('organisation', '=', organisation).where('team', 'in', ['b', 'c']).orderBy('team').execute();
    assert.deepEqual(rows, [{ team: 'b', figures: null }, { team: 'c', figures: null }]);
  });

  it('never tells that all of them, or none, became action', async () => {
    await intend(...members('a', 6), ...members('b', 5));
    await answer('tried', ...members('a', 6));
    await count();
    assert.deepEqual(await monthsOf('a-1', 'a'), [{ month: '2026-11', figures: { intentions: 6, tried: 5, bound: 'at-least' } }]);
    assert.deepEqual(await monthsOf('b-1', 'b'), [{ month: '2026-11', figures: { intentions: 5, tried: 1, bound: 'at-most' } }]);
  });

  it('waits until the time to answer is over, and then takes no answer that came later', async () => {
    await intend(...members('a', 7));
    await answer('tried', 'a-1', 'a-2');
    await count('2027-01-31T23:59:59Z');
    assert.ok((await monthsOf('a-1', 'a')).every(({ month }) => month < '2026-11'));
    server.setNow('2027-02-01T00:00:00Z');
    await answer('tried', 'a-3', 'a-4');
    await count('2027-02-01T00:30:00Z');
    const [november] = await monthsOf('a-1', 'a');
    assert.deepEqual(november, { month: '2026-11', figures: { intentions: 7, tried: 2, bound: 'exact' } });
  });

  it('stays what it is, whoever answers late, deletes, moves or leaves', async () => {
    await intend(...members('a', 7));
    await answer('tried', 'a-1', 'a-2', 'a-3');
    await count();
    const counted = await monthsOf('a-6', 'a');
    await answer('tried', 'a-4', 'a-5');
    assert.equal((await me('a-1').send('DELETE', LOG_PATH)).status, 200);
    const roster = rosterOf({ a: 7, b: 5, c: 1 });
    const memberships = roster.memberships
      .filter(({ person }) => person !== 'a-2')
      .map((one) => (one.person === 'a-3' ? { ...one, team: 'b' } : one));
    await importRoster(
      server.services.database,
      organisation,
      { ...roster, memberships, people: roster.people.filter(({ id }) => id !== 'a-2') },
      { at: server.services.now(), dryRun: false },
    );
    await count('2027-02-01T01:00:00Z');
    assert.deepEqual(await monthsOf('a-6', 'a'), counted);
    await count('2027-03-20T00:00:00Z');
    assert.deepEqual((await monthsOf('a-6', 'a')).filter(({ month }) => month === '2026-11'), counted);
    assert.deepEqual((await monthsOf('a-3', 'b')).filter(({ figures }) => figures !== null), []);
  });

  it('counts a month once, of several servers at the same moment too, and those that passed while none ran', async () => {
    await intend(...members('a', 7));
    server.setNow('2027-05-01T00:00:00Z');
    await Promise.all([keepLogs(server.services), keepLogs(server.services), keepLogs(server.services)]);
    assert.deepEqual((await monthsOf('a-1', 'a')).map(({ month, figures }) => [month, figures?.intentions]), [
      ['2027-02', undefined],
      ['2027-01', undefined],
      ['2026-12', undefined],
      ['2026-11', 7],
    ]);
  });

  it('leaves an answer in its month when the entry says something else later, which counts in the month of that', async () => {
    await intend(...members('a', 7));
    await answer('tried', ...members('a', 5));
    server.setNow('2026-12-10T09:00:00Z');
    for (const person of members('a', 5)) {
      const [entry] = ((await (await me(person).get(`${LOG_PATH}?list=mine`)).json()) as Log).entries;
      const change = { kind: 'insight', text: 'Te laat.', different: 'Lopen.', audience: { scope: 'organisation' } };
      assert.equal((await me(person).send('PUT', entryPath(entry!.id), change, { 'if-match': '"1"' })).status, 200);
    }
    await count('2027-03-01T00:00:00Z');
    assert.deepEqual(await monthsOf('a-1', 'a'), [
      { month: '2026-12', figures: { intentions: 5, tried: 1, bound: 'at-most' } },
      { month: '2026-11', figures: { intentions: 7, tried: 5, bound: 'exact' } },
    ]);
  });

  it('goes by months everywhere the same, and shows the last two years', async () => {
    server.setNow('2026-11-30T23:59:59Z');
    await intend(...members('a', 5));
    server.setNow('2026-12-01T00:00:00Z');
    await intend(...members('a', 6));
    await count();
    await count('2029-05-01T00:00:00Z');
    const months = await monthsOf('a-1', 'a');
    assert.deepEqual([months.length, months[0]?.month, months.at(-1)?.month], [24, '2029-02', '2027-03']);
    const rows = await server.services.database
      .selectFrom('log_evaluation')
      .select(['month', 'figures'])
      .where('organisation', '=', organisation)
      .where('team', '=', 'a')
      .where('figures', 'is not', null)
      .orderBy('month')
      .execute();
    assert.deepEqual(rows.map(({ month, figures }) => [month, figures?.intentions]), [['2026-11', 5], ['2026-12', 6]]);
  });
});
