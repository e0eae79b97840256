import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ballotsIn, release, type RoundTeam, type TeamRelease } from '../../src/domain/release.ts';
import type { ConstructFigures, Thresholds } from '../../src/domain/report.ts';
import { moments } from '../../src/domain/statistics.ts';
import { addTallies, emptyTally, tallyOf, type Tally } from '../../src/domain/tally.ts';
import { assertNobodyIsolated, classesOf, spanOf, type Vector } from './linear.ts';
import { PROBE as INSTRUMENT } from './probe.ts';

/*
 * All that any reader may fetch, put together by all readers at once, against one question: is there any sum of
 * figures, with whatever factors, that rests on fewer ballots than the threshold? Which ballots a figure rests on is
 * not taken from the code that releases it: each ballot is changed, and it is seen which figures change.
 */

/** Rounds in each property; more by the setting. */
const RUNS = Number(process.env['LEERKRING_ATTACK_ROUNDS'] ?? 60);

interface Ballot {
  readonly team: string;
  /** The items left without an answer. */
  readonly missing: ReadonlySet<string>;
}

interface Round {
  readonly teams: readonly RoundTeam[];
  readonly ballots: readonly Ballot[];
  readonly thresholds: Thresholds;
}

/** The values after reversing that each ballot gives to all items, one by one. */
type Answering = (ballot: number) => readonly number[];

type Releasing = typeof release;
type Counting = typeof ballotsIn;

const raised: fc.Arbitrary<Thresholds> = fc
  .record({
    mean: fc.constantFrom(5, 5, 6, 7, 9, 12),
    distribution: fc.constantFrom(8, 8, 9, 11, 16),
    comments: fc.constantFrom(10, 10, 12, 14),
    person: fc.constantFrom(8, 8, 9, 11),
    together: fc.constant(30),
  });

function roundsWith(missing: fc.Arbitrary<ReadonlySet<string>>): fc.Arbitrary<Round> {
  const team = fc.tuple(fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 14 })), fc.nat({ max: 3 }), fc.nat({ max: 100 }));
  return fc.tuple(fc.array(team, { minLength: 2, maxLength: 8 }), raised, fc.infiniteStream(missing)).map(([rows, thresholds, skipped]) => {
    const ids = rows.map((_, index) => `t${index}`);
    const [first = '', ...others] = ids;
    const owners = rows.flatMap(([ballots], index) => new Array<string>(ballots).fill(ids[index] ?? first));
    const blanks = [...skipped.take(owners.length)];
    return {
      thresholds,
      teams: rows.map(([ballots, absent, above], index) => ({
        id: ids[index] ?? '',
        // One in ten is a root of its own, the others are under an earlier team.
        parent: index === 0 || above % 10 === 0 ? null : (ids[above % index] ?? others[0] ?? null),
        electorate: ballots + absent,
      })),
      ballots: owners.map((owner, index) => ({ team: owner, missing: blanks[index] ?? new Set() })),
    };
  });
}

const items = INSTRUMENT.items.map(({ key }) => key);
const anyRound = roundsWith(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(new Set<string>()) },
    { weight: 2, arbitrary: fc.subarray(items).map((some) => new Set(some)) },
  ),
);
const completeRound = roundsWith(fc.constant(new Set<string>()));

function answersOf({ missing }: Ballot, values: readonly number[]) {
  const choices = INSTRUMENT.items.flatMap(({ key, reversed }, index): [string, number][] => {
    const value = values[index] ?? 1;
    return missing.has(key) ? [] : [[key, reversed ? 12 - value : value]];
  });
  return { choices: Object.fromEntries(choices) };
}

/** Each construct's tally of each team's own ballots. */
function talliesOf({ teams, ballots }: Round, answering: Answering): Map<string, Map<string, Tally>> {
  const tallies = new Map(teams.map(({ id }) => [id, new Map(INSTRUMENT.constructs.map(({ key }) => [key, emptyTally(INSTRUMENT, key)]))]));
  ballots.forEach((ballot, index) => {
    const own = tallies.get(ballot.team);
    for (const [construct, tally] of own ?? []) {
      own?.set(construct, addTallies(tally, tallyOf(INSTRUMENT, construct, answersOf(ballot, answering(index)))));
    }
  });
  return tallies;
}

function countsOf({ teams, ballots }: Round, extra: (team: string) => number = () => 0): Map<string, number> {
  return new Map(teams.map(({ id }) => [id, ballots.filter(({ team }) => team === id).length + extra(id)]));
}

function releaseOf(
  round: Round,
  answering: Answering,
  releasing: Releasing,
  counts = countsOf(round),
  tallies = talliesOf(round, answering),
): Map<string, TeamRelease> {
  return releasing({
    instrument: INSTRUMENT,
    thresholds: round.thresholds,
    teams: round.teams,
    ballots: counts,
    tallies,
    comments: new Map(round.teams.map(({ id }) => [id, round.ballots.flatMap(({ team }, index) => (team === id ? [`by ${index}`] : []))])),
    shuffle: (comments) => comments,
  });
}

/** What figures are about: rows of one kind can be added and subtracted, what they count is the same. */
type Kind = `${string} ${'mean' | 'bins' | 'alpha'}` | 'comments' | 'took part' | 'took part so far';

interface Figure {
  readonly kind: Kind;
  readonly team: string;
  readonly value: string;
}

/** All figures that anybody gets, each as text. Counts apart: they are told how to be read below. */
function figuresIn(released: ReadonlyMap<string, TeamRelease>): Figure[] {
  return [...released].flatMap(([team, { report, personal }]) => {
    const ofConstruct = ({ construct, mean, favourable, distribution, alpha, ...counts }: ConstructFigures): Figure[] => [
      { kind: `${construct} mean`, team, value: JSON.stringify({ mean, favourable, counts }) },
      ...(distribution ? [{ kind: `${construct} bins` as const, team, value: JSON.stringify(distribution) }] : []),
      ...(alpha === undefined ? [] : [{ kind: `${construct} alpha` as const, team, value: JSON.stringify(alpha) }]),
    ];
    return [...report.constructs, ...personal].flatMap(ofConstruct);
  });
}

type Rows = Map<Kind, Vector[]>;

/** Values that differ, in all three bins; two ways, because in one a ballot may by chance leave a figure as it was. */
const contexts: readonly [Answering, Answering] = [
  (ballot) => items.map((_, item) => [2, 6, 10, 5, 9, 3][(ballot + 2 * item) % 6] ?? 6),
  (ballot) => items.map((_, item) => [9, 3, 5, 10, 2, 7, 6][(ballot * 3 + item) % 7] ?? 6),
];
const extremes: readonly (readonly number[])[] = [items.map(() => 1), items.map(() => 11), items.map((_, item) => (item % 2 === 0 ? 11 : 1))];

/** Every figure that is released, as the ballots that it rests on: a vector of 0 and 1 over all ballots of the round. */
function rowsOf(round: Round, releasing: Releasing, counting: Counting): Rows {
  const rows: Rows = new Map();
  const row = (kind: Kind, vector: Vector) => {
    if (vector.some((value) => value !== 0)) rows.set(kind, [...(rows.get(kind) ?? []), vector]);
  };

  const rests = new Map<string, { readonly kind: Kind; readonly on: Set<number> }>();
  for (const context of contexts) {
    const rest = talliesOf(round, context);
    for (const [probed, { team: owner }] of round.ballots.entries()) {
      const seen = new Map<string, Set<string>>();
      const own = { ...round, teams: round.teams.filter(({ id }) => id === owner) };
      for (const extreme of extremes) {
        const answering: Answering = (ballot) => (ballot === probed ? extreme : context(ballot));
        const tallies = new Map([...rest, ...talliesOf(own, answering)]);
        const released = releaseOf(round, answering, releasing, countsOf(round), tallies);
        for (const { kind, team, value } of figuresIn(released)) {
          const name = `${kind} of ${team}`;
          const figure = rests.get(name) ?? { kind, on: new Set() };
          rests.set(name, figure);
          const values = seen.get(name) ?? new Set();
          seen.set(name, values.add(value));
          if (values.size > 1) figure.on.add(probed);
        }
      }
    }
  }
  for (const { kind, on } of rests.values()) row(kind, [...round.ballots.keys()].map((ballot) => (on.has(ballot) ? 1 : 0)));

  const [context] = contexts;
  const plain = releaseOf(round, context, releasing);
  for (const { report } of plain.values()) {
    const shown = new Set(report.comments);
    row('comments', [...round.ballots.keys()].map((ballot) => (shown.has(`by ${ballot}`) ? 1 : 0)));
  }

  // A count is read by what is added to each team's number: a fraction of its own, too little to make a group larger.
  const fraction = new Map(round.teams.map(({ id }, index) => [id, 2 ** -(index + 1)]));
  const counts = countsOf(round, (team) => fraction.get(team) ?? 0);
  const teamsIn = (count: number) => {
    const part = count - Math.floor(count);
    return new Set([...fraction].filter(([, one]) => Math.floor(part / one) % 2 === 1).map(([team]) => team));
  };
  const counted = (kind: Kind, count: number | undefined) => {
    if (count === undefined) return;
    const from = teamsIn(count);
    const vector = round.ballots.map(({ team }) => (from.has(team) ? 1 : 0));
    assert.equal(Math.floor(count), vector.filter((value) => value === 1).length, 'a count is of whole teams');
    row(kind, vector);
  };
  for (const { report } of releaseOf(round, context, releasing, counts).values()) counted('took part', report.ballots);
  for (const count of counting(round.teams, counts, round.thresholds.mean).values()) counted('took part so far', count);
  return rows;
}

/** The least number of ballots that figures of a kind, added and subtracted, may rest on. */
function leastOf(kind: Kind, { mean, distribution, comments, person }: Thresholds): number {
  const least = kind.startsWith('leader') ? person : kind.endsWith('bins') ? distribution : kind.endsWith('alpha') || kind === 'comments' ? comments : mean;
  return Math.max(least, mean);
}

/** Which kinds lie in one space: those of one construct tell of the same answers, and both counts of the same people. */
function spaces(rows: Rows, thresholds: Thresholds): { readonly name: string; readonly least: number; readonly rows: readonly Vector[] }[] {
  const each = [...rows].map(([kind, vectors]) => ({ name: kind, least: leastOf(kind, thresholds), rows: vectors }));
  const together = (name: string, belongs: (kind: Kind) => boolean) => {
    const of = [...rows].filter(([kind]) => belongs(kind));
    return of.length < 2
      ? []
      : [{ name, least: Math.min(...of.map(([kind]) => leastOf(kind, thresholds))), rows: of.flatMap(([, vectors]) => vectors) }];
  };
  return [
    ...each,
    ...['theme', 'other', 'leader'].flatMap((construct) => together(`all of ${construct}`, (kind) => kind.startsWith(construct))),
    ...together('both counts and comments', (kind) => kind.startsWith('took part') || kind === 'comments'),
  ];
}

function assertHolds(round: Round, rows: Rows): void {
  for (const { name, least, rows: vectors } of spaces(rows, round.thresholds)) assertNobodyIsolated(vectors, least, name);
}

/** Each figure says of how many ballots it is, and rests on so many. */
function assertSaysHowMany(round: Round, rows: Rows): void {
  const released = [...releaseOf(round, contexts[0], release).values()];
  const ascending = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
  for (const construct of ['theme', 'other', 'leader'] as const) {
    const said = released
      .flatMap(({ report, personal }) => [...report.constructs, ...personal])
      .filter((figures) => figures.construct === construct)
      .map(({ ballots }) => ballots);
    const probed = (rows.get(`${construct} mean`) ?? []).map((vector) => vector.filter((value) => value === 1).length);
    assert.deepEqual(ascending(probed), ascending(said));
  }
}

/** What is about a leader rests on ballots of that leader's own team, and is in nobody else's report. */
function assertAboutOneLeader(round: Round, rows: Rows): void {
  for (const { report } of releaseOf(round, contexts[0], release).values()) {
    assert.ok(report.constructs.every(({ construct }) => construct !== 'leader'));
  }
  for (const kind of ['leader mean', 'leader bins', 'leader alpha'] as const) {
    for (const vector of rows.get(kind) ?? []) {
      assert.equal(new Set(round.ballots.filter((_, ballot) => vector[ballot] === 1).map(({ team }) => team)).size, 1);
    }
  }
}

describe('from all that all readers get of a round', () => {
  it('no group below its threshold can be isolated, by any sum of figures of a construct, of comments, or of counts', () => {
    fc.assert(
      fc.property(anyRound, (round) => {
        const rows = rowsOf(round, release, ballotsIn);
        assertHolds(round, rows);
        assertSaysHowMany(round, rows);
        assertAboutOneLeader(round, rows);
      }),
      { numRuns: RUNS },
    );
  });

  it('nor across constructs and counts, where all answered everything', () => {
    fc.assert(
      fc.property(completeRound, (round) => {
        const rows = rowsOf(round, release, ballotsIn);
        const all = [...rows].filter(([kind]) => !kind.startsWith('leader')).flatMap(([, vectors]) => vectors);
        if (all.length > 0) assertNobodyIsolated(all, round.thresholds.mean, 'all figures together');
        // With what a leader alone gets of the own team too: its own ballots are a group by themselves, whatever that
        // team's sum adds to them, so no rest of theirs is smaller than a group.
        const everything = [...rows.values()].flat();
        if (everything.length > 0) assertNobodyIsolated(everything, round.thresholds.mean, 'everything');
      }),
      { numRuns: RUNS },
    );
  });

  it('never tells that a group agreed: there is always another round with the same figures in which it did not', () => {
    const same = fc.oneof(fc.integer({ min: 1, max: 11 }).map((value) => items.map(() => value)), fc.tuple(...items.map(() => fc.integer({ min: 1, max: 11 }))));
    fc.assert(
      fc.property(anyRound, fc.constantFrom('theme', 'other'), same, fc.nat(), (round, construct, values, pick) => {
        const groups = classesOf(spanOf(rowsOf(round, release, ballotsIn).get(`${construct} mean`) ?? []));
        const group = groups[pick % Math.max(1, groups.length)];
        if (!group) return;
        const ofConstruct = INSTRUMENT.items.flatMap((item, index) => (item.construct === construct ? [index] : []));
        const agreed: Answering = (ballot) =>
          contexts[0](ballot).map((other, index) => (group.includes(ballot) && ofConstruct.includes(index) ? (values[index] ?? 1) : other));
        // One person a point below and one a point above, each on the first item that has room for it; at an end one.
        const steps = [-1, 1].flatMap((step) => {
          const item = ofConstruct.find((index) => (values[index] ?? 1) + step >= 1 && (values[index] ?? 1) + step <= 11);
          return item === undefined ? [] : [{ item, step }];
        });
        const differed: Answering = (ballot) => {
          const mine = steps[group.indexOf(ballot)];
          return agreed(ballot).map((other, index) => (index === mine?.item ? other + mine.step : other));
        };
        assert.deepEqual(releaseOf(round, differed, release), releaseOf(round, agreed, release));
      }),
      { numRuns: 2 * RUNS },
    );
  });
});

/** A release with a fault, made from the true one. */
type Fault = (input: Parameters<Releasing>[0]) => ReturnType<Releasing>;

function isUnder(teams: readonly RoundTeam[], id: string, above: string): boolean {
  const parents = new Map(teams.map((team) => [team.id, team.parent]));
  for (let at: string | null | undefined = id; at; at = parents.get(at)) if (at === above) return true;
  return false;
}

/** A construct's figures as some ballots give them, guarded by nothing. */
function bare(construct: string, tally: Tally): ConstructFigures {
  const { mean: value, deviation } = moments(tally.sums);
  return {
    construct,
    electorate: 99,
    ballots: tally.ballots,
    more: false,
    mean: { value, deviation, bound: 'exact', interval: { low: value, high: value }, census: false },
    favourable: { count: 0, bound: 'exact', share: 0, wilson: { low: 0, high: 1 }, certain: { low: 0, high: 1 } },
  };
}

function subtreeTally({ teams, tallies }: Parameters<Releasing>[0], team: string, construct: string): Tally {
  return teams
    .filter(({ id }) => isUnder(teams, id, team))
    .map(({ id }) => tallies.get(id)?.get(construct) ?? emptyTally(INSTRUMENT, construct))
    .reduce(addTallies, emptyTally(INSTRUMENT, construct));
}

const withConstructs = (shown: TeamRelease, constructs: readonly ConstructFigures[]): TeamRelease => ({ ...shown, report: { ...shown.report, constructs } });

const faults: Readonly<Record<string, Fault>> = {
  'figures of a team of three': (input) =>
    new Map(
      [...release(input)].map(([team, shown]) => {
        const own = input.tallies.get(team)?.get('theme');
        return [team, own?.ballots === 3 ? withConstructs(shown, [...shown.report.constructs, bare('theme', own)]) : shown];
      }),
    ),
  'bins of groups of their own, formed from ballots': (input) => {
    const apart = release({ ...input, thresholds: { ...input.thresholds, mean: Math.max(input.thresholds.mean, input.thresholds.distribution) } });
    return new Map(
      [...release(input)].map(([team, shown]) => {
        const constructs = shown.report.constructs.map(({ distribution: _, ...figures }) => {
          const other = apart.get(team)?.report.constructs.find(({ construct }) => construct === figures.construct)?.distribution;
          return { ...figures, ...(other ? { distribution: other } : {}) };
        });
        return [team, withConstructs(shown, constructs)];
      }),
    );
  },
  'all ballots of a subtree rather than groups': (input) =>
    new Map(
      [...release(input)].map(([team, shown]) => {
        const constructs = ['theme', 'other'].flatMap((construct) => {
          const all = subtreeTally(input, team, construct);
          return all.ballots >= input.thresholds.mean ? [bare(construct, all)] : [];
        });
        return [team, withConstructs(shown, constructs)];
      }),
    ),
  'what is about a leader from five on': (input) =>
    new Map(
      [...release(input)].map(([team, shown]) => {
        const own = input.tallies.get(team)?.get('leader');
        return [team, own && own.ballots >= 5 ? { ...shown, personal: [bare('leader', own)] } : shown];
      }),
    ),
  'an item’s own ballots, also those that left another item of the construct open, for a team': (input) =>
    new Map(
      [...release(input)].map(([team, shown]) => {
        const all = subtreeTally(input, team, 'theme');
        const constructs = shown.report.constructs.map((figures) =>
          figures.construct === 'theme' ? { ...figures, mean: { ...figures.mean, value: figures.mean.value + (all.sums[0] ?? 0) / 1e3 + (all.sums.at(-1) ?? 0) / 1e3 } } : figures,
        );
        return [team, withConstructs(shown, constructs)];
      }),
    ),
  'comments of a team of four': (input) =>
    new Map(
      [...release(input)].map(([team, shown]) => {
        const own = input.comments.get(team) ?? [];
        return [team, own.length === 4 ? { ...shown, report: { ...shown.report, comments: own } } : shown];
      }),
    ),
  'how many took part, of every team': (input) =>
    new Map(
      [...release(input)].map(([team, shown]) => [team, { ...shown, report: { ...shown.report, ballots: input.ballots.get(team) ?? 0 } }]),
    ),
};

describe('the power of the property', () => {
  for (const [name, fault] of Object.entries(faults)) {
    it(`it finds: ${name}`, () => {
      const outcome = fc.check(fc.property(anyRound, (round) => { assertHolds(round, rowsOf(round, fault, ballotsIn)); }), { numRuns: 300, endOnFailure: true });
      assert.ok(outcome.failed);
    });
  }

  it('it finds: a count of every ballot while a round is open', () => {
    const every: Counting = (_, ballots) => new Map(ballots);
    const outcome = fc.check(fc.property(anyRound, (round) => { assertHolds(round, rowsOf(round, release, every)); }), { numRuns: 300, endOnFailure: true });
    assert.ok(outcome.failed);
  });
});
