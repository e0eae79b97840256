import { assert } from '@open-wc/testing';
import type { Connection } from '../../../src/client/api.ts';
import { News, type Clock } from './news.ts';

/** A clock that stands still until it is moved on. */
class StandingClock implements Clock {
  inSight = true;
  private time = 0;
  private plans: { readonly at: number; readonly act: () => void }[] = [];

  after(milliseconds: number, act: () => void): () => void {
    const plan = { at: this.time + milliseconds, act };
    this.plans.push(plan);
    return () => {
      this.plans = this.plans.filter((one) => one !== plan);
    };
  }

  visible(): boolean {
    return this.inSight;
  }

  chance(): number {
    return 0.5;
  }

  get planned(): number {
    return this.plans.length;
  }

  /** Moves on, and lets what was begun come as far as it gets. */
  async pass(seconds: number): Promise<void> {
    const to = this.time + 1000 * seconds;
    for (;;) {
      const next = this.plans.sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > to) break;
      this.plans = this.plans.filter((one) => one !== next);
      this.time = next.at;
      next.act();
      await settled();
    }
    this.time = to;
    await settled();
  }
}

/** All promises that need nothing from outside have gone as far as they can. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  }
}

const connection: Connection = { server: 'https://news.invalid', language: 'en', token: () => Promise.resolve('secret') };

describe('news', () => {
  const realFetch = window.fetch;
  let clock: StandingClock;
  let looks: number;
  let news: News;
  let asked: { readonly url: string; readonly body: string; readonly signal: AbortSignal | null | undefined }[];
  let answer: () => Response;
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  const events = (): Response =>
    new Response(new ReadableStream<Uint8Array>({ start: (controller) => { stream = controller; } }), {
      headers: { 'content-type': 'text/event-stream' },
    });
  const tell = async (text: string) => {
    stream?.enqueue(new TextEncoder().encode(text));
    await settled();
  };
  const seen = async () => {
    document.dispatchEvent(new Event('visibilitychange'));
    await settled();
  };

  beforeEach(async () => {
    clock = new StandingClock();
    looks = 0;
    asked = [];
    answer = events;
    window.fetch = (input, init) => {
      asked.push({ url: input as string, body: (init?.body as URLSearchParams).toString(), signal: init?.signal });
      return Promise.resolve().then(answer);
    };
    news = new News(() => { looks += 1; }, clock);
    news.follow(() => connection);
    await settled();
  });

  afterEach(() => {
    news.follow(undefined);
    window.fetch = realFetch;
  });

  it('sends the token in a form, and never in the address', () => {
    assert.deepEqual(asked.map(({ url, body }) => [url, body]), [['https://news.invalid/v1/learning-log/news', 'access_token=secret']]);
  });

  it('looks once for each newer entry, also when an event comes in pieces', async () => {
    await tell('data: {"newest":"a"}\n\n');
    await tell('data: {"newest":"a"}\n\n: still here\n\n');
    assert.equal(looks, 1);
    await tell('data: {"newe');
    await tell('st":"b"}\n\n');
    assert.equal(looks, 2);
    await tell('data: nonsense\n\n');
    assert.equal(looks, 2);
    // The last entry of all was deleted.
    await tell('data: {"newest":null}\n\n');
    await tell('data: {"newest":null}\n\n');
    assert.equal(looks, 3);
  });

  it('opens a stream again that ended, after a pause', async () => {
    await tell('data: {"newest":"a"}\n\n');
    await clock.pass(40);
    stream?.close();
    await settled();
    assert.lengthOf(asked, 1);
    await clock.pass(4);
    assert.lengthOf(asked, 2);
  });

  it('looks every minute when the stream fails twice, and tries a stream again in the end', async () => {
    answer = () => { throw new TypeError('Failed to fetch'); };
    stream?.close();
    await settled();
    await clock.pass(4);
    assert.lengthOf(asked, 2);
    assert.equal(looks, 0);
    await clock.pass(185);
    assert.equal(looks, 3);
    assert.lengthOf(asked, 2);
    answer = events;
    await clock.pass(420);
    assert.equal(looks, 10);
    assert.lengthOf(asked, 3);
  });

  it('does not take a stream that ends each time for one that works', async () => {
    answer = () => new Response('data: {"newest":"a"}\n\n', { headers: { 'content-type': 'text/event-stream' } });
    stream?.close();
    await settled();
    await clock.pass(50);
    assert.lengthOf(asked, 2);
  });

  it('takes a page that is no stream for a failure', async () => {
    answer = () => new Response('<p>Sign in to the network</p>', { headers: { 'content-type': 'text/html' } });
    stream?.close();
    await settled();
    await clock.pass(70);
    assert.lengthOf(asked, 2);
    assert.equal(looks, 1);
  });

  it('does not wait for ever for a server that never begins', async () => {
    answer = () => new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } });
    stream?.close();
    await settled();
    await clock.pass(4);
    assert.lengthOf(asked, 2);
    await clock.pass(16);
    assert.isTrue(asked[1]?.signal?.aborted);
  });

  it('rests out of sight, and looks when in sight again', async () => {
    clock.inSight = false;
    await seen();
    assert.isTrue(asked[0]?.signal?.aborted);
    await clock.pass(3600);
    assert.lengthOf(asked, 1);
    assert.equal(looks, 0);
    clock.inSight = true;
    await seen();
    assert.equal(looks, 1);
    assert.lengthOf(asked, 2);
  });

  it('asks nothing more of whom the server does not know', async () => {
    answer = () => Response.json({}, { status: 401 });
    stream?.close();
    await settled();
    await clock.pass(4);
    const before = asked.length;
    await clock.pass(3600);
    assert.lengthOf(asked, before);
    assert.equal(looks, 0);
  });

  it('ends with the element', async () => {
    news.follow(undefined);
    await settled();
    assert.isTrue(asked[0]?.signal?.aborted);
    assert.equal(clock.planned, 0);
  });
});
