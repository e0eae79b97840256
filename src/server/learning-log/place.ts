import type { Colleagues, LogPlace } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';

export function logPlaceOf(_services: Services, _who: Identity): Promise<LogPlace> { return Promise.reject(new Error('being built')); }
export function readDigest(_services: Services, _who: Identity): Promise<{ done: true }> { return Promise.reject(new Error('being built')); }
export function colleaguesNamed(_services: Services, _who: Identity, _name: string): Promise<Colleagues> { return Promise.reject(new Error('being built')); }
