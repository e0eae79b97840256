import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BROWSER, browserBuilds, isSite, manifestOf, modulesOf } from './bundle.js';
import { buildTeams } from './teams.js';
import { listModules, listWidgets, teamsStyles } from './vite-plugins.js';

const root = join(import.meta.dirname, '..');

const TEAMS = join(root, 'dist', 'teams');

/** A Teams app to look at, packed by the command that was built; and of what, as the other parts have it. */
const EXAMPLE = join(TEAMS, 'leerkring-teams.example.zip');
const EXAMPLE_STAMP = join(root, 'dist', '.example');

/**
 * What runs; what the Teams app is packed with; and what only matters to whoever builds on the package: types and
 * custom-elements.json, which take longer.
 */
const PARTS = {
  runs: {
    stamp: join(root, 'dist', '.stamp'),
    builds: [
      { name: 'browser', make: buildBrowser, proof: 'dist/browser/kit/widgets.json' },
      { name: 'server', make: buildServer, proof: 'dist/server/leerkring.js' },
    ],
  },
  teams: {
    stamp: join(root, 'dist', '.teams'),
    builds: [{ name: 'Teams app', make: () => buildTeams(TEAMS), proof: 'dist/teams/schemas.json' }],
  },
  describes: {
    stamp: join(root, 'dist', '.described'),
    builds: [{ name: 'description', make: describe, proof: 'dist/custom-elements.json' }],
  },
};

/** All that a build can depend on. */
const INPUTS = [
  'src',
  'widgets',
  'manifest',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'vite.server.config.ts',
  'tools/bundle.js',
  'tools/build.js',
  'tools/describe.js',
  'tools/teams.js',
  'tools/vite-plugins.js',
];

/**
 * Builds what is missing or stale, side by side, since most of each is waiting for the other core.
 * @param {{ force?: boolean, only?: keyof typeof PARTS }} [options]
 * @returns {Promise<'built' | 'current' | 'failed'>} when it failed, it has said why
 */
export async function build({ force = false, only } = {}) {
  const wanted = fingerprint();
  /** @param {string} stamp @param {string[]} proofs */
  const isStale = (stamp, proofs) =>
    force || ![...proofs, stamp].every((file) => existsSync(file)) || readFileSync(stamp, 'utf8') !== wanted;
  const stale = (only ? [PARTS[only]] : Object.values(PARTS)).filter(({ stamp, builds }) =>
    isStale(stamp, builds.map(({ proof }) => join(root, proof))),
  );
  const outcomes = await Promise.all(
    stale.map(async ({ stamp, builds }) => {
      rmSync(stamp, { force: true });
      try {
        await Promise.all(
          builds.map(async ({ name, make, proof }) => {
            const began = performance.now();
            await make();
            const seconds = ((performance.now() - began) / 1000).toFixed(1);
            process.stdout.write(`Built ${name} in ${seconds} s (${proof.split('/', 2).join(sep)})\n`);
          }),
        );
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        return false;
      }
      writeFileSync(stamp, wanted);
      return true;
    }),
  );
  if (outcomes.includes(false)) return 'failed';
  if (only || !isStale(EXAMPLE_STAMP, [EXAMPLE])) return stale.length > 0 ? 'built' : 'current';
  if (!(await packExample())) return 'failed';
  writeFileSync(EXAMPLE_STAMP, wanted);
  return 'built';
}

/** @returns {Promise<boolean>} whether it succeeded; if not, the command has said why */
async function packExample() {
  const app = ['--base-url', 'https://leerkring.example.org', '--client-id', '11111111-1111-4111-8111-111111111111'];
  const words = ['teams', 'package', ...app, '--no-check', '--output', EXAMPLE];
  const child = spawn(process.execPath, [join(root, 'bin', 'leerkring.js'), ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  return code === 0;
}

/** In a process of its own: the compiler lets nothing else run beside it. */
async function describe() {
  const child = spawn(process.execPath, [join(root, 'tools', 'describe.js')], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('Types and custom-elements.json could not be made of the sources.');
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
      plugins: [
        listModules(modulesOf(name)),
        ...(name === 'pages' ? [listWidgets(join(root, 'widgets')), teamsStyles(join(root, 'src', 'pages', 'teams', 'teams.css'))] : []),
      ],
      build: {
        manifest: manifestOf(name),
        license: { fileName: `licenses/${name}.md` },
        // What only a site of ours fetches lies with that site: the kit is what goes to other sites.
        ...(isSite(name) ? { rolldownOptions: { output: { chunkFileNames: `${name}/chunks/[name]-[hash].js` } } } : {}),
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
