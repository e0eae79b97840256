import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import type { Ballot } from '../contract/ballots.ts';
import type { PaperRequest } from '../contract/rounds.ts';
import { paperInfo, type PaperScope } from '../domain/ballot.ts';
import { RequestFailure, type Connection, type FailureKind } from './api.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { Delivery, isTrusted, resumable, type DeliveryState, type Order, type Surroundings } from './delivery.ts';
import { fingerprint } from './poprf.ts';
import { openStore, type Store } from './storage.ts';

const SCOPE: PaperScope = { organisation: 'zorg', round: 'r1', team: 't1' };
const KEYS = ristretto255_oprf.poprf(paperInfo(SCOPE)).generateKeyPair();
const PUBLIC_KEY = toBase64url(KEYS.publicKey);
const CONNECTION: Connection = {
  server: 'https://kring.example',
  language: 'nl',
  token: () => Promise.resolve('token'),
};
const ORDER: Order = {
  draftKey: 'd1',
  scope: SCOPE,
  answers: { choices: { vision: 4, safety: 2 }, comment: 'Meer tijd.' },
  publicKey: PUBLIC_KEY,
  until: '2099-01-01T00:00:00.000Z',
};

describe('a delivery', () => {
  // It comes by a dynamic import: read from the disk now, and not while something waits for it.
  before(() => import('./poprf.ts'));

  it('asks for a paper, waits for a moment drawn at random, and puts the ballot into the box', async () => {
    const world = new World();
    const tab = world.tab();
    const states = watch(tab.delivery);
    const done = tab.delivery.run(ORDER);
    assert.equal((await tab.pause()) < 20_000, true);
    assert.equal(world.box.size, 0, 'not before its moment');
    tab.pass();
    await done;
    assert.deepEqual(states.at(-1), { at: 'in-the-box' });
    assert.deepEqual([...world.box.values()], [{ choices: { vision: 4, safety: 2 }, comment: 'Meer tijd.' }]);
    assert.deepEqual(keptIn(world.store), [], 'neither outbox nor draft is left');
  });

  it('draws the moment over the whole of twenty seconds', async () => {
    for (const [byte, least, most] of [[0, 0, 0], [128, 10_000, 10_100], [255, 19_900, 20_000]] as const) {
      const world = new World();
      const tab = world.tab((length) => new Uint8Array(length).fill(length === 4 ? byte : 7));
      void tab.delivery.run(ORDER);
      const drawn = await tab.pause();
      assert.ok(drawn >= least && drawn < most + 1, `${drawn}`);
    }
  });

  it('keeps what it needs before it asks for a paper', async () => {
    const world = new World();
    let kept: unknown;
    world.onPaper = () => {
      kept = world.store.read('outbox', 'd1');
      throw new RequestFailure('offline');
    };
    const tab = world.tab();
    void tab.delivery.run(ORDER);
    await tab.pause();
    const { nonce, seed, output } = kept as { nonce: string; seed: string; output?: string };
    assert.equal(fromBase64url(nonce).length, 32);
    assert.equal(fromBase64url(seed).length, 48);
    assert.equal(output, undefined);
    assert.deepEqual(tab.delivery.state, { at: 'kept', because: 'offline' });
  });

  it('asks for the same paper after a reload, when the answer was lost', async () => {
    const world = new World();
    world.losePaper = 1;
    const first = world.tab();
    void first.delivery.run(ORDER);
    await first.pause();
    assert.equal(world.asked.length, 1);
    const second = world.tab();
    const done = second.delivery.run();
    await second.pause();
    second.pass();
    await done;
    assert.equal(new Set(world.asked.map(({ blinded }) => blinded)).size, 1);
    assert.deepEqual(second.delivery.state, { at: 'in-the-box' });
    assert.equal(world.box.size, 1);
  });

  it('counts once when the receipt was lost, also over a reload', async () => {
    const world = new World();
    world.loseReceipt = 2;
    const first = world.tab();
    void first.delivery.run(ORDER);
    await first.pause();
    first.pass();
    await first.pause();
    assert.deepEqual(first.delivery.state, { at: 'kept', because: 'offline' });
    first.pass();
    await first.pause();
    const second = world.tab();
    const done = second.delivery.run();
    await second.pause();
    second.pass();
    await done;
    assert.equal(world.sent.length, 3);
    assert.equal(new Set(world.sent.map(({ nonce }) => nonce)).size, 1);
    assert.equal(world.box.size, 1);
    assert.deepEqual(second.delivery.state, { at: 'in-the-box' });
  });

  for (const [kind, because] of [
    ['internal', 'server'],
    ['unavailable', 'server'],
    ['too-many-requests', 'server'],
    ['offline', 'offline'],
  ] as const) {
    it(`waits longer and longer after “${kind}”, at both stages, and gets there`, async () => {
      const world = new World();
      const pauses: number[] = [];
      world.fail = { paper: [kind, kind, kind], ballot: [kind, kind] };
      const tab = world.tab();
      const states = watch(tab.delivery);
      const done = tab.delivery.run(ORDER);
      for (let step = 0; step < 6; step++) {
        pauses.push(await tab.pause());
        tab.pass();
      }
      await done;
      assert.deepEqual([pauses[0], pauses[1], pauses[2]], [2000, 4000, 8000]);
      assert.deepEqual([pauses[4], pauses[5]], [2000, 4000]);
      assert.ok(states.some((state) => state.at === 'kept' && state.because === because));
      assert.deepEqual(states.at(-1), { at: 'in-the-box' });
      assert.equal(world.box.size, 1);
    });
  }

  it('waits for a sign-in without end, and goes on when told', async () => {
    const world = new World();
    world.fail = { paper: ['signed-out'], ballot: [] };
    const tab = world.tab();
    const done = tab.delivery.run(ORDER);
    await settled(() => tab.delivery.state.at === 'kept');
    assert.deepEqual(tab.delivery.state, { at: 'kept', because: 'signed-out' });
    assert.equal(tab.pausing, false, 'no clock runs');
    tab.delivery.again();
    await tab.pause();
    tab.pass();
    await done;
    assert.equal(world.box.size, 1);
  });

  it('sends at once when the page is being left, and only what has its paper', async () => {
    const world = new World();
    const tab = world.tab((length) => new Uint8Array(length).fill(255));
    const done = tab.delivery.run(ORDER);
    tab.delivery.flush();
    await tab.pause();
    tab.delivery.flush();
    await done;
    assert.equal(world.box.size, 1);
  });

  describe('in two tabs', () => {
    it('never overwrites an outbox: the first answers are the ones that count', async () => {
      const world = new World();
      const [first, second] = [world.tab(), world.tab()];
      const all = [
        first.delivery.run(ORDER),
        second.delivery.run({ ...ORDER, answers: { choices: { vision: 1 } } }),
      ];
      await first.pause();
      await second.pause();
      first.pass();
      await all[0];
      second.pass();
      await all[1];
      assert.deepEqual([...world.box.values()], [{ ...ORDER.answers }]);
      assert.equal(new Set(world.asked.map(({ blinded }) => blinded)).size, 1);
      assert.deepEqual(first.delivery.state, { at: 'in-the-box' });
      assert.deepEqual(second.delivery.state, { at: 'elsewhere' });
    });

    it('does not bring an outbox back that the other tab has emptied', async () => {
      const world = new World();
      const slow = world.tab();
      const states = watch(slow.delivery);
      world.onPaper = (request, answer) => {
        world.onPaper = undefined;
        const quick = world.tab();
        const done = quick.delivery.run();
        return quick
          .pause()
          .then(() => {
            quick.pass();
            return done;
          })
          .then(() => answer(request));
      };
      await slow.delivery.run(ORDER);
      assert.deepEqual(states.at(-1), { at: 'elsewhere' });
      assert.deepEqual(world.store.names('outbox'), []);
      assert.equal(world.sent.length, 1);
    });
  });

  describe('is refused', () => {
    it('when the round has closed: outbox and draft are gone', async () => {
      const { tab, world } = await refusedBy({ paper: ['round-closed'], ballot: [] });
      assert.deepEqual(tab.delivery.state, { at: 'refused', because: 'round-closed' });
      assert.deepEqual(keptIn(world.store), []);
    });

    it('when the round has closed after the paper was given, without claiming that it does not count', async () => {
      const { tab, world } = await refusedBy({ paper: [], ballot: ['offline', 'round-closed'] });
      assert.deepEqual(tab.delivery.state, { at: 'refused', because: 'closed-underway' });
      assert.deepEqual(keptIn(world.store), []);
    });

    it('when the paper was taken in another browser', async () => {
      const world = new World();
      await deliverIn(world.tab());
      const elsewhere = world.tab(undefined, freshStore());
      await elsewhere.delivery.run(ORDER);
      assert.deepEqual(elsewhere.delivery.state, { at: 'refused', because: 'paper-taken' });
      assert.equal(world.box.size, 1);
    });

    for (const kind of ['paper-invalid', 'ballot-differs'] as const) {
      it(`with “${kind}”, for good`, async () => {
        const { tab, world } = await refusedBy({ paper: [], ballot: [kind] });
        assert.deepEqual(tab.delivery.state, { at: 'refused', because: kind });
        assert.deepEqual(keptIn(world.store), []);
      });
    }

    it('with anything else: the draft stays, and so does a paper that was given', async () => {
      const before = await refusedBy({ paper: ['invalid-request'], ballot: [] });
      assert.deepEqual(before.tab.delivery.state, { at: 'refused', because: 'not-accepted' });
      assert.deepEqual(keptIn(before.world.store), ['draft d1', 'outbox d1']);
      const after = await refusedBy({ paper: [], ballot: ['invalid-request'] });
      assert.deepEqual(keptIn(after.world.store), ['draft d1', 'outbox d1']);
    });

    it('before a paper is asked for, when the key is not the pinned one', async () => {
      const world = new World();
      const pinned = toBase64url(fingerprint(ristretto255_oprf.voprf.generateKeyPair().publicKey));
      const tab = world.tab(undefined, undefined, pinned);
      await tab.delivery.run(ORDER);
      assert.deepEqual(tab.delivery.state, { at: 'refused', because: 'other-key' });
      assert.equal(world.asked.length, 0);
      assert.deepEqual(keptIn(world.store), ['draft d1', 'outbox d1'], 'the answers are still there');
      assert.deepEqual(resumable('d1', world.store), [], 'and wait for Send');
    });

    it('when the proof does not hold under the published key', async () => {
      const world = new World();
      world.secretKey = ristretto255_oprf.voprf.generateKeyPair().secretKey;
      const tab = world.tab();
      await tab.delivery.run(ORDER);
      assert.deepEqual(tab.delivery.state, { at: 'refused', because: 'other-key' });
      assert.equal(world.sent.length, 0);
    });
  });

  it('trusts the key whose fingerprint is pinned', async () => {
    const own = toBase64url(fingerprint(KEYS.publicKey));
    assert.equal(await isTrusted(PUBLIC_KEY, own), true);
    assert.equal(await isTrusted(PUBLIC_KEY, undefined), true);
    assert.equal(await isTrusted(toBase64url(ristretto255_oprf.voprf.generateKeyPair().publicKey), own), false);
  });

  it('works where the browser keeps nothing', async () => {
    const world = new World();
    const refusing = openStore(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const tab = world.tab(undefined, refusing);
    await deliverIn(tab);
    assert.deepEqual(tab.delivery.state, { at: 'in-the-box' });
    assert.equal(world.box.size, 1);
  });
});

async function deliverIn(tab: Tab): Promise<void> {
  const done = tab.delivery.run(ORDER);
  await tab.pause();
  tab.pass();
  await done;
}

async function refusedBy(fail: World['fail']): Promise<{ tab: Tab; world: World }> {
  const world = new World();
  world.fail = fail;
  const tab = world.tab();
  const done = tab.delivery.run(ORDER);
  while (!tab.delivery.ended) {
    await settled(() => tab.pausing || tab.delivery.ended);
    tab.pass();
  }
  await done;
  return { tab, world };
}

function keptIn(store: Store): string[] {
  return (['draft', 'outbox'] as const).flatMap((kind) => store.names(kind).map((name) => `${kind} ${name}`));
}

function watch(delivery: Delivery): DeliveryState[] {
  const states: DeliveryState[] = [];
  delivery.subscribe((state) => states.push(state));
  return states;
}

/** Lets everything run that can run now, until something holds. */
async function settled(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns++) {
    if (turns > 5000) throw new Error('It never came to that.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One tab of a browser, with a clock that moves when it is told to. */
class Tab {
  readonly delivery: Delivery;
  private timer: { milliseconds: number; act: () => void } | undefined;

  constructor(world: World, store: Store, random: (length: number) => Uint8Array, pinned: string | undefined) {
    const surroundings: Surroundings = {
      store,
      random,
      takePaper: (_connection, request) => world.takePaper(request),
      sendBallot: (_server, _language, ballot) => world.sendBallot(ballot),
      after: (milliseconds, act) => {
        this.timer = { milliseconds, act };
        return () => {
          this.timer = undefined;
        };
      },
      exclusively: (_name, act) => {
        act();
        return Promise.resolve();
      },
    };
    this.delivery = new Delivery('d1', CONNECTION, pinned, surroundings);
  }

  get pausing(): boolean {
    return this.timer !== undefined;
  }

  /** Comes back when the delivery waits, with how long it wants to. */
  async pause(): Promise<number> {
    await settled(() => this.pausing);
    return this.timer?.milliseconds ?? NaN;
  }

  /** The time is over. */
  pass(): void {
    const { timer } = this;
    this.timer = undefined;
    timer?.act();
  }
}

/** A server that gives one paper a person and takes a ballot once, a browser's storage, and a network that fails. */
class World {
  readonly store = freshStore();
  readonly asked: PaperRequest[] = [];
  readonly sent: Ballot[] = [];
  /** What was answered, by nonce. */
  readonly box = new Map<string, unknown>();
  secretKey: Uint8Array = KEYS.secretKey;
  fail: { readonly paper: FailureKind[]; readonly ballot: FailureKind[] } = { paper: [], ballot: [] };
  losePaper = 0;
  loseReceipt = 0;
  onPaper: ((request: PaperRequest, answer: World['paperFor']) => ReturnType<World['paperFor']>) | undefined;
  private taken: string | undefined;

  constructor() {
    this.store.write('draft', 'd1', { until: ORDER.until });
  }

  tab(
    random: (length: number) => Uint8Array = (length) => crypto.getRandomValues(new Uint8Array(length)),
    store: Store = this.store,
    pinned?: string,
  ): Tab {
    return new Tab(this, store, random, pinned);
  }

  async takePaper(request: PaperRequest) {
    this.asked.push(request);
    const kind = this.fail.paper.shift();
    if (kind) throw new RequestFailure(kind);
    const paper = await (this.onPaper ? this.onPaper(request, this.paperFor) : this.paperFor(request));
    if (this.losePaper-- > 0) throw new RequestFailure('offline');
    return paper;
  }

  async sendBallot(ballot: Ballot): Promise<void> {
    this.sent.push(ballot);
    const kind = this.fail.ballot.shift();
    if (kind) throw new RequestFailure(kind);
    const { organisation, round, team, nonce, output, ...answers } = ballot;
    const poprf = ristretto255_oprf.poprf(paperInfo({ organisation, round, team }));
    assert.equal(output, toBase64url(poprf.evaluate(this.secretKey, fromBase64url(nonce))));
    this.box.set(nonce, answers);
    if (this.loseReceipt-- > 0) throw new RequestFailure('offline');
    return Promise.resolve();
  }

  readonly paperFor = (request: PaperRequest): Promise<{ evaluated: string; proof: string }> => {
    this.taken ??= request.blinded;
    if (this.taken !== request.blinded) throw new RequestFailure('paper-taken');
    const poprf = ristretto255_oprf.poprf(paperInfo(SCOPE));
    const { evaluated, proof } = poprf.blindEvaluate(this.secretKey, fromBase64url(request.blinded));
    return Promise.resolve({ evaluated: toBase64url(evaluated), proof: toBase64url(proof) });
  };
}

function freshStore(): Store {
  const all = new Map<string, string>();
  const storage: Storage = {
    get length() {
      return all.size;
    },
    key: (index) => [...all.keys()][index] ?? null,
    getItem: (key) => all.get(key) ?? null,
    setItem: (key, value) => {
      all.set(key, value);
    },
    removeItem: (key) => {
      all.delete(key);
    },
    clear: () => {
      all.clear();
    },
  };
  return openStore(() => storage);
}
