import { html } from 'hono/html';
import type { DemoContext } from '../context.ts';
import type { Language } from '../../domain/language.ts';
import type { DemoPerson } from '../organisation.ts';
import { linkTo, type Html, type Visit } from './http.ts';
import { prose, sitePage } from './site-frame.ts';
import { personaOf } from './site-front.ts';
import { SITE_TEXTS } from './site-texts.ts';

/** The widgets that an editor can choose from. Only one that sends ballots has a ballot key to pin. */
const WIDGETS = [
  { name: 'pulse-survey', answers: true },
  { name: 'team-pulse', answers: false },
] as const;

const LANGUAGE_CHOICES = ['page', 'nl', 'en'] as const;
const THEME_CHOICES = ['page', 'light', 'dark', 'auto'] as const;

/** What an editor chose, for all widgets of the page. */
interface Choices {
  readonly language: (typeof LANGUAGE_CHOICES)[number];
  readonly theme: (typeof THEME_CHOICES)[number];
  readonly pinned: boolean;
}

/** The choices in an address; what is not there, or unknown, is as it comes. */
export function choicesOf(query: Readonly<Record<string, string | undefined>>): Choices {
  return {
    language: LANGUAGE_CHOICES.find((choice) => choice === query['language']) ?? 'page',
    theme: THEME_CHOICES.find((choice) => choice === query['theme']) ?? 'page',
    // A form leaves out a box that is not ticked, so only the form as a whole can say 'no'.
    pinned: query['language'] === undefined || query['pin'] !== undefined,
  };
}

/** Through whose eyes the survey is seen. */
interface SurveyEyes {
  readonly person: DemoPerson;
  /** `taken`: everybody has a paper, so this person's survey is over. */
  readonly sees: 'survey' | 'taken' | 'no-round';
}

/** Somebody who can still answer in the open round; rather nobody whom the demo's steps need. */
export async function surveyEyes(demo: DemoContext): Promise<SurveyEyes> {
  const { services, organisation } = demo;
  const employee = personaOf(demo, 'employee').person;
  const round = await demo.newestRound();
  if (round.state !== 'open') return { person: employee, sees: 'no-round' };
  const electors = await services.database
    .selectFrom('elector')
    .select('person')
    .where('organisation', '=', organisation.id)
    .where('round', '=', round.id)
    .where('blinded', 'is', null)
    .execute();
  const left = new Set(electors.map(({ person }) => person));
  const needed = new Set(organisation.personas.map(({ person }) => person.id));
  const able = organisation.people.filter(({ id }) => left.has(id));
  const person = able.find(({ id }) => !needed.has(id)) ?? able[0];
  return person ? { person, sees: 'survey' } : { person: employee, sees: 'taken' };
}

/** One widget as chosen: its attributes on this page, and the snippet for another. */
interface Sample {
  readonly name: (typeof WIDGETS)[number]['name'];
  /** Whose eyes it looks through, in words. */
  readonly live: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly snippet: string;
}

/**
 * All widgets, as chosen.
 * @param spoken the language of the page, not of the widgets
 */
export function samples(
  demo: DemoContext,
  spoken: Language,
  { language, theme, pinned }: Choices,
  eyes: SurveyEyes,
): Sample[] {
  return WIDGETS.map(({ name, answers }) => {
    const person = answers ? eyes.person : personaOf(demo, 'leader').person;
    const attributes = (tokenUrl: string) => ({
      server: demo.serverUrl,
      'token-url': tokenUrl,
      ...(language === 'page' ? {} : { lang: language }),
      ...(theme === 'page' ? {} : { theme }),
      ...(pinned && answers ? { 'ballot-key': demo.ballotKey } : {}),
    });
    return {
      name,
      live: liveText(spoken, person, answers ? eyes.sees : 'taken'),
      attributes: attributes(`/demo/token?as=${person.id}`),
      snippet: [
        '<script type="module"',
        `  src="${demo.serverUrl}/kit/${name}.js"`,
        '></script>',
        `<kring-${name}`,
        ...Object.entries(attributes('/leerkring-token')).map(([attribute, value]) => `  ${attribute}="${value}"`),
        `></kring-${name}>`,
      ].join('\n'),
    };
  });
}

function liveText(language: Language, { name }: DemoPerson, sees: SurveyEyes['sees']): string {
  const { live, liveLook, liveNoRound } = SITE_TEXTS[language];
  return { survey: live, taken: liveLook, 'no-round': liveNoRound }[sees](name);
}

/** The page on which an editor sees each widget live and takes one snippet home. */
export function editorPage(demo: DemoContext, visit: Visit, choices: Choices, eyes: SurveyEyes): Html {
  const texts = SITE_TEXTS[visit.language];
  const shown = samples(demo, visit.language, choices, eyes);
  const option = (value: string, label: string, chosen: string) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`;
  const main = html`
    <div class="hero">
      <h1>${texts.editorPage}</h1>
      <p>${texts.editorPageLead}</p>
    </div>
    <form class="options" action="/editor" aria-label="${texts.options}" data-samples>
      ${visit.chosen ? html`<input type="hidden" name="lang" value="${visit.language}" />` : ''}
      <label class="field">
        <span>${texts.language}</span>
        <select name="language">
          ${LANGUAGE_CHOICES.map((choice) => option(choice, texts.languageOf[choice], choices.language))}
        </select>
      </label>
      <label class="field">
        <span>${texts.theme}</span>
        <select name="theme">
          ${THEME_CHOICES.map((choice) => option(choice, texts.themeOf[choice], choices.theme))}
        </select>
      </label>
      <div>
        <label class="check">
          <input type="checkbox" name="pin"${choices.pinned ? html` checked` : ''} aria-describedby="pin-why" />
          ${texts.pin}
        </label>
        <p class="small quiet" id="pin-why">${texts.pinWhy}</p>
      </div>
      <button class="button second" data-without-script>${texts.show}</button>
    </form>
    ${WIDGETS.map(({ name, answers }, index) => {
      const sample = shown[index];
      return html`<section aria-labelledby="${name}">
        <h2 id="${name}">${texts.widgets[name].title}</h2>
        <p>${texts.widgets[name].summary}</p>
        <div class="sample">
          <div>
            <p class="small quiet" data-live="${name}">${sample?.live ?? ''}</p>
            ${
              answers && eyes.sees === 'no-round'
                ? html`<p class="small"><a href="${linkTo(visit, '/#round')}">${texts.toNewRound}</a></p>`
                : ''
            }
            <div class="stage">${sample ? element(sample) : ''}</div>
          </div>
          <div class="snippet">
            <h3>${texts.snippet}</h3>
            <pre><code data-snippet="${name}">${sample?.snippet ?? ''}</code></pre>
            <p class="copy">
              <button class="button" type="button" data-copy="${name}" aria-describedby="${name}" hidden>
                ${texts.copy}
              </button>
              <span role="status" data-copied="${texts.copied}" data-failed="${texts.copyFailed}"></span>
            </p>
          </div>
        </div>
      </section>`;
    })}
    <section aria-labelledby="notes">
      <h2 id="notes">${texts.notes}</h2>
      <div class="notes">
        <div>
          <h3>${texts.tokenTitle}</h3>
          ${texts.tokenText.map((line) => html`<p>${prose(line)}</p>`)}
        </div>
        <div>
          <h3>${texts.cspTitle}</h3>
          <p>${prose(texts.cspText)}</p>
          <pre><code>${policyFor(demo)}</code></pre>
          <ul>${texts.cspWhy.map((line) => html`<li>${prose(line)}</li>`)}</ul>
        </div>
        <div>
          <h3>${texts.colourTitle}</h3>
          <p>${prose(texts.colourText)}</p>
          <pre><code>${COLOURS}</code></pre>
          <p>${texts.colourMore}</p>
        </div>
      </div>
    </section>`;
  return sitePage(visit, {
    title: `${texts.editorPage} · Leerkring`,
    organisation: demo.organisation.name,
    main,
    scripts: ['/pages/editor.js', ...WIDGETS.map(({ name }) => `/kit/${name}.js`)],
  });
}

function element({ name, attributes }: Sample): Html {
  const { server, 'token-url': tokenUrl, lang, theme, 'ballot-key': ballotKey } = attributes;
  // The tag is part of the template for each widget: a template escapes values, and a tag is none.
  const rest = html`server="${server}" token-url="${tokenUrl}"${lang === undefined ? '' : html` lang="${lang}"`}${
    theme === undefined ? '' : html` theme="${theme}"`
  }${ballotKey === undefined ? '' : html` ballot-key="${ballotKey}"`}`;
  return ELEMENTS[name](rest);
}

const ELEMENTS: Readonly<Record<(typeof WIDGETS)[number]['name'], (rest: Html) => Html>> = {
  'pulse-survey': (rest) => html`<kring-pulse-survey ${rest}></kring-pulse-survey>`,
  'team-pulse': (rest) => html`<kring-team-pulse ${rest}></kring-team-pulse>`,
};

function policyFor({ serverUrl }: DemoContext): string {
  return [
    "script-src 'nonce-…';",
    `connect-src 'self' ${serverUrl};`,
    "require-trusted-types-for 'script';",
    'trusted-types lit-html;',
  ].join('\n');
}

const COLOURS = `:root {
  --kring-accent: #8a3b12;
  --kring-on-accent: #fff;
  --kring-accent-soft: #fbeee6;
  --kring-surface: #fff;
  --kring-text: #26211d;
  --kring-quiet: #665c54;
  --kring-line: #e2dad2;
  --kring-edge: #857a70;
  --kring-radius: 4px;
  --kring-font: Georgia, serif;
}`;
