import { isKey } from '../../contract/plain.ts';
import type { Teams } from '../../host/teams.ts';
import { entryInAddress, fragmentOf } from './entry.ts';

/** The log opens what the address names after the #: so a deep link is put there. Sharing an entry is Teams' own. */
export function open(teams: Teams): void {
  if (teams.subPage !== undefined && isKey(teams.subPage) && entryInAddress() === undefined) location.hash = fragmentOf(teams.subPage);
  addEventListener('kring-asked', ({ detail }) => {
    if (!isKey(detail)) return;
    // The same entry may be asked for again, after others were looked at.
    history.replaceState(null, '', location.pathname + location.search);
    location.hash = fragmentOf(detail);
  });
  const log = document.querySelector('kring-learning-log');
  const { later } = teams;
  // In a browser an entry has a link, as it has on any page.
  if (!log || !later) return;
  const label = log.getAttribute('data-share') ?? '';
  const shareEntry = async (entry: string) => {
    const address = `${location.origin}${location.pathname}${fragmentOf(entry)}`;
    (await later()).share({ subPage: entry, label, address });
  };
  Object.assign(log, { shareEntry });
}
