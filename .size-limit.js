import { join } from 'node:path';
import { BROWSER, kitEntries, readManifest, untilUsable } from './tools/bundle.js';

/** What an element may weigh until a person can use it, in one language. Twice a bare Lit element is the idea. */
const BUDGETS = new Map([
  ['pulse-survey', '13 kB'],
  ['team-pulse', '14 kB'],
]);
const ANY_OTHER = '14 kB';

const manifest = readManifest();

export default kitEntries(manifest).map(({ widget, key }) => ({
  name: `${widget}, until it can be used`,
  path: untilUsable(manifest, key).map((file) => join(BROWSER, file)),
  limit: BUDGETS.get(widget) ?? ANY_OTHER,
  brotli: true,
}));
