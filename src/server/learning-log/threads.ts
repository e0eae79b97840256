import type * as v from 'valibot';
import type { Entry, HelpAct, newHelpSchema, newPostSchema } from '../../contract/learning-log.ts';
import type { Endorsement } from '../../domain/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';

export function endorseEntry(_services: Services, _who: Identity, _entry: string, _word: Endorsement | null): Promise<{ done: true }> { return Promise.reject(new Error('being built')); }
export function writePost(_services: Services, _who: Identity, _entry: string, _post: v.InferOutput<typeof newPostSchema>): Promise<Entry> { return Promise.reject(new Error('being built')); }
export function deletePost(_services: Services, _who: Identity, _which: { entry: string; post: string }): Promise<{ done: true }> { return Promise.reject(new Error('being built')); }
export function askHelp(_services: Services, _who: Identity, _entry: string, _help: v.InferOutput<typeof newHelpSchema>): Promise<Entry> { return Promise.reject(new Error('being built')); }
export function actOnHelp(_services: Services, _who: Identity, _which: { entry: string; help: string }, _act: HelpAct['act']): Promise<Entry> { return Promise.reject(new Error('being built')); }
