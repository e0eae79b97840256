import assert from 'node:assert/strict';
import nodeCrypto, { createHash, randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, mock } from 'node:test';
import { sql } from 'kysely';
import { blind, finalize } from '../../src/client/poprf.ts';
import type { Ballot } from '../../src/contract/ballots.ts';
import type { OpenRound, Paper } from '../../src/contract/rounds.ts';
import { encodeAnswers, paperInfo, type Answers } from '../../src/domain/ballot.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import { fromBase64url, toBase64url } from '../../src/server/keys/base64url.ts';
import { startPoprf, type Poprf } from '../../src/server/keys/poprf.ts';
import { seal } from '../../src/server/keys/sealed-box.ts';
import { makeOrganisation } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { closeRound } from '../../src/server/rounds/closing.ts';
import { openDueRounds } from '../../src/server/rounds/opening.ts';
import { startSeries } from '../../src/server/rounds/series.ts';
import { openStore, type Store } from '../../src/server/store/store.ts';
import { onEachDatabase } from '../support/databases.ts';
import { CADENCE, cast, personOf, rosterOf, testOrganisation, testServer, type TestServer } from '../support/server.ts';
import { afterClosing, WHILE_OPEN, type Attacker } from './attackers.ts';
import { atLeastSoMany, tooManyHits } from './chance.ts';
import { QUESTIONS, type Known, type Player, type Question, type Trial, type View } from './game.ts';
import { learn } from './learner.ts';
import { afterClosingLeaks, WHILE_OPEN_LEAKS, type Behind, type Leak, type Played } from './leaks.ts';
import { bytesOf, bytesUnder, Reader, type Change, type Row } from './reading.ts';

/*
 * Somebody has the database, read again after every single request, every backup, and all logs, and wants to know who
 * answered what. What such a reader may know, because it lies open while a round is open: who is in which team, who
 * took a paper and when, and when a ballot came in. What it may not find out, without the master secret: what a ballot
 * says, and with that who gave which answers; nor may any column tie a ballot to a person. The order in which papers
 * and ballots come is the one tie that nobody can take away (docs/privacy.md says so): here it is drawn by lot, as it
 * is among people who press Send at the same moment and whose browsers each wait a random time.
 */

/** How many pairs of people are played on each database; a multiple of 6. */
const TRIALS = Number(process.env['LEERKRING_ATTACK_TRIALS'] ?? 120);
/** The chance that pure guessing makes one run of this file fail: all attackers, all questions, both databases. */
const ERROR = 1e-6;
/** Of each test here the same share; there are fewer than so many. */
const EACH = ERROR / 400;

const PULSE = INSTRUMENTS[0]!;
const PAIRS_IN_TEAM = 6;
/** Pairs whose papers and ballots come mixed together. */
const AT_ONCE = 3;

function known(choices: readonly number[], comment?: string): Known {
  const answers: Answers = {
    choices: Object.fromEntries(PULSE.items.map(({ key }, index) => [key, choices[index] ?? 3])),
    ...(comment === undefined ? {} : { comment }),
  };
  return { answers, text: encodeAnswers(PULSE, answers) };
}

const BETA = known([1, 2, 1, 3, 2]);
const alphaOf = (pair: number) => known([5, 4, 5, 3, 4], `Fewer meetings and more trying things out, beginning with plan ${pair}.`);

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((one) => ({ one, at: randomInt(2 ** 40) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

interface Game {
  readonly open: readonly Played[];
  readonly closed: readonly Played[];
  readonly server: TestServer;
  readonly organisation: string;
  readonly round: string;
  readonly readings: number;
  /** As it was while the round was open, for a leak that is put in on purpose. */
  readonly boxKey: Uint8Array;
}

/** Plays all trials in one round by the real protocol, reads everything after each request, and closes the round. */
async function play(store: Store, poprf: Poprf): Promise<Game> {
  const server = await testServer(store, poprf);
  const teams = Array.from({ length: TRIALS / PAIRS_IN_TEAM }, (_, index) => `team${index}`);
  const organisation = await testOrganisation(server, Object.fromEntries(teams.map((team) => [team, 2 * PAIRS_IN_TEAM])));
  await openDueRounds(server.services, 600);
  const rounds = new Map<string, OpenRound>();
  for (const team of teams) rounds.set(team, await personOf(server, organisation, `${team}-1`).openRound());
  const round = rounds.get(teams[0] ?? '')!.id;

  const reader = new Reader(store.database, server.logged);
  await reader.read();
  let clock = Date.parse('2026-11-02T10:00:00Z');
  const step = () => server.setNow(new Date((clock += randomInt(1, 20_000))).toISOString());

  const player = (team: string, number: number): Player => ({ id: `${team}-${number}`, name: `Name of ${team}-${number}` });
  const pairs = shuffled(
    teams.flatMap((team) =>
      Array.from({ length: PAIRS_IN_TEAM }, (_, index) => ({ team, a: player(team, 2 * index + 1), b: player(team, 2 * index + 2) })),
    ),
  ).map((pair, index) => ({ ...pair, alpha: alphaOf(index), whoFirst: randomInt(2) === 0, whoAlpha: randomInt(2) === 0 }));

  const open: Played[] = [];
  for (let from = 0; from < pairs.length; from += AT_ONCE) {
    const here = pairs.slice(from, from + AT_ONCE);
    const papers = new Map<string, Change>();
    const ballots = new Map<string, Ballot>();
    const asking = here.flatMap(({ team, a, b, alpha, whoAlpha }) => [
      { team, person: a, answers: whoAlpha ? alpha : BETA },
      { team, person: b, answers: whoAlpha ? BETA : alpha },
    ]);
    for (const { team, person, answers } of shuffled(asking)) {
      step();
      ballots.set(person.id, await personOf(server, organisation, person.id).ballot(rounds.get(team)!, answers.answers));
      papers.set(person.id, await reader.read());
    }
    const arrivals = new Map<string, Change>();
    // A pair's two ballots in the order that was drawn, among those of the others.
    const queue = shuffled(here.flatMap((pair) => [pair, pair]));
    for (const pair of queue) {
      const second = arrivals.has(pair.a.id) || arrivals.has(pair.b.id);
      const person = pair.whoFirst === second ? pair.b : pair.a;
      step();
      const response = await cast(server, ballots.get(person.id));
      assert.equal(response.status, 200);
      arrivals.set(person.id, await reader.read());
    }
    for (const { team, a, b, alpha, whoFirst, whoAlpha } of here) {
      const [first, second] = whoFirst ? [a, b] : [b, a];
      const view: View = {
        organisation,
        round,
        team,
        a,
        b,
        alpha,
        beta: BETA,
        papers: { a: papers.get(a.id)!, b: papers.get(b.id)! },
        ballots: [arrivals.get(first.id)!, arrivals.get(second.id)!],
        left: [],
      };
      const behind = (person: Player): Behind => ({ person, known: (person === a) === whoAlpha ? alpha : BETA });
      const truth = { whose: whoFirst, what: whoFirst === whoAlpha, who: whoAlpha };
      open.push({ trial: { view, truth }, behind: [behind(first), behind(second)] });
    }
  }
  const boxKey = bytesOf(reader.rows.find(({ table }) => table === 'round')?.values['box_key'])!;

  assert.equal(await closeRound(server.services, organisation, round), true);
  // Once more, as one who comes only now: nothing is known from before.
  const latecomer = new Reader(store.database, server.logged);
  const nothing: Change = { rows: [], numbers: {}, log: '' };
  await latecomer.read();
  const closed = open.map(({ trial, behind }) => ({
    behind,
    trial: {
      truth: trial.truth,
      view: { ...trial.view, papers: { a: nothing, b: nothing }, ballots: [nothing, nothing] as const, left: latecomer.rows },
    },
  }));
  return { open, closed, server, organisation, round, readings: reader.readings, boxKey };
}

interface Score {
  readonly name: string;
  readonly trials: number;
  readonly hits: number;
}

const coin = () => randomInt(2) === 0;

/** How every attacker does, the learners too. An attacker that is nearly always wrong found something as well. */
function scores(trials: readonly Trial[], attackers: readonly Attacker[], questions: readonly Question[]): Score[] {
  return [...attackers.map((attacker) => scoreOf(trials, attacker)), ...learn(trials, questions, coin)];
}

function scoreOf(trials: readonly Trial[], { name, question, guess }: Attacker): Score {
  const hits = trials.filter(({ view, truth }) => (guess(view) ?? coin()) === truth[question]).length;
  return { name: `${question}: ${name}`, trials: trials.length, hits: Math.max(hits, trials.length - hits) };
}

/** Those who do better than guessing explains. */
function found(all: readonly Score[]): string[] {
  return all
    .filter(({ trials, hits }) => hits >= tooManyHits(trials, EACH / 2))
    .map(({ name, trials, hits }) => `${name} (${hits} of ${trials})`);
}

function planted(leak: Leak, played: readonly Played[]): Trial[] {
  return played.map((one) => ({ view: leak.plant(one), truth: one.trial.truth }));
}

const trialsOf = (played: readonly Played[]) => played.map(({ trial }) => trial);

describe('the power of the game', () => {
  it('who is right in nine of ten trials is found with a probability above 0.999, and one who guesses in one of 100 million', () => {
    assert.ok(tooManyHits(120, 0.5) <= 62 && atLeastSoMany(60, 120, 0.5) > 0.5);
    assert.ok(atLeastSoMany(tooManyHits(TRIALS, EACH / 2), TRIALS, 0.9) > 0.999);
    assert.ok(2 * atLeastSoMany(tooManyHits(TRIALS, EACH / 2), TRIALS, 0.5) < 1e-8);
  });

  it('a learner that is right in 97 of 100 of the trials it has not seen is found with a probability above 0.999', () => {
    assert.ok(atLeastSoMany(tooManyHits(TRIALS / 2, EACH / 2), TRIALS / 2, 0.97) > 0.999);
  });
});

/** A leak is put into what was read, whichever database it was read from. */
const played: Game[] = [];

onEachDatabase('an attacker with every reading of the database and every log', (database) => {
  let poprf: Poprf;
  let game: Game;
  before(async () => {
    poprf = startPoprf();
    game = await play(database.store(), poprf);
    played.push(game);
  });
  after(() => poprf.close());

  it('does no better than guessing while the round is open, without the master secret', () => {
    assert.equal(game.readings, 1 + 4 * TRIALS);
    for (const { view } of trialsOf(game.open)) {
      for (const { log } of [view.papers.a, view.papers.b, ...view.ballots]) assert.equal(log, '');
    }
    assert.deepEqual(found(scores(trialsOf(game.open), WHILE_OPEN, QUESTIONS)), []);
  });

  it('does no better than guessing after closing, with the master secret too', () => {
    const attackers = afterClosing(game.server.services.master);
    assert.deepEqual(found(scores(trialsOf(game.closed), attackers, ['who'])), []);
  });

  it('finds nothing left after closing: no electors, no ballots, no spent nonces, no key, and no person in the log', () => {
    const left = game.closed[0]?.trial.view.left ?? [];
    for (const table of ['elector', 'box', 'box_count', 'spent']) assert.equal(left.filter((row) => row.table === table).length, 0, table);
    assert.deepEqual(left.filter((row) => row.table === 'round').map(({ values }) => values['box_key']), [null]);
    const person = /team\d+-\d+/;
    assert.doesNotMatch(game.server.logged(), person);
    const naming = new Set(left.filter(({ values }) => person.test(JSON.stringify(values))).map(({ table }) => table));
    assert.deepEqual([...naming].sort(), ['membership', 'person'], 'people are named in the roster alone');
  });

  it('sees whatever is added to the database: columns, tables, sequences', async () => {
    const store = database.store();
    const reader = new Reader(store.database, () => '');
    await reader.read();
    await sql`create table journal (said text)`.execute(store.database);
    await sql`create schema apart`.execute(store.database);
    await sql`create table apart.journal (said text)`.execute(store.database);
    await sql`create sequence counted`.execute(store.database);
    await sql`alter table audit add column remark text`.execute(store.database);
    await sql`insert into journal values ('5,4,5,3,4')`.execute(store.database);
    await sql`insert into apart.journal values ('elsewhere')`.execute(store.database);
    await sql`update audit set remark = ${'named'}`.execute(store.database);
    await sql`select nextval('counted')`.execute(store.database);
    const change = await reader.read();
    await sql`drop table journal`.execute(store.database);
    await sql`drop schema apart cascade`.execute(store.database);
    await sql`drop sequence counted`.execute(store.database);
    await sql`alter table audit drop column remark`.execute(store.database);
    assert.ok(change.rows.some(({ table, values }) => table === 'journal' && values['said'] === '5,4,5,3,4'));
    assert.ok(change.rows.some(({ table, values }) => table === 'apart.journal' && values['said'] === 'elsewhere'));
    assert.ok(change.rows.some(({ table, values }) => table === 'audit' && values['remark'] === 'named'));
    assert.ok('sequences.counted.last_value' in change.numbers);
  });
});

describe('the same attackers find each leak that is put in on purpose', () => {
  const game = () => played[0]!;

  for (const leak of WHILE_OPEN_LEAKS) {
    it(`while open: ${leak.name}`, () => {
      const attackers = WHILE_OPEN.filter(({ question }) => question === leak.question);
      const trials = planted(leak, game().open);
      // Those with one idea first; where none of them sees it, it is left to those who learn.
      const byIdea = found(attackers.map((attacker) => scoreOf(trials, attacker)));
      assert.notDeepEqual(byIdea.length > 0 ? byIdea : found(learn(trials, [leak.question], coin)), []);
    });
  }

  it('after closing: ballots that were kept, tables for support, orders, rows written again', () => {
    const { closed, server, organisation, round, boxKey } = game();
    const { master } = server.services;
    const key = master.unwrap('round box', `${organisation}/${round}`, boxKey);
    for (const leak of afterClosingLeaks((team, { text }) => seal(key, team, text), boxKey)) {
      assert.notDeepEqual(found(scores(planted(leak, closed), afterClosing(master), ['who'])), [], leak.name);
    }
  });
});

/** Makes all randomness of this thread follow from a seed, until it is undone. @returns how to undo it */
function seedRandomness(seed: string): () => void {
  let drawn = 0;
  const draw = (length: number) => {
    drawn += 1;
    return createHash('shake256', { outputLength: length }).update(`${seed} ${drawn}`).digest();
  };
  const below = (limit: number) => draw(6).readUIntBE(0, 6) % limit;
  mock.method(nodeCrypto, 'randomBytes', draw);
  mock.method(nodeCrypto, 'randomInt', (least: number, limit?: number) => (limit === undefined ? below(least) : least + below(limit - least)));
  mock.method(nodeCrypto, 'randomUUID', () => draw(16).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
  mock.method(globalThis.crypto, 'getRandomValues', (array: Uint8Array) => {
    array.set(draw(array.length));
    return array;
  });
  syncBuiltinESMExports();
  return () => {
    mock.restoreAll();
    syncBuiltinESMExports();
  };
}

const PEOPLE = 11;

interface World {
  /** For each person the envelope that the paper is taken with; an envelope is a nonce, and a ballot comes under it. */
  readonly envelopes: readonly number[];
  /** For each envelope what its ballot says, as one of the sets of answers. */
  readonly answers: readonly number[];
  /** A fault, put in after each ballot. */
  readonly fault?: (store: Store, person: string) => Promise<void>;
}

interface Seen {
  /** Every reading while the round was open. */
  readonly open: readonly Change[];
  /** Everything there is after closing. */
  readonly closed: Change;
}

const STRAIGHT = Array.from({ length: PEOPLE }, (_, index) => index);
/** Two people change places, one near the start and one near the end. */
const SWAPPED = STRAIGHT.map((place) => (place === 2 ? 8 : place === 8 ? 2 : place));

/** A round on a new database, the same each time down to the last random byte, but for what the world says. */
async function live(world: World, poprf: Poprf): Promise<Seen> {
  const store = await openStore({ kind: 'memory' });
  const undo = seedRandomness('one world');
  try {
    const server = await testServer(store, poprf);
    const organisation = 'world';
    await makeOrganisation(server.services, { id: organisation, name: 'World' });
    await importRoster(store.database, organisation, rosterOf({ a: PEOPLE }), { at: server.services.now(), dryRun: false });
    await startSeries(server.services, organisation, { instrument: PULSE.key, teams: ['all'], cadence: CADENCE });
    await openDueRounds(server.services, 600);
    const reader = new Reader(store.database, server.logged);
    await reader.read();
    const open: Change[] = [];
    const ballots = new Map<number, { readonly ballot: Ballot; readonly person: string }>();
    for (const [place, envelope] of world.envelopes.entries()) {
      const person = `a-${place + 1}`;
      const round = await personOf(server, organisation, person).openRound();
      const info = paperInfo({ organisation, round: round.id, team: 'a' });
      const nonce = createHash('sha256').update(`envelope ${envelope}`).digest();
      const seed = createHash('sha512').update(`blind of ${person}`).digest().subarray(0, 48);
      const blinding = blind(nonce, fromBase64url(round.ballotKey.publicKey), info, seed);
      const response = await personOf(server, organisation, person).askPaper(round, toBase64url(blinding.blinded));
      const paper = (await response.json()) as Paper;
      const output = finalize(nonce, blinding, info, { evaluated: fromBase64url(paper.evaluated), proof: fromBase64url(paper.proof) });
      const { answers } = known([1 + ((world.answers[envelope] ?? 0) % 5), 2, 3, 4, 5], `Said ${world.answers[envelope]}.`);
      ballots.set(envelope, { person, ballot: { organisation, round: round.id, team: 'a', nonce: toBase64url(nonce), output: toBase64url(output), ...answers } });
      open.push(await reader.read());
    }
    // In an order that has nothing to do with that of the papers, the same in every world.
    for (const envelope of STRAIGHT.toSorted((one, other) => ((one * 7) % PEOPLE) - ((other * 7) % PEOPLE))) {
      const { ballot, person } = ballots.get(envelope)!;
      assert.equal((await cast(server, ballot)).status, 200);
      await world.fault?.(store, person);
      open.push(await reader.read());
    }
    const [round] = reader.rows.filter(({ table }) => table === 'round');
    assert.equal(await closeRound(server.services, organisation, String(round?.values['id'])), true);
    return { open, closed: await new Reader(store.database, server.logged).read() };
  } finally {
    undo();
    await store.close();
  }
}

/** What can be compared between two databases: counters of use depend on the clock, and so do the moments hidden here. */
function comparable(changes: readonly Change[], hidden: (row: Row) => Readonly<Record<string, unknown>> = () => ({})) {
  return changes.map(({ rows, numbers, log }) => ({
    rows: rows
      .filter(({ table }) => table !== 'kysely_migration')
      .map((row) => ({ ...row, values: { ...row.values, ...hidden(row) } })),
    numbers: Object.fromEntries(Object.entries(numbers).filter(([name]) => /^(xid$|gone$|sizes|sequences)/.test(name))),
    log: log.replace(/"time":\d+,/g, ''),
  }));
}

const lengthsOf = (row: Row, ...columns: readonly string[]) =>
  Object.fromEntries(columns.filter((column) => column in row.values).map((column) => [column, bytesOf(row.values[column])?.length]));

describe('two worlds in which the same ballots are those of other people', () => {
  let poprf: Poprf;
  let straight: Seen;
  before(async () => {
    poprf = startPoprf();
    straight = await live({ envelopes: STRAIGHT, answers: STRAIGHT }, poprf);
  });
  after(() => poprf.close());

  it('the same world twice is the same, byte by byte', async () => {
    const again = await live({ envelopes: STRAIGHT, answers: STRAIGHT }, poprf);
    assert.deepEqual(comparable(again.open), comparable(straight.open));
    assert.deepEqual(comparable([again.closed]), comparable([straight.closed]));
  });

  it('differ in no byte of any reading but the two blinded elements, which any nonce can be behind (RFC 9497 section 7.3)', async () => {
    const swapped = await live({ envelopes: SWAPPED, answers: STRAIGHT }, poprf);
    const hidden = (row: Row) => (['a-3', 'a-9'].includes(String(row.values['person'])) ? lengthsOf(row, 'blinded') : {});
    assert.notDeepEqual(comparable(swapped.open), comparable(straight.open));
    assert.deepEqual(comparable(swapped.open, hidden), comparable(straight.open, hidden));
    assert.deepEqual(comparable([swapped.closed]), comparable([straight.closed]));
  });

  it('differ in ciphertext of the same length alone when the two ballots come at each other’s time', async () => {
    const swapped = await live({ envelopes: STRAIGHT, answers: SWAPPED }, poprf);
    const hidden = (row: Row) => lengthsOf(row, 'sealed', 'ballot_digest');
    assert.notDeepEqual(comparable(swapped.open), comparable(straight.open));
    assert.deepEqual(comparable(swapped.open, hidden), comparable(straight.open, hidden));
    assert.deepEqual(comparable([swapped.closed]), comparable([straight.closed]));
  });

  it('would be told apart by a key of the box that comes from the person', async () => {
    const fault = async (store: Store, person: string) => {
      const key = createHash('sha256').update(person).digest().subarray(0, 16);
      await sql`update box set key = ${key} where xmin::text::bigint >= (select max(xmin::text::bigint) from box)`.execute(store.database);
    };
    const hidden = (row: Row) => lengthsOf(row, 'blinded');
    const [one, other] = [
      await live({ envelopes: STRAIGHT, answers: STRAIGHT, fault }, poprf),
      await live({ envelopes: SWAPPED, answers: STRAIGHT, fault }, poprf),
    ];
    assert.notDeepEqual(comparable(other.open, hidden), comparable(one.open, hidden));
  });
});

describe('the files of the embedded database, its write-ahead log included', () => {
  it('hold no answer, no nonce and no proof of a paper, neither while a round is open nor after closing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leerkring-files-'));
    const poprf = startPoprf();
    const store = await openStore({ kind: 'folder', folder });
    try {
      const server = await testServer(store, poprf);
      const organisation = await testOrganisation(server, { a: 9 });
      await openDueRounds(server.services, 600);
      const round = await personOf(server, organisation, 'a-1').openRound();
      const needles: Buffer[] = [];
      for (let number = 1; number <= 9; number += 1) {
        const given = known([1 + (number % 5), 5, 1, 4, 1 + ((number * 3) % 5)], `Remark ${number} that nobody is to read: ${randomBytes(6).toString('hex')}`);
        const ballot = await personOf(server, organisation, `a-${number}`).ballot(round, given.answers);
        assert.equal((await cast(server, ballot)).status, 200);
        const comment = given.answers.comment ?? '';
        needles.push(Buffer.from(comment), Buffer.from(comment, 'utf16le'), Buffer.from(given.text), Buffer.from(JSON.stringify(given.answers.choices)));
        for (const secret of [ballot.nonce, ballot.output]) {
          const bytes = fromBase64url(secret);
          needles.push(Buffer.from(secret), Buffer.from(bytes), Buffer.from(Buffer.from(bytes).toString('hex')));
        }
      }
      const found = async () => {
        const bytes = await bytesUnder(folder);
        return needles.filter((needle) => bytes.includes(needle));
      };
      assert.deepEqual(await found(), []);
      await sql`checkpoint`.execute(store.database);
      assert.deepEqual(await found(), []);
      // Nine are too few for comments: after closing too, nobody is to read them.
      assert.equal(await closeRound(server.services, organisation, round.id), true);
      assert.deepEqual(await found(), []);

      // The search finds what is there, and what was there: a name; and a remark that was put into a table and removed.
      assert.ok((await bytesUnder(folder)).includes('Name of a-7'));
      await sql`create table remark (said text)`.execute(store.database);
      await sql`insert into remark values (${needles[0]?.toString()})`.execute(store.database);
      await sql`drop table remark`.execute(store.database);
      assert.equal((await found()).length, 1);
    } finally {
      await store.close();
      await poprf.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
