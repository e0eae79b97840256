import type { ColumnType, JSONColumnType, Kysely, RawBuilder } from 'kysely';
import type { Cadence } from '../../domain/cadence.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type {
  Endorsement,
  EntryKind,
  evaluationShown,
  HelpKind,
  HelpState,
  IntentionState,
  LeaverRule,
  ParticipantState,
  PostStep,
  Scope,
} from '../../domain/learning-log.ts';
import type { ConstructFigures, Report, Thresholds } from '../../domain/report.ts';

/** Every table's key starts with the organisation, so that the tables can be distributed by it. */
export interface Tables extends LogTables {
  organisation: {
    id: string;
    name: string;
    thresholds: JSONColumnType<Thresholds>;
    /** Whom to ask who is not in the roster. */
    contact: ColumnType<string | null, string | null | undefined, string | null>;
    log_settings: ColumnType<LogSettings, string | undefined, string>;
  };
  /** The ballot key pair; the secret half wrapped by the master secret. */
  ballot_key: {
    organisation: string;
    public_key: Uint8Array;
    secret_key: Uint8Array;
  };
  team: {
    organisation: string;
    id: string;
    name: string;
    parent: string | null;
  };
  person: {
    organisation: string;
    id: string;
    name: string;
    /** The name as it is looked for. */
    search: string;
  };
  membership: {
    organisation: string;
    person: string;
    team: string;
    role: 'member' | 'leader';
  };
  /** People of an Entra tenant who were found in the roster by the name that they sign in with. */
  pinned_sign_in: {
    organisation: string;
    tenant: string;
    oid: string;
    person: string;
  };
  instrument: {
    organisation: string;
    key: string;
    version: number;
    body: JSONColumnType<Instrument>;
  };
  series: {
    organisation: string;
    id: string;
    instrument: string;
    version: number;
    /** The teams whose subtrees are asked. */
    teams: JSONColumnType<string[]>;
    cadence: JSONColumnType<Cadence>;
    /** From then on it opens no more rounds; one that is open goes on. */
    stopped_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  };
  round: {
    organisation: string;
    id: string;
    series: string;
    /** Which occurrence of the series' cadence it is, from 0. */
    number: number;
    opens_at: ColumnType<Date, Date | string, Date | string>;
    closes_at: ColumnType<Date, Date | string, Date | string>;
    /** Seconds after `closes_at` during which ballots on their way are taken. */
    grace: number;
    thresholds: JSONColumnType<Thresholds>;
    /** The key of the box, wrapped by the master secret; null from the closing on. */
    box_key: Uint8Array | null;
  };
  /** The tree as it was when the round opened. */
  round_team: {
    organisation: string;
    round: string;
    team: string;
    parent: string | null;
    name: string;
    /** Who the constructs about the leader are about, when there is exactly one. */
    leader: string | null;
    electorate: number;
  };
  /** Who may answer, and the blinded element they took their paper with. Empty from the closing on. */
  elector: {
    organisation: string;
    round: string;
    person: string;
    team: string;
    blinded: Uint8Array | null;
  };
  /** Nonces that were used, as hashes. Empty from the closing on. */
  spent: {
    organisation: string;
    round: string;
    nonce_hash: Uint8Array;
    /** Keyed by the nonce itself, so that it tells nothing to who only has the table. */
    ballot_digest: Uint8Array;
  };
  /** Sealed ballots under random keys. Empty from the closing on. */
  box: {
    organisation: string;
    round: string;
    team: string;
    key: Uint8Array;
    sealed: Uint8Array;
  };
  /** How many ballots of a team are in the box, so that nobody has to count them. Empty from the closing on. */
  box_count: {
    organisation: string;
    round: string;
    team: string;
    ballots: number;
  };
  report: {
    organisation: string;
    round: string;
    team: string;
    body: JSONColumnType<Report>;
    /** Constructs about the leader: for that person alone. */
    personal: JSONColumnType<ConstructFigures[]>;
  };
  audit: {
    organisation: string;
    id: string;
    at: ColumnType<Date, Date | string, Date | string>;
    act: string;
    detail: JSONColumnType<Record<string, string | number | boolean>>;
  };
}

/** A moment that a row may not have. */
type MomentOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type Moment = ColumnType<Date, Date | string, Date | string>;

/** What an organisation decided on its learning log. */
export interface LogSettings {
  readonly leavers: LeaverRule;
  /** Months that entries are kept after they were last changed. */
  readonly keepMonths: number;
}

/** The learning log. */
interface LogTables {
  /** What an author's private text is sealed under, wrapped by the master secret. */
  'keyring.author_key': {
    organisation: string;
    person: string;
    wrapped: Uint8Array;
  };
  log_entry: {
    organisation: string;
    id: string;
    /** Null when a former colleague left it. */
    author: string | null;
    /**
     * The client's key of the first request, and what that request said, under its author's key: a second one like it
     * makes no second entry.
     */
    key: string;
    key_digest: string;
    scope: Scope;
    team: string | null;
    /** From here to `vector` all is empty while the entry is for its author alone. */
    kind: EntryKind | null;
    text: string | null;
    different: string | null;
    link: string | null;
    project: string | null;
    tags: ColumnType<string[], string[] | undefined, string[]>;
    /** All words in lower case without accents, in which parts of words are found. */
    search: string | null;
    /** The same words, stemmed in both languages. */
    vector: ColumnType<string | null, RawBuilder<unknown> | null | undefined, RawBuilder<unknown> | null>;
    /** What becomes of it when its author leaves, as the form said when it was shared; null while nobody else may read it. */
    leavers: LeaverRule | null;
    /** What is written, under its author's key, while it is for its author alone. */
    sealed: Uint8Array | null;
    version: number;
    created_at: Moment;
    /** When it last came to people who could not see it before, by which lists are in order; its beginning, until then. */
    shared_at: Moment;
    changed_at: MomentOrNull;
    deleted_at: MomentOrNull;
  };
  /** What its author deleted, for who sends it once more because the first answer was lost: keys of entries, ids of posts. */
  log_deleted: { organisation: string; author: string; key: string; at: Moment };
  /** Colleagues that an entry names as its readers. */
  log_reader: { organisation: string; entry: string; person: string };
  log_opened: { organisation: string; entry: string; person: string; at: Moment };
  /** What an entry said in each of its versions, under its author's key: for its author alone. */
  log_version: { organisation: string; entry: string; version: number; at: Moment; sealed: Uint8Array };
  log_endorsement: { organisation: string; entry: string; person: string; word: Endorsement; at: Moment };
  log_help: {
    organisation: string;
    id: string;
    entry: string;
    key: string;
    key_digest: string;
    kind: HelpKind;
    state: HelpState;
    question: string | null;
    /** `YYYY-MM-DD` as it is read with `::text`; the driver's own reading is a moment. */
    wish_date: ColumnType<Date | null, string | null, string | null>;
    created_at: Moment;
  };
  log_participant: { organisation: string; help: string; person: string; state: ParticipantState };
  log_post: {
    organisation: string;
    id: string;
    entry: string;
    help: string | null;
    author: string | null;
    key: string;
    key_digest: string;
    step: PostStep;
    parts: JSONColumnType<string[]>;
    /** What becomes of it when its author leaves, by the rule of when it was written. */
    leavers: ColumnType<LeaverRule, LeaverRule | undefined, LeaverRule>;
    created_at: Moment;
    deleted_at: MomentOrNull;
  };
  log_intention: {
    organisation: string;
    id: string;
    person: string;
    entry: string | null;
    source: 'own' | 'other';
    /** The team that the person was in, or led, when it was made. */
    team: string | null;
    state: IntentionState;
    /** What came of it, under the person's key. */
    outcome: Uint8Array | null;
    made_at: Moment;
    ask_at: Moment;
    answered_at: MomentOrNull;
  };
  /** A month's figures as they may be shown, counted once and never again; null where there were too few people. */
  log_evaluation: {
    organisation: string;
    team: string;
    /** Such as `2026-09`. */
    month: string;
    figures: ColumnType<EvaluationFigures | null, string | null, never>;
  };
  log_person: {
    organisation: string;
    person: string;
    digest_read_at: MomentOrNull;
    /** Since when the person is not in the roster. */
    missing_since: MomentOrNull;
  };
}

export type EvaluationFigures = NonNullable<ReturnType<typeof evaluationShown>>;

export type Database = Kysely<Tables>;
