import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { encode } from 'fast-png';

const root = join(import.meta.dirname, '..');

/** The version that the manifest is written in; the newest that is published is laid beside it. */
const MANIFEST_VERSION = '1.25';

/**
 * Makes what the command packs and checks the Teams app with: icons from the one mark, and Microsoft's schemas.
 * @param {string} folder
 */
export function buildTeams(folder) {
  mkdirSync(folder, { recursive: true });
  write(join(folder, 'color.png'), colourIcon());
  write(join(folder, 'outline.png'), outlineIcon());
  write(join(folder, 'schemas.json'), JSON.stringify(schemas()));
}

/** A square of the app's colour, for Teams rounds it off itself, with the mark over half its width. */
function colourIcon() {
  /** @type {{ accent: string }} */
  const { accent } = JSON.parse(readFileSync(join(root, 'manifest', 'colours.json'), 'utf8'));
  const ground = `<rect width="192" height="192" fill="${accent}"/>`;
  const symbol = mark().replace('<svg ', '<svg x="48" y="48" width="96" height="96" ');
  return new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" color="#fff">${ground}${symbol}</svg>`).render().asPng();
}

/** White wherever something is drawn, and where nothing is as well: Teams looks at the colour of what can't be seen. */
function outlineIcon() {
  const { width, height, pixels } = new Resvg(mark(), { fitTo: { mode: 'width', value: 32 } }).render();
  const data = Uint8Array.from(pixels, (value, index) => (index % 4 === 3 ? value : 255));
  return encode({ width, height, data, channels: 4, depth: 8 });
}

function mark() {
  return readFileSync(join(root, 'manifest', 'mark.svg'), 'utf8');
}

function schemas() {
  const { resolve } = createRequire(import.meta.url);
  const folder = join(dirname(resolve('@microsoft/app-manifest')), 'json-schemas', 'teams');
  const minor = (/** @type {string} */ name) => Number(/^v1\.(\d+)$/.exec(name)?.[1] ?? -1);
  const newest = readdirSync(folder).reduce((one, other) => (minor(other) > minor(one) ? other : one)).slice(1);
  return [...new Set([MANIFEST_VERSION, newest])].map((version) => {
    const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(folder, `v${version}`, `MicrosoftTeams${name}.schema.json`), 'utf8'));
    return { version, manifest: read(''), localization: read('.Localization') };
  });
}

/**
 * Whole or not at all, since another process may be reading it.
 * @param {string} file
 * @param {string | Uint8Array} content
 */
function write(file, content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}
