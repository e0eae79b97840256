import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Membership, Roster, RosterPerson, RosterTeam } from './roster.ts';
import {
  electorates,
  rosterDifference,
  rosterProblem,
  subtree,
  teamsSeenBy,
  treeProblem,
} from './roster.ts';

function team(id: string, parent: string | null, name = `Team ${id}`): RosterTeam {
  return { id, name, parent };
}

/** `amy: 'east'` is a member, `bob: ['north', 'south']` leads. */
function rosterOf(teams: readonly RosterTeam[], places: Record<string, string | readonly string[]>): Roster {
  return {
    teams,
    people: Object.keys(places).map((id) => ({ id, name: id.toUpperCase() })),
    memberships: Object.entries(places).flatMap(([person, place]): Membership[] =>
      typeof place === 'string'
        ? [{ person, team: place, role: 'member' }]
        : place.map((led) => ({ person, team: led, role: 'leader' })),
    ),
  };
}

const TREE = [
  team('all', null),
  team('north', 'all'),
  team('east', 'north'),
  team('west', 'north'),
  team('night', 'west'),
  team('south', 'all'),
];

describe('who is asked where', () => {
  const roster = rosterOf(TREE, {
    head: ['all'],
    amy: 'east',
    ben: 'night',
    eve: ['east'],
    both: ['east', 'west'],
    deep: ['north', 'night'],
    wide: ['night', 'south'],
    staff: 'all',
  });

  it('asks members in their own team and leaders in the lowest team above that they do not lead', () => {
    assert.deepEqual(Object.fromEntries(electorates(roster)), {
      all: ['deep', 'wide', 'staff'],
      north: ['eve', 'both'],
      east: ['amy'],
      west: [],
      night: ['ben'],
      south: [],
    });
  });

  it('does not ask the topmost leader, nor one whose teams have nothing above them in common', () => {
    const two = rosterOf([team('a', null), team('b', null), team('c', 'a')], { top: ['a'], split: ['b', 'c'] });
    assert.deepEqual([...electorates(two).values()].flat(), []);
  });

  it('passes over a team in between that the leader leads as well', () => {
    const chain = rosterOf(TREE, { eve: ['night', 'west'], max: ['night', 'west', 'north'] });
    assert.deepEqual(electorates(chain).get('north'), ['eve']);
    assert.deepEqual(electorates(chain).get('all'), ['max']);
  });

  it('can be kept to parts of the tree', () => {
    assert.deepEqual(Object.fromEntries(electorates(roster, ['west', 'east', 'gone'])), {
      east: ['amy'],
      west: [],
      night: ['ben'],
    });
    assert.deepEqual([...electorates(roster, ['north', 'night']).keys()], ['north', 'east', 'west', 'night']);
    assert.equal(electorates(roster, []).size, 0);
  });

  it('lets a leader see the own teams and the one that asks them, each in its role', () => {
    assert.deepEqual(teamsSeenBy(roster, 'both'), [
      { team: 'east', role: 'leader' },
      { team: 'west', role: 'leader' },
      { team: 'north', role: 'member' },
    ]);
    assert.deepEqual(teamsSeenBy(roster, 'head'), [{ team: 'all', role: 'leader' }]);
    assert.deepEqual(teamsSeenBy(roster, 'amy'), [{ team: 'east', role: 'member' }]);
    assert.deepEqual(teamsSeenBy(roster, 'nobody'), []);
  });
});

describe('the tree of teams', () => {
  it('names a team and the teams under it', () => {
    assert.deepEqual([...subtree(TREE, 'north')], ['north', 'east', 'west', 'night']);
    assert.equal(subtree(TREE, 'gone').size, 0);
  });

  it('may have several tops', () => {
    assert.equal(treeProblem([team('a', null), team('b', null)]), undefined);
    assert.equal(treeProblem([]), undefined);
  });

  it('has no two teams with one id, no missing team and no circle', () => {
    assert.match(treeProblem([team('a', null), team('a', null)]) ?? '', /id 'a'/);
    assert.match(treeProblem([team('a', 'b')]) ?? '', /'Team a' lies under 'b', which does not exist/);
    assert.match(treeProblem([team('a', 'a')]) ?? '', /'Team a' .* under itself/);
    assert.match(treeProblem([team('x', null), team('d', 'a'), team('a', 'b'), team('b', 'a')]) ?? '', /under itself/);
  });
});

describe('what a roster must keep to', () => {
  const memberships = (...list: [string, string, Membership['role']][]): Roster => ({
    ...rosterOf(TREE, { amy: 'east' }),
    memberships: list.map(([person, at, role]) => ({ person, team: at, role })),
  });

  const NOTHING: Roster = { teams: [], people: [], memberships: [] };

  it('takes a member of one team, and a leader of several', () => {
    assert.equal(rosterProblem(memberships(['amy', 'east', 'member'])), undefined);
    assert.equal(rosterProblem(memberships(['amy', 'east', 'leader'], ['amy', 'west', 'leader'])), undefined);
  });

  it('says what it does not take', () => {
    const refused: [RegExp, Roster][] = [
      [/member of more than one team/, memberships(['amy', 'east', 'member'], ['amy', 'west', 'member'])],
      [/a member and a leader/, memberships(['amy', 'east', 'member'], ['amy', 'west', 'leader'])],
      [/same place in 'east' twice/, memberships(['amy', 'east', 'leader'], ['amy', 'east', 'leader'])],
      [/'bob' .* not among the people/, memberships(['bob', 'east', 'member'])],
      [/team 'gone', which does not exist/, memberships(['amy', 'gone', 'member'])],
      [/Two people have the id 'amy'/, { ...NOTHING, people: [{ id: 'amy', name: 'A' }, { id: 'amy', name: 'B' }] }],
      [/under itself/, { ...NOTHING, teams: [team('a', 'a')] }],
    ];
    for (const [pattern, roster] of refused) assert.match(rosterProblem(roster) ?? '', pattern);
  });
});

describe('what an import changes', () => {
  it('names who comes, goes and moves, and what becomes of teams', () => {
    const before = rosterOf(TREE, { amy: 'east', ben: 'night', eve: ['east'], gus: 'south' });
    const after: Roster = {
      ...rosterOf(
        [
          team('all', null),
          team('north', 'all', 'Upper'),
          team('east', 'all'),
          team('west', 'north'),
          team('new', 'west'),
        ],
        { amy: 'west', ben: 'new', eve: ['west', 'east'], joe: 'east' },
      ),
      people: ['amy', 'ben', 'eve', 'joe'].map((id) => ({ id, name: id === 'ben' ? 'Benno' : id.toUpperCase() })),
    };
    const member = (at: string) => ({ team: at, role: 'member' as const });
    const leader = (at: string) => ({ team: at, role: 'leader' as const });
    assert.deepEqual(rosterDifference(before, after), {
      people: {
        added: [{ person: { id: 'joe', name: 'JOE' }, to: [member('east')] }],
        removed: [{ person: { id: 'gus', name: 'GUS' }, from: [member('south')] }],
        moved: [
          { person: { id: 'amy', name: 'AMY' }, from: [member('east')], to: [member('west')] },
          { person: { id: 'ben', name: 'Benno' }, from: [member('night')], to: [member('new')] },
          { person: { id: 'eve', name: 'EVE' }, from: [leader('east')], to: [leader('west'), leader('east')] },
        ],
        renamed: [{ id: 'ben', from: 'BEN', to: 'Benno' }],
      },
      teams: {
        added: [team('new', 'west')],
        removed: [team('night', 'west'), team('south', 'all')],
        renamed: [{ id: 'north', from: 'Team north', to: 'Upper' }],
        moved: [{ team: team('east', 'all'), from: 'north', to: 'all' }],
      },
    });
  });

  it('counts a promotion in the same team as a move', () => {
    const difference = rosterDifference(rosterOf(TREE, { amy: 'east' }), rosterOf(TREE, { amy: ['east'] }));
    assert.deepEqual(difference.people.moved, [
      {
        person: { id: 'amy', name: 'AMY' },
        from: [{ team: 'east', role: 'member' }],
        to: [{ team: 'east', role: 'leader' }],
      },
    ]);
  });
});

describe('laws of the roster', () => {
  /** Team `tN` lies under an earlier team or is a top; each person is a member or leads up to four teams. */
  const rosters: fc.Arbitrary<Roster> = fc
    .array(fc.nat({ max: 15 }), { minLength: 1, maxLength: 14 })
    .chain((draws) => {
      const teams = draws.map((draw, index) => team(`t${index}`, draw < index ? `t${draw}` : null));
      const ids = teams.map(({ id }) => id);
      const led = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 4 });
      const place = fc.oneof(fc.constantFrom(...ids), led);
      return fc
        .array(place, { maxLength: 20 })
        .map((places) => rosterOf(teams, Object.fromEntries(places.map((one, index) => [`p${index}`, one]))));
    });

  const leads = (roster: Roster, person: string) =>
    roster.memberships.filter((one) => one.person === person && one.role === 'leader').map((one) => one.team);

  it('asks everybody at most once, and never about a team they lead', () => {
    fc.assert(
      fc.property(rosters, (roster) => {
        assert.equal(rosterProblem(roster), undefined);
        const asked = [...electorates(roster)];
        const everyone = asked.flatMap(([, people]) => people);
        assert.equal(new Set(everyone).size, everyone.length);
        for (const [id, people] of asked) {
          for (const person of people) assert.ok(!leads(roster, person).includes(id));
        }
      }),
    );
  });

  it('asks a leader in a team that holds all of theirs, and in no lower one that would do', () => {
    fc.assert(
      fc.property(rosters, (roster) => {
        const asked = electorates(roster);
        for (const { id: person } of roster.people) {
          const led = leads(roster, person);
          if (led.length === 0) continue;
          const fits = roster.teams
            .map(({ id }) => id)
            .filter((id) => !led.includes(id))
            .filter((id) => led.every((own) => subtree(roster.teams, id).has(own)));
          const found = fits.filter((id) => asked.get(id)?.includes(person));
          assert.equal(found.length, fits.length === 0 ? 0 : 1);
          for (const id of found) {
            assert.ok(fits.every((other) => subtree(roster.teams, other).has(id)));
          }
        }
      }),
    );
  });

  it('asks the same people when it is kept to a part of the tree', () => {
    fc.assert(
      fc.property(rosters, fc.nat({ max: 13 }), (roster, pick) => {
        const root = `t${pick % roster.teams.length}`;
        const whole = electorates(roster);
        const part = electorates(roster, [root]);
        assert.deepEqual(new Set(part.keys()), subtree(roster.teams, root));
        for (const [id, people] of part) assert.deepEqual(people, whole.get(id));
      }),
    );
  });

  it('shows a person as a member exactly the team that asks them', () => {
    fc.assert(
      fc.property(rosters, (roster) => {
        const asked = electorates(roster);
        for (const { id } of roster.people) {
          const seen = teamsSeenBy(roster, id);
          const own = [...asked].filter(([, people]) => people.includes(id)).map(([at]) => at);
          assert.deepEqual(seen.filter(({ role }) => role === 'member').map((place) => place.team), own);
          assert.deepEqual(seen.filter(({ role }) => role === 'leader').map((place) => place.team), leads(roster, id));
        }
      }),
    );
  });

  it('finds every circle', () => {
    fc.assert(
      fc.property(rosters, fc.nat({ max: 13 }), fc.nat({ max: 13 }), (roster, a, b) => {
        const [low, high] = [a, b].map((pick) => `t${pick % roster.teams.length}`);
        if (low === undefined || high === undefined) return;
        const changed = roster.teams.map((one) => (one.id === high ? { ...one, parent: low } : one));
        const circle = subtree(roster.teams, high).has(low);
        assert.equal(treeProblem(changed) !== undefined, circle);
      }),
    );
  });

  it('finds no difference between a roster and itself, and the reverse one backwards', () => {
    fc.assert(
      fc.property(rosters, rosters, (before, after) => {
        const { people, teams } = rosterDifference(before, before);
        assert.ok([...Object.values(people), ...Object.values(teams)].every((list) => list.length === 0));
        const there = rosterDifference(before, after);
        const back = rosterDifference(after, before);
        const ids = (list: readonly { readonly person: RosterPerson }[]) => list.map(({ person }) => person.id);
        assert.deepEqual(ids(there.people.added), ids(back.people.removed));
        assert.deepEqual(there.teams.removed, back.teams.added);
        assert.deepEqual(new Set(ids(there.people.moved)), new Set(ids(back.people.moved)));
      }),
    );
  });
});
