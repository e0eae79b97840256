import { createHash, createHmac } from 'node:crypto';
import { unseal } from '../../src/server/keys/sealed-box.ts';
import type { Master } from '../../src/server/keys/master.ts';
import type { Known, Player, Question, View } from './game.ts';
import { bytesOf, numbersIn, textOf, type Change, type Row } from './reading.ts';

/** Somebody with one idea. Says nothing where the idea says nothing; then a coin is tossed in its place. */
export interface Attacker {
  readonly name: string;
  readonly question: Question;
  guess(view: View): boolean | undefined;
}

/** Of two candidates the one that only one of two signs points to. */
function either(first: boolean, second: boolean): boolean | undefined {
  return first === second ? undefined : first;
}

function smaller(first: number | undefined, second: number | undefined): boolean | undefined {
  return first === undefined || second === undefined || first === second ? undefined : first < second;
}

function wordsOf(change: Change): string {
  return change.rows.map(textOf).join('\n') + change.log;
}

function bytesIn(rows: readonly Row[]): Buffer[] {
  return rows.flatMap(({ values }) => Object.values(values).flatMap((value) => bytesOf(value) ?? []));
}

/** Whether these answers stand somewhere in what can be read, in one of the forms that a program writes them in. */
function says(change: Change, { answers, text }: Known): boolean {
  const values = Object.values(answers.choices);
  const needles = [
    JSON.stringify(text).slice(1, -1),
    text,
    JSON.stringify(answers.choices),
    JSON.stringify(values).slice(1, -1),
    values.join(', '),
    values.join(''),
    ...(answers.comment === undefined ? [] : [answers.comment]),
  ];
  const places = [wordsOf(change), ...bytesIn(change.rows).flatMap((bytes) => [bytes.toString('latin1'), bytes.toString('utf16le')])];
  // As numbers in columns or fields of their own, in the instrument's order.
  const fields = change.rows.flatMap(({ values: row }) => [
    Object.values(row).filter((value) => typeof value === 'number').join(),
    ...Object.values(row).map((value) => Object.values(numbersIn(value)).join()),
  ]);
  return needles.some((needle) => places.some((place) => place.includes(needle))) || fields.some((field) => field.includes(values.join()));
}

const HASHES = ['sha256', 'sha512', 'sha1', 'md5'] as const;

/** Everything that can be hashed together from these parts without a secret. */
function digestsOf(parts: readonly (string | Buffer)[], keys: readonly (string | Buffer)[]): Buffer[] {
  return HASHES.flatMap((hash) =>
    parts.flatMap((part) => [
      createHash(hash).update(part).digest(),
      ...keys.map((key) => createHmac(hash, key).update(part).digest()),
    ]),
  );
}

/** The least of a digest that can't be there by chance. */
const TELLING = 8;

function holdsDigest(change: Change, digests: readonly Buffer[]): boolean {
  const starts = new Set(digests.map((digest) => digest.subarray(0, TELLING).toString('hex')));
  return bytesIn(change.rows).some((bytes) => bytes.length >= TELLING && starts.has(bytes.subarray(0, TELLING).toString('hex')));
}

/** Tries a set of answers against every digest, under every key that lies in the open. */
function matchesDigest(view: View, change: Change, { text }: Known): boolean {
  const { organisation, round, team } = view;
  const open = change.rows.flatMap(({ values }) => Object.values(values)).filter((value) => typeof value === 'string');
  const keys = ['', organisation, round, team, ...open.map((value) => bytesOf(value) ?? value)];
  const parts = [text, `${team}\0${text}`, `${round}\0${team}\0${text}`, `${organisation}\0${round}\0${team}\0${text}`];
  return holdsDigest(change, digestsOf(parts, keys));
}

/** Whether something about a person was hashed into what came with a ballot. */
function derivedFrom(view: View, change: Change, person: Player, paper: Change): boolean {
  const { organisation, round, team } = view;
  const blinded = bytesIn(paper.rows);
  const parts = [person.id, person.name, `${round}${person.id}`, `${organisation}/${round}/${person.id}`, `${team}\0${person.id}`, ...blinded];
  return holdsDigest(change, digestsOf(parts, [organisation, round, team, person.id]));
}

function names(change: Change, person: Player): boolean {
  if (change.log === '' && change.rows.every((row) => !textOf(row).includes(person.id))) return false;
  const text = wordsOf(change);
  const whole = (needle: string) => new RegExp(`(?<![\\w-])${needle}(?![\\w-])`).test(text);
  return whole(person.id) || whole(person.name);
}

/** Whether the same bytes lie beside a ballot and beside a person. */
function shares(change: Change, paper: Change): boolean {
  const here = bytesIn(change.rows).filter((bytes) => bytes.length >= TELLING);
  const there = bytesIn(paper.rows).filter((bytes) => bytes.length >= TELLING);
  return here.some((some) => there.some((other) => some.includes(other) || other.includes(some)));
}

function placeIn(change: Change, table: string): number | undefined {
  const row = change.rows.find((one) => one.table === table);
  const [block, offset] = (row?.ctid ?? '').replace(/[()]/g, '').split(',').map(Number);
  return block === undefined || offset === undefined ? undefined : block * 1000 + offset;
}

const xminOf = (change: Change) => change.rows[0]?.xmin;

/** All lengths that come with a ballot, those of numbers in words included. */
function lengthOf(change: Change): number {
  return JSON.stringify(change.rows.map(({ values }) => Object.values(values).filter((value) => typeof value !== 'number'))).length + change.log.length;
}

/** The same idea about the same trial is had once: it is put together with others below. */
function once({ name, question, guess }: Attacker): Attacker {
  const had = new WeakMap<View, { readonly guess: boolean | undefined }>();
  return {
    name,
    question,
    guess(view) {
      const before = had.get(view) ?? { guess: guess(view) };
      had.set(view, before);
      return before.guess;
    },
  };
}

const whose = (name: string, points: (view: View, ballot: Change, person: Player, paper: Change) => boolean): Attacker => ({
  name,
  question: 'whose',
  guess(view) {
    const [first, second] = view.ballots;
    const isA = (ballot: Change) => points(view, ballot, view.a, view.papers.a);
    const isB = (ballot: Change) => points(view, ballot, view.b, view.papers.b);
    return either(isA(first) || isB(second), isB(first) || isA(second));
  },
});

const what = (name: string, points: (view: View, ballot: Change, known: Known) => boolean): Attacker => ({
  name,
  question: 'what',
  guess(view) {
    const [first, second] = view.ballots;
    const straight = points(view, first, view.alpha) || points(view, second, view.beta);
    return either(straight, points(view, first, view.beta) || points(view, second, view.alpha));
  },
});

const order = (name: string, paper: (change: Change) => number | undefined, ballot: (change: Change) => number | undefined): Attacker => ({
  name,
  question: 'whose',
  guess({ papers, ballots: [first, second] }) {
    const papersIn = smaller(paper(papers.a), paper(papers.b));
    const ballotsIn = smaller(ballot(first), ballot(second));
    return papersIn === undefined || ballotsIn === undefined ? undefined : papersIn === ballotsIn;
  },
});

/** The first bytes of a column of the row that a request made. */
const startOf = (table: string, column: string) => (change: Change) => {
  const bytes = bytesOf(change.rows.find((row) => row.table === table)?.values[column]);
  return bytes && bytes.length >= 4 ? bytes.readUInt32BE(0) : undefined;
};

const WHOSE = [
  whose('a name or a key of a person beside a ballot', (_, ballot, person) => names(ballot, person)),
  whose('the same bytes beside a person and beside a ballot', (_, ballot, __, paper) => shares(ballot, paper)),
  whose('a hash of a person in a ballot’s row', (view, ballot, person, paper) => derivedFrom(view, ballot, person, paper)),
  order('ballots lie in the order of the papers', (paper) => placeIn(paper, 'elector'), (ballot) => placeIn(ballot, 'box')),
  order('transactions in the order of the papers', xminOf, xminOf),
  order('keys of the box in the order of the papers', xminOf, startOf('box', 'key')),
  order('hashes of the nonces in the order of the blinded elements', startOf('elector', 'blinded'), startOf('spent', 'nonce_hash')),
].map(once);

const WHAT = [
  what('the answers in the clear, in a row or in the log', (_, ballot, known) => says(ballot, known)),
  what('a digest tried against both answers', matchesDigest),
  {
    name: 'the longer of two ballots',
    question: 'what' as const,
    guess({ alpha, beta, ballots: [first, second] }: View) {
      const shorter = smaller(lengthOf(first), lengthOf(second));
      return shorter === undefined ? undefined : shorter === alpha.text.length < beta.text.length;
    },
  },
  {
    name: 'more written to the write-ahead log',
    question: 'what' as const,
    guess({ alpha, beta, ballots: [first, second] }: View) {
      const shorter = smaller(first.numbers['wal'], second.numbers['wal']);
      return shorter === undefined ? undefined : shorter === alpha.text.length < beta.text.length;
    },
  },
  {
    name: 'the order of the keys in the box',
    question: 'what' as const,
    guess: ({ ballots: [first, second] }: View) => smaller(startOf('box', 'key')(first), startOf('box', 'key')(second)),
  },
].map(once);

const WHO: readonly Attacker[] = [
  {
    name: 'the answers beside the person who took a paper',
    question: 'who',
    guess: ({ papers, alpha, beta }) =>
      either(says(papers.a, alpha) || says(papers.b, beta), says(papers.a, beta) || says(papers.b, alpha)),
  },
  // Whose it is and what it says, each by the best idea there is, put together.
  ...WHOSE.flatMap((first) =>
    WHAT.map(
      (second): Attacker => ({
        name: `${first.name}, and ${second.name}`,
        question: 'who',
        guess(view) {
          const isA = first.guess(view);
          const isAlpha = second.guess(view);
          return isA === undefined || isAlpha === undefined ? undefined : isA === isAlpha;
        },
      }),
    ),
  ),
];

/** Those who read everything while the round is open, and have no secret. */
export const WHILE_OPEN: readonly Attacker[] = [...WHOSE, ...WHAT, ...WHO];

/** Those who come after closing, with the master secret too. They have no reading from before. */
export function afterClosing(master: Master): readonly Attacker[] {
  return [
    {
      name: 'a row that names a person and the answers',
      question: 'who',
      guess({ left, a, b, alpha, beta }) {
        const told = (person: Player, known: Known) =>
          left.some((row) => {
            const alone = { rows: [row], numbers: {}, log: '' };
            return names(alone, person) && says(alone, known);
          });
        return either(told(a, alpha) || told(b, beta), told(a, beta) || told(b, alpha));
      },
    },
    {
      name: 'ballots that were left and can be opened, with a hash of the person',
      question: 'who',
      guess(view) {
        const opened = openedBallots(master, view);
        const told = (person: Player, known: Known) =>
          opened.some(({ row, text }) => text === known.text && derivedFrom(view, { rows: [row], numbers: {}, log: '' }, person, { rows: [], numbers: {}, log: '' }));
        return either(told(view.a, view.alpha) || told(view.b, view.beta), told(view.a, view.beta) || told(view.b, view.alpha));
      },
    },
    {
      name: 'the order of people in what was left, and the order of their answers',
      question: 'who',
      guess({ left, a, b, alpha, beta }) {
        const all = left.filter(({ table }) => table !== 'person' && table !== 'membership').map(textOf).join('\n');
        const people = smaller(foundAt(all, `"${a.id}"`), foundAt(all, `"${b.id}"`));
        const sign = ({ answers, text }: Known) => JSON.stringify(answers.comment ?? text).slice(1, -1);
        const said = smaller(foundAt(all, sign(alpha)), foundAt(all, sign(beta)));
        return people === undefined || said === undefined ? undefined : people === said;
      },
    },
  ];
}

function foundAt(text: string, needle: string): number | undefined {
  const at = text.indexOf(needle);
  return at < 0 ? undefined : at;
}

function openedBallots(master: Master, { left, organisation, round, team }: View): { readonly row: Row; readonly text: string }[] {
  const wrapped = left.flatMap(({ values }) => bytesOf(values['box_key']) ?? []);
  const keys = wrapped.flatMap((key) => {
    try {
      return [master.unwrap('round box', `${organisation}/${round}`, key)];
    } catch {
      return [];
    }
  });
  return left.flatMap((row) => {
    const sealed = bytesOf(row.values['sealed']);
    return sealed === undefined
      ? []
      : keys.flatMap((key) => {
          try {
            return [{ row, text: unseal(key, team, sealed) }];
          } catch {
            return [];
          }
        });
  });
}
