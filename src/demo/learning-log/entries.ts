import { BINNENDIENST } from './binnendienst.ts';
import type { DemoEntry } from './entry.ts';
import { MAGAZIJN } from './magazijn.ts';
import { OVERIGE } from './overige.ts';
import { VERKOOP } from './verkoop.ts';

/** A year of the demo organisation's learning log. */
export const DEMO_ENTRIES: readonly DemoEntry[] = [...BINNENDIENST, ...MAGAZIJN, ...VERKOOP, ...OVERIGE];
