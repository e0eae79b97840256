import type * as v from 'valibot';
import type { ROUTES, Route } from '../../contract/routes.ts';
import type { Language } from '../../domain/language.ts';
import type { Identity } from '../auth/issuers.ts';

type OutputOf<S> = S extends v.GenericSchema ? v.InferOutput<S> : undefined;

/** A request to a route, checked. */
export interface Asked<R extends Route> {
  readonly identity: R['lane'] extends 'signed-in' ? Identity : undefined;
  readonly params: OutputOf<R['params']>;
  readonly query: OutputOf<R['query']>;
  readonly body: OutputOf<R['body']>;
  /** The version that a change of what is `versioned` began with. */
  readonly version: R extends { readonly versioned: true; readonly method: 'put' } ? number : undefined;
  /** Aborted when whoever asked is gone. */
  readonly signal: AbortSignal;
  readonly language: Language;
}

type Answer<R extends Route> = R extends { readonly streams: true }
  ? AsyncIterable<v.InferOutput<R['answer']>>
  : v.InferOutput<R['answer']>;

/** What answers each route. */
export type Handlers = {
  readonly [K in keyof typeof ROUTES]: (asked: Asked<(typeof ROUTES)[K]>) => Promise<Answer<(typeof ROUTES)[K]>>;
};
