import type { LitElement, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Connection } from '../../src/client/api.ts';
import type { Entry, LogPlace } from '../../src/contract/learning-log.ts';
import type { Language } from '../../src/domain/language.ts';
import type { LinkingHost } from '../../src/host/port.ts';
import type { Draft } from './draft.ts';
import type { Texts } from './texts.ts';

/** What the later part may ask of the element that it is in. */
export interface Around {
  readonly element: LitElement & ReactiveControllerHost;
  connection(): Connection;
  language(): Language;
  /** What the form says, of who can read an entry and what becomes of it too. */
  readonly texts: Texts;
  /** What the server said of this person's teams, colleagues and digest, once it is there. */
  place(): LogPlace | undefined;
  /** Whether there is room for all of it: the list, the search and an entry's thread; else the three newest. */
  readonly full: boolean;
  /** Puts an entry of one's own into the form, to be changed. */
  edit(entry: Entry): void;
  /** The server has an entry otherwise than before: a change of it that was begun goes on from there. */
  moved(before: Entry, after: Entry): void;
  /** Empties the form, and lets go of what was thrown away in it. */
  forget(): void;
  /** Tells the page that something failed: a problem's kind, or `offline`. */
  announceFailure(kind: string): void;
  /** Puts the focus on what this finds, after the next update. */
  focus(selector: string): void;
  host(): LinkingHost;
}

/** What comes under the form once that has been painted: what was written before, by oneself and by others. */
export interface Later {
  render(): TemplateResult;
  /**
   * An entry was written or changed, and the server keeps it as it is here.
   * @param shared whether there are people to whom it is new
   */
  written(entry: Entry, shared: boolean): void;
  /** Who is signed in, the language, the place, or the room that there is, is another one than before. */
  changed(): void;
  /** Shows an entry that a link names. */
  open(id: string): void;
}

/** What the part that shares and saves may ask of the form besides. */
export interface Form extends Around {
  /** What stands in the form. */
  readonly draft: Draft;
  /** Changes what stands in it, and keeps that in this browser. */
  change(part: Partial<Draft>): void;
  /** Puts something else into it. What stood there stays in this browser, unless it was `done` with. */
  take(draft: Draft, done?: boolean): void;
  /** All drafts of this person in this browser, the latest first. */
  drafts(): readonly Draft[];
  /** Takes a draft out of this browser that does not stand in the form. */
  discard(draft: Draft): void;
  /** Opens what else there is to say, or with whom to share. */
  open(part: 'more' | 'sharing'): void;
  /** Asks the server again who this is. */
  reload(): void;
  /** Tells a screen reader, once. */
  say(text: string): void;
  /** The server keeps an entry now. @param shared whether there are people to whom it is new */
  written(entry: Entry, shared: boolean): void;
}

/** What comes after the first paint, and with it all that is not writing: sharing, saving, and what stands in the way. */
export interface Writing {
  /** Another language, another person, another place: looks at all again. */
  changed(): Promise<void>;
  /** The server could not be reached, and never was: it is asked again after a while. */
  unreachable(): void;
  /** Why nothing can be saved now. */
  trouble(failure: string): string;
  save(): void;
  /** Another tab kept or saved something. */
  elsewhere(): void;
  /** Tries again what the server does not keep yet. */
  again(): void;
  edit(entry: Entry): void;
  moved(before: Entry, after: Entry): void;
  /** Another person is here, or nothing of what was written is wanted any more. */
  forget(): void;
  /** The form was written in. */
  written(): void;
  /** Instead of the form, where nobody can write. */
  renderNotice(failure: string): TemplateResult | undefined;
  renderAbove(): unknown;
  renderCount(): unknown;
  renderMore(): unknown;
  renderSharing(): unknown;
  /** Beside the sentence that says who can read it. */
  renderBeside(): unknown;
  /** Instead of the buttons, when something is asked first. */
  renderAsked(): TemplateResult | undefined;
  /** @param failure why the server could not say whose form it is */
  renderNote(failure: string | undefined): unknown;
  /** What the server does not keep yet. */
  renderWaiting(): unknown;
}
