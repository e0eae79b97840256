import { assert } from '@open-wc/testing';
import { textsOf } from './texts.ts';

describe('texts of a language', () => {
  it('are fetched once, and then given before a browser could paint', async () => {
    const asked: string[] = [];
    const fetched = (language: string) => () => {
      asked.push(language);
      return new Promise<{ readonly default: string }>((resolve) => setTimeout(() => { resolve({ default: language }); }));
    };
    const texts = textsOf({ nl: fetched('nl'), en: fetched('en') });
    assert.equal(await texts('nl'), 'nl');
    let turned = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { turned = true; };
    port2.postMessage(undefined);
    assert.equal(await texts('nl'), 'nl');
    assert.isFalse(turned, 'what is there takes no turn of the event loop');
    assert.equal(await texts('en'), 'en');
    assert.deepEqual(asked, ['nl', 'en']);
    port1.close();
  });

  it('that could not be fetched are asked for again', async () => {
    let offline = true;
    const load = () => (offline ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ default: 'there' }));
    const texts = textsOf({ nl: load, en: load });
    const failure = await texts('nl').catch((error: unknown) => error);
    assert.instanceOf(failure, TypeError);
    offline = false;
    assert.equal(await texts('nl'), 'there');
  });
});
