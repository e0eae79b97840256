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
    for (const [width, language, colorScheme, forcedColors] of [
      [760, 'nl', 'light', 'none'],
      [320, 'en', 'dark', 'none'],
      [320, 'nl', 'light', 'active'],
    ] as const) {
      it(`${demo.name} passes axe at ${String(width)} px, ${language}, ${colorScheme}, forced colours ${forcedColors}`, async () => {
        await emulateMedia({ colorScheme, forcedColors });
        box.setAttribute('style', `color-scheme: ${colorScheme}; inline-size: ${String(width)}px`);
        const element = await mountDemo(demo, box, language);
        assert.deepEqual(await axeViolations(element), []);
        assert.equal(element.shadowRoot?.querySelector('[style]'), null, 'a style attribute');
      });
    }
  }
});
