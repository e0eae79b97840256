import { askAhead } from '../../src/answering/ahead.ts';
import { pageHost } from '../../src/host/page.ts';

export const asked = askAhead('kring-pulse-survey', 'learning-pulse', pageHost);
