import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Identity } from '../auth/issuers.ts';
import { ProblemError } from './problems.ts';

/** Requests that are too many for one person, or for the ballot lane as a whole. */
export interface RequestLimits {
  person(identity: Identity): Promise<void>;
  ballot(): Promise<void>;
}

/**
 * Counted in this process's memory only. The ballot lane has one count for all: an address to count by would be a
 * trace of who sent what.
 */
export function requestLimits(): RequestLimits {
  const people = new RateLimiterMemory({ points: 240, duration: 60 });
  const ballots = new RateLimiterMemory({ points: 3000, duration: 10 });
  const take = async (limiter: RateLimiterMemory, key: string) => {
    await limiter.consume(key).catch(() => {
      throw new ProblemError('too-many-requests');
    });
  };
  return {
    person: ({ organisation, person }) => take(people, JSON.stringify([organisation, person])),
    ballot: () => take(ballots, 'all'),
  };
}
