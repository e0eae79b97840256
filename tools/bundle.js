import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Where the browser's builds lie. */
export const BROWSER = join(root, 'dist', 'browser');

/** The builds that are no widget: the server's own pages, and the demo's site, which only a demo serves. */
const SITES = { pages: 'src/pages', demo: 'src/pages/demo' };

/**
 * One build for each widget, called after it, and one for each site. Entries keep their names from version to version.
 * @returns {{ name: string, entry: Record<string, string> }[]}
 */
export function browserBuilds() {
  const widgets = readdirSync(join(root, 'widgets'))
    .sort()
    .map((name) => ({ name, entry: { [`kit/${name}`]: join(root, 'widgets', name, 'index.ts') } }));
  const sites = Object.entries(SITES).map(([name, folder]) => {
    const entries = readdirSync(join(root, folder))
      .filter((file) => /^[^.]+\.ts$/.test(file))
      .sort()
      .map((file) => [`${name}/${basename(file, '.ts')}`, join(root, folder, file)]);
    return { name, entry: Object.fromEntries(entries) };
  });
  return [...widgets, ...sites];
}

/** @param {string} name of a build */
export function isSite(name) {
  return Object.hasOwn(SITES, name);
}

/** @param {string} name of a build */
export function manifestOf(name) {
  return `.vite/${name}.manifest.json`;
}

/** @param {string} name of a build */
export function modulesOf(name) {
  return `.vite/${name}.modules.json`;
}

/**
 * @typedef {Readonly<Record<string, import('vite').ManifestChunk>>} Manifest
 * What a build says of itself: source path to the file made of it, and what that file imports.
 *
 * @typedef {object} Built
 * @property {string} name of the build
 * @property {Manifest} manifest
 * @property {[module: string, file: string][]} modules each source file in it, and the built file that holds it
 * @property {string} key of the entry in the manifest, for a widget
 */

/**
 * @returns {Built[]} the widgets
 * @throws {Error} when nothing was built
 */
export function builtWidgets() {
  return builds().filter(({ name }) => !isSite(name));
}

/**
 * @returns {Built[]} all builds
 * @throws {Error} when nothing was built
 */
export function builds() {
  return browserBuilds().map(({ name }) => {
    const path = join(BROWSER, manifestOf(name));
    if (!existsSync(path)) throw new Error('There is no build to look at. Type: npm run build');
    const manifest = /** @type {Manifest} */ (JSON.parse(readFileSync(path, 'utf8')));
    const byFile = /** @type {Record<string, string[]>} */ (JSON.parse(readFileSync(join(BROWSER, modulesOf(name)), 'utf8')));
    const modules = Object.entries(byFile).flatMap(([file, all]) =>
      all.map((module) => /** @type {[string, string]} */ ([module.replaceAll('\\', '/'), file])),
    );
    const [key = ''] = Object.entries(manifest).find(([, { isEntry }]) => isEntry) ?? [];
    return { name, manifest, modules, key };
  });
}

/**
 * All that is fetched together with a chunk: itself and what it imports statically, however far away.
 * @param {Manifest} manifest
 * @param {string} key
 * @param {Set<string>} [seen]
 * @returns {Set<string>} keys
 */
export function withStatic(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of chunk(manifest, key).imports ?? []) withStatic(manifest, next, seen);
  return seen;
}

/**
 * The files that are fetched until an element can be used: its own, and the texts of one language (the language with
 * the most of them). What it fetches later, such as `texts/nl.later.ts` or a chart, is not among them.
 * @param {Manifest} manifest
 * @param {string} key
 */
export function untilUsable(manifest, key) {
  const keys = withStatic(manifest, key);
  /** @type {Map<string, string>} */
  const heaviest = new Map();
  for (const dynamic of [...keys].flatMap((one) => chunk(manifest, one).dynamicImports ?? [])) {
    const folder = /^(.*\/texts)\/[a-z]+(?:-[a-z]+)?\.ts$/i.exec(dynamic)?.[1];
    if (folder === undefined) continue;
    const other = heaviest.get(folder);
    if (other === undefined || weight(manifest, dynamic) > weight(manifest, other)) heaviest.set(folder, dynamic);
  }
  for (const texts of heaviest.values()) withStatic(manifest, texts, keys);
  return [...new Set([...keys].flatMap((one) => [chunk(manifest, one).file, ...(chunk(manifest, one).css ?? [])]))];
}

/**
 * @param {Manifest} manifest
 * @param {string} key
 */
function chunk(manifest, key) {
  const found = manifest[key];
  if (!found) throw new Error(`The build's manifest speaks of ${key}, and does not hold it.`);
  return found;
}

/**
 * @param {Manifest} manifest
 * @param {string} key
 */
function weight(manifest, key) {
  return statSync(join(BROWSER, `${chunk(manifest, key).file}.br`)).size;
}
