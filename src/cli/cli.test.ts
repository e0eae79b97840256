import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { INSTRUMENTS } from '../domain/instruments.ts';
import { openServices, type OpenServices } from '../server/main.ts';
import { makeOrganisation } from '../server/organisations/organisations.ts';
import { openDueRounds } from '../server/rounds/opening.ts';
import type { RosterError } from '../server/roster/csv.ts';
import { loadRoster } from '../server/roster/roster.ts';
import { readSettings } from '../server/settings.ts';
import { lockFolder } from '../server/store/folder-lock.ts';
import type { Context } from './context.ts';
import { run } from './run.ts';

const SECRET = 'a-secret-of-at-least-thirty-two-characters';
const INIT = ['init', '--organisation', 'de-linde', '--name', 'Zorggroep De Linde'];
const SECOND = ['init', '--organisation', 'de-beuk', '--name', 'De Beuk'];
const SERIES = [
  ...['series', 'start', '--instrument', 'learning-pulse', '--start', '2027-01-11', '--every', '4w'],
  ...['--days', '4', '--time-zone', 'Europe/Amsterdam'],
];
const PEOPLE = `person,name,team,role
ada@example.org,Ada de Wit,De Linde,leader
bo@example.org,Bo Vermeer,De Linde / Noord,member
cem@example.org,Cem Aydin,De Linde / Noord,member
dora@example.org,Dora Smit,De Linde / Zuid,member
`;

let top = '';
/** One database for the tests that do not care where it lies, emptied for each: opening one takes a second. */
let shared: OpenServices;
let open: Context['open'];
/** Where the test at hand works. */
let cwd = '';
let now = new Date('2027-01-05T10:00:00Z');

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function contextWith(environment: Record<string, string>, out: { stdout: string; stderr: string }): Context {
  return {
    environment: { DATA_DIR: join(cwd, 'data'), LOG_LEVEL: 'silent', ...environment },
    stdout: { write: (text) => { out.stdout += text; } },
    stderr: { write: (text) => { out.stderr += text; } },
    cwd,
    now: () => now,
    open: (settings, secret) => open(settings, secret),
    fetch,
    untilStopped: () => Promise.resolve(),
    showStacks: () => undefined,
  };
}

async function leerkring(words: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
  const out = { stdout: '', stderr: '' };
  const code = await run(words, contextWith(environment, out));
  return { code, ...out };
}

/** What a command says that must be done. */
async function done(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await leerkring(words);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return stdout;
}

/** The one document that a command prints with `--json`. */
async function document<T>(...words: string[]): Promise<T> {
  return JSON.parse(await done(...words, '--json')) as T;
}

/** The sentence in which a command refuses. */
async function refused(
  code: 1 | 2,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const ran = await leerkring(words, environment);
  assert.deepEqual({ code: ran.code, stdout: ran.stdout }, { code, stdout: '' }, ran.stderr);
  assert.doesNotMatch(ran.stderr, /^\s+at /m, 'no stack');
  const inJson = await leerkring([...words, '--json'], environment);
  assert.equal(inJson.code, code);
  assert.equal(inJson.stdout, '');
  const { error } = JSON.parse(inJson.stderr) as { error: string };
  assert.equal(error, ran.stderr.split('\n')[0]);
  return ran.stderr.trimEnd();
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(cwd, name), content);
  return name;
}

before(async () => {
  top = await mkdtemp(join(tmpdir(), 'leerkring-cli-'));
  shared = await openServices(readSettings({ DATA_DIR: join(top, 'shared'), LOG_LEVEL: 'silent' }), SECRET);
});
after(async () => {
  await shared.close();
  await rm(top, { recursive: true, force: true });
});

let made = 0;
beforeEach(async () => {
  made += 1;
  cwd = join(top, String(made));
  now = new Date('2027-01-05T10:00:00Z');
  await mkdir(cwd);
  await write('leerkring.env', `LEERKRING_SECRET=${SECRET}\n`);
  await sql`truncate organisation, series, round, spent, box cascade`.execute(shared.database);
  await makeOrganisation(shared, { id: 'de-linde', name: 'Zorggroep De Linde' });
  open = () => Promise.resolve({ ...shared, close: () => Promise.resolve() });
});

describe('leerkring init', () => {
  beforeEach(() => rm(join(cwd, 'leerkring.env')));

  it('makes an organisation and a secret that only its owner can read, and says what to do next', async () => {
    open = openServices;
    const said = await done(...INIT);
    const file = join(cwd, 'leerkring.env');
    const secret = /^LEERKRING_SECRET=([\w-]{43})$/m.exec(await readFile(file, 'utf8'))?.[1] ?? '';
    assert.notEqual(secret, '');
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.match(said, /Zorggroep De Linde/);
    assert.match(said, /^ {2}[\w-]{43}$/m, 'the fingerprint');
    assert.match(said, /no backup of the database/);
    assert.match(said, /roster import/);
    assert.ok(!said.includes(secret), 'the secret is not shown');
    const rounds = await document<{ organisation: string }>('round', 'list');
    assert.equal(rounds.organisation, 'de-linde', 'and the secret is read from then on');

    await rm(file);
    assert.match(
      await refused(1, SECOND),
      /LEERKRING_SECRET is not the secret that the ballot key of de-linde was made with/,
    );
    assert.ok(!existsSync(file), 'a secret that opens nothing is not left behind');
    assert.match(await refused(1, ['round', 'list']), /LEERKRING_SECRET is missing\. `leerkring init` makes one/);
    assert.match(
      await refused(1, ['round', 'list'], { LEERKRING_SECRET: SECRET }),
      /LEERKRING_SECRET is not the secret/,
    );
  });

  it('uses the secret there is for one more organisation, and then it has to be said which is meant', async () => {
    await write('leerkring.env', `LEERKRING_SECRET=${SECRET}\n`);
    const second = await document<{ fingerprint: string; secretFile: null }>(...SECOND);
    assert.equal(second.secretFile, null);
    assert.match(second.fingerprint, /^[\w-]{43}$/);
    assert.match(
      await refused(1, ['round', 'list']),
      /Say which organisation, with --organisation: de-beuk, de-linde\./,
    );
    assert.match(await refused(1, ['round', 'list', '--organisation', 'de-eik']), /There is no organisation de-eik/);
    assert.equal(
      (await document<{ organisation: string }>('--organisation', 'de-beuk', 'round', 'list')).organisation,
      'de-beuk',
    );
  });

  it('leaves nothing behind when it is refused', async () => {
    assert.equal(await refused(1, INIT), 'There already is an organisation de-linde.');
    assert.match(await refused(1, ['init', '--organisation', 'De Linde', '--name', 'x']), /lower-case words/);
    assert.ok(!existsSync(join(cwd, 'leerkring.env')));
  });

  it('never overwrites a settings file', async () => {
    await write('leerkring.env', 'PORT=4999\n');
    assert.match(await refused(1, SECOND), /leerkring\.env is there already and has no LEERKRING_SECRET.*--env/);
    assert.equal(await readFile(join(cwd, 'leerkring.env'), 'utf8'), 'PORT=4999\n');
    const { secretFile } = await document<{ secretFile: string }>(...SECOND, '--env', 'other.env');
    assert.equal(secretFile, join(cwd, 'other.env'));
  });

  it('wants a key and a name, and no demo', async () => {
    assert.match(await refused(2, ['init', '--name', 'De Linde']), /--organisation/);
    assert.match(await refused(2, ['init', '--organisation', 'de-linde']), /--name/);
    assert.match(await refused(1, INIT, { LEERKRING_DEMO: '1' }), /A demo makes its own organisation/);
  });
});

describe('leerkring roster import', () => {
  it('shows what would change, and changes nothing, as a dry run', async () => {
    const said = await done('roster', 'import', await write('people.csv', PEOPLE), '--dry-run');
    assert.match(said, /Teams added: 3/);
    assert.match(said, /Noord \(de-linde\.noord\) under De Linde/);
    assert.match(said, /Ada de Wit \(ada@example\.org\): leader of De Linde/);
    assert.match(said, /nothing was changed/);
    const roster = await loadRoster(shared.database, 'de-linde');
    assert.deepEqual(roster, { teams: [], people: [], memberships: [] });
  });

  it('imports, and tells who is added, moved and removed', async () => {
    await done('roster', 'import', await write('people.csv', PEOPLE));
    const next = PEOPLE.replace('Dora Smit,De Linde / Zuid', 'Dora Smit,De Linde / Noord')
      .replace(/cem.*\n/, '')
      .concat('eva@example.org,Eva Bos,De Linde / West,leader\n');
    const words = ['roster', 'import', await write('next.csv', `\ufeff${next}`)] as const;
    const dry = await document<{ dryRun: boolean; difference: object }>(...words, '--dry-run');
    const said = await done(...words);
    assert.match(said, /People added: 1\n {2}Eva Bos \(eva@example\.org\): leader of West/);
    assert.match(said, /People removed: 1\n {2}Cem Aydin \(cem@example\.org\): member of Noord/);
    assert.match(said, /People moved: 1\n {2}Dora Smit \(dora@example\.org\): member of Zuid -> member of Noord/);
    assert.match(said, /Teams removed: 1\n {2}Zuid/);
    assert.match(said, /The roster has 4 people in 3 teams/);
    assert.equal(dry.dryRun, true);
    assert.match(await done(...words), /says what the roster says already/);
  });

  it('lists every error by line and column, and changes nothing', async () => {
    const file = await write('people.csv', `${PEOPLE}fay@example.org,,De Linde,boss\n`);
    const said = await refused(1, ['roster', 'import', file]);
    assert.match(said, /^people\.csv has 2 errors; nothing was changed\.$/m);
    assert.match(said, /^ {2}line 6, column 2 \(name\): /m);
    assert.match(said, /^ {2}line 6, column 4 \(role\): 'boss' is not a role|^ {2}line 6, column 4 \(role\): .*boss/m);
    const { stderr } = await leerkring(['roster', 'import', file, '--json']);
    const { errors } = JSON.parse(stderr) as { errors: (Omit<RosterError, 'message'> & { message: string })[] };
    assert.deepEqual(
      errors.map(({ line, column, columnName }) => [line, column, columnName]),
      [[6, 2, 'name'], [6, 4, 'role']],
    );
    assert.equal(typeof errors[0]?.message, 'string');
  });

  it('reads bytes: a workbook is told apart', async () => {
    const file = await write('people.csv', Buffer.from('504b030414000600', 'hex'));
    assert.match(await refused(1, ['roster', 'import', file]), /CSV/);
  });

  it('refuses to remove more than half of the people, unless that is meant', async () => {
    await done('roster', 'import', await write('people.csv', PEOPLE));
    const cut = await write('cut.csv', PEOPLE.split('\n').slice(0, 2).join('\n'));
    assert.match(
      await refused(1, ['roster', 'import', cut]),
      /would remove 3 of the 4 people, so nothing was changed.*--allow-removals/,
    );
    assert.match(await done('roster', 'import', cut, '--dry-run'), /refused without --allow-removals/);
    const half = await write('half.csv', PEOPLE.split('\n').slice(0, 3).join('\n'));
    assert.match(
      await done('roster', 'import', half, '--dry-run'),
      /People removed: 2[^]*The roster would have 2 people/,
    );
    assert.match(await done('roster', 'import', cut, '--allow-removals'), /The roster has 1 person in 1 team\./);
  });

  it('says that a file is not there', async () => {
    assert.equal(await refused(1, ['roster', 'import', 'none.csv']), "none.csv can't be read: there is no such file.");
    assert.match(await refused(2, ['roster', 'import']), /file\.csv/);
  });
});

describe('leerkring series start', () => {
  beforeEach(async () => {
    await done('roster', 'import', await write('people.csv', PEOPLE));
  });

  it('says when the first three rounds are, on the clock of the organisation', async () => {
    const said = await done(...SERIES, '--opens', '08:30', '--start', '2027-03-01');
    assert.match(said, /asked of de-linde and the teams under it/);
    assert.match(said, /opens Mon 1 March 2027, 08:30 {3}closes Fri 5 March 2027, 17:00/);
    assert.match(said, /opens Mon 29 March 2027, 08:30 /, 'in summer time too');
    assert.equal(said.match(/opens Mon/g)?.length, 3);
  });

  it('gives the moments to a program', async () => {
    const series = await document<{ teams: string[]; rounds: { number: number; opensAt: string }[] }>(
      ...[...SERIES, '--every', '1m', '--team', 'de-linde.noord', 'de-linde.zuid'],
    );
    assert.deepEqual(series.teams, ['de-linde.noord', 'de-linde.zuid']);
    assert.deepEqual(series.rounds.map(({ number, opensAt }) => [number, opensAt]), [
      [0, '2027-01-11T08:00:00.000Z'],
      [1, '2027-02-11T08:00:00.000Z'],
      [2, '2027-03-11T08:00:00.000Z'],
    ]);
  });

  it('tells of a start in the past that its rounds are over', async () => {
    assert.match(await done(...SERIES, '--start', '2026-06-01'), /The start lies in the past/);
  });

  it('refuses what is typed wrong in the words of the command line', async () => {
    assert.match(await refused(2, [...SERIES, '--start', '2027-02-29']), /^--start: '2027-02-29' is not a day/);
    assert.match(await refused(2, [...SERIES, '--every', 'month']), /^--every: .*4w or 1m/);
    assert.match(await refused(2, [...SERIES, '--every', '0w']), /^--every: 0 is not/);
    assert.match(await refused(2, [...SERIES, '--opens', '9 uur']), /^--opens: /);
    assert.match(await refused(2, [...SERIES, '--time-zone', 'Amsterdam']), /^--time-zone: .*Europe\/Amsterdam/);
    assert.match(await refused(2, [...SERIES, '--days', '0', '--closes', '08:00']), /^--closes: .*set --days to 1/);
    assert.match(await refused(2, [...SERIES, '--days', 'four']), /--days.*whole number/);
    assert.match(await refused(2, ['series', 'start']), /--instrument/);
  });

  it('refuses teams and instruments that are not there', async () => {
    assert.match(await refused(1, [...SERIES, '--team', 'de-eik']), /There is no team de-eik/);
    assert.match(await refused(1, [...SERIES, '--instrument', 'mood']), /There is no instrument mood/);
  });
});

it('leerkring series start wants a roster first', async () => {
  assert.match(await refused(1, SERIES), /There are no teams yet.*roster import/);
});

describe('leerkring series list and stop', () => {
  const NOORD = [...SERIES, '--team', 'de-linde.noord'];
  const ZUID = [...SERIES, '--team', 'de-linde.zuid', '--every', '1m'];

  interface Listed {
    readonly series: readonly {
      readonly id: string;
      readonly stoppedAt: string | null;
      readonly next: object | null;
    }[];
  }

  beforeEach(async () => {
    await done('roster', 'import', await write('people.csv', PEOPLE));
  });

  async function started(words: readonly string[]): Promise<string> {
    return (await document<{ series: string }>(...words)).series;
  }

  it('list says that there is none yet', async () => {
    assert.match(await done('series', 'list'), /no series yet.*series start --help/);
    assert.deepEqual(await document('series', 'list'), { organisation: 'de-linde', series: [] });
  });

  it('list shows what is asked of whom, and when next, those that run first', async () => {
    const ended = await started(NOORD);
    await done('series', 'stop', ended);
    const runs = await started(ZUID);
    const said = await done('series', 'list');
    assert.equal(
      said,
      `${runs}  learning-pulse, version 1, asked of de-linde.zuid and the teams under it
  every month; the next round opens on Mon 11 January 2027, 09:00 (Europe/Amsterdam)
${ended}  learning-pulse, version 1, asked of de-linde.noord and the teams under it
  stopped on Tue 5 January 2027, 11:00 (Europe/Amsterdam)
`,
    );
    const { series } = await document<Listed>('series', 'list');
    assert.deepEqual(series.map(({ id, stoppedAt, next }) => ({ id, stoppedAt, next })), [
      {
        id: runs,
        stoppedAt: null,
        next: { number: 0, opensAt: '2027-01-11T08:00:00.000Z', closesAt: '2027-01-15T16:00:00.000Z' },
      },
      { id: ended, stoppedAt: now.toISOString(), next: null },
    ]);
  });

  it('stop lets an open round go on, and opens no other', async () => {
    const id = await started(NOORD);
    now = new Date('2027-01-12T10:00:00Z');
    const [round = ''] = await openDueRounds({ ...shared, now: () => now }, 600);
    const said = await done('series', 'stop', id.slice(0, 8).toUpperCase());
    assert.ok(said.includes(id), said);
    assert.match(said, /opens no more rounds\. A round of it that is open now goes on to its end/);
    const { rounds } = await document<{ rounds: { id: string; state: string }[] }>('round', 'list');
    assert.deepEqual(rounds.map((one) => [one.id, one.state]), [[round, 'open']]);
    now = new Date('2027-02-09T10:00:00Z');
    assert.deepEqual(await openDueRounds({ ...shared, now: () => now }, 600), []);
  });

  it('stop is done once, after which the teams can be asked by another series', async () => {
    const id = await started(NOORD);
    assert.match(await refused(1, SERIES), /de-linde\.noord is asked learning-pulse by another series/);
    assert.deepEqual(await document('series', 'stop', id), {
      organisation: 'de-linde',
      series: id,
      stoppedAt: now.toISOString(),
    });
    assert.equal(
      await refused(1, ['series', 'stop', id]),
      `The series ${id} was stopped before, on Tue 5 January 2027, 11:00 (Europe/Amsterdam).`,
    );
    await done(...SERIES);
  });

  it('stop refuses a beginning that is of no series, or of more than one, and says what those are', async () => {
    await started(NOORD);
    assert.match(await refused(1, ['series', 'stop', 'zzz']), /There is no series zzz\. `leerkring series list`/);
    assert.match(await refused(2, ['series', 'stop']), /id/);
    assert.match(await refused(2, ['series', 'stop', '']), /^Say which series/, 'an empty variable of a script');
    await sql`update series set id = 'abc1'`.execute(shared.database);
    await started(ZUID);
    await sql`update series set id = 'abc2' where id <> 'abc1'`.execute(shared.database);
    const said = await refused(1, ['series', 'stop', 'abc']);
    assert.match(said, /^More than one series begins with abc: type more of it\.$/m);
    assert.match(said, /^ {2}abc1 {2}learning-pulse, version 1, asked of de-linde\.noord /m);
    assert.match(said, /^ {2}abc2 {2}.* de-linde\.zuid /m);
    const { stderr } = await leerkring(['series', 'stop', 'abc', '--json']);
    assert.deepEqual((JSON.parse(stderr) as { series: string[] }).series, ['abc1', 'abc2']);
    const { series } = await document<Listed>('series', 'list');
    assert.deepEqual(series.map(({ stoppedAt }) => stoppedAt), [null, null], 'nothing was stopped');
  });
});

describe('leerkring round', () => {
  interface Rounds {
    readonly rounds: readonly { readonly id: string; readonly state: string; readonly electorate: number }[];
  }

  /** Two rounds that are open on the 12th. @returns their ids */
  async function openTwo(): Promise<string[]> {
    await done('roster', 'import', await write('people.csv', PEOPLE));
    await done(...SERIES, '--team', 'de-linde.noord');
    await done(...SERIES, '--team', 'de-linde.zuid');
    now = new Date('2027-01-12T10:00:00Z');
    return openDueRounds({ ...shared, now: () => now }, 600);
  }

  it('list says that there is none yet', async () => {
    assert.match(await done('round', 'list'), /no round yet/);
    assert.deepEqual(await document('round', 'list'), { organisation: 'de-linde', rounds: [] });
  });

  it('list shows when they are, by the clock of the series, and no more of an open one than that', async () => {
    const ids = await openTwo();
    const said = await done('round', 'list');
    for (const id of ids) assert.ok(said.includes(id));
    assert.match(
      said,
      /learning-pulse, asked of 2: open\n {2}Mon 11 January 2027, 09:00 to Fri 15 January 2027, 17:00 \(Europe\/Amsterdam\)/,
    );
    const { rounds } = await document<Rounds>('round', 'list');
    assert.deepEqual(rounds.map(({ state }) => state), ['open', 'open']);
    assert.deepEqual(
      Object.keys(rounds[0] ?? {}).sort(),
      ['closesAt', 'electorate', 'id', 'instrument', 'number', 'opensAt', 'state', 'timeZone'],
    );
  });

  it('close gives ballots on their way the time of grace, and says when figures come', async () => {
    const [id = ''] = await openTwo();
    const said = await done('round', 'close', id.slice(0, 8));
    assert.match(said, /nobody can take a ballot paper any more/);
    assert.match(said, /until Tue 12 January 2027, 11:10 \(Europe\/Amsterdam\)/);
    assert.match(said, /a running server releases them then, or else the next server/);
    const { rounds } = await document<Rounds>('round', 'list');
    assert.equal(rounds.find((round) => round.id === id)?.state, 'closing');
    const atOnce = await document<{ released: boolean }>('round', 'close', id, '--now');
    assert.equal(atOnce.released, true, 'and it can still be hurried');
  });

  it('close --now brings the figures at once, once', async () => {
    const [id = ''] = await openTwo();
    assert.deepEqual(await document('round', 'close', id, '--now'), {
      organisation: 'de-linde',
      round: id,
      resultsAt: now.toISOString(),
      released: true,
    });
    assert.match(await done('round', 'list'), /figures are out/);
    assert.match(await refused(1, ['round', 'close', id]), /was closed before, and its figures are out/);
  });

  it('close refuses a beginning that is of no round, or of more than one', async () => {
    const ids = await openTwo();
    assert.match(await refused(1, ['round', 'close', 'zzz']), /There is no round zzz.*round list/);
    assert.match(await refused(2, ['round', 'close', '']), /^Say which round/, 'an empty variable of a script');
    const [first = '', second = ''] = ids;
    await sql`
      insert into round select (jsonb_populate_record(round, jsonb_build_object('id', id || 'x', 'number', 9))).*
      from round where id = ${first}`.execute(shared.database);
    const said = await refused(1, ['round', 'close', first]);
    assert.ok(said.includes(`  ${first}  Mon 11 January 2027`), said);
    assert.ok(said.includes(`  ${first}x  Mon 11 January 2027`), said);
    assert.ok(!said.includes(second));
    assert.match(await refused(2, ['round', 'close']), /id/);
  });
});

describe('leerkring instrument import', () => {
  it('adds an instrument once', async () => {
    const file = await write('ours.json', JSON.stringify({ ...INSTRUMENTS[0], key: 'ours' }));
    assert.match(await done('instrument', 'import', file), /The instrument ours, version 1 .* is added/);
    assert.match(await done('instrument', 'import', file), /was there already/);
    assert.equal((await document<{ added: boolean }>('instrument', 'import', file)).added, false);
  });

  it('refuses a version that would change', async () => {
    const changed = { ...INSTRUMENTS[0], summary: { nl: 'Anders', en: 'Different' } };
    assert.match(
      await refused(1, ['instrument', 'import', await write('x.json', JSON.stringify(changed))]),
      /Give it a higher version/,
    );
  });

  it('names what is wrong by its path in the document', async () => {
    const items = [...(INSTRUMENTS[0]?.items ?? []), { key: 'more', construct: 'nothing', text: { nl: 'x', en: 'x' } }];
    const file = await write('x.json', JSON.stringify({ ...INSTRUMENTS[0], items }));
    const path = `items.${String(items.length - 1)}.construct`;
    assert.ok((await refused(1, ['instrument', 'import', file])).includes(`  ${path}: There is no construct nothing.`));
    const { stderr } = await leerkring(['instrument', 'import', file, '--json']);
    assert.deepEqual(
      (JSON.parse(stderr) as { errors: object[] }).errors,
      [{ path, message: 'There is no construct nothing.' }],
    );
    assert.match(await refused(1, ['instrument', 'import', await write('x.json', '{')]), /Not valid JSON/);
  });
});

describe('leerkring thresholds raise', () => {
  it('raises, and never lowers', async () => {
    assert.match(await done('thresholds', 'raise', '--mean', '7', '--comments', '12'), /7 {2}a mean[^]*12 {2}comments/);
    assert.match(await refused(1, ['thresholds', 'raise', '--mean', '6']), /can be raised, never lowered/);
    const { thresholds } = await document<{ thresholds: object }>('thresholds', 'raise', '--mean', '7');
    assert.deepEqual(thresholds, { mean: 7, distribution: 8, comments: 12, person: 8 });
  });

  it('wants to know which, and a whole number', async () => {
    const said = await refused(2, ['thresholds', 'raise']);
    assert.match(said, /--mean 7.*: --mean, --distribution, --comments, --person\.$/);
    assert.match(await refused(2, ['thresholds', 'raise', '--together', '40']), /Unknown option '--together'/);
    assert.match(await refused(2, ['thresholds', 'raise', '--mean', '6.5']), /whole number/);
  });
});

describe('leerkring learning-log settings', () => {
  const settings = ['learning-log', 'settings'];

  it('shows what holds, and writes down nothing of having been asked', async () => {
    const said = await done(...settings);
    assert.match(said, /stays when they leave, without their name \(--leavers keep\)/);
    assert.match(said, /36 months after it was last changed/);
    const acts = await shared.database.selectFrom('audit').select('act').where('act', '=', 'log-settings-changed').execute();
    assert.deepEqual(acts, []);
  });

  it('changes one and leaves the other, and writes down that it did', async () => {
    assert.match(await done(...settings, '--leavers', 'remove'), /goes when they leave[^]*36 months[^]*was shared before goes as the form said then/);
    assert.deepEqual(await document(...settings, '--keep-months', '48'), { organisation: 'de-linde', leavers: 'remove', keepMonths: 48 });
    assert.deepEqual(await document(...settings), { organisation: 'de-linde', leavers: 'remove', keepMonths: 48 });
    const acts = await shared.database.selectFrom('audit').select('detail').where('act', '=', 'log-settings-changed').orderBy('detail').execute();
    assert.deepEqual(acts.map(({ detail }) => detail), [{ leavers: 'remove', keepMonths: 36 }, { leavers: 'remove', keepMonths: 48 }]);
  });

  it('says which entries go, and when, before they do', async () => {
    now = new Date('2027-03-31T10:00:00Z');
    const said = await done(...settings, '--keep-months', '25');
    assert.match(said, /last changed before 28 February 2025 go for good: within an hour/);
    assert.match(said, /--keep-months 36 takes it back/);
    assert.doesNotMatch(await done(...settings, '--keep-months', '36'), /go for good/);
  });

  it('says in its help what holds at first, and that fewer months delete', async () => {
    const help = (await done(...settings, '--help')).replace(/\s+/g, ' ');
    for (const said of [/author leaves; keep at first/, /6 to 120; 36 at first/, /Fewer months delete for good/]) assert.match(help, said);
  });

  it('refuses what is no rule, and a time in which nobody can look back', async () => {
    assert.match(await refused(2, [...settings, '--leavers', 'forget']), /keep, remove/);
    assert.match(await refused(2, [...settings, '--keep-months', 'long']), /whole number/);
    for (const months of ['5', '121']) assert.match(await refused(1, [...settings, '--keep-months', months]), /6 to 120 months/);
  });
});

describe('leerkring settings', () => {
  it('lists all, also when one of them is wrong', async () => {
    const { code, stdout } = await leerkring(['settings'], { PORT: 'wrong' });
    assert.equal(code, 0);
    assert.match(stdout, /^DATABASE_URL\n {2}A PostgreSQL database.*\n {2}When it is not set: /m);
    const list = await document<{ name: string }[]>('settings');
    assert.ok(list.some(({ name }) => name === 'LEERKRING_SECRET'));
  });
});

describe('the settings file', () => {
  it('is read from where it is named, and the environment wins', async () => {
    await write('other.env', 'PORT=wrong\nLOG_LEVEL=silent\n');
    assert.match(await refused(1, ['round', 'list', '--env', 'other.env']), /^PORT must be a port number/);
    assert.match(
      await refused(1, ['round', 'list', '--env', 'other.env'], { PORT: '1' }),
      /^LEERKRING_SECRET is missing/,
    );
    assert.equal(
      await refused(1, ['round', 'list', '--env', 'none.env']),
      "none.env can't be read: there is no such file.",
    );
  });

  it('holds also where the environment has an empty variable', async () => {
    assert.equal((await leerkring(['round', 'list'], { LEERKRING_SECRET: '' })).code, 0);
  });
});

describe('what can be foreseen is told in a sentence', () => {
  beforeEach(() => { open = openServices; });

  it('a folder that another process has', async () => {
    const release = await lockFolder(join(cwd, 'data'));
    assert.match(await refused(1, ['round', 'list']), /^Another process uses the data folder .* Stop it first/);
    await release();
  });

  it('a folder that holds a demo', async () => {
    await rm(join(cwd, 'leerkring.env'));
    await mkdir(join(cwd, 'data'));
    await write('data/demo-secret', SECRET);
    assert.match(await refused(1, ['round', 'list']), /holds a demo\. Set LEERKRING_DEMO=1/);
  });

  it('a PostgreSQL that does not answer, without its password', async () => {
    const url = 'postgres://leerkring:tell-nobody@127.0.0.1:1/leerkring';
    const said = await refused(1, ['round', 'list'], { DATABASE_URL: url });
    assert.match(said, /^PostgreSQL can't be reached \(ECONNREFUSED\).*DATABASE_URL/);
    assert.ok(!said.includes('tell-nobody'));
  });

  it('a data folder that can’t be made', async () => {
    await write('file', '');
    assert.match(
      await refused(1, ['round', 'list'], { DATA_DIR: join(cwd, 'file', 'data') }),
      /file.* can't be written or read \(ENOTDIR\)/,
    );
  });

  it('an organisation that was never made', async () => {
    open = () => Promise.resolve({ ...shared, close: () => Promise.resolve() });
    await sql`truncate organisation cascade`.execute(shared.database);
    assert.match(await refused(1, ['round', 'list']), /no organisation yet\. `leerkring init` makes one/);
  });

  it('serve without issuers, or with a list that is wrong', async () => {
    assert.match(await refused(1, ['serve']), /^ISSUERS_FILE is missing/);
    await write('issuers.json', '[]');
    assert.match(await refused(1, ['serve'], { ISSUERS_FILE: 'issuers.json' }), /^ISSUERS_FILE: /);
  });

  it('and what could not be foreseen has its stack only for who asks', async () => {
    open = () => Promise.reject(new TypeError('tell-nobody'));
    const said = await refused(1, ['round', 'list']);
    assert.equal(said, 'Something went wrong that should not: TypeError. LOG_LEVEL=debug shows where.');
    assert.match((await leerkring(['round', 'list'], { LOG_LEVEL: 'debug' })).stderr, /^\s+at /m);
    await write('other.env', `LEERKRING_SECRET=${SECRET}\nLOG_LEVEL=debug\n`);
    const words = ['round', 'list', '--env', 'other.env'];
    assert.match((await leerkring(words, { LOG_LEVEL: '' })).stderr, /^\s+at /m, 'in the settings file');
    assert.doesNotMatch((await leerkring(words)).stderr, /^\s+at /m, 'but the environment wins');
  });
});

describe('leerkring roster contact', () => {
  it('says whom people ask who are not in the roster, and takes it back', async () => {
    assert.match(await done('roster', 'contact', 'the service desk'), /ask the service desk\./);
    const kept = () => shared.database.selectFrom('organisation').select('contact').executeTakeFirstOrThrow();
    assert.equal((await kept()).contact, 'the service desk');
    assert.match(await done('roster', 'contact'), /ask the administrator/);
    assert.equal((await kept()).contact, null);
    assert.match(await refused(2, ['roster', 'contact', 'two\nlines']), /one line/);
    assert.match(await refused(2, ['roster', 'contact', 'x'.repeat(201)]), /at most 200/);
  });
});

describe('leerkring sign-in forget', () => {
  it('forgets the account of a person, and says so where there is none', async () => {
    await shared.database.insertInto('pinned_sign_in').values({ organisation: 'de-linde', tenant: 't', oid: 'o', person: 'bo@example.org' }).execute();
    assert.match(await done('sign-in', 'forget', 'Bo@example.org'), /next one who signs in as/);
    assert.match(await refused(1, ['sign-in', 'forget', 'bo@example.org']), /No account is known of bo@example.org/);
  });
});

describe('how to use it', () => {
  it('is told, with an example, for each command', async () => {
    const overall = await done('--help');
    const commands = ['serve', 'init', 'roster', 'series', 'sign-in', 'round', 'instrument', 'thresholds', 'settings'];
    for (const word of [...commands, '--json', 'exit code']) {
      assert.ok(overall.includes(word), word);
    }
    const planning = ['init', 'roster import', 'series start', 'series stop', 'instrument import', 'thresholds raise', 'learning-log settings'];
    for (const command of [...planning, 'serve', 'series list', 'round list', 'round close', 'roster contact', 'sign-in forget', 'settings']) {
      const help = await done(...command.split(' '), '--help');
      assert.match(help, new RegExp(`Example:\n {2}leerkring ${command}`), command);
    }
    assert.match(await done('series', 'start', '--help'), /Monday 11 January 2027 at 09:00/);
    assert.match(await done('--version'), /^\d+\.\d+\.\d+\n$/);
  });

  it('is told again after a wrong word, with exit code 2', async () => {
    assert.match(await refused(2, ['rounds']), /Unknown command 'rounds'\. \(Did you mean round\?\)/);
    assert.match(await refused(2, ['round', 'list', '--al']), /Unknown option '--al'/);
    assert.match(await refused(2, ['round', 'list', 'all']), /Too many arguments/);
    const nothing = await leerkring([]);
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /Usage: leerkring/);
    const half = await leerkring(['round', '--json']);
    assert.equal(half.code, 2);
    assert.deepEqual(Object.keys(JSON.parse(half.stderr) as object), ['error']);
  });
});
