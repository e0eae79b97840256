import { assert, expect } from '@open-wc/testing';
import { demoServer } from '../demo.ts';
import type { DemoServer } from '../demo-server.ts';
import { LOG_LIMITS } from '../../../src/domain/learning-log.ts';
import type { KringLearningLog } from '../learning-log.ts';
import { all, button, find, focused, holdBack, list, mount, onStage, openEntry, reached, read, spoken, threadDrafts, type } from './stage.testing.ts';

describe('what one set out to do, and what is one’s own', () => {
  onStage();

  describe('intentions', () => {
    it('are asked after when they are due, and answered with or without a text', async () => {
      const { element, server } = await list();
      await reached(() => all(element, '.due').length > 0);
      expect(read(element, '.due')).to.contain('Did you try this, and what came of it?');
      type(element, '.due textarea', 'It saves mails.');
      server.endings.intentions = 'offline';
      button(element, 'Tried', '.due').click();
      await reached(() => read(element, '.due').includes('Not posted yet.'));
      delete server.endings.intentions;
      button(element, 'Tried', '.due').click();
      await reached(() => spoken(element) === 'Written down: tried.');
      expect(read(element, '.due')).to.contain('It saves mails.');
    });

    it('are asked after no more once their entry is gone, and can be let go', async () => {
      const { element, server } = await list();
      await reached(() => all(element, '.due').length > 0);
      server.changeElsewhere(server.idOf(2), { audience: { scope: 'me' } });
      const row = await openEntry(element, server.idOf(1));
      find(element, `${row} .try`).click();
      await reached(() => all(element, '.due').length === 0);
      find(element, '#log-tab-intentions').click();
      const lost = () => all(element, '.intention').find((one) => one.innerText.includes('is not there for you any more') && !one.innerText.includes('Dropped'));
      await reached(lost);
      expect(lost()?.innerText).to.contain('We do not ask about it any more.').and.not.to.match(/On .* we ask/);
      button(element, 'Take it off my list').click();
      await reached(() => spoken(element) === 'Taken off your list.');
      assert.isUndefined(lost());
    });

    it('come one at a time, and stay as they were answered: a second click of the same hand answers nothing', async () => {
      const element = await mount('due');
      await reached(() => all(element, '.due').length > 0);
      assert.lengthOf(all(element, '.due .intention'), 1);
      expect(read(element, '.due')).to.contain('2 more after this.');
      const first = find(element, '.due .intention').dataset['intention'];
      const tried = button(element, 'Tried', '.due');
      const { left, top } = tried.getBoundingClientRect();
      tried.click();
      await reached(() => all(element, '.due .kept').length > 0);
      assert.equal(read(element, '.due .kept'), 'Written down: tried. Answer differently');
      expect(read(element, '.due')).not.to.contain('Did you try this');
      assert.isEmpty(all(element, '.due :is(textarea, button)').filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.closest('[inert]')));
      assert.isBelow(find(element, '.due .kept').getBoundingClientRect().top, top);
      const under = element.shadowRoot?.elementFromPoint(left + 4, top + 4);
      assert.isNull(under?.closest('button:enabled, a, [role=tab]') ?? null);
      tried.click();
      await element.updateComplete;
      assert.lengthOf(demoServer(element).changes, 1);
      assert.equal(find(element, '.due .intention').dataset['intention'], first);
      button(element, 'Next (2 more)', '.due').click();
      await reached(() => find(element, '.due .intention').dataset['intention'] !== first);
      expect(read(element, '.due')).to.contain('1 more after this.');
      assert.isEmpty(all(element, '.due .kept'));
    });

    it('can be answered otherwise where it was answered', async () => {
      const element = await mount('due');
      await reached(() => all(element, '.due').length > 0);
      button(element, 'Tried', '.due').click();
      await reached(() => all(element, '.due .kept').length > 0);
      button(element, 'Answer differently', '.due').click();
      await reached(() => all(element, '.due .kept').length === 0);
      assert.isTrue(button(element, 'Not tried', '.due').matches(':enabled'));
    });

    it('are answered differently from what was written then, and nothing is sent before that', async () => {
      const { element, server } = await list();
      await reached(() => all(element, '.due').length > 0);
      type(element, '.due textarea', 'It saves mails.');
      button(element, 'Tried', '.due').click();
      await reached(() => all(element, '.due .kept').length > 0);
      button(element, 'Answer differently', '.due').click();
      await reached(() => focused(element)?.matches('.due textarea'));
      assert.equal((focused(element) as HTMLTextAreaElement).value, 'It saves mails.');
      assert.lengthOf(server.changes, 1);
      button(element, 'Not tried', '.due').click();
      await reached(() => all(element, '.due .kept').some((one) => one.innerText.includes('not tried')));
      assert.deepEqual(server.changes.at(-1)?.body, { state: 'not-tried', outcome: 'It saves mails.' });
    });

    it('keep what is written while an answer is on its way, and lose what a paste brought unseen', async () => {
      const { element, server } = await list();
      await reached(() => all(element, '.due').length > 0);
      const id = find(element, '.due [data-intention]').dataset['intention'] ?? '';
      type(element, '.due textarea', 'It\u000bsaves mails.');
      const letGo = holdBack(id);
      button(element, 'Tried', '.due').click();
      type(element, '.due textarea', 'It saves mails, and time.');
      letGo();
      await reached(() => all(element, '.due .kept').length > 0);
      assert.deepEqual(server.changes.at(-1)?.body, { state: 'tried', outcome: 'It\nsaves mails.' });
      assert.include(localStorage.getItem(threadDrafts()[0] ?? ''), 'and time.');
    });

    it('are not answered with a text that is too long', async () => {
      const { element, server } = await list();
      await reached(() => all(element, '.due').length > 0);
      type(element, '.due textarea', 'a'.repeat(LOG_LIMITS.outcome + 2));
      button(element, 'Tried', '.due').click();
      await reached(() => spoken(element) === '2 characters too long. Make it shorter.');
      await reached(() => focused(element)?.matches('.due textarea'));
      assert.isEmpty(server.changes);
    });

    it('go with the entry of one’s own that they stood in, at once', async () => {
      const { element, server } = await list();
      find(element, '#log-tab-intentions').click();
      const stands = () => all(element, '.intention').length;
      await reached(() => stands() > 0);
      const before = stands();
      find(element, '#log-tab-mine').click();
      const id = server.idOf(0);
      await reached(() => all(element, `[data-row="${id}"]`).length > 0);
      const row = await openEntry(element, id);
      button(element, 'Delete', row).click();
      await reached(() => all(element, `${row} button`).some((one) => one.innerText.trim() === 'Yes, delete'));
      button(element, 'Yes, delete', row).click();
      await reached(() => all(element, row).length === 0);
      find(element, '#log-tab-intentions').click();
      await reached(() => stands() === before - 1);
      expect(all(element, '.intention').filter((one) => one.innerText.includes('From your own entry'))).to.have.length(1);
    });

    it('are shown by month as counts with their denominators, never of a person', async () => {
      const element = await mount('intentions');
      assert.equal(read(element, '.evaluation .months'), 'September 2026 7 of 11 intentions became action.');
      (find(element, '.evaluation details') as HTMLDetailsElement).open = true;
      const said = read(element, '.evaluation');
      expect(said).to.contain('7 of 11 intentions became action.');
      expect(said).to.contain('Nearly all of 6 intentions became action.');
      expect(said).to.contain('Too few to show.');
    });
  });

  describe('what the team made of it', () => {
    it('stands above the list for who leads a team, whose own comes first; for others under what they set out to do', async () => {
      const leader = await mount('leader');
      await reached(() => all(leader, '.months').length > 0);
      assert.isBelow(find(leader, '.months').getBoundingClientRect().bottom, find(leader, '.tabs').getBoundingClientRect().top);
      assert.lengthOf(all(leader, '.evaluation'), 1);
      find(leader, '#log-tab-intentions').click();
      await reached(() => all(leader, '.rows').length === 0);
      assert.lengthOf(all(leader, '.evaluation'), 1);
      const { element } = await list();
      assert.isEmpty(all(element, '.evaluation'));
    });
  });

  describe('the digest', () => {
    it('says kindly what others did, each entry once, and is gone once it was read', async () => {
      const { element, server } = await list();
      const said = all(element, '.digest li').map((one) => one.innerText.replaceAll(/\s+/g, ' '));
      assert.lengthOf(said, 2);
      expect(said[0]).to.contain('Noa Veldkamp is going to try this. Sam Ardal and Ruben Halewijn left you a word.');
      expect(said[1]).to.contain('Joris Kwint replied.');
      button(element, 'Got it').click();
      await reached(() => all(element, '.digest').length === 0);
      assert.equal(spoken(element), 'Put away: you are up to date.');
      assert.include(server.changes.map(({ what }) => what), 'POST /v1/learning-log/digest');
      await reached(() => focused(element)?.id === 'log-title');
      server.writeElsewhere({ by: 'sam', text: 'Label the shelves.', project: 'Warehouse', audience: { scope: 'organisation' } });
      document.dispatchEvent(new Event('visibilitychange'));
      await reached(() => all(element, '.filters option').some((one) => one.textContent === 'Warehouse'));
      assert.equal(all(element, '.digest').length, 0, 'it does not come back when what can be chosen is fetched anew');
    });

    it('invites a leader no more who has just shared something with the team', async () => {
      const leader = await mount('leader');
      type(leader, '#text', 'I should have asked sooner.');
      button(leader, 'Share').click();
      await reached(() => all(leader, '.sharing').length > 0);
      find(leader, '.sharing [value=team]').click();
      await reached(() => read(leader, '#who').includes('Team Rivier'));
      expect(all(leader, '.invitation')).to.have.length(1);
      button(leader, 'Save').click();
      await reached(() => all(leader, '#asked').length > 0);
      button(leader, 'Yes, share').click();
      await reached(() => all(leader, '.invitation').length === 0);
    });

    it('invites a leader still who only said better what was shared long ago', async () => {
      const leader = await mount('leader');
      const server = demoServer(leader);
      leader['edit'](server.entry(0));
      await reached(() => (find(leader, '#text') as HTMLTextAreaElement).value !== '');
      type(leader, '#text', 'Said better.');
      button(leader, 'Save the change').click();
      await reached(() => read(leader, '.form .note').startsWith('Your entry is saved.'));
      await leader.updateComplete;
      assert.lengthOf(all(leader, '.invitation'), 1);
    });

    it('invites a leader, and nobody else', async () => {
      const leader = await mount('leader');
      expect(read(leader, '.invitation')).to.match(/You last shared something with Team Rivier on .* Only you see this\./);
      const { element } = await list();
      assert.isEmpty(all(element, '.invitation'));
    });
  });

  describe('what is one’s own', () => {
    /** The file that a press hands over. */
    async function file(element: KringLearningLog, says: string): Promise<{ name: string; text: string }> {
      const make = URL.createObjectURL.bind(URL);
      const blobs: Blob[] = [];
      const names: string[] = [];
      URL.createObjectURL = (blob) => {
        blobs.push(blob as Blob);
        return make(blob);
      };
      const { click } = HTMLAnchorElement.prototype;
      HTMLAnchorElement.prototype.click = function () {
        names.push(this.download);
      };
      try {
        button(element, says).click();
        await reached(() => names.length > 0);
        return { name: names[0] ?? '', text: (await blobs[0]?.text()) ?? '' };
      } finally {
        URL.createObjectURL = make;
        HTMLAnchorElement.prototype.click = click;
      }
    }

    async function own(): Promise<{ element: KringLearningLog; server: DemoServer }> {
      const both = await list();
      find(both.element, '#log-tab-mine').click();
      await reached(() => all(both.element, '.owning').length > 0);
      (find(both.element, '.owning') as HTMLDetailsElement).open = true;
      return both;
    }

    it('is taken along as data', async () => {
      const { element } = await own();
      const { name, text } = await file(element, 'As JSON');
      assert.match(name, /^learning-log-\d{4}-\d\d-\d\d\.json$/);
      assert.lengthOf((JSON.parse(text) as { entries: unknown[] }).entries, 4);
    });

    it('leaves the focus on the button that it was pressed with, also while it is made', async () => {
      const { element } = await own();
      for (const says of ['As JSON', 'As a page']) {
        const pressed = button(element, says);
        pressed.focus();
        await file(element, says);
        await reached(() => spoken(element).startsWith('The file is among your downloads') && pressed.ariaDisabled === null);
        assert.equal(focused(element), pressed);
      }
    });

    it('is taken along as a page that stands by itself and runs nothing', async () => {
      const { element, server } = await own();
      server.changeElsewhere(server.idOf(0), { text: 'Read </article><script>1</script> **bold** & <b onclick=x>' });
      const { text } = await file(element, 'As a page');
      const page = new DOMParser().parseFromString(text, 'text/html');
      assert.isEmpty(page.querySelectorAll('script, link, img, iframe, [onclick], [src]'));
      assert.lengthOf(page.querySelectorAll('article h2'), 5);
      assert.equal(page.querySelector('article strong')?.textContent, 'bold');
      expect(page.querySelector('article')?.textContent).to.contain('Read </article><script>1</script>');
      assert.equal(page.documentElement.lang, 'en');
      assert.equal(page.compatMode, 'CSS1Compat');
      assert.lengthOf(page.querySelectorAll('style'), 1);
    });

    /** What came of the one intention that is due. */
    async function answerDue(element: KringLearningLog): Promise<void> {
      await reached(() => all(element, '.due').length > 0);
      type(element, '.due textarea', 'It saves mails.');
      button(element, 'Tried', '.due').click();
      await reached(() => all(element, '.due .kept').length > 0);
    }

    it('has on its page outcomes whose entry is gone, what was asked, and earlier versions', async () => {
      const { element, server } = await own();
      server.changeElsewhere(server.idOf(2), { audience: { scope: 'me' } });
      server.changeElsewhere(server.idOf(0), { text: 'Read every order back.' });
      await answerDue(element);
      const { text } = await file(element, 'As a page');
      const page = new DOMParser().parseFromString(text, 'text/html');
      const said = page.body.textContent;
      expect(said).to.contain('It saves mails.');
      expect(said).to.contain('Intervision');
      expect(said).to.contain('What do I miss in our handover?');
      const [first] = page.querySelectorAll('article');
      expect(first?.textContent).to.contain('Read every order back.');
      expect(first?.textContent).to.contain('Earlier versions');
      expect(first?.textContent).to.contain('sent forty boxes to the wrong address');
    });

    it('is taken along whatever one entry is made of', async () => {
      const { element, server } = await own();
      server.changeElsewhere(server.idOf(0), { text: `${'>'.repeat(9000)} deep` });
      server.changeElsewhere(server.idOf(3), { text: '' });
      const { text } = await file(element, 'As a page');
      const page = new DOMParser().parseFromString(text, 'text/html');
      const articles = [...page.querySelectorAll('article')].map(({ textContent }) => textContent);
      expect(articles[0]).to.contain('>>> deep');
      expect(articles[1]).to.contain('This text can’t be read any more');
      expect(articles[2]).to.contain('How do you make sure');
    });

    it('is deleted after a word was typed, and not before', async () => {
      const { element, server } = await own();
      find(element, '.owning .delete').click();
      await reached(() => focused(element)?.matches('.delete-all input'));
      expect(read(element, '.delete-all')).to.contain('Colleagues who still wait for your help hear that you can’t right now.');
      type(element, '.delete-all input', 'yes');
      button(element, 'Delete everything', '.delete-all').click();
      await reached(() => read(element, '.delete-all').includes('Type the word exactly'));
      assert.isEmpty(server.changes);
      type(element, '.delete-all input', 'Delete');
      button(element, 'Delete everything', '.delete-all').click();
      await reached(() => spoken(element) === 'Everything is deleted.');
      await reached(() => all(element, '.empty').length > 0);
    });

    it('is deleted with what was written in this browser and not saved, of this person alone', async () => {
      const { element, server } = await own();
      await openEntry(element, server.idOf(0));
      type(element, '.replies textarea', 'A reply');
      server.endings.write = 'offline';
      type(element, '#text', 'On its way');
      button(element, 'Save').click();
      await reached(() => read(element, '.waiting').includes('Not saved yet.'));
      type(element, '#text', 'Thrown away');
      await reached(() => Object.values(localStorage).some((one) => String(one).includes('Thrown away')));
      element['edit'](server.entry(0));
      await reached(() => all(element, '.above button').length > 0);
      find(element, '.above button').click();
      await reached(() => all(element, '#takeback').length > 0);
      const others = ['kring:draft:log:another:k', 'kring:draft:another/thread/e/reply:k', 'kring:entry:another:k', 'kring:draft:log:new:another'];
      for (const name of others) localStorage.setItem(name, JSON.stringify({ until: '2099-01-01', by: 'another' }));
      // In another tab, which has not heard yet who this is.
      const { by } = JSON.parse(localStorage.getItem('kring:draft:log:last') ?? '{}') as { by: string };
      localStorage.setItem('kring:draft:log:new:k', JSON.stringify({ until: '2099-01-01', by }));
      localStorage.setItem('kring:draft:log:new:first', JSON.stringify({ until: '2099-01-01' }));
      assert.isTrue(all(element, '.filters option').some((one) => one.textContent === 'telephone'));
      find(element, '.owning .delete').click();
      await reached(() => all(element, '.delete-all').length > 0);
      type(element, '.delete-all input', 'delete');
      button(element, 'Delete everything', '.delete-all').click();
      await reached(() => spoken(element) === 'Everything is deleted.');
      await reached(() => !all(element, '.filters option').some((one) => one.textContent === 'telephone'));
      server.endings.write = 'works';
      dispatchEvent(new Event('online'));
      await reached(() => all(element, '.empty').length > 0);
      assert.isEmpty(all(element, '.unsent li, #takeback'));
      assert.equal((find(element, '#text') as HTMLTextAreaElement).value, '');
      const left = Object.keys(localStorage).filter((key) => /^kring:(draft|entry):/.test(key) && !key.endsWith(':last'));
      assert.sameMembers(left, others);
    });
  });
});
