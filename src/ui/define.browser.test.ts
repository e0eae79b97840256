import { assert } from '@open-wc/testing';
import { define } from './define.ts';
import { VERSION } from './version.ts';

describe('define', () => {
  const element = (version: string) => class extends HTMLElement {
    static readonly version = version;
  };
  const warnings: string[] = [];
  const { warn } = console;
  beforeEach(() => {
    warnings.length = 0;
    console.warn = (text: string) => { warnings.push(text); };
  });
  afterEach(() => { console.warn = warn; });

  it('registers an element once, and lets a second copy of the same version pass in silence', () => {
    const first = element(VERSION);
    void define('kring-test-once', first);
    void define('kring-test-once', element(VERSION));
    assert.isTrue(customElements.get('kring-test-once') === first);
    assert.deepEqual(warnings, []);
  });

  it('names both versions when another one was first, and does not throw', () => {
    customElements.define('kring-test-older', element('0.0.1'));
    void define('kring-test-older', element(VERSION));
    assert.lengthOf(warnings, 1);
    assert.include(warnings[0], '0.0.1');
    assert.include(warnings[0], VERSION);
  });

  it('says so when the name belongs to something that is not ours', () => {
    customElements.define('kring-test-foreign', class extends HTMLElement {});
    void define('kring-test-foreign', element(VERSION));
    assert.include(warnings[0], 'undefined');
  });
});
