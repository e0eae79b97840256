import type { Hono } from 'hono';
import { createApp } from '../../src/server/app.ts';
import { UNCOUNTED } from '../../src/server/ballots/ballot-count.ts';
import { ProblemError } from '../../src/server/http/problems.ts';
import type { Services } from '../../src/server/services.ts';

/** An answer, whole, so that two can be held side by side. */
export interface Answered {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody of an organisation, by the routes. */
export type Ask = (organisation: string, person: string, path: string, asking?: Asking) => Promise<Answered>;

/**
 * The server for a test that asks very often as very many people: whoever asks is believed, and as often as wanted. Who
 * may sign in, and how often, has tests of its own.
 */
export function appForAnybody(services: Services): Hono {
  return createApp(services, {
    authenticate: (authorization) => {
      if (authorization === undefined) throw new ProblemError('signed-out');
      const [organisation = '', person = ''] = JSON.parse(decodeURIComponent(authorization)) as string[];
      return Promise.resolve({ organisation, person });
    },
    limits: { person: () => Promise.resolve(), ballot: () => Promise.resolve() },
    ballotCount: UNCOUNTED,
    publicUrl: 'https://leerkring.example.org',
    version: '0.0.0',
    corsOrigins: [],
  });
}

/** What stands in Authorization for `appForAnybody`. */
export function asAnybody(organisation: string, person: string): string {
  return encodeURIComponent(JSON.stringify([organisation, person]));
}

export function askingOf(app: Pick<Hono, 'request'>): Ask {
  return async (organisation, person, path, { method = 'GET', body, headers = {} } = {}) => {
    const response = await app.request(path, {
      method,
      headers: {
        authorization: asAnybody(organisation, person),
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: JSON.stringify([...response.headers].sort()), body: await response.text() };
  };
}
