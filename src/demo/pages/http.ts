import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { languageOf } from '../../server/http/language.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import { isLoopback } from '../../server/settings.ts';

/** What `html` of hono/html makes: text in which every value was escaped. */
export type Html = Awaited<ReturnType<typeof import('hono/html').html>> | ReturnType<typeof import('hono/html').html>;

/** One person looking at one page: what every template needs. */
export interface Visit {
  readonly language: Language;
  /** Whether the language was chosen, instead of asked for by the browser; links then carry it along. */
  readonly chosen: boolean;
  readonly path: string;
  /** Allows this answer's own scripts and style sheets, and no others. */
  readonly nonce: string;
}

/** The language is in the address, so that a page needs no cookie to remember it. */
export function visitOf(context: Context): Visit {
  const asked = context.req.query('lang');
  const chosen = LANGUAGES.find((language) => language === asked);
  return {
    language: chosen ?? languageOf(context),
    chosen: chosen !== undefined,
    path: context.req.path,
    nonce: randomBytes(16).toString('base64'),
  };
}

/** A path of the same site, in the language that was chosen. */
export function linkTo({ chosen, language }: Visit, path: string): string {
  if (!chosen) return path;
  const [before = '', fragment] = path.split('#', 2);
  return `${before}${before.includes('?') ? '&' : '?'}lang=${language}${fragment === undefined ? '' : `#${fragment}`}`;
}

interface PagePolicy {
  readonly connect: readonly string[];
  readonly formAction: readonly string[];
  /** What may be shown in a frame. */
  readonly frame?: readonly string[];
  readonly reportUri?: string;
}

/**
 * A policy that lets nothing run or style but what carries the nonce, with Trusted Types (W3C CSP level 3 and Trusted
 * Types). `lit-html` is the one policy name that the widgets need.
 */
export function contentSecurityPolicy(nonce: string, { connect, formAction, frame, reportUri }: PagePolicy): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${connect.join(' ')}`,
    ...(frame === undefined ? [] : [`frame-src ${frame.join(' ')}`]),
    "base-uri 'none'",
    `form-action ${formAction.join(' ')}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    ...(reportUri === undefined ? [] : [`report-uri ${reportUri}`]),
  ].join('; ');
}

/**
 * Leads whoever opened a page by another of this computer's names to the one that the demo's pages, tokens and settings
 * name: to a browser the two are different sites, of which the one may not ask the other.
 * @param origin what the demo calls this site
 */
export function byOneName(origin: string): MiddlewareHandler {
  const { host, port } = new URL(origin);
  const isHere = isLoopback(origin);
  return async (context, next) => {
    const asked = new URL(context.req.url);
    // By the host alone: behind a proxy the address has another protocol.
    const other = isHere && asked.host !== host && asked.port === port && isLoopback(asked.href);
    if (!other || context.req.method !== 'GET') return next();
    context.header('cache-control', 'no-store');
    return context.redirect(origin + asked.pathname + asked.search, 302);
  };
}

/** Answers with a page under its policy. The page is never kept: its nonce is for once. */
export function answerPage(
  context: Context,
  page: Html,
  policy: string,
  status: 200 | 404 = 200,
): Response | Promise<Response> {
  context.header('content-security-policy', policy);
  context.header('cache-control', 'no-store');
  context.header('referrer-policy', 'same-origin');
  context.header('x-content-type-options', 'nosniff');
  context.header('vary', 'accept-language', { append: true });
  return context.html(page, status);
}

/** A style sheet or picture of ours: public, and the same for everybody. */
export function answerFile(context: Context, type: string, content: string): Response {
  context.header('content-type', `${type}; charset=utf-8`);
  context.header('cache-control', 'no-cache');
  context.header('x-content-type-options', 'nosniff');
  return context.body(content);
}

/**
 * Lets in what a page of the same origin asks for, and nothing that another site makes a browser ask. Browsers say so
 * themselves in `Sec-Fetch-Site` (W3C Fetch Metadata); one that does not is held to its `Origin`.
 */
export function sameOriginOnly(origin: string): MiddlewareHandler {
  return async (context, next) => {
    const site = context.req.header('sec-fetch-site');
    const same = site === undefined ? context.req.header('origin') === origin : site === 'same-origin';
    if (!same) return context.text('Only a page of this site may ask this.', 403);
    return next();
  };
}
