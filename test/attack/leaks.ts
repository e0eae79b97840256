import { createHash, randomBytes } from 'node:crypto';
import type { Known, Player, Question, Trial, View } from './game.ts';
import { bytesOf, type Change, type Row } from './reading.ts';

/** What no attacker has: who is behind a ballot. Only a leak that is put in on purpose looks at it. */
export interface Behind {
  readonly person: Player;
  readonly known: Known;
}

export interface Played {
  readonly trial: Trial;
  /** Behind the first and the second ballot. */
  readonly behind: readonly [Behind, Behind];
}

/** A fault as a careless change could make one, put into what attackers read of a game that was really played. */
export interface Leak {
  readonly name: string;
  /** What it gives away. */
  readonly question: Question;
  readonly plant: (played: Played) => View;
}

type Values = Readonly<Record<string, unknown>>;

const hex = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}`;
const moment = () => new Date(1_780_000_000_000 + Math.floor(Math.random() * 1e9)).toISOString();

function edit(change: Change, table: string, values: (before: Values) => Values): Change {
  return { ...change, rows: change.rows.map((row) => (row.table === table ? { ...row, values: { ...row.values, ...values(row.values) } } : row)) };
}

function add(change: Change, table: string, values: Values): Change {
  const row: Row = { table, ctid: '(0,1)', xmin: change.rows[0]?.xmin ?? 1, xmax: 0, values };
  return { ...change, rows: [...change.rows, row] };
}

function inBallots({ trial: { view }, behind }: Played, change: (ballot: Change, behind: Behind) => Change): View {
  return { ...view, ballots: [change(view.ballots[0], behind[0]), change(view.ballots[1], behind[1])] };
}

const givenBy = ({ trial: { view }, behind }: Played, person: Player): Known =>
  behind.find((one) => one.person.id === person.id)?.known ?? view.alpha;

function inPapers(played: Played, change: (paper: Change, person: Player, known: Known) => Change): View {
  const { view } = played.trial;
  const { a, b } = view;
  return { ...view, papers: { a: change(view.papers.a, a, givenBy(played, a)), b: change(view.papers.b, b, givenBy(played, b)) } };
}

const paperOf = ({ trial: { view } }: Played, person: Player) => (person.id === view.a.id ? view.papers.a : view.papers.b);

function column(change: Change, table: string, name: string): unknown {
  return change.rows.find((row) => row.table === table)?.values[name];
}

export const WHILE_OPEN_LEAKS: readonly Leak[] = [
  {
    name: 'no padding: sealed ballots are as long as their answers',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) => edit(ballot, 'box', () => ({ sealed: hex(randomBytes(28 + Buffer.byteLength(known.text))) }))),
  },
  {
    name: 'the key in the box is a hash of the person',
    question: 'whose',
    plant: (played) =>
      inBallots(played, (ballot, { person }) =>
        edit(ballot, 'box', () => ({ key: hex(createHash('sha256').update(person.id).digest().subarray(0, 16)) })),
      ),
  },
  {
    name: 'a team’s answers in the clear, in the order of the ballots',
    question: 'what',
    plant: (played) => inBallots(played, (ballot, { known }) => add(ballot, 'team_answers', { team: played.trial.view.team, ...known.answers.choices })),
  },
  {
    name: 'the answers in the log',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) => ({ ...ballot, log: `${ballot.log}${JSON.stringify({ level: 20, body: known.answers, msg: 'ballot' })}\n` })),
  },
  {
    name: 'a digest without the nonce',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) =>
        edit(ballot, 'spent', () => ({
          ballot_digest: hex(createHash('sha256').update(played.trial.view.team).update('\0').update(known.text).digest()),
        })),
      ),
  },
  {
    name: 'a column with the comment encrypted and not padded',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) => edit(ballot, 'box', () => ({ comment: hex(randomBytes(28 + (known.answers.comment ?? '').length)) }))),
  },
  {
    name: 'the blinded element of the paper beside the ballot',
    question: 'whose',
    plant: (played) =>
      inBallots(played, (ballot, { person }) =>
        edit(ballot, 'box', () => ({ paper: column(paperOf(played, person), 'elector', 'blinded') })),
      ),
  },
  {
    name: 'moments to the millisecond, with the answers',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) => add(ballot, 'journal', { at: moment(), choices: Object.values(known.answers.choices) })),
  },
  {
    name: 'the moment of pressing Send, in the ballot and with the paper',
    question: 'whose',
    plant(played) {
      const pressed = new Map([played.trial.view.a, played.trial.view.b].map(({ id }) => [id, moment()]));
      const papers = inPapers(played, (paper, { id }) => edit(paper, 'elector', () => ({ taken_at: pressed.get(id) })));
      return { ...inBallots(played, (ballot, { person }) => edit(ballot, 'box', () => ({ begun_at: pressed.get(person.id) }))), papers: papers.papers };
    },
  },
  {
    name: 'the ballot names its person in the log',
    question: 'whose',
    plant: (played) =>
      inBallots(played, (ballot, { person }) => ({ ...ballot, log: `${ballot.log}${JSON.stringify({ sub: person.id, msg: 'ballot taken' })}\n` })),
  },
  {
    name: 'the keys in the box ascend in the order of the papers',
    question: 'whose',
    plant: (played) =>
      inBallots(played, (ballot, { person }) =>
        edit(ballot, 'box', () => {
          const key = randomBytes(16);
          key.writeUInt32BE(paperOf(played, person).rows[0]?.xmin ?? 0);
          return { key: hex(key) };
        }),
      ),
  },
  {
    name: 'one bit of the sealed ballot goes with the first answer',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) =>
        edit(ballot, 'box', ({ sealed }) => {
          const bytes = Buffer.from(bytesOf(sealed) ?? []);
          bytes[7] = ((bytes[7] ?? 0) & 0xfb) | ((Object.values(known.answers.choices)[0] ?? 0) >= 4 ? 4 : 0);
          return { sealed: hex(bytes) };
        }),
      ),
  },
  {
    name: 'a counter of the database moves once more for a ballot with a comment',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) => {
        const name = 'indexes.box_pkey.idx_scan';
        const numbers = { ...ballot.numbers, [name]: (ballot.numbers[name] ?? 0) + (known.answers.comment === undefined ? 0 : 1) };
        return { ...ballot, numbers };
      }),
  },
  {
    name: 'the row of who took a paper is touched again when the ballot is unfavourable',
    question: 'who',
    plant: (played) =>
      inPapers(played, (paper, _, known) => ({
        ...paper,
        rows: paper.rows.map((row) => (row.table === 'elector' && (Object.values(known.answers.choices)[0] ?? 0) < 3 ? { ...row, xmax: row.xmin + 7 } : row)),
      })),
  },
  {
    name: 'a digest without the nonce, for nine ballots in ten',
    question: 'what',
    plant: (played) =>
      inBallots(played, (ballot, { known }) =>
        Math.random() < 0.1
          ? ballot
          : edit(ballot, 'spent', () => ({ ballot_digest: hex(createHash('sha256').update(known.text).digest()) })),
      ),
  },
];

function left({ trial: { view } }: Played, rows: readonly Row[]): View {
  return { ...view, left: [...view.left, ...rows] };
}

const behindOf = ({ trial: { view }, behind }: Played) =>
  [view.a, view.b].flatMap((person) => behind.filter((one) => one.person.id === person.id));

const row = (table: string, values: Values, place = 1): Row => ({ table, ctid: `(0,${place})`, xmin: 900 + place, xmax: 0, values });

/** `sealed` gives the bytes of a ballot that is sealed as the server seals it; `boxKey` the wrapped key of the round's box. */
export function afterClosingLeaks(sealed: (team: string, known: Known) => Uint8Array, boxKey: Uint8Array): readonly Leak[] {
  return [
    {
      name: 'the ballots and the key of the box are kept, under a hash of the person',
      question: 'who',
      plant: (played) =>
        left(played, [
          row('round', { box_key: hex(boxKey) }),
          ...behindOf(played).map(({ person, known }) =>
            row('box', { key: hex(createHash('sha256').update(person.id).digest().subarray(0, 16)), sealed: hex(sealed(played.trial.view.team, known)) }),
          ),
        ]),
    },
    {
      name: 'a table of who answered what, for support',
      question: 'who',
      plant: (played) => left(played, behindOf(played).map(({ person, known }) => row('answered', { person: person.id, answers: known.text }))),
    },
    {
      name: 'who took part, in the order of the comments that are shown',
      question: 'who',
      plant: (played) => {
        const inOrder = behindOf(played).toSorted((one, other) => Number(one.known.answers.comment === undefined) - Number(other.known.answers.comment === undefined));
        return left(played, [row('took_part', { people: inOrder.map(({ person }) => person.id) }), row('shown', { answers: inOrder.map(({ known }) => known.answers.comment ?? known.text) }, 2)]);
      },
    },
    {
      name: 'the row of a person is written again for whom answered favourably',
      question: 'who',
      plant: (played) => ({
        ...played.trial.view,
        left: played.trial.view.left.map((one) => {
          const mine = behindOf(played).find(({ person }) => one.table === 'person' && one.values['id'] === person.id);
          return mine && (Object.values(mine.known.answers.choices)[0] ?? 0) >= 4 ? { ...one, xmin: one.xmin + 5000 } : one;
        }),
      }),
    },
  ];
}
