import { assert } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { axeViolations } from '../../../test/support/axe.ts';
import { all, mount, onStage } from './stage.testing.ts';

describe('what comes under the form, for', () => {
  onStage();

  describe('everybody', () => {
    for (const name of ['full', 'new-entries', 'own-entry', 'thread', 'asking', 'intervision', 'intentions', 'filtered', 'owning', 'entry-in-a-card']) {
      it(`finds ${name} without a fault for a screen reader, light, dark and in forced colours`, async () => {
        const element = await mount(name, 'nl');
        await element.updateComplete;
        for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
          await emulateMedia(media);
          element.setAttribute('theme', 'auto');
          document.documentElement.style.colorScheme = 'light dark';
          document.documentElement.style.background = 'Canvas';
          assert.deepEqual(await axeViolations(element), []);
        }
        document.documentElement.removeAttribute('style');
      });
    }

    it('sees nothing stick out at 280 pixels', async () => {
      await setViewport({ width: 280, height: 800 });
      for (const name of ['own-entry', 'thread', 'asking', 'intentions', 'owning']) {
        const element = await mount(name, 'nl');
        const { right } = element.getBoundingClientRect();
        const out = all(element, '.later *').filter((one) => one.getClientRects().length > 0 && !one.closest('.sr') && one.getBoundingClientRect().right > right + 1);
        assert.deepEqual(out.map((one) => `${name}: ${one.className}`), []);
        element.remove();
      }
    });
  });
});
