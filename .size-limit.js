import { join } from 'node:path';
import { BROWSER, builtWidgets, untilUsable } from './tools/bundle.js';

/** What an element may weigh until a person can use it, in one language. Twice a bare Lit element is the idea. */
const BUDGETS = new Map([
  ['pulse-survey', '13 kB'],
  ['team-pulse', '14 kB'],
]);
const ANY_OTHER = '14 kB';

export default builtWidgets().map(({ name, manifest, key }) => ({
  name: `${name}, until it can be used`,
  path: untilUsable(manifest, key).map((file) => join(BROWSER, file)),
  limit: BUDGETS.get(name) ?? ANY_OTHER,
  brotli: true,
}));
