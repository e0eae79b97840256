import { assert, expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { all, button, find, focused, list, mount, onStage, openEntry, position, reached, read, spoken, type } from './stage.testing.ts';

describe('an entry of the list', () => {
  onStage();

  describe('an entry', () => {
    it('is opened in place, with Markdown, and closed again', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      await reached(() => all(element, `${row} .prose em`).length > 0);
      assert.lengthOf(all(element, `${row} .prose li`), 2);
      assert.equal(find(element, `${row} .open`).getAttribute('aria-expanded'), 'true');
      find(element, `${row} .open`).click();
      await reached(() => all(element, `${row} .prose`).length === 0);
    });

    it('runs nothing of what was written in it', async () => {
      const { element, server } = await list();
      const id = server.writeElsewhere({
        by: 'sam',
        text: '<img src=x onerror="window.caught = 1"> [press](javascript:window.caught=1) <script>window.caught = 1</script>',
        audience: { scope: 'organisation' },
      });
      dispatchEvent(new Event('online'));
      await reached(() => all(element, `[data-row="${id}"]`).length > 0);
      const row = await openEntry(element, id);
      await reached(() => all(element, `${row} .prose > p`).length > 0);
      assert.isEmpty(all(element, `${row} .prose :is(img, script, a)`));
      assert.isUndefined((window as { caught?: unknown }).caught);
      expect(read(element, `${row} .prose`)).to.contain('onerror');
    });

    it('tells its author who may see it, who opened it and what was said; and nobody else', async () => {
      const { element, server } = await list();
      const own = await openEntry(element, server.idOf(0));
      const said = read(element, own);
      expect(said).to.contain('Shared with Team Rivier. That is 7 other people now.');
      expect(said).to.contain('Opened by Sam Ardal, Noa Veldkamp and Ruben Halewijn.');
      expect(said).to.contain('Helped me, says Ruben Halewijn.');
      const other = read(element, await openEntry(element, server.idOf(2)));
      assert.notMatch(other, /Opened by|other people|says/);
    });

    it('is endorsed at once, with one word of three, and as it was when that fails', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      const pressed = () => all(element, `${row} .words [aria-pressed=true]`).map((one) => one.innerText.trim());
      assert.deepEqual(pressed(), ['Helped me']);
      button(element, 'I recognise this', row).click();
      await reached(() => pressed()[0] === 'I recognise this');
      assert.lengthOf(pressed(), 1);
      await reached(() => spoken(element) === 'You said ‘I recognise this’.');
      server.endings.endorse = 'internal';
      button(element, 'Want to know more', row).click();
      await reached(() => all(element, `${row} .trouble`).length > 0);
      assert.deepEqual(pressed(), ['I recognise this']);
      expect(read(element, `${row} .trouble`)).to.contain('It is as it was before.');
      delete server.endings.endorse;
      button(element, 'I recognise this', row).click();
      await reached(() => pressed().length === 0 && all(element, `${row} .trouble`).length === 0);
      assert.notMatch(read(element, row), /\d+ (people|times)/);
    });

    it('goes on one’s own list, and off it again in words when that fails', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(1));
      server.endings.try = 'offline';
      button(element, 'I will try this', row).click();
      await reached(() => all(element, `${row} .trouble`).length > 0);
      expect(read(element, row)).to.contain('It is not on your list');
      button(element, 'I will try this', row);
      delete server.endings.try;
      button(element, 'I will try this', row).click();
      await reached(() => read(element, row).includes('This is on your list.'));
      find(element, '#log-tab-intentions').click();
      await reached(() => all(element, '.intention').length === 5);
    });

    it('keeps the focus beside the button that goes when it is pressed', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(1));
      button(element, 'I will try this', row).focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => focused(element)?.matches(`${row} .listed`));
      assert.equal(position(element), 2);
    });

    it('keeps the focus in its row when trying again takes the button away', async () => {
      const { element, server } = await list();
      const row = `[data-row="${server.idOf(1)}"]`;
      server.endings.read = 'internal';
      find(element, `${row} .open`).click();
      await reached(() => all(element, `${row} .trouble`).length > 0);
      button(element, 'Try again', row).focus();
      server.endings.read = 'never';
      await sendKeys({ press: 'Enter' });
      await reached(() => focused(element)?.matches(`${row} .open`));
    });

    it('says that it can’t be read any more where its key is gone', async () => {
      const { element, server } = await list();
      const id = server.writeElsewhere({ by: 'sam', text: '', audience: { scope: 'organisation' } });
      dispatchEvent(new Event('online'));
      await reached(() => all(element, `[data-row="${id}"]`).length > 0);
      expect(read(element, `[data-row="${id}"] .begin`)).to.contain('This text can’t be read any more');
      const row = await openEntry(element, id);
      expect(read(element, `${row} .opened`)).to.contain('This text can’t be read any more');
    });

    it('is deleted after one question, which says what stays, and the next one has the focus', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(0));
      const next = all(element, '.row')[1]?.dataset['row'] ?? '';
      server.endings.delete = 'offline';
      find(element, `${row} .delete`).click();
      await reached(() => focused(element)?.classList.contains('asks'));
      button(element, 'Yes, delete').click();
      await reached(() => read(element, row).includes('Not deleted.'));
      delete server.endings.delete;
      button(element, 'Yes, delete').click();
      await reached(() => focused(element)?.matches(`[data-row="${next}"] .open`));
      assert.equal(spoken(element), 'The entry is deleted.');
      assert.isEmpty(all(element, row));
    });

    it('shows its author the versions that it had', async () => {
      const element = await mount('own-entry');
      assert.isNotEmpty(all(element, '.earlier > li'));
    });

    it('is changed in the form', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(0));
      button(element, 'Change', row).click();
      await reached(() => (find(element, '#text') as HTMLTextAreaElement).value.includes('read an order back'));
    });

    it('comes into the list once it is written', async () => {
      const { element } = await list();
      type(element, '#text', 'Count the boxes twice.');
      await reached(() => all(element, '.save').length > 0);
      find(element, '.save').click();
      await reached(() => read(element, '.row').includes('Count the boxes twice.'));
    });

    it('from long ago does not come to the top of the list when it is changed', async () => {
      const { element, server } = await list('many');
      const first = find(element, '.row').dataset['row'];
      element['edit'](server.entry(4000));
      await reached(() => (find(element, '#text') as HTMLTextAreaElement).value.startsWith('4001.'));
      type(element, '#text', 'Long ago, and changed.');
      button(element, 'Save the change').click();
      await reached(() => read(element, '.note').startsWith('Your entry is saved.'));
      assert.equal(server.entry(4000).text, 'Long ago, and changed.');
      assert.equal(find(element, '.row').dataset['row'], first);
    });

    it('leaves what one wrote under it when it was deleted', async () => {
      const element = await mount('tombstone');
      expect(read(element)).to.contain('This entry was deleted. What you wrote under it is yours');
      expect(read(element)).to.contain('No list has it any more: keep the link, or take it along under ‘Mine’.');
      expect(read(element, '.posts')).to.contain('I know this from last year.');
    });

    it('that is not there, or not one’s own to see, is the same', async () => {
      const { element } = await list();
      location.hash = '#kring-entry=nothing';
      await reached(() => all(element, '.later .trouble').length > 0);
      expect(read(element)).to.contain('This entry is not there, or is not shared with you.');
      history.replaceState(null, '', location.pathname + location.search);
    });

    it('is shared by the page’s own way where it has one, and by a link where that fails', async () => {
      const { element, server } = await list();
      const id = server.idOf(1);
      const row = await openEntry(element, id);
      const asked: string[] = [];
      element.shareEntry = (entry) => {
        asked.push(entry);
        return asked.length === 1 ? Promise.resolve() : Promise.reject(new Error('Not here.'));
      };
      await element.updateComplete;
      button(element, 'Share a link', row).click();
      await reached(() => asked.length === 1);
      assert.deepEqual(asked, [id]);
      const { href } = location;
      button(element, 'Share a link', row).click();
      await reached(() => all(element, `${row} a[href*="kring-entry="]`).length > 0 || read(element, row).includes('Link copied'));
      assert.equal(location.href, href);
    });
  });
});
