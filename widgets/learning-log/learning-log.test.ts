import { assert } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { WidgetDemo } from '../../src/ui/demo.ts';
import { axeViolations } from '../../test/support/axe.ts';
import { demoFetch, demos, mountDemo, type Demo } from './demo.ts';
import './index.ts';

// What whoever shows all widgets asks of each.
({ demoFetch, demos, mountDemo }) satisfies WidgetDemo<Demo>;

const WIDE = 760;
const NARROW = 320;

const network = window.fetch.bind(window);

describe('kring-learning-log', () => {
  beforeEach(() => {
    localStorage.clear();
    window.fetch = demoFetch(network);
  });

  afterEach(async () => {
    for (const box of document.querySelectorAll('.box')) box.remove();
    window.fetch = network;
    await emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  });

  describe('in every state', () => {
    for (const demo of demos) {
      for (const [width, language, colorScheme, forcedColors] of [
        [WIDE, 'nl', 'light', 'none'],
        [NARROW, 'en', 'dark', 'none'],
        [NARROW, 'nl', 'light', 'active'],
      ] as const) {
        it(`${demo.name} passes axe at ${String(width)} px, ${language}, ${colorScheme}, forced colours ${forcedColors}`, async () => {
          await emulateMedia({ colorScheme, forcedColors });
          const box = document.createElement('main');
          box.className = 'box';
          box.setAttribute('style', `color-scheme: ${colorScheme}; inline-size: ${String(width)}px`);
          document.body.append(box);
          const element = await mountDemo(demo, box, language);
          assert.deepEqual(await axeViolations(element), []);
          assert.equal(element.shadowRoot?.querySelector('[style]'), null, 'a style attribute');
        });
      }
    }
  });
});
