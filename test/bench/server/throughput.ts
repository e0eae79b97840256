import { createHash, randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { BALLOTS_PATH } from '../../../src/contract/ballots.ts';
import { PAPERS_PATH } from '../../../src/contract/rounds.ts';
import { castBallot } from '../../../src/server/ballots/ballots.ts';
import { toBase64url } from '../../../src/server/keys/base64url.ts';
import { listen } from '../../../src/server/main.ts';
import { takePaper } from '../../../src/server/rounds/papers.ts';
import type { StorePlace } from '../../../src/server/store/store.ts';
import { compared, type Figure } from '../figures.ts';
import { answersNumber, appOf, makeIssuer, openOrganisation, prepare, teamsOf, type BenchServices, type Prepared } from './organisation.ts';
import { recordStatements, withValues, type Replay, type Statement } from './statements.ts';

/** How many requests are under way at once: enough to keep both threads and all connections busy. */
const AT_ONCE = 16;

/** How many papers and ballots a round of the measurement takes. */
const IN_A_ROUND = 96;

/** Rounds that only warm up: a server that has run for a minute is compiled, PGlite's machine too; until then a ballot costs half as much again. */
const WARM = 12;

const LEAST = { is: 'at least', limit: 0.6 } as const;

/** Answers per second over HTTP, beside what the cryptography and the database alone would do on the same machine. */
export async function measureThroughput(services: BenchServices, place: StorePlace, name: string, rounds: number): Promise<Figure[]> {
  const teams = teamsOf(Math.ceil(((rounds + WARM) * IN_A_ROUND * 2) / 10) + 1, 10);
  const organisation = 'throughput';
  const round = await openOrganisation(services, organisation, teams);
  const { issuer, token } = await makeIssuer(organisation);
  const app = appOf(services, issuer);
  const server = await listen(app, 0, '127.0.0.1', 'PORT');
  const client = new Client();
  const key = await services.database
    .selectFrom('ballot_key')
    .selectAll()
    .where('organisation', '=', organisation)
    .executeTakeFirstOrThrow();
  const secretKey = services.master.unwrap('ballot key', organisation, key.secret_key);
  const people = Object.keys(teams).flatMap((team) => Array.from({ length: 10 }, (_, at) => ({ team, person: `${team}-${String(at + 1)}` })));
  const next = (count: number): Prepared[] =>
    people.splice(0, count).map(({ team, person }) => prepare({ organisation, round, team }, person, key.public_key));
  const ballotOf = async ({ team, nonce, info }: Prepared, index: number) => ({
    organisation,
    round,
    team,
    nonce: toBase64url(nonce),
    output: toBase64url(await services.poprf.output(secretKey, info, nonce)),
    ...answersNumber(index),
  });

  // What one paper and one ballot send to the database; the first of each warms everything up.
  const [warm, model] = next(2);
  if (!warm || !model) throw new Error('Nobody to ask.');
  const paperOf = (one: Prepared) =>
    takePaper({ ...services, database: services.requests }, { organisation, person: one.person }, JSON.parse(one.paper) as Parameters<typeof takePaper>[2]);
  await paperOf(warm);
  const paper = await recordStatements(() => paperOf(model));
  const modelBallot = await ballotOf(model, 1);
  await castBallot({ ...services, database: services.requests }, await ballotOf(warm, 1));
  const ballot = await recordStatements(() => castBallot({ ...services, database: services.requests }, modelBallot));
  const replay = replayOn(place, ballot.embedded);
  const nonceHash = createHash('sha256').update(model.nonce).digest();
  const boxKey = ballot.statements.flatMap(({ values }) => values).find((value) => value instanceof Uint8Array && value.length === 16);

  const rates = new Map<string, number[]>();
  /** `act` tells how many milliseconds it took. */
  const rate = async (what: string, round: number, count: number, act: () => Promise<number>) => {
    const milliseconds = await act();
    if (round >= 0) rates.set(what, [...(rates.get(what) ?? []), (count * 1000) / milliseconds]);
  };
  // Beside the client, which takes the same share of the machine as when it asks the server.
  const bare = (what: string, round: number, requests: readonly Asked[], act: () => Promise<void>) =>
    rate(what, round, requests.length, async () => {
      const asking = client.send(requests);
      const began = performance.now();
      await act();
      const milliseconds = performance.now() - began;
      await asking;
      return milliseconds;
    });
  for (let at = -WARM; at < rounds; at += 1) {
    const these = next(IN_A_ROUND);
    const others = people.splice(0, IN_A_ROUND);
    const tokens = await Promise.all(these.map(({ person }) => token(person)));
    const askings = these.map(({ paper: body }, index): Asked => ({ path: PAPERS_PATH, body, headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[index] ?? ''}` } }));
    await bare('paper crypto', at, askings, () => each(these, AT_ONCE, ({ info, blinded }) => services.poprf.evaluate(secretKey, info, blinded)));
    await bare('paper sql', at, askings, () =>
      replay.all(others.map(({ person, team }) => withValues(paper.statements, [[model.person, person], [model.team, team], [model.blinded, randomBytes(32)]]))),
    );
    await rate('paper', at, askings.length, () => client.send(askings, server.port));
    const bodies = await Promise.all(these.map(async (one, index) => JSON.stringify(await ballotOf(one, index))));
    const castings = bodies.map((body): Asked => ({ path: BALLOTS_PATH, body, headers: { 'content-type': 'application/json' } }));
    await bare('ballot crypto', at, castings, () => each(these, AT_ONCE, ({ info, nonce }) => services.poprf.output(secretKey, info, nonce)));
    await bare('ballot sql', at, castings, () =>
      replay.all(these.map(({ team }) => withValues(ballot.statements, [[nonceHash, randomBytes(32)], [boxKey, randomBytes(16)], [model.team, team]]))),
    );
    await rate('ballot', at, castings.length, () => client.send(castings, server.port));
  }
  await client.close();
  await server.stop();
  await replay.close();
  const of = (what: string) => rates.get(what) ?? [];
  return (['paper', 'ballot'] as const).flatMap((what): Figure[] => {
    const sql = of(`${what} sql`);
    const crypto = of(`${what} crypto`);
    const slower = median(sql) < median(crypto) ? { what: 'its SQL alone', samples: sql } : { what: 'its cryptography alone', samples: crypto };
    const faster = slower.samples === sql ? { what: 'its cryptography alone', samples: crypto } : { what: 'its SQL alone', samples: sql };
    const about = (aside: string) => ({ part: 'server', what: `${what}s, ${name}${aside}`, unit: '/s' }) as const;
    return [
      compared(about(''), of(what), slower, LEAST),
      compared(about(''), of(what), faster),
    ];
  });
}

/** Sends statements without anything of ours between them and the database. */
function replayOn(place: StorePlace, embedded: { query: (text: string, values: readonly unknown[]) => Promise<unknown> } | undefined) {
  if (place.kind === 'postgres') {
    const pool = new pg.Pool({ connectionString: place.url, max: place.pool });
    const one: Replay = async (statements) => {
      const client = await pool.connect();
      for (const { text, values } of statements) await client.query(text, [...values]);
      client.release();
    };
    return {
      all: (groups: readonly (readonly Statement[])[]) => each(groups, AT_ONCE, one),
      close: () => pool.end(),
    };
  }
  if (!embedded) throw new Error('The embedded database was not asked anything.');
  const one: Replay = async (statements) => {
    for (const { text, values } of statements) await embedded.query(text, values);
  };
  return { all: (groups: readonly (readonly Statement[])[]) => each(groups, AT_ONCE, one), close: () => Promise.resolve() };
}

interface Asked {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

class Client {
  private readonly worker = new Worker(new URL('load.js', import.meta.url));

  /**
   * @param port of the server; without it, a socket of the client's own answers
   * @returns the milliseconds that all of it took
   */
  async send(requests: readonly Asked[], port?: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.worker.once('message', (said: { milliseconds?: number; failed?: string }) => {
        if (said.milliseconds === undefined) reject(new Error(said.failed));
        else resolve(said.milliseconds);
      });
      this.worker.postMessage({ port, atOnce: AT_ONCE, requests });
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}

async function each<T>(list: readonly T[], atOnce: number, act: (one: T) => Promise<unknown>): Promise<void> {
  const rest = list.values();
  const lane = async () => {
    for (const one of rest) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
}
