import { assert } from '@open-wc/testing';
import { askAhead } from './ahead.ts';

describe('asking ahead', () => {
  afterEach(() => {
    for (const one of document.querySelectorAll('kring-test-ahead')) one.remove();
  });

  it('asks for each element that is there, and one that can not ask holds up no other', async () => {
    const elements = ['first', 'second'].map((id) => Object.assign(document.createElement('kring-test-ahead'), { id }));
    document.body.append(...elements);
    const asked: string[] = [];
    await askAhead('kring-test-ahead', ({ id }) => {
      if (id === 'first') throw new TypeError('This address is none.');
      asked.push(id);
      return [Promise.reject(new Error('offline')), Promise.resolve('there')];
    });
    assert.deepEqual(asked, ['second']);
  });

  it('waits for nothing where there is no element', () => {
    assert.isUndefined(askAhead('kring-test-ahead', () => []));
  });
});
