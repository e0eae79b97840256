import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BROWSER, browserBuilds, manifestOf, modulesOf } from './bundle.js';
import { listModules, listWidgets } from './vite-plugins.js';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'dist', '.stamp');

const CONFIGS = ['vite.config.ts', 'vite.server.config.ts'];

/** What is there once everything was built. */
const PROOF = ['dist/browser/kit/widgets.json', 'dist/server/leerkring.js'];

/** All that a build can depend on. */
const INPUTS = [
  'src',
  'widgets',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  ...CONFIGS,
  'tools/bundle.js',
  'tools/build.js',
  'tools/vite-plugins.js',
];

/**
 * Builds everything when anything is missing or stale: browser and server side by side.
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<'built' | 'current' | 'failed'>} when it failed, it has said why
 */
export async function build({ force = false } = {}) {
  const wanted = fingerprint();
  const complete = PROOF.every((file) => existsSync(join(root, file)));
  if (!force && complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'current';
  rmSync(stamp, { force: true });
  try {
    await Promise.all([timed('browser', buildBrowser), timed('server', buildServer)]);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 'failed';
  }
  writeFileSync(stamp, wanted);
  return 'built';
}

/**
 * @param {string} name of the folder in dist
 * @param {() => Promise<unknown>} act
 */
async function timed(name, act) {
  const began = performance.now();
  await act();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`Built ${name} in ${seconds} s (${join('dist', name)})\n`);
}

/** One build after the other: each is a second of both cores. */
async function buildBrowser() {
  const { build: viteBuild } = await import('vite');
  rmSync(BROWSER, { recursive: true, force: true });
  for (const { name, entry } of browserBuilds()) {
    await viteBuild({
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      plugins: [listModules(modulesOf(name)), ...(name === 'pages' ? [listWidgets(join(root, 'widgets'))] : [])],
      build: {
        manifest: manifestOf(name),
        license: { fileName: `licenses/${name}.md` },
        // As a library, since only so are dynamic imports left as they are: an application's would put <link> tags into
        // a page that is not ours.
        lib: { entry, formats: ['es'] },
      },
    });
  }
}

async function buildServer() {
  const { build: viteBuild } = await import('vite');
  await viteBuild({ root, configFile: join(root, 'vite.server.config.ts'), logLevel: 'warn' });
}

/** @returns {string} the same for the same names and contents, whatever the files' dates */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesIn(join(root, input))).sort()) {
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) return filesIn(inside);
    return /\.(test\.ts|md)$/.test(entry.name) ? [] : [inside];
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outcome = await build({ force: process.argv.includes('--force') });
  if (outcome === 'current') process.stdout.write('Nothing to build: dist is up to date.\n');
  if (outcome === 'failed') process.exitCode = 1;
}
