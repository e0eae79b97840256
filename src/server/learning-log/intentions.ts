import type * as v from 'valibot';
import type { answeredIntentionSchema, Evaluation, Intentions } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';

export function intentionsOf(_services: Services, _who: Identity): Promise<Intentions> { return Promise.reject(new Error('being built')); }
export function tryEntry(_services: Services, _who: Identity, _entry: string): Promise<Intentions> { return Promise.reject(new Error('being built')); }
export function answerIntention(_services: Services, _who: Identity, _intention: string, _answer: v.InferOutput<typeof answeredIntentionSchema>): Promise<Intentions> { return Promise.reject(new Error('being built')); }
export function evaluationOf(_services: Services, _who: Identity, _team: string): Promise<Evaluation> { return Promise.reject(new Error('being built')); }
/** Makes the intention that an entry of one's own speaks of, or takes it away while it is open, as its `different` says. */
export function followIntention(_services: Services, _database: Database, _who: Identity, _entry: string, _different: string | null): Promise<void> { return Promise.resolve(); }
