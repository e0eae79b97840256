import type { EntryKind, LeaverRule } from '../../src/domain/learning-log.ts';
import { textsOf } from '../../src/ui/texts.ts';

/** What happened, and what to do. */
export interface Notice {
  readonly title: string;
  readonly text: string;
}

/** What `kring-learning-log` says until one can write. */
export interface Texts {
  readonly title: string;
  readonly kind: string;
  /** The word for each kind, and what is asked for it. */
  readonly kinds: Readonly<Record<EntryKind, readonly [word: string, question: string]>>;
  readonly readers: string;
  readonly onlyYou: string;
  readonly nobodyYet: string;
  /** @param also beside a team */
  named(names: readonly string[], also: boolean): string;
  /**
   * @param others how many other people are in it, if that is known
   * @param leaders names of those of them who lead it
   */
  team(name: string, others: number | undefined, leaders: readonly string[]): string;
  /** What others see beside the name of who leads the team. */
  readonly leading: string;
  organisation(name: string, others: number | undefined): string;
  readonly leaving: Readonly<Record<LeaverRule, string>>;
  readonly share: string;
  readonly more: string;
  readonly save: string;
  readonly saveChange: string;
  readonly saving: string;
  /** Save was pressed, and what it takes is not there. */
  readonly unsaved: string;
}

/** What is said from there on: while sharing and saving, and when something stands in the way. */
export interface WritingTexts {
  readonly project: string;
  readonly projectHint: string;
  readonly tags: string;
  readonly tagsHint: string;
  readonly tooManyTags: string;
  readonly longTag: string;
  readonly link: string;
  readonly different: string;
  readonly differentHint: string;
  /** Takes a chip away. */
  remove(name: string): string;
  removed(name: string): string;
  added(name: string): string;
  kept(months: number): string;

  readonly onlyMe: string;
  readonly myTeam: string;
  readonly whichTeam: string;
  readonly colleagues: string;
  /** For everybody in the organisation. */
  everybody(organisation: string): string;
  readonly findColleague: string;
  readonly alsoColleague: string;
  readonly noColleague: string;
  found(colleagues: number): string;
  readonly searchFailed: string;
  readonly sharingWaits: string;
  /** @param others whether somebody else may have read it without opening it */
  openedBy(names: readonly string[], many: boolean, others: boolean): string;
  readonly openedByNobody: string;
  readonly formerColleague: string;
  readonly formerColleagues: string;

  left(characters: string): string;
  over(characters: string): string;
  readonly writeFirst: string;
  readonly nameSomebody: string;
  readonly notALink: string;
  readonly tooLong: string;

  readonly widen: string;
  readonly yesShare: string;
  readonly back: string;

  readonly changing: string;
  readonly leaveIt: string;
  readonly restored: string;
  readonly startAgain: string;
  readonly drafts: string;
  readonly goOn: string;
  readonly discard: string;
  readonly discarded: string;
  readonly takeBack: string;

  saved(readers: string): string;
  /** While another one is being written. */
  savedBefore(name: string): string;
  readonly waiting: Readonly<Record<'offline' | 'signed-out' | 'not-in-roster' | 'server', string>>;
  readonly waitingHere: string;
  readonly gone: string;
  readonly refused: Readonly<Record<'team' | 'people' | 'other', string>>;
  readonly asNew: string;
  readonly toForm: string;
  readonly tryAgain: string;

  readonly differs: Notice;
  readonly theirs: string;
  readonly mine: string;
  readonly takeTheirs: string;
  readonly takeMine: string;
  readonly makeOne: string;
  readonly merging: string;

  readonly notices: Readonly<Record<'signed-out' | 'not-in-roster', Notice>>;
  /** Under a notice, where somebody wrote something that no server keeps: it may be another person's. */
  readonly keptHere: string;
  /** The same where the browser keeps nothing, and above the form there. */
  readonly notKept: string;
  /** Of what was typed where it cannot be saved now. */
  readonly troubles: Readonly<Record<'offline' | 'signed-out' | 'not-in-roster' | 'server', string>>;
}

export const loadTexts = textsOf<Texts>({ nl: () => import('./texts/nl.ts'), en: () => import('./texts/en.ts') });

export const loadWritingTexts = textsOf<WritingTexts>({ nl: () => import('./texts/nl.writing.ts'), en: () => import('./texts/en.writing.ts') });
