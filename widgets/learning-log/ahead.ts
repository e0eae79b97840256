import { read } from '../../src/client/api.ts';
import { LOG_PLACE_PATH } from '../../src/contract/learning-log-paths.ts';
import { pageHost } from '../../src/host/page.ts';
import { askAhead } from '../../src/ui/ahead.ts';
import { loadTexts } from './texts.ts';

export const asked = askAhead('kring-learning-log', (element) => {
  const host = pageHost(element);
  return [loadTexts(host.language), read(host, LOG_PLACE_PATH, {}, true)];
});
