import type { Question, Trial } from './game.ts';
import { bytesOf, numbersIn, textOf, type Change, type Row } from './reading.ts';

/** Of long values so many bytes from the start and from the end are looked at one by one. */
const START = 32;
const END = 16;
/** How many features vote. */
const VOTERS = 15;

type Features = Readonly<Record<string, number>>;

/** Everything about some rows that is a number or can be made one; knows nothing of what the columns mean. */
function featuresOfRows(rows: readonly Row[]): Features {
  const features: Record<string, number> = {};
  const count = new Map<string, number>();
  for (const { table, ctid, xmin, xmax, values } of rows) {
    const times = count.get(table) ?? 0;
    count.set(table, times + 1);
    const name = `${table}${times === 0 ? '' : ` ${times}`}`;
    const [block = 0, offset = 0] = ctid.replace(/[()]/g, '').split(',').map(Number);
    features[`${name} place`] = block * 1000 + offset;
    features[`${name} xmin`] = xmin;
    features[`${name} xmax`] = xmax;
    for (const [column, value] of Object.entries(values)) {
      const at = `${name}.${column}`;
      const bytes = bytesOf(value) ?? (typeof value === 'string' ? Buffer.from(value) : undefined);
      if (!bytes) {
        for (const [path, number] of Object.entries(numbersIn(value))) features[`${at} ${path}`] = number;
        features[`${at} length`] = JSON.stringify(value).length;
        continue;
      }
      for (const [path, number] of Object.entries(numbersIn(value))) features[`${at} moment${path}`] = number;
      features[`${at} length`] = bytes.length;
      features[`${at} mean`] = bytes.reduce((sum, byte) => sum + byte, 0) / Math.max(1, bytes.length);
      if (bytes.length >= 4) features[`${at} start`] = bytes.readUInt32BE(0);
      if (!bytesOf(value)) continue;
      bytes.subarray(0, START).forEach((byte, index) => { features[`${at} byte ${index}`] = byte; });
      bytes.subarray(-END).forEach((byte, index) => { features[`${at} byte ${index - END}`] = byte; });
    }
  }
  for (const [table, times] of count) features[`${table} rows`] = times;
  return features;
}

const changes = new WeakMap<Change, Features>();

function featuresOf(change: Change): Features {
  const before = changes.get(change) ?? featuresOfChange(change);
  changes.set(change, before);
  return before;
}

function featuresOfChange(change: Change): Features {
  const written = Object.fromEntries((change.log.match(/\d+(\.\d+)?/g) ?? []).map((number, index) => [`log number ${index}`, Number(number)]));
  const numbers = Object.fromEntries(Object.entries(change.numbers).map(([name, value]) => [`number ${name}`, value]));
  return { ...featuresOfRows(change.rows), ...numbers, ...written, 'log length': change.log.length, 'log lines': change.log.split('\n').length };
}

/** For each feature of two that are compared: which has more of it. Swapping the two turns every sign. */
function signs(first: Features, second: Features): Map<string, number> {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  const compared = new Map<string, number>();
  for (const name of names) {
    const [one, other] = [first[name] ?? 0, second[name] ?? 0];
    const sign = Math.sign(one - other);
    if (sign !== 0) compared.set(name, sign);
    // Single bits: a leak need not make anything larger.
    if (!name.includes(' byte ')) continue;
    for (let bit = 0; bit < 8; bit += 1) {
      const step = ((one >> bit) & 1) - ((other >> bit) & 1);
      if (step !== 0) compared.set(`${name} bit ${bit}`, step);
    }
  }
  return compared;
}

/** What distinguishes the two people, what the two ballots, and how the one goes with the other. */
function comparisons({ view }: Trial): Map<string, number> {
  const people = signs(featuresOf(view.papers.a), featuresOf(view.papers.b));
  const ballots = signs(featuresOf(view.ballots[0]), featuresOf(view.ballots[1]));
  const mentions = (person: string) => view.left.filter((row) => textOf(row).includes(`"${person}"`));
  const afterwards = signs(featuresOfRows(mentions(view.a.id)), featuresOfRows(mentions(view.b.id)));
  const all = new Map<string, number>();
  for (const [name, sign] of people) all.set(`paper: ${name}`, sign);
  for (const [name, sign] of ballots) all.set(`ballot: ${name}`, sign);
  for (const [name, sign] of afterwards) all.set(`left: ${name}`, sign);
  // Byte by byte there would be too many pairs, and a counter says nothing that a row's place does not.
  const pairing = (compared: ReadonlyMap<string, number>) => [...compared].filter(([name]) => !/ byte |^number /.test(name));
  const beside = pairing(ballots);
  for (const [paper, one] of pairing(people)) {
    for (const [ballot, other] of beside) all.set(`paper: ${paper}; ballot: ${ballot}`, one * other);
  }
  return all;
}

/** What one learner found and how it did: of so many trials that it had not seen, so many right. */
export interface Learnt {
  readonly name: string;
  readonly trials: number;
  readonly hits: number;
}

/**
 * Learns from the trials at odd places, of which it is told the truth, and is tried on those at even places. It looks
 * at everything, and at every pair of a thing about the people and a thing about the ballots: for a leak that nobody
 * thought of. One learner goes by the feature that told most in learning, one lets the best fifteen vote, each by its
 * log-odds (naive Bayes).
 */
export function learn(trials: readonly Trial[], questions: readonly Question[], coin: () => boolean): Learnt[] {
  const compared = trials.map(comparisons);
  const taught = trials.flatMap((_, index) => (index % 2 === 1 ? [index] : []));
  const tried = trials.flatMap((_, index) => (index % 2 === 0 ? [index] : []));
  return questions.flatMap((question) => {
    const agreement = new Map<string, number>();
    for (const index of taught) {
      const truth = trials[index]?.truth[question] === true ? 1 : -1;
      for (const [name, sign] of compared[index] ?? []) agreement.set(name, (agreement.get(name) ?? 0) + truth * sign);
    }
    const ranked = [...agreement].sort(([, one], [, other]) => Math.abs(other) - Math.abs(one)).slice(0, VOTERS);
    const weighted = ranked.map(([name, sum]) => {
      const right = (1 + (taught.length + sum) / 2) / (taught.length + 2);
      return { name, weight: Math.log(right / (1 - right)) };
    });
    return [1, VOTERS].map((voters) => {
      const voting = weighted.slice(0, voters);
      const hits = tried.filter((index) => {
        const vote = voting.reduce((sum, { name, weight }) => sum + weight * (compared[index]?.get(name) ?? 0), 0);
        return (vote === 0 ? coin() : vote > 0) === trials[index]?.truth[question];
      });
      const names = voters === 1 ? `by ${voting[0]?.name ?? 'nothing'}` : `by the ${voters} features that tell most`;
      return { name: `learnt ${question}, ${names}`, trials: tried.length, hits: hits.length };
    });
  });
}
