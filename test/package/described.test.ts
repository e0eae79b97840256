import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import ts from 'typescript';
import { build } from '../../tools/build.js';

const root = join(import.meta.dirname, '..', '..');
const types = join(root, 'dist', 'types');
const names = readdirSync(join(root, 'widgets')).sort();

interface Part {
  readonly name: string;
  readonly description?: string;
}
interface Declaration extends Part {
  readonly tagName: string;
  readonly attributes: readonly (Part & { readonly fieldName?: string })[];
  readonly members: readonly (Part & { readonly type?: { readonly text: string } })[];
  readonly events: readonly (Part & { readonly type: { readonly text: string } })[];
  readonly cssParts: readonly Part[];
  readonly cssProperties: readonly Part[];
}
interface Manifest {
  readonly modules: readonly {
    readonly path: string;
    readonly declarations: readonly Declaration[];
    readonly exports: readonly { readonly kind: string; readonly name: string; readonly declaration: { readonly module: string } }[];
  }[];
}

/** What a class says of itself, by tag of its comment: name and description, which may go on for some lines. */
function documented(name: string, tag: string): readonly Part[] {
  const source = readFileSync(join(root, 'widgets', name, `${name}.ts`), 'utf8');
  return [...source.matchAll(new RegExp(`^ \\* @${tag} (\\S+) - (.+(?:\\n \\*  +.+)*)$`, 'gm'))].map(
    ([, part = '', description = '']) => ({ name: part, description: description.replaceAll(/\n \*/g, ' ') }),
  );
}

/** Names and descriptions alone, in one order and with single spaces. */
function plain(parts: readonly Part[]): readonly Part[] {
  return parts
    .map(({ name, description = '' }) => ({ name, description: description.replaceAll(/\s+/g, ' ').trim() }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

describe('custom-elements.json', () => {
  let manifest: Manifest;
  let program: ts.Program;

  before(async () => {
    assert.notEqual(await build({ only: 'describes' }), 'failed');
    manifest = JSON.parse(readFileSync(join(root, 'dist', 'custom-elements.json'), 'utf8')) as Manifest;
    program = ts.createProgram(names.map((name) => join(types, 'widgets', name, 'index.d.ts')), {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
    });
  });

  /** The public properties that the class and its bases in this package declare, as the compiler sees them. */
  function publicProperties(name: string): readonly string[] {
    const entry = program.getSourceFile(join(types, 'widgets', name, 'index.d.ts'));
    const checker = program.getTypeChecker();
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(entry!)!);
    assert.equal(exported.length, 1);
    return checker
      .getDeclaredTypeOfSymbol(checker.getAliasedSymbol(exported[0]!))
      .getProperties()
      .filter(({ valueDeclaration }) => valueDeclaration?.getSourceFile().fileName.startsWith(types))
      .filter(({ valueDeclaration }) => valueDeclaration && ts.isPropertyDeclaration(valueDeclaration) && !ts.isPrivateIdentifier(valueDeclaration.name))
      .filter(({ valueDeclaration }) => {
        const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
        return (ts.getCombinedModifierFlags(valueDeclaration!) & hidden) === 0;
      })
      .map((property) => property.name)
      .sort();
  }

  test('has a module for each widget, and no other', () => {
    assert.deepEqual(manifest.modules.map(({ path }) => path).sort(), names.map((name) => `dist/browser/kit/${name}.js`));
  });

  for (const name of names) {
    describe(name, () => {
      let element: Declaration;
      before(() => {
        const module = manifest.modules.find(({ path }) => path === `dist/browser/kit/${name}.js`);
        assert.equal(module?.declarations.length, 1);
        element = module.declarations[0]!;
      });

      test('names its tag, its class and what it is for', () => {
        assert.equal(element.tagName, `kring-${name}`);
        assert.notEqual(element.description, '');
        const { exports } = manifest.modules.find(({ path }) => path.endsWith(`/${name}.js`))!;
        assert.deepEqual(exports.map(({ kind, name: exported }) => [kind, exported]), [
          ['js', element.name],
          ['custom-element-definition', element.tagName],
        ]);
      });

      test('has every public property, described and with its type, and nothing that is private', () => {
        assert.deepEqual(element.members.map((member) => member.name).sort(), publicProperties(name));
        for (const member of element.members) {
          assert.ok(member.description, member.name);
          assert.ok(member.type?.text, member.name);
        }
      });

      test('has every attribute that the class documents, as it is described there', () => {
        const described = documented(name, 'attr');
        assert.ok(described.length >= 5);
        const present = plain(element.attributes).filter((one) => described.some((attribute) => attribute.name === one.name));
        assert.deepEqual(present, plain(described));
      });

      test('has the attributes that every element has, and none that is a state of the element alone', () => {
        const settings = ['ballot-key', 'lang', 'server', 'team', 'token-url'];
        const present = element.attributes.map((attribute) => attribute.name);
        assert.deepEqual(settings.filter((setting) => !present.includes(setting)), []);
        for (const { name: attribute, description, fieldName } of element.attributes) {
          assert.ok(description, attribute);
          assert.ok(fieldName === undefined || element.members.some((member) => member.name === fieldName), attribute);
        }
      });

      test('has every event, with its type', () => {
        assert.deepEqual(plain(element.events), plain(documented(name, 'fires')));
        for (const { name: event, type } of element.events) assert.match(type.text, /^CustomEvent<.+>$/, event);
      });

      test('has every part and every custom property', () => {
        assert.deepEqual(plain(element.cssParts), plain(documented(name, 'csspart')));
        const properties = documented(name, 'cssprop');
        assert.ok(properties.length > 0);
        assert.deepEqual(plain(element.cssProperties), plain(properties));
      });
    });
  }
});
