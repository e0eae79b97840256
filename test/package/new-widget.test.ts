import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { copyCheckout, run, temporaryFolder, type Ending } from '../support/checkout.ts';

const NAME = 'mood-meter';

const checkout = temporaryFolder('new-widget');
const node = (...args: readonly string[]) => run(checkout.path, process.execPath, ...args);
const tool = (name: string, ...args: readonly string[]) => run(checkout.path, join(checkout.path, 'node_modules', '.bin', name), ...args);
const newWidget = (...args: readonly string[]) => node('tools/new-widget.js', ...args);
const widgets = () => readdirSync(join(checkout.path, 'widgets'));

function passes({ code, output }: Ending): void {
  assert.equal(code, 0, output);
}

before(() => {
  copyCheckout(checkout.path);
});

after(() => {
  checkout.remove();
});

describe('npm run new-widget', () => {
  for (const [args, sentence] of [
    [[], /^Usage: npm run new-widget NAME$/m],
    [['mood', 'meter'], /^Usage: npm run new-widget NAME$/m],
    [['MoodMeter'], /^"MoodMeter" can't be a widget's name: lower-case letters in words joined by single hyphens/],
    [['mood--meter'], /can't be a widget's name/],
    [['../mood'], /can't be a widget's name/],
    [['kring-mood-meter'], /Type: npm run new-widget mood-meter$/m],
    [['element'], /^"element" is taken: KringElement is the base of all elements/],
    [['pulse-survey'], /^There is a widget called "pulse-survey" already/],
  ] as const) {
    test(`refuses ${args.join(' ') || 'nothing'}, and leaves all as it was`, async () => {
      const present = widgets();
      const { code, output } = await newWidget(...args);
      assert.equal(code, 1);
      assert.match(output, sentence);
      assert.deepEqual(widgets(), present);
    });
  }

  test('leaves no half a folder when it can’t write the rest', async () => {
    const present = widgets();
    // A file where the folder of the texts has to be.
    const obstacle = join(checkout.path, 'tools', 'new-widget', 'texts.txt');
    writeFileSync(obstacle, '');
    const { code } = await newWidget(NAME);
    rmSync(obstacle);
    assert.notEqual(code, 0);
    assert.deepEqual(widgets(), present);
  });

  describe('writes a folder that passes every check as it is', { concurrency: 2 }, () => {
    before(async () => {
      const ending = await newWidget(NAME);
      passes(ending);
      assert.match(ending.output, /Next:\n/);
    });

    test('is built with the kit, within its budget and the rules, and is there in the package', async () => {
      passes(await node('tools/build.js'));
      const [sizes, bundles, name] = await Promise.all([
        tool('size-limit'),
        node('tools/bundle-rules.js'),
        node('--input-type=module', '--eval', `console.log(import.meta.resolve('leerkring/${NAME}'))`),
      ]);
      passes(sizes);
      assert.ok(sizes.output.includes(`${NAME}, until it can be used`), sizes.output);
      passes(bundles);
      passes(name);
      assert.ok(existsSync(new URL(name.output.trim())), name.output);
      assert.ok(existsSync(join(checkout.path, 'dist', 'types', 'widgets', NAME, 'index.d.ts')));
      for (const list of ['dist/browser/kit/widgets.json', 'dist/custom-elements.json']) {
        assert.ok(readFileSync(join(checkout.path, list), 'utf8').includes(NAME), list);
      }
    });

    test('has the right types', async () => passes(await tool('tsc', '--noEmit')));

    test('has nothing that the linter objects to', async () => passes(await tool('eslint', `widgets/${NAME}`, '--max-warnings', '0')));

    test('imports what a widget may import', async () => {
      passes(await tool('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'widgets', 'test', 'tools'));
    });

    test('has no dead code', async () => passes(await tool('knip')));

    test('has what every widget has', async () => {
      const ending = await node('--import', 'tsx', '--test', '--test-reporter=spec', 'test/project.test.ts');
      passes(ending);
      assert.ok(ending.output.includes(`▶ ${NAME}`), ending.output);
    });

    test('passes its own test in a browser, axe in every state, theme and language among it', async () => {
      const ending = await tool('wtr', '--files', `widgets/${NAME}/*.test.ts`);
      passes(ending);
      const passed = Number(/browser tests: (\d+) passed, 0 failed/.exec(ending.output)?.[1]);
      assert.ok(passed > 30, ending.output);
    });
  });
});
