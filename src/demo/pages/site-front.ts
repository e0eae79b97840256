import { html } from 'hono/html';
import { hasLearningLog, type DemoContext } from '../context.ts';
import type { DemoPersona, PersonaKey } from '../organisation.ts';
import { linkTo, type Html, type Visit } from './http.ts';
import { LOG_PATH } from './intranet-views.ts';
import { sitePage } from './site-frame.ts';
import { CHECK_IN_ROUND, PULSE_ROUND, type FollowedRound, type RoundState } from './site-round.ts';
import { TEAMS_PREVIEW_PATH } from './site-teams.ts';
import { SITE_TEXTS, type RoundTexts, type SiteTexts } from './site-texts.ts';

/** Where on the intranet each of the demo's people has something to see. */
const LOOKS_AT: Readonly<Record<PersonaKey, '/' | '/team'>> = {
  employee: '/',
  leader: '/team',
  'small-team': '/',
  'leader-above': '/team',
  'steady-team': '/team',
  editor: '/',
};

type ButtonKind = 'button' | 'button second';

/** The newest rounds, as far as there are any. */
interface Rounds {
  readonly pulse: RoundState | undefined;
  readonly checkIn: RoundState | undefined;
}

/**
 * Who do you want to be: the way through the demo in three steps, the same way with the check-in on safety, and other
 * eyes to look with.
 */
export function frontPage(demo: DemoContext, visit: Visit, { pulse, checkIn }: Rounds): Html {
  const texts = SITE_TEXTS[visit.language];
  const { organisation } = demo;
  const employee = personaOf(demo, 'employee');
  const leader = personaOf(demo, 'leader');
  const editor = personaOf(demo, 'editor');
  const asLeader = link(signInAs(demo, visit, leader), 'button second', texts.asLeader(leader.person.name));
  const others = organisation.personas.filter(({ key }) => key !== 'employee' && key !== 'leader' && key !== 'editor');
  const main = html`
    <div class="hero">
      <h1>${texts.headline}</h1>
      ${texts.pitch.map((line) => html`<p>${line}</p>`)}
    </div>
    <section aria-labelledby="who">
      <h2 id="who">${texts.who}</h2>
      <p>${texts.whoLead(organisation.name)}</p>
      <ol class="steps">
        <li class="card">
          ${cardHead(1, texts, employee.title[visit.language], describe(employee, visit, texts))}
          ${pulse?.phase === 'open' ? '' : html`<p><b>${texts.noRound}</b></p>`}
          <ul>${texts.employeeDoes.map((line) => html`<li>${line}</li>`)}</ul>
          <p class="act">${beLink(demo, visit, employee, 'button')}</p>
        </li>
        ${pulse ? roundCard(visit, PULSE_ROUND, pulse, texts.pulseRound, { step: 2, kind: 'button', after: asLeader }) : ''}
        <li class="card">
          ${cardHead(3, texts, leader.title[visit.language], describe(leader, visit, texts))}
          <ul>${texts.leaderDoes.map((line) => html`<li>${line}</li>`)}</ul>
          <p class="act">${beLink(demo, visit, leader, 'button')}</p>
        </li>
      </ol>
      <div class="card strip">
        <div>
          <h3>${editor.title[visit.language]} <span class="who">${describe(editor, visit, texts)}</span></h3>
          <p>${texts.editorDoes}</p>
        </div>
        <p class="act"><a class="button second" href="${linkTo(visit, '/editor')}">${texts.editorGo}</a></p>
      </div>
      <div class="card strip">
        <div>
          <h3>${texts.teams.card}</h3>
          <p>${texts.teams.cardText}</p>
        </div>
        <p class="act"><a class="button second" href="${linkTo(visit, TEAMS_PREVIEW_PATH)}">${texts.teams.go}</a></p>
      </div>
    </section>
    ${checkIn ? checkInPart(demo, visit, checkIn) : ''}
    ${hasLearningLog(demo) ? logPart(demo, visit) : ''}
    <section aria-labelledby="others">
      <h2 id="others">${texts.others}</h2>
      <div class="more">
        ${others.map(
          (persona) => html`<div class="card">
            <h3>${persona.title[visit.language]} <span class="who">${describe(persona, visit, texts)}</span></h3>
            <p>${persona.shows[visit.language]}</p>
            <p class="act">${beLink(demo, visit, persona, 'button second')}</p>
          </div>`,
        )}
      </div>
      ${anybodyForm(demo, visit, texts)}
    </section>`;
  return sitePage(visit, { title: texts.title, organisation: organisation.name, main, scripts: ['/demo/front.js'] });
}

function cardHead(step: number | undefined, texts: SiteTexts, title: string, who: string): Html {
  const words = html`${title} <span class="who">${who}</span>`;
  return step === undefined
    ? html`<h3>${words}</h3>`
    : html`<span class="nr" aria-hidden="true">${step}</span>
        <h3><span class="sr">${texts.step(step)}</span> ${words}</h3>`;
}

/** The three phases are all there, so that a script only has to show the one that is on. */
function roundCard(
  visit: Visit,
  { instrument, card }: FollowedRound,
  round: RoundState,
  words: RoundTexts,
  { step, kind, after }: { readonly step?: number; readonly kind: ButtonKind; readonly after: Html },
): Html {
  const texts = SITE_TEXTS[visit.language];
  const unless = (...phases: RoundState['phase'][]) => (phases.includes(round.phase) ? '' : html` hidden`);
  const to = (path: string) => linkTo(visit, `${path}?${new URLSearchParams({ instrument }).toString()}`);
  return html`<li class="card" id="${card}" tabindex="-1" data-phase="${round.phase}" data-state="${to('/demo/state')}">
    ${cardHead(step, texts, words.close, texts.closeWho(round.number))}
    <div class="round">
      <svg class="box" viewBox="0 0 72 72" aria-hidden="true">
        <circle class="track" cx="36" cy="36" r="31" />
        <g transform="rotate(-90 36 36)">
          <circle class="share" cx="36" cy="36" r="31" pathLength="100" stroke-dasharray="${round.share} 100" />
        </g>
        <circle class="inner" cx="36" cy="36" r="19" />
        <path class="tick" d="M25 37l8 8 15-17" />
      </svg>
      <p><b data-text="headline">${round.headline}</b></p>
    </div>
    <p class="sr" role="status"></p>
    <div data-when="open"${unless('open')}>
      <p>${words.why}</p>
    </div>
    <p class="small quiet" data-when="open"${unless('open')}>${texts.waitFor}</p>
    <div data-when="closing"${unless('closing')}>
      <p data-announce>${texts.closing}</p>
      <p><b data-text="countdown">${round.countdown}</b></p>
      <noscript><p><a href="${linkTo(visit, `/#${card}`)}">${texts.refresh}</a></p></noscript>
    </div>
    <div data-when="released"${unless('released')}>
      <p data-announce>${texts.releasedMore}</p>
    </div>
    <dl class="facts" data-when="open"${unless('open')}>
      <dt>${texts.closesAt}</dt><dd><time datetime="${round.closing.toISOString()}">${round.closesAt}</time></dd>
      <dt>${texts.resultsAt}</dt><dd>${round.resultsAfter}</dd>
    </dl>
    <form class="act" method="post" action="${to('/demo/close-round')}" data-when="open"${unless('open')}>
      <button class="${kind}">${words.close}</button>
    </form>
    <p class="act" data-when="released"${unless('released')}>${after}</p>
    <form method="post" action="${to('/demo/start-round')}" data-when="released"${unless('released')}>
      <button class="button third" aria-describedby="${card}-start">${words.start}</button>
      <p class="small quiet" id="${card}-start">${texts.startRoundWhy}</p>
    </form>
  </li>`;
}

/** The same way once more, with the check-in: answer, close, look. */
function checkInPart(demo: DemoContext, visit: Visit, round: RoundState): Html {
  const texts = SITE_TEXTS[visit.language];
  const words = texts.checkIn;
  const employee = personaOf(demo, 'employee');
  const leader = personaOf(demo, 'leader');
  const answer = link(signInAs(demo, visit, employee, '/check-in'), 'button second', words.answer(employee.person.name));
  const look = link(signInAs(demo, visit, leader, '/team#check-in'), 'button second', words.look(leader.person.name));
  return html`<section aria-labelledby="${CHECK_IN_ROUND.part}">
    <h2 id="${CHECK_IN_ROUND.part}">${words.title}</h2>
    <p>${words.lead}</p>
    <ul class="steps">
      <li class="card">
        ${cardHead(undefined, texts, words.answerTitle, describe(employee, visit, texts))}
        ${round.phase === 'open' ? '' : html`<p><b>${words.noRound}</b></p>`}
        <ul>${words.answerDoes(leader.person.name).map((line) => html`<li>${line}</li>`)}</ul>
        <p class="act">${answer}</p>
      </li>
      ${roundCard(visit, CHECK_IN_ROUND, round, words, { kind: 'button second', after: look })}
      <li class="card">
        ${cardHead(undefined, texts, words.lookTitle, describe(leader, visit, texts))}
        <ul>${words.lookDoes.map((line) => html`<li>${line}</li>`)}</ul>
        <p class="act">${look}</p>
      </li>
    </ul>
  </section>`;
}

/** Something was learned: written down by the one, found by the other, and never seen by whom it was not meant for. */
function logPart(demo: DemoContext, visit: Visit): Html {
  const texts = SITE_TEXTS[visit.language];
  const words = texts.log;
  const employee = personaOf(demo, 'employee');
  const leader = personaOf(demo, 'leader');
  const card = (title: string, who: DemoPersona, does: readonly string[], label: string) => html`<li class="card">
    ${cardHead(undefined, texts, title, describe(who, visit, texts))}
    <ul>${does.map((line) => html`<li>${line}</li>`)}</ul>
    <p class="act">${link(signInAs(demo, visit, who, LOG_PATH), 'button second', label)}</p>
  </li>`;
  return html`<section aria-labelledby="learning-log">
    <h2 id="learning-log">${words.title}</h2>
    <p>${words.lead}</p>
    <ul class="steps">
      ${card(words.writeTitle, employee, words.writeDoes, words.write(employee.person.name))}
      ${card(words.readTitle, leader, words.readDoes(employee.person.name), words.read(leader.person.name))}
    </ul>
  </section>`;
}

function anybodyForm(demo: DemoContext, visit: Visit, texts: SiteTexts): Html {
  const { people, teams } = demo.organisation;
  return html`<form class="card strip plain" action="${demo.intranetUrl}/sign-in">
    <h3>${texts.anybody} <span class="who">${texts.anybodyLead(people.length)}</span></h3>
    <label class="field">
      <span>${texts.person}</span>
      <select name="as">
        ${teams.map(
          (team) => html`<optgroup label="${team.name}">
            ${people
              .filter((person) => person.team === team.id)
              .map(
                ({ id, name, role }) =>
                  html`<option value="${id}">${role === 'leader' ? `${name} (${texts.leaderMark})` : name}</option>`,
              )}
          </optgroup>`,
        )}
      </select>
    </label>
    <input type="hidden" name="to" value="${linkTo(visit, '/')}" />
    <p class="act"><button class="button second">${texts.signIn}</button></p>
  </form>`;
}

function beLink(demo: DemoContext, visit: Visit, persona: DemoPersona, kind: ButtonKind): Html {
  const texts = SITE_TEXTS[visit.language];
  return link(signInAs(demo, visit, persona), kind, texts.be(persona.person.name));
}

function link(href: string, kind: ButtonKind, label: string): Html {
  return html`<a class="${kind}" href="${href}">${label}</a>`;
}

function describe({ person, teamName }: DemoPersona, { language }: Visit, texts: SiteTexts): string {
  const place = person.role === 'leader' ? texts.leads(teamName) : texts.inTeam(person.job[language], teamName);
  return `${person.name}: ${place}`;
}

function signInAs(
  { intranetUrl }: DemoContext,
  visit: Visit,
  { key, person }: DemoPersona,
  path: string = LOOKS_AT[key],
): string {
  const query = new URLSearchParams({ as: person.id, to: linkTo(visit, path) });
  return `${intranetUrl}/sign-in?${query.toString()}`;
}

/** @throws RangeError when the demo has no such persona */
export function personaOf({ organisation }: DemoContext, key: PersonaKey): DemoPersona {
  const persona = organisation.personas.find((one) => one.key === key);
  if (!persona) throw new RangeError(`The demo has no ${key}.`);
  return persona;
}
