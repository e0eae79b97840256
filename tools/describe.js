import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { create, ts as analyzerTs } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import ts from 'typescript';

/**
 * What the package says of itself to whoever builds on it: types for the compiler, and custom-elements.json for editors
 * and documentation. Both are read out of the sources.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Where the types of the events stand. */
const BASE = 'src/ui/element.ts';

/** @typedef {import('@custom-elements-manifest/analyzer').Described} Described */

/** @returns {string[]} the folders of the widgets */
function widgets() {
  return readdirSync(join(root, 'widgets'))
    .filter((name) => existsSync(join(root, 'widgets', name, 'index.ts')))
    .sort();
}

/**
 * Writes a declaration file for each source file that a widget's entry reaches, in the same tree. Their imports end in
 * .js, which every compiler resolves; .ts would do for new ones only.
 * @throws {Error} with all that the compiler has to say, when there is something
 */
function writeTypes() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const program = ts.createProgram(
    widgets().map((name) => join(root, 'widgets', name, 'index.ts')),
    // A widget sees no Node: what it says must hold in a project without its types.
    { ...options, types: [], rootDir: root, outDir: join(dist, 'types'), noEmit: false, declaration: true, emitDeclarationOnly: true },
  );
  rmSync(join(dist, 'types'), { recursive: true, force: true });
  const { diagnostics } = program.emit(undefined, (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replaceAll(/(\bfrom |\bimport\(|^import )(['"])(\.\.?\/[^'"]*)\.ts\2/gm, '$1$2$3.js$2'));
  });
  if (diagnostics.length > 0) {
    const host = { getCanonicalFileName: (/** @type {string} */ name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
    throw new Error(ts.formatDiagnostics(diagnostics, host));
  }
}

/** Writes custom-elements.json: a module for each file of the kit, with all that its element has and a page may use. */
function writeManifest() {
  const names = widgets();
  // What an element inherits is its own: the base classes come first.
  const files = [...baseClasses(), ...names.map((name) => `widgets/${name}/${name}.ts`)];
  const sources = files.map((file) => {
    return analyzerTs.createSourceFile(file, withOwnProperties(readFileSync(join(root, file), 'utf8')), ts.ScriptTarget.ES2022, true);
  });
  const events = eventTypes(sources.find(({ fileName }) => fileName === BASE));
  const { modules } = create({ modules: sources, plugins: litPlugin() });
  const described = names.map((name) => {
    const module = modules.find(({ path }) => path === `widgets/${name}/${name}.ts`);
    const className = `Kring${name.replaceAll(/(?:^|-)([a-z])/g, (_, letter) => String(letter).toUpperCase())}`;
    const element = module?.declarations.find((one) => one.name === className);
    if (!element) throw new Error(`widgets/${name}/${name}.ts declares no class ${className}.`);
    const path = relative(root, join(dist, 'browser', 'kit', `${name}.js`)).replaceAll('\\', '/');
    const tagName = `kring-${name}`;
    const declaration = { name: className, module: path };
    return {
      kind: 'javascript-module',
      path,
      declarations: [published(element, tagName, events)],
      exports: [
        { kind: 'js', name: className, declaration },
        { kind: 'custom-element-definition', name: tagName, declaration },
      ],
    };
  });
  writeFileSync(
    join(dist, 'custom-elements.json'),
    `${JSON.stringify({ schemaVersion: '1.0.0', readme: 'README.md', modules: described }, null, 2)}\n`,
  );
}

/**
 * The analyzer reads the list of an element's properties where it stands in the class, and not behind a name.
 * @param {string} source
 */
function withOwnProperties(source) {
  return source.replace(/(static override properties[^=]*= )(\w+);/, (whole, start, name) => {
    const list = new RegExp(`^const ${String(name)} = (\\{.*?^\\}) as const;`, 'ms').exec(source)?.[1];
    return list === undefined ? whole : `${String(start)}${list};`;
  });
}

/** @returns {string[]} files of the shared floors with a class that elements may extend, the base of all first */
function baseClasses() {
  const others = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== BASE)
    .filter((file) => /^export (abstract )?class .* extends Kring/m.test(readFileSync(join(root, file), 'utf8')));
  return [BASE, ...others.sort()];
}

/**
 * Of all that the analyzer saw in a class, what the outside may use: no privates, none of the methods that Lit calls, and
 * nothing of a base class that is no module of the package.
 * @param {Described} element
 * @param {string} tagName
 * @param {ReadonlyMap<string, string>} events their types
 */
function published({ members = [], attributes = [], ...element }, tagName, events) {
  const open = members.filter(({ privacy, static: ofClass }) => !ofClass && (privacy ?? 'public') === 'public');
  const hidden = new Set(members.filter((member) => !open.includes(member)).map(({ name }) => name));
  return {
    ...element,
    description: element.summary ?? element.description ?? '',
    superclass: { name: 'LitElement', package: 'lit' },
    tagName,
    customElement: true,
    members: open.map(own),
    attributes: attributes.filter(({ fieldName }) => !hidden.has(fieldName ?? '')).map(own),
    // The base announces by a name that only its callers know.
    events: (element.events ?? [])
      .filter(({ name }) => events.has(name))
      .map((event) => ({ ...own(event), type: { text: events.get(event.name) } })),
  };
}

/**
 * @param {import('@custom-elements-manifest/analyzer').DescribedPart} part
 */
function own({ inheritedFrom: _, ...part }) {
  return part;
}

/**
 * @param {import('@custom-elements-manifest/analyzer').Source | undefined} base
 * @returns {ReadonlyMap<string, string>} each event of the kit and its type
 */
function eventTypes(base) {
  /** @type {Map<string, string>} */
  const types = new Map();
  for (const statement of base?.statements ?? []) {
    if (!analyzerTs.isInterfaceDeclaration(statement) || statement.name.text !== 'KringEventMap') continue;
    for (const member of statement.members) {
      if (!analyzerTs.isPropertySignature(member) || !analyzerTs.isStringLiteral(member.name)) continue;
      types.set(member.name.text, member.type?.getText() ?? 'CustomEvent');
    }
  }
  return types;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(dist, { recursive: true });
  writeTypes();
  writeManifest();
}
