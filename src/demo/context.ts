import type { Services } from '../server/services.ts';
import type { Settings } from '../server/settings.ts';
import type { Widget } from '../contract/widgets.ts';
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
  /** What the widgets that were built say of themselves. */
  readonly widgets: readonly Widget[];
  /** The folder of the built browser files; without it, the pages come without their scripts. */
  readonly browserFiles?: string;
  /** The newest round of an instrument, whatever its state; nothing when it was never asked. */
  newestRound(instrument: string): Promise<DemoRound | undefined>;
  /** Ends an instrument's open round now, by the same act as `leerkring round close`. Does nothing when none is open. */
  endRound(instrument: string): Promise<void>;
  /**
   * Opens another round of an instrument, in which all have answered but those that a visitor can be. Does nothing
   * unless the newest is released.
   */
  startRound(instrument: string): Promise<void>;
}

/** Whether the demo has the check-in on safety: a widget is a folder, which can be taken away. */
export function hasCheckIn({ widgets }: DemoContext): boolean {
  return widgets.some(({ name }) => name === 'safety-check-in');
}

/** Whether the demo has the learning log. */
export function hasLearningLog({ widgets }: DemoContext): boolean {
  return widgets.some(({ name }) => name === 'learning-log');
}
