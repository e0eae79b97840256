import { assert } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { axeViolations } from '../../test/support/axe.ts';
import { laterDemos } from './demo-later.ts';
import { demoFetch, demos, mountDemo } from './demo.ts';
import './index.ts';

const network = window.fetch.bind(window);

describe('kring-learning-log, the form in every state', () => {
  let box: HTMLElement;

  beforeEach(() => {
    localStorage.clear();
    window.fetch = demoFetch(network);
    box = document.createElement('main');
    document.body.append(box);
  });

  afterEach(async () => {
    box.remove();
    window.fetch = network;
    await emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  });

  for (const demo of demos.filter((one) => !laterDemos.includes(one))) {
    it(`${demo.name} passes axe, wide and narrow, light, dark and in forced colours`, async () => {
      const element = await mountDemo(demo, box, demos.indexOf(demo) % 2 === 0 ? 'nl' : 'en');
      // What comes under the form has tests of its own.
      element.setAttribute('view', 'compact');
      for (const [width, colorScheme, forcedColors] of [
        [760, 'light', 'none'],
        [320, 'dark', 'none'],
        [320, 'light', 'active'],
      ] as const) {
        await emulateMedia({ colorScheme, forcedColors });
        box.setAttribute('style', `color-scheme: ${colorScheme}; inline-size: ${String(width)}px`);
        assert.deepEqual(await axeViolations(element), []);
      }
      assert.equal(element.shadowRoot?.querySelector('[style]'), null, 'a style attribute');
    });
  }
});
