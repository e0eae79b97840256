import type { Instrument } from '../../src/domain/instrument.ts';

const word = { nl: 'woord', en: 'word' };
const labels = Array.from({ length: 11 }, (_, index) => String(index + 1));
/** An instrument of eleven points, so that one ballot moves the mean of up to a hundred by more than its rounding. */
export const PROBE: Instrument = {
  key: 'probe',
  version: 1,
  title: word,
  summary: word,
  source: word,
  scale: { labels: { nl: labels, en: labels } },
  constructs: [
    { key: 'theme', title: word, nextStep: word },
    { key: 'other', title: word, nextStep: word },
    { key: 'leader', title: word, nextStep: word, about: 'leader' },
  ],
  items: [
    { key: 'theme-1', construct: 'theme', text: word },
    { key: 'theme-2', construct: 'theme', text: word, reversed: true },
    { key: 'theme-3', construct: 'theme', text: word },
    { key: 'other-1', construct: 'other', text: word },
    { key: 'leader-1', construct: 'leader', text: word },
  ],
  openQuestion: { text: word },
};
