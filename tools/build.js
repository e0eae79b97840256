import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'dist', '.stamp');

const BUILDS = [
  { name: 'browser', config: 'vite.config.ts', proof: 'dist/browser/.vite/manifest.json' },
  { name: 'server', config: 'vite.server.config.ts', proof: 'dist/server/leerkring.js' },
];

/** All that a build can depend on. */
const INPUTS = [
  'src',
  'widgets',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  ...BUILDS.map((build) => build.config),
  'tools/build.js',
  'tools/vite-plugins.js',
];

/**
 * Builds what is missing or stale: browser and server side by side, since most of both is waiting for the other core.
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<'built' | 'current' | 'failed'>} when it failed, it has said why
 */
export async function build({ force = false } = {}) {
  const wanted = fingerprint();
  const complete = BUILDS.every((one) => existsSync(join(root, one.proof)));
  if (!force && complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'current';
  rmSync(stamp, { force: true });
  const { build: viteBuild } = await import('vite');
  try {
    await Promise.all(
      BUILDS.map(async ({ name, config, proof }) => {
        const began = performance.now();
        await viteBuild({ root, configFile: join(root, config), logLevel: 'warn' });
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        process.stdout.write(`Built ${name} in ${seconds} s (${proof.split('/', 2).join(sep)})\n`);
      }),
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 'failed';
  }
  writeFileSync(stamp, wanted);
  return 'built';
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
