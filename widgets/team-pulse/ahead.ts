import { read } from '../../src/client/api.ts';
import { REPORTS_PATH } from '../../src/contract/paths.ts';
import { pageHost } from '../../src/host/page.ts';
import { askAhead } from '../../src/ui/ahead.ts';
import { loadTexts } from './texts.ts';

export const asked = askAhead('kring-team-pulse', (element) => {
  const host = pageHost(element);
  const instrument = element.getAttribute('instrument') ?? 'learning-pulse';
  return [loadTexts(host.language), read(host, REPORTS_PATH, { team: host.team, instrument }, true)];
});
