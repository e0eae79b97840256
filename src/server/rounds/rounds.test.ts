import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Problem } from '../../contract/problems.ts';
import type { TeamReports } from '../../contract/reports.ts';
import type { Paper } from '../../contract/rounds.ts';
import { encodeAnswers, type Answers } from '../../domain/ballot.ts';
import { INSTRUMENTS } from '../../domain/instruments.ts';
import type { Roster } from '../../domain/roster.ts';
import { onEachDatabase } from '../../../test/support/databases.ts';
import {
  allOf,
  cast,
  personOf,
  rosterOf,
  testOrganisation,
  testServer,
  type TestServer,
} from '../../../test/support/server.ts';
import { runDueWork } from '../jobs/clockwork.ts';
import { importInstrument } from '../instruments/instruments.ts';
import { startPoprf, type Poprf } from '../keys/poprf.ts';
import { setContact } from '../organisations/contact.ts';
import { importRoster } from '../roster/roster.ts';
import { openStore } from '../store/store.ts';
import { closeRound, endRound } from './closing.ts';
import { listRounds, listSeries, startSeries, stopSeries } from './series.ts';

const GRACE = 600;
const OPEN = '2026-11-02T12:00:00Z';
const CLOSES = '2026-11-12T16:00:00.000Z';
const RESULTS = '2026-11-12T16:10:00.000Z';

const [pulse] = INSTRUMENTS;
assert.ok(pulse);
const safety = INSTRUMENTS.find(({ key }) => key === 'psychological-safety');
assert.ok(safety);
const ABOUT_LEADER = safety.items.filter(({ construct }) => construct === 'trust').map(({ key }) => key);

/** The same choice for every item of the check-in, those about the leader among them. */
const checkedIn = (choice: number): Answers => ({
  choices: Object.fromEntries(safety.items.map(({ key }) => [key, choice])),
});
/** Of eight people: not all the same, since no figure tells that all are; their mean is 2. */
const EIGHT = [2, 2, 1, 3, 2, 2, 1, 3];

onEachDatabase('a round', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  const opened = async (sizes: Readonly<Record<string, number>>) => {
    server.setNow(OPEN);
    const organisation = await testOrganisation(server, sizes);
    await runDueWork(server.services, GRACE);
    return organisation;
  };
  const close = async () => {
    server.setNow(RESULTS);
    await runDueWork(server.services, GRACE);
  };
  const rows = (organisation: string, table: 'box' | 'box_count' | 'spent' | 'elector') =>
    server.services.database.selectFrom(table).selectAll().where('organisation', '=', organisation).execute();

  const counts = async (organisation: string) => {
    const found = await server.services.database
      .selectFrom('box_count')
      .select(['team', 'ballots'])
      .where('organisation', '=', organisation)
      .execute();
    return Object.fromEntries(found.map(({ team, ballots }) => [team, ballots]));
  };

  test('goes from a person’s answer to the team’s figures', async () => {
    const organisation = await opened({ a: 8, b: 3 });
    const round = await personOf(server, organisation, 'a-1').openRound();
    assert.equal(round.electorate, 8);
    assert.equal(round.threshold, 5);
    assert.equal(round.above, 'All');
    assert.equal(round.closesAt, CLOSES);
    assert.equal(round.resultsAt, RESULTS);
    assert.equal(round.paper, 'available');
    assert.ok(round.colleagues.includes('Name of a-2') && !round.colleagues.includes('Name of a-1'));

    for (const [index, choice] of [4, 4, 2, 5, 3].entries()) {
      const person = personOf(server, organisation, `a-${String(index + 1)}`);
      assert.equal((await person.answer(allOf(choice))).status, 200);
      const { open } = await personOf(server, organisation, 'a-lead').reports('a');
      assert.equal(open?.ballots, index < 4 ? null : 5, 'an exact number only from five on');
    }
    for (const person of ['b-1', 'b-2']) await personOf(server, organisation, person).answer(allOf(3));
    assert.equal((await personOf(server, organisation, 'a-1').openRound()).paper, 'taken');
    await close();

    const { rounds, open } = await personOf(server, organisation, 'a-2').reports('a');
    assert.equal(open, null);
    const [released] = rounds;
    assert.ok(released);
    assert.equal(released.closedAt, CLOSES);
    assert.equal(released.report.electorate, 8);
    assert.equal(released.report.ballots, 5);
    assert.equal(released.report.constructs.length, 5);
    assert.deepEqual(released.report.constructs.map(({ mean }) => mean.value), [3.6, 3.6, 3.6, 3.6, 3.6]);
    assert.deepEqual(released.changes, {}, 'nothing to compare a first round with');

    const small = await personOf(server, organisation, 'b-1').reports('b');
    assert.equal(small.rounds[0]?.report.ballots, undefined);
    assert.deepEqual(small.rounds[0]?.report.constructs, []);
  });

  test('asks leaders in the team above theirs, and the topmost one nowhere', async () => {
    const organisation = await opened({ a: 6 });
    assert.equal((await personOf(server, organisation, 'a-lead').openRound()).team.id, 'all');
    await assert.rejects(personOf(server, organisation, 'chief').openRound(), /not asked/);
  });

  test('shows a team’s report to its members and leaders only', async () => {
    const organisation = await opened({ a: 6, b: 6 });
    await close();
    assert.equal((await personOf(server, organisation, 'a-1').get('/v1/reports?team=b')).status, 404);
    assert.equal((await personOf(server, organisation, 'a-1').get('/v1/reports?team=all')).status, 404);
    assert.equal((await personOf(server, organisation, 'chief').get('/v1/reports?team=a')).status, 404);
    assert.equal((await personOf(server, organisation, 'chief').get('/v1/reports?team=all')).status, 200);
    assert.equal((await personOf(server, organisation, 'a-lead').get('/v1/reports?team=all')).status, 200);
    assert.equal((await personOf(server, organisation, 'stranger').get('/v1/reports')).status, 403);
    assert.deepEqual(await kind(personOf(server, organisation, 'stranger').get('/v1/rounds/open')), [403, 'not-in-roster']);
  });

  test('tells who is in no roster which organisation it is of, and whom to ask', async () => {
    const organisation = await opened({ a: 6 });
    const told = async (language: string) =>
      ((await (await personOf(server, organisation, 'stranger').get('/v1/rounds/open', language)).json()) as Problem).detail;
    const { name } = await server.services.database.selectFrom('organisation').select('name').where('id', '=', organisation).executeTakeFirstOrThrow();
    assert.equal(await told('en'), `You are not in the roster of ${name}. Ask the administrator of Leerkring to add you to your team.`);
    await setContact(server.services, organisation, 'the service desk');
    assert.equal(await told('nl'), `Je staat niet in de teamlijst van ${name}. Vraag the service desk om je aan je team toe te voegen.`);
  });

  test('gives one paper a person, and the same one again to the same question', async () => {
    const organisation = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const round = await person.openRound();
    // The base point and twice it (RFC 9496, appendix A.1): valid elements, whatever nonce they could stand for.
    const first = base64url('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76');
    const second = base64url('6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919');

    const broken = await person.askPaper(round, base64url('ff'.repeat(32)));
    assert.equal(broken.status, 400, 'what is no element costs nobody the paper');
    const paper = (await (await person.askPaper(round, first)).json()) as Paper;
    const again = (await (await person.askPaper(round, first)).json()) as Paper;
    assert.equal(again.evaluated, paper.evaluated);
    assert.deepEqual(await kind(person.askPaper(round, second)), [409, 'paper-taken']);

    const other = personOf(server, organisation, 'a-2');
    assert.deepEqual(await kind(other.askPaper({ ...round, team: { id: 'all', name: '' } }, first)), [403, 'not-asked']);
    assert.deepEqual(await kind(other.askPaper({ ...round, id: 'none' }, first)), [403, 'not-asked']);
    assert.deepEqual(await kind(personOf(server, organisation, 'chief').askPaper(round, first)), [403, 'not-asked']);
  });

  test('lets one of two papers asked for at once through', async () => {
    const organisation = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const round = await person.openRound();
    const answers = await Promise.all([
      person.askPaper(round, base64url('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76')),
      person.askPaper(round, base64url('6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919')),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  });

  test('refuses a ballot without a paper, or with a paper of another round or team', async () => {
    const organisation = await opened({ a: 6, b: 6 });
    const elsewhere = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const round = await person.openRound();
    const ballot = await person.ballot(round, allOf(4));

    const forged = { ...ballot, output: base64url('00'.repeat(64)) };
    assert.deepEqual(await kind(cast(server, forged)), [403, 'paper-invalid']);
    assert.deepEqual(await kind(cast(server, { ...ballot, nonce: base64url('07'.repeat(32)) })), [403, 'paper-invalid']);
    assert.deepEqual(await kind(cast(server, { ...ballot, team: 'b' })), [403, 'paper-invalid']);
    assert.deepEqual(await kind(cast(server, { ...ballot, round: 'none' })), [403, 'paper-invalid']);
    const foreign = await personOf(server, elsewhere, 'a-1').ballot(
      await personOf(server, elsewhere, 'a-1').openRound(),
      allOf(4),
    );
    assert.deepEqual(await kind(cast(server, { ...foreign, organisation, round: round.id })), [403, 'paper-invalid']);
    assert.equal((await rows(organisation, 'box')).length, 0);
    assert.equal((await cast(server, ballot)).status, 200, 'and nothing of it spent the good one');
  });

  test('counts a ballot once, however often and however simultaneously it comes', async () => {
    const organisation = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const ballot = await person.ballot(await person.openRound(), allOf(4));
    const answers = await Promise.all(Array.from({ length: 8 }, () => cast(server, ballot)));
    assert.deepEqual(answers.map(({ status }) => status), Array<number>(8).fill(200));
    assert.equal((await cast(server, ballot)).status, 200);
    assert.equal((await rows(organisation, 'box')).length, 1);
    assert.deepEqual(await kind(cast(server, { ...ballot, ...allOf(1) })), [409, 'ballot-differs']);
    assert.equal((await rows(organisation, 'box')).length, 1);
    assert.deepEqual(await counts(organisation), { a: 1 });
  });

  test('counts, for each team, the ballots that are in the box', async () => {
    const organisation = await opened({ a: 6, b: 6 });
    const people = ['a-1', 'a-2', 'a-3', 'a-4', 'b-1', 'b-2'];
    await Promise.all(people.map((person) => personOf(server, organisation, person).answer(allOf(3))));
    assert.deepEqual(await counts(organisation), { a: 4, b: 2 });
    const box = await rows(organisation, 'box');
    assert.equal(box.length, 6);
  });

  test('refuses the paper of an earlier round of the same team', async () => {
    const organisation = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const earlier = await person.ballot(await person.openRound(), allOf(4));
    server.setNow('2026-12-02T12:00:00Z');
    await runDueWork(server.services, GRACE);
    const round = await person.openRound();
    assert.notEqual(round.id, earlier.round);
    assert.deepEqual(await kind(cast(server, { ...earlier, round: round.id })), [403, 'paper-invalid']);
    assert.deepEqual(await kind(cast(server, earlier)), [410, 'round-closed']);
  });

  test('keeps a comment in any script, without what a database can’t hold', async () => {
    const organisation = await opened({ a: 10 });
    const comments = ['a NUL \u0000 here', 'half an emoji \ud83d', 'héél goed 👍 漢', ' \u0007 ', 'two\nlines'];
    for (let index = 0; index < 10; index += 1) {
      const person = personOf(server, organisation, `a-${String(index + 1)}`);
      assert.equal((await person.answer(allOf(1 + (index % 5), comments[index]))).status, 200);
    }
    await close();
    const { rounds } = await personOf(server, organisation, 'a-1').reports();
    assert.deepEqual(
      [...(rounds[0]?.report.comments ?? [])].sort(),
      ['a NUL  here', 'half an emoji \ufffd', 'héél goed 👍 漢', 'two\nlines'].sort(),
    );
  });

  test('says of an open round no more than how many ballots are in, of groups that are large enough', async () => {
    const organisation = await opened({ a: 6, b: 6 });
    const seen = async () => (await personOf(server, organisation, 'chief').reports('all')).open?.ballots;
    for (let index = 1; index <= 5; index += 1) await personOf(server, organisation, `a-${String(index)}`).answer(allOf(3));
    assert.equal(await seen(), 5);
    await personOf(server, organisation, 'b-1').answer(allOf(3));
    assert.equal(await seen(), 5, 'one of another team does not show');
    for (let index = 2; index <= 5; index += 1) await personOf(server, organisation, `b-${String(index)}`).answer(allOf(3));
    assert.equal(await seen(), 10);
  });

  test('does not wait for another round that can’t be closed', async () => {
    const stuck = await opened({ a: 6 });
    const { id } = await personOf(server, stuck, 'a-1').openRound();
    const inTheWay = { organisation: stuck, round: id, team: 'all', body: '{}', personal: '[]' };
    await server.services.database.insertInto('report').values(inTheWay).execute();
    const organisation = await opened({ a: 6 });
    await close();
    assert.equal((await personOf(server, organisation, 'a-1').reports()).rounds.length, 1);
    assert.match(server.logged(), /could not be closed/);
    await server.services.database.deleteFrom('report').where('organisation', '=', stuck).execute();
    await close();
    assert.equal((await personOf(server, stuck, 'a-1').reports()).rounds.length, 1);
  });

  test('compares and shows rounds of one version of an instrument only', async () => {
    const organisation = await opened({ a: 6 });
    for (let index = 1; index <= 5; index += 1) await personOf(server, organisation, `a-${String(index)}`).answer(allOf(index));
    await close();
    const { database: db, now } = server.services;
    await importInstrument(db, organisation, { ...pulse, version: 2, title: { nl: 'Nieuw', en: 'New' } }, now());
    const person = personOf(server, organisation, 'a-1');
    assert.notEqual((await person.reports()).instrument.title, 'New', 'imported is not asked');
    const [series] = await listSeries(db, organisation);
    assert.ok(series);
    await assert.rejects(
      startSeries(server.services, organisation, { instrument: pulse.key, teams: ['a'], cadence: series.cadence }),
      /another series/,
    );
    await stopSeries(server.services, organisation, series.id);
    await startSeries(server.services, organisation, { instrument: pulse.key, teams: ['all'], cadence: series.cadence });
    server.setNow('2026-12-02T12:00:00Z');
    await runDueWork(server.services, GRACE);
    const after = await person.reports();
    assert.equal(after.instrument.title, 'New');
    assert.deepEqual(after.rounds, []);
    assert.equal((await listRounds(server.services, organisation)).length, 2, 'the stopped series opened no more');
  });

  test('is closed by one of two servers while ballots still come in, and counts all it took', async () => {
    const place = database.place();
    const organisation = await opened({ a: 12 });
    const ballots = [];
    for (let index = 1; index <= 12; index += 1) {
      const person = personOf(server, organisation, `a-${String(index)}`);
      ballots.push(await person.ballot(await person.openRound(), allOf(1 + (index % 5))));
    }
    // PGlite has one connection in one process: there, the second server is the first.
    const store = place.kind === 'postgres' ? await openStore(place) : undefined;
    const second = store ? await testServer(store, poprf, OPEN) : server;
    server.setNow('2026-11-12T16:09:59Z');
    second.setNow('2026-11-12T16:09:59Z');
    const { id } = await listRounds(server.services, organisation).then(([round]) => round ?? { id: '' });
    const [answers, closed] = await Promise.all([
      Promise.all(ballots.map((ballot, index) => cast(index % 2 === 0 ? server : second, ballot))),
      Promise.all([closeRound(server.services, organisation, id), closeRound(second.services, organisation, id)]),
    ]);
    assert.equal(closed.filter(Boolean).length, 1);
    const taken = answers.filter(({ status }) => status === 200).length;
    assert.ok(answers.every(({ status }) => status === 200 || status === 410));
    const { rounds } = await personOf(server, organisation, 'a-1').reports();
    assert.equal(rounds[0]?.report.ballots ?? 0, taken >= 5 ? taken : 0);
    await store?.close();
  });

  test('refuses answers that the instrument does not know, without repeating them', async () => {
    const organisation = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const ballot = await person.ballot(await person.openRound(), allOf(4));
    for (const choices of [{ unheard: 3 }, { ...ballot.choices, 'vision-1': 6 }, { 'vision-1': 0 }]) {
      const response = await cast(server, { ...ballot, choices });
      assert.equal(response.status, 400);
      assert.doesNotMatch(await response.text(), /unheard/);
    }
    assert.equal((await cast(server, { ...ballot, name: 'a-1' })).status, 400, 'unknown fields are refused');
    assert.equal((await cast(server, ballot)).status, 200);
  });

  test('takes ballots for ten minutes after its papers stop, and none later', async () => {
    const organisation = await opened({ a: 6 });
    const late = personOf(server, organisation, 'a-1');
    const round = await late.openRound();
    const ballot = await late.ballot(round, allOf(4));
    const tooLate = await personOf(server, organisation, 'a-2').ballot(round, allOf(4));
    server.setNow('2026-11-12T16:09:00Z');
    await assert.rejects(personOf(server, organisation, 'a-3').ballot(round, allOf(4)), /round-closed/);
    assert.equal((await cast(server, ballot)).status, 200);
    await close();
    assert.deepEqual(await kind(cast(server, tooLate)), [410, 'round-closed']);
    assert.deepEqual(await kind(cast(server, ballot)), [410, 'round-closed']);
  });

  test('closes at its planned time, also when no server ran then, and is released once', async () => {
    const organisation = await opened({ a: 6 });
    for (let index = 1; index <= 5; index += 1) {
      await personOf(server, organisation, `a-${String(index)}`).answer(allOf(index));
    }
    server.setNow('2026-11-25T03:00:00Z');
    await runDueWork(server.services, GRACE);
    const before = await personOf(server, organisation, 'a-1').reports();
    assert.equal(before.rounds[0]?.closedAt, CLOSES);
    const { id } = before.rounds[0] ?? { id: '' };
    assert.equal(await closeRound(server.services, organisation, id), false);
    await runDueWork(server.services, GRACE);
    assert.deepEqual(await personOf(server, organisation, 'a-1').reports(), before);
  });

  test('loses nothing when closing fails half-way', async () => {
    const organisation = await opened({ a: 6 });
    for (let index = 1; index <= 5; index += 1) {
      await personOf(server, organisation, `a-${String(index)}`).answer(allOf(3));
    }
    const { id } = await personOf(server, organisation, 'a-6').openRound();
    const inTheWay = { organisation, round: id, team: 'all', body: '{}', personal: '[]' };
    await server.services.database.insertInto('report').values(inTheWay).execute();
    server.setNow(RESULTS);
    await assert.rejects(closeRound(server.services, organisation, id));
    assert.equal((await rows(organisation, 'box')).length, 5);
    assert.equal((await rows(organisation, 'elector')).length, 7);
    await server.services.database.deleteFrom('report').where('organisation', '=', organisation).execute();
    assert.equal(await closeRound(server.services, organisation, id), true);
    assert.equal((await personOf(server, organisation, 'a-1').reports()).rounds[0]?.report.ballots, 5);
  });

  test('is as it was, whichever statement of its closing fails, and is closed once after that', async () => {
    const organisation = await opened({ a: 6 });
    for (let index = 1; index <= 5; index += 1) await personOf(server, organisation, `a-${String(index)}`).answer(allOf(index));
    const { id } = await personOf(server, organisation, 'a-6').openRound();
    const before = await everything(organisation);
    const { database: db } = server.services;
    let statements = 0;
    for (let failing = 1; ; failing += 1) {
      statements = 0;
      const breaking = db.withPlugin({
        transformQuery({ node }) {
          statements += 1;
          if (statements === failing) throw new Error('the database went away');
          return node;
        },
        transformResult: ({ result }) => Promise.resolve(result),
      });
      const closing = closeRound({ ...server.services, database: breaking }, organisation, id);
      if (await closing.then(() => true, () => false)) break;
      assert.equal(await everything(organisation), before, `after statement ${String(failing)} failed`);
    }
    assert.ok(statements > 8, 'the closing takes more statements than a few');
    assert.deepEqual(await rows(organisation, 'box'), []);
    assert.equal(await closeRound(server.services, organisation, id), false);
    const { rounds } = await personOf(server, organisation, 'a-1').reports();
    assert.equal(rounds[0]?.report.ballots, 5);
    assert.equal(rounds[0]?.report.constructs[0]?.mean.value, 3);
  });

  test('can be ended by hand, with or without time for ballots on their way', async () => {
    const organisation = await opened({ a: 6 });
    const person = personOf(server, organisation, 'a-1');
    const round = await person.openRound();
    const ballot = await person.ballot(round, allOf(4));
    const ended = await endRound(server.services, organisation, round.id, { atOnce: false });
    assert.equal(ended.resultsAt.toISOString(), '2026-11-02T12:10:00.000Z');
    await assert.rejects(person.openRound(), /not asked/);
    assert.equal((await cast(server, ballot)).status, 200);
    await endRound(server.services, organisation, round.id, { atOnce: true });
    assert.equal((await rows(organisation, 'box')).length, 0);
    assert.equal((await person.reports()).rounds.length, 1);
    await assert.rejects(endRound(server.services, organisation, round.id, { atOnce: true }), /round-closed/);
    const marks = await server.services.database.selectFrom('audit').select('act').where('organisation', '=', organisation).execute();
    assert.equal(marks.filter(({ act }) => act === 'round-closed-by-hand').length, 2);
  });

  test('opens once, whoever tries, and again a month later', async () => {
    const organisation = await opened({ a: 6 });
    await Promise.all([runDueWork(server.services, GRACE), runDueWork(server.services, GRACE)]);
    const count = async () =>
      (await server.services.database.selectFrom('round').select('id').where('organisation', '=', organisation).execute()).length;
    assert.equal(await count(), 1);
    server.setNow('2026-12-02T09:00:00Z');
    await runDueWork(server.services, GRACE);
    assert.equal(await count(), 2);
  });

  test('leaves no ballot behind and no mark of who took part', async () => {
    // Two organisations in which different people gave the same answers: nothing that is left may tell them apart.
    const left: string[] = [];
    for (const participants of [['a-1', 'a-2', 'a-3', 'a-4', 'a-5'], ['a-8', 'a-7', 'a-6', 'a-5', 'a-4']]) {
      const organisation = await opened({ a: 8 });
      for (const [index, person] of participants.entries()) {
        await personOf(server, organisation, person).answer(allOf(index + 1, `comment ${String(index)}`));
      }
      assert.equal((await rows(organisation, 'box')).length, 5);
      await close();
      for (const table of ['box', 'box_count', 'spent', 'elector'] as const) {
        assert.deepEqual(await rows(organisation, table), [], table);
      }
      left.push(await everything(organisation));
    }
    assert.equal(left[0], left[1]);
    assert.doesNotMatch(left[0] ?? '', /comment \d/);
  });

  test('keeps ballots unreadable while it is open, and nothing in them in the clear', async () => {
    const organisation = await opened({ a: 8 });
    await personOf(server, organisation, 'a-1').answer(allOf(1));
    await personOf(server, organisation, 'a-2').answer(allOf(5));
    const box = await rows(organisation, 'box');
    assert.equal(new Set(box.map((row) => ('sealed' in row ? row.sealed.length : 0))).size, 1, 'one length');
    // As they would lie there in the clear: the choices in the order of the items.
    for (const row of box) {
      for (const clear of ['[1,1,1,1,1]', '[5,5,5,5,5]']) assert.ok(!Buffer.from('sealed' in row ? row.sealed : []).includes(clear));
    }
    assert.ok(encodeAnswers(pulse, allOf(1)).includes('[1,1,1,1,1]'), 'which is how they are written');
  });

  test('tells the log no person, no answer, no paper', async () => {
    const organisation = await opened({ a: 8 });
    const person = personOf(server, organisation, 'a-1');
    const ballot = await person.ballot(await person.openRound(), allOf(2, 'a sentence that nobody else wrote'));
    await cast(server, ballot);
    await close();
    const log = server.logged();
    assert.match(log, /round closed and released/);
    for (const secret of ['"a-1"', 'Name of', 'nobody else wrote', ballot.nonce, ballot.output, 'choices']) {
      assert.ok(!log.includes(secret), `the log holds ${secret}`);
    }
  });

  const checkInOpened = async (roster: Roster) => {
    server.setNow(OPEN);
    const organisation = await testOrganisation(server, {}, { instrument: 'psychological-safety', roster });
    await runDueWork(server.services, GRACE);
    return organisation;
  };
  /** All that a person gets to read of a team, as text and as what it says. */
  const checkInOf = async (organisation: string, person: string, team: string) => {
    const response = await personOf(server, organisation, person).get(`/v1/reports?instrument=psychological-safety&team=${team}`);
    assert.equal(response.status, 200, `${person} and ${team}`);
    const text = await response.text();
    return { text, reports: JSON.parse(text) as TeamReports };
  };
  const meansOf = ({ rounds }: TeamReports) =>
    Object.fromEntries((rounds[0]?.report.constructs ?? []).map(({ construct, mean }) => [construct, mean.value]));
  const personal = async (organisation: string) =>
    (await server.services.database.selectFrom('report').select('personal').where('organisation', '=', organisation).execute())
      .flatMap((row) => row.personal);

  test('tells what is about a leader to that leader alone, from eight ballots of the own team on', async () => {
    const roster = rosterOf({ a: 8, b: 8 });
    const organisation = await checkInOpened(roster);
    const asked = await personOf(server, organisation, 'a-1').openRound();
    assert.deepEqual(asked.leader, { name: 'Name of a-lead', threshold: 8 });
    assert.deepEqual(asked.instrument.items.map(({ key }) => key), safety.items.map(({ key }) => key));
    for (const [index, choice] of EIGHT.entries()) {
      assert.equal((await personOf(server, organisation, `a-${String(index + 1)}`).answer(checkedIn(choice))).status, 200);
      if (index < 7) await personOf(server, organisation, `b-${String(index + 1)}`).answer(checkedIn(choice));
    }
    // A leader above who answers elsewhere adds nothing to what is about the leader of a team.
    await personOf(server, organisation, 'b-lead').answer(checkedIn(5));
    await close();

    const own = (await checkInOf(organisation, 'a-lead', 'a')).reports;
    assert.deepEqual(meansOf(own), {
      'mistakes': 4, 'hard-problems': 2, 'accepted': 4, 'risk': 2, 'help': 4, 'undermining': 2, 'talents': 2, 'trust': 2,
    }, 'what is reversed is turned round');
    const trust = own.rounds[0]?.report.constructs.find(({ construct }) => construct === 'trust');
    assert.equal(trust?.ballots, 8);
    assert.equal(trust.electorate, 8);
    assert.ok(own.instrument.constructs.some(({ key }) => key === 'trust'));

    for (const [person, team] of [['a-1', 'a'], ['a-lead', 'all'], ['chief', 'all'], ['b-1', 'b'], ['b-lead', 'all']] as const) {
      const { text, reports } = await checkInOf(organisation, person, team);
      assert.doesNotMatch(text, /trust/i, `${person} and ${team}`);
      if (team !== 'all') assert.equal(Object.keys(meansOf(reports)).length, 7);
    }
    for (const person of ['b-1', 'b-lead', 'chief']) {
      assert.equal((await personOf(server, organisation, person).get('/v1/reports?instrument=psychological-safety&team=a')).status, 404);
    }
    // Of team b there were seven: its leader learns that there is such a figure, and not what it is.
    assert.equal(meansOf((await checkInOf(organisation, 'b-lead', 'b')).reports)['trust'], undefined);
    assert.equal(Object.keys(meansOf((await checkInOf(organisation, 'b-lead', 'b')).reports)).length, 7);
    assert.equal((await personal(organisation)).length, 1, 'what nobody gets is not kept');

    // Another leader for the team: what was said of the first is none of the second's business.
    const places = roster.memberships.filter(({ person }) => person !== 'a-lead' && person !== 'a-8');
    await importRoster(server.services.database, organisation, {
      ...roster,
      memberships: [...places, { person: 'a-8', team: 'a', role: 'leader' }, { person: 'a-lead', team: 'b', role: 'member' }],
    }, { at: server.services.now(), dryRun: false });
    const later = await checkInOf(organisation, 'a-8', 'a');
    assert.equal(later.reports.role, 'leader');
    assert.equal(later.reports.rounds.length, 1);
    assert.doesNotMatch(later.text, /trust/i, 'the later leader');
    assert.equal((await personOf(server, organisation, 'a-lead').get('/v1/reports?instrument=psychological-safety&team=a')).status, 404);
  });

  test('asks nothing about a leader of whom no figures could come', async () => {
    const roster = rosterOf({ two: 8, none: 8, small: 7, usual: 8 });
    const memberships = roster.memberships.filter(({ person }) => person !== 'none-lead');
    const organisation = await checkInOpened({
      ...roster,
      people: [...roster.people, { id: 'second-lead', name: 'Name of second-lead' }],
      memberships: [...memberships, { person: 'second-lead', team: 'two', role: 'leader' }],
    });
    for (const team of ['two', 'none', 'small', 'usual']) {
      const { leader, instrument } = await personOf(server, organisation, `${team}-1`).openRound();
      const asked = instrument.items.filter(({ key }) => ABOUT_LEADER.includes(key)).length;
      const title = instrument.constructs.some(({ key }) => key === 'trust');
      assert.deepEqual([asked, title], team === 'usual' ? [3, true] : [0, false], team);
      assert.equal(leader?.name, team === 'usual' ? 'Name of usual-lead' : undefined, team);
      assert.equal(instrument.items.length, team === 'usual' ? 10 : 7, team);
    }
  });

  test('takes answers about a leader that were not asked for, and lets nothing of them show or stay', async () => {
    // The roster may change between a form and its ballot, and such a ballot must not be lost.
    const roster = rosterOf({ two: 8 });
    const organisation = await checkInOpened({
      ...roster,
      people: [...roster.people, { id: 'second-lead', name: 'Name of second-lead' }],
      memberships: [...roster.memberships, { person: 'second-lead', team: 'two', role: 'leader' }],
    });
    for (const [index, choice] of EIGHT.entries()) {
      const person = personOf(server, organisation, `two-${String(index + 1)}`);
      assert.equal((await person.answer(checkedIn(choice))).status, 200);
    }
    await close();
    for (const [person, team] of [['two-1', 'two'], ['two-lead', 'two'], ['second-lead', 'two'], ['chief', 'all']] as const) {
      const { text, reports } = await checkInOf(organisation, person, team);
      assert.doesNotMatch(text, /trust/i, person);
      if (team === 'two') assert.equal(Object.keys(meansOf(reports)).length, 7, 'the rest of the ballots counts');
    }
    assert.deepEqual(await personal(organisation), []);
  });

  async function kind(response: Promise<Response>): Promise<[number, string]> {
    const { status, type } = (await (await response).json()) as Problem;
    return [status, type.replace('urn:leerkring:problem:', '')];
  }

  /** Every row of every table that belongs to an organisation, as text, with what is random or its name levelled. */
  async function everything(organisation: string): Promise<string> {
    const tables = await sql<{ table_name: string }>`
      select table_name from information_schema.columns
      where table_schema = 'public' and column_name = 'organisation' order by table_name`.execute(server.services.database);
    const contents: string[] = [];
    for (const { table_name: table } of tables.rows) {
      if (table === 'ballot_key') continue;
      const { rows: found } = await sql<{ row: string }>`
        select to_jsonb(t)::text as row from ${sql.table(table)} t where organisation = ${organisation}`.execute(
        server.services.database,
      );
      contents.push(table, ...found.map(({ row }) => levelled(row, organisation)).sort());
    }
    return contents.join('\n');
  }
});

function levelled(row: string, organisation: string): string {
  return row
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')
    .replaceAll(`"${organisation}"`, '"organisation"');
}

function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}
