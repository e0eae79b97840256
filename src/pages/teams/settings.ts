import { RequestFailure, type Connection } from '../../client/api.ts';
import { teamReports } from '../../client/reports.ts';
import { TEAMS_REMOVE_PATH, TEAMS_TEAM_PATH } from '../../contract/teams-paths.ts';
import { pickLanguage } from '../../domain/language.ts';
import type { Teams } from '../../host/teams.ts';
import type { TabSettings, TeamsActs } from '../../host/teams/later.ts';

/** What Teams fills in, so that the tab has its language and colours at once. */
const HINTS = 'lang={locale}&theme={theme}';

/**
 * Sets up a tab in a shared place: which element, and which team of the roster. Which teams there are to choose from, the
 * server says of this very person; of what Teams tells about the place, nothing is used.
 */
export async function open(teams: Teams): Promise<void> {
  const form = document.querySelector('form');
  const select = form?.querySelector('select');
  const acts = await teams.later?.();
  if (!form || !select || !acts) return;
  acts.onRemove();
  acts.onSave(() => chosenIn(form, select));
  // What is saved is a team that is in sight, and not under a notice.
  const followChoice = () => { acts.canSave(select.value !== '' && select.checkVisibility()); };
  let chose = false;
  const fetchAnew = async () => {
    const saved = await fill(teams, acts, form, select);
    const shown = form.querySelector<HTMLInputElement>(`input[value="${CSS.escape(saved?.get('show') ?? '')}"]`);
    if (shown && !chose) shown.checked = true;
    preview(form, select);
    followChoice();
  };
  form.addEventListener('change', () => {
    chose = true;
    preview(form, select);
    followChoice();
  });
  const page = form.closest('[data-when]');
  if (page) new MutationObserver(followChoice).observe(page, { attributeFilter: ['hidden'] });
  addEventListener('kring-resumed', () => void fetchAnew());
  addEventListener('online', () => void fetchAnew());
  for (const again of form.querySelectorAll('[data-fetch]')) again.addEventListener('click', () => void fetchAnew());
  await fetchAnew();
}

/** @returns what the tab was saved with before, where that can be known */
async function fill(teams: Teams, acts: TeamsActs, form: HTMLFormElement, select: HTMLSelectElement): Promise<URLSearchParams | undefined> {
  const connection: Connection = { server: location.origin, language: pickLanguage([document.documentElement.lang]), token: teams.token };
  try {
    const [reports, address] = await Promise.all([teamReports(connection, {}), acts.current()]);
    const saved = savedIn(address);
    const kept = select.value || (saved.get('team') ?? reports.team.id);
    const options = reports.teams.map(({ id, name }) => new Option(name, id, false, id === kept));
    // A colleague may have saved a team that this person does not see: it stays until another is chosen on purpose.
    if (!reports.teams.some(({ id }) => id === kept)) {
      const other = new Option(select.dataset['other'] ?? '', '', false, true);
      other.disabled = true;
      options.unshift(other);
    }
    select.replaceChildren(...options);
    state(form, 'ready');
    return saved;
  } catch (error) {
    const failure = error instanceof RequestFailure ? error : new RequestFailure('internal');
    const words = form.querySelector('[data-words]');
    // Whom to ask is what the server says of somebody who is in no roster.
    if (words) words.textContent = failure.problem.detail ?? '';
    state(form, failure.kind === 'offline' ? 'offline' : 'refused');
    return undefined;
  }
}

/** What a tab's address says, when it is one of this app; a new one has that of this page, which says nothing. */
function savedIn(address: string = location.href): URLSearchParams {
  const said = URL.canParse(address) ? new URL(address) : undefined;
  return said?.origin === location.origin ? said.searchParams : new URLSearchParams();
}

function state(form: HTMLFormElement, now: 'ready' | 'offline' | 'refused'): void {
  for (const part of form.querySelectorAll<HTMLElement>('[data-state]')) part.hidden = part.dataset['state'] !== now;
}

/** Elements show the team that is chosen, as the tab will. */
function preview(form: HTMLFormElement, select: HTMLSelectElement): void {
  const show = showIn(form);
  for (const part of form.querySelectorAll<HTMLElement>('[data-preview]')) {
    part.hidden = part.dataset['preview'] !== show || select.value === '';
    if (select.value !== '') part.firstElementChild?.setAttribute('team', select.value);
  }
}

function showIn(form: HTMLFormElement): string {
  const show = new FormData(form).get('show');
  return typeof show === 'string' ? show : '';
}

function chosenIn(form: HTMLFormElement, select: HTMLSelectElement): TabSettings {
  const show = showIn(form);
  const address = new URL(TEAMS_TEAM_PATH, location.origin);
  address.searchParams.set('team', select.value);
  address.searchParams.set('show', show);
  const title = form.querySelector<HTMLElement>(`[data-title="${CSS.escape(show)}"]`)?.textContent ?? '';
  return {
    entityId: `${show}:${select.value}`.slice(0, 64),
    contentUrl: `${address.href}&${HINTS}`,
    websiteUrl: address.href,
    removeUrl: `${location.origin}${TEAMS_REMOVE_PATH}?${HINTS}`,
    suggestedDisplayName: title,
  };
}
