import type { News } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';

export function newsFor(_services: Services, _who: Identity, _signal: AbortSignal): Promise<AsyncIterable<News>> { return Promise.reject(new Error('being built')); }
