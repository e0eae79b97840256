import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formLevels } from './atoms.ts';
import type { Answers } from './ballot.ts';
import type { Instrument } from './instrument.ts';
import { release, type RoundTeam, type TeamRelease } from './release.ts';
import { THRESHOLDS, type ConstructFigures, type Thresholds } from './report.ts';
import { addTallies, emptyTally, tallyOf } from './tally.ts';
import vectors from '../../test/vectors/statistics.json' with { type: 'json' };

const word = { nl: 'woord', en: 'word' };

/** `shape`: by construct how many items; a construct called 'leader' is about the leader. */
function instrumentOf(points: number, shape: Readonly<Record<string, number>>): Instrument {
  const labels = Array.from({ length: points }, (_, index) => String(index + 1));
  const constructs = Object.entries(shape);
  return {
    key: 'made-up',
    version: 1,
    title: word,
    summary: word,
    source: word,
    scale: { labels: { nl: labels, en: labels } },
    constructs: constructs.map(([key]) => ({
      key,
      title: word,
      nextStep: word,
      ...(key === 'leader' ? { about: 'leader' as const } : {}),
    })),
    items: constructs.flatMap(([construct, count]) =>
      Array.from({ length: count }, (_, index) => ({
        key: `${construct}-${index}`,
        construct,
        text: word,
        ...(index === 1 ? { reversed: true } : {}),
      })),
    ),
    openQuestion: { text: word },
  };
}

type Box = ReadonlyMap<string, readonly Answers[]>;

/** A shuffle that can be foreseen: turned round. */
const turn = <T>(list: readonly T[]): T[] => list.toReversed();

function releaseOf(
  instrument: Instrument,
  teams: readonly RoundTeam[],
  box: Box,
  thresholds: Thresholds = THRESHOLDS,
): Map<string, TeamRelease> {
  const byTeam = <T>(part: (ballots: readonly Answers[]) => T) =>
    new Map([...box].map(([team, ballots]) => [team, part(ballots)]));
  return release({
    instrument,
    thresholds,
    teams,
    ballots: byTeam((ballots) => ballots.length),
    tallies: byTeam(
      (ballots) =>
        new Map(
          instrument.constructs.map(({ key }) => [
            key,
            ballots.map((answers) => tallyOf(instrument, key, answers)).reduce(addTallies, emptyTally(instrument, key)),
          ]),
        ),
    ),
    comments: byTeam((ballots) => ballots.flatMap(({ comment }) => (comment === undefined ? [] : [comment]))),
    shuffle: turn,
  });
}

/** Answers whose values after reversing are these, item by item. */
function answering(instrument: Instrument, values: readonly number[], comment?: string): Answers {
  const turned = instrument.scale.labels.en.length + 1;
  return {
    choices: Object.fromEntries(
      instrument.items.map(({ key, reversed }, index) => {
        const value = values[index] ?? 1;
        return [key, reversed ? turned - value : value];
      }),
    ),
    ...(comment === undefined ? {} : { comment }),
  };
}

const single = instrumentOf(5, { theme: 1 });

/** One team, one item, these values. */
function oneTeam(values: readonly number[], electorate: number, instrument = single): TeamRelease {
  const box = new Map([['team', values.map((value) => answering(instrument, [value, value, value]))]]);
  const released = releaseOf(instrument, [{ id: 'team', parent: null, electorate }], box).get('team');
  assert.ok(released);
  return released;
}

function themeOf(values: readonly number[], electorate: number): ConstructFigures {
  const [figures] = oneTeam(values, electorate).report.constructs;
  assert.ok(figures);
  return figures;
}

describe('the figures of one team', () => {
  it('are these, for six of eight', () => {
    assert.deepEqual(oneTeam([2, 3, 4, 4, 4, 5], 8).report, {
      electorate: 8,
      ballots: 6,
      more: false,
      constructs: [
        {
          construct: 'theme',
          electorate: 8,
          ballots: 6,
          more: false,
          // R: x <- c(2,3,4,4,4,5); mean(x) is 3.67, sd(x) 1.033;
          // 3.7 + c(-1,1) * qt(.975,5) * 1.04/sqrt(6) * sqrt(2/7) is 3.12, 4.28
          mean: { value: 3.7, bound: 'exact', deviation: 1.04, interval: { low: 3.1, high: 4.3 }, census: false },
          favourable: {
            count: 4,
            bound: 'exact',
            share: 0.67,
            wilson: { low: 0.3, high: 0.9 },
            certain: { low: 0.5, high: 0.75 },
          },
        },
      ],
    });
  });

  it('are none below five, and do not tell whether there were any ballots', () => {
    const nothing = { electorate: 8, more: true, constructs: [] };
    for (const values of [[], [1], [1, 2, 3, 4]]) assert.deepEqual(oneTeam(values, 8).report, nothing);
  });

  it('have bins from eight on, comments from ten on', () => {
    assert.equal(themeOf([1, 2, 3, 4, 5, 1, 2], 9).distribution, undefined);
    assert.deepEqual(themeOf([1, 2, 3, 4, 5, 1, 2, 3], 9).distribution, {
      of: 8,
      counts: { unfavourable: 4, neutral: 2, favourable: 2 },
    });
    assert.equal(oneTeam([1, 2, 3, 4, 5, 1, 2, 3, 4], 12).report.comments, undefined);
    assert.deepEqual(oneTeam([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], 12).report.comments, []);
  });

  it('say when everybody answered: no sampling error is left', () => {
    const { mean } = themeOf([1, 2, 3, 4, 4], 5);
    assert.deepEqual(mean.interval, { low: mean.value, high: mean.value });
    assert.equal(mean.census, true);
  });

  it('have an alpha from three items and ten ballots on', () => {
    const three = instrumentOf(5, { theme: 3 });
    // R says 0.906.
    const rows = vectors.alpha[0]?.answers ?? [];
    const alpha = (instrument: Instrument, values: readonly number[][]) =>
      releaseOf(
        instrument,
        [{ id: 'team', parent: null, electorate: 12 }],
        new Map([['team', values.map((row) => answering(instrument, row))]]),
      ).get('team')?.report.constructs[0]?.alpha;
    assert.equal(alpha(three, rows), 0.91);
    assert.equal(alpha(three, rows.slice(1)), undefined);
    assert.equal(alpha(instrumentOf(5, { theme: 2 }), rows), undefined);
  });

  it('rest on the ballots that answered every item of the construct', () => {
    const two = instrumentOf(5, { theme: 2, other: 1 });
    const whole = answering(two, [4, 4, 4]);
    const partly: Answers = { choices: { 'theme-0': 1, 'other-0': 4 } };
    const box = new Map([['team', [whole, whole, whole, whole, answering(two, [2, 2, 2]), partly]]]);
    const report = releaseOf(two, [{ id: 'team', parent: null, electorate: 8 }], box).get('team')?.report;
    assert.ok(report);
    assert.equal(report.ballots, 6);
    assert.deepEqual(report.constructs.map(({ ballots }) => ballots), [5, 6]);
    assert.equal(report.constructs[0]?.mean.value, 3.6);
  });
});

describe('a group that agrees', () => {
  it('of five at the end of the scale is kept one answer away from it', () => {
    const top = themeOf([5, 5, 5, 5, 5], 8);
    assert.deepEqual(top.mean, {
      value: 4.8,
      bound: 'at-least',
      deviation: 0.71,
      interval: { low: 4.2, high: 5 },
      census: false,
    });
    assert.deepEqual(top.favourable, {
      count: 4,
      bound: 'at-least',
      share: 0.8,
      wilson: { low: 0.38, high: 0.96 },
      certain: { low: 0.5, high: 1 },
    });
    const bottom = themeOf([1, 1, 1, 1, 1], 8);
    assert.deepEqual([bottom.mean.value, bottom.mean.bound], [1.2, 'at-most']);
    assert.deepEqual([bottom.favourable.count, bottom.favourable.bound], [1, 'at-most']);
    assert.deepEqual(bottom.favourable.certain, { low: 0, high: 0.5 });
  });

  it('is rounded towards the middle: seven at the end are from 4.8, not 4.9', () => {
    assert.equal(themeOf([5, 5, 5, 5, 5, 5, 5], 8).mean.value, 4.8);
    assert.equal(themeOf([1, 1, 1, 1, 1, 1, 1], 8).mean.value, 1.2);
    // A hundred are kept at 4.99; 4.96 must not be rounded past that.
    const { mean } = themeOf([...new Array<number>(96).fill(5), 4, 4, 4, 4], 120);
    assert.deepEqual([mean.value, mean.bound], [4.9, 'at-least']);
  });

  it('is shown as nearly all of a bin', () => {
    const nearly = (bin: string) => ({ of: 8, nearlyAll: bin });
    assert.deepEqual(themeOf([5, 5, 5, 5, 5, 5, 5, 5], 9).distribution, nearly('favourable'));
    assert.deepEqual(themeOf([5, 5, 5, 5, 5, 5, 5, 2], 9).distribution, nearly('favourable'));
    assert.deepEqual(themeOf([3, 3, 3, 3, 3, 3, 3, 3], 9).distribution, nearly('neutral'));
    assert.deepEqual(themeOf([2, 3, 3, 3, 3, 3, 3, 4], 9).distribution, nearly('neutral'));
  });

  it('can not be told by subtracting one team’s figures from those of the team above', () => {
    const tree: RoundTeam[] = [
      { id: 'top', parent: null, electorate: 0 },
      { id: 'mixed', parent: 'top', electorate: 9 },
      { id: 'agreeing', parent: 'top', electorate: 7 },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 8, maxLength: 9 }),
        fc.integer({ min: 5, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        (mixed, size, value) => {
          const releaseWith = (values: readonly number[]) =>
            releaseOf(
              single,
              tree,
              new Map([
                ['mixed', mixed.map((chosen) => answering(single, [chosen]))],
                ['agreeing', values.map((chosen) => answering(single, [chosen]))],
              ]),
            );
          const same = new Array<number>(size).fill(value);
          const others =
            value === 5 ? [4, ...same.slice(1)] : value === 1 ? [2, ...same.slice(1)] : [value - 1, value + 1, ...same.slice(2)];
          assert.deepEqual(releaseWith(same), releaseWith(others));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not show in the reliability of the team above either', () => {
    const three = instrumentOf(5, { theme: 3 });
    const wide: RoundTeam[] = [{ id: 'top', parent: null, electorate: 9 }, { id: 'five', parent: 'top', electorate: 5 }];
    const others = [[3, 2, 3], [3, 4, 4], [2, 3, 3], [4, 4, 3], [3, 3, 2]];
    const above = (five: readonly number[][]) =>
      releaseOf(
        three,
        wide,
        new Map([['top', others.map((row) => answering(three, row))], ['five', five.map((row) => answering(three, row))]]),
      ).get('top')?.report.constructs[0]?.alpha;
    const all = (value: number) => Array.from({ length: 5 }, () => [value, value, value]);
    assert.notEqual(above(all(5)), undefined);
    assert.equal(above(all(5)), above([[4, 5, 5], ...all(5).slice(1)]));
    assert.equal(above(all(4)), above([[3, 4, 4], [5, 4, 4], ...all(4).slice(2)]));
  });

  it('is not counted as all or none in the team above either, which says that it may be off', () => {
    const tree: RoundTeam[] = [
      { id: 'top', parent: null, electorate: 0 },
      { id: 'mixed', parent: 'top', electorate: 8 },
      { id: 'agreeing', parent: 'top', electorate: 5 },
    ];
    const box = new Map([
      ['mixed', [1, 2, 3, 3, 4, 4, 5, 5].map((value) => answering(single, [value]))],
      ['agreeing', [4, 4, 5, 5, 5].map((value) => answering(single, [value]))],
    ]);
    const [top] = releaseOf(single, tree, box).get('top')?.report.constructs ?? [];
    // Four of eight, and five of five counted as four: between eight and nine of thirteen.
    assert.deepEqual([top?.favourable.count, top?.favourable.bound], [8, 'at-least']);
    assert.deepEqual(top?.favourable.certain, { low: 0.62, high: 0.69 });
  });

  it('can not be told from one that does not, by anything that is released', () => {
    const agreeing = fc
      .record({
        points: fc.integer({ min: 2, max: 11 }),
        items: fc.integer({ min: 1, max: 4 }),
        ballots: fc.integer({ min: 5, max: 60 }),
        absent: fc.nat({ max: 12 }),
        leader: fc.boolean(),
      })
      .chain((given) => fc.record({ ...constants(given), value: fc.integer({ min: 1, max: given.points }) }));
    fc.assert(
      fc.property(agreeing, ({ points, items, ballots, absent, leader, value }) => {
        const instrument = instrumentOf(points, { [leader ? 'leader' : 'theme']: items });
        const all = (first: number) => [first, ...new Array<number>(items - 1).fill(value)];
        const releaseRows = (rows: readonly (readonly number[])[]) =>
          releaseOf(
            instrument,
            [{ id: 'team', parent: null, electorate: ballots + absent }],
            new Map([['team', rows.map((row) => answering(instrument, row))]]),
          );
        const same = Array.from({ length: ballots }, () => all(value));
        // At an end of the scale one person a point off; elsewhere one a point above and one a point below.
        const others =
          value === points
            ? [all(value - 1), ...same.slice(1)]
            : value === 1
              ? [all(value + 1), ...same.slice(1)]
              : [all(value - 1), all(value + 1), ...same.slice(2)];
        assert.deepEqual(releaseRows(same), releaseRows(others));
      }),
      { numRuns: 500 },
    );
  });
});

function constants<T extends object>(given: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}

describe('a tree of teams', () => {
  const teams: RoundTeam[] = [
    { id: 'top', parent: null, electorate: 3 },
    { id: 'big', parent: 'top', electorate: 12 },
    { id: 'small', parent: 'top', electorate: 4 },
  ];
  const ballots = (count: number, team: string) =>
    Array.from({ length: count }, (_, index) => answering(single, [1 + (index % 5)], `${team} ${index}`));

  it('a team too small counts in the team above, which says of how many', () => {
    const box = new Map([['top', ballots(2, 'top')], ['big', ballots(10, 'big')], ['small', ballots(3, 'small')]]);
    const released = releaseOf(single, teams, box);
    const small = released.get('small')?.report;
    assert.deepEqual(small, { electorate: 4, more: true, constructs: [] });
    const top = released.get('top')?.report;
    assert.deepEqual([top?.electorate, top?.ballots, top?.more], [19, 15, false]);
    assert.equal(top?.constructs[0]?.ballots, 15);
    // The pool of five is too small for bins, the team of ten is not.
    assert.equal(top.constructs[0].distribution?.of, 10);
  });

  it('comments are shown where their group lies, and there only', () => {
    const box = new Map([['top', ballots(6, 'top')], ['big', ballots(11, 'big')], ['small', ballots(4, 'small')]]);
    const released = releaseOf(single, teams, box);
    assert.equal(released.get('big')?.report.comments?.length, 11);
    assert.ok(released.get('big')?.report.comments?.every((comment) => comment.startsWith('big')));
    // Six stand by themselves as a group for a mean; the four of the small team are left over, and no comment of theirs
    // is shown.
    assert.equal(released.get('top')?.report.comments, undefined);
    assert.equal(released.get('top')?.report.more, true);
    assert.equal(released.get('small')?.report.comments, undefined);
  });

  it('what is about the leader comes from the own team alone, from eight on, and is not in the report', () => {
    const instrument = instrumentOf(5, { theme: 1, leader: 1 });
    const values = (count: number) =>
      Array.from({ length: count }, (_, index) => answering(instrument, [4, 1 + (index % 5)]));
    const box = new Map([['top', values(3)], ['big', values(8)], ['small', values(4)]]);
    const released = releaseOf(instrument, teams, box);
    const personal = released.get('big')?.personal;
    assert.deepEqual(personal?.map(({ construct, ballots }) => [construct, ballots]), [['leader', 8]]);
    assert.equal(personal[0]?.more, false);
    assert.ok(personal[0].distribution);
    assert.deepEqual(released.get('top')?.personal, []);
    assert.deepEqual(released.get('small')?.personal, []);
    for (const { report } of released.values()) {
      assert.ok(report.constructs.every(({ construct }) => construct === 'theme'));
    }
    const seven = releaseOf(instrument, teams, new Map([['big', values(7)]]));
    assert.deepEqual(seven.get('big')?.personal, []);
    assert.equal(seven.get('big')?.report.constructs.length, 1);
  });

  it('thresholds can be raised, out of order too, and never lowered', () => {
    const team = [{ id: 'big', parent: null, electorate: 25 }];
    const box = new Map([['big', ballots(11, 'big')]]);
    const shown = (thresholds: Partial<Thresholds>) => {
      const report = releaseOf(single, team, box, { ...THRESHOLDS, ...thresholds }).get('big')?.report;
      return [report?.ballots, report?.constructs[0]?.distribution?.of, report?.comments?.length];
    };
    assert.deepEqual(shown({}), [11, 11, 11]);
    assert.deepEqual(shown({ distribution: 12 }), [11, undefined, 11]);
    assert.deepEqual(shown({ mean: 12 }), [undefined, undefined, undefined]);
    assert.deepEqual(shown({ mean: 11 }), [11, 11, 11]);
    assert.throws(() => shown({ mean: 4 }), /mean/);
    assert.throws(() => shown({ person: 5 }), /person/);
  });

  it('a raised threshold for a mean is one for everything: no bins of a group too small for its mean', () => {
    const box = new Map([['top', ballots(9, 'top')], ['big', ballots(12, 'big')]]);
    const raised = { ...THRESHOLDS, mean: 12 };
    const wide = teams.map((team) => ({ ...team, electorate: 15 }));
    const released = releaseOf(single, wide, box, raised);
    const shown = (team: string) => {
      const report = released.get(team)?.report;
      return [report?.ballots, report?.constructs[0]?.distribution?.of, report?.comments?.length];
    };
    assert.deepEqual(shown('big'), [12, 12, 12]);
    assert.deepEqual(shown('top'), [undefined, undefined, undefined]);
  });

  it('a sum that would be one single team’s figures is not shown above it', () => {
    const box = new Map([['top', ballots(2, 'top')], ['big', ballots(10, 'big')], ['small', ballots(2, 'small')]]);
    const released = releaseOf(single, teams, box);
    assert.equal(released.get('big')?.report.constructs[0]?.ballots, 10);
    assert.deepEqual(released.get('top')?.report, { electorate: 19, more: true, constructs: [] });
  });

  it('a team in which nobody is asked has no part in it', () => {
    const empty: RoundTeam = { id: 'office', parent: null, electorate: 0 };
    const under: RoundTeam = { id: 'big', parent: 'office', electorate: 12 };
    const released = releaseOf(single, [empty, under], new Map([['big', ballots(6, 'big')]]));
    assert.equal(released.get('office')?.report.more, false);
    assert.equal(released.get('big')?.report.ballots, 6);
  });
});

const twoThemes = instrumentOf(5, { theme: 2, other: 1, leader: 1 });

interface Round {
  readonly teams: readonly RoundTeam[];
  readonly box: Box;
  readonly thresholds: Thresholds;
}

const choice = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq: 8 });
const ballot: fc.Arbitrary<Answers> = fc
  .tuple(fc.array(choice, { minLength: 4, maxLength: 4 }), fc.option(fc.string({ maxLength: 4 }), { nil: undefined }))
  .map(([chosen, comment]) => ({
    choices: Object.fromEntries(
      twoThemes.items.flatMap(({ key }, index) => (chosen[index] === undefined ? [] : [[key, chosen[index]]])),
    ),
    ...(comment === undefined ? {} : { comment }),
  }));

const round: fc.Arbitrary<Round> = fc
  .tuple(
    fc.array(fc.tuple(fc.array(ballot, { maxLength: 13 }), fc.nat({ max: 4 }), fc.nat({ max: 100 })), {
      minLength: 1,
      maxLength: 9,
    }),
    fc.record({
      mean: fc.integer({ min: 5, max: 7 }),
      distribution: fc.integer({ min: 8, max: 16 }),
      comments: fc.integer({ min: 10, max: 14 }),
      person: fc.integer({ min: 8, max: 10 }),
      together: fc.constant(30),
    }),
  )
  .map(([rows, thresholds]) => ({
    thresholds,
    teams: rows.map(([ballots, absent, above], index) => ({
      id: `t${index}`,
      parent: index === 0 || above % 8 === 0 ? null : `t${above % index}`,
      electorate: ballots.length + absent,
    })),
    box: new Map(rows.map(([ballots], index) => [`t${index}`, ballots])),
  }));

function isComplete(answers: Answers, construct: string): boolean {
  return twoThemes.items.every((item) => item.construct !== construct || answers.choices[item.key] !== undefined);
}

/** Of the teams' ballots that count: the smallest groups, each with its ballots as places in the box. */
function atomsOf({ teams, box, thresholds }: Round, counts: (answers: Answers) => boolean) {
  const places = new Map(
    [...box].map(([team, ballots]) => [
      team,
      ballots.flatMap((answers, index) => (counts(answers) ? [{ team, index }] : [])),
    ]),
  );
  const asked = teams.filter(({ electorate }) => electorate > 0);
  const sizes = new Map(asked.map(({ id }) => [id, places.get(id)?.length ?? 0]));
  const [lowest] = formLevels(teams, sizes, [thresholds.mean]);
  return (lowest?.groups ?? []).map((group) => group.teams.flatMap((team) => places.get(team) ?? []));
}

const show = (given: Round) => releaseOf(twoThemes, given.teams, given.box, given.thresholds);

describe('over all rounds', () => {
  it('only sums over the smallest groups are released: who of a group gave which answers makes no difference', () => {
    fc.assert(
      fc.property(round, fc.constantFrom('theme', 'other'), fc.infiniteStream(fc.nat()), (given, construct, random) => {
        const items = twoThemes.items.filter((item) => item.construct === construct).map(({ key }) => key);
        const box = new Map([...given.box].map(([team, ballots]) => [team, [...ballots]]));
        for (const atom of atomsOf(given, (answers) => isComplete(answers, construct))) {
          const answers = atom.map(({ team, index }) => given.box.get(team)?.[index]?.choices ?? {});
          const draws = [...random.take(answers.length)];
          const dealt = answers
            .map((choices, index) => ({ choices, at: draws[index] ?? 0 }))
            .toSorted((a, b) => a.at - b.at);
          atom.forEach(({ team, index }, place) => {
            const here = box.get(team);
            const before = here?.[index];
            if (!here || !before) return;
            const moved = items.map((key) => [key, dealt[place]?.choices[key] ?? 1] as const);
            here[index] = { ...before, choices: { ...before.choices, ...Object.fromEntries(moved) } };
          });
        }
        assert.deepEqual(show({ ...given, box }), show(given));
      }),
    );
  });

  it('ballots that found no group leave no trace, not even that they were there', () => {
    fc.assert(
      fc.property(round, (given) => {
        const grouped = new Set(atomsOf(given, () => true).flat().map(({ team }) => team));
        const box = new Map([...given.box].map(([team, ballots]) => [team, grouped.has(team) ? ballots : []]));
        const reports = (shown: Map<string, TeamRelease>) =>
          [...shown.values()].map(({ report }) => [report.electorate, report.ballots, report.more, report.comments]);
        assert.deepEqual(reports(show({ ...given, box })), reports(show(given)));
      }),
    );
  });

  it('nothing is released of fewer ballots than its threshold, and each count is that of whole groups', () => {
    fc.assert(
      fc.property(round, (given) => {
        const { thresholds } = given;
        const sizesOf = (construct: string) =>
          atomsOf(given, (answers) => isComplete(answers, construct)).map((atom) => atom.length);
        const sizes = new Map(['theme', 'other'].map((construct) => [construct, sizesOf(construct)]));
        for (const { report, personal } of show(given).values()) {
          assert.ok(report.ballots === undefined || report.ballots >= thresholds.mean);
          for (const figures of report.constructs) {
            assert.ok(figures.ballots >= thresholds.mean);
            assert.ok(isSumOf(sizes.get(figures.construct) ?? [], figures.ballots));
            if (figures.distribution) {
              assert.ok(figures.distribution.of >= thresholds.distribution);
              assert.ok(isSumOf(sizes.get(figures.construct) ?? [], figures.distribution.of));
            }
          }
          for (const figures of personal) assert.ok(figures.ballots >= thresholds.person);
        }
      }),
    );
  });

  it('the figures are those of the ballots themselves', () => {
    fc.assert(
      fc.property(round, (given) => {
        const [first] = given.teams;
        if (!first) return;
        const alone = { ...given, teams: [{ ...first, parent: null }] };
        const values = (given.box.get(first.id) ?? []).flatMap(({ choices }) => choices['other-0'] ?? []);
        const figures = show(alone).get(first.id)?.report.constructs.find(({ construct }) => construct === 'other');
        assert.equal(figures?.ballots, values.length >= given.thresholds.mean ? values.length : undefined);
        if (!figures) return;
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        if (figures.mean.bound === 'exact') assert.ok(Math.abs(figures.mean.value - mean) <= 0.05 + 1e-9);
        if (figures.mean.bound === 'at-least') assert.ok(figures.mean.value <= mean && mean <= 5);
        if (figures.mean.bound === 'at-most') assert.ok(figures.mean.value >= mean && mean >= 1);
        const deviation = Math.sqrt(Math.max(squares, 2) / (values.length - 1));
        assert.ok(figures.mean.deviation >= deviation - 1e-9 && figures.mean.deviation < deviation + 0.01);
        const favourable = values.filter((value) => value >= 4).length;
        const { count, bound, certain } = figures.favourable;
        if (bound === 'exact') assert.equal(count, favourable);
        if (bound === 'at-least') assert.ok(favourable >= count);
        if (bound === 'at-most') assert.ok(favourable <= count);
        assert.ok(certain.low <= favourable / first.electorate + 0.005);
        assert.ok(certain.high >= (favourable + first.electorate - values.length) / first.electorate - 0.005);
      }),
    );
  });

  it('releasing twice gives the same, in whatever order ballots and teams came', () => {
    fc.assert(
      fc.property(round, (given) => {
        const turned = {
          ...given,
          teams: given.teams.toReversed(),
          box: new Map([...given.box].toReversed().map(([team, ballots]) => [team, ballots.toReversed()])),
        };
        const [once, again, other] = [show(given), show(given), show(turned)];
        assert.deepEqual(again, once);
        for (const { id } of given.teams) assert.deepEqual(other.get(id), once.get(id));
      }),
    );
  });
});

/** Whether some of these numbers add up to the total. */
function isSumOf(numbers: readonly number[], total: number): boolean {
  const sums = new Set([0]);
  for (const number of numbers) for (const sum of [...sums]) sums.add(sum + number);
  return sums.has(total);
}
