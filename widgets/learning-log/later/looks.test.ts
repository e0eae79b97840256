import { assert } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { all, button, find, list, mount, onStage, reached, read, type } from './stage.testing.ts';

describe('how the later part looks', () => {
  onStage();

  it('has its filters on one line', async () => {
    await setViewport({ width: 1300, height: 800 });
    const { element } = await list();
    find(element, '.filters summary').click();
    await reached(() => find(element, '.options').offsetHeight > 0);
    const fields = all(element, '.options :is(select, input)').map((one) => Math.round(one.getBoundingClientRect().top * 4) / 4);
    const last = fields.at(-1) ?? 0;
    assert.isTrue(fields.slice(0, -1).some((top) => top === last), fields.join(', '));
  });

  it('keeps those who were chosen apart from the question above which they stand', async () => {
    const element = await mount('asking');
    find(element, '.asking [role=combobox]').focus();
    await sendKeys({ press: 'Enter' });
    await reached(() => all(element, '.asking .chips button').length === 1);
    const label = find(element, '.asking .pick label').getBoundingClientRect();
    assert.isAtLeast(label.top - find(element, '.asking .chips').getBoundingClientRect().bottom, 8);
  });

  it('insets all boxes alike', async () => {
    const { element } = await list();
    await reached(() => all(element, '.asked').length > 0 && all(element, '.due').length > 0);
    // Whichever of the two later parts came last.
    const { shadowRoot } = element;
    if (shadowRoot) shadowRoot.adoptedStyleSheets = shadowRoot.adoptedStyleSheets.toReversed();
    const insets = all(element, '.asked, .due, .digest').map((one) => getComputedStyle(one).padding);
    assert.lengthOf(new Set(insets), 1, insets.join(', '));
  });

  it('has lines that can be read in what is asked about', async () => {
    await setViewport({ width: 1300, height: 800 });
    const { element } = await list();
    await reached(() => all(element, '.due .from').length > 0);
    assert.isAtMost(find(element, '.due .from').offsetWidth, 640);
  });

  it('offers once to show all where nothing is found', async () => {
    const { element } = await list();
    type(element, '[role=search] input', 'zzz');
    await reached(() => read(element, '.log').includes('Nothing found.'));
    assert.lengthOf(all(element, '#log-panel button').filter((one) => one.innerText.trim() === 'Show all'), 1);
    button(element, 'Show all', '#log-panel').click();
    await reached(() => all(element, '.rows > .row').length > 0);
  });

  it('leaves room between a choice and what belongs to it, in a narrow form', async () => {
    await setViewport({ width: 320, height: 800 });
    const { element } = await list('full', 'nl');
    find(element, '.who .plain').click();
    await reached(() => all(element, '.sharing .choice').length > 0);
    find(element, '.sharing [value=team]').click();
    await reached(() => all(element, '.within').length > 0);
    const within = find(element, '.within');
    const choice = within.previousElementSibling;
    choice?.lastElementChild?.append(' van de binnendienst en de buitendienst, en wie daar invalt');
    const text = choice?.lastElementChild?.getBoundingClientRect();
    assert.isAtLeast((within.firstElementChild?.getBoundingClientRect().top ?? 0) - (text?.bottom ?? Infinity), 4);
  });
});
