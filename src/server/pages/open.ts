import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { html } from 'hono/html';
import { PRIVACY_PATH, SUPPORT_PATH, TERMS_PATH } from '../../contract/teams-paths.ts';
import type { Language, Localized } from '../../domain/language.ts';
import { fromDocumentation } from './markdown.ts';
import { document, otherLanguage, type Html } from './page.ts';
import { OPEN_TEXTS } from './open-texts.ts';
import { TEAMS_TEXTS } from './texts.ts';

/** How the part of a language begins in `docs/privacy.md`. */
const PARTS: Localized = { nl: '\n## Nederlands\n', en: '\n## English\n' };

/** What the documentation says about privacy, in each language. */
export async function readPrivacy(docs: string): Promise<Localized<readonly Html[]>> {
  const all = await readFile(join(docs, 'privacy.md'), 'utf8');
  const part = (language: Language) => {
    const [, text] = all.split(PARTS[language]);
    if (text === undefined) throw new RangeError(`docs/privacy.md has no part in ${language}.`);
    return fromDocumentation(text.split('\n---\n')[0] ?? text);
  };
  return { nl: part('nl'), en: part('en') };
}

export function privacyPage(language: Language, text: readonly Html[]): Html {
  return openPage(language, PRIVACY_PATH, TEAMS_TEXTS[language].privacy, html`${text}`);
}

export function termsPage(language: Language): Html {
  const { terms } = OPEN_TEXTS[language];
  return openPage(
    language,
    TERMS_PATH,
    TEAMS_TEXTS[language].terms,
    html`${terms.map(({ title, text }) => html`<h2>${title}</h2>${text.map((line) => html`<p>${line}</p>`)}`)}`,
  );
}

interface Contact {
  readonly name: string;
  readonly contact: string | null;
}

/**
 * Anybody may read it: where several organisations share a server, who they are is nobody's business.
 * @param organisations those on this server, each with whom its people ask
 */
export function supportPage(language: Language, organisations: readonly Contact[]): Html {
  const { support } = OPEN_TEXTS[language];
  return openPage(
    language,
    SUPPORT_PATH,
    TEAMS_TEXTS[language].support,
    html`${
      organisations.length > 1
        ? html`<p>${support.several}</p>`
        : html`<p>${support.lead}</p>
      <dl>${organisations.map(({ name, contact }) => html`<dt>${name}</dt><dd>${contact ?? support.nobody}</dd>`)}</dl>`
    }
      ${support.questions.map(({ title, text }) => html`<h2>${title}</h2>${text.map((line) => html`<p>${line}</p>`)}`)}`,
  );
}

function openPage(language: Language, path: string, title: string, main: Html): Html {
  const texts = TEAMS_TEXTS[language];
  const other = otherLanguage(language);
  const links = [
    [PRIVACY_PATH, texts.privacy],
    [TERMS_PATH, texts.terms],
    [SUPPORT_PATH, texts.support],
  ] as const;
  return document(language, {
    title: `${title} · Leerkring`,
    body: html`<body data-page="open">
    <header>
      <nav aria-label="${texts.about}">
        <ul>${links.map(([to, name]) => html`<li><a href="${to}?lang=${language}"${to === path ? html` aria-current="page"` : ''}>${name}</a></li>`)}</ul>
      </nav>
      <a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${OPEN_TEXTS[other].language}</a>
    </header>
    <main>
      <h1>${title}</h1>
      ${main}
    </main>
  </body>`,
  });
}
