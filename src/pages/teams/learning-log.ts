import type { Teams } from '../../host/teams.ts';
import { entryInAddress, fragmentOf } from './entry.ts';

/** The log opens what the address names after the #: so a deep link is put there, and a link to it can be shared. */
export function open(teams: Teams): void {
  if (teams.subPage !== undefined && entryInAddress() === undefined) location.hash = fragmentOf(teams.subPage);
  addEventListener('kring-asked', ({ detail }) => {
    // The same entry may be asked for again, after others were looked at.
    history.replaceState(null, '', location.pathname + location.search);
    location.hash = fragmentOf(detail);
  });
  const share = document.querySelector<HTMLButtonElement>('button[data-share]');
  if (!share) return;
  const follow = () => { share.hidden = entryInAddress() === undefined; };
  follow();
  addEventListener('hashchange', follow);
  share.addEventListener('click', () => {
    const entry = entryInAddress();
    if (entry === undefined) return;
    const address = `${location.origin}${location.pathname}${fragmentOf(entry)}`;
    void teams.later().then((acts) => { acts.share({ subPage: entry, label: share.dataset['share'] ?? '', address }); });
  });
}
