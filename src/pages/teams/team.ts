import type { TeamReports } from '../../contract/reports.ts';
import type { Teams } from '../../host/teams.ts';
import { followLink } from './link.ts';

/** What the card says of what is on it, once it is there and has figures. */
type Card = HTMLElement & { readonly reports?: TeamReports; readonly roundId?: string };

/**
 * A deep link says which team's figures, and which round's; and from here such a link is shared. In a meeting the figures
 * can go from the side panel to the stage, where only those show that are final.
 */
export function open(teams: Teams): void {
  followLink(teams);
  const card = document.querySelector<Card>('kring-team-pulse');
  const { later } = teams;
  if (!card || !later) return;

  const sharing = document.querySelector<HTMLElement>('[data-share]');
  const share = async () => {
    const chosen = chosenIn(card);
    const address = new URL(location.pathname, location.origin);
    address.search = chosen.toString();
    (await later()).share({ subPage: chosen.toString(), label: sharing?.dataset['share'] ?? '', address: address.href });
  };
  sharing?.querySelector('button')?.addEventListener('click', () => void share());
  const other = document.querySelector<HTMLElement>('[data-other-round]');
  const follow = () => {
    const rounds = card.reports?.rounds ?? [];
    // On the stage everybody looks, and nobody presses.
    if (sharing) sharing.hidden = rounds.length === 0 || teams.frame === 'meetingStage';
    if (other) other.hidden = rounds.length === 0 || card.roundId === undefined || rounds.some(({ id }) => id === card.roundId);
  };
  card.addEventListener('kring-ready', () => {
    follow();
    // Which round is chosen on the card, it tells nobody.
    card.shadowRoot?.addEventListener('change', follow);
  });
  card.addEventListener('kring-error', () => {
    for (const part of [sharing, other]) if (part) part.hidden = true;
  });
  follow();

  const place = document.querySelector<HTMLElement>('[data-stage]');
  const failed = place?.querySelector<HTMLElement>('[role=alert]');
  if (!place || !failed || teams.frame !== 'sidePanel') return;
  place.hidden = false;
  place.querySelector('button')?.addEventListener('click', () => {
    const address = new URL(location.pathname, location.origin);
    address.search = new URLSearchParams([...chosenIn(card), ['show', 'team-pulse'], ['stage', '1']]).toString();
    later().then((acts) => acts.stage(address.href)).then(
      () => { failed.hidden = true; },
      () => { failed.hidden = false; },
    );
  });
}

/** The team and the round that are in sight, whoever chose them; until then, what the page was asked for. */
function chosenIn(card: Card): URLSearchParams {
  const { reports, roundId } = card;
  const chosen = reports
    // The newest, where none was chosen or the one that was is none of this team's.
    ? { team: reports.team.id, round: (reports.rounds.find(({ id }) => id === roundId) ?? reports.rounds[0])?.id }
    : { team: card.getAttribute('team'), round: card.getAttribute('round') };
  return new URLSearchParams(Object.entries(chosen).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
