import { askRoundsAhead } from '../../src/answering/ahead.ts';
import { answeringTexts } from '../../src/answering/texts.ts';
import { pageHost } from '../../src/host/page.ts';
import { safetyCheckInTexts } from './texts.ts';

export const asked = askRoundsAhead('kring-safety-check-in', 'psychological-safety', pageHost, (language) =>
  Promise.all([answeringTexts(language), safetyCheckInTexts(language)]),
);
