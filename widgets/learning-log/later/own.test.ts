import { assert, expect } from '@open-wc/testing';
import type { DemoServer } from '../demo-server.ts';
import type { KringLearningLog } from '../learning-log.ts';
import { all, button, find, focused, list, mount, onStage, reached, read, spoken, type } from './stage.testing.ts';

describe('what one set out to do, and what is one’s own', function () {
  this.timeout(15_000);
  onStage();

  describe('intentions', () => {
    it('are asked after when they are due, and answered with or without a text', async () => {
      const { element, server } = await list();
      await reached(() => all(element, '.due').length > 0);
      expect(read(element, '.due')).to.contain('Did you try it, and what came of it?');
      type(element, '.due textarea', 'It saves mails.');
      server.endings.intentions = 'offline';
      button(element, 'Tried', '.due').click();
      await reached(() => read(element, '.due').includes('Not posted yet.'));
      delete server.endings.intentions;
      button(element, 'Tried', '.due').click();
      await reached(() => all(element, '.due').length === 0);
      assert.equal(spoken(element), 'Written down: tried.');
    });

    it('are shown by month as counts with their denominators, never of a person', async () => {
      const element = await mount('intentions');
      const said = read(element, '.evaluation');
      expect(said).to.contain('7 of 11 intentions became action.');
      expect(said).to.contain('Nearly all of 6 intentions became action.');
      expect(said).to.contain('Too few to show.');
    });
  });

  describe('the digest', () => {
    it('says kindly what others did, and is gone once it was read', async () => {
      const { element, server } = await list();
      expect(read(element, '.digest')).to.contain('Noa Veldkamp is going to try this:');
      expect(read(element, '.digest')).to.contain('Sam Ardal and Ruben Halewijn left you a word about:');
      button(element, 'Got it').click();
      await reached(() => all(element, '.digest').length === 0);
      assert.include(server.changes.map(({ what }) => what), 'POST /v1/learning-log/digest');
      await reached(() => focused(element)?.id === 'log-title');
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
      await reached(() => all(element, '.due').length === 0);
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
      type(element, '.delete-all input', 'yes');
      button(element, 'Delete everything', '.delete-all').click();
      await reached(() => read(element, '.delete-all').includes('Type the word exactly'));
      assert.isEmpty(server.changes);
      type(element, '.delete-all input', 'Delete');
      button(element, 'Delete everything', '.delete-all').click();
      await reached(() => spoken(element) === 'Everything is deleted.');
      await reached(() => all(element, '.empty').length > 0);
    });
  });
});
