import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER, builtWidgets, untilUsable } from './tools/bundle.js';

/** Twice a bare Lit element is the idea; a widget's own budget stands in its `widget.json`. */
const ANY = '14 kB';

const widgets = /** @type {import('./src/contract/widgets.ts').Widget[]} */ (
  JSON.parse(readFileSync(join(BROWSER, 'kit', 'widgets.json'), 'utf8'))
);

export default builtWidgets().map(({ name, manifest, key }) => ({
  name: `${name}, until it can be used`,
  path: untilUsable(manifest, key).map((file) => join(BROWSER, file)),
  limit: widgets.find((widget) => widget.name === name)?.budget ?? ANY,
  brotli: true,
}));
