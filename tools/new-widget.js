import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
/** A folder that passes every check, with `__name__`, `__Name__` and `__Title__` where the name belongs. */
const TEMPLATE = join(import.meta.dirname, 'new-widget');

/** What stands in the way of a name, by name. @type {Readonly<Record<string, string>>} */
const RESERVED = {
  chunks: 'the kit keeps what its files share in a folder of that name',
  element: 'KringElement is the base of all elements',
  widgets: 'the kit has a list of all widgets under that name',
};

const [name, ...rest] = process.argv.slice(2);
const objection = name === undefined || rest.length > 0 ? 'Usage: npm run new-widget NAME\nSuch as: npm run new-widget mood-meter' : objectionTo(name);
if (name !== undefined && objection === undefined) {
  write(name);
} else {
  process.stderr.write(`${String(objection)}\n`);
  process.exitCode = 1;
}

/**
 * @param {string} name
 * @returns {string | undefined} why there can be no widget of that name, and what to do
 */
function objectionTo(name) {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    return `"${name}" can't be a widget's name: lower-case letters in words joined by single hyphens, such as mood-meter.`;
  }
  if (name.startsWith('kring-')) return `The tag gets its kring- by itself. Type: npm run new-widget ${name.slice('kring-'.length)}`;
  if (Object.hasOwn(RESERVED, name)) return `"${name}" is taken: ${String(RESERVED[name])}. Choose another name.`;
  if (existsSync(join(root, 'widgets', name))) return `There is a widget called "${name}" already, in widgets/${name}.`;
  return undefined;
}

/**
 * Writes the folder whole, or not at all.
 * @param {string} name
 */
function write(name) {
  const folder = join(root, 'widgets', name);
  const files = readdirSync(TEMPLATE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .map((file) => ({
      path: join(folder, fill(name, file.slice(0, -'.txt'.length))),
      text: fill(name, readFileSync(join(TEMPLATE, file), 'utf8')),
    }));
  mkdirSync(folder);
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { flag: 'wx' });
    }
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const written = files.map(({ path }) => `  ${relative(root, path).replaceAll(sep, '/')}\n`).sort();
  process.stdout.write(`${written.join('')}
<kring-${name}> is there, and passes every check as it is. Next:
  1. Say what it is for, in both languages: widgets/${name}/widget.json and texts/.
  2. Make it: ${name}.ts, ${name}.styles.ts, and every state in demo.ts.
  3. npx wtr --files 'widgets/${name}/*.test.ts' --watch
  4. npm test
`);
}

/**
 * @param {string} name
 * @param {string} template
 */
function fill(name, template) {
  const words = name.replaceAll('-', ' ');
  return template
    .replaceAll('__name__', name)
    .replaceAll('__Name__', name.replaceAll(/(?:^|-)([a-z])/g, (_, letter) => String(letter).toUpperCase()))
    .replaceAll('__Title__', words.charAt(0).toUpperCase() + words.slice(1));
}
