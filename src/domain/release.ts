import type { Group, TreeTeam } from './atoms.ts';
import { bottomUp, formLevels } from './atoms.ts';
import type { Construct, Instrument } from './instrument.ts';
import { itemsOf, points } from './instrument.ts';
import type {
  Bin,
  Bound,
  ConstructFigures,
  Distribution,
  Favourable,
  Interval,
  Mean,
  Report,
  Thresholds,
} from './report.ts';
import { BINS, THRESHOLDS } from './report.ts';
import { certainShare, cronbachAlpha, halfWidth, moments, wilson } from './statistics.ts';
import type { Tally } from './tally.ts';
import { addTallies, emptyTally } from './tally.ts';

/** A team of the round, as it was when the round opened. */
export interface RoundTeam extends TreeTeam {
  /** How many people are asked in this team itself, without the teams under it. */
  readonly electorate: number;
}

/** All that closing counted, by team: of the team's own ballots, without those of the teams under it. */
interface ReleaseInput {
  readonly instrument: Instrument;
  readonly thresholds: Thresholds;
  readonly teams: readonly RoundTeam[];
  readonly ballots: ReadonlyMap<string, number>;
  /** From team to construct to tally; one that is absent is the tally of nobody. */
  readonly tallies: ReadonlyMap<string, ReadonlyMap<string, Tally>>;
  readonly comments: ReadonlyMap<string, readonly string[]>;
  /** Returns the same comments in an order drawn at random. */
  readonly shuffle: (comments: readonly string[]) => readonly string[];
}

export interface TeamRelease {
  /** For the team and its leader, and, summed with others, for the leaders above. */
  readonly report: Report;
  /** What concerns the team's leader as a person: for that person alone. */
  readonly personal: readonly ConstructFigures[];
}

/**
 * What may be shown of a round, for every team in it: made once, at closing. Whatever is not in it is gone with the
 * ballots. Every figure is a sum over the groups that `formLevels` makes, and none tells that everybody in a group
 * chose the same.
 * @throws RangeError when a threshold is below the product's own, which no organisation can lower.
 */
export function release(input: ReleaseInput): Map<string, TeamRelease> {
  const { instrument, teams, ballots, tallies, comments, shuffle } = input;
  const thresholds = effective(input.thresholds);
  const order = bottomUp(teams);
  const asked = order.filter((team) => team.electorate > 0);

  const electorates = subtreeSums(order, new Map(teams.map((team) => [team.id, team.electorate])), plus);
  const given = new Map(asked.map(({ id }) => [id, ballots.get(id) ?? 0]));
  const participation = levelsOf(order, given, thresholds);
  const counts = subtreeSums(order, sizesAt(participation.mean.groups), plus);
  const present = teamsShown(order, participation.mean.groups);
  const commentsAt = new Map<string, string[]>();
  for (const { at, teams: from } of participation.comments.groups) {
    commentsAt.set(at, [...(commentsAt.get(at) ?? []), ...from.flatMap((team) => comments.get(team) ?? [])]);
  }

  const released = new Map(teams.map(({ id }) => [id, [] as ConstructFigures[]]));
  const personal = new Map(teams.map(({ id }) => [id, [] as ConstructFigures[]]));
  for (const construct of instrument.constructs) {
    const empty = emptyTally(instrument, construct.key);
    const own = new Map(asked.map(({ id }) => [id, tallies.get(id)?.get(construct.key) ?? empty]));
    const shape: Shape = { items: itemsOf(instrument, construct.key).length, points: points(instrument) };

    if (construct.about === 'leader') {
      // Every team has another leader: its own ballots count here, and no others.
      for (const { id, electorate } of asked) {
        const tally = own.get(id) ?? empty;
        if (tally.ballots < thresholds.person) continue;
        const evidence = evidenceOf(tally, shape);
        const from = (threshold: number) => (tally.ballots >= threshold ? evidence : undefined);
        personal.get(id)?.push(
          figuresOf(construct, shape, {
            mean: evidence,
            distribution: from(thresholds.distribution),
            reliability: from(thresholds.comments),
            electorate,
            more: false,
          }),
        );
      }
      continue;
    }

    const levels = levelsOf(order, new Map([...own].map(([id, tally]) => [id, tally.ballots])), thresholds);
    // From the smallest groups up: what is kept from telling that a group agrees must stay so in every sum.
    const atoms = levels.mean.groups.map((group) => ({
      team: group.teams[0],
      evidence: evidenceOf(group.teams.map((team) => own.get(team) ?? empty).reduce(addTallies, empty), shape),
    }));
    const sums = (groups: readonly Group[]) => {
      const at = new Map<string, Evidence>();
      for (const group of groups) {
        const teamsOf = new Set(group.teams);
        for (const { team, evidence } of atoms) {
          if (team === undefined || !teamsOf.has(team)) continue;
          const sum = at.get(group.at);
          at.set(group.at, sum ? addEvidence(sum, evidence) : evidence);
        }
      }
      return subtreeSums(order, at, addEvidence);
    };
    const mean = sums(levels.mean.groups);
    const distribution = sums(levels.distribution.groups);
    const reliability = sums(levels.comments.groups);
    const shown = teamsShown(order, levels.mean.groups);
    for (const { id } of order) {
      const evidence = mean.get(id);
      if (!evidence || !shown.has(id)) continue;
      released.get(id)?.push(
        figuresOf(construct, shape, {
          mean: evidence,
          distribution: distribution.get(id),
          reliability: reliability.get(id),
          electorate: electorates.get(id) ?? 0,
          more: levels.mean.loose.has(id),
        }),
      );
    }
  }

  return new Map(
    teams.map(({ id }) => {
      const count = present.has(id) ? (counts.get(id) ?? 0) : 0;
      const here = commentsAt.get(id);
      const report: Report = {
        electorate: electorates.get(id) ?? 0,
        ...(count > 0 ? { ballots: count } : {}),
        more: participation.mean.loose.has(id),
        constructs: released.get(id) ?? [],
        // Sorted first: what the shuffle starts from must not depend on the order of the ballots.
        ...(here ? { comments: shuffle(here.toSorted()) } : {}),
      };
      return [id, { report, personal: personal.get(id) ?? [] }];
    }),
  );
}

/**
 * How many ballots may be said to be in, by team with those under it, while a round is open: those of groups that are
 * large enough, as at the release. A count of anything smaller would tell, ballot by ballot, who took part.
 */
export function ballotsIn(
  teams: readonly RoundTeam[],
  ballots: ReadonlyMap<string, number>,
  threshold: number,
): Map<string, number> {
  const order = bottomUp(teams);
  const asked = order.filter((team) => team.electorate > 0);
  const [level] = formLevels(order, new Map(asked.map(({ id }) => [id, ballots.get(id) ?? 0])), [threshold]);
  return subtreeSums(order, sizesAt(level?.groups ?? []), plus);
}

/**
 * The thresholds as they work together: nothing is released of fewer ballots than a mean, whatever was raised, because
 * a distribution or an average over comments would tell the mean of those few.
 */
function effective(thresholds: Thresholds): Thresholds {
  for (const [name, least] of Object.entries(THRESHOLDS) as [keyof Thresholds, number][]) {
    if (!(thresholds[name] >= least)) throw new RangeError(`The threshold '${name}' can't be lower than ${least}.`);
  }
  const { mean } = thresholds;
  return {
    mean,
    distribution: Math.max(mean, thresholds.distribution),
    comments: Math.max(mean, thresholds.comments),
    person: Math.max(mean, thresholds.person),
    together: Math.max(mean, thresholds.together),
  };
}

/** The levels by name. They are formed in ascending order, which raised thresholds need not keep. */
function levelsOf(teams: readonly RoundTeam[], ballots: ReadonlyMap<string, number>, thresholds: Thresholds) {
  const ascending = [...new Set([thresholds.mean, thresholds.distribution, thresholds.comments])].sort((a, b) => a - b);
  const levels = formLevels(teams, ballots, ascending);
  const at = (threshold: number) => {
    const level = levels[ascending.indexOf(threshold)];
    if (!level) throw new RangeError(`No groups were formed at ${threshold}.`);
    return level;
  };
  return { mean: at(thresholds.mean), distribution: at(thresholds.distribution), comments: at(thresholds.comments) };
}

function sizesAt(groups: readonly Group[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { at, ballots } of groups) sizes.set(at, (sizes.get(at) ?? 0) + ballots);
  return sizes;
}

/** For every team, the sum over itself and all teams under it. `order` has every team after those under it. */
function subtreeSums<T>(
  order: readonly RoundTeam[],
  own: ReadonlyMap<string, T>,
  add: (a: T, b: T) => T,
): Map<string, T> {
  const sums = new Map(own);
  for (const { id, parent } of order) {
    const sum = sums.get(id);
    if (sum === undefined || parent === null) continue;
    const above = sums.get(parent);
    sums.set(parent, above === undefined ? sum : add(above, sum));
  }
  return sums;
}

/**
 * The teams that figures are shown for. Where all that a team could show lies in one team under it, it shows nothing:
 * its sum would be that single team's figures, which are for that team and its leader.
 */
function teamsShown(order: readonly RoundTeam[], groups: readonly Group[]): ReadonlySet<string> {
  const own = new Map(groups.map(({ at }) => [at, new Set([at])]));
  const places = subtreeSums(order, own, (a, b) => new Set([...a, ...b]));
  return new Set([...places].filter(([id, at]) => at.size > 1 || at.has(id)).map(([id]) => id));
}

function plus(a: number, b: number): number {
  return a + b;
}

interface Shape {
  readonly items: number;
  readonly points: number;
}

/**
 * What the figures of one construct rest on, of one group or of several added together. What could tell that a group
 * agrees was taken out group by group, so that it can't be had back by subtracting one team's figures from another's.
 */
interface Evidence {
  readonly ballots: number;
  /** `Tally.options`, in which no group has given the same answers: for reliability alone. */
  readonly options: readonly (readonly number[])[];
  /** `Tally.sums`, in which no group has everybody at one place. */
  readonly sums: readonly number[];
  /** Of `sums`, with no group wholly in one bin. */
  readonly bins: Readonly<Record<Bin, number>>;
  /** Some group had nearly everybody in one bin. */
  readonly aboutBins: boolean;
  /** How many are favourable, with no group counted as all or none. */
  readonly favourable: number;
  /** In how many groups one more, or one fewer, may be favourable. */
  readonly upTo: number;
  readonly downTo: number;
}

function evidenceOf(tally: Tally, shape: Shape): Evidence {
  const { ballots } = tally;
  const sums = apart(tally.sums, ballots);
  const counted = inBins(sums, shape);
  const everyone = BINS.find((bin) => counted[bin] === ballots);
  const neighbour = everyone === 'neutral' ? 'favourable' : 'neutral';
  const bins = everyone ? { ...counted, [everyone]: ballots - 1, [neighbour]: 1 } : counted;
  const { favourable } = counted;
  // All and all but one are one and the same here, and so are none and one.
  const upTo = favourable >= ballots - 1 ? 1 : 0;
  const downTo = favourable <= 1 ? 1 : 0;
  return {
    ballots,
    options: optionsApart(tally),
    sums,
    bins,
    aboutBins: nearlyAllIn(bins, ballots) !== undefined,
    favourable: Math.min(Math.max(favourable, 1), ballots - 1),
    upTo,
    downTo,
  };
}

function addEvidence(a: Evidence, b: Evidence): Evidence {
  return {
    ballots: a.ballots + b.ballots,
    options: a.options.map((counts, item) => counts.map((count, option) => count + (b.options[item]?.[option] ?? 0))),
    sums: a.sums.map((count, level) => count + (b.sums[level] ?? 0)),
    bins: {
      unfavourable: a.bins.unfavourable + b.bins.unfavourable,
      neutral: a.bins.neutral + b.bins.neutral,
      favourable: a.bins.favourable + b.bins.favourable,
    },
    aboutBins: a.aboutBins || b.aboutBins,
    favourable: a.favourable + b.favourable,
    upTo: a.upTo + b.upTo,
    downTo: a.downTo + b.downTo,
  };
}

/**
 * A group in which all have the same sum, counted as the group most like it in which they have not: one person a step
 * off where the scale ends, elsewhere one a step above and one a step below, which leaves the mean where it is.
 */
function apart(sums: readonly number[], ballots: number): readonly number[] {
  const level = sums.indexOf(ballots);
  if (level < 0) return sums;
  const moved = [level - 1, level + 1].filter((beside) => beside >= 0 && beside < sums.length);
  return sums.map((_, at) => (at === level ? ballots - moved.length : moved.includes(at) ? 1 : 0));
}

/** The options that go with `apart`: who is a step off is so on the first item that has room for it. */
function optionsApart({ ballots, options, sums }: Tally): readonly (readonly number[])[] {
  if (!options.every((counts) => counts.includes(ballots))) return options;
  const level = sums.indexOf(ballots);
  const moved = options.map((counts) => [...counts]);
  for (const step of [-1, 1]) {
    if (sums[level + step] === undefined) continue;
    const item = options.findIndex((counts) => counts[counts.indexOf(ballots) + step] !== undefined);
    const at = options[item]?.indexOf(ballots) ?? 0;
    moved[item]?.splice(at, 1, (moved[item][at] ?? 0) - 1);
    moved[item]?.splice(at + step, 1, (moved[item][at + step] ?? 0) + 1);
  }
  return moved;
}

function figuresOf(
  construct: Construct,
  shape: Shape,
  given: {
    readonly mean: Evidence;
    /** Absent where the groups are too small. */
    readonly distribution: Evidence | undefined;
    readonly reliability: Evidence | undefined;
    readonly electorate: number;
    readonly more: boolean;
  },
): ConstructFigures {
  const { ballots } = given.mean;
  const alpha = given.reliability && alphaOf(given.reliability, shape);
  return {
    construct: construct.key,
    electorate: given.electorate,
    ballots,
    more: given.more,
    mean: meanOf(given.mean.sums, shape, given.electorate),
    favourable: favourableOf(given.mean, given.electorate),
    ...(given.distribution ? { distribution: distributionOf(given.distribution) } : {}),
    ...(alpha === undefined ? {} : { alpha }),
  };
}

/** Fewer than three items say too little about each other. */
const ALPHA_ITEMS = 3;

/**
 * The mean keeps one answer's distance from the ends of the scale, and its deviation is at least what a mean on a whole
 * number has when not all agree: so five people who all chose the end look like four who did and one who did not. The
 * interval is made from the released mean and deviation, and tells nothing that they don't.
 */
function meanOf(sums: readonly number[], { items, points: highest }: Shape, electorate: number): Mean {
  const { count, mean, deviation } = moments(sums, 1, 1 / items);
  // Rounded towards the middle, or the rounding would give away what the distance hides.
  const floor = up(1 + 1 / count, 10);
  const ceiling = down(highest - 1 / count, 10);
  const near = nearest(mean, 10);
  const bound: Bound =
    near > ceiling || atLeast(mean, highest - 1 / count)
      ? 'at-least'
      : near < floor || atLeast(1 + 1 / count, mean)
        ? 'at-most'
        : 'exact';
  const value = bound === 'at-least' ? ceiling : bound === 'at-most' ? floor : near;
  const kept = up(Math.max(deviation, leastDeviation(count)), 100);
  const half = halfWidth({ deviation: kept, ballots: count, electorate });
  return {
    value,
    bound,
    deviation: kept,
    interval: {
      // A mean that was kept from an end may lie anywhere up to it.
      low: bound === 'at-most' ? 1 : nearest(Math.max(1, value - half), 10),
      high: bound === 'at-least' ? highest : nearest(Math.min(highest, value + half), 10),
    },
    census: count >= electorate,
  };
}

/** `sqrt(2/(n-1))`: all at one whole number, but for one person a point above it and one a point below. */
function leastDeviation(ballots: number): number {
  return Math.sqrt(2 / (ballots - 1));
}

function favourableOf({ ballots, favourable: count, upTo, downTo }: Evidence, electorate: number): Favourable {
  return {
    count,
    bound: upTo > 0 ? (downTo > 0 ? 'about' : 'at-least') : downTo > 0 ? 'at-most' : 'exact',
    share: nearest(count / ballots, 100),
    wilson: rounded(wilson(count, ballots)),
    certain: rounded(certainShare(count - downTo, count + upTo, ballots, electorate)),
  };
}

function distributionOf({ ballots: of, bins, aboutBins }: Evidence): Distribution {
  const nearlyAll = nearlyAllIn(bins, of);
  return nearlyAll ? { of, nearlyAll } : { of, counts: bins, ...(aboutBins ? { about: true } : {}) };
}

/**
 * Everybody in an outer bin looks like all but one. In the middle that would not do: one person less there moves the
 * mean, and only one on either side leaves it where it is.
 */
function nearlyAllIn(counts: Readonly<Record<Bin, number>>, of: number): Bin | undefined {
  return BINS.find(
    (bin) => counts[bin] >= of - 1 || (bin === 'neutral' && counts.favourable === 1 && counts.unfavourable === 1),
  );
}

/**
 * How many persons are in each bin, by the position of a person's mean m on the scale, (m-1)/(points-1): favourable
 * from 5/8, unfavourable up to 3/8. For one item of five points these are the top two and the bottom two.
 */
function inBins(sums: readonly number[], { items, points: highest }: Shape): Record<Bin, number> {
  const counts = { unfavourable: 0, neutral: 0, favourable: 0 };
  const top = items * (highest - 1);
  sums.forEach((persons, level) => {
    counts[8 * level >= 5 * top ? 'favourable' : 8 * level <= 3 * top ? 'unfavourable' : 'neutral'] += persons;
  });
  return counts;
}

/** Two decimals. Where persons hardly differ there is none, so that its absence does not tell that they all agree. */
function alphaOf({ ballots, options, sums }: Evidence, { items }: Shape): number | undefined {
  if (items < ALPHA_ITEMS) return undefined;
  if (atLeast(leastDeviation(ballots), moments(sums, 1, 1 / items).deviation)) return undefined;
  const variances = options.map((counts) => moments(counts).deviation ** 2);
  const alpha = cronbachAlpha(variances, moments(sums).deviation ** 2);
  return alpha === undefined ? undefined : nearest(alpha, 100);
}

function rounded({ low, high }: Interval): Interval {
  return { low: nearest(low, 100), high: nearest(high, 100) };
}

/** Far below what rounding shows, far above what binary fractions err: 0.8 is not to become 0.81. */
const EPSILON = 1e-9;

function atLeast(a: number, b: number): boolean {
  return a >= b - EPSILON;
}

function nearest(value: number, per: number): number {
  return Math.round(value * per + EPSILON) / per;
}

function up(value: number, per: number): number {
  return Math.ceil(value * per - EPSILON) / per;
}

function down(value: number, per: number): number {
  return Math.floor(value * per + EPSILON) / per;
}
