import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openStore } from './storage.ts';

const until = '2099-01-01T00:00:00.000Z';

describe('what is kept in a browser', () => {
  it('outlives the page, under a prefix of its own', () => {
    const storage = fakeStorage();
    openStore(() => storage).write('draft', 'a', { until, choices: { vision: 4 } } as never);
    const next = openStore(() => storage);
    assert.deepEqual(next.read('draft', 'a'), { until, choices: { vision: 4 } });
    assert.equal(next.kept, true);
    assert.deepEqual(next.names('draft'), ['a']);
    assert.deepEqual([...storage.all.keys()], ['kring:draft:a']);
    next.remove('draft', 'a');
    assert.equal(storage.length, 0);
  });

  it('falls back on memory, and says so, when access to the storage throws', () => {
    const store = openStore(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    assert.equal(store.kept, false);
    store.write('draft', 'a', { until });
    assert.deepEqual(store.read('draft', 'a'), { until });
    assert.deepEqual(store.names('draft'), ['a']);
    store.remove('draft', 'a');
    assert.equal(store.read('draft', 'a'), undefined);
  });

  it('never comes back to an older value after the storage was full', () => {
    const storage = fakeStorage();
    const store = openStore(() => storage);
    assert.equal(store.kept, true);
    store.write('draft', 'a', { until });
    storage.full = true;
    const later = { until: '2099-02-02T00:00:00.000Z' };
    store.write('draft', 'a', later);
    assert.equal(store.kept, false);
    assert.deepEqual(store.read('draft', 'a'), later);
    assert.equal(storage.getItem('kring:draft:a'), null);
  });

  it('takes what is not JSON for absent', () => {
    const storage = fakeStorage();
    storage.setItem('kring:draft:a', '{"until":');
    assert.equal(openStore(() => storage).read('draft', 'a'), undefined);
  });
});

function fakeStorage(): Storage & { full: boolean; readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    full: false,
    get length() {
      return all.size;
    },
    key: (index) => [...all.keys()][index] ?? null,
    getItem: (key) => all.get(key) ?? null,
    setItem(key, value) {
      if (this['full']) throw new DOMException('full', 'QuotaExceededError');
      all.set(key, value);
    },
    removeItem: (key) => {
      all.delete(key);
    },
    clear: () => {
      all.clear();
    },
  };
}
