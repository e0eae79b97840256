import type { Ballot } from '../contract/ballots.ts';
import { LIMITS } from '../contract/limits.ts';
import { NONCE_LENGTH, paperInfo, type Answers, type PaperScope } from '../domain/ballot.ts';
import { RequestFailure, type Connection } from './api.ts';
import { sendBallot, takePaper } from './ballots.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { oneTab } from './one-tab.ts';
import type { Perishable, Store } from './storage.ts';

/** Why answers wait in this browser. */
export type Waiting = 'offline' | 'signed-out' | 'server';

/**
 * Why answers are not accepted.
 * - `other-key`: the server's ballot key is not the pinned one, or its proof does not hold;
 * - `round-closed`: before a paper was asked for; `closed-underway`: after it, so that the ballot may be in the box;
 * - `paper-taken`: in another browser; `ballot-differs`: another ballot lies in the box already;
 * - `not-accepted`: anything else that trying again does not change.
 */
export type Refusal =
  | 'other-key'
  | 'round-closed'
  | 'closed-underway'
  | 'paper-taken'
  | 'paper-invalid'
  | 'ballot-differs'
  | 'not-accepted';

export type DeliveryState =
  | { readonly at: 'on-its-way' }
  | { readonly at: 'kept'; readonly because: Waiting }
  | { readonly at: 'in-the-box' }
  /** Another tab brought it to its end; the server knows how. */
  | { readonly at: 'elsewhere' }
  | { readonly at: 'refused'; readonly because: Refusal };

/** One person's answers in one round, ready to be sent. */
export interface Order {
  /** Names outbox and draft in this browser. */
  readonly draftKey: string;
  readonly scope: PaperScope;
  readonly answers: Answers;
  /** The server's public ballot key, base64url. */
  readonly publicKey: string;
  /** After this moment (ISO 8601) no ballot of the round is taken any more. */
  readonly until: string;
}

/** What a delivery needs of the world, so that a test can be the world. */
export interface Surroundings {
  readonly store: Store;
  readonly takePaper: typeof takePaper;
  readonly sendBallot: typeof sendBallot;
  readonly random: (length: number) => Uint8Array;
  /** Acts after so many milliseconds, unless what it returns is called before. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
  /** One tab at a time. */
  readonly exclusively: (name: string, act: () => void) => Promise<void>;
}

/**
 * What is kept until the server acknowledged the ballot. Nonce and seed never change, so that a repeated request is the
 * same request: whatever is lost on the way, the ballot counts once.
 */
interface Outbox extends Perishable {
  readonly server: string;
  readonly scope: PaperScope;
  readonly answers: Answers;
  readonly publicKey: string;
  readonly nonce: string;
  /** What the blind is made from. */
  readonly seed: string;
  /** The POPRF's output: the ballot paper, once it was given. */
  readonly output?: string;
  /** Not accepted, and nothing that the person is told to wait for: pressing Send again takes it up, with the answers of then. */
  readonly refused?: true;
}

/** Bytes that a blind is made from: enough for a scalar without bias (RFC 9380 section 5.1). */
const SEED_LENGTH = 48;

/** Milliseconds between two attempts, doubled after each. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;

/** How much longer than its round an outbox is kept, in milliseconds: time to hear that the round has closed. */
const AFTERMATH = 86_400_000;

const KEPT: Readonly<Record<string, Waiting>> = {
  offline: 'offline',
  'signed-out': 'signed-out',
  'too-many-requests': 'server',
  unavailable: 'server',
  internal: 'server',
};

/** A server's answer that does not verify under the ballot key. */
class ProofFailure extends Error {
  override readonly name = 'ProofFailure';
}

/** One outbox on its way to the box. It belongs to the page, not to an element, which may be moved or removed. */
export class Delivery {
  private current: DeliveryState = { at: 'on-its-way' };
  private readonly listeners = new Set<(state: DeliveryState) => void>();
  private wake: (() => void) | undefined;

  /**
   * @param connection of the person who is signed in; only the paper is asked for with it
   * @param pinned the fingerprint of the only key to be trusted, if the page pins one
   */
  constructor(
    private readonly draftKey: string,
    private readonly connection: Connection,
    private readonly pinned: string | undefined,
    private readonly surroundings: Surroundings,
  ) {}

  get state(): DeliveryState {
    return this.current;
  }

  get ended(): boolean {
    return this.current.at !== 'on-its-way' && this.current.at !== 'kept';
  }

  /** Tells every change from now on; what it returns ends that. */
  subscribe(listener: (state: DeliveryState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tries again now instead of later. */
  again(): void {
    if (this.current.at !== 'kept') return;
    this.turn({ at: 'on-its-way' });
    this.wake?.();
  }

  /** The page is being left: a ballot that waits for its moment goes now, in a request that outlives the page. */
  flush(): void {
    if (this.outbox()?.output !== undefined) this.wake?.();
  }

  /** Goes on until the ballot is in the box, or refused. Without an order, with the outbox that is there. */
  async run(order?: Order): Promise<void> {
    if (order) await this.surroundings.exclusively(`kring:outbox:${this.draftKey}`, () => this.put(order));
    for (let failures = 0; !this.ended; ) {
      const hadPaper = this.outbox()?.output !== undefined;
      try {
        await (hadPaper ? this.castBallot() : this.fetchPaper());
        failures = 0;
      } catch (error) {
        const because = waiting(error);
        if (!because) return this.refuse(error, hadPaper);
        this.turn({ at: 'kept', because });
        // Nobody signs in by waiting.
        await this.pause(because === 'signed-out' ? undefined : Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE));
        failures += 1;
      }
    }
  }

  private outbox(): Outbox | undefined {
    return readOutbox(this.surroundings.store, this.draftKey);
  }

  /** The first to press Send wins: what is in an outbox may be on its way already. */
  private put(order: Order): void {
    const before = this.outbox();
    if (before && !before.refused) return;
    const { store, random } = this.surroundings;
    const outbox: Outbox = {
      until: new Date(Date.parse(order.until) + AFTERMATH).toISOString(),
      server: this.connection.server,
      scope: order.scope,
      answers: order.answers,
      publicKey: order.publicKey,
      // The paper may have been given for these, although its answer made no sense here. There is no second one.
      nonce: before?.nonce ?? toBase64url(random(NONCE_LENGTH)),
      seed: before?.seed ?? toBase64url(random(SEED_LENGTH)),
      ...(before?.output === undefined ? {} : { output: before.output }),
    };
    store.write('outbox', this.draftKey, outbox);
  }

  private async fetchPaper(): Promise<void> {
    const outbox = this.outbox();
    if (!outbox) return this.turn({ at: 'elsewhere' });
    const poprf = await cryptography();
    if (!(await isTrusted(outbox.publicKey, this.pinned))) throw new ProofFailure();
    const nonce = fromBase64url(outbox.nonce);
    const info = paperInfo(outbox.scope);
    const [publicKey, seed] = [fromBase64url(outbox.publicKey), fromBase64url(outbox.seed)];
    const blinding = proven(() => poprf.blind(nonce, publicKey, info, seed));
    const { round, team } = outbox.scope;
    const request = { round, team, blinded: toBase64url(blinding.blinded) };
    const { evaluated, proof } = await this.surroundings.takePaper(this.connection, request);
    const output = proven(() =>
      poprf.finalize(nonce, blinding, info, { evaluated: fromBase64url(evaluated), proof: fromBase64url(proof) }),
    );
    // Gone by now means that another tab was quicker; to write would be to send a second time.
    if (!this.outbox()) return this.turn({ at: 'elsewhere' });
    const withPaper: Outbox = { ...outbox, output: toBase64url(output) };
    this.surroundings.store.write('outbox', this.draftKey, withPaper);
    this.turn({ at: 'on-its-way' });
  }

  private async castBallot(): Promise<void> {
    // Drawn on the next visit too, since a page that opens signs in at the same moment. What is kept has drawn already.
    if (this.current.at === 'on-its-way') await this.pause(this.chance() * LIMITS.ballotDelay * 1000);
    const outbox = this.outbox();
    if (outbox?.output === undefined) return this.turn({ at: 'elsewhere' });
    const { scope, answers, nonce, output } = outbox;
    const ballot: Ballot = { ...scope, nonce, output, ...answers, choices: { ...answers.choices } };
    await this.surroundings.sendBallot(outbox.server, this.connection.language, ballot);
    this.forget();
    this.turn({ at: 'in-the-box' });
  }

  private refuse(error: unknown, hadPaper: boolean): void {
    const because = refusal(error, hadPaper);
    const outbox = this.outbox();
    // Where the round is over for this person, nothing is left to send. Otherwise the draft stays, and a paper too,
    // in hand or only asked for: it is the only one there will be.
    if (!REVERSIBLE.has(because)) this.forget();
    else if (outbox) {
      const refused: Outbox = { ...outbox, refused: true };
      this.surroundings.store.write('outbox', this.draftKey, refused);
    }
    this.turn({ at: 'refused', because });
  }

  private forget(): void {
    this.surroundings.store.remove('outbox', this.draftKey);
    this.surroundings.store.remove('draft', this.draftKey);
  }

  private turn(state: DeliveryState): void {
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }

  /** A number in [0, 1), from the same source as the keys: a moment that can be guessed can be matched. */
  private chance(): number {
    return this.surroundings.random(4).reduce((number, byte) => number * 256 + byte, 0) / 2 ** 32;
  }

  /** Waits so many milliseconds, or without end, unless woken before. */
  private pause(milliseconds: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => this.wake?.();
      const cancel = milliseconds === undefined ? undefined : this.surroundings.after(milliseconds, wake);
      this.wake = () => {
        this.wake = undefined;
        cancel?.();
        resolve();
      };
    });
  }
}

function proven<T>(act: () => T): T {
  try {
    return act();
  } catch {
    throw new ProofFailure();
  }
}

const REVERSIBLE: ReadonlySet<Refusal> = new Set(['other-key', 'not-accepted']);

function waiting(error: unknown): Waiting | undefined {
  if (error instanceof ProofFailure) return undefined;
  return error instanceof RequestFailure ? KEPT[error.kind] : 'server';
}

function refusal(error: unknown, hadPaper: boolean): Refusal {
  const kind = error instanceof RequestFailure ? error.kind : 'other-key';
  if (kind === 'round-closed') return hadPaper ? 'closed-underway' : kind;
  return kind === 'other-key' || kind === 'paper-taken' || kind === 'paper-invalid' || kind === 'ballot-differs'
    ? kind
    : 'not-accepted';
}

// The cryptography is as large as the form: it comes while the person is answering.
async function cryptography(): Promise<typeof import('./poprf.ts')> {
  try {
    return await import('./poprf.ts');
  } catch {
    throw new RequestFailure('offline');
  }
}

/**
 * Fetches what sending needs, so that a network that goes away while answering does no harm.
 * @throws RequestFailure when it can't be fetched now
 */
export async function prepare(): Promise<void> {
  await cryptography();
}

/**
 * Whether a public key has the pinned fingerprint, which is computed here: one that the server tells proves nothing.
 * @param publicKey base64url
 */
export async function isTrusted(publicKey: string, pinned: string | undefined): Promise<boolean> {
  if (pinned === undefined) return true;
  const key = fromBase64url(publicKey);
  // The browser's own SHA-256 spares a page the cryptography until there is something to send; plain HTTP has none.
  const digest = globalThis.isSecureContext
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', key))
    : (await cryptography()).fingerprint(key);
  return toBase64url(digest) === pinned.trim();
}

function readOutbox(store: Store, draftKey: string): Outbox | undefined {
  const outbox = store.read('outbox', draftKey) as Partial<Outbox> | undefined;
  const whole = outbox?.server && outbox.scope && outbox.answers && outbox.publicKey && outbox.nonce && outbox.seed;
  return whole ? (outbox as Outbox) : undefined;
}

const underway = new Map<string, Delivery>();

/** Sends an order, or goes on with the outbox that is there for it: never both. */
export function deliver(
  order: Order,
  connection: Connection,
  pinned: string | undefined,
  store: Store,
): Delivery {
  return start(order.draftKey, connection, pinned, store, order);
}

/**
 * Goes on with what an earlier visit left: this person's outbox, and ballots of whoever used this browser that have
 * their paper already (no name is needed to put those into the box).
 * @returns this person's delivery in the round, if there is one
 */
export function resume(
  draftKey: string | undefined,
  connection: Connection,
  pinned: string | undefined,
  store: Store,
): Delivery | undefined {
  let own: Delivery | undefined;
  for (const name of resumable(draftKey, store)) {
    const delivery = start(name, connection, pinned, store);
    if (name === draftKey) own = delivery;
  }
  if (own || draftKey === undefined) return own;
  const done = underway.get(draftKey);
  return done?.state.at === 'refused' ? undefined : done;
}

/**
 * The outboxes to go on with, this person's own the last; drafts and outboxes of rounds that are over are thrown away.
 * By the browser's clock alone, which may be wrong, nothing goes that may still count: a ballot that has its paper is
 * the server's to judge, and this person's round is open, as the server said just now.
 */
export function resumable(draftKey: string | undefined, store: Store): string[] {
  for (const kind of ['draft', 'outbox'] as const) {
    for (const name of store.names(kind)) {
      if (name === draftKey || (kind === 'outbox' && readOutbox(store, name)?.output !== undefined)) continue;
      const { until } = (store.read(kind, name) ?? {}) as Partial<Perishable>;
      if (!(Date.parse(until ?? '') > Date.now())) store.remove(kind, name);
    }
  }
  const others = store.names('outbox').filter((name) => {
    const outbox = readOutbox(store, name);
    return name !== draftKey && outbox?.output !== undefined && !outbox.refused;
  });
  const own = draftKey === undefined ? undefined : readOutbox(store, draftKey);
  return own && !own.refused && draftKey !== undefined ? [...others, draftKey] : others;
}

function start(
  draftKey: string,
  connection: Connection,
  pinned: string | undefined,
  store: Store,
  order?: Order,
): Delivery {
  const present = underway.get(draftKey);
  if (present && !present.ended) return present;
  const delivery = new Delivery(draftKey, connection, pinned, { ...browserSurroundings(), store });
  underway.set(draftKey, delivery);
  void delivery.run(order);
  return delivery;
}

let browser: Omit<Surroundings, 'store'> | undefined;

function browserSurroundings(): Omit<Surroundings, 'store'> {
  if (browser) return browser;
  const each = (act: (delivery: Delivery) => void) => () => {
    for (const delivery of underway.values()) act(delivery);
  };
  const flush = each((delivery) => {
    delivery.flush();
  });
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush();
  });
  addEventListener(
    'online',
    each((delivery) => {
      delivery.again();
    }),
  );
  browser = {
    takePaper,
    sendBallot,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
    exclusively: oneTab,
  };
  return browser;
}
