import { read, openRounds, type Connection } from '../../client/api.ts';
import { LOG_INTENTIONS_PATH, LOG_PATH } from '../../contract/learning-log-paths.ts';
import type { EntrySummary, Intentions, Log } from '../../contract/learning-log.ts';
import { TEAMS_LOG_PATH } from '../../contract/teams-paths.ts';
import { pickLanguage } from '../../domain/language.ts';
import { LOG_LIMITS } from '../../domain/learning-log.ts';
import type { Teams } from '../../host/teams.ts';
import { short, unmarked } from '../../ui/excerpt.ts';
import { fragmentOf } from './entry.ts';
import { followLink } from './link.ts';
import { TODAY_TEXTS, type TodayTexts } from './today-texts.ts';

/**
 * What waits for this person besides the pulse, which is on the page from the start: the check-in when it is open, what
 * colleagues ask in the learning log, and intentions to look back on. What can't be fetched now leaves the rest alone.
 */
export async function open(teams: Teams): Promise<void> {
  const follow = followLink(teams);
  const fetchAnew = () => void fill(teams, follow);
  addEventListener('kring-resumed', fetchAnew);
  addEventListener('online', fetchAnew);
  await fill(teams, follow);
}

async function fill(teams: Teams, follow: (part: ParentNode) => void): Promise<void> {
  const language = pickLanguage([document.documentElement.lang]);
  const texts = TODAY_TEXTS[language];
  const connection: Connection = { server: location.origin, language, token: teams.token };
  await Promise.all([showCheckIn(connection, teams, follow), showLog(connection, teams, texts)].map((part) => part.catch(() => undefined)));
}

/** The element comes when there is something to answer: until then nobody has to wait for it. */
async function showCheckIn(connection: Connection, teams: Teams, follow: (part: ParentNode) => void): Promise<void> {
  const place = document.querySelector<HTMLTemplateElement>('template[data-instrument]');
  const { instrument, kit } = place?.dataset ?? {};
  if (!place || instrument === undefined || kit === undefined) return;
  const { rounds } = await openRounds(connection, instrument);
  if (rounds.length === 0) return;
  const content = document.importNode(place.content, true);
  const element = content.firstElementChild;
  if (!element) return;
  Object.assign(element, { getToken: teams.token });
  follow(content);
  place.replaceWith(content);
  await import(/* @vite-ignore */ new URL(kit, location.origin).href);
}

async function showLog(connection: Connection, teams: Teams, texts: TodayTexts): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-log]');
  const list = place?.querySelector('ul');
  if (!place || !list) return;
  // What can't be fetched now is still as it was.
  const before = (kind: string) => [...list.children].filter((line) => line.getAttribute('data-kind') === kind);
  const [asked, due] = await Promise.all([
    read<Log>(connection, LOG_PATH, { list: 'concerning', limit: String(LOG_LIMITS.page) }).then(
      ({ entries }) => entries.filter(({ help }) => help?.turn).map((entry) => item(teams, 'asked', entry.id, whatIsAsked(entry, texts), beginningOf(entry))),
      () => before('asked'),
    ),
    // The log asks above its list what came of it, and not beside the entry; nor of what can't be read any more.
    read<Intentions>(connection, LOG_INTENTIONS_PATH, {}).then(
      ({ intentions }) => intentions.flatMap(({ due, entry }) => (due && entry ? item(teams, 'due', undefined, texts.due, short(entry.excerpt)) : [])),
      () => before('due'),
    ),
  ]);
  replaceLines(list, [...asked, ...due]);
  place.hidden = list.childElementCount === 0;
}

/** Whoever is on one of the links stays on it, or where it is gone, on the page. */
function replaceLines(list: HTMLElement, lines: readonly Element[]): void {
  const told = (all: Iterable<Element>) => [...all].map(({ outerHTML }) => outerHTML).join('');
  if (told(list.children) === told(lines)) return;
  const focused = list.querySelector<HTMLAnchorElement>('a:focus');
  const line = focused?.closest('li')?.outerHTML;
  list.replaceChildren(...lines);
  if (!focused) return;
  const same = lines.find(({ outerHTML }) => outerHTML === line)?.querySelector('a');
  (same ?? document.querySelector('main'))?.focus();
}

/** As the log's list shows it. */
const beginningOf = ({ excerpt, more }: EntrySummary) => `${unmarked(excerpt)}${more ? '…' : ''}`;

function whatIsAsked(entry: EntrySummary, texts: TodayTexts): string {
  const kind = entry.help?.kind ?? 'peer-review';
  return entry.mine ? texts.answered(kind) : texts.asks(nameOf(entry, texts), kind);
}

function nameOf({ author }: EntrySummary, texts: TodayTexts): string {
  return author?.name ?? texts.formerColleague;
}

/** One thing that waits, as a link to it. */
function item(teams: Teams, kind: string, entry: string | undefined, what: string, beginning: string): HTMLLIElement {
  const link = document.createElement('a');
  link.href = `${TEAMS_LOG_PATH}${location.search}${entry === undefined ? '' : fragmentOf(entry)}`;
  link.textContent = what;
  const { later } = teams;
  if (later) link.addEventListener('click', (event) => {
    event.preventDefault();
    // Where Teams can't go to another tab, the page comes in the place of this one.
    later().then((acts) => acts.go('learning-log', entry)).then(
      (gone) => { if (!gone) location.assign(link.href); },
      () => { location.assign(link.href); },
    );
  });
  const about = document.createElement('span');
  about.dir = 'auto';
  about.textContent = beginning;
  const line = document.createElement('li');
  line.dataset['kind'] = kind;
  line.append(link, about);
  return line;
}
