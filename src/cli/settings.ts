import { SETTINGS } from '../server/settings.ts';
import type { Outcome } from './context.ts';

/** All settings, what they are for, and what holds when they are absent. */
export function settings(): Outcome {
  return {
    data: SETTINGS,
    lines: SETTINGS.flatMap(({ name, meaning, fallback }, index) => [
      ...(index === 0 ? [] : ['']),
      name,
      `  ${meaning}`,
      `  When it is not set: ${fallback}.`,
    ]),
  };
}
