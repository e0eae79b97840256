import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { REPORTS_PATH, type TeamReports } from '../../src/contract/reports.ts';
import { decodeAnswers, encodeAnswers, type Answers } from '../../src/domain/ballot.ts';
import type { Roster } from '../../src/domain/roster.ts';
import { importInstrument } from '../../src/server/instruments/instruments.ts';
import { startPoprf, type Poprf } from '../../src/server/keys/poprf.ts';
import { seal, unseal } from '../../src/server/keys/sealed-box.ts';
import { makeOrganisation, raiseThresholds } from '../../src/server/organisations/organisations.ts';
import { importRoster } from '../../src/server/roster/roster.ts';
import { teamReportsFor } from '../../src/server/reports/reports.ts';
import { closeRound } from '../../src/server/rounds/closing.ts';
import { openDueRounds } from '../../src/server/rounds/opening.ts';
import { startSeries } from '../../src/server/rounds/series.ts';
import { onPglite } from '../support/databases.ts';
import { CADENCE, personOf, testServer, type TestServer } from '../support/server.ts';
import { assertNobodyIsolated, type Vector } from './linear.ts';
import { PROBE } from './probe.ts';

/*
 * Three rounds of one organisation by the real routes: people join, leave and move between them, a threshold is raised,
 * teams are taken apart and put under others. Every reader there is fetches all there is to fetch; which ballots a
 * figure rests on is found by changing each ballot in the sealed box and closing the round again.
 */

const ORGANISATION = 'probed';

/** From team to the team above, its leader, and its members. */
type Tree = Readonly<Record<string, { readonly under: string | null; readonly led: string; readonly members: readonly string[] }>>;

function rosterFrom(tree: Tree): Roster {
  const memberships = Object.entries(tree).flatMap(([team, { led, members }]) => [
    { person: led, team, role: 'leader' as const },
    ...members.map((person) => ({ person, team, role: 'member' as const })),
  ]);
  return {
    teams: Object.entries(tree).map(([id, { under }]) => ({ id, name: `Team ${id}`, parent: under })),
    people: memberships.map(({ person }) => ({ id: person, name: `Name of ${person}` })),
    memberships,
  };
}

const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `p${from + index}`);

const trees: readonly Tree[] = [
  {
    all: { under: null, led: 'chief', members: [] },
    a: { under: 'all', led: 'anna', members: people(1, 6) },
    b: { under: 'all', led: 'ben', members: people(7, 9) },
    c: { under: 'all', led: 'carl', members: people(10, 18) },
    d: { under: 'c', led: 'dora', members: people(19, 20) },
  },
  // One joins a, one leaves b, one moves from c to b, and b has another leader.
  {
    all: { under: null, led: 'chief', members: [] },
    a: { under: 'all', led: 'anna', members: [...people(1, 6), 'p21'] },
    b: { under: 'all', led: 'bob', members: ['p7', 'p8', 'p10'] },
    c: { under: 'all', led: 'carl', members: people(11, 18) },
    d: { under: 'c', led: 'dora', members: people(19, 20) },
  },
  // d comes under b, and c falls apart.
  {
    all: { under: null, led: 'chief', members: [] },
    a: { under: 'all', led: 'anna', members: [...people(1, 6), 'p21', 'p22'] },
    b: { under: 'all', led: 'bob', members: ['p7', 'p8', 'p10'] },
    c: { under: 'all', led: 'carl', members: people(11, 14) },
    d: { under: 'b', led: 'dora', members: people(19, 20) },
    e: { under: 'all', led: 'eve', members: people(15, 18) },
  },
];

/** Different for everybody and in every round; now and then something is left without an answer. */
function answersOf(place: number, round: number): Answers {
  const values = PROBE.items.map((_, item) => 2 + ((place * 7 + item * 3 + round * 5) % 9));
  const given = PROBE.items.flatMap(({ key }, item): [string, number][] => ((place + round) % 9 === 4 && item === 3 ? [] : [[key, values[item] ?? 6]]));
  return { choices: Object.fromEntries(given) };
}

interface Figure {
  readonly round: string;
  readonly team: string;
  readonly construct: string;
  readonly value: string;
  /** Who gets it. */
  readonly readers: Set<string>;
}

type Get = (reader: string, team?: string) => Promise<TeamReports>;

/** By the route, as a person's browser does. */
const byRoute = (server: TestServer): Get => async (reader, team) => {
  const response = await personOf(server, ORGANISATION, reader).get(`${REPORTS_PATH}?instrument=${PROBE.key}${team === undefined ? '' : `&team=${team}`}`);
  assert.equal(response.status, 200);
  return (await response.json()) as TeamReports;
};

/** What the route hands on, for asking so often that the route would say: not so many. */
const behindRoute = ({ services }: TestServer): Get => (reader, team) =>
  teamReportsFor(services, { organisation: ORGANISATION, person: reader }, { team, instrument: PROBE.key }, 'en');

/** What these readers get of all teams that they may see. */
async function fetchAll(get: Get, readers: readonly string[]): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>();
  for (const reader of readers) {
    const first = await get(reader);
    const others = first.teams.filter(({ id }) => id !== first.team.id);
    for (const { team, rounds } of [first, ...(await Promise.all(others.map(({ id }) => get(reader, id))))]) {
      for (const { id, report, changes } of rounds) {
        const { constructs, ...rest } = report;
        const parts: [string, unknown][] = [['took part', rest], ...constructs.map((one): [string, unknown] => [one.construct, [one, changes[one.construct]]])];
        for (const [construct, value] of parts) {
          const name = `${construct} of ${team.id} in ${id}`;
          const text = JSON.stringify(value);
          const figure = figures.get(name) ?? { round: id, team: team.id, construct, value: text, readers: new Set() };
          // Whoever gets a figure gets the same.
          assert.equal(text, figure.value);
          figure.readers.add(reader);
          figures.set(name, figure);
        }
      }
    }
  }
  return figures;
}

onPglite('from all that every reader fetches by the routes, over three rounds', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
  });
  after(() => poprf.close());

  /** The leaders get every team's figures, and what is about them; that others get the same is looked at at the end. */
  const leadersOf = (tree: Tree) => Object.values(tree).map(({ led }) => led);
  const everybodyOf = (tree: Tree) => Object.values(tree).flatMap(({ led, members }) => [led, ...members]);

  it('no group below the threshold can be isolated, and what is about a leader reaches that leader alone', async () => {
    const { services } = server;
    const db = services.database;
    const seen = new Map<string, string>();
    for (const [index, tree] of trees.entries()) {
      const month = ['2026-11-02', '2026-12-02', '2027-01-02'][index] ?? '';
      server.setNow(`${month}T08:00:00Z`);
      if (index === 0) await makeOrganisation(services, { id: ORGANISATION, name: 'Probed' });
      await importRoster(db, ORGANISATION, rosterFrom(tree), { at: services.now(), dryRun: false });
      if (index === 0) {
        await importInstrument(db, ORGANISATION, PROBE, services.now());
        await startSeries(services, ORGANISATION, { instrument: PROBE.key, teams: ['all'], cadence: CADENCE });
      }
      if (index === 1) await raiseThresholds(services, ORGANISATION, { mean: 6 });
      server.setNow(`${month}T10:00:00Z`);
      const [round = ''] = await openDueRounds(services, 600);
      const { thresholds, box_key: boxKey } = await db.selectFrom('round').select(['thresholds', 'box_key']).where('id', '=', round).executeTakeFirstOrThrow();
      assert.equal(thresholds.mean, index === 0 ? 5 : 6);

      const asked = everybodyOf(tree).filter((person) => person !== 'chief');
      for (const [place, person] of asked.entries()) {
        // Some don't take part.
        if ((place + index) % 11 === 7) continue;
        assert.equal((await personOf(server, ORGANISATION, person).answer(answersOf(place, index))).status, 200);
        if (place % 4 !== 3) continue;
        for (const reader of leadersOf(tree)) {
          const { open } = await behindRoute(server)(reader);
          assert.ok(open?.ballots === null || (open?.ballots ?? 0) >= thresholds.mean);
        }
      }

      // Closed again and again, each time with one ballot changed; every other row is put back as it was.
      const box = await db.selectFrom('box').selectAll().where('round', '=', round).orderBy('key').execute();
      const key = services.master.unwrap('round box', `${ORGANISATION}/${round}`, boxKey ?? new Uint8Array());
      const closedWith = async (changed: number | undefined, extreme: number) => {
        await db.deleteFrom('report').where('round', '=', round).execute();
        await db.deleteFrom('box').where('round', '=', round).execute();
        await db.updateTable('round').set({ box_key: boxKey }).where('id', '=', round).execute();
        const rows = box.map((row, place) => {
          if (place !== changed) return row;
          const { choices } = decodeAnswers(PROBE, unseal(key, row.team, row.sealed));
          const turned = new Set(PROBE.items.flatMap(({ key: item, reversed }) => (reversed ? [item] : [])));
          const moved = Object.fromEntries(Object.keys(choices).map((item) => [item, turned.has(item) ? 12 - extreme : extreme]));
          return { ...row, sealed: seal(key, row.team, encodeAnswers(PROBE, { choices: moved })) };
        });
        await db.insertInto('box').values(rows).execute();
        assert.equal(await closeRound(services, ORGANISATION, round), true);
        return fetchAll(behindRoute(server), leadersOf(tree));
      };
      const rests = new Map<string, Set<number>>();
      for (const place of box.keys()) {
        const [low, high] = [await closedWith(place, 1), await closedWith(place, 11)];
        assert.deepEqual([...low.keys()], [...high.keys()]);
        for (const [name, { value, round: of }] of low) {
          const same = high.get(name)?.value === value;
          if (!same) rests.set(name, (rests.get(name) ?? new Set()).add(place));
          assert.ok(same || of === round, 'a report of an earlier round changed');
        }
      }

      await closedWith(undefined, 0);
      const figures = await fetchAll(byRoute(server), everybodyOf(tree));
      const rowsOf = (construct: string): Vector[] =>
        [...figures].flatMap(([name, figure]) =>
          figure.construct === construct && figure.round === round ? [[...box.keys()].map((place) => (rests.get(name)?.has(place) ? 1 : 0))] : [],
        );
      for (const construct of ['theme', 'other']) {
        assert.ok(rowsOf(construct).some((row) => row.includes(1)), 'there are figures to look at');
        assertNobodyIsolated(rowsOf(construct), thresholds.mean, `${construct} in round ${index + 1}`);
      }
      assertNobodyIsolated(rowsOf('leader'), thresholds.person, `leader in round ${index + 1}`);
      for (const { construct, round: of, team, readers } of figures.values()) {
        if (construct !== 'leader') continue;
        const then = await db.selectFrom('round_team').select('leader').where('round', '=', of).where('team', '=', team).executeTakeFirstOrThrow();
        assert.deepEqual([...readers], [then.leader]);
      }
      // Of earlier rounds nobody gets anything that was not there before, whatever was reorganised since.
      for (const [name, { value, round: of }] of figures) {
        if (of === round) seen.set(name, value);
        else assert.equal(value, seen.get(name), name);
      }
    }
    assert.ok([...seen.keys()].some((name) => name.startsWith('leader')));
  });
});
