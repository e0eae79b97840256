import type { Teams } from '../../host/teams.ts';
import { followLink } from './link.ts';

/**
 * A deep link says which team's figures, and which round's. In a meeting the figures can go from the side panel to the
 * stage, where only those show that are final.
 */
export function open(teams: Teams): void {
  followLink(teams);
  const place = document.querySelector<HTMLElement>('[data-stage]');
  const button = place?.querySelector('button');
  const { later } = teams;
  const card = document.querySelector('kring-team-pulse');
  if (!place || !button || !card || !later || teams.frame !== 'sidePanel') return;
  const failed = place.querySelector<HTMLElement>('[role=alert]');
  place.hidden = false;
  button.addEventListener('click', () => {
    const address = new URL(location.pathname, location.origin);
    for (const [name, value] of [['team', card.getAttribute('team')], ['show', 'team-pulse'], ['stage', '1']] as const) {
      if (value !== null) address.searchParams.set(name, value);
    }
    later().then((acts) => acts.stage(address.href)).then(
      () => { if (failed) failed.hidden = true; },
      () => { if (failed) failed.hidden = false; },
    );
  });
}
