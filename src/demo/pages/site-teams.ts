import { html } from 'hono/html';
import { LANGUAGES } from '../../domain/language.ts';
import type { DemoContext } from '../context.ts';
import type { Html, Visit } from './http.ts';
import { sitePage } from './site-frame.ts';
import { SITE_TEXTS } from './site-texts.ts';

export const TEAMS_PREVIEW_PATH = '/teams-preview';

/** A page that plays the Teams host around the app's pages, so that they can be seen without a tenant. */
export function teamsPreview(demo: DemoContext, visit: Visit): Html {
  const { teams: texts, ...site } = SITE_TEXTS[visit.language];
  const field = (name: string, label: string, options: readonly Html[]) => html`<label class="field">
      <span>${label}</span>
      <select name="${name}">${options}</select>
    </label>`;
  const choice = (name: string, label: string, options: readonly (readonly [value: string, text: string])[], chosen?: string) =>
    field(name, label, options.map(([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`));
  // Who somebody is stands above the name: beside it, both would be cut off on a telephone.
  const people = demo.organisation.personas.map(({ person, title }) => html`<optgroup label="${title[visit.language]}"><option value="${person.id}">${person.name}</option></optgroup>`);
  const main = html`<div class="hero">
      <h1>${texts.title}</h1>
      <p>${texts.lead}</p>
    </div>
    <form class="card played" data-played>
      ${field('as', texts.person, people)}
      ${choice('place', texts.place, Object.entries(texts.places))}
      ${choice('theme', texts.theme, Object.entries(texts.themes))}
      ${choice('locale', texts.language, LANGUAGES.map((language) => [language, site.languageOf[language]] as const), visit.language)}
      ${choice('device', texts.device, Object.entries(texts.devices))}
      ${choice('sign-on', texts.signOn, Object.entries(texts.signOns))}
    </form>
    <section class="played-teams" aria-label="${texts.frame}">
      <iframe title="${texts.frame}" data-device="desktop"></iframe>
      <p class="act" data-act="settings" hidden><button type="button" class="button second" disabled>${texts.save}</button></p>
      <p class="act" data-act="remove" hidden><button type="button" class="button second">${texts.remove}</button></p>
      <p role="status" data-saved="${texts.saved}" data-removed="${texts.removed}"></p>
    </section>`;
  return sitePage(visit, { title: `${texts.title} · Leerkring`, organisation: demo.organisation.name, main, scripts: ['/demo/teams-preview.js'] });
}
