import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the browser's build lies. */
export const BROWSER = join(import.meta.dirname, '..', 'dist', 'browser');

/**
 * @typedef {Readonly<Record<string, import('vite').ManifestChunk>>} Manifest
 * What the build says of itself: source path to the file made of it, and what that file imports.
 */

/**
 * @returns {Manifest}
 * @throws {Error} when nothing was built
 */
export function readManifest() {
  const path = join(BROWSER, '.vite', 'manifest.json');
  if (!existsSync(path)) throw new Error('There is no build to look at. Type: npm run build');
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * @returns {[module: string, file: string][]} each source file in the build, and the built file that holds it
 */
export function filesByModule() {
  const path = join(BROWSER, '.vite', 'modules.json');
  const byFile = /** @type {Record<string, string[]>} */ (JSON.parse(readFileSync(path, 'utf8')));
  return Object.entries(byFile).flatMap(([file, modules]) =>
    modules.map((module) => /** @type {[string, string]} */ ([module.replaceAll('\\', '/'), file])),
  );
}

/**
 * The kit's entries by widget, such as `pulse-survey`, each with its key in the manifest.
 * @param {Manifest} manifest
 */
export function kitEntries(manifest) {
  return Object.entries(manifest).flatMap(([key, { name, isEntry }]) => {
    const widget = isEntry && name?.startsWith('kit/') ? name.slice('kit/'.length) : undefined;
    return widget ? [{ widget, key }] : [];
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
