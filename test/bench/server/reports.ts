import { sql } from 'kysely';
import { REPORTS_PATH } from '../../../src/contract/reports.ts';
import { release } from '../../../src/domain/release.ts';
import { addTallies, emptyTally, tallyOf, type Tally } from '../../../src/domain/tally.ts';
import { roundsWithInstrument } from '../../../src/server/rounds/queries.ts';
import { compared, type Figure } from '../figures.ts';
import { summary } from '../statistics.ts';
import { answersNumber, appOf, makeIssuer, openOrganisation, teamsOf, type BenchServices } from './organisation.ts';

const TEAMS = 200;
const SIZES = [100, 10_000, 1_000_000] as const;

/** So many different ballots there are: their choices come round after as many. */
const DIFFERENT = 5;

/** A million rows in one statement would be a gigabyte of the embedded database's log before any of it is let go. */
const ROWS = 100_000;

/** The two things that a report may be of: the box of an open round, and what was released of a closed one. */
const KINDS = {
  open: { make: fillBox, told: ({ open }: Told) => open?.ballots },
  released: { make: releaseRound, told: ({ rounds }: Told) => rounds[0]?.report.ballots },
} as const;

/** What is looked at of an answer. */
interface Told {
  readonly open: { readonly ballots: number | null } | null;
  readonly rounds: readonly { readonly report: { readonly ballots: number } }[];
}

/** What the topmost leader is told of a round, open or released: how long that takes, by the number of its ballots. */
export async function measureReports(services: BenchServices, name: string, rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [kind, { make, told }] of Object.entries(KINDS)) {
    const asks: (() => Promise<void>)[] = [];
    for (const ballots of SIZES) {
      const organisation = `report-${kind}-${String(ballots)}`;
      const round = await openOrganisation(services, organisation, teamsOf(TEAMS, 2));
      await make(services, organisation, round, ballots);
      const ask = await leaderOf(services, organisation);
      asks.push(async () => {
        const found = told(await ask());
        if (found !== ballots) throw new Error(`A report spoke of ${String(found)} ballots.`);
      });
    }
    const times = await timesOf(asks, rounds * 3);
    const [least = []] = times;
    const few = summary(least);
    figures.push(
      ...SIZES.map((ballots, index): Figure => {
        const samples = times[index] ?? [];
        const what = `report of ${kind === 'open' ? 'an open' : 'a released'} round with ${ballots.toLocaleString('en')} ballots, ${name}`;
        const about = { part: 'server', what, unit: 'ms' } as const;
        if (index === 0) return { ...about, measured: few };
        return compared(about, samples, { what: `with ${SIZES[0].toLocaleString('en')}`, samples: least }, { is: 'at most', limit: 1.25 });
      }),
    );
  }
  return figures;
}

/** The milliseconds of each, in turn; the first turns only warm up. */
async function timesOf(asks: readonly (() => Promise<void>)[], turns: number): Promise<number[][]> {
  const times: number[][] = asks.map(() => []);
  for (let turn = -3; turn < turns; turn += 1) {
    for (const [index, ask] of asks.entries()) {
      const began = performance.now();
      await ask();
      if (turn >= 0) times[index]?.push(performance.now() - began);
    }
  }
  return times;
}

/** An app, asked by the leader above all teams. */
async function leaderOf(services: BenchServices, organisation: string): Promise<() => Promise<Told>> {
  const { issuer, token } = await makeIssuer(organisation);
  const app = appOf(services, issuer);
  const authorization = `Bearer ${await token('chief')}`;
  return async () => {
    const answer = await app.request(REPORTS_PATH, { headers: { authorization } });
    return (await answer.json()) as Told;
  };
}

/** The database makes them up: of what they say, a report of an open round knows nothing. */
async function fillBox({ database }: BenchServices, organisation: string, round: string, ballots: number): Promise<void> {
  for (let from = 1; from <= ballots; from += ROWS) {
    await sql`insert into box (organisation, round, team, key, sealed)
      select ${organisation}, ${round}, 't' || (number % ${TEAMS}), decode(md5(number::text), 'hex'), decode(repeat('00', 540), 'hex')
      from generate_series(${from}::integer, ${Math.min(from + ROWS - 1, ballots)}::integer) as number`.execute(database);
  }
  await sql`insert into box_count (organisation, round, team, ballots)
    select organisation, round, team, count(*) from box where organisation = ${organisation} group by organisation, round, team`.execute(database);
}

/** What closing leaves of so many ballots, without comments: these are kept to be shown, and are as many as were written. */
async function releaseRound({ database }: BenchServices, organisation: string, round: string, ballots: number): Promise<void> {
  const { body: instrument, thresholds } = await roundsWithInstrument(database)
    .select(['instrument.body', 'round.thresholds'])
    .where('round.organisation', '=', organisation)
    .where('round.id', '=', round)
    .executeTakeFirstOrThrow();
  const teams = await database
    .selectFrom('round_team')
    .select(['team as id', 'parent', 'electorate', 'leader'])
    .where('organisation', '=', organisation)
    .where('round', '=', round)
    .execute();
  const given = new Map(Array.from({ length: TEAMS }, (_, team) => [`t${String(team)}`, Math.floor((ballots + team) / TEAMS)]));
  const tallies = new Map(
    [...given].map(([team, count]) => [
      team,
      new Map(instrument.constructs.map(({ key }) => [key, manyTallies(count, (index) => tallyOf(instrument, key, answersNumber(index)), emptyTally(instrument, key))])),
    ]),
  );
  const released = release({
    instrument,
    thresholds,
    teams: teams.map((team) => ({ ...team, electorate: Math.max(team.electorate, given.get(team.id) ?? 0) })),
    ballots: given,
    tallies,
    comments: new Map(),
    shuffle: (comments) => comments,
  });
  for (const [team, { report, personal }] of released) {
    await database.insertInto('report').values({ organisation, round, team, body: JSON.stringify(report), personal: JSON.stringify(personal) }).execute();
  }
  await database.updateTable('round').set({ box_key: null }).where('organisation', '=', organisation).where('id', '=', round).execute();
}

/** The tally of so many ballots: that of the first few, as often as it takes. */
function manyTallies(count: number, tallyOfBallot: (index: number) => Tally, empty: Tally): Tally {
  const of = (ballots: number) => Array.from({ length: ballots }, (_, index) => tallyOfBallot(index)).reduce(addTallies, empty);
  const few = of(DIFFERENT);
  let sum = of(count % DIFFERENT);
  for (let times = Math.floor(count / DIFFERENT); times > 0; times -= 1) sum = addTallies(sum, few);
  return sum;
}
