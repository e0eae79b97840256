import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER, kitEntries, readManifest, untilUsable } from './tools/bundle.js';

/** Twice a bare Lit element is the idea; a widget's own budget stands in its `widget.json`. */
const ANY = '14 kB';

const manifest = readManifest();
const widgets = /** @type {import('./src/contract/widgets.ts').Widget[]} */ (
  JSON.parse(readFileSync(join(BROWSER, 'kit', 'widgets.json'), 'utf8'))
);

export default kitEntries(manifest).map(({ widget, key }) => ({
  name: `${widget}, until it can be used`,
  path: untilUsable(manifest, key).map((file) => join(BROWSER, file)),
  limit: widgets.find(({ name }) => name === widget)?.budget ?? ANY,
  brotli: true,
}));
