import type * as v from 'valibot';
import type { Log, logQuerySchema } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';

export function logFor(_services: Services, _who: Identity, _query: v.InferOutput<typeof logQuerySchema>): Promise<Log> { return Promise.reject(new Error('being built')); }
