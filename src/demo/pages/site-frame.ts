import { html } from 'hono/html';
import type { Language } from '../../domain/language.ts';
import { linkTo, type Html, type Visit } from './http.ts';
import { SITE_TEXTS } from './site-texts.ts';

const OTHER: Readonly<Record<Language, Language>> = { nl: 'en', en: 'nl' };

const mark = html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="10" /><circle cx="12" cy="12" r="5.5" /><circle class="dot" cx="12" cy="12" r="1.8" />
</svg>`;

/** What stands around every page of the demo's site. */
export function sitePage(
  visit: Visit,
  page: {
    readonly title: string;
    readonly organisation: string;
    readonly main: Html;
    /** Addresses of the modules that the page loads. */
    readonly scripts: readonly string[];
  },
): Html {
  const texts = SITE_TEXTS[visit.language];
  const current = (path: string) => (visit.path === path ? html` aria-current="page"` : '');
  const other = OTHER[visit.language];
  return html`<!doctype html>
<html lang="${visit.language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${page.title}</title>
    <link rel="icon" href="/demo/mark.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/demo/site.css" nonce="${visit.nonce}" />
    ${page.scripts.map((source) => html`<script type="module" src="${source}" nonce="${visit.nonce}"></script>`)}
  </head>
  <body>
    <a class="skip" href="#main">${texts.skip}</a>
    <header class="top wide">
      <a class="brand" href="${linkTo(visit, '/')}">${mark} Leerkring</a>
      <nav aria-label="${texts.navigation}">
        <ul>
          <li><a href="${linkTo(visit, '/')}"${current('/')}>${texts.front}</a></li>
          <li><a href="${linkTo(visit, '/editor')}"${current('/editor')}>${texts.editor}</a></li>
        </ul>
      </nav>
      <a href="${visit.path}?lang=${other}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a>
    </header>
    <main id="main" class="wide" tabindex="-1">${page.main}</main>
    <footer class="foot wide">
      <p>${texts.foot(page.organisation)}</p>
      <ul>
        <li><a href="/.well-known/leerkring-ballot-keys">${texts.ballotKeys}</a></li>
        <li><a href="/openapi.json">${texts.api}</a></li>
      </ul>
    </footer>
  </body>
</html>`;
}

/** What a browser gets at an address that is none. */
export function missingPage(visit: Visit, organisation: string): Html {
  const texts = SITE_TEXTS[visit.language];
  const main = html`<div class="hero">
    <h1>${texts.notFound}</h1>
    <p>${texts.notFoundText}</p>
    <p><a href="${linkTo(visit, '/')}">${texts.back}</a></p>
  </div>`;
  return sitePage(visit, { title: `${texts.notFound} · Leerkring`, organisation, main, scripts: [] });
}

/** A text with `code` in it. */
export function prose(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
