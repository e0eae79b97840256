import { assert } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { LogPlace, NewEntry } from '../../src/contract/learning-log.ts';
import type { Language } from '../../src/domain/language.ts';
import type { WidgetDemo } from '../../src/ui/demo.ts';
import { demoFetch, demos, demoServer, mountDemo } from './demo.ts';
import type { Demo } from './demo-state.ts';
import { readersOf } from './draft.ts';
import './index.ts';
import { holdBack } from './later/stage.testing.ts';
import type { KringLearningLog } from './learning-log.ts';
import { loadTexts } from './texts.ts';

// What whoever shows all widgets asks of each.
({ demoFetch, demos, mountDemo }) satisfies WidgetDemo<Demo>;

const network = window.fetch.bind(window);
let heard: string[] = [];

describe('kring-learning-log', () => {
  beforeEach(() => {
    localStorage.clear();
    heard = [];
    window.fetch = demoFetch(network);
  });

  afterEach(() => {
    for (const box of document.querySelectorAll('.box')) box.remove();
    window.fetch = network;
  });

  describe('writing', () => {
    it('is a kind, a text and Save, for oneself alone, by keyboard', async () => {
      const element = await mount('first-use', 'en');
      find(element, '.kinds :checked').focus();
      await sendKeys({ press: 'ArrowRight' });
      assert.equal(text(element, '.form > .label'), 'What went wrong, and what did it teach you?');
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: 'I read no order back.' });
      assert.equal(text(element, '#who'), 'Only you can read this.');
      while (focused(element).textContent?.trim() !== 'Save') await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Enter' });
      await until(() => text(element, '.note') === 'Your entry is saved. Only you can read this.');
      const [{ what, body } = { what: '', body: {} }] = demoServer(element).changes;
      assert.equal(what, 'POST /v1/learning-log/entries');
      const { key, ...rest } = body as NewEntry;
      assert.match(key, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      assert.deepEqual(rest, { kind: 'mistake', text: 'I read no order back.', tags: [], audience: { scope: 'me' } });
      assert.equal(area(element).value, '');
      assert.include(text(element, '.later'), 'I read no order back.');
      assert.equal(focused(element).textContent?.trim(), 'Save', 'the focus is not lost');
      assert.deepEqual(kept(), []);
    });

    it('saves with Ctrl and Enter from within the text', async () => {
      const element = await mount('first-use', 'en');
      area(element).focus();
      await sendKeys({ type: 'Quick.' });
      await pressControlEnter();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
    });

    it('lets go of what it said of the last one when the next is begun', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'The first.');
      await save(element);
      await write(element, 'T');
      assert.equal(text(element, '.note'), '');
    });

    it('says what was saved by its name, where the next one is begun before the answer', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'The first, which is **quite** a bit longer than its name can be.');
      const answer = holdBack('/entries');
      button(element, 'Save').click();
      await until(() => area(element).value === '');
      await write(element, 'The next.');
      answer();
      await until(() => demoServer(element).kept.length === 1 && text(element, '.note') !== '');
      assert.equal(text(element, '.note'), 'Saved: ‘The first, which is **quite** a bit long…’.');
      assert.equal(spoken(element), text(element, '.note'));
      assert.equal(area(element).value, 'The next.');
    });

    it('moves nothing sideways when a kind is chosen, and underlines no more than a word', async () => {
      const element = await mount('first-use', 'nl');
      const places = () => [...element.shadowRoot!.querySelectorAll('.chip')].map((chip) => Math.round(chip.getBoundingClientRect().left));
      const before = places();
      for (const kind of element.shadowRoot!.querySelectorAll<HTMLElement>('.chip input')) {
        kind.click();
        await element.updateComplete;
        assert.deepEqual(places(), before);
      }
      assert.equal(find(element, '.who > .plain').textContent, 'Delen');
    });

    it('does not save nothing, and says so', async () => {
      const element = await mount('first-use', 'en');
      button(element, 'Save').click();
      await until(() => spoken(element) === 'Write something first.');
      assert.equal(focused(element).id, 'text');
      assert.deepEqual(demoServer(element).changes, []);
    });

    it('says what is being saved, or was, when Save is pressed twice', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'Twice.');
      button(element, 'Save').click();
      await element.updateComplete;
      button(element, 'Save').click();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      button(element, 'Save').click();
      await element.updateComplete;
      assert.match(text(element, '.note'), /^Your entry is saved\./);
      assert.lengthOf(demoServer(element).changes, 1);
      await write(element, ' ');
      button(element, 'Save').click();
      await until(() => text(element, '.note') === 'Write something first.');
    });

    it('can be done before it is known who writes; sharing waits', async () => {
      const element = await mount('loading', 'en');
      await write(element, 'Too early to share.');
      assert.include(kept()[0] ?? '', 'Too early to share.');
      button(element, 'Share').click();
      await until(() => text(element, '.who').includes('You can share as soon as there is a connection.'));
      button(element, 'Save').click();
      await until(() => text(element, '.note') === 'Saving…');
      assert.equal(spoken(element), 'Saving…', 'the first try is under way still');
      assert.equal(area(element).value, 'Too early to share.');
    });

    it('takes out what came along unseen with a paste, and leaves emoji and other directions alone', async () => {
      const element = await mount('first-use', 'en');
      await write(element, ' \u0000One\u000btwo \ud83d\ude42 مرحبا\ud83d ');
      await save(element);
      assert.equal(sent(element).text, 'One\ntwo \ud83d\ude42 مرحبا');
      assert.equal(area(element).dir, 'auto');
    });

    it('says how many characters are left from 9,000 on, aloud at few moments only', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'a'.repeat(8999));
      assert.equal(text(element, '#count'), '');
      await write(element, 'a'.repeat(9000));
      assert.equal(text(element, '#count'), '1,000 characters left.');
      assert.equal(spoken(element), '1,000 characters left.');
      await write(element, 'a'.repeat(9001));
      assert.equal(text(element, '#count'), '999 characters left.');
      assert.equal(spoken(element), '1,000 characters left.');
    });

    it('cuts nothing off past 10,000, and does not save it', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'a'.repeat(10_001));
      assert.equal(area(element).value.length, 10_001);
      const tooLong = '1 characters too long. Make it shorter, or make two entries of it.';
      assert.equal(text(element, '#count'), tooLong);
      button(element, 'Save').click();
      await until(() => spoken(element).trim() === tooLong);
      assert.equal(focused(element).id, 'text');
      assert.deepEqual(demoServer(element).changes, []);
      await write(element, `${'a'.repeat(10_000)}\n`);
      assert.equal(text(element, '#count'), '0 characters left.');
      await save(element);
      assert.equal(sent(element).text.length, 10_000);
    });
  });

  describe('more', () => {
    it('takes a project, labels, a link and what to do differently along', async () => {
      const element = await mount('full', 'en');
      await write(element, 'Ring back.');
      button(element, 'More').click();
      await until(() => element.shadowRoot?.querySelector('#tag'));
      assert.include([...find(element, '#projects').querySelectorAll('option')].map(({ value }) => value), 'New order line');
      await fill(element, '#project', 'New order line');
      await fill(element, '#different', 'Ring back on the day itself.');
      await fill(element, '#link', 'example.org');
      find(element, '#tag').focus();
      await sendKeys({ type: 'customers,telephone' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: 'wrong,' });
      await until(() => chips(element).length === 3);
      await sendKeys({ press: 'Backspace' });
      await until(() => chips(element).length === 2);
      assert.equal(spoken(element), 'wrong is removed.');
      await sendKeys({ type: 'unfinished' });
      await pressControlEnter();
      await until(() => text(element, '.note') === 'A link begins with https:// or http://.');
      assert.equal(focused(element).id, 'link');
      await fill(element, '#link', 'https://example.org/');
      await save(element);
      const { key: _, ...rest } = sent(element);
      assert.deepEqual(rest, {
        kind: 'insight',
        text: 'Ring back.',
        different: 'Ring back on the day itself.',
        project: 'New order line',
        tags: ['customers', 'telephone', 'unfinished'],
        link: 'https://example.org/',
        audience: { scope: 'me' },
      });
    });

    it('has the focus once it is opened, by hand or by keyboard, and gives it back to nothing else when it is closed', async () => {
      const element = await mount('first-use', 'en');
      button(element, 'More').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => focused(element).id === 'different');
      button(element, 'More').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => !element.shadowRoot?.querySelector('#different'));
      assert.equal(focused(element), button(element, 'More'));
    });

    it('offers what the last entry brought to the next one and to the filters, and leaves what is being typed', async () => {
      const element = await mount('full', 'en');
      await until(() => element.shadowRoot?.querySelector('.filters'));
      const offers = (selector: string) => [...find(element, selector).querySelectorAll('option')].map(({ value }) => value);
      button(element, 'More').click();
      await until(() => element.shadowRoot?.querySelector('#tag'));
      await write(element, 'A plan.');
      await fill(element, '#project', 'Warehouse');
      await fill(element, '#tag', 'shelves,');
      const answer = holdBack('/place');
      await save(element);
      button(element, 'More').click();
      await until(() => element.shadowRoot?.querySelector('#tag'));
      await fill(element, '#project', 'Ware');
      await fill(element, '#tag', 'she');
      area(element).focus();
      await sendKeys({ type: 'The next one.' });
      await sendKeys({ press: 'Home' });
      assert.notInclude(offers('#projects'), 'Warehouse');
      answer();
      await until(() => offers('#projects').includes('Warehouse') && offers('#tags').includes('shelves'));
      assert.includeMembers(offers('.filters'), ['Warehouse', 'shelves']);
      assert.deepEqual([area(element).value, tagField(element).value, (find(element, '#project') as HTMLInputElement).value], ['The next one.', 'she', 'Ware']);
      assert.equal(focused(element), area(element));
      assert.equal(area(element).selectionStart, 0);
    });

    it('leaves a label that is too long, or one too many, where it was typed', async () => {
      const element = await mount('full', 'en');
      button(element, 'More').click();
      await until(() => element.shadowRoot?.querySelector('#tag'));
      const long = 'l'.repeat(41);
      await fill(element, '#tag', `${long},`);
      assert.equal(text(element, '.note'), 'A tag has 40 characters at most.');
      assert.equal(tagField(element).value, long);
      await fill(element, '#tag', 'a,b,c,d,e,f,g,h,i,j,k,');
      assert.lengthOf(chips(element), 10);
      assert.equal(tagField(element).value, 'k');
      // Nor is it lost by saving: there is time to say it otherwise.
      await write(element, 'With labels.');
      button(element, 'Save').click();
      await until(() => text(element, '.note') === 'There is room for ten tags.');
      assert.equal(tagField(element).value, 'k');
      assert.isEmpty(demoServer(element).changes);
      assert.equal(element.shadowRoot?.activeElement, tagField(element));
    });
  });

  describe('sharing', () => {
    for (const [language, team, organisation] of [
      ['en', 'The 7 other people of Team Rivier, also Ruben Halewijn who leads the team, and later members, can read this.', '412 other people at Waterview, and later colleagues, can read this.'],
      ['nl', 'De 7 anderen van Team Rivier, ook Ruben Halewijn die het team leidt, en wie erbij komt, kunnen dit lezen.', '412 anderen bij Waterzicht, en wie erbij komt, kunnen dit lezen.'],
    ] as const) {
      it(`says with the real numbers who will read it, and what becomes of it, in ${language}`, async () => {
        const left = language === 'nl' ? 'als van ‘een oud-collega’' : 'as from ‘a former colleague’';
        const one = await mount('share-team', language);
        assert.include(text(one, '#who'), team);
        assert.include(text(one, '#who'), left);
        assert.equal(spoken(one).trim(), team);
        assert.include(text(await mount('share-organisation', language), '#who'), organisation);
        assert.notInclude(text(await mount('share-me', language), '#who'), left);
      });
    }

    it('asks once before others can read it', async () => {
      const element = await mount('share-asked', 'en');
      assert.equal(focused(element).id, 'asked');
      assert.include(text(element, '.asked'), 'The 7 other people of Team Rivier');
      await pressControlEnter();
      assert.deepEqual(demoServer(element).changes, []);
      button(element, 'Back').click();
      await until(() => focused(element).textContent?.trim() === 'Save');
      button(element, 'Save').click();
      await until(() => element.shadowRoot?.querySelector('#asked'));
      button(element, 'Yes, share').click();
      await until(() => text(element, '.note').startsWith('Your entry is saved. The 7 other people'));
      assert.deepEqual(sent(element).audience, { scope: 'team', team: 'rivier' });
      assert.equal(text(element, '#who'), 'Only you can read this.', 'the next one begins private');
    });

    it('chooses among several teams, the page’s first', async () => {
      const element = await mount('share-teams', 'en');
      const select = find(element, '#team') as HTMLSelectElement;
      assert.deepEqual([...select.options].map((option) => option.text.trim()), ['Team Rivier', 'Team Dijk']);
      select.value = 'dijk';
      select.dispatchEvent(new Event('change'));
      await until(() => text(element, '#who').includes('3 other people of Team Dijk'));
      assert.include(text(element, '#who'), 'can read this. Beside your name it says ‘leads this team’.');
    });

    it('offers the team that somebody came into meanwhile, when the page is in sight again', async () => {
      const element = await mount('full', 'en');
      await write(element, 'For my new team.');
      button(element, 'Share').click();
      await until(() => element.shadowRoot?.querySelector('.sharing [value=team]'));
      find(element, '.sharing [value=team]').click();
      await until(() => text(element, '.sharing').includes('(Team Rivier)'));
      demoServer(element).lead('dijk');
      document.dispatchEvent(new Event('visibilitychange'));
      await until(() => element.shadowRoot?.querySelector('#team'));
      const select = find(element, '#team') as HTMLSelectElement;
      assert.deepEqual([...select.options].map((option) => option.text.trim()), ['Team Rivier', 'Team Dijk']);
      assert.equal(select.value, 'rivier');
      assert.equal(area(element).value, 'For my new team.');
    });

    it('names everybody who leads the team, and does not count them twice', async () => {
      const place = (others: number, leaders: string[]): LogPlace => ({
        organisation: { id: 'o', name: 'Waterview' },
        colleagues: 9,
        teams: [{ id: 'dijk', name: 'Team Dijk', others, leaders, role: 'member' }],
        projects: [],
        tags: [],
        leavers: 'keep',
        keptMonths: 36,
        draftKey: 'd',
        digestUntil: '2026-11-02T00:00:00Z',
        digest: [],
      });
      const chosen = { scope: 'team', team: { id: 'dijk', name: 'Team Dijk' }, people: [] } as const;
      const [nl, en] = await Promise.all([loadTexts('nl'), loadTexts('en')]);
      const both = place(4, ['Samira Noordhof', 'Ruben Halewijn']);
      assert.equal(readersOf(chosen, both, nl), 'De 4 anderen van Team Dijk, ook Samira Noordhof en Ruben Halewijn die het team leiden, en wie erbij komt, kunnen dit lezen.');
      assert.equal(readersOf(chosen, both, en), 'The 4 other people of Team Dijk, also Samira Noordhof and Ruben Halewijn who lead the team, and later members, can read this.');
      const alone = place(1, ['Samira Noordhof']);
      assert.equal(readersOf(chosen, alone, nl), 'De andere persoon van Team Dijk, Samira Noordhof die het team leidt, en wie erbij komt, kan dit lezen.');
      assert.equal(readersOf(chosen, alone, en), 'The 1 other person of Team Dijk, Samira Noordhof who leads the team, and later members, can read this.');
      assert.equal(readersOf(chosen, place(3, []), nl), 'De 3 anderen van Team Dijk, en wie erbij komt, kunnen dit lezen.');
    });

    it('finds colleagues by name and chooses them by keyboard', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'For two.');
      button(element, 'Share').click();
      await until(() => element.shadowRoot?.querySelector('.sharing'));
      find(element, '.sharing [value=people]').click();
      await until(() => element.shadowRoot?.querySelector('#colleague'));
      assert.equal(text(element, '#who'), 'Choose who can read this. Until then only you can.');
      button(element, 'Save').click();
      await until(() => text(element, '.note') === 'Choose at least one colleague.');
      find(element, '#colleague').focus();
      // At once: after a pause in the middle there would be answers to each letter.
      await fill(element, '#colleague', 'no');
      await until(() => options(element).length === 3);
      await sendKeys({ press: 'ArrowDown' });
      await until(() => find(element, '#colleague').getAttribute('aria-activedescendant') === 'found-1');
      await sendKeys({ press: 'Enter' });
      await until(() => chips(element).length === 1);
      assert.equal(text(element, '#who'), 'Hugo Nolten can read this. If you ever leave, it stays, as from ‘a former colleague’.');
      await fill(element, '#colleague', 'sam');
      await until(() => options(element).length > 0);
      await sendKeys({ press: 'Enter' });
      await until(() => text(element, '#who').includes('Hugo Nolten and Sam Ardal can read this.'));
      await sendKeys({ press: 'Backspace' });
      await until(() => text(element, '#who').includes('Hugo Nolten can read this.'));
      await pressControlEnter();
      await until(() => element.shadowRoot?.querySelector('#asked'));
      button(element, 'Yes, share').click();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      assert.deepEqual(sent(element).audience, { scope: 'people', people: ['hugo'] });
    });

    it('says that a search failed, and that nobody was found', async () => {
      const element = await mount('share-people', 'en');
      await fill(element, '#colleague', 'xyz');
      await until(() => text(element, '.pick').includes('Nobody found by that name.'));
      demoServer(element).endings.colleagues = 'offline';
      await fill(element, '#colleague', 'sa');
      await until(() => text(element, '.pick').includes('Searching does not work now.'));
    });
  });

  describe('what is missing', () => {
    it('is where the focus goes, also in a part of the form that was closed', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'With a link.');
      button(element, 'More').click();
      await until(() => element.shadowRoot?.querySelector('#link'));
      const link = find(element, '#link') as HTMLInputElement;
      link.value = 'example.org';
      link.dispatchEvent(new InputEvent('input'));
      button(element, 'More').click();
      await until(() => !element.shadowRoot?.querySelector('#link'));
      button(element, 'Save').click();
      await until(() => focused(element).id === 'link');
      assert.equal(text(element, '.note'), 'A link begins with https:// or http://.');

      const other = await mount('first-use', 'en');
      await write(other, 'For somebody.');
      button(other, 'Share').click();
      await until(() => other.shadowRoot?.querySelector('.sharing [value=people]'));
      find(other, '.sharing [value=people]').click();
      button(other, 'Share').click();
      await until(() => !other.shadowRoot?.querySelector('.sharing'));
      button(other, 'Save').click();
      await until(() => focused(other).id === 'colleague');
    });
  });

  describe('changing an entry', () => {
    it('sends the whole of it with the version that it began with, and asks nothing that is as it was', async () => {
      const element = await mount('full', 'en');
      const server = demoServer(element);
      element['edit'](server.entry(0));
      await until(() => area(element).value.startsWith('I did **not'));
      await write(element, 'Read it back.');
      await save(element, 'Save the change');
      assert.equal(server.entry(0).text, 'Read it back.');
      assert.equal(server.entry(0).version, 2);
      assert.equal(server.entry(0).audience.scope, 'team');
    });

    it('asks before it reaches further, and says who has read it when it reaches less far', async () => {
      const element = await mount('changing', 'en');
      assert.include(text(element, '#who'), 'Only you can read this. Sam Ardal, Noa Veldkamp and Ruben Halewijn have opened this already.');
      find(element, '.sharing [value=organisation]').click();
      await until(() => !text(element, '#who').includes('opened'));
      button(element, 'Save the change').click();
      await until(() => text(element, '.asked').includes('412 other people'));
    });

    it('says who has read it by now, however long ago the change was begun', async () => {
      const element = await mount('full', 'en');
      const server = demoServer(element);
      const entry = server.entry(0);
      element['edit']({ ...entry, openedBy: [] });
      await until(() => area(element).value.startsWith('I did **not'));
      button(element, 'Share').click();
      await until(() => element.shadowRoot?.querySelector('.sharing [value=me]'));
      find(element, '.sharing [value=me]').click();
      await until(() => text(element, '#who').includes('Sam Ardal, Noa Veldkamp and Ruben Halewijn have opened this already.'));
    });

    it('does not say that others may have read it where nobody else could', async () => {
      for (const [language, one, both] of [
        ['nl', 'Alleen jij kunt dit lezen. Hugo Nolten heeft dit al geopend.', 'Hugo Nolten heeft dit al geopend. In de lijst kunnen ook anderen het al gelezen hebben.'],
        ['en', 'Only you can read this. Hugo Nolten has opened this already.', 'Hugo Nolten has opened this already. Others may have read it in the list.'],
      ] as const) {
        const element = await mount('full', language);
        const server = demoServer(element);
        const narrow = async (people: string[], changedDaysAgo?: number) => {
          const about = `For ${people.join()}, ${String(changedDaysAgo)}`;
          const changed = changedDaysAgo === undefined ? {} : { changedDaysAgo };
          server.writeElsewhere({ text: about, audience: { scope: 'people', people }, openedBy: ['hugo'], ...changed });
          element['edit'](server.kept[0]!);
          await until(() => area(element).value === about);
          button(element, language === 'nl' ? 'Delen' : 'Share').click();
          await until(() => element.shadowRoot?.querySelector('.sharing [value=me]'));
          find(element, '.sharing [value=me]').click();
          await until(() => text(element, '#who').includes('Hugo'));
          return text(element, '#who');
        };
        assert.equal(await narrow(['hugo']), one);
        assert.include(await narrow(['hugo', 'sam']), both);
        assert.include(await narrow(['hugo'], 1), both, 'it may have been for others before');
      }
    });

    it('says so too of a colleague who is named no longer, and of another team', async () => {
      const element = await mount('share-teams', 'en');
      const server = demoServer(element);
      server.writeElsewhere({ text: 'For three.', audience: { scope: 'team', team: 'rivier', people: ['hugo', 'sam'] }, openedBy: ['hugo'] });
      element['edit']({ ...server.kept[0]!, openedBy: [] });
      button(element, 'Share').click();
      await until(() => chips(element).length === 2);
      find(element, '[aria-label="Remove Hugo Nolten"]').click();
      await until(() => text(element, '#who').includes('Hugo Nolten has opened this already.'));
      server.writeElsewhere({ text: 'For one team.', audience: { scope: 'team', team: 'rivier' }, openedBy: ['noa'] });
      element['edit']({ ...server.kept[0]!, openedBy: [] });
      await until(() => area(element).value === 'For one team.');
      button(element, 'Share').click();
      await until(() => element.shadowRoot?.querySelector('#team'));
      const select = find(element, '#team') as HTMLSelectElement;
      select.value = 'dijk';
      const answer = holdBack(server.kept[0]!.id);
      select.dispatchEvent(new Event('change'));
      button(element, 'Save the change').click();
      await until(() => element.shadowRoot?.querySelector('#asked'));
      answer();
      await until(() => text(element, '#who').includes('Noa Veldkamp has opened this already.'));
      assert.isOk(element.shadowRoot?.querySelector('#asked'), 'what is asked meanwhile stays');
    });

    it('says who has read it by the time that it is taken up again', async () => {
      const another = async (element: KringLearningLog) => {
        element['edit'](demoServer(element).entry(3));
        await until(() => text(element, '.drafts').includes('I did **not'));
      };
      const ways: ((element: KringLearningLog) => Promise<KringLearningLog>)[] = [
        visitAgain,
        async (element) => {
          await another(element);
          element['edit'](demoServer(element).entry(0));
          return element;
        },
        async (element) => {
          await another(element);
          button(element, 'Go on writing').click();
          return element;
        },
      ];
      for (const takeUp of ways) {
        const element = await mount('full', 'en');
        const server = demoServer(element);
        server.endings.read = 'offline';
        element['edit']({ ...server.entry(0), openedBy: [] });
        button(element, 'Share').click();
        await until(() => element.shadowRoot?.querySelector('.sharing [value=me]'));
        find(element, '.sharing [value=me]').click();
        await until(() => text(element, '#who').includes('Nobody has opened this yet'));
        await until(() => kept().length > 0);
        delete server.endings.read;
        const again = await takeUp(element);
        await until(() => text(again, '#who').includes('Sam Ardal, Noa Veldkamp and Ruben Halewijn have opened this already.'));
        localStorage.clear();
      }
    });

    it('lets go of it, and goes back on that', async () => {
      const element = await mount('changing', 'en');
      button(element, 'Leave it as it was').click();
      await until(() => area(element).value === '');
      button(element, 'Keep it after all').click();
      await until(() => area(element).value.startsWith('I did **not'));
      assert.equal(demoServer(element).entry(0).version, 1);
    });
  });

  describe('nothing is lost', () => {
    it('keeps what is typed at once, and shows it after a crash', async () => {
      const element = await mount('first-use', 'en');
      area(element).value = 'Half a sen';
      area(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
      // Before the next frame.
      dispatchEvent(new PageTransitionEvent('pagehide'));
      assert.include(kept()[0] ?? '', 'Half a sen');
      const again = await visitAgain(element);
      await until(() => area(again).value === 'Half a sen');
    });

    it('says that a draft is from before, and throws it away when asked, which can be taken back', async () => {
      const element = await mount('draft-restored', 'en');
      assert.include(text(element, '.above'), 'You wrote this before. It is not saved yet.');
      button(element, 'Start again').click();
      await until(() => area(element).value === '');
      assert.deepEqual(kept(), []);
      button(element, 'Keep it after all').click();
      await until(() => area(element).value.startsWith('Ring a customer back'));
      assert.lengthOf(kept(), 1);
    });

    it('shows nobody what somebody else may have left', async () => {
      const draft = { until: '2099-01-01', key: 'k', at: 5, kind: 'insight', text: 'Not yours.', different: '', project: '', tags: [], link: '', audience: { scope: 'me', people: [] } };
      localStorage.setItem('kring:draft:log:new:k', JSON.stringify({ ...draft, by: 'somebody-else' }));
      localStorage.setItem('kring:draft:log:somebody-else:k2', JSON.stringify({ ...draft, key: 'k2' }));
      const element = await mount('first-use', 'en');
      assert.equal(area(element).value, '');
      assert.notInclude(element.shadowRoot?.textContent ?? '', 'Not yours.');
      assert.lengthOf(kept(), 2);
    });

    it('goes on with another draft while an entry is changed', async () => {
      const element = await mount('drafts', 'en');
      assert.include(text(element, '.drafts'), 'Ring a customer back');
      button(element, 'Go on writing').click();
      await until(() => area(element).value.startsWith('Ring a customer back'));
      assert.include(text(element, '.drafts'), 'I did **not');
    });

    it('shows as not saved what is not, and sends it under the same key when the network is back', async () => {
      const element = await mount('not-saved-offline', 'en');
      const server = demoServer(element);
      assert.include(text(element, '.unsent'), 'Not saved yet. There is no connection; we keep trying.');
      assert.equal(spoken(element), 'Not saved yet. There is no connection; we keep trying.');
      assert.notInclude(element.shadowRoot?.textContent ?? '', 'Your entry is saved.');
      assert.equal(area(element).value, '');
      assert.include(heard, 'offline');
      server.endings.write = 'works';
      dispatchEvent(new Event('online'));
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      assert.equal(element.shadowRoot?.querySelector('.unsent'), null);
      const keys = server.changes.map(({ body }) => (body as NewEntry).key);
      assert.equal(new Set(keys).size, 1);
      assert.isAbove(keys.length, 1);
      assert.deepEqual(kept(), []);
    });

    it('is sent as soon as it is known who writes, when Save was pressed before', async () => {
      const element = await mount('offline', 'en');
      const server = demoServer(element);
      await write(element, 'Before anything was there.');
      button(element, 'Save').click();
      await until(() => text(element, '.note').startsWith('Not saved yet.'));
      assert.equal(area(element).value, 'Before anything was there.');
      for (const part of Object.keys(server.endings) as (keyof typeof server.endings)[]) server.endings[part] = 'works';
      dispatchEvent(new Event('online'));
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      assert.equal(server.kept[0]?.text, 'Before anything was there.');
      assert.deepEqual(kept(), []);
    });

    it('is sent once the server is back, of which nothing tells, when Save was pressed before it was ever there', async () => {
      const waits: (() => void)[] = [];
      const { setTimeout: plan } = window;
      window.setTimeout = ((act: () => void, after = 0, ...rest: unknown[]) =>
        after >= 30_000 ? waits.push(act) : plan(act, after, ...rest)) as typeof window.setTimeout;
      try {
        const element = await mount('offline', 'en');
        const server = demoServer(element);
        let asked = 0;
        const through = window.fetch;
        window.fetch = (input, init) => {
          if ((input instanceof Request ? input.url : String(input)).endsWith('/place')) asked += 1;
          return through(input, init);
        };
        await write(element, 'Before anything was there.');
        button(element, 'Save').click();
        await until(() => asked === 1 && text(element, '.note') === 'Not saved yet. There is no connection; we keep trying.');
        for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => { requestAnimationFrame(resolve); });
        assert.equal(asked, 1, 'not without end');
        for (const part of Object.keys(server.endings) as (keyof typeof server.endings)[]) server.endings[part] = 'works';
        waits.at(-1)?.();
        await until(() => text(element, '.note').startsWith('Your entry is saved.'));
        assert.equal(server.kept[0]?.text, 'Before anything was there.');
      } finally {
        window.setTimeout = plan;
      }
    });

    it('is sent at the next visit, and at the touch of a button', async () => {
      const element = await mount('not-saved-server', 'en');
      button(element, 'Try again').click();
      await until(() => demoServer(element).changes.length === 2);
      const again = await visitAgain(element);
      await until(() => text(again, '.unsent').includes('the server gave no good answer'));
      demoServer(again).endings.write = 'works';
      const last = await visitAgain(again);
      await until(() => text(last, '.note').startsWith('Your entry is saved.'));
      assert.deepEqual(kept(), []);
    });

    it('keeps the focus near what was tried again, and near what came of it', async () => {
      const element = await mount('not-saved-server', 'en');
      const server = demoServer(element);
      const again = async () => {
        button(element, 'Try again').focus();
        const answer = holdBack('/entries');
        await sendKeys({ press: 'Enter' });
        await until(() => text(element, '.unsent').includes('Saving…') && focused(element).matches('.unsent > li'));
        answer();
      };
      await again();
      await until(() => text(element, '.unsent').includes('Not saved yet'));
      assert.isTrue(focused(element).matches('.unsent > li'));
      server.endings.write = 'works';
      await again();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      await until(() => focused(element).matches('.save'));
    });

    it('makes one entry when the answer was lost', async () => {
      const element = await mount('first-use', 'en');
      const server = demoServer(element);
      server.endings.write = 'lost';
      await write(element, 'Only once.');
      button(element, 'Save').click();
      await until(() => text(element, '.unsent').includes('Not saved yet.'));
      server.endings.write = 'works';
      button(element, 'Try again').click();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      assert.deepEqual(server.kept.map((entry) => [entry.text, entry.version]), [['Only once.', 1]]);
    });

    it('says to who is signed out that a draft is kept here, if there is one', async () => {
      const empty = await mount('signed-out', 'en');
      await until(() => text(empty, '.notice').startsWith('You are not signed in'));
      assert.notInclude(text(empty, '.notice'), 'kept in this browser');
      empty.remove();
      const before = await mount('first-use', 'en');
      await write(before, 'Half a thought.');
      before.remove();
      const element = await mount('signed-out', 'en');
      await until(() => text(element, '.notice').includes('What is not saved here yet is kept in this browser, for whoever wrote it.'));
      assert.notInclude(text(element, '.kring'), 'Half a thought.');
    });

    it('keeps what was written by who is signed out meanwhile', async () => {
      const element = await mount('not-saved-signed-out', 'en');
      assert.include(text(element, '.unsent'), 'Not saved yet: you are not signed in.');
      button(element, 'Change it').click();
      await until(() => area(element).value.startsWith('Ring a customer back'));
      assert.lengthOf(kept(), 1);
    });

    it('comes back into the form when the server does not take it', async () => {
      const element = await mount('not-accepted', 'en');
      assert.include(text(element, '.note'), 'Not saved: the server does not take it like this.');
      assert.include(area(element).value, 'Ring a customer back');
      assert.equal(element.shadowRoot?.querySelector('.unsent'), null);
      assert.lengthOf(kept(), 1);
    });

    it('comes back into the form while somebody is elsewhere on the page, who stays there', async () => {
      const element = await mount('not-saved-server', 'en');
      const search = document.createElement('input');
      element.closest('.box')?.append(search);
      search.focus();
      demoServer(element).endings.write = 'invalid-request';
      dispatchEvent(new Event('online'));
      await until(() => area(element).value.includes('Ring a customer back'));
      await element.updateComplete;
      assert.equal(document.activeElement, search);
    });

    it('is saved as new where the entry was deleted meanwhile', async () => {
      const element = await mount('changing', 'en');
      const server = demoServer(element);
      server.endings.write = 'not-found';
      button(element, 'Save the change').click();
      await until(() => text(element, '.unsent').includes('was deleted somewhere else'));
      server.endings.write = 'works';
      button(element, 'Save as a new entry').focus();
      const answer = holdBack('/entries');
      await sendKeys({ press: 'Enter' });
      await until(() => focused(element).matches('.unsent > li'));
      answer();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      await until(() => focused(element).matches('.save'));
      assert.equal(server.changes.at(-1)?.what, 'POST /v1/learning-log/entries');
    });
  });

  describe('two versions of one entry', () => {
    const THEIRS = 'Read the order back aloud. That catches nearly every mistake.';

    it('are shown beside each other, and neither is chosen for anybody', async () => {
      const element = await mount('merge', 'en');
      assert.deepEqual([...element.shadowRoot!.querySelectorAll('.version h4')].map(({ textContent }) => textContent), ['As it is saved', 'As you wrote it here']);
      assert.equal(text(element, '.version .typed'), THEIRS);
      assert.include(spoken(element), 'Two versions of one entry');
      assert.equal(demoServer(element).entry(0).text, THEIRS);
    });

    it('end with what is saved', async () => {
      const element = await mount('merge', 'en');
      button(element, 'Keep what is saved').click();
      await until(() => !element.shadowRoot?.querySelector('.merge'));
      assert.equal(demoServer(element).entry(0).text, THEIRS);
      assert.deepEqual(kept(), []);
    });

    it('end with what was written here', async () => {
      const element = await mount('merge', 'en');
      button(element, 'Take what I wrote here').click();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      assert.include(demoServer(element).entry(0).text, 'Ring a customer back');
      assert.equal(demoServer(element).entry(0).version, 3);
    });

    it('end as one, made in the form', async () => {
      const element = await mount('merge', 'en');
      button(element, 'Make one of both').click();
      await until(() => area(element).value.startsWith(THEIRS));
      assert.include(area(element).value, 'Ring a customer back');
      assert.include(text(element, '.above'), 'Both texts stand under one another.');
      await write(element, 'Both in one.');
      await save(element, 'Save the change');
      assert.equal(demoServer(element).entry(0).text, 'Both in one.');
    });

    it('end as one with what else either of them says', async () => {
      const element = await mount('changing', 'en');
      const server = demoServer(element);
      await fill(element, '#different', 'Ring back the same day.');
      await fill(element, '#project', '');
      find(element, '.sharing [value=team]').click();
      const { text: before, tags } = server.entry(0);
      server.changeElsewhere(server.idOf(0), { text: `${before} Always.`, tags: [...tags, 'addresses'], link: 'https://voorbeeld.example/reading' });
      button(element, 'Save the change').click();
      await until(() => element.shadowRoot?.querySelector('.merge'));
      button(element, 'Make one of both').click();
      await until(() => area(element).value.includes('Always.'));
      assert.equal((find(element, '#different') as HTMLTextAreaElement).value, 'Read every order back aloud.\n\nRing back the same day.');
      assert.equal((find(element, '#project') as HTMLInputElement).value, 'New order line');
      assert.equal((find(element, '#link') as HTMLInputElement).value, 'https://voorbeeld.example/reading');
      assert.lengthOf(chips(element), 3);
    });

    it('are asked about as well when a lost first try said something else', async () => {
      const element = await mount('first-use', 'en');
      const server = demoServer(element);
      server.endings.write = 'lost';
      await write(element, 'First.');
      button(element, 'Save').click();
      await until(() => text(element, '.unsent').includes('Not saved yet.'));
      button(element, 'Change it').click();
      await until(() => area(element).value === 'First.');
      await write(element, 'Second.');
      server.endings.write = 'works';
      button(element, 'Save').click();
      await until(() => element.shadowRoot?.querySelector('.merge'));
      button(element, 'Take what I wrote here').click();
      await until(() => text(element, '.note').startsWith('Your entry is saved.'));
      assert.deepEqual(server.kept.map((entry) => entry.text), ['Second.']);
    });
  });

  describe('two tabs', () => {
    it('go on with one another’s draft', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'Here.');
      elsewhere('Here.', 'Here, and there.');
      await until(() => area(element).value === 'Here, and there.');
      await write(element, 'And here again.');
      assert.lengthOf(kept(), 1);
    });

    it('overwrite nothing that the other one wrote', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'Here.');
      // The other tab's news has not come yet.
      elsewhere('Here.', 'There.', false);
      await write(element, 'Here, still.');
      await until(() => kept().length === 2);
      assert.include(kept().join(), '"There."');
      assert.include(kept().join(), '"Here, still."');
      assert.include(text(element, '.drafts'), 'There.');
    });

    it('leave the form empty when the other one has saved it', async () => {
      const element = await mount('first-use', 'en');
      await write(element, 'Here.');
      const name = Object.keys(localStorage).find((key) => key.includes(':log:first-use'))!;
      localStorage.removeItem(name);
      dispatchEvent(new StorageEvent('storage', { key: name }));
      await until(() => area(element).value === '');
    });
  });

  it('tells the page when it can be used, and when something failed', async () => {
    await mount('first-use', 'en');
    await mount('server-error', 'en');
    assert.deepEqual(heard, ['kring-ready', 'internal']);
  });

  it('says why there is nothing to write in, and looks again when asked to', async () => {
    const element = await mount('not-in-roster', 'en');
    assert.include(text(element, '.card'), 'You are in no team yet');
    const server = demoServer(element);
    server.endings.place = 'works';
    button(element, 'Try again').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => element.shadowRoot?.querySelector('#text'));
    assert.equal(focused(element).id, 'title', 'the focus is not lost with the button');
  });

  describe('a browser that keeps nothing', () => {
    // At the end of the file: one that refused once is not asked again by the same page.
    it('saves where the browser keeps nothing, and says so before anything can be lost', async () => {
      const real = Object.getOwnPropertyDescriptor(Storage.prototype, 'setItem')!;
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      try {
        const element = await mount('first-use', 'en');
        await write(element, 'A thought.');
        await until(() => text(element, '.above').includes('Your browser keeps nothing here.'));
        button(element, 'Save').click();
        await until(() => text(element, '.note').startsWith('Your entry is saved.'));
        assert.equal(area(element).value, '');
      } finally {
        Object.defineProperty(Storage.prototype, 'setItem', real);
      }
    });
  });
});

function mount(name: string, language: Language): Promise<KringLearningLog> {
  const demo = demos.find((one) => one.name === name);
  if (!demo) throw new Error(`There is no state called ${name}.`);
  return mountDemo(demo, boxOf(), language);
}

function boxOf(): HTMLElement {
  const box = document.createElement('main');
  box.className = 'box';
  box.setAttribute('style', 'inline-size: 760px');
  for (const type of ['kring-ready', 'kring-error'] as const) {
    box.addEventListener(type, ({ detail }) => heard.push('kind' in detail ? detail.kind : type));
  }
  document.body.append(box);
  return box;
}

/** The same person on the same page, which was left and comes again. */
async function visitAgain(element: KringLearningLog): Promise<KringLearningLog> {
  element.remove();
  const next = document.createElement('kring-learning-log');
  next.setAttribute('server', element.getAttribute('server') ?? '');
  next.setAttribute('lang', element.lang);
  next.getToken = () => Promise.resolve('demo');
  boxOf().append(next);
  await until(() => next.shadowRoot?.querySelector('.waiting:not([hidden])'));
  return next;
}

/** Another tab writes in the draft that says something. */
function elsewhere(before: string, after: string, told = true): void {
  const name = Object.keys(localStorage).find((key) => localStorage.getItem(key)?.includes(`"text":"${before}"`))!;
  const draft = JSON.parse(localStorage.getItem(name) ?? '') as object;
  localStorage.setItem(name, JSON.stringify({ ...draft, text: after }));
  if (told) dispatchEvent(new StorageEvent('storage', { key: name }));
}

/** What this browser keeps of what was written: drafts, and what was not sent. */
function kept(): string[] {
  return Object.entries(localStorage).flatMap(([key, value]) =>
    /^kring:(draft|entry):/.test(key) && !key.endsWith(':last') ? [String(value)] : [],
  );
}

function find(element: Element, selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  assert.isOk(found, selector);
  return found;
}

function area(element: Element): HTMLTextAreaElement {
  return find(element, '#text') as HTMLTextAreaElement;
}

function tagField(element: Element): HTMLInputElement {
  return find(element, '#tag') as HTMLInputElement;
}

function text(element: Element, selector: string): string {
  return element.shadowRoot?.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

function spoken(element: Element): string {
  return element.shadowRoot?.querySelector('.kring > [role=status]')?.textContent ?? '';
}

function focused(element: Element): Element {
  return element.shadowRoot?.activeElement ?? document.body;
}

function button(element: Element, label: string): HTMLButtonElement {
  const found = [...element.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label);
  assert.isDefined(found, label);
  return found;
}

function chips(element: Element): Element[] {
  return [...element.shadowRoot!.querySelectorAll('.chips:not([hidden]) li')];
}

function options(element: Element): Element[] {
  return [...element.shadowRoot!.querySelectorAll('[role=option]')];
}

async function fill(element: KringLearningLog, selector: string, value: string): Promise<void> {
  const field = find(element, selector) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  // What was typed is kept after the next picture.
  await new Promise<void>((resolve) => { requestAnimationFrame(() => { setTimeout(resolve); }); });
  await element.updateComplete;
}

function write(element: KringLearningLog, value: string): Promise<void> {
  return fill(element, '#text', value);
}

async function pressControlEnter(): Promise<void> {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: 'Enter' });
  await sendKeys({ up: 'Control' });
}

async function save(element: KringLearningLog, label = 'Save'): Promise<void> {
  button(element, label).click();
  await until(() => text(element, '.note').startsWith('Your entry is saved.'));
}

/** The last new entry that the server was sent. */
function sent(element: KringLearningLog): NewEntry {
  return demoServer(element).changes.findLast(({ what }) => what.startsWith('POST'))?.body as NewEntry;
}

async function until(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}
