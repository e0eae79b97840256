import { assert, expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { demoServer } from '../demo.ts';
import type { DemoServer } from '../demo-server.ts';
import type { KringLearningLog } from '../learning-log.ts';
import { all, button, find, focused, isInSight, list, mount, onStage, openEntry, position, reached, read, spoken, type } from './stage.testing.ts';

/** Rows that came into sight have been measured. */
async function settled(): Promise<void> {
  for (let frame = 0; frame < 20; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('the list of entries', () => {
  onStage();

  describe('in a card', () => {
    it('shows the newest that concern the reader, without what waits for an answer above it, and nothing else of the list', async () => {
      const element = await mount('compact');
      await reached(() => all(element, '.few > li').length > 0);
      assert.deepEqual(all(element, '.few h4').map((one) => one.innerText.replaceAll(/\s+/g, ' ').trim()), ['Mistake , Ruben Halewijn', 'Question , You']);
      assert.isEmpty(all(element, '[role=search], [role=tablist], .digest'));
    });

    it('has room for three of them, however many ask for help', async () => {
      const element = await mount('compact');
      await reached(() => all(element, '.few > li').length > 0);
      const server = demoServer(element);
      for (let count = 1; count <= 3; count++) {
        server.writeElsewhere({ by: 'noa', text: `News ${count}`, audience: { scope: 'team', team: 'rivier' } });
        server.writeElsewhere({ by: 'sam', text: `Ask ${count}`, audience: { scope: 'team', team: 'rivier' }, helps: [{ kind: 'peer-review', state: 'asked', people: { mila: 'asked' } }] });
      }
      dispatchEvent(new Event('online'));
      await reached(() => read(element, '.few').includes('News 3'));
      assert.deepEqual(all(element, '.few .begin').map((one) => one.innerText).sort(), ['News 1', 'News 2', 'News 3']);
      expect(read(element, '.asked')).to.match(/Ask \d 3 more/);
    });

    it('opens an entry in the card, and gives the focus back to where it was', async () => {
      const element = await mount('compact');
      await reached(() => all(element, '.few > li').length > 0);
      const row = find(element, '.few > li').dataset['row'] ?? '';
      find(element, '.few .open').click();
      await reached(() => all(element, '.thread').length > 0 && focused(element)?.id === 'log-entry');
      assert.isEmpty(all(element, '.few'));
      button(element, 'Back to the list').click();
      await reached(() => focused(element)?.matches(`[data-row="${row}"] .open`));
    });
  });

  describe('the list', () => {
    it('marks a leader, a former colleague and what is only for oneself', async () => {
      const { element } = await list();
      const rows = all(element, '.row').map((row) => row.innerText.replaceAll(/\s+/g, ' '));
      expect(rows[1]).to.contain('Ruben Halewijn leads this team');
      expect(rows[3]).to.contain('only me');
      expect(rows[7]).to.contain('a former colleague');
    });

    it('shows the beginning of an entry without the marks of its Markdown', async () => {
      const { element } = await list();
      expect(read(element, '.row .begin')).to.contain('I did not read an order back');
    });

    it('goes from entry to entry with the arrows and the page keys', async () => {
      const { element } = await list();
      find(element, '.open').focus();
      for (const [key, at] of [['ArrowDown', 2], ['PageDown', 3], ['ArrowUp', 2], ['End', 8], ['PageUp', 7], ['Home', 1]] as const) {
        await sendKeys({ press: key });
        await reached(() => position(element) === at);
      }
    });

    it('filters, says so on one line, and shows all again', async () => {
      const element = await mount('filtered');
      assert.equal(read(element, '.line'), 'Experiment with ‘meeting’. Show all');
      assert.lengthOf(all(element, '.row'), 2);
      // A word that is looked for may be a name, and how many somebody wrote is told to nobody.
      await reached(() => spoken(element) === 'This was found.');
      assert.equal(find(element, '.row').getAttribute('aria-setsize'), '-1');
      button(element, 'Show all').click();
      await reached(() => all(element, '.row').length === 8);
      assert.isEmpty(all(element, '.line'));
      assert.equal((find(element, '.search input') as HTMLInputElement).value, '');
    });

    it('filters by month in the reader’s own time zone, and by person', async () => {
      const { element, server } = await list();
      const months = all(element, '.filters select')[3] as HTMLSelectElement;
      const month = new Date(server.entry(7).createdAt);
      months.value = `${month.getFullYear()}-${String(month.getMonth() + 1).padStart(2, '0')}`;
      months.dispatchEvent(new Event('change'));
      await reached(() => all(element, '.row').length === 1);
      expect(read(element, '.row')).to.contain('a former colleague');
      button(element, 'Show all').click();
      await reached(() => all(element, '.row').length === 8);
      (find(element, '.filters') as HTMLDetailsElement).open = true;
      type(element, '#filter-person', 'ruben');
      await reached(() => all(element, '#filter-found [role=option]').length === 1);
      find(element, '#filter-person').focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => all(element, '.row').length === 1);
      expect(read(element, '.line')).to.contain('by Ruben Halewijn');
      // How many somebody wrote is told to nobody.
      await reached(() => spoken(element) === 'The entries of this colleague.');
      assert.equal(find(element, '.row').getAttribute('aria-setsize'), '-1');
    });

    it('filters by project and by tag, of other teams too when they are in sight', async () => {
      const { element, server } = await list();
      server.changeElsewhere(server.idOf(2), { project: 'Another team’s project', tags: ['elsewhere'] });
      find(element, '#log-tab-mine').click();
      find(element, '#log-tab-all').click();
      const choices = (at: number) => all(element, '.filters select')[at] as HTMLSelectElement;
      for (const [at, word, line] of [[1, 'Another team’s project', 'All about Another team’s project.'], [2, 'elsewhere', 'All tagged elsewhere.']] as const) {
        await reached(() => [...choices(at).options].some(({ value }) => value === word));
        choices(at).value = word;
        choices(at).dispatchEvent(new Event('change'));
        await reached(() => all(element, '.row').length === 1);
        expect(read(element, '.line')).to.contain(line);
        button(element, 'Show all', '.line').click();
        await reached(() => all(element, '.row').length === 8);
      }
    });

    it('tells how many were found, and never how many are, or may be, one other person’s', async () => {
      const { element } = await list();
      const choose = async (at: number, value: string, found: number) => {
        const select = all(element, '.filters select')[at] as HTMLSelectElement;
        select.value = value;
        select.dispatchEvent(new Event('change'));
        await reached(() => all(element, '.row').length === found);
      };
      const size = () => find(element, '.row').getAttribute('aria-setsize');
      // Of two authors.
      await choose(0, 'mistake', 2);
      await reached(() => spoken(element) === '2 entries.');
      assert.equal(size(), '2');
      // Of one, who is somebody else; and of the reader.
      await choose(0, 'feedback', 1);
      await reached(() => spoken(element) === 'This was found.');
      assert.equal(size(), '-1');
      await choose(0, 'question', 1);
      await reached(() => spoken(element) === '1 entry.');
      assert.equal(size(), '1');
      // Of two as well, but a project or a tag may be one person’s own.
      await choose(0, '', 8);
      for (const [at, value] of [[1, 'New order line'], [2, 'meetings']] as const) {
        await choose(at, value, at + 1);
        await reached(() => spoken(element) === 'This was found.');
        assert.equal(size(), '-1');
        await choose(at, '', 8);
        await reached(() => spoken(element) === '8 entries.');
      }
    });

    it('still says what it is filtered by when that is offered no longer', async () => {
      const { element, server } = await list();
      const projects = all(element, '.filters select')[1] as HTMLSelectElement;
      projects.value = 'New order line';
      projects.dispatchEvent(new Event('change'));
      await reached(() => all(element, '.line').some((one) => one.innerText.includes('New order line')));
      for (let at = 0; at < 20; at++) server.writeElsewhere({ text: 'A plan.', project: `Plan ${at}`, audience: { scope: 'me' } });
      document.dispatchEvent(new Event('visibilitychange'));
      await reached(() => [...projects.options].some(({ value }) => value === 'Plan 7'));
      assert.equal(projects.value, 'New order line');
    });

    it('can be asked for every month that entries are kept for, the first of them too', async () => {
      const { element } = await list();
      const months = [...(all(element, '.filters select')[3] as HTMLSelectElement).options].map(({ value }) => value);
      const now = new Date();
      // Three years, which began in the course of a month.
      assert.equal(months.at(-1), `${now.getFullYear() - 3}-${String(now.getMonth() + 1).padStart(2, '0')}`);
      assert.lengthOf(months, 38);
    });

    it('has a first step where there is nothing, and a way out where nothing was found', async () => {
      const first = await mount('first-use');
      await reached(() => all(first, '.empty').length > 0);
      expect(read(first, '.empty')).to.match(/Start with one thing|Share something/);
      const none = await mount('nothing-found');
      button(none, 'Show all', '.empty').click();
      await reached(() => all(none, '.row').length > 0);
    });

    it('says what went wrong, and comes when it is tried again', async () => {
      const element = await mount('list-failed');
      expect(read(element)).to.contain('The server gave no good answer.');
      delete demoServer(element).endings.log;
      button(element, 'Try again').click();
      await reached(() => all(element, '.row').length === 8);
    });

    it('moves between the lists with the arrows', async () => {
      const { element } = await list();
      find(element, '#log-tab-all').focus();
      await sendKeys({ press: 'ArrowRight' });
      await reached(() => all(element, '.row').length === 4 && focused(element)?.id === 'log-tab-mine');
      assert.equal(find(element, '#log-tab-mine').getAttribute('aria-selected'), 'true');
    });

    it('has no style attribute in any template', async () => {
      const { element } = await list();
      // Those that are there came by the object model, which a policy without inline styles allows.
      const styled = all(element, '[style]').filter((one) => !one.matches('.rows, .row'));
      assert.isEmpty(styled);
    });
  });

  describe('where the list scrolls', () => {
    const boxes = (element: KringLearningLog) =>
      all(element, '*').filter((one) => one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY));

    it('is the page: all of an opened entry is there, and no box in it scrolls', async () => {
      await setViewport({ width: 320, height: 600 });
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(0));
      button(element, 'Intervision', row).click();
      await reached(() => all(element, `${row} .asking input`).length > 0);
      assert.isEmpty(boxes(element));
      await settled();
      const [opened, next] = all(element, '.row').map((one) => one.getBoundingClientRect());
      assert.isAtLeast((next?.top ?? 0) + 1, opened?.bottom ?? Infinity);
      const last = all(element, `${row} .asking button`).at(-1);
      last?.scrollIntoView({ block: 'center' });
      await settled();
      const box = last?.getBoundingClientRect();
      assert.equal(element.shadowRoot?.elementFromPoint((box?.left ?? 0) + 4, (box?.top ?? 0) + 4), last);
    });

    it('is a box of the page’s own, in whichever tree that is', async () => {
      const { element } = await list('many');
      const frame = document.createElement('div');
      frame.attachShadow({ mode: 'open' }).innerHTML = '<div style="block-size: 500px; overflow: auto"><p style="block-size: 400px"></p><slot></slot></div>';
      element.before(frame);
      frame.append(element);
      const box = frame.shadowRoot?.firstElementChild;
      if (!box) throw new Error('There is no box.');
      await reached(() => all(element, '.rows > .row').length > 0);
      await settled();
      find(element, '.open').focus();
      await sendKeys({ press: 'End' });
      await reached(() => position(element) > 30);
      await settled();
      const at = focused(element)?.getBoundingClientRect();
      const around = box.getBoundingClientRect();
      assert.isAtLeast(at?.top ?? -1, around.top - 1);
      assert.isAtMost(at?.bottom ?? Infinity, around.bottom + 1);
      assert.isBelow(all(element, '.row').length, 30);
      box.scrollTop = 2000;
      const seen = () => all(element, '.row').filter((row) => row.getBoundingClientRect().top < around.bottom && row.getBoundingClientRect().bottom > around.top);
      await reached(() => seen().length >= 3);
    });
  });

  describe('five thousand entries', () => {
    it('keeps few rows in the document, and reaches the four thousandth by keyboard', async () => {
      const { element } = await list('many');
      find(element, '.open').focus();
      let most = 0;
      while (position(element) < 4000) {
        const before = position(element);
        await sendKeys({ press: 'End' });
        await reached(() => position(element) > before);
        most = Math.max(most, all(element, '.row').length);
      }
      const steps = position(element) - 4000;
      for (let step = 1; step <= steps; step++) {
        const before = position(element);
        await sendKeys({ press: 'ArrowUp' });
        await reached(() => position(element) === before - 1);
      }
      assert.equal(position(element), 4000);
      expect(read(element, '.row:focus-within .begin')).to.match(/^4000\. /);
      assert.isBelow(most, 60);
      assert.isTrue(isInSight(focused(element)));
    });

    it('keeps the row that has the focus when somebody scrolls away', async () => {
      const { element } = await list('many');
      find(element, '.open').focus();
      await settled();
      scrollBy(0, 6000);
      await reached(() => all(element, '.row').some((row) => Number(row.getAttribute('aria-posinset')) > 40));
      assert.equal(position(element), 1);
      await sendKeys({ press: 'ArrowDown' });
      await reached(() => position(element) === 2 && isInSight(focused(element)));
    });
  });

  describe('what is new', () => {
    const write = (server: DemoServer, text = 'Ask what changed last.') =>
      server.writeElsewhere({ by: 'sam', text, audience: { scope: 'team', team: 'rivier' } });

    it('comes in at the top while nobody is reading', async () => {
      const { element, server } = await list();
      server.live = true;
      dispatchEvent(new Event('online'));
      await reached(() => server.listening > 0);
      write(server);
      await reached(() => all(element, '.row').length === 9);
      expect(read(element, '.row')).to.contain('Ask what changed last.');
      assert.isEmpty(all(element, '.newer'));
      assert.equal(spoken(element), 'New entry from Sam Ardal.');
    });

    it('is said in a card too, once, and nothing is said of a look that brings nothing', async () => {
      const element = await mount('compact');
      await reached(() => all(element, '.few > li').length > 0);
      const server = demoServer(element);
      write(server);
      dispatchEvent(new Event('online'));
      await reached(() => spoken(element) === 'New entry from Sam Ardal.');
      const before = find(element, '.log > [role=status]').textContent;
      dispatchEvent(new Event('online'));
      await settled();
      assert.equal(find(element, '.log > [role=status]').textContent, before);
    });

    it('waits behind a button further down, and moves nothing', async () => {
      const { element, server } = await list('many');
      await settled();
      scrollBy(0, 3000);
      await reached(() => all(element, '.row').some((row) => Number(row.getAttribute('aria-posinset')) > 20));
      await settled();
      const shown = () => all(element, '.row').map((row) => `${Math.round(row.getBoundingClientRect().top)} ${row.innerText}`);
      const before = shown();
      write(server);
      dispatchEvent(new Event('online'));
      await reached(() => all(element, '.newer').length > 0);
      await settled();
      assert.deepEqual(shown(), before);
      assert.isTrue(isInSight(find(element, '.newer button')));
      assert.equal(spoken(element), 'New entries');
      assert.notMatch(read(element, '.newer'), /\d/);
      button(element, 'New entries').click();
      await reached(() => read(element, '.row').includes('Ask what changed last.'));
      await reached(() => position(element) === 1 && isInSight(focused(element)));
    });

    it('changes what others changed, and takes away what they share no longer', async () => {
      const { element, server } = await list();
      server.changeElsewhere(server.idOf(1), { text: 'First ask.' });
      server.changeElsewhere(server.idOf(2), { audience: { scope: 'me' } });
      dispatchEvent(new Event('online'));
      await reached(() => all(element, '.row').length === 7);
      expect(read(element, `[data-row="${server.idOf(1)}"]`)).to.contain('First ask.');
      assert.isEmpty(all(element, `[data-row="${server.idOf(2)}"]`));
      assert.isEmpty(all(element, '.newer'));
    });

    it('shows an open entry no longer once it is not shared, and moves nothing until it is closed', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      const changed = await openEntry(element, server.idOf(1));
      server.changeElsewhere(server.idOf(2), { audience: { scope: 'me' } });
      server.changeElsewhere(server.idOf(1), { text: 'First ask.' });
      dispatchEvent(new Event('online'));
      await reached(() => read(element, `${row} .opened`).includes('This entry is not there, or is not shared with you.'));
      await reached(() => read(element, `${changed} .opened`).includes('First ask.'));
      assert.isEmpty(all(element, `${row} .thread`));
      const next = all(element, '.row')[3]?.dataset['row'] ?? '';
      find(element, `${row} .open`).click();
      await reached(() => all(element, row).length === 0);
      await reached(() => focused(element)?.matches(`[data-row="${next}"] .open`));
    });

    it('keeps in sight what is being read while an entry above it goes', async () => {
      const { element, server } = await list('many');
      await settled();
      scrollBy(0, 3000);
      await reached(() => all(element, '.row').some((row) => Number(row.getAttribute('aria-posinset')) > 20));
      await settled();
      const seen = all(element, '.row').find((row) => row.getBoundingClientRect().top > 0)!;
      const before = seen.getBoundingClientRect().top;
      const at = Number(seen.getAttribute('aria-posinset'));
      server.changeElsewhere(server.idOf(1), { audience: { scope: 'me' } });
      dispatchEvent(new Event('online'));
      await reached(() => Number(seen.getAttribute('aria-posinset')) === at - 1);
      await settled();
      assert.closeTo(seen.getBoundingClientRect().top, before, 1);
    });

    it('waits while an entry is open', async () => {
      const element = await mount('new-entries');
      assert.lengthOf(all(element, '.newer'), 1);
      assert.lengthOf(all(element, '.thread'), 1);
    });
  });
});
