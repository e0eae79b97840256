import { html, nothing, type TemplateResult } from 'lit';
import { RequestFailure, type Connection, type FailureKind } from '../../../src/client/api.ts';
import type { Entry, Intentions } from '../../../src/contract/learning-log.ts';
import type { Around } from '../parts.ts';
import type { Drafts } from './drafts.ts';
import type { LaterTexts } from './texts.ts';
import type { Words } from './words.ts';

/** What the pieces of the later part share. */
export interface Ground {
  readonly around: Around;
  readonly words: Words;
  readonly drafts: Drafts;
  /** Draws again what has changed. */
  refresh(): void;
  /** Tells a screen reader, once. */
  say(text: string): void;
  /** Once it is drawn, gives the focus to what a selector finds first, unless the person went elsewhere. */
  focus(selector: string): void;
  /** An entry is now like this: what lists show of it follows. */
  replaced(entry: Entry, before?: Entry): void;
  /** An entry is gone. */
  gone(id: string): void;
  /** What this person set out to do is now this. */
  intended(intentions: Intentions): void;
  /** Shows one entry by itself. */
  show(id: string): void;
}

/** A piece of the later part, which can fail in places of its own, and says so there. */
export abstract class Part {
  private readonly underWay = new Set<string>();
  private readonly troubles = new Map<string, FailureKind>();

  constructor(protected readonly ground: Ground) {}

  protected get texts(): LaterTexts {
    return this.ground.words.texts;
  }

  protected get connection(): Connection {
    return this.ground.around.connection();
  }

  /**
   * Does what was asked, once at a time.
   * @param where names the place where a failure is shown
   * @returns what went wrong, if anything did
   */
  protected async attempt(where: string, act: () => Promise<unknown>): Promise<FailureKind | undefined> {
    if (this.underWay.has(where)) return undefined;
    this.underWay.add(where);
    this.troubles.delete(where);
    this.ground.refresh();
    let kind: FailureKind | undefined;
    try {
      await act();
    } catch (error) {
      kind = error instanceof RequestFailure ? error.kind : 'internal';
      this.troubles.set(where, kind);
      this.ground.around.announceFailure(kind);
    }
    this.underWay.delete(where);
    this.ground.refresh();
    return kind;
  }

  protected busy(where: string): boolean {
    return this.underWay.has(where);
  }

  /** Of a button: while it is busy it can't be pressed, and keeps the focus, which `disabled` would take from it. */
  protected waits(where: string): 'true' | typeof nothing {
    return this.busy(where) ? 'true' : nothing;
  }

  protected failed(where: string): FailureKind | undefined {
    return this.troubles.get(where);
  }

  protected forgive(where: string): void {
    this.troubles.delete(where);
  }

  /** What went wrong in a place, in words; `before` says what that means for what was done there. */
  protected renderTrouble(where: string, before = ''): TemplateResult | typeof nothing {
    const kind = this.troubles.get(where);
    if (kind === undefined) return nothing;
    return html`<p class="trouble" role="alert">${before} ${this.ground.words.failure(kind)}</p>`;
  }
}
