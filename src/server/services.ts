import type { Logger } from 'pino';
import type { Master } from './keys/master.ts';
import type { Poprf } from './keys/poprf.ts';
import type { Database } from './store/tables.ts';

/** What the capabilities of the server work with. */
export interface Services {
  readonly database: Database;
  readonly master: Master;
  readonly poprf: Poprf;
  readonly log: Logger;
  readonly now: () => Date;
}
