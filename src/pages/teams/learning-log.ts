import { ENTRY_FRAGMENT } from '../../host/port.ts';
import type { Teams } from '../../host/teams.ts';

const FRAGMENT = `#${ENTRY_FRAGMENT}`;

/** The log opens what the address names after the #: so a deep link is put there, and a link to it can be shared. */
export function open(teams: Teams): void {
  if (teams.subPage !== undefined && location.hash === '') location.hash = FRAGMENT + encodeURIComponent(teams.subPage);
  const share = document.querySelector<HTMLButtonElement>('button[data-share]');
  if (!share) return;
  const opened = () => (location.hash.startsWith(FRAGMENT) ? decodeURIComponent(location.hash.slice(FRAGMENT.length)) : '');
  const follow = () => { share.hidden = opened() === ''; };
  follow();
  addEventListener('hashchange', follow);
  share.addEventListener('click', () => {
    const address = `${location.origin}${location.pathname}${location.hash}`;
    void teams.share({ subPage: opened(), label: share.dataset['share'] ?? '', address });
  });
}
