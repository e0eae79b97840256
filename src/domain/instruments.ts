import type { Instrument } from './instrument.ts';
import learningPulse from './instruments/learning-pulse.json' with { type: 'json' };
import psychologicalSafety from './instruments/psychological-safety.json' with { type: 'json' };

/** The instruments that come with the product. */
export const INSTRUMENTS: readonly Instrument[] = [learningPulse, psychologicalSafety as Instrument];
