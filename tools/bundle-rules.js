import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { BROWSER, builds, builtWidgets, withStatic } from './bundle.js';

const root = join(import.meta.dirname, '..');

/** Heavy, and of no use until a person did something: these come by a dynamic import or not at all. */
const LATER = ['chart.js', '@noble/curves', '@noble/hashes', '@microsoft/teams-js'];

/** What asks a third party for something as soon as it is loaded: on the pages of the Teams app, and never on an intranet. */
const PAGES_ONLY = ['@microsoft/teams-js'];

const broken = [...heavyFromTheStart(), ...pagesInKit(), ...serverInBrowser(), ...unsafeCode(), ...unknownScripts()];

for (const sentence of broken) process.stdout.write(`✖ ${sentence}\n`);
if (broken.length > 0) process.exitCode = 1;
else process.stdout.write('All rules on the bundles hold.\n');

/** @returns {string[]} the kit's entries that reach a heavy library by static imports alone */
function heavyFromTheStart() {
  return builtWidgets().flatMap(({ name, manifest, modules, key }) => {
    const files = new Set([...withStatic(manifest, key)].map((one) => manifest[one]?.file));
    return LATER.filter((library) => modules.some(([module, file]) => isOf(module, library) && files.has(file))).map(
      (library) => `kit/${name}.js fetches ${library} from the start; import it dynamically, where it is needed.`,
    );
  });
}

/** @returns {string[]} what must not come to other sites, in the kit that goes there, at any time */
function pagesInKit() {
  return builds().flatMap(({ modules }) =>
    PAGES_ONLY.flatMap((library) =>
      modules
        .filter(([module, file]) => isOf(module, library) && file.startsWith('kit/'))
        .map(([module, file]) => `${file} holds ${relative(root, module)}; an intranet must never fetch ${library}.`),
    ),
  );
}

/**
 * @param {string} module
 * @param {string} library
 */
function isOf(module, library) {
  return module.includes(`/node_modules/${library}/`);
}

/** @returns {string[]} the server's source files, and parts of Node, in what browsers fetch */
function serverInBrowser() {
  return builds()
    .flatMap(({ modules }) => modules)
    .filter(([module]) => /\/src\/(server|cli)\//.test(module) || module.includes('__vite-browser-external'))
    .map(([module, file]) => `${file} holds ${relative(root, module)}, which is the server's.`);
}

/** @returns {string[]} what a strict content security policy or Trusted Types would stop */
function unsafeCode() {
  return ['kit', 'pages', 'demo'].flatMap((folder) => filesIn(join(BROWSER, folder), '.js')).flatMap((path) => {
    /** @type {Set<string>} */
    const found = new Set();
    new Visitor({
      TemplateElement({ value }) {
        if (/\sstyle=/.test(value.raw)) found.add('a style attribute in a template');
      },
      Literal({ value }) {
        if (typeof value !== 'string') return;
        if (/<[^>]*\sstyle=/.test(value)) found.add('a style attribute in a text');
        if (value === 'modulepreload') found.add('a preload helper');
      },
      CallExpression({ callee }) {
        if (callee.type === 'Identifier' && ['eval', 'Function'].includes(callee.name)) found.add(`${callee.name}()`);
      },
      NewExpression({ callee }) {
        if (callee.type === 'Identifier' && callee.name === 'Function') found.add('new Function()');
      },
    }).visit(parseSync(path, readFileSync(path, 'utf8')).program);
    return [...found].map((what) => `${relative(root, path)} holds ${what}, which a strict page refuses.`);
  });
}

/** @returns {string[]} commands in the documentation that package.json does not know */
function unknownScripts() {
  const { scripts } = /** @type {{ scripts: Record<string, string> }} */ (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  );
  return filesIn(root, '.md').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/npm run ([\w:-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !Object.hasOwn(scripts, name))
      .map((name) => `${relative(root, path)} says \`npm run ${name}\`, which package.json does not know.`),
  );
}

/**
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]}
 */
function filesIn(folder, ending) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return entry.name.endsWith(ending) ? [path] : [];
    const ours = path.startsWith(BROWSER + sep) || !['node_modules', 'dist', 'data', '.git'].includes(entry.name);
    return ours ? filesIn(path, ending) : [];
  });
}
