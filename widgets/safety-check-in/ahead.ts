import { answeringTexts } from '../../src/answering/texts.ts';
import { read } from '../../src/client/api.ts';
import { OPEN_ROUNDS_PATH } from '../../src/contract/paths.ts';
import { pageHost } from '../../src/host/page.ts';
import { askAhead } from '../../src/ui/ahead.ts';
import { safetyCheckInTexts } from './texts.ts';

export const asked = askAhead('kring-safety-check-in', (element) => {
  const host = pageHost(element);
  const instrument = element.getAttribute('instrument') ?? 'psychological-safety';
  return [answeringTexts(host.language), safetyCheckInTexts(host.language), read(host, OPEN_ROUNDS_PATH, { instrument }, true)];
});
