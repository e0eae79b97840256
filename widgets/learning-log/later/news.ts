import { createParser } from 'eventsource-parser';
import { RequestFailure, signedIn, type Connection } from '../../../src/client/api.ts';
import { LOG_NEWS_PATH } from '../../../src/contract/learning-log-paths.ts';

/** What listening for news needs of the page. */
export interface Clock {
  /** @returns how to call it off */
  after(milliseconds: number, act: () => void): () => void;
  /** Whether the page is in sight. */
  visible(): boolean;
  /** A number in [0, 1). */
  chance(): number;
}

/** Seconds before a stream that ended is opened again: as many times longer as streams have failed. */
const PAUSE = 2;

/** Streams that may fail, one after the other, before there are none. */
const FAILURES = 2;

/** Seconds between one look and the next where no stream can be had. */
const LOOK_EVERY = 60;

/** Looks after which a stream is tried again. */
const LOOKS = 10;

/** Seconds that a server has to begin a stream. */
const PATIENCE = 15;

/** Seconds after which a stream counts as one that works. */
const PROVEN = 30;

/**
 * Hears when there may be something new: by a stream of the server's, or, where that fails twice, by looking every
 * minute. Out of sight it does neither, and looks when the page is in sight again.
 */
export class News {
  private connection: (() => Connection) | undefined;
  private abort: AbortController | undefined;
  private cancel: (() => void) | undefined;
  private failures = 0;
  private looks = 0;
  private heard: string | null | undefined;

  /** @param look called when there may be something new: in the threads of these entries alone, or anywhere */
  constructor(
    private readonly look: (moved?: readonly string[]) => void,
    private readonly clock: Clock = pageClock,
  ) {}

  /** @param connection nothing: there is nobody to listen for any more */
  follow(connection: (() => Connection) | undefined): void {
    this.rest();
    this.connection = connection;
    this.failures = 0;
    this.heard = undefined;
    document.removeEventListener('visibilitychange', this.seen);
    removeEventListener('online', this.online);
    if (!connection) return;
    document.addEventListener('visibilitychange', this.seen);
    addEventListener('online', this.online);
    if (this.clock.visible()) this.listen();
  }

  private rest(): void {
    this.abort?.abort();
    this.abort = undefined;
    this.cancel?.();
    this.cancel = undefined;
  }

  private readonly seen = (): void => {
    this.rest();
    if (!this.clock.visible()) return;
    // What the stream did not tell meanwhile.
    this.look();
    this.failures = 0;
    this.listen();
  };

  private readonly online = (): void => {
    if (this.clock.visible()) this.seen();
  };

  private listen(): void {
    const { connection } = this;
    if (!connection) return;
    const abort = new AbortController();
    this.abort = abort;
    void signedIn(connection(), (token) => this.stream(connection(), token, abort)).then(
      () => this.ended(abort, undefined),
      (error: unknown) => this.ended(abort, error),
    );
  }

  /** Reads events for as long as they come. The token goes in a form, as in everything that is read. */
  private async stream({ server, language }: Connection, token: string, abort: AbortController): Promise<void> {
    const { signal } = abort;
    let calm = this.clock.after(1000 * PATIENCE, () => {
      abort.abort();
      this.ended(abort, undefined);
    });
    let begun = false;
    try {
      const response = await fetch(server + LOG_NEWS_PATH, {
        method: 'POST',
        body: new URLSearchParams({ access_token: token }),
        headers: { accept: 'text/event-stream', 'accept-language': language },
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal,
      });
      if (response.status === 401) throw new RequestFailure('signed-out');
      if (!response.ok || !response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
        throw new RequestFailure('offline');
      }
      const parser = createParser({ onEvent: ({ data }) => this.told(data) });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        if (!begun) {
          begun = true;
          calm();
          // What is in between may keep a stream back, or end it each time.
          calm = this.clock.after(1000 * PROVEN, () => {
            this.failures = 0;
          });
        }
        parser.feed(value);
      }
    } finally {
      calm();
    }
  }

  private told(data: string): void {
    let newest: unknown;
    let moved: unknown;
    try {
      ({ newest, moved } = JSON.parse(data) as { newest?: unknown; moved?: unknown });
    } catch {
      return;
    }
    if (typeof newest !== 'string' && newest !== null) return;
    if (newest !== this.heard) {
      this.heard = newest;
      this.look();
    } else if (Array.isArray(moved)) this.look(moved as readonly string[]);
  }

  private ended(abort: AbortController, error: unknown): void {
    if (this.abort !== abort) return;
    this.abort = undefined;
    // Whoever is not signed in has no news; `follow` is called when that changes.
    if (error instanceof RequestFailure && (error.kind === 'signed-out' || error.kind === 'not-in-roster')) return;
    this.failures += 1;
    if (this.failures >= FAILURES) {
      this.looks = 0;
      return this.lookLater();
    }
    // Many pages lose a server that is restarted at the same moment.
    this.cancel = this.clock.after(1000 * PAUSE * this.failures * (1 + this.clock.chance()), () => this.listen());
  }

  private lookLater(): void {
    this.cancel = this.clock.after(1000 * LOOK_EVERY, () => {
      this.look();
      this.looks += 1;
      if (this.looks < LOOKS) return this.lookLater();
      this.failures = 0;
      this.listen();
    });
  }
}

const pageClock: Clock = {
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  visible: () => document.visibilityState === 'visible',
  chance: () => Math.random(),
};
