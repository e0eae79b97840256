import { html, raw } from 'hono/html';
import type { Widget } from '../../contract/widgets.ts';
import { roundsWithInstrument } from '../../server/rounds/queries.ts';
import type { DemoContext } from '../context.ts';
import type { Language, Localized } from '../../domain/language.ts';
import type { DemoPerson } from '../organisation.ts';
import { linkTo, type Html, type Visit } from './http.ts';
import { prose, sitePage } from './site-frame.ts';
import { personaOf } from './site-front.ts';
import { followedRound } from './site-round.ts';
import { SITE_TEXTS } from './site-texts.ts';

const LANGUAGE_CHOICES = ['page', 'nl', 'en'] as const;
const THEME_CHOICES = ['page', 'light', 'dark', 'auto'] as const;

/** What an editor chose, for all widgets of the page. */
interface Choices {
  readonly language: (typeof LANGUAGE_CHOICES)[number];
  readonly theme: (typeof THEME_CHOICES)[number];
  readonly pinned: boolean;
  /** Key of the instrument whose figures are shown, as asked for: it may be none. */
  readonly figures: string | undefined;
  /** Attributes of one widget alone, by the name of their field, as asked for: they may be none. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/** The choices in an address; what is not there, or unknown, is as it comes. */
export function choicesOf(query: Readonly<Record<string, string | undefined>>): Choices {
  return {
    language: LANGUAGE_CHOICES.find((choice) => choice === query['language']) ?? 'page',
    theme: THEME_CHOICES.find((choice) => choice === query['theme']) ?? 'page',
    // A form leaves out a box that is not ticked, so only the form as a whole can say 'no'.
    pinned: query['language'] === undefined || query['pin'] !== undefined,
    figures: query['figures'],
    own: query,
  };
}

type Attribute = NonNullable<Widget['attributes']>[number];

/** The field in which an editor chooses an attribute of one widget alone. */
function fieldOf({ name }: Widget, attribute: Attribute): string {
  return `${name}.${attribute.name}`;
}

/**
 * What was chosen of a widget's own attributes.
 * @param here on this page, which has none of the pages that an address on the editor's site leads to
 */
function ownAttributes(widget: Widget, { own }: Choices, here: boolean): Record<string, string> {
  return Object.fromEntries(
    (widget.attributes ?? []).flatMap((attribute) => {
      const chosen = attribute.values.find(({ value }) => value === own[fieldOf(widget, attribute)]);
      return chosen && !(here && chosen.value.startsWith('/')) ? [[attribute.name, chosen.value]] : [];
    }),
  );
}

/** Through whose eyes a widget is seen. */
interface Eyes {
  readonly person: DemoPerson;
  /** `answer`: this person can still answer. `look`: there is something to see, and nothing to send. `write`: both. */
  readonly sees: 'answer' | 'look' | 'write' | 'no-round';
}

/**
 * Whoever gets something out of a widget. For one that sends ballots, somebody who can still answer in the open round
 * of its instrument: rather nobody whom the demo's steps need, and rather in a large team, which is asked all there is.
 */
async function eyesFor(demo: DemoContext, widget: Widget): Promise<Eyes> {
  const { services, organisation } = demo;
  const usual = personaOf(demo, widget.for === 'leader' ? 'leader' : 'employee').person;
  if (widget.sends !== 'ballots') return { person: usual, sees: widget.sends === 'entries' ? 'write' : 'look' };
  const round = widget.instrument === undefined ? undefined : await demo.newestRound(widget.instrument);
  if (round?.state !== 'open') return { person: usual, sees: 'no-round' };
  const electors = await services.database
    .selectFrom('elector')
    .innerJoin('round_team', (join) =>
      join
        .onRef('round_team.organisation', '=', 'elector.organisation')
        .onRef('round_team.round', '=', 'elector.round')
        .onRef('round_team.team', '=', 'elector.team'),
    )
    .select('elector.person')
    .where('elector.organisation', '=', organisation.id)
    .where('elector.round', '=', round.id)
    .where('elector.blinded', 'is', null)
    .orderBy('round_team.electorate', 'desc')
    .orderBy('elector.person')
    .execute();
  const needed = new Set(organisation.personas.map(({ person }) => person.id));
  const free = electors.find((elector) => !needed.has(elector.person)) ?? electors[0];
  const person = organisation.people.find(({ id }) => id === free?.person);
  // When everybody has a paper, the widget is over for whoever looks.
  return person ? { person, sees: 'answer' } : { person: usual, sees: 'look' };
}

interface Asked {
  readonly key: string;
  readonly title: Localized;
}

/** The instruments that there are rounds of, each once, the first asked first. */
async function instrumentsAsked({ services, organisation }: DemoContext): Promise<Asked[]> {
  const rounds = await roundsWithInstrument(services.database)
    .select('instrument.body')
    .where('round.organisation', '=', organisation.id)
    .orderBy('round.opens_at')
    .execute();
  const titles = new Map(rounds.map(({ body }) => [body.key, body.title]));
  return [...titles].map(([key, title]) => ({ key, title }));
}

/** Whether an editor can choose whose figures it shows. One that sends ballots is made for its instrument. */
function showsFigures({ sends, instrument }: Widget): boolean {
  return sends === 'nothing' && instrument !== undefined;
}

/** One widget as chosen: its attributes on this page, and the snippet for another. */
interface Sample {
  readonly name: string;
  /** Whose eyes it looks through, in words. */
  readonly live: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly snippet: string;
}

/**
 * All widgets that were built, as chosen.
 * @param spoken the language of the page, not of the widgets
 */
export async function samples(demo: DemoContext, spoken: Language, choices: Choices): Promise<Sample[]> {
  const shown = await shownWidgets(demo, spoken, choices, await instrumentsAsked(demo));
  return shown.map(({ sample }) => sample);
}

function shownWidgets(demo: DemoContext, spoken: Language, choices: Choices, asked: readonly Asked[]) {
  return Promise.all(
    demo.widgets.map(async (widget) => {
      const eyes = await eyesFor(demo, widget);
      return { widget, eyes, sample: sampleOf(demo, spoken, widget, choices, eyes, asked) };
    }),
  );
}

function sampleOf(
  demo: DemoContext,
  spoken: Language,
  widget: Widget,
  choices: Choices,
  { person, sees }: Eyes,
  asked: readonly Asked[],
): Sample {
  const { name } = widget;
  const { language, theme, pinned, figures } = choices;
  const other = showsFigures(widget) && figures !== widget.instrument && asked.find(({ key }) => key === figures);
  const attributes = (tokenUrl: string, here = false) => ({
    server: demo.serverUrl,
    'token-url': tokenUrl,
    ...(language === 'page' ? {} : { lang: language }),
    ...(theme === 'page' ? {} : { theme }),
    ...(other ? { instrument: other.key } : {}),
    ...ownAttributes(widget, choices, here),
    ...(pinned && widget.sends === 'ballots' ? { 'ballot-key': demo.ballotKey } : {}),
  });
  return {
    name,
    live: liveText(spoken, person, sees),
    attributes: attributes(`/demo/token?as=${person.id}`, true),
    snippet: [
      '<link rel="preload" as="fetch" href="/leerkring-token" crossorigin>',
      '<script type="module" async',
      `  src="${demo.serverUrl}/kit/${name}.js"`,
      '></script>',
      `<kring-${name}`,
      ...Object.entries(attributes('/leerkring-token')).map(([attribute, value]) => `  ${attribute}="${value}"`),
      `></kring-${name}>`,
    ].join('\n'),
  };
}

function liveText(language: Language, { name }: DemoPerson, sees: Eyes['sees']): string {
  const { live, liveLook, liveWrite, liveNoRound } = SITE_TEXTS[language];
  return { answer: live, look: liveLook, write: liveWrite, 'no-round': liveNoRound }[sees](name);
}

/** The page on which an editor sees each widget live and takes one snippet home. */
export async function editorPage(demo: DemoContext, visit: Visit, choices: Choices): Promise<Html> {
  const texts = SITE_TEXTS[visit.language];
  const asked = await instrumentsAsked(demo);
  const shown = await shownWidgets(demo, visit.language, choices, asked);
  const card = demo.widgets.find(showsFigures);
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
      ${
        card && asked.length > 1
          ? html`<label class="field">
              <span>${texts.figures}</span>
              <select name="figures">
                ${asked.map(({ key, title }) => option(key, title[visit.language], choices.figures ?? card.instrument ?? ''))}
              </select>
            </label>`
          : ''
      }
      ${demo.widgets.flatMap((widget) =>
        (widget.attributes ?? []).map((attribute) => {
          const field = fieldOf(widget, attribute);
          return html`<label class="field">
            <span>${widget.title[visit.language]}: ${lowered(attribute.title[visit.language])}</span>
            <select name="${field}">
              ${option('', attribute.without[visit.language], choices.own[field] ?? '')}
              ${attribute.values.map(({ value, title }) => option(value, title[visit.language], choices.own[field] ?? ''))}
            </select>
          </label>`;
        }),
      )}
      <div>
        <label class="check">
          <input type="checkbox" name="pin"${choices.pinned ? html` checked` : ''} aria-describedby="pin-why" />
          ${texts.pin}
        </label>
        <p class="small quiet" id="pin-why">${texts.pinWhy}</p>
      </div>
      <button class="button second" data-without-script>${texts.show}</button>
    </form>
    ${shown.map(({ widget, eyes, sample }) => {
      const { name } = widget;
      const round = eyes.sees === 'no-round' && followedRound(widget.instrument);
      return html`<section>
        <h2 id="widget-${name}">${widget.title[visit.language]}</h2>
        <p>${widget.summary[visit.language]}</p>
        <div class="sample">
          <div>
            <p class="small quiet" data-live="${name}">${sample.live}</p>
            ${
              round
                ? html`<p class="small"><a href="${linkTo(visit, `/#${round.card}`)}">${texts.toNewRound}</a></p>`
                : ''
            }
            <div class="stage">${element(sample)}</div>
          </div>
          <div class="snippet">
            <h3>${texts.snippet}</h3>
            <pre><code data-snippet="${name}">${sample.snippet}</code></pre>
            <p class="copy">
              <button class="button" type="button" data-copy="${name}" aria-describedby="widget-${name}" hidden>
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
    scripts: ['/demo/editor.js', ...demo.widgets.map(({ name }) => `/kit/${name}.js`)],
  });
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function element({ name, attributes }: Sample): Html {
  // A template escapes values, and a tag is none: a widget's name is lower-case words and hyphens, by its schema.
  const tag = raw(`kring-${name}`);
  const said = Object.entries(attributes).map(([attribute, value]) => html` ${raw(attribute)}="${value}"`);
  return html`<${tag}${said}></${tag}>`;
}

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
