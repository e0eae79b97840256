/** A place in the tree of teams, as it was when the round opened. */
export interface TreeTeam {
  readonly id: string;
  /** The team above; a team whose parent is not in the round is a root, and there may be several. */
  readonly parent: string | null;
}

/** Ballots that are only ever counted together. */
export interface Group {
  /** The team where the group formed: all of its ballots are from this team or from teams under it. */
  readonly at: string;
  /** How many ballots. */
  readonly ballots: number;
  /** The teams whose own ballots it holds, all of each. */
  readonly teams: readonly string[];
}

/** The groups that formed for one threshold. */
export interface Level {
  readonly threshold: number;
  /** Disjoint, each of at least the threshold. */
  readonly groups: readonly Group[];
  /** The teams with something in their subtree, their own ballots or a lower team's, that found no group there. */
  readonly loose: ReadonlySet<string>;
}

/**
 * The teams with every team after all teams under it.
 * @throws RangeError when a team is its own ancestor, or appears twice.
 */
export function bottomUp<T extends TreeTeam>(teams: readonly T[]): T[] {
  const byId = new Map(teams.map((team) => [team.id, team]));
  if (byId.size !== teams.length) throw new RangeError('A team appears twice in the tree.');
  const children = new Map<string, T[]>();
  const order: T[] = [];
  for (const team of teams) {
    if (team.parent === null || !byId.has(team.parent)) order.push(team);
    else listAt(children, team.parent).push(team);
  }
  // The list grows while it is walked: roots, their children, and so on down.
  for (const team of order) order.push(...(children.get(team.id) ?? []));
  if (order.length !== teams.length) throw new RangeError('A team is above itself in the tree.');
  return order.reverse();
}

/**
 * The groups of every level. The lowest level pools teams' own ballots, each higher one the groups of the level below
 * it, so that whatever is released, at whatever level, is a sum over the lowest level's groups (the atoms), and no sum
 * or difference of released figures tells of fewer ballots than its threshold.
 *
 * At every level alike: what is at a team and reaches the threshold by itself stands by itself; the rest is pooled with
 * what lower teams of its subtree left over, and forms a group as soon as the pool reaches the threshold. What is left
 * over at a root is in no group.
 *
 * A team without a ballot is pooled like one with a few: which of the two it was, `loose` does not tell.
 * @param ballots by team; a team that is not in it was not asked
 * @param thresholds ascending, each at least 1
 */
export function formLevels(
  teams: readonly TreeTeam[],
  ballots: ReadonlyMap<string, number>,
  thresholds: readonly number[],
): Level[] {
  const order = bottomUp(teams);
  let units: readonly Group[] = order.flatMap(({ id }) => {
    const own = ballots.get(id);
    return own === undefined ? [] : [{ at: id, ballots: own, teams: [id] }];
  });
  let lowest = 1;
  return thresholds.map((threshold) => {
    if (threshold < lowest) throw new RangeError('Thresholds start at 1 and ascend.');
    lowest = threshold;
    const level = pool(order, units, threshold);
    units = level.groups;
    return level;
  });
}

function pool(order: readonly TreeTeam[], units: readonly Group[], threshold: number): Level {
  const groups: Group[] = [];
  const loose = new Set<string>();
  const pools = new Map<string, Group[]>();
  for (const unit of units) {
    if (unit.ballots >= threshold) groups.push(unit);
    else listAt(pools, unit.at).push(unit);
  }
  for (const { id, parent } of order) {
    const together = listAt(pools, id);
    if (together.length === 0) continue;
    const size = together.reduce((sum, unit) => sum + unit.ballots, 0);
    if (size >= threshold) {
      groups.push({ at: id, ballots: size, teams: together.flatMap((unit) => unit.teams) });
    } else {
      loose.add(id);
      if (parent !== null) listAt(pools, parent).push(...together);
    }
  }
  return { threshold, groups, loose };
}

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
