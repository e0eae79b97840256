import type { Context } from 'hono';
import { html } from 'hono/html';
import { languageOf } from '../http/language.ts';
import { LANGUAGES, pickLanguage, type Language } from '../../domain/language.ts';

/** What `html` of hono/html makes: text in which every value was escaped. */
export type Html = Awaited<ReturnType<typeof html>> | ReturnType<typeof html>;

/** By `?lang`, which Teams fills in with its own (`nl-nl`), else as the browser asks. */
export function pageLanguage(context: Context): Language {
  return pickLanguage([context.req.query('lang') ?? '', languageOf(context)]);
}

export const otherLanguage = (language: Language): Language => LANGUAGES.find((one) => one !== language) ?? language;

export interface PagePolicy {
  /** Who may show the page in a frame; nobody, unless it says so. */
  readonly frames?: readonly string[];
  /** Where it may ask things, besides here. */
  readonly connect?: readonly string[];
}

/**
 * A policy under which nothing runs or styles but what lies on this server, with Trusted Types (W3C CSP level 3 and
 * Trusted Types). `lit-html` is the one policy name that the widgets need.
 */
function policyOf({ frames = [], connect = [] }: PagePolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames.length === 0 ? "'none'" : frames.join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** Answers with a page, which is the same for everybody who asks in the same words. */
export function answerPage(context: Context, page: Html, policy: PagePolicy): Response | Promise<Response> {
  context.header('content-security-policy', policyOf(policy));
  context.header('cache-control', 'public, max-age=300');
  context.header('referrer-policy', 'no-referrer');
  context.header('x-content-type-options', 'nosniff');
  context.header('vary', 'accept-language', { append: true });
  return context.html(page);
}

export function document(
  language: Language,
  { title, attributes = {}, head = html``, body }: {
    readonly title: string;
    readonly attributes?: Readonly<Record<string, string>>;
    readonly head?: Html;
    readonly body: Html;
  },
): Html {
  const more = Object.entries(attributes).map(([name, value]) => html` data-${name}="${value}"`);
  return html`<!doctype html>
<html lang="${language}"${more}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title}</title>
    <link rel="stylesheet" href="/pages/teams.css" />
    ${head}
  </head>
  ${body}
</html>`;
}
