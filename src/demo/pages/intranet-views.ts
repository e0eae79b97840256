import { html } from 'hono/html';
import { SAFETY } from '../answers.ts';
import { hasCheckIn, hasLearningLog, type DemoContext } from '../context.ts';
import type { DemoPerson } from '../organisation.ts';
import type { Language } from '../../domain/language.ts';
import { linkTo, type Html, type Visit } from './http.ts';
import { dayIn, INTRANET_TEXTS, weekday, type NewsItem } from './intranet-texts.ts';

/** Where the learning log has a page of its own; links to entries lead there. */
export const LOG_PATH = '/leerlogboek';

const OTHER: Readonly<Record<Language, Language>> = { nl: 'en', en: 'nl' };

/** A visit by somebody whom the intranet knows, or by nobody yet. */
export interface IntranetVisit extends Visit {
  readonly person: DemoPerson | undefined;
}

export function homePage(demo: DemoContext, visit: IntranetVisit): Html {
  const texts = INTRANET_TEXTS[visit.language];
  const now = demo.services.now();
  const [first, ...more] = texts.items;
  const main = html`<div class="home band">
    <h1>${visit.person ? texts.hello(firstName(visit.person)) : texts.welcome}</h1>
    <div class="asked">
      <section aria-label="${texts.pulse}">
        <kring-pulse-survey
          server="${demo.serverUrl}"
          token-url="/leerkring-token"
          ballot-key="${demo.ballotKey}"
        ></kring-pulse-survey>
      </section>
      ${
        hasLearningLog(demo)
          ? html`<kring-learning-log
              view="compact"
              server="${demo.serverUrl}"
              token-url="/leerkring-token"
              log-url="${linkTo(visit, LOG_PATH)}"
            ></kring-learning-log>`
          : ''
      }
      ${
        hasCheckIn(demo)
          ? html`<div class="notice">
              <h2><a href="${linkTo(visit, '/check-in')}">${texts.checkIn.title}</a></h2>
              <p>${texts.checkIn.teaser}</p>
            </div>`
          : ''
      }
    </div>
    <div class="news" id="news">
      <h2>${texts.news}</h2>
      ${first ? html`<div class="picture">${picture}</div>${newsItem(visit, first, now, 'item first')}` : ''}
      ${more.map((item) => newsItem(visit, item, now, 'item'))}
      <h2>${texts.agenda}</h2>
      <ul class="agenda">
        ${texts.events.map(
          ({ when, what, where }) => html`<li><b>${when}</b><span>${what}<span>${where}</span></span></li>`,
        )}
      </ul>
    </div>
    <section class="menu-card" id="canteen" aria-labelledby="canteen-title">
      <h2 id="canteen-title">${texts.canteen}</h2>
      <p>${texts.canteenLead}</p>
      <table aria-labelledby="canteen-title">
        ${texts.menu.map(
          ([day, dish], index) => html`<tr${index === weekday(now) ? html` class="now"` : ''}>
            <th scope="row">${day}${index === weekday(now) ? html` <small>${texts.today}</small>` : ''}</th>
            <td>${dish}</td>
          </tr>`,
        )}
      </table>
    </section>
  </div>`;
  return intranetPage(demo, visit, { title: 'Lichtpunt', main, kit: ['pulse-survey', ...(hasLearningLog(demo) ? ['learning-log'] : [])] });
}

export function teamPage(demo: DemoContext, visit: IntranetVisit): Html {
  const texts = INTRANET_TEXTS[visit.language];
  const { person } = visit;
  const team = demo.organisation.teams.find(({ id }) => id === person?.team);
  const colleagues = demo.organisation.people.filter((one) => one.team === team?.id);
  const below = demo.organisation.teams.filter(({ parent }) => parent !== null && parent === team?.id);
  const main = html`<div class="band">
    <h1>${team ? texts.teamOf(team.name) : texts.team}</h1>
    <p>${team ? texts.teamLead : texts.teamSignedOut}</p>
    <div class="team">
      <div class="cards">
        <section aria-label="${texts.learning}">
          <kring-team-pulse server="${demo.serverUrl}" token-url="/leerkring-token"></kring-team-pulse>
        </section>
        <section id="check-in" aria-label="${texts.safety}">
          <kring-team-pulse
            server="${demo.serverUrl}"
            token-url="/leerkring-token"
            instrument="${SAFETY.instrument.key}"
          ></kring-team-pulse>
        </section>
      </div>
      ${
        team
          ? html`<div class="side">
            <section aria-labelledby="people">
              <h2 id="people">${texts.whoIsWho}</h2>
              <ul class="people">
                ${colleagues.map(
                  (one) =>
                    html`<li>
                      ${one.name}
                      <span>${one.job[visit.language]}${one.role === 'leader' ? `, ${texts.leads}` : ''}</span>
                    </li>`,
                )}
              </ul>
            </section>
            ${
              below.length > 0
                ? html`<section aria-labelledby="below">
                  <h2 id="below">${texts.below}</h2>
                  <ul class="people">${below.map(({ name }) => html`<li>${name}</li>`)}</ul>
                </section>`
                : ''
            }
            <section aria-labelledby="rules">
              <h2 id="rules">${texts.houseRules}</h2>
              <p>${texts.houseRulesText}</p>
            </section>
          </div>`
          : ''
      }
    </div>
  </div>`;
  return intranetPage(demo, visit, { title: `${texts.team} · Lichtpunt`, main, kit: ['team-pulse'] });
}

/** Who asks and why, and the check-in under it. */
export function checkInPage(demo: DemoContext, visit: IntranetVisit): Html {
  const { title, lead, why, then } = INTRANET_TEXTS[visit.language].checkIn;
  const main = html`<div class="band">
    <article>
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
      <p>${why}</p>
      <div class="widget">
        <kring-safety-check-in
          server="${demo.serverUrl}"
          token-url="/leerkring-token"
          ballot-key="${demo.ballotKey}"
        ></kring-safety-check-in>
      </div>
      <p>${then} <a href="${linkTo(visit, '/team#check-in')}">${INTRANET_TEXTS[visit.language].team}</a></p>
    </article>
  </div>`;
  return intranetPage(demo, visit, { title: `${title} · Lichtpunt`, main, kit: ['safety-check-in'] });
}

/** What the log is for, and the log: to write in, and to find back. */
export function logPage(demo: DemoContext, visit: IntranetVisit): Html {
  const { title, lead, why } = INTRANET_TEXTS[visit.language].log;
  const main = html`<div class="band">
    <h1>${title}</h1>
    <p>${lead}</p>
    <p>${why}</p>
    <div class="log">
      <kring-learning-log
        view="full"
        server="${demo.serverUrl}"
        token-url="/leerkring-token"
        log-url="${linkTo(visit, LOG_PATH)}"
      ></kring-learning-log>
    </div>
  </div>`;
  return intranetPage(demo, visit, { title: `${title} · Lichtpunt`, main, kit: ['learning-log'] });
}

export function newsPage(demo: DemoContext, visit: IntranetVisit, item: NewsItem): Html {
  const texts = INTRANET_TEXTS[visit.language];
  const main = html`<div class="band">
    <article>
      <time>${dayIn(visit.language, demo.services.now(), item.age)}</time>
      <h1>${item.title}</h1>
      <p class="lead">${item.lead}</p>
      ${item.body.map((paragraph) => html`<p>${paragraph}</p>`)}
      <p><a href="${linkTo(visit, '/#news')}">${texts.moreNews}</a></p>
    </article>
  </div>`;
  return intranetPage(demo, visit, { title: `${item.title} · Lichtpunt`, main, kit: [] });
}

export function missingPage(demo: DemoContext, visit: IntranetVisit): Html {
  const texts = INTRANET_TEXTS[visit.language];
  const main = html`<div class="band">
    <h1>${texts.notFound}</h1>
    <p>${texts.notFoundText}</p>
    <p><a href="${linkTo(visit, '/')}">${texts.toHome}</a></p>
  </div>`;
  return intranetPage(demo, visit, { title: `${texts.notFound} · Lichtpunt`, main, kit: [] });
}

function intranetPage(
  demo: DemoContext,
  visit: IntranetVisit,
  page: { readonly title: string; readonly main: Html; readonly kit: readonly string[] },
): Html {
  const texts = INTRANET_TEXTS[visit.language];
  const { person } = visit;
  const other = OTHER[visit.language];
  const front = linkTo(visit, `${demo.serverUrl}/`);
  const current = (path: string) => (visit.path === path ? html` aria-current="page"` : '');
  const item = (path: string, label: string) =>
    html`<li><a href="${linkTo(visit, path)}"${current(path)}>${label}</a></li>`;
  return html`<!doctype html>
<html lang="${visit.language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${page.title}</title>
    <link rel="icon" href="/lichtpunt.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/lichtpunt.css" nonce="${visit.nonce}" />
    ${page.kit.length > 0 && person ? html`<link rel="preload" as="fetch" href="/leerkring-token" crossorigin />` : ''}
    ${page.kit.map(
      (name) => html`<script type="module" async src="${demo.serverUrl}/kit/${name}.js" nonce="${visit.nonce}"></script>`,
    )}
  </head>
  <body>
    <a class="jump" href="#main">${texts.skip}</a>
    <header class="masthead">
      <div class="who band">
        ${
          person
            ? html`<p>${texts.signedInAs} <b>${person.name}</b></p>
              <form method="post" action="${linkTo(visit, '/sign-out')}"><button>${texts.signOut}</button></form>`
            : html`<p>${texts.signedOut}</p><p><a href="${front}">${texts.chooseWho}</a></p>`
        }
        <p class="out"><a href="${front}">${texts.backToDemo}</a></p>
      </div>
      <div class="name band">
        <a href="${linkTo(visit, '/')}">
          <svg viewBox="0 0 44 44" aria-hidden="true"><path fill="#f4b63f" d="M25 2 9 25h11l-3 17 18-25H23z" /></svg>
          Lichtpunt
        </a>
        <p>${texts.tagline(demo.organisation.name)}</p>
      </div>
      <nav class="menu" aria-label="${texts.navigation}">
        <ul class="band">
          ${item('/', texts.home)} ${item('/#news', texts.news)}
          ${item('/team', texts.team)} ${hasLearningLog(demo) ? item(LOG_PATH, texts.log.title) : ''}
          ${item('/#canteen', texts.canteen)}
          <li><a href="${visit.path}?lang=${other}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a></li>
        </ul>
      </nav>
    </header>
    <main id="main" tabindex="-1">${page.main}</main>
    <footer><p class="band">${texts.footer}</p></footer>
  </body>
</html>`;
}

function newsItem(visit: IntranetVisit, { slug, age, title, lead }: NewsItem, now: Date, kind: string): Html {
  return html`<div class="${kind}">
    <time>${dayIn(visit.language, now, age)}</time>
    <h3><a href="${linkTo(visit, `/news/${slug}`)}">${title}</a></h3>
    <p>${lead}</p>
  </div>`;
}

/** Racks under lamps, one of which is lit: the hall of the first news item. */
const picture = html`<svg viewBox="0 0 720 240" aria-hidden="true">
  <path fill="#24363f" d="M0 0h720v240H0z" />
  <path fill="#2f4650" d="M0 206h720v34H0z" />
  <path fill="#f4b63f" opacity=".16" d="M360 34 214 206h292z" />
  <path fill="#f4b63f" opacity=".2" d="M360 34 282 206h156z" />
  <g stroke="#d5dde1" stroke-width="2" fill="none"><path d="M120 0v26M360 0v26M600 0v26" /></g>
  <path fill="#d5dde1" d="M104 26h32l8 10H96zM584 26h32l8 10h-48z" />
  <path fill="#f4b63f" d="M344 26h32l8 10h-48z" />
  <g fill="#3d5763">
    <path d="M20 70h190v6H20zM20 116h190v6H20zM20 162h190v6H20zM20 62h8v144h-8zM202 62h8v144h-8z" />
    <path d="M510 70h190v6H510zM510 116h190v6H510zM510 162h190v6H510zM510 62h8v144h-8zM692 62h8v144h-8z" />
  </g>
  <g fill="#9c3d14">
    <path d="M36 92h40v24H36zM84 86h52v30H84zM36 136h58v26H36zM150 140h44v22h-44zM60 182h46v24H60z" />
    <path d="M528 92h52v24h-52zM640 84h40v32h-40zM560 138h62v24h-62zM528 178h40v28h-40zM612 184h60v22h-60z" />
  </g>
  <g fill="#f2a57c">
    <path d="M144 94h44v22h-44zM102 134h40v28h-40zM116 176h62v30h-62z" />
    <path d="M588 88h44v28h-44zM632 134h48v28h-48zM574 182h30v24h-30z" />
  </g>
  <path fill="#fffdf9" d="M318 134h84v72h-84z" />
  <circle cx="360" cy="170" r="24" fill="none" stroke="#1b2a33" stroke-width="3" />
  <path fill="none" stroke="#1b2a33" stroke-width="3" d="M360 146v48M336 170h48M343 153l34 34M377 153l-34 34" />
</svg>`;

function firstName({ name }: DemoPerson): string {
  return name.split(' ', 1)[0] ?? name;
}
