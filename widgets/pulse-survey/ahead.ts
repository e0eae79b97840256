import { askRoundsAhead } from '../../src/answering/ahead.ts';
import { answeringTexts } from '../../src/answering/texts.ts';
import { pageHost } from '../../src/host/page.ts';

export const asked = askRoundsAhead('kring-pulse-survey', 'learning-pulse', pageHost, answeringTexts);
