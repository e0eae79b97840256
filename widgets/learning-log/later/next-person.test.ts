import { assert } from '@open-wc/testing';
import type { DemoServer } from '../demo-server.ts';
import type { KringLearningLog } from '../learning-log.ts';
import { all, button, find, holdBack, list, onStage, openEntry, reached, read, threadDrafts, type } from './stage.testing.ts';

/** Somebody else signs in, and the page lives on. */
async function signInAs(element: KringLearningLog, server: DemoServer, draftKey: string): Promise<void> {
  const ready = new Promise((resolve) => {
    element.addEventListener('kring-ready', resolve, { once: true });
  });
  const before = find(element, '.feed');
  server.draftKey = draftKey;
  element.getToken = () => Promise.resolve('another');
  await ready;
  await reached(() => !before.isConnected && all(element, '.rows > .row').length > 0);
}

describe('who comes next at a page that another one left', () => {
  onStage();

  it('finds no reply of theirs, and leaves it to them', async () => {
    const { element, server } = await list();
    const { draftKey } = server;
    const id = server.idOf(2);
    await openEntry(element, id);
    type(element, '.replies textarea', 'Only between us');
    await signInAs(element, server, 'somebody-else');
    assert.isEmpty(all(element, '.thread'));
    await openEntry(element, id);
    const field = () => find(element, '.replies textarea') as HTMLTextAreaElement;
    assert.equal(field().value, '');
    type(element, '.replies textarea', 'Mine');
    assert.lengthOf(threadDrafts(), 2);
    await signInAs(element, server, draftKey);
    await openEntry(element, id);
    assert.equal(field().value, 'Only between us');
  });

  it('finds no word that they looked for, nor what they chose or typed', async () => {
    const { element, server } = await list();
    find(element, '#log-tab-mine').click();
    await reached(() => all(element, '.owning').length > 0);
    find(element, '.owning .delete').click();
    await reached(() => all(element, '.delete-all').length > 0);
    type(element, '.delete-all input', 'del');
    type(element, '[role=search] input', 'order');
    await reached(() => all(element, '.line').length > 0);
    // These are letters that no search has begun for yet.
    type(element, '[role=search] input', 'orders of');
    type(element, '#filter-person', 'sam');
    await signInAs(element, server, 'somebody-else');
    assert.isEmpty(all(element, '.line, .delete-all'));
    assert.equal((find(element, '[role=search] input') as HTMLInputElement).value, '');
    assert.equal((find(element, '#filter-person') as HTMLInputElement).value, '');
    assert.equal(find(element, '[role=tab][aria-selected=true]').id, 'log-tab-all');
    assert.lengthOf(all(element, '.rows > .row'), 8);
  });

  it('cannot take back what they threw away', async () => {
    const { element, server } = await list();
    element['edit'](server.entry(0));
    await reached(() => all(element, '.above button').length > 0);
    find(element, '.above button').click();
    await reached(() => all(element, '#takeback').length > 0);
    await signInAs(element, server, 'somebody-else');
    assert.isEmpty(all(element, '#takeback'));
    assert.equal(find(element, '.note').innerText.trim(), '');
  });

  it('does not learn what becomes of what they saved last', async () => {
    const { element, server } = await list();
    type(element, '#text', 'For my eyes only');
    await reached(() => Object.values(localStorage).some((one) => String(one).includes('For my eyes only')));
    await element.updateComplete;
    const letGo = holdBack('/entries');
    button(element, 'Save').click();
    await reached(() => all(element, '.sending').length > 0);
    server.endings.write = 'invalid-request';
    await signInAs(element, server, 'somebody-else');
    letGo();
    await reached(() => server.changes.length > 0);
    for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    assert.notInclude(read(element, '.card'), 'For my eyes only');
    assert.equal((find(element, '#text') as HTMLTextAreaElement).value, '');
    assert.equal(find(element, '.note').innerText.trim(), '');
  });
});
