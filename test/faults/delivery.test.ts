import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { after, before, test } from 'node:test';
import { openRounds, RequestFailure, type Connection } from '../../src/client/api.ts';
import { sendBallot, takePaper } from '../../src/client/ballots.ts';
import { Delivery, resumable, type DeliveryState, type Order } from '../../src/client/delivery.ts';
import { canAnswer, openStore, type Store } from '../../src/client/storage.ts';
import { BALLOTS_PATH, OPEN_ROUNDS_PATH, PAPERS_PATH } from '../../src/contract/paths.ts';
import { PROBLEM_TYPE, type ProblemKind } from '../../src/contract/problems.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import { runDueWork } from '../../src/server/jobs/clockwork.ts';
import { startPoprf, type Poprf } from '../../src/server/keys/poprf.ts';
import { onPglite } from '../support/databases.ts';
import { allOf, personOf, testOrganisation, testServer, type TestServer } from '../support/server.ts';

type Asked = 'rounds' | 'paper' | 'ballot';

/** What can happen to a request. `reach` sends it on to the server. */
type Fault = (tab: Tab, reach: () => Promise<Response>) => Promise<Response>;

const problem = (kind: ProblemKind, status: number): Fault => () =>
  Promise.resolve(Response.json({ type: PROBLEM_TYPE + kind, status, title: kind, detail: kind }, { status }));
const page = (status: number): Fault => () =>
  Promise.resolve(new Response('<!doctype html><title>Elsewhere</title>', { status, headers: { 'content-type': 'text/html' } }));
const json = (body: unknown): Fault => () => Promise.resolve(Response.json(body));
const lost = () => Promise.reject<Response>(new TypeError('Failed to fetch'));
const late = () => Promise.reject<Response>(new DOMException('The operation timed out.', 'TimeoutError'));
const never = () => new Promise<Response>(() => undefined);

const FAULTS: Readonly<Record<string, Fault>> = {
  'request lost': lost,
  'answer lost': async (_, reach) => { await reach(); return lost(); },
  'timeout before the server': late,
  'timeout after the server': async (_, reach) => { await reach(); return late(); },
  'answer cut off': async (_, reach) => { const text = await (await reach()).text(); return new Response(text.slice(0, text.length / 2)); },
  'an empty answer': json({}),
  'null for an answer': json(null),
  'a page for an answer': page(200),
  '429': problem('too-many-requests', 429),
  '500': problem('internal', 500),
  '503': problem('unavailable', 503),
  'a page that says 502': page(502),
  'null that says 500': () => Promise.resolve(Response.json(null, { status: 500 })),
  '500 after the server': async (tab, reach) => { await reach(); return problem('internal', 500)(tab, reach); },
  'a token that grew old': problem('signed-out', 401),
  'signed out': (tab, reach) => { tab.person.signedIn = false; return problem('signed-out', 401)(tab, reach); },
  'closed before': (tab) => { tab.close(); return never(); },
  'closed after': async (tab, reach) => { await reach(); tab.close(); return never(); },
  'killed before': (tab) => { tab.kill(); return never(); },
  'killed after': async (tab, reach) => { await reach(); tab.kill(); return never(); },
};
/** What only an answer with a paper in it can be: of the right shape, and another's. */
const PAPER_FAULTS: Readonly<Record<string, Fault>> = {
  ...FAULTS,
  'a proof that does not hold': json({ evaluated: 'A'.repeat(43), proof: 'A'.repeat(86) }),
  'a proof that does not hold, after the server': async (tab, reach) => { await reach(); return json({ evaluated: 'A'.repeat(43), proof: 'A'.repeat(86) })(tab, reach); },
};
const FAULTS_AT: Readonly<Record<Asked, Readonly<Record<string, Fault>>>> = { rounds: FAULTS, paper: PAPER_FAULTS, ballot: FAULTS };
const ENDS = ['closed', 'killed'] as const;
const DEATHS = ['closed before', 'closed after', 'killed before', 'killed after'] as const;

/** What goes wrong in one person's story, in the order in which it comes to that moment. */
interface Story {
  readonly name: string;
  readonly requests?: Partial<Record<Asked, readonly string[]>>;
  /** How the page ends in the wait for the ballot's moment. */
  readonly wait?: (typeof ENDS)[number];
  /** By how many milliseconds this browser's clock is wrong, visit by visit; the last for those that follow. */
  readonly clock?: readonly number[];
  /** The storage refuses its write with this number, and only that or all after it. */
  readonly refuses?: { readonly write: number; readonly onwards: boolean };
}

const DAY = 86_400_000;
const YEARS = 3653 * DAY;

function stories(): Story[] {
  const asked = ['rounds', 'paper', 'ballot'] as const;
  const all = (at: Asked) => Object.keys(FAULTS_AT[at]);
  const singles = asked.flatMap((at) => all(at).map((fault): Story => ({ name: `${at}: ${fault}`, requests: { [at]: [fault] } })));
  const waits = ENDS.map((wait): Story => ({ name: `the wait: ${wait}`, wait }));
  const across = all('paper').flatMap((one) => all('ballot').map((two): Story => ({ name: `paper: ${one}, ballot: ${two}`, requests: { paper: [one], ballot: [two] } })));
  const twice = (['paper', 'ballot'] as const).flatMap((at) =>
    all(at).flatMap((one) => all(at).map((two): Story => ({ name: `${at}: ${one}, then ${two}`, requests: { [at]: [one, two] } }))),
  );
  const waited = ENDS.flatMap((wait) =>
    (['paper', 'ballot'] as const).flatMap((at) => all(at).map((fault): Story => ({ name: `the wait: ${wait}, ${at}: ${fault}`, wait, requests: { [at]: [fault] } }))),
  );
  const clocks = [[DAY * 30], [-DAY], [YEARS], [-YEARS], [0, YEARS], [0, -YEARS], [YEARS, 0], [-YEARS, 0]].flatMap((clock) => [
    { name: `clock ${clock.join(' then ')}`, clock },
    ...ENDS.map((wait): Story => ({ name: `clock ${clock.join(' then ')}, the wait: ${wait}`, clock, wait })),
    ...(['paper', 'ballot'] as const).flatMap((at) =>
      DEATHS.map((death): Story => ({ name: `clock ${clock.join(' then ')}, ${at}: ${death}`, clock, requests: { [at]: [death] } })),
    ),
  ]);
  const refused = [1, 2, 3, 4, 5, 6, 7].flatMap((write) =>
    [false, true].flatMap((onwards): Story[] => {
      const refuses = { write, onwards };
      const name = `the storage refuses write ${String(write)}${onwards ? ' and all after it' : ''}`;
      return [
        { name, refuses },
        ...ENDS.map((wait): Story => ({ name: `${name}, the wait: ${wait}`, refuses, wait })),
        ...(['paper', 'ballot'] as const).flatMap((at) =>
          ['answer lost', 'signed out', ...DEATHS].map((fault): Story => ({ name: `${name}, ${at}: ${fault}`, refuses, requests: { [at]: [fault] } })),
        ),
      ];
    }),
  );
  return [...singles, ...waits, ...across, ...twice, ...waited, ...clocks, ...refused];
}

/**
 * The stories in which a ballot is lost: the outbox, which is the third thing written, is not kept, and the page ends
 * after the paper was taken and before the ballot is sent.
 */
function canBeLost({ refuses, wait, requests }: Story): boolean {
  if (!refuses || refuses.write > 3) return false;
  const afterPaper = requests?.paper?.some((death) => death === 'closed after' || death === 'killed after') ?? false;
  if (!refuses.onwards) return refuses.write === 3 && afterPaper;
  return afterPaper || wait === 'killed' || (requests?.ballot?.some((death) => death === 'closed before' || death === 'killed before') ?? false);
}

/** A step that falls out of the enumeration shows here. */
const STORIES = 62 + 2 + 22 * 20 + 22 * 22 + 20 * 20 + 2 * 42 + 8 * 11 + 14 * 15;
/** All ways in which the five steps of one tab can lie between the five of another. */
const INTERLEAVINGS = 252;

/** Which page does what is being done; nothing stands for the server. */
const at = new AsyncLocalStorage<Tab>();
/** While the round is open. */
const NOW = Date.parse('2026-11-03T12:00:00Z');

onPglite('a ballot, with a fault at every step', (database) => {
  let poprf: Poprf;
  let server: TestServer;
  let organisation: string;
  let people: string[];
  const realFetch = globalThis.fetch;
  const realNow = Date.now;
  before(async () => {
    poprf = startPoprf();
    server = await testServer(database.store(), poprf);
    const teams = Object.fromEntries(Array.from({ length: 180 }, (_, index) => [`t${String(index)}`, 12]));
    organisation = await testOrganisation(server, teams);
    await runDueWork(server.services, 600);
    people = Object.keys(teams).flatMap((team) => Array.from({ length: 12 }, (_, index) => `${team}-${String(index + 1)}`));
    Date.now = () => at.getStore()?.now ?? realNow();
    globalThis.fetch = (input, init) => {
      const tab = at.getStore();
      assert.ok(tab, 'a request that no tab made');
      return tab.fetch(input as URL | string, init ?? {});
    };
  });
  after(async () => {
    globalThis.fetch = realFetch;
    Date.now = realNow;
    await poprf.close();
  });

  /** How many ballots have been counted so far, with what they said. */
  const cast: number[] = [];
  const newPerson = () => {
    const id = people.pop();
    assert.ok(id !== undefined, 'there are people enough');
    return new Person(id, organisation, server, 1 + (cast.length % 5));
  };

  test('is counted once, and the person is told the truth', async () => {
    const all = stories();
    assert.equal(all.length, STORIES);
    assert.equal(new Set(all.map(({ name }) => name)).size, STORIES);
    const lost: string[] = [];
    for (const story of all) {
      const person = newPerson();
      const before = await ballotsIn(server, organisation);
      try {
        const end = await live(person, story);
        assert.deepEqual(person.lies, []);
        assert.deepEqual(person.untold, [], 'every fault of the story came to pass');
        assert.equal(await ballotsIn(server, organisation), before + person.accepted.size);
        if (person.accepted.size === 0) {
          // Only what the browser would not keep, and said so, can be lost with the page.
          assert.ok(person.warned, 'A ballot was lost, and nobody was warned.');
          assert.ok(['taken', 'paper-taken'].includes(end), end);
          lost.push(story.name);
        } else {
          assert.equal(person.accepted.size, 1);
          assert.ok(['in-the-box', 'taken'].includes(end), end);
          cast.push(person.choice);
        }
      } catch (error) {
        throw new Error(`${story.name}: ${(error as Error).message}\n${person.told.join('\n')}`, { cause: error });
      }
    }
    assert.deepEqual(lost, all.filter(canBeLost).map(({ name }) => name));
  });

  test('is one ballot when two tabs send, whichever step comes first', async () => {
    const all = interleavings(5, 5);
    assert.equal(all.length, INTERLEAVINGS);
    for (const order of all) {
      const person = newPerson();
      const before = await ballotsIn(server, organisation);
      const tabs = [new Tab(person, true), new Tab(person, true)] as const;
      const round = await tabs[0].within(async () => (await person.open()));
      for (const [index, tab] of tabs.entries()) tab.send({ ...orderOf(round, person), answers: allOf(person.choice + (index === 0 ? 0 : 100)) });
      for (const tab of order) await tabs[tab].step();
      for (const tab of tabs) while (!tab.delivery.ended) await tab.step();
      assert.deepEqual(person.lies, []);
      assert.equal(person.accepted.size, 1, order.join(''));
      assert.equal(await ballotsIn(server, organisation), before + 1);
      for (const tab of tabs) assert.ok(['in-the-box', 'elsewhere'].includes(tab.delivery.state.at), JSON.stringify(tab.delivery.state));
      assert.deepEqual(person.storage.names(), [], 'nothing is left behind');
      cast.push(person.choice);
    }
  });

  test('is in the tally once, as it was filled in', async () => {
    const lead = personOf(server, organisation, 'chief');
    server.setNow('2026-11-13T12:00:00Z');
    await runDueWork(server.services, 600);
    const [released] = (await lead.reports('all')).rounds;
    assert.equal(released?.report.ballots, cast.length);
    const mean = cast.reduce((sum, choice) => sum + choice, 0) / cast.length;
    for (const construct of released?.report.constructs ?? []) {
      assert.equal(construct.ballots, cast.length);
      assert.ok(Math.abs(construct.mean.value - mean) <= 0.051, `${String(construct.mean.value)} instead of ${String(mean)}`);
    }
  });
});

/** A person who wants to answer, with one browser, until there is nothing left to do. @returns what was told last */
async function live(person: Person, story: Story): Promise<string> {
  person.story = { ...story.requests };
  person.wait = story.wait;
  person.storage.refuses = story.refuses;
  for (let visit = 0; visit < 9; visit += 1) {
    const wrong = story.clock?.[Math.min(visit, story.clock.length - 1)] ?? 0;
    const tab = new Tab(person, false, NOW + wrong);
    const end = await tab.within(() => Promise.race([visitWith(tab), tab.dead.then(() => 'dead')]));
    person.told.push(`visit ${String(visit)}: ${end}`);
    if (!['dead', 'failed', 'other-key', 'not-accepted'].includes(end)) return end;
  }
  throw new Error('It never came to an end.');
}

/** One visit: as the widgets do, first what an earlier visit left, else the form. */
async function visitWith(tab: Tab): Promise<string> {
  const { person } = tab;
  let round: OpenRound;
  try {
    round = await person.open();
  } catch (error) {
    assert.ok(error instanceof RequestFailure, `Something else than a failure that can be told: ${String(error)}`);
    person.signedIn = true;
    return 'failed';
  }
  tab.store.read('draft', round.draftKey);
  if (resumable(round.draftKey, tab.store).includes(round.draftKey)) tab.send();
  else if (!canAnswer(round, tab.store)) return 'taken';
  else {
    tab.store.write('draft', round.draftKey, { until: round.resultsAt });
    tab.send(orderOf(round, person));
  }
  for (;;) {
    await tab.resting();
    const { state, ended } = tab.delivery;
    if (ended) return state.at === 'refused' ? state.because : state.at;
    if (state.at === 'kept' && state.because === 'signed-out') {
      person.signedIn = true;
      tab.delivery.again();
      continue;
    }
    if (state.at === 'on-its-way' && person.wait) {
      const how = person.wait;
      person.wait = undefined;
      if (how === 'closed') tab.close();
      else tab.kill();
      await new Promise(() => undefined);
    }
    tab.pass();
  }
}

function orderOf(round: OpenRound, person: Person): Order {
  return {
    draftKey: round.draftKey,
    scope: { organisation: round.organisation, round: round.id, team: round.team.id },
    answers: allOf(person.choice),
    publicKey: round.ballotKey.publicKey,
    until: round.resultsAt,
  };
}

/** Somebody with one browser: what outlives a page, and what the server really has. */
class Person {
  readonly storage = new FakeStorage();
  /** Nonces of the ballots that the server took. */
  readonly accepted = new Set<string>();
  readonly told: string[] = [];
  /** What was told and was not so. */
  readonly lies: string[] = [];
  story: Partial<Record<Asked, readonly string[]>> = {};
  wait: 'closed' | 'killed' | undefined;
  signedIn = true;
  /** Requests that the server has and has not answered: they outlive the page that made them. */
  readonly reaching: Promise<unknown>[] = [];
  /** A page ended that had said that the browser keeps nothing. */
  warned = false;
  readonly connection: Connection;

  constructor(
    readonly id: string,
    private readonly organisation: string,
    readonly server: TestServer,
    readonly choice: number,
  ) {
    this.connection = {
      server: 'https://kring.example',
      language: 'en',
      token: () => (this.signedIn ? this.server.token(this.organisation, this.id) : Promise.resolve(undefined)),
    };
  }

  async open(): Promise<OpenRound> {
    const [round] = (await openRounds(this.connection)).rounds;
    assert.ok(round, 'the round is open');
    return round;
  }

  /** Takes the next fault at a moment, if there is one left. */
  next(asked: Asked): Fault | undefined {
    const [name, ...rest] = this.story[asked] ?? [];
    this.story = { ...this.story, [asked]: rest };
    return name === undefined ? undefined : FAULTS_AT[asked][name];
  }

  /** Faults that it never came to. */
  get untold(): string[] {
    return [...Object.values(this.story).flat(), ...(this.wait ? [this.wait] : [])];
  }
}

/** One page of the browser, with a clock that moves when it is told to. */
class Tab {
  readonly store: Store;
  readonly dead: Promise<void>;
  private die!: () => void;
  private alive = true;
  private timer: (() => void) | undefined;
  private gate: (() => void) | undefined;
  private changed: (() => void) | undefined;
  private current: Delivery | undefined;
  private leaving = false;

  constructor(readonly person: Person, private readonly gated: boolean, readonly now = NOW) {
    this.store = openStore(() => {
      // A page that is gone writes nothing.
      if (!this.alive) throw new DOMException('gone');
      return person.storage;
    });
    this.dead = new Promise((resolve) => { this.die = resolve; });
  }

  get delivery(): Delivery {
    assert.ok(this.current, 'nothing is being sent');
    return this.current;
  }

  within<T>(act: () => Promise<T>): Promise<T> {
    return at.run(this, act);
  }

  /** Sends answers, or goes on with what is in the outbox. */
  send(order?: Order): void {
    const { person } = this;
    const name = order?.draftKey ?? person.storage.names().find((key) => key.startsWith('kring:outbox:'))?.slice(13) ?? '';
    const delivery = new Delivery(name, person.connection, undefined, {
      store: this.store,
      takePaper: (connection, request) => this.within(() => takePaper(connection, request)),
      sendBallot: (server, language, ballot) => this.within(() => sendBallot(server, language, ballot)),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      after: (_, act) => {
        this.timer = act;
        this.gate = () => { this.pass(); };
        this.change();
        return () => { this.timer = undefined; };
      },
      exclusively: (_, act) => Promise.resolve(act()),
    });
    this.current = delivery;
    delivery.subscribe((state) => {
      if (this.alive) this.check(state, name);
      this.change();
    });
    void delivery.run(order).finally(() => { this.change(); });
  }

  /** That what is shown is so. */
  private check(state: DeliveryState, name: string): void {
    const { person, store } = this;
    person.told.push(`${JSON.stringify(state)} kept ${String(store.kept)}`);
    const inTheBox = person.accepted.size > 0;
    const lie = (what: string) => { person.lies.push(`${JSON.stringify(state)}: ${what}`); };
    if (state.at === 'in-the-box' && !inTheBox) lie('it is not in the box');
    if (state.at === 'elsewhere' && !inTheBox) lie('it is nowhere');
    if (state.at === 'refused' && state.because !== 'paper-taken' && inTheBox) lie('it counts');
    if (state.at === 'refused' && ['round-closed', 'closed-underway', 'paper-invalid', 'ballot-differs'].includes(state.because)) lie(`nothing is ${state.because}`);
    if (state.at === 'kept' || state.at === 'on-its-way') {
      if (store.read('outbox', name) === undefined) lie('there is nothing to send');
      // With `kept`, the page says that it can be closed.
      if (store.kept && person.storage.getItem(`kring:outbox:${name}`) === null) lie('it is not kept');
    }
  }

  async fetch(input: URL | string, init: RequestInit): Promise<Response> {
    const { pathname, search } = new URL(input);
    const asked = pathname === OPEN_ROUNDS_PATH ? 'rounds' : pathname === PAPERS_PATH ? 'paper' : 'ballot';
    if (!this.alive && !(this.leaving && init.keepalive)) return never();
    assert.ok([OPEN_ROUNDS_PATH, PAPERS_PATH, BALLOTS_PATH].includes(pathname));
    assert.equal(new Headers(init.headers).has('authorization'), asked === 'paper');
    const reach = async () => {
      // A request as the browser would send it; its answer comes whole or not at all.
      const { signal: _, ...rest } = init;
      const reaching = at.exit(() => Promise.resolve(this.person.server.app.request(pathname + search, rest)));
      this.person.reaching.push(reaching);
      const response = await reaching;
      if (asked === 'ballot' && response.ok) this.person.accepted.add((JSON.parse(init.body as string) as { nonce: string }).nonce);
      return response;
    };
    const fault = this.person.next(asked);
    if (this.gated && asked !== 'rounds') await this.held();
    const response = await (fault ? fault(this, reach) : reach());
    if (this.gated && asked !== 'rounds') await this.held();
    return this.alive ? response : never();
  }

  /** The page is left: what has its paper goes now, in a request that outlives the page. */
  close(): void {
    this.leaving = true;
    this.current?.flush();
    // The request is made in the tasks that are under way; nothing that comes back is heard.
    void ticks(20).then(() => { this.kill(); });
  }

  kill(): void {
    if (!this.store.kept) this.person.warned = true;
    this.alive = false;
    // The next page opens when the server has done what it was asked: which comes first is not this test's affair.
    void ticks(20)
      .then(() => Promise.allSettled(this.person.reaching))
      .then(() => ticks(2))
      .then(() => { this.die(); });
  }

  /** Time passes until the next thing that was waited for. */
  pass(): void {
    const { timer } = this;
    this.timer = undefined;
    timer?.();
  }

  /** Comes back when nothing happens of itself: it ended, it waits for time to pass, or for a sign-in. */
  async resting(): Promise<void> {
    const signedOut = () => this.delivery.state.at === 'kept' && this.delivery.state.because === 'signed-out';
    while (!this.delivery.ended && !this.timer && !signedOut()) await new Promise<void>((resolve) => { this.changed = resolve; });
    // A state is told before the pause after it begins.
    await ticks(2);
  }

  /** Lets the next step be, and comes back at the one after it. */
  async step(): Promise<void> {
    while (!this.delivery.ended && !this.gate) await new Promise<void>((resolve) => { this.changed = resolve; });
    const { gate } = this;
    this.gate = undefined;
    gate?.();
    while (!this.delivery.ended && !this.gate) await new Promise<void>((resolve) => { this.changed = resolve; });
  }

  private held(): Promise<void> {
    return new Promise((resolve) => {
      this.gate = resolve;
      this.change();
    });
  }

  private change(): void {
    const { changed } = this;
    this.changed = undefined;
    changed?.();
  }
}

/** What a browser keeps over its pages. */
class FakeStorage implements Storage {
  readonly [name: string]: unknown;
  refuses: { readonly write: number; readonly onwards: boolean } | undefined;
  private readonly all = new Map<string, string>();
  private writes = 0;

  get length(): number {
    return this.all.size;
  }

  names(): string[] {
    return [...this.all.keys()];
  }

  key(index: number): string | null {
    return this.names()[index] ?? null;
  }

  getItem(key: string): string | null {
    return this.all.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.writes += 1;
    const { refuses } = this;
    if (refuses && (this.writes === refuses.write || (refuses.onwards && this.writes > refuses.write))) throw new DOMException('full', 'QuotaExceededError');
    this.all.set(key, value);
  }

  removeItem(key: string): void {
    this.all.delete(key);
  }

  clear(): void {
    this.all.clear();
  }
}

/** All ways to put two sequences into one, as which of the two goes next. */
function interleavings(first: number, second: number): (0 | 1)[][] {
  if (first === 0) return [Array.from({ length: second }, () => 1)];
  if (second === 0) return [Array.from({ length: first }, () => 0)];
  return [
    ...interleavings(first - 1, second).map((rest): (0 | 1)[] => [0, ...rest]),
    ...interleavings(first, second - 1).map((rest): (0 | 1)[] => [1, ...rest]),
  ];
}

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function ballotsIn({ services }: TestServer, organisation: string): Promise<number> {
  const row = await services.database.selectFrom('box').select(({ fn }) => fn.countAll<string>().as('ballots')).where('organisation', '=', organisation).executeTakeFirstOrThrow();
  return Number(row.ballots);
}
