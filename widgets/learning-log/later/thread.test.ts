import { assert, expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { LOG_LIMITS } from '../../../src/domain/learning-log.ts';
import type { NewHelp, NewPost } from '../../../src/contract/learning-log.ts';
import { demoServer } from '../demo.ts';
import type { KringLearningLog } from '../learning-log.ts';
import { all, button, find, focused, holdBack, list, mount, onStage, openEntry, reached, read, spoken, threadDrafts, type } from './stage.testing.ts';

const REPLY = '.replies textarea';

function value(element: KringLearningLog, selector = REPLY): string {
  return (find(element, selector) as HTMLTextAreaElement).value;
}

/** What was drawn has come to rest. */
async function frames(): Promise<void> {
  for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
}

/** What another tab of this browser wrote in the draft that is kept. */
function writeInOtherTab(text: string, told = true): void {
  const [key = ''] = threadDrafts();
  localStorage.setItem(key, JSON.stringify({ ...(JSON.parse(localStorage.getItem(key) ?? '') as object), parts: [text] }));
  if (told) dispatchEvent(new StorageEvent('storage', { key }));
}

describe('what is written under an entry', () => {
  onStage();

  describe('the thread', () => {
    it('takes a reply once, however often it is sent, and keeps what is typed until then', async () => {
      const { element, server } = await list();
      const id = server.idOf(2);
      const row = await openEntry(element, id);
      type(element, `${row} .replies textarea`, 'We will try it.');
      server.endings.posts = 'lost';
      button(element, 'Post', row).click();
      await reached(() => all(element, `${row} .trouble`).length > 0);
      assert.isEmpty(all(element, `${row} .post`).filter((one) => one.innerText.includes('We will try it.')));
      find(element, `${row} .open`).click();
      await reached(() => all(element, `${row} .thread`).length === 0);
      delete server.endings.posts;
      await openEntry(element, id);
      assert.equal((find(element, `${row} .replies textarea`) as HTMLTextAreaElement).value, 'We will try it.');
      button(element, 'Post', row).click();
      await reached(() => (find(element, `${row} .replies textarea`) as HTMLTextAreaElement).value === '');
      assert.lengthOf(all(element, `${row} .post`).filter((one) => one.innerText.includes('We will try it.')), 1);
      await reached(() => focused(element)?.classList.contains('post'));
      const keys = server.changes.filter(({ what }) => what.endsWith('/posts')).map(({ body }) => (body as { key: string }).key);
      assert.lengthOf(keys, 2);
      assert.lengthOf([...new Set(keys)], 1);
      assert.isEmpty(Object.keys(localStorage).filter((key) => key.includes('/thread/')));
    });

    it('keeps a draft over a new visit', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, `${row} .replies textarea`, 'Half a thought');
      const kept = Object.keys(localStorage).filter((key) => key.includes('/thread/'));
      assert.lengthOf(kept, 1);
      expect(localStorage.getItem(kept[0]!)).to.contain('Half a thought');
    });

    it('keeps what is written while a reply is on its way, and sends that as another', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, REPLY, 'First.');
      const letGo = holdBack('/posts');
      button(element, 'Post', row).click();
      await reached(() => read(element, row).includes('One moment'));
      type(element, REPLY, 'First. And more.');
      letGo();
      await reached(() => all(element, `${row} .post`).some((one) => one.innerText.includes('First.')));
      assert.equal(value(element), 'First. And more.');
      assert.include(localStorage.getItem(threadDrafts()[0] ?? ''), 'And more.');
      button(element, 'Post', row).click();
      await reached(() => value(element) === '');
      assert.isTrue(all(element, `${row} .post`).some((one) => one.innerText.includes('And more.')));
      assert.isEmpty(threadDrafts());
    });

    it('keeps it too where an earlier try turns out to have arrived', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, REPLY, 'First.');
      server.endings.posts = 'lost';
      button(element, 'Post', row).click();
      await reached(() => all(element, `${row} .trouble`).length > 0);
      delete server.endings.posts;
      type(element, REPLY, 'Second.');
      const letGo = holdBack('/posts');
      button(element, 'Post', row).click();
      await reached(() => all(element, `${row} .trouble`).length === 0);
      type(element, REPLY, 'Second, and more.');
      letGo();
      await reached(() => all(element, `${row} .trouble`).length > 0);
      assert.equal(value(element), 'Second, and more.');
      button(element, 'Post', row).click();
      await reached(() => value(element) === '');
      assert.isEmpty(threadDrafts());
    });

    it('leaves the other tab’s text alone, also when this one is sent', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, REPLY, 'Here.');
      // The other tab's news has not come yet.
      writeInOtherTab('There.', false);
      type(element, REPLY, 'Here, still.');
      assert.lengthOf(threadDrafts(), 2);
      button(element, 'Post', row).click();
      await reached(() => value(element) === '');
      const [kept = ''] = threadDrafts();
      assert.include(localStorage.getItem(kept), 'There.');
    });

    it('goes on with what another tab writes, and is empty once that has sent it', async () => {
      const { element, server } = await list();
      await openEntry(element, server.idOf(2));
      type(element, REPLY, 'Here.');
      writeInOtherTab('Here, and there.');
      await reached(() => value(element) === 'Here, and there.');
      const [key = ''] = threadDrafts();
      localStorage.removeItem(key);
      dispatchEvent(new StorageEvent('storage', { key }));
      await reached(() => value(element) === '');
    });

    it('gives the focus to one’s own reply, also where there is more under the entry', async () => {
      const element = await mount('intervision');
      const row = '.row:has(.thread)';
      type(element, `${row} .replies textarea`, 'And a word beside it.');
      button(element, 'Post', `${row} .replies`).click();
      await reached(() => focused(element)?.matches('.post'));
      expect((focused(element) as HTMLElement).innerText).to.contain('And a word beside it.');
    });

    it('says aloud when the room runs out, at few moments, and names what says so only while it is there', async () => {
      const { element, server } = await list();
      await openEntry(element, server.idOf(2));
      const room = () => find(element, REPLY).getAttribute('aria-describedby');
      type(element, REPLY, 'a'.repeat(LOG_LIMITS.post - 201));
      await element.updateComplete;
      assert.isNull(room());
      assert.equal(spoken(element), '');
      type(element, REPLY, 'a'.repeat(LOG_LIMITS.post - 200));
      await reached(() => spoken(element) === '200 characters left.');
      assert.isNotNull(element.shadowRoot?.getElementById(room() ?? ''));
      type(element, REPLY, 'a'.repeat(LOG_LIMITS.post - 100));
      await element.updateComplete;
      assert.equal(spoken(element), '200 characters left.');
      type(element, REPLY, 'a'.repeat(LOG_LIMITS.post + 1));
      await reached(() => spoken(element).startsWith('1 characters too long.'));
    });

    it('takes out what came along unseen with a paste', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, REPLY, ' One\u000btwo\u0000 ');
      button(element, 'Post', row).click();
      await reached(() => value(element) === '');
      assert.deepEqual((server.changes.at(-1)?.body as NewPost).parts, ['One\ntwo']);
    });

    it('cuts nothing off that is too long, and does not send it', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, REPLY, 'a'.repeat(LOG_LIMITS.post - 1));
      await reached(() => read(element, row).includes('1 characters left.'));
      find(element, REPLY).focus();
      await sendKeys({ type: 'bcd' });
      await reached(() => read(element, row).includes('2 characters too long. Make it shorter.'));
      assert.match(value(element), /abcd$/);
      button(element, 'Post', row).click();
      await reached(() => spoken(element) === '2 characters too long. Make it shorter.');
      await reached(() => focused(element)?.matches(REPLY));
      assert.isEmpty(server.changes);
    });

    it('is read as an entry is: with emphasis, and with links that lead somewhere', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, REPLY, '**Brave**, see https://example.org/a.');
      button(element, 'Post', row).click();
      await reached(() => all(element, `${row} .post strong`).length === 1);
      assert.equal(find(element, `${row} .post strong`).innerText, 'Brave');
      assert.equal((find(element, `${row} .post a`) as HTMLAnchorElement).href, 'https://example.org/a');
    });

    it('asks for something to be written before it is sent', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      button(element, 'Post', row).click();
      await reached(() => focused(element)?.matches('textarea'));
      expect(read(element, row)).to.contain('Write something first.');
      assert.isEmpty(server.changes);
    });

    it('leaves the focus where it was when it fails, and sends nothing twice meanwhile', async () => {
      const element = await mount('intervision');
      const server = demoServer(element);
      const row = '.row:has(.thread)';
      for (const [says, within, part, end] of [
        ['Post', `${row} .replies`, 'posts', '/posts'],
        ['Yes, go on', row, 'helps', `/helps/${find(element, '.help').dataset['help'] ?? ''}`],
      ] as const) {
        type(element, `${row} .replies textarea`, 'And a word beside it.');
        if (part === 'helps') {
          button(element, 'The facts are clear: go on', row).click();
          await reached(() => all(element, '.help .sure').length > 0);
        }
        server.endings[part] = 'offline';
        const letGo = holdBack(end);
        const pressed = button(element, says, within);
        pressed.focus();
        await sendKeys({ press: 'Enter' });
        await reached(() => pressed.ariaDisabled === 'true');
        await sendKeys({ press: 'Enter' });
        assert.equal(focused(element), pressed);
        letGo();
        await reached(() => pressed.ariaDisabled === null);
        assert.isNotEmpty(all(element, `${within} .trouble`));
        assert.equal(focused(element), pressed);
        assert.lengthOf(server.changes, 1);
        server.changes.length = 0;
        server.endings[part] = 'works';
      }
    });

    it('moves the focus of nobody who went on elsewhere', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(2));
      type(element, `${row} .replies textarea`, 'We will try it.');
      const answer = held('/posts');
      try {
        button(element, 'Post', row).click();
        find(element, '#text').focus();
        answer.go();
        await reached(() => read(element, `${row} .posts`).includes('We will try it.') && spoken(element) === 'It is there.');
        await sendKeys({ type: 'On' });
        assert.equal((find(element, '#text') as HTMLTextAreaElement).value, 'On');
      } finally {
        answer.end();
      }
    });

    it('has no field for a reply to what is only for oneself by now, and shows those that there are', async () => {
      const { element, server } = await list();
      const id = server.idOf(5);
      const row = await openEntry(element, id);
      type(element, `${row} .replies textarea`, 'Standing it is.');
      button(element, 'Post', row).click();
      await reached(() => all(element, `${row} .post`).length === 1);
      find(element, `${row} .open`).click();
      await reached(() => all(element, `${row} .thread`).length === 0);
      server.changeElsewhere(id, { audience: { scope: 'me' } });
      await openEntry(element, id);
      expect(read(element, `${row} .post`)).to.contain('Standing it is.');
      assert.isEmpty(all(element, `${row} .replies textarea`));
    });

    it('gains what a colleague writes while it is open, and moves nothing that is read', async () => {
      const { element, server } = await list('many');
      server.live = true;
      dispatchEvent(new Event('online'));
      await reached(() => server.listening > 0);
      const id = server.idOf(2);
      const row = await openEntry(element, id);
      await frames();
      find(element, REPLY).scrollIntoView({ block: 'start' });
      await frames();
      const top = () => find(element, REPLY).getBoundingClientRect().top;
      const before = top();
      server.postElsewhere(id, { by: 'sam', step: 'reply', text: 'Ours too.' });
      await reached(() => read(element, row).includes('Ours too.'));
      assert.equal(spoken(element), 'Something new in this entry');
      await frames();
      assert.closeTo(top(), before, 2);
    });

    it('gains it behind a button while somebody is writing in it', async () => {
      const { element, server } = await list();
      server.live = true;
      dispatchEvent(new Event('online'));
      await reached(() => server.listening > 0);
      const id = server.idOf(2);
      const row = await openEntry(element, id);
      find(element, REPLY).focus();
      await sendKeys({ type: 'Half a' });
      const before = find(element, REPLY).getBoundingClientRect().top;
      server.postElsewhere(id, { by: 'sam', step: 'reply', text: 'Ours too.' });
      await reached(() => spoken(element) === 'Something new in this entry');
      await element.updateComplete;
      assert.isFalse(read(element, row).includes('Ours too.'));
      assert.closeTo(find(element, REPLY).getBoundingClientRect().top, before, 1);
      await sendKeys({ type: ' reply' });
      button(element, 'Something new in this entry', row).focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => (focused(element) as HTMLElement | null)?.innerText.includes('Ours too.'));
      assert.equal(value(element), 'Half a reply');
      assert.isEmpty(all(element, `${row} .newer`));
    });

    it('lets one delete one’s own post, after a question', async () => {
      const { element, server } = await list();
      const row = await openEntry(element, server.idOf(4));
      find(element, `${row} .post .delete`).click();
      await reached(() => all(element, '.post .sure').length > 0);
      button(element, 'Yes, delete', '.post').click();
      await reached(() => read(element, row).includes('This text was deleted.'));
    });
  });

  describe('help', () => {
    it('answers three questions in a peer review, all of them', async () => {
      const element = await mount('peer-review');
      expect(read(element, '.help')).to.contain('Samira Noordhof asks you to read along. It is your turn.');
      const fields = all(element, '.help textarea');
      assert.lengthOf(fields, 3);
      type(element, '.help textarea', 'It is short.');
      button(element, 'Give your answer').click();
      await reached(() => focused(element) === all(element, '.help textarea')[1]);
      for (const field of all(element, '.help textarea')) {
        (field as HTMLTextAreaElement).value = 'An answer';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
      button(element, 'Give your answer').click();
      await reached(() => read(element, '.help').includes('You have answered. It is the turn of Samira Noordhof'));
      assert.isEmpty(all(element, '.help textarea'));
    });

    it('is declined without a reason, after a question', async () => {
      const element = await mount('peer-review');
      const { changes } = demoServer(element);
      button(element, 'I can’t right now').click();
      await reached(() => focused(element)?.matches('.asks'));
      expect(read(element, '.help .sure')).to.contain('Let them know that you can’t right now? This can’t be undone.');
      button(element, 'Never mind', '.help').click();
      await reached(() => focused(element)?.matches('[data-act=decline]'));
      assert.isEmpty(all(element, '.help .sure'));
      assert.isEmpty(changes);
      button(element, 'I can’t right now').click();
      await reached(() => all(element, '.help .sure').length > 0);
      button(element, 'Yes, let them know').click();
      await reached(() => spoken(element) === 'Passed on. No reason needed.');
      assert.isEmpty(all(element, '.help textarea'));
    });

    it('goes by the steps of an intervision, and ends with what the author takes from it', async () => {
      const element = await mount('intervision');
      expect(read(element, '.help')).to.contain('Asked: Joris Kwint, Amina Zeroual and Tess Oosterling (can’t right now).');
      button(element, 'Withdraw the question').click();
      await reached(() => read(element, '.help').includes('Withdraw your question?'));
      button(element, 'The facts are clear: go on').click();
      await reached(() => read(element, '.help').includes('Go on to what each would do?'));
      assert.isFalse(read(element, '.help').includes('Withdraw your question?'));
      assert.isEmpty(demoServer(element).changes);
      button(element, 'Yes, go on').click();
      await reached(() => read(element, '.help').includes('Now writing: Joris Kwint and Amina Zeroual.'));
      await reached(() => focused(element)?.matches('.help h5'));
      type(element, '.help textarea', 'One person writes it down.');
      button(element, 'Finish').click();
      await reached(() => read(element, '.help').includes('Finished.'));
      expect(read(element, '.help')).to.contain('One person writes it down.');
    });

    it('tells what was written in one step of an intervision from what was written in the next', async () => {
      const element = await mount('intervision');
      const server = demoServer(element);
      const told = () => all(element, '.help h6, .help .post .as-typed, .help .post .prose').map((one) => one.innerText.trim());
      const facts = told();
      assert.equal(facts[0], 'The facts');
      assert.isAbove(facts.length, 2);
      button(element, 'The facts are clear: go on').click();
      await reached(() => all(element, '.help .sure').length > 0);
      button(element, 'Yes, go on').click();
      await reached(() => all(element, '.help .sure').length === 0);
      const id = find(element, '.opened').dataset['entry'] ?? '';
      server.postElsewhere(id, { by: 'joris', step: 'would-do', text: 'I would draw it.' });
      type(element, '.help textarea', 'One person writes it down.');
      button(element, 'Finish').click();
      await reached(() => read(element, '.help').includes('Finished.'));
      assert.deepEqual(told(), [...facts, 'What each would do', 'I would draw it.', 'What came of it', 'One person writes it down.']);
    });

    /** What is written for the facts, which somebody closes before it is sent. */
    async function closedMeanwhile(text: string) {
      const element = await mount('intervision');
      const server = demoServer(element);
      type(element, '.help textarea', text);
      server.actElsewhere(server.idOf(4), 'move-on');
      button(element, 'Post', '.help').click();
      await reached(() => all(element, '.left').length > 0);
      return { element, server };
    }

    it('shows what was written for a step that closed meanwhile, beside how it stands now, and takes it as a reply', async () => {
      const { element, server } = await closedMeanwhile('Which order was it?');
      expect(read(element, '.help')).to.contain('Now writing: Joris Kwint and Amina Zeroual.');
      expect(read(element, '.left')).to.contain('This step is over by now. What you wrote is not posted.');
      expect(read(element, '.left')).to.contain('Which order was it?');
      await reached(() => focused(element)?.matches('.left'));
      assert.equal(spoken(element), 'This step is over by now. What you wrote is not posted.');
      type(element, REPLY, 'Beside it:');
      button(element, 'Put it in my reply').click();
      await reached(() => focused(element)?.matches(REPLY));
      assert.equal(value(element), 'Beside it:\n\nWhich order was it?');
      assert.isEmpty(all(element, '.left'));
      button(element, 'Post', '.replies').click();
      await reached(() => value(element) === '');
      assert.deepEqual((server.changes.at(-1)?.body as NewPost).parts, ['Beside it:\n\nWhich order was it?']);
      assert.isEmpty(threadDrafts());
    });

    it('shows it at the next visit too, until it is thrown away, which can be taken back', async () => {
      const { element } = await closedMeanwhile('Which order was it?');
      const row = '.row:has(.thread)';
      const id = find(element, row).dataset['row'] ?? '';
      find(element, `${row} .open`).click();
      await reached(() => all(element, '.thread').length === 0);
      await openEntry(element, id);
      expect(read(element, '.left')).to.contain('Which order was it?');
      button(element, 'Throw away').focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => focused(element)?.matches('.left'));
      assert.isEmpty(threadDrafts());
      button(element, 'Keep it after all').click();
      await reached(() => read(element, '.left').includes('Which order was it?'));
      assert.lengthOf(threadDrafts(), 1);
    });

    it('does not say so of what did arrive, though its answer was lost', async () => {
      const element = await mount('peer-review');
      const server = demoServer(element);
      for (const field of all(element, '.help textarea')) {
        (field as HTMLTextAreaElement).value = 'An answer';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
      server.endings.posts = 'lost';
      button(element, 'Give your answer').click();
      await reached(() => all(element, '.help .trouble').length > 0);
      const row = '.row:has(.thread)';
      const id = find(element, row).dataset['row'] ?? '';
      find(element, `${row} .open`).click();
      await reached(() => all(element, '.thread').length === 0);
      await openEntry(element, id);
      expect(read(element, '.help')).to.contain('An answer');
      assert.isEmpty(all(element, '.left'));
      assert.isEmpty(threadDrafts());
    });

    it('is asked of colleagues, with a question and a wish date', async () => {
      const element = await mount('asking');
      button(element, 'Ask').click();
      await reached(() => read(element, '.asking').includes('Choose at least one colleague.'));
      await reached(() => focused(element)?.matches('[role=combobox]'));
      await sendKeys({ press: 'Enter' });
      await reached(() => all(element, '.asking .chips button').length === 1);
      const date = find(element, '.asking [type=date]') as HTMLInputElement;
      date.value = '2020-01-31';
      date.dispatchEvent(new Event('change'));
      button(element, 'Ask').click();
      await reached(() => read(element, '.asking').includes('That day is over. Choose today or later.'));
      await reached(() => focused(element) === date);
      assert.isEmpty(demoServer(element).changes);
      date.value = '2099-01-31';
      date.dispatchEvent(new Event('change'));
      button(element, 'Ask').click();
      await reached(() => all(element, '.help').length === 1);
      expect(read(element, '.help')).to.contain('How does this stay a habit?');
      expect(read(element, '.help')).to.contain('Preferably by 31 January 2099.');
      assert.isEmpty(all(element, '.asking'));
    });

    it('is asked while a change of the entry stands in the form, which goes on from there', async () => {
      const element = await mount('asking');
      const server = demoServer(element);
      button(element, 'Change').click();
      await reached(() => (find(element, '#text') as HTMLTextAreaElement).value !== '');
      type(element, '#text', 'Said better.');
      type(element, '.asking [role=combobox]', 'eva');
      await reached(() => all(element, '.asking [role=option]').length === 1 && read(element, '.asking [role=option]').includes('Eva'));
      find(element, '.asking [role=combobox]').focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => all(element, '.asking .chips button').length === 1);
      button(element, 'Ask').click();
      await reached(() => all(element, '.help').length === 1);
      await reached(() => focused(element)?.matches('.help h5'));
      button(element, 'Save the change').click();
      await reached(() => read(element, '.form .note').startsWith('Your entry is saved.'));
      assert.isEmpty(all(element, '.merge'));
      const [entry] = server.kept.filter(({ text }) => text === 'Said better.');
      assert.deepEqual(entry?.audience.people?.map(({ name }) => name), ['Eva Samsom'], 'who was asked reads it still');
    });

    for (const [language, label, one, ...said] of [
      ['nl', 'Intervisie', 'Noa Veldkamp kan dit lezen.', 'Nu is deze notitie alleen voor jou. Vraag je hulp, dan niet meer: de server bewaart haar dan leesbaar', 'Kies wie dit mag lezen. Tot dan lees alleen jij het.'],
      ['en', 'Intervision', 'Noa Veldkamp can read this.', 'This entry is for you alone now. Once you ask, it is not: the server then keeps it readable', 'Choose who can read this. Until then only you can.'],
    ] as const) {
      it(`says of a private entry what it becomes, before it is asked, in ${language}`, async () => {
        const { element, server } = await list('full', language);
        const row = await openEntry(element, server.idOf(3));
        button(element, label, row).click();
        await reached(() => all(element, '.asking form').length > 0);
        const sees = () => read(element, `[id="${find(element, '.asking [type=submit]').getAttribute('aria-describedby') ?? ''}"]`);
        for (const part of said) expect(sees()).to.contain(part);
        expect(sees()).not.to.match(/oud-collega|former colleague/);
        type(element, '.asking [role=combobox]', 'noa');
        await reached(() => all(element, '.asking [role=option]').length === 1);
        find(element, '.asking [role=combobox]').focus();
        await sendKeys({ press: 'Enter' });
        await reached(() => sees().includes(one));
        expect(sees()).to.match(/als van ‘een oud-collega’|as from ‘a former colleague’/);
        const shared = await openEntry(element, server.idOf(0));
        button(element, label, shared).click();
        await reached(() => all(element, `${shared} .asking form`).length > 0);
        expect(read(element, `${shared} .asking`)).not.to.match(/alleen voor jou|for you alone/);
      });
    }

    it('keeps whom one meant to ask, and by when, until it is asked', async () => {
      const element = await mount('asking');
      find(element, '.asking [role=combobox]').focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => all(element, '.asking .chips button').length === 1);
      const date = find(element, '.asking [type=date]') as HTMLInputElement;
      date.value = '2099-01-31';
      date.dispatchEvent(new Event('change'));
      const [draft] = threadDrafts();
      expect(localStorage.getItem(draft ?? '')).to.contain('2099-01-31').and.to.contain('Noa');
    });

    it('is asked without what came along unseen with a paste, and keeps what is written meanwhile', async () => {
      const element = await mount('asking');
      find(element, '.asking [role=combobox]').focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => all(element, '.asking .chips button').length === 1);
      type(element, '.asking textarea', 'One\u000btwo?');
      const letGo = holdBack('/helps');
      button(element, 'Ask').click();
      await reached(() => read(element, '.asking').includes('One moment'));
      type(element, '.asking textarea', 'One, two, three?');
      letGo();
      await reached(() => all(element, '.help').length === 1);
      assert.equal((demoServer(element).changes.at(-1)?.body as NewHelp).question, 'One\ntwo?');
      assert.include(localStorage.getItem(threadDrafts()[0] ?? ''), 'One, two, three?');
    });

    it('is not asked with a question that is too long', async () => {
      const element = await mount('asking');
      find(element, '.asking [role=combobox]').focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => all(element, '.asking .chips button').length === 1);
      type(element, '.asking textarea', 'a'.repeat(LOG_LIMITS.different + 3));
      button(element, 'Ask').click();
      await reached(() => spoken(element) === '3 characters too long. Make it shorter.');
      assert.isEmpty(demoServer(element).changes);
    });
  });
});

/** Holds what is sent to addresses that end so, until it may go. */
function held(end: string): { go: () => void; end: () => void } {
  let go = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    go = resolve;
  });
  const through = window.fetch;
  window.fetch = async (input, init) => {
    if (new URL(input instanceof Request ? input.url : input, location.href).pathname.endsWith(end)) await promise;
    return through(input, init);
  };
  return {
    go,
    end: () => {
      window.fetch = through;
    },
  };
}
