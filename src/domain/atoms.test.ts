import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bottomUp, formLevels, type Group, type Level, type TreeTeam } from './atoms.ts';

function form(rows: readonly (readonly [id: string, parent: string | null, ballots: number])[], ...levels: number[]) {
  return formLevels(
    rows.map(([id, parent]) => ({ id, parent })),
    new Map(rows.map(([id, , ballots]) => [id, ballots])),
    levels,
  );
}

/** Groups as 'place: teams', sorted, to compare at a glance. */
function say(level: Level | undefined): string[] {
  return (level?.groups ?? []).map(({ at, teams }) => `${at}: ${teams.toSorted().join(' ')}`).toSorted();
}

describe('groups of ballots', () => {
  it('a team of five stands by itself, smaller ones meet in the team above', () => {
    const [level] = form([['top', null, 1], ['five', 'top', 5], ['two', 'top', 2], ['also-two', 'top', 2]], 5);
    assert.deepEqual(say(level), ['five: five', 'top: also-two top two']);
    assert.deepEqual(level?.groups.map(({ ballots }) => ballots).toSorted(), [5, 5]);
  });

  it('a pool forms as low as it can, and takes nothing from higher up', () => {
    const [level] = form(
      [['top', null, 3], ['middle', 'top', 1], ['a', 'middle', 2], ['b', 'middle', 2], ['c', 'top', 3]],
      5,
    );
    assert.deepEqual(say(level), ['middle: a b middle', 'top: c top']);
  });

  it('what is left over at a root is in no group, and does not meet another root', () => {
    const [level] = form([['one', null, 4], ['other', null, 3], ['child', 'other', 1]], 5);
    assert.deepEqual(say(level), []);
    assert.deepEqual([...(level?.loose ?? [])].toSorted(), ['child', 'one', 'other']);
  });

  it('higher thresholds pool groups, never ballots', () => {
    const levels = form([['top', null, 2], ['a', 'top', 6], ['b', 'top', 9], ['c', 'top', 3]], 5, 8, 10, 30);
    assert.deepEqual(say(levels[0]), ['a: a', 'b: b', 'top: c top']);
    assert.deepEqual(say(levels[1]), ['b: b', 'top: a c top']);
    assert.deepEqual(say(levels[2]), ['top: a c top']);
    assert.deepEqual(say(levels[3]), []);
  });

  it('tells no difference between a team without ballots and one with too few', () => {
    const rows = (ballots: number) => [['top', null, 6], ['small', 'top', ballots]] as const;
    assert.deepEqual(form(rows(0), 5)[0]?.loose, form(rows(3), 5)[0]?.loose);
    assert.ok(form(rows(0), 5)[0]?.loose.has('top'));
    assert.ok(!form([['top', null, 6]], 5)[0]?.loose.has('top'));
  });

  it('refuses a tree that is none, and thresholds that fall', () => {
    assert.throws(() => bottomUp([{ id: 'a', parent: 'b' }, { id: 'b', parent: 'a' }]), /above itself/);
    assert.throws(() => bottomUp([{ id: 'a', parent: null }, { id: 'a', parent: null }]), /twice/);
    assert.throws(() => form([['a', null, 9]], 8, 5), /ascend/);
    assert.throws(() => form([['a', null, 9]], 0), /ascend/);
  });
});

interface Forest {
  readonly teams: readonly TreeTeam[];
  readonly ballots: ReadonlyMap<string, number>;
  readonly thresholds: readonly number[];
}

const forest: fc.Arbitrary<Forest> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 100 })), { minLength: 1, maxLength: 14 }),
    fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
  )
  .map(([rows, thresholds]) => ({
    teams: rows.map(([, above], index) => ({
      id: `t${index}`,
      // One in eight is a root, the others are under an earlier team.
      parent: index === 0 || above % 8 === 0 ? null : `t${above % index}`,
    })),
    ballots: new Map(rows.map(([ballots], index) => [`t${index}`, ballots])),
    thresholds: thresholds.toSorted((a, b) => a - b),
  }));

function isUnder(teams: readonly TreeTeam[], id: string, above: string): boolean {
  const parents = new Map(teams.map((team) => [team.id, team.parent]));
  for (let at: string | null | undefined = id; at; at = parents.get(at)) if (at === above) return true;
  return false;
}

/** The ballots of every team, numbered, and each released sum (a team at a level) as a 0/1 vector over them. */
function released({ teams, ballots, thresholds }: Forest) {
  const owner = [...ballots].flatMap(([team, count]) => new Array<string>(count).fill(team));
  const levels = formLevels(teams, ballots, thresholds);
  const over = (groups: readonly Group[]) => {
    const covered = new Set(groups.flatMap((group) => group.teams));
    return owner.map((team) => (covered.has(team) ? 1 : 0));
  };
  const vectors = levels.flatMap(({ groups }) =>
    teams.map(({ id }) => over(groups.filter(({ at }) => isUnder(teams, at, id)))),
  );
  return { owner, levels, vectors };
}

/** Row echelon form; the numbers stay small, so that binary fractions do not err. */
function reduce(rows: readonly (readonly number[])[]): number[][] {
  const basis: number[][] = [];
  for (const row of rows) {
    const rest = remainder(basis, row);
    const pivot = rest.findIndex((value) => Math.abs(value) > 1e-9);
    if (pivot >= 0) basis.push(rest.map((value) => value / (rest[pivot] ?? 1)));
  }
  return basis;
}

function remainder(basis: readonly (readonly number[])[], row: readonly number[]): number[] {
  return basis.reduce<number[]>(
    (rest, base) => {
      const factor = rest[base.findIndex((value) => Math.abs(value) > 1e-9)] ?? 0;
      return rest.map((value, index) => value - factor * (base[index] ?? 0));
    },
    [...row],
  );
}

describe('over all trees, sizes and thresholds', () => {
  it('groups are disjoint, large enough, and inside the subtree where they formed', () => {
    fc.assert(
      fc.property(forest, (given) => {
        for (const { threshold, groups } of released(given).levels) {
          const all = groups.flatMap((group) => group.teams);
          assert.equal(new Set(all).size, all.length);
          for (const { at, teams, ballots } of groups) {
            assert.ok(ballots >= threshold);
            assert.equal(ballots, teams.reduce((sum, team) => sum + (given.ballots.get(team) ?? 0), 0));
            for (const team of teams) assert.ok(isUnder(given.teams, team, at));
          }
        }
      }),
    );
  });

  it('what found no group is too little in every subtree', () => {
    fc.assert(
      fc.property(forest, (given) => {
        const [lowest] = released(given).levels;
        for (const { id } of given.teams) {
          const here = (lowest?.groups ?? []).filter(({ at }) => isUnder(given.teams, at, id));
          const covered = new Set(here.flatMap(({ teams }) => teams));
          const left = given.teams.filter((team) => isUnder(given.teams, team.id, id) && !covered.has(team.id));
          const ballots = left.reduce((sum, team) => sum + (given.ballots.get(team.id) ?? 0), 0);
          assert.ok(ballots < (lowest?.threshold ?? 0));
          assert.equal(lowest?.loose.has(id), left.length > 0);
        }
      }),
    );
  });

  it('every sum, at every level, is over the same smallest groups', () => {
    fc.assert(
      fc.property(forest, (given) => {
        const { owner, levels, vectors } = released(given);
        const atoms = levels[0]?.groups ?? [];
        const atomOf = new Map(atoms.flatMap(({ teams }, atom) => teams.map((team) => [team, atom] as const)));
        for (const vector of vectors) {
          const seen = new Map<number, number>();
          owner.forEach((team, ballot) => {
            const atom = atomOf.get(team);
            const value = vector[ballot] ?? 0;
            if (atom === undefined) assert.equal(value, 0);
            else assert.equal(seen.get(atom) ?? value, value);
            if (atom !== undefined) seen.set(atom, value);
          });
        }
      }),
    );
  });

  it('no sum of released figures, with whatever factors, is of fewer ballots than the lowest threshold', () => {
    fc.assert(
      fc.property(forest, fc.array(fc.nat(), { minLength: 1, maxLength: 29 }), (given, picks) => {
        const { owner, vectors } = released(given);
        if (owner.length === 0) return;
        const lowest = given.thresholds[0] ?? 1;
        const few = new Set(picks.slice(0, lowest - 1).map((pick) => pick % owner.length));
        if (few.size === 0) return;
        const left = remainder(reduce(vectors), owner.map((_, ballot) => (few.has(ballot) ? 1 : 0)));
        assert.ok(left.some((value) => Math.abs(value) > 1e-6));
      }),
      { numRuns: 300 },
    );
  });

  it('the order in which teams are listed makes no difference', () => {
    fc.assert(
      fc.property(forest, (given) => {
        const turned = formLevels(given.teams.toReversed(), given.ballots, given.thresholds);
        const straight = formLevels(given.teams, given.ballots, given.thresholds);
        assert.deepEqual(turned.map(say), straight.map(say));
      }),
    );
  });
});
