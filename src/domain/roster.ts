/** A node of the organisation's tree of teams. */
export interface RosterTeam extends TreeNode {
  readonly name: string;
}

interface TreeNode {
  readonly id: string;
  /** Null at a top. */
  readonly parent: string | null;
}

export interface RosterPerson {
  /** What the organisation's sign-in calls the person. */
  readonly id: string;
  readonly name: string;
}

export type Role = 'member' | 'leader';

export interface Membership {
  readonly person: string;
  readonly team: string;
  readonly role: Role;
}

/**
 * Who is in which team and who leads it. A person is either a member of exactly one team or the leader of one or more:
 * that gives everybody at most one electorate, and nobody a say about a team they lead.
 */
export interface Roster {
  readonly teams: readonly RosterTeam[];
  readonly people: readonly RosterPerson[];
  readonly memberships: readonly Membership[];
}

/** A person's role in a team. */
export interface Place {
  readonly team: string;
  readonly role: Role;
}

/** What one roster after another changes. Teams and people are recognised by their ids. */
export interface RosterDifference {
  readonly people: {
    readonly added: readonly { readonly person: RosterPerson; readonly to: readonly Place[] }[];
    readonly removed: readonly { readonly person: RosterPerson; readonly from: readonly Place[] }[];
    /** All places before and all places after, for those in whom they differ. */
    readonly moved: readonly {
      readonly person: RosterPerson;
      readonly from: readonly Place[];
      readonly to: readonly Place[];
    }[];
    readonly renamed: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  };
  readonly teams: {
    readonly added: readonly RosterTeam[];
    readonly removed: readonly RosterTeam[];
    readonly renamed: readonly { readonly id: string; readonly from: string; readonly to: string }[];
    /** From one team above to another; null stands for the top. */
    readonly moved: readonly { readonly team: RosterTeam; readonly from: string | null; readonly to: string | null }[];
  };
}

/** What keeps teams from being a tree (or several), in a sentence; undefined when nothing does. */
export function treeProblem(teams: readonly RosterTeam[]): string | undefined {
  const byId = new Map<string, RosterTeam>();
  for (const team of teams) {
    if (byId.has(team.id)) return `Two teams have the id '${team.id}'.`;
    byId.set(team.id, team);
  }
  const sound = new Set<string>();
  for (const team of teams) {
    const path = new Set<string>();
    for (let at = team; !sound.has(at.id); ) {
      if (path.has(at.id)) return `The team '${at.name}' lies, by way of the teams above it, under itself.`;
      path.add(at.id);
      if (at.parent === null) break;
      const parent = byId.get(at.parent);
      if (!parent) return `The team '${at.name}' lies under '${at.parent}', which does not exist.`;
      at = parent;
    }
    for (const id of path) sound.add(id);
  }
  return undefined;
}

/**
 * What keeps a roster from being used, in a sentence; undefined when nothing does. The functions below expect a roster
 * without a problem.
 */
export function rosterProblem(roster: Roster): string | undefined {
  const tree = treeProblem(roster.teams);
  if (tree !== undefined) return tree;
  const teams = new Set(roster.teams.map((team) => team.id));
  const people = new Set<string>();
  for (const { id } of roster.people) {
    if (people.has(id)) return `Two people have the id '${id}'.`;
    people.add(id);
  }
  const before = new Map<string, Membership[]>();
  for (const membership of roster.memberships) {
    const { person, team, role } = membership;
    if (!people.has(person)) return `'${person}' has a place in a team and is not among the people.`;
    if (!teams.has(team)) return `'${person}' has a place in the team '${team}', which does not exist.`;
    const others = before.get(person) ?? [];
    if (others.some((other) => other.role !== role)) {
      return `'${person}' is a member and a leader; a person is one of the two.`;
    }
    if (others.some((other) => other.team === team)) return `'${person}' has the same place in '${team}' twice.`;
    if (role === 'member' && others.length > 0) return `'${person}' is a member of more than one team.`;
    before.set(person, [...others, membership]);
  }
  return undefined;
}

/** A team and all teams under it; empty when there is no such team. */
export function subtree(tree: readonly TreeNode[], team: string): Set<string> {
  const parents = parentsOf(tree);
  return new Set(tree.map(({ id }) => id).filter((id) => pathUp(parents, id).includes(team)));
}

/**
 * Who is asked in which team. Members answer in their own team. Leaders answer in the lowest team that holds all the
 * teams they lead and that they do not lead themselves; a leader for whom there is none (the topmost) is not asked.
 * @param roots when given, only the teams in the subtrees of these; one that is not in the roster adds nothing.
 * @returns from each team, in the order of the roster, to the ids of the people who are asked there, perhaps none.
 */
export function electorates(roster: Roster, roots?: readonly string[]): Map<string, string[]> {
  const parents = parentsOf(roster.teams);
  const within = new Set(roots);
  const asked = new Map<string, string[]>();
  for (const { id } of roster.teams) {
    if (!roots || pathUp(parents, id).some((above) => within.has(above))) asked.set(id, []);
  }
  const places = placesOf(roster);
  for (const { id } of roster.people) {
    const team = electorateOf(parents, places.get(id) ?? []);
    if (team !== undefined) asked.get(team)?.push(id);
  }
  return asked;
}

/**
 * The teams whose reports a person may see: as their leader the teams that the person leads, and as a member the one
 * in whose electorate the person is.
 */
export function teamsSeenBy(roster: Roster, person: string): Place[] {
  const places = placesOf(roster).get(person) ?? [];
  const own = electorateOf(parentsOf(roster.teams), places);
  const led = places.filter(({ role }) => role === 'leader');
  return own === undefined ? led : [...led, { team: own, role: 'member' }];
}

/** What changes when `after` takes the place of `before`, for showing it before it is done. */
export function rosterDifference(before: Roster, after: Roster): RosterDifference {
  const people = pairs(before.people, after.people);
  const teams = pairs(before.teams, after.teams);
  const from = placesOf(before);
  const to = placesOf(after);
  const placesIn = (places: ReadonlyMap<string, Place[]>, id: string) => places.get(id) ?? [];
  return {
    people: {
      added: people.added.map((person) => ({ person, to: placesIn(to, person.id) })),
      removed: people.removed.map((person) => ({ person, from: placesIn(from, person.id) })),
      moved: people.kept
        .map(([, person]) => ({ person, from: placesIn(from, person.id), to: placesIn(to, person.id) }))
        .filter((move) => !samePlaces(move.from, move.to)),
      renamed: renamed(people.kept),
    },
    teams: {
      added: teams.added,
      removed: teams.removed,
      renamed: renamed(teams.kept),
      moved: teams.kept
        .filter(([old, team]) => old.parent !== team.parent)
        .map(([old, team]) => ({ team, from: old.parent, to: team.parent })),
    },
  };
}

type Parents = ReadonlyMap<string, string | null>;

function parentsOf(teams: readonly TreeNode[]): Parents {
  return new Map(teams.map(({ id, parent }) => [id, parent]));
}

/** A team and the teams above it, the nearest first; ends at a repetition, so that it ends. */
function pathUp(parents: Parents, team: string): string[] {
  const path = new Set<string>();
  let at: string | null | undefined = team;
  while (typeof at === 'string' && parents.has(at) && !path.has(at)) {
    path.add(at);
    at = parents.get(at);
  }
  return [...path];
}

function placesOf(roster: Roster): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { person, team, role } of roster.memberships) {
    const known = places.get(person);
    if (known) known.push({ team, role });
    else places.set(person, [{ team, role }]);
  }
  return places;
}

function electorateOf(parents: Parents, places: readonly Place[]): string | undefined {
  const member = places.find(({ role }) => role === 'member');
  if (member) return member.team;
  const led = new Set(places.map(({ team }) => team));
  const [first, ...others] = [...led].map((team) => pathUp(parents, team));
  const above = others.map((path) => new Set(path));
  return first?.find((team) => !led.has(team) && above.every((path) => path.has(team)));
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function pairs<T extends Named>(before: readonly T[], after: readonly T[]) {
  const old = new Map(before.map((one) => [one.id, one]));
  const ids = new Set(after.map(({ id }) => id));
  const added: T[] = [];
  const kept: (readonly [T, T])[] = [];
  for (const one of after) {
    const earlier = old.get(one.id);
    if (earlier) kept.push([earlier, one]);
    else added.push(one);
  }
  return { added, kept, removed: before.filter(({ id }) => !ids.has(id)) };
}

function renamed(kept: readonly (readonly [Named, Named])[]) {
  return kept
    .filter(([old, one]) => old.name !== one.name)
    .map(([old, one]) => ({ id: one.id, from: old.name, to: one.name }));
}

function samePlaces(some: readonly Place[], others: readonly Place[]): boolean {
  return (
    some.length === others.length &&
    some.every((place) => others.some((other) => other.team === place.team && other.role === place.role))
  );
}
