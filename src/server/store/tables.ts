import type { ColumnType, JSONColumnType, Kysely } from 'kysely';
import type { Cadence } from '../../domain/cadence.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { ConstructFigures, Report, Thresholds } from '../../domain/report.ts';

/** Every table's key starts with the organisation, so that the tables can be distributed by it. */
export interface Tables {
  organisation: {
    id: string;
    name: string;
    thresholds: JSONColumnType<Thresholds>;
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
  };
  membership: {
    organisation: string;
    person: string;
    team: string;
    role: 'member' | 'leader';
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

export type Database = Kysely<Tables>;
