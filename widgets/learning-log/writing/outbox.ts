import { RequestFailure } from '../../../src/client/api.ts';
import { send } from '../../../src/client/learning-log.ts';
import { oneTab } from '../../../src/client/one-tab.ts';
import { browserStore, type Perishable } from '../../../src/client/storage.ts';
import type { ChangedEntry, Entry } from '../../../src/contract/learning-log.ts';
import type { Problem } from '../../../src/contract/problems.ts';
import { entryPath, LOG_ENTRIES_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Draft } from '../draft.ts';
import type { Form } from '../parts.ts';
import { line, tidy } from '../tidy.ts';
import { audienceOf } from './audience.ts';

/** Why something is not kept by the server, though nothing is wrong with it. */
type Because = 'offline' | 'signed-out' | 'not-in-roster' | 'server';

/** What of it the server will not have. */
type Wrong = 'team' | 'people' | 'other';

/** Where something stands that the server does not keep yet. */
export type Standing =
  | { readonly at: 'sending' }
  | { readonly at: 'waiting'; readonly because: Because }
  /** The server will not have it as it is. */
  | { readonly at: 'refused'; readonly because: Wrong }
  /** The entry that it changes was deleted. */
  | { readonly at: 'gone' }
  /** The entry that it changes was changed meanwhile. */
  | { readonly at: 'differs'; readonly kept: Entry };

export interface Unsent {
  readonly draft: Draft;
  readonly standing: Standing;
}

interface Parcel extends Perishable {
  readonly draft: Draft;
}

/** Milliseconds before it is tried again where nothing says that there is a connection; twice as many each time. */
const SOON = 30_000;
const AT_MOST = 600_000;

/** @param tries how many there were */
export function pause(tries: number): number {
  return Math.min(SOON * 2 ** tries, AT_MOST);
}

/**
 * What was saved here and the server does not keep yet: it stays in this browser until the server has answered that it
 * does. The same key makes one entry, so that it may be sent again whenever it is not known what became of it.
 */
export class Outbox {
  readonly #form: Form;
  readonly #arrived: (draft: Draft, outcome: Standing | Entry) => void;
  readonly #standing = new Map<string, Standing>();
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param arrived told of each thing that was sent what became of it */
  constructor(form: Form, arrived: (draft: Draft, outcome: Standing | Entry) => void) {
    this.#form = form;
    this.#arrived = arrived;
  }

  /** The latest first. */
  get unsent(): Unsent[] {
    return this.#names()
      .flatMap((name): Unsent[] => {
        const draft = this.#read(name);
        return draft ? [{ draft, standing: this.#standing.get(name) ?? { at: 'sending' } }] : [];
      })
      .sort((a, b) => b.draft.at - a.draft.at);
  }

  /** Keeps it here, and sends it. */
  add(draft: Draft): void {
    const parcel: Parcel = { until: draft.until, draft };
    browserStore().write('entry', this.#name(draft), parcel);
    void this.#send(this.#name(draft));
  }

  /** Nobody wants it sent any more. */
  drop(draft: Draft): void {
    const name = this.#name(draft);
    this.#standing.delete(name);
    browserStore().remove('entry', name);
  }

  /** Sends what waits, for whatever reason. */
  again(): void {
    for (const name of this.#names()) {
      const at = this.#standing.get(name)?.at;
      if (at === undefined || at === 'waiting') void this.#send(name);
    }
  }

  #name({ key }: Draft): string {
    return `${this.#form.place()?.draftKey ?? ''}:${key}`;
  }

  #names(): string[] {
    const owner = this.#form.place()?.draftKey;
    return owner === undefined ? [] : browserStore().names('entry').filter((name) => name.startsWith(`${owner}:`));
  }

  #read(name: string): Draft | undefined {
    return (browserStore().read('entry', name) as Parcel | undefined)?.draft;
  }

  async #send(name: string): Promise<void> {
    if (this.#standing.get(name)?.at === 'sending') return;
    this.#standing.set(name, { at: 'sending' });
    const owner = this.#form.place()?.draftKey;
    const arrived = (draft: Draft, outcome: Standing | Entry) => {
      // What becomes of it is not for whoever signed in meanwhile.
      if (owner === this.#form.place()?.draftKey) this.#arrived(draft, outcome);
    };
    await oneTab(`kring:entry:${name}`, async () => {
      const draft = this.#read(name);
      // Another tab has sent it meanwhile; or somebody else signed in, who does not send it.
      if (!draft || owner !== this.#form.place()?.draftKey) return void this.#standing.delete(name);
      try {
        const entry = await deliver(this.#form, draft);
        browserStore().remove('entry', name);
        this.#standing.delete(name);
        this.#tries = 0;
        arrived(draft, entry);
      } catch (error) {
        const failure = error instanceof RequestFailure ? error : new RequestFailure('internal');
        const standing = standingAfter(failure);
        this.#standing.set(name, standing);
        this.#form.announceFailure(failure.kind);
        arrived(draft, standing);
      }
    });
    this.#plan();
  }

  /** The network says when it is back; a server does not. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (![...this.#standing.values()].some((one) => one.at === 'waiting' && one.because !== 'signed-out')) return;
    this.#timer = setTimeout(() => {
      if (this.#form.element.isConnected) this.again();
    }, pause(this.#tries++));
  }
}

function deliver(form: Form, draft: Draft): Promise<Entry> {
  const { key, of } = draft;
  const connection = form.connection();
  return of
    ? send(connection, 'PUT', entryPath(of.id), entryOf(draft), of.version)
    : send(connection, 'POST', LOG_ENTRIES_PATH, { key, ...entryOf(draft) });
}

/** What of a draft is sent: nothing that is empty. */
function entryOf({ kind, text, different, project, tags, link, audience }: Draft): ChangedEntry {
  return {
    kind,
    text: tidy(text),
    ...(tidy(different) && { different: tidy(different) }),
    ...(line(project) && { project: line(project) }),
    tags: tags.map(line),
    ...(line(link) && { link: line(link) }),
    audience: audienceOf(audience),
  };
}

function standingAfter({ kind, problem }: RequestFailure): Standing {
  switch (kind) {
    case 'offline':
    case 'signed-out':
    case 'not-in-roster':
      return { at: 'waiting', because: kind };
    case 'not-found':
      return { at: 'gone' };
    case 'entry-changed':
      return problem.kept ? { at: 'differs', kept: problem.kept } : { at: 'gone' };
    case 'invalid-request':
    case 'key-used':
    case 'too-large':
      return { at: 'refused', because: wrongIn(problem) };
    default:
      return { at: 'waiting', because: 'server' };
  }
}

function wrongIn({ errors = [] }: Partial<Problem>): Wrong {
  const about = (part: string) => errors.some(({ pointer }) => pointer.startsWith(`/audience/${part}`));
  return about('team') ? 'team' : about('people') ? 'people' : 'other';
}
