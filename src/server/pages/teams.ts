import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Widget } from '../../contract/widgets.ts';
import { PRIVACY_PATH, SUPPORT_PATH, TEAMS_LOG_PATH, TEAMS_TEAM_PATH, TEAMS_TODAY_PATH, TERMS_PATH } from '../../contract/teams-paths.ts';
import type { Language } from '../../domain/language.ts';
import { ENTRA_AUTHORITY, SCOPE } from '../auth/entra.ts';
import { document, type Html } from './page.ts';
import { TEAMS_TEXTS, type TeamsTexts } from './texts.ts';

/** What a page of the Teams app needs to know of this server. */
export interface TeamsPlace {
  /** What the widgets that were built say of themselves. */
  readonly widgets: readonly Widget[];
  /** By which Teams knows the app. */
  readonly appId: string | undefined;
  /** The intranets that may use the server. */
  readonly intranets: readonly string[];
  /** By each Entra tenant whose people may sign in: the app's client id there, and of which organisation they are. */
  readonly clients: ReadonlyMap<string, { readonly client: string; readonly organisation: string }>;
}

/** What organisations are called, by their key. */
export type OrganisationNames = ReadonlyMap<string, string>;

export type TeamsPageName = keyof TeamsTexts['titles'];

/** What suits a place that is shared: the same for all who are in it, apart from what each may see. */
const SHARED = ['pulse-survey', 'team-pulse'];

/** Teams' themes, as `?theme` says it before Teams itself does. */
const THEMES = ['default', 'dark', 'contrast', 'glass'];

/** The page of a tab, in words of the reader; what is the reader's own, its elements fetch. */
export function teamsPage(context: Context, name: TeamsPageName, language: Language, place: TeamsPlace, names: OrganisationNames): Html {
  const texts = TEAMS_TEXTS[language];
  const theme = THEMES.find((one) => one === context.req.query('theme'));
  const { main, kit } = contentOf(name, context, language, place);
  return document(language, {
    title: `${texts.titles[name]} · Leerkring`,
    attributes: theme === undefined ? {} : { theme },
    head: html`<script type="module" src="/pages/teams.js"></script>
    ${kit.map((widget) => html`<script type="module" src="/kit/${widget}.js"></script>`)}`,
    body: html`<body data-page="${name}">
    ${signsIn(name, place) ? headerOf(name, language) : ''}
    <main tabindex="-1">
      <div class="content" data-when="page">
        <h1>${texts.titles[name]}</h1>
        ${main}
      </div>
      ${noticesOf(name, texts, language, place, names, deepLink(name, context, texts, place))}
      <noscript><p class="notice">${texts.noScript}</p></noscript>
    </main>
  </body>`,
  });
}

/** The tabs that a person has, in Teams or by itself in a browser. */
const OWN = { today: TEAMS_TODAY_PATH, 'learning-log': TEAMS_LOG_PATH, team: TEAMS_TEAM_PATH } as const;

/** Whether people can sign in to a page in a browser of its own. */
export function signsIn(name: TeamsPageName, { clients }: TeamsPlace): boolean {
  return name in OWN && clients.size > 0;
}

/** What Teams has around the page otherwise. */
function headerOf(name: TeamsPageName, language: Language): Html {
  const { titles, signOut } = TEAMS_TEXTS[language];
  const link = (own: keyof typeof OWN) => html`<li><a href="${OWN[own]}?lang=${language}"${own === name ? html` aria-current="page"` : ''}>${titles[own]}</a></li>`;
  return html`<header data-alone hidden>
      <nav aria-label="Leerkring"><ul>${link('today')}${link('learning-log')}${link('team')}</ul></nav>
      <button type="button" class="second" data-sign-out>${signOut}</button>
    </header>`;
}

/** An app of Entra, for the page to sign in to. */
function entraOf(tenant: string, client: string): Html {
  return html` data-authority="${ENTRA_AUTHORITY}/${tenant}" data-client="${client}" data-scope="${client}/${SCOPE}"`;
}

/** The page of the window that goes to Entra and comes back. By the client id, since an app may name itself by that alone. */
export function signInPage(language: Language, tenant: string, { clients }: TeamsPlace): Html {
  const { signIn: texts, ...all } = TEAMS_TEXTS[language];
  const known = clients.get(tenant.toLowerCase());
  const entra = known === undefined ? '' : entraOf(tenant.toLowerCase(), known.client);
  return document(language, {
    title: `${texts.title} · Leerkring`,
    head: html`<script type="module" src="/pages/teams-sign-in.js"></script>`,
    body: html`<body data-page="sign-in"${entra}>
    <main>
      <section class="notice">
        <h1>${texts.title}</h1>
        <p>${texts.text}</p>
        <div role="alert"><p data-stuck hidden>${texts.stuck} <code></code> <a href="${TEAMS_TODAY_PATH}?lang=${language}">${texts.toLeerkring}</a></p></div>
        <p><a href="${SUPPORT_PATH}?lang=${language}">${all.support}</a></p>
        <noscript><p>${all.noScript}</p></noscript>
      </section>
    </main>
  </body>`,
  });
}

interface Content {
  readonly main: Html | string;
  /** The elements that are on the page from the start. */
  readonly kit: readonly string[];
}

function contentOf(name: TeamsPageName, context: Context, language: Language, place: TeamsPlace): Content {
  const texts = TEAMS_TEXTS[language];
  const has = (widget: string) => place.widgets.some((one) => one.name === widget);
  const team = context.req.query('team');
  const ofTeam = team === undefined ? '' : html` team="${team}"`;
  const round = context.req.query('round');
  const ofRound = round === undefined ? '' : html` round="${round}"`;
  switch (name) {
    case 'today': {
      const checkIn = place.widgets.find((one) => one.name === 'safety-check-in');
      return {
        kit: ['pulse-survey'].filter(has),
        main: html`${has('pulse-survey') ? html`<kring-pulse-survey></kring-pulse-survey>` : ''}
      ${checkIn ? html`<template data-instrument="${checkIn.instrument ?? ''}" data-kit="/kit/safety-check-in.js"><kring-safety-check-in></kring-safety-check-in></template>` : ''}
      <section data-log hidden><h2>${texts.waits}</h2><ul class="waits"></ul></section>`,
      };
    }
    case 'learning-log':
      return {
        kit: ['learning-log'].filter(has),
        main: html`${has('learning-log') ? html`<kring-learning-log view="full" log-url="${TEAMS_LOG_PATH}" data-share="${texts.shareTitle}"></kring-learning-log>` : ''}`,
      };
    case 'team': {
      const onStage = context.req.query('stage') !== undefined;
      // Nothing that is open belongs on a stage, whatever else an address asks for.
      if (!onStage && context.req.query('show') === 'pulse-survey' && has('pulse-survey')) {
        return { kit: ['pulse-survey'], main: html`<kring-pulse-survey${ofTeam}></kring-pulse-survey>` };
      }
      const show = 'team-pulse';
      if (!has(show)) return { kit: [], main: '' };
      if (onStage) return { kit: [show], main: html`<kring-team-pulse${ofTeam}${ofRound} released></kring-team-pulse>` };
      return {
        kit: [show],
        // Above the card, which is longer than a side panel is high.
        main: html`<div class="act" data-stage hidden>
        <button type="button" class="second" aria-describedby="stage">${texts.stage}</button>
        <p class="quiet" id="stage">${texts.stageWhy}</p>
        <p role="alert" hidden>${texts.stageFailed}</p>
      </div>
      <div role="status"><p class="quiet" data-other-round hidden>${texts.otherRound}</p></div>
      <kring-team-pulse${ofTeam}${ofRound}></kring-team-pulse>
      <div class="act" data-share="${texts.figuresTitle}" hidden>
        <button type="button" class="second" aria-describedby="share">${texts.share}</button>
        <p class="quiet" id="share">${texts.shareWhy}</p>
      </div>`,
      };
    }
    case 'settings':
      return { kit: SHARED.filter(has), main: settingsForm(language, place.widgets.filter((one) => SHARED.includes(one.name))) };
    case 'remove':
      return { kit: [], main: html`${texts.remove.map((line) => html`<p>${line}</p>`)}<p><a href="${PRIVACY_PATH}?lang=${language}" target="_blank">${texts.privacy}</a></p>` };
  }
}

function settingsForm(language: Language, widgets: readonly Widget[]): Html {
  const { settings: texts } = TEAMS_TEXTS[language];
  return html`<form>
      <p>${texts.lead}</p>
      <fieldset>
        <legend>${texts.what}</legend>
        ${widgets.map(
          ({ name, title, summary }, index) => html`<label class="choice">
          <input type="radio" name="show" value="${name}"${index === 0 ? html` checked` : ''} />
          <span><b data-title="${name}">${title[language]}</b> ${summary[language]}</span>
        </label>`,
        )}
      </fieldset>
      <div data-state="ready" hidden>
        <label class="field"><span>${texts.team}</span><select name="team" data-other="${texts.otherTeam}"></select></label>
        <p class="quiet">${texts.teamWhy}</p>
      </div>
      <div data-state="offline" role="status" hidden>
        <p>${texts.offline}</p>
        <p><button type="button" class="second" data-fetch>${texts.again}</button></p>
      </div>
      <div data-state="refused" role="status" hidden>
        <p>${texts.refused} <span data-words></span></p>
        <p><button type="button" class="second" data-fetch>${texts.again}</button></p>
      </div>
      <p>${texts.data}</p>
      <h2>${texts.preview}</h2>
      <p class="quiet">${texts.previewWhy}</p>
      ${widgets.map(({ name }, index) => html`<div data-preview="${name}" inert${index === 0 ? '' : html` hidden`}>${name === 'pulse-survey' ? html`<kring-pulse-survey></kring-pulse-survey>` : html`<kring-team-pulse></kring-team-pulse>`}</div>`)}
    </form>`;
}

/** A way to sign in for each tenant; where there are more, people know theirs by their organisation, else by its id. */
function signInOffer(texts: TeamsTexts, clients: TeamsPlace['clients'], names: OrganisationNames): Html {
  const knownBy = (tenant: string, organisation: string) => {
    const alone = [...clients.values()].filter((other) => other.organisation === organisation).length === 1;
    return html`<span class="quiet" id="${tenant}">${names.get(organisation) ?? organisation}${alone ? '' : html` <code>${tenant}</code>`}</span> `;
  };
  return html`<p>${texts.outsideHere}</p>
      <div role="alert">${Object.entries(texts.signInFailed).map(
        ([why, sentence]) => html`<p data-why="${why}" hidden>${sentence}${why === 'other' || why === 'unreachable' ? html` <code></code>` : ''}</p>`,
      )}</div>
      ${[...clients].map(
        ([tenant, { client, organisation }]) => html`<p>${clients.size > 1 ? knownBy(tenant, organisation) : ''}<button type="button" class="second" data-sign-in${entraOf(tenant, client)}${clients.size > 1 ? html` aria-describedby="${tenant}"` : ''}>${texts.signInHere}</button></p>`,
      )}`;
}

/**
 * Where a page is in Teams, among a person's own tabs. A tab that a team set up is at no address of its own there: what it
 * asks for is asked of the tab that holds such an element, in the words that `pages/teams/link.ts` reads.
 */
function deepLink(name: TeamsPageName, context: Context, texts: TeamsTexts, { appId }: TeamsPlace): string | undefined {
  if (appId === undefined || !(name in OWN)) return undefined;
  const { team, round, show } = context.req.query();
  const tab = name === 'team' && show === 'pulse-survey' ? 'today' : name;
  const choice = new URLSearchParams({ ...(team !== undefined && { team }), ...(round !== undefined && tab === 'team' && { round }) });
  const asked = name === 'team' && choice.size > 0 ? JSON.stringify({ subEntityId: choice.toString() }) : undefined;
  const address = `https://teams.microsoft.com/l/entity/${appId}/${tab}?label=${encodeURIComponent(texts.titles[tab])}`;
  return asked === undefined ? address : `${address}&context=${encodeURIComponent(asked)}`;
}

/** What there is instead of the page, where Teams is not there, silent, or wants something of the person first. */
function noticesOf(name: TeamsPageName, texts: TeamsTexts, language: Language, place: TeamsPlace, names: OrganisationNames, deep: string | undefined): Html {
  const { intranets, clients } = place;
  const { outside, silent, unanswered, ...needs } = texts.notices;
  return html`<section class="notice" data-when="outside" hidden>
      <h1>${outside.title}</h1>
      <p>${outside.text}</p>
      ${deep !== undefined ? html`<p><a class="button" data-deep href="${deep}">${outside.act}</a></p>` : html`<p>${texts.outsideApp}</p>`}
      ${signsIn(name, place) ? signInOffer(texts, clients, names) : html`<p>${intranets.length === 0 ? texts.outsideOnly : texts.outsideNone}</p>`}
      ${intranets.length === 0 ? '' : html`<p>${texts.outsideElse}</p><ul>${intranets.map((address) => html`<li><a href="${address}">${new URL(address).host}</a></li>`)}</ul>`}
      <p class="quiet"><a href="${SUPPORT_PATH}?lang=${language}">${texts.support}</a> <a href="${PRIVACY_PATH}?lang=${language}">${texts.privacy}</a> <a href="${TERMS_PATH}?lang=${language}">${texts.terms}</a></p>
    </section>
    <section class="notice" data-when="silent" hidden role="alert">
      <h1>${silent.title}</h1>
      <p>${silent.text}</p>
      <p><button type="button" data-again>${silent.act}</button></p>
      <p><a href="${SUPPORT_PATH}?lang=${language}" target="_blank">${texts.support}</a></p>
    </section>
    <section class="notice" data-when="unanswered" hidden role="alert">
      <h1>${unanswered.title}</h1>
      <p>${unanswered.text}</p>
      <p><button type="button" data-again>${unanswered.act}</button></p>
      ${deep !== undefined ? html`<p><a data-deep href="${deep}" target="_blank">${outside.act}</a></p>` : ''}
      <p><a href="${SUPPORT_PATH}?lang=${language}" target="_blank">${texts.support}</a></p>
    </section>
    <section class="notice" data-when="stranger" hidden role="alert">
      <h1>${texts.stranger}</h1>
      <p data-words></p>
      <p><button type="button" data-again>${silent.act}</button></p>
      <p><a href="${SUPPORT_PATH}?lang=${language}" target="_blank">${texts.support}</a></p>
    </section>
    ${Object.entries(needs).map(
      ([need, { title, text, act }]) => html`<section class="notice" data-when="${need}" hidden role="alert">
      <h1>${title}</h1>
      <p>${text}</p>
      <p><button type="button">${act}</button></p>
      ${need === 'refused' || need === 'window' ? html`<p class="quiet">${texts.told} <code></code></p>` : ''}
      <p><a href="${SUPPORT_PATH}?lang=${language}" target="_blank">${texts.support}</a></p>
    </section>`,
    )}`;
}
