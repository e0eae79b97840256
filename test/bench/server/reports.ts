import { sql } from 'kysely';
import { REPORTS_PATH } from '../../../src/contract/reports.ts';
import { createApp } from '../../../src/server/app.ts';
import { authenticator } from '../../../src/server/auth/issuers.ts';
import { UNCOUNTED } from '../../../src/server/ballots/ballot-count.ts';
import { summary } from '../statistics.ts';
import type { Figure } from '../figures.ts';
import { makeIssuer, openOrganisation, teamsOf, type BenchServices } from './organisation.ts';

const TEAMS = 200;
const SIZES = [100, 10_000, 1_000_000] as const;

/** What the topmost leader is told of an open round, whose ballots lie in the box: how long that takes, by their number. */
export async function measureReports(services: BenchServices, name: string, rounds: number): Promise<Figure[]> {
  const asks: (() => Promise<void>)[] = [];
  for (const ballots of SIZES) {
    const organisation = `report-${String(ballots)}`;
    const round = await openOrganisation(services, organisation, teamsOf(TEAMS, 2));
    // The database makes them up: of what they say, a report of an open round knows nothing.
    await sql`insert into box (organisation, round, team, key, sealed)
      select ${organisation}, ${round}, 't' || (number % ${TEAMS}), decode(md5(number::text), 'hex'), decode(repeat('00', 540), 'hex')
      from generate_series(1, ${ballots}) as number`.execute(services.database);
    await sql`insert into box_count (organisation, round, team, ballots)
      select organisation, round, team, count(*) from box where organisation = ${organisation} group by organisation, round, team`.execute(services.database);
    const { issuer, token } = await makeIssuer(organisation);
    const app = createApp({ ...services, database: services.requests }, {
      authenticate: authenticator([issuer]),
      limits: { person: () => Promise.resolve(), ballot: () => Promise.resolve() },
      ballotCount: UNCOUNTED,
      publicUrl: 'http://127.0.0.1',
      version: '',
      corsOrigins: [],
    });
    const authorization = `Bearer ${await token('chief')}`;
    asks.push(async () => {
      const answer = await app.request(REPORTS_PATH, { headers: { authorization } });
      const { open } = (await answer.json()) as { readonly open: { readonly ballots: number | null } | null };
      if (open?.ballots !== ballots) throw new Error(`A report spoke of ${String(open?.ballots)} ballots.`);
    });
  }
  const times: number[][] = SIZES.map(() => []);
  for (let round = -3; round < rounds * 3; round += 1) {
    for (const [index, ask] of asks.entries()) {
      const began = performance.now();
      await ask();
      if (round >= 0) times[index]?.push(performance.now() - began);
    }
  }
  const [least = []] = times;
  const few = summary(least);
  return SIZES.map((ballots, index): Figure => {
    const samples = times[index] ?? [];
    const what = `report of an open round with ${ballots.toLocaleString('en')} ballots, ${name}`;
    const alone = { part: 'server', what, unit: 'ms', measured: summary(samples) } as const;
    if (index === 0) return alone;
    return {
      ...alone,
      beside: { what: `with ${SIZES[0].toLocaleString('en')}`, measured: few },
      ratio: summary(samples.map((value, round) => value / (least[round] ?? NaN))),
      target: { is: 'at most', limit: 1.25 },
    };
  });
}
