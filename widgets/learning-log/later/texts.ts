import type {
  Endorsement,
  EntryKind,
  HelpKind,
  IntentionState,
  ParticipantState,
  PostStep,
  Scope,
} from '../../../src/domain/learning-log.ts';
import { textsOf } from '../../../src/ui/texts.ts';

/** What is said of an action that failed; every other failure is `internal`. */
type Failure = 'offline' | 'signed-out' | 'not-in-roster' | 'not-found' | 'step-closed' | 'key-used' | 'too-many-requests' | 'invalid-request' | 'internal';

interface Act {
  readonly label: string;
  /** Asked before it is done: what comes of it, and how one says yes. */
  readonly ask: string;
  readonly yes: string;
  readonly done: string;
}

interface Step {
  /** One for each text that is asked for. */
  readonly labels: readonly string[];
  readonly button: string;
  readonly hint: string;
}

/** What is being looked for; each that is there. */
export interface Filtered {
  readonly search: string | undefined;
  readonly kind: string | undefined;
  readonly project: string | undefined;
  readonly tag: string | undefined;
  readonly person: string | undefined;
  readonly month: string | undefined;
}

/** Every text of what comes under the form. Counts and dates arrive written out in the language already. */
export interface LaterTexts {
  readonly title: string;
  readonly lists: Readonly<Record<'all' | 'mine' | 'concerning' | 'intentions', string>>;
  readonly empty: Readonly<Record<'all' | 'mine' | 'concerning', string>>;
  readonly toFull: string;
  readonly back: string;
  readonly oneEntry: string;
  readonly tryAgain: string;
  readonly fetching: string;
  readonly cancel: string;
  readonly newEntries: string;
  newFrom(name: string): string;
  /** In an entry that is open. */
  readonly newHere: string;
  today(time: string): string;
  readonly you: string;
  readonly formerColleague: string;
  /** Several of them. */
  readonly formerColleagues: string;

  readonly search: string;
  readonly filters: Readonly<Record<'title' | 'kind' | 'project' | 'tag' | 'month' | 'person' | 'any', string>>;
  filtered(by: Filtered): string;
  readonly clearFilters: string;
  readonly nothingFound: string;
  /** What a list shows that could not be another one. */
  still(what: string): string;
  /** Without a number. */
  readonly foundOfPerson: string;
  readonly foundSome: string;
  /** @param more whether there are more than these */
  found(count: string, n: number, more: boolean): string;

  readonly kinds: Readonly<Record<EntryKind, string>>;
  readonly scopes: Readonly<Record<Scope, string>>;
  /** Who may see an entry. @param named colleagues who were named, for the author alone */
  readonly audience: Readonly<Record<Scope, (team: string, named: string | undefined) => string>>;
  readers(n: number, count: string): string;
  openedBy(names: string): string;
  readonly leadsThis: string;
  leads(team: string): string;
  readonly different: string;
  differentOf(name: string): string;
  readonly link: string;
  readonly project: string;
  readonly tags: string;
  changedOn(moment: string): string;
  readonly versions: string;
  /** Of a text whose key is gone. */
  readonly unreadable: string;
  readonly tombstone: string;

  readonly copyLink: string;
  readonly shareLink: string;
  readonly linkCopied: string;
  readonly linkHere: string;
  readonly edit: string;
  readonly delete: string;
  readonly keep: string;
  readonly deleteNow: string;
  /** @param thread whether others may have written under it */
  deleteAsk(thread: boolean): string;
  readonly deleted: string;
  readonly notDeleted: string;

  readonly sayOfIt: string;
  readonly endorsements: Readonly<Record<Endorsement, string>>;
  endorsedAs(word: string): string;
  readonly endorsedNoMore: string;
  readonly notEndorsed: string;
  saidBy(word: string, names: string, count: number): string;
  readonly tryThis: string;
  readonly onMyList: string;
  readonly onMyListShort: string;
  readonly notOnMyList: string;

  readonly replies: string;
  readonly reply: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  readonly notSent: string;
  readonly writeFirst: string;
  readonly answerAll: string;
  left(count: string): string;
  over(count: string): string;
  readonly postGone: string;
  readonly deletePostAsk: string;
  readonly postDeleted: string;
  readonly takesSaid: string;
  /** What was written for a step that is over. */
  readonly unposted: Readonly<
    Record<'closed' | 'maybeReply' | 'toReply' | 'copy' | 'copied' | 'notCopied' | 'discard' | 'discarded' | 'takeBack', string>
  >;

  readonly helpKinds: Readonly<Record<HelpKind, string>>;
  readonly helpAbout: Readonly<Record<HelpKind, string>>;
  readonly askHelp: string;
  readonly askWhom: Readonly<Record<HelpKind, string>>;
  readonly askQuestion: Readonly<Record<HelpKind, string>>;
  readonly askSees: string;
  /** Of an entry that is for its author alone. Who can read it, and what becomes of it, follows. */
  readonly askOpens: string;
  readonly askMissing: Readonly<Record<'question' | 'people' | 'date', string>>;
  readonly wishDate: string;
  wishedBy(day: string): string;
  readonly ask: string;
  readonly askedDone: string;
  readonly notAsked: string;
  asked(people: string): string;
  readonly participant: Readonly<Record<ParticipantState, (name: string) => string>>;
  stepOf(step: number): string;
  /** Above what was written in a step. */
  readonly stepNames: Readonly<Partial<Record<PostStep, string>>>;
  readonly reviewQuestions: readonly [string, string, string];
  readonly steps: Readonly<Record<PostStep, (mine: boolean) => Step>>;
  readonly acts: Readonly<Record<'decline' | 'withdraw' | 'move-on', Act>>;
  readonly notDone: string;
  /** Where a request for help stands, and whose turn it is. */
  readonly standing: {
    readonly ended: string;
    readonly youWithdrew: string;
    withdrawn(author: string): string;
    declined(people: string, count: number): string;
    readonly youDeclined: string;
    reviewWaits(people: string): string;
    reviewYours(author: string): string;
    answeredYours(people: string): string;
    answeredTheirs(author: string): string;
    readonly factsYours: string;
    factsAsk(author: string): string;
    /** @param waiting who has not written yet */
    wouldDoTheirs(waiting: string | undefined): string;
    readonly wouldDoYours: string;
    wouldDoDone(author: string): string;
  };

  readonly intentions: {
    readonly dueTitle: string;
    readonly open: string;
    readonly done: string;
    readonly empty: string;
    readonly own: string;
    from(name: string): string;
    readonly fromOther: string;
    readonly entryGone: string;
    /** After that, of what is still open. */
    readonly notAsked: string;
    readonly letGo: string;
    readonly question: string;
    readonly answers: Readonly<Record<'tried' | 'not-tried' | 'dropped', string>>;
    readonly answered: Readonly<Record<'tried' | 'not-tried' | 'dropped', string>>;
    readonly states: Readonly<Record<IntentionState, string>>;
    askedOn(day: string): string;
    readonly lookBack: string;
    more(count: string): string;
    next(count: string): string;
    readonly reopen: string;
  };
  readonly evaluation: {
    readonly title: string;
    readonly team: string;
    figures(tried: string, of: string, bound: 'exact' | 'at-least' | 'at-most'): string;
    readonly tooFew: string;
    none(threshold: string): string;
    readonly earlier: string;
    about(threshold: string): string;
  };
  readonly digest: {
    readonly title: string;
    /** @param n how many people */
    readonly what: Readonly<Record<'trying' | 'endorsed' | 'replied' | 'helped', (names: string, n: number) => string>>;
    readonly dismiss: string;
    readonly dismissed: string;
    lastShared(team: string, day: string): string;
    neverShared(team: string): string;
  };
  readonly owning: {
    readonly title: string;
    readonly about: string;
    readonly page: string;
    readonly json: string;
    readonly file: string;
    readonly exported: string;
    readonly notExported: string;
    readonly deleteAll: string;
    readonly deleteAbout: string;
    readonly typeWord: string;
    /** In lower case. */
    readonly word: string;
    readonly mistyped: string;
    readonly deleteNow: string;
    readonly deleted: string;
  };
  readonly export: Readonly<Record<'title' | 'posts' | 'intentions', string>>;
  /** What waits for this person: requests for help of others, and answers to one's own. */
  readonly waits: {
    readonly title: string;
    yours(author: string): string;
    readonly answer: string;
    by(day: string): string;
    more(count: string): string;
  };
  readonly failures: Readonly<Record<Failure, string>>;
}

export const loadLaterTexts = textsOf<LaterTexts>({ nl: () => import('../texts/nl.later.ts'), en: () => import('../texts/en.later.ts') });
