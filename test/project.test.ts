import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { widgetSchema } from '../src/contract/widgets.ts';
import { LANGUAGES } from '../src/domain/language.ts';
import { VERSION } from '../src/ui/version.ts';

const root = new URL('..', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');

test('the kit and the package have one version', async () => {
  const { version } = JSON.parse(await read('package.json')) as { version: string };
  assert.equal(VERSION, version);
});

describe('every widget', async () => {
  const folders = (await readdir(new URL('widgets/', root), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    describe(name, () => {
      test('defines the tag that its folder is called', async () => {
        assert.match(await read(`widgets/${name}/index.ts`), new RegExp(`define\\('kring-${name}',`));
      });

      test('has what every widget has', async () => {
        const files = await readdir(new URL(`widgets/${name}/`, root));
        for (const file of ['README.md', 'widget.json', 'demo.ts', 'index.ts', `${name}.ts`, `${name}.styles.ts`, `${name}.test.ts`]) {
          assert.ok(files.includes(file), file);
        }
      });

      test('says of itself what all that lists widgets wants to know', async () => {
        const widget = v.parse(widgetSchema, JSON.parse(await read(`widgets/${name}/widget.json`)));
        assert.equal(widget.name, name);
        const source = await read(`widgets/${name}/${name}.ts`);
        for (const attribute of widget.attributes ?? []) assert.ok(source.includes(`@attr ${attribute.name} -`), attribute.name);
      });

      test('documents itself: what for, its events, attributes and custom properties', async () => {
        const source = await read(`widgets/${name}/${name}.ts`);
        for (const tag of ['@summary', '@fires kring-ready', '@fires kring-error', '@attr server', '@cssprop --kring-accent']) {
          assert.ok(source.includes(tag), tag);
        }
      });
    });
  }
});

describe('texts', async () => {
  const folders = ['src', 'widgets', 'manifest'].map(async (floor) => {
    const inside = await readdir(new URL(`${floor}/`, root), { recursive: true, withFileTypes: true });
    return inside.filter((entry) => entry.isDirectory() && entry.name === 'texts').map(({ parentPath }) => `${parentPath}/texts`);
  });
  const found = (await Promise.all(folders)).flat();

  test('are in folders of their own, beside what says them', () => {
    assert.ok(found.length >= 3);
  });

  for (const folder of found) {
    test(`say the same in every language in ${relative(fileURLToPath(root), folder)}`, async () => {
      const parts = new Set((await readdir(folder)).map((file) => file.replace(/^[a-z]{2}/, '')));
      for (const part of parts) {
        const shapes = await Promise.all(
          LANGUAGES.map(async (language) => {
            const { default: texts } = (await import(`${folder}/${language}${part}`)) as { default: Record<string, unknown> };
            return shapeOf(texts);
          }),
        );
        assert.deepEqual(shapes[1], shapes[0], part);
      }
    });
  }
});

/** The names in a tree of texts, with how many parameters each sentence takes. */
function shapeOf(texts: unknown): unknown {
  if (typeof texts === 'function') return texts.length;
  if (typeof texts !== 'object' || texts === null) return typeof texts;
  return Object.fromEntries(Object.entries(texts).sort().map(([name, part]): [string, unknown] => [name, shapeOf(part)]));
}
