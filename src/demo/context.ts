import type { Services } from '../server/services.ts';
import type { Settings } from '../server/settings.ts';
import type { DemoOrganisation } from './organisation.ts';
import type { DemoSignIn } from './sign-in.ts';

/** The round that the demo's people are asked in now. */
export interface DemoRound {
  readonly id: string;
  /** From 1, as people count. */
  readonly number: number;
  readonly closesAt: Date;
  /** When the figures appear. */
  readonly resultsAt: Date;
  /** `closing`: no more papers are given; ballots that were on their way are still taken. */
  readonly state: 'open' | 'closing' | 'released';
}

/** All that the demo's pages work with. */
export interface DemoContext {
  readonly services: Services;
  readonly settings: Settings;
  readonly signIn: DemoSignIn;
  readonly organisation: DemoOrganisation;
  /** Where the server and the front page are, without a slash at the end: what the widgets get as `server`. */
  readonly serverUrl: string;
  /** Where the intranet is: another origin. */
  readonly intranetUrl: string;
  /** The fingerprint of the ballot key, for a snippet that pins it. */
  readonly ballotKey: string;
  /** The newest round, whatever its state. */
  newestRound(): Promise<DemoRound>;
  /**
   * Ends the open round now, by the same act as `leerkring round close`.
   * @returns when the figures appear; nothing when no round is open
   */
  endRound(): Promise<{ readonly resultsAt: Date } | undefined>;
  /** Opens another round, in which all have answered but those that a visitor can be. Does nothing unless the newest is released. */
  startRound(): Promise<void>;
}
