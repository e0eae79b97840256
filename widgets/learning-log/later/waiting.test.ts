import { assert, expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { LOG_PATH } from '../../../src/contract/learning-log-paths.ts';
import { LOG_LIMITS } from '../../../src/domain/learning-log.ts';
import { demoServer } from '../demo.ts';
import { all, button, find, focused, isInSight, list, mount, onStage, openEntry, reached, read, type } from './stage.testing.ts';

describe('what waits for somebody', () => {
  onStage();

  for (const view of ['compact', 'full']) {
    it(`is said first, ${view}: who asks, what for, and when`, async () => {
      const element = await mount(view);
      await reached(() => all(element, '.asked').length > 0);
      expect(read(element, '.asked')).to.match(/^Samira Noordhof asks for your help Peer review · preferably by .* A colleague told me/);
      const first = find(element, '.log').firstElementChild;
      assert.isTrue(first?.matches('.asked'));
      find(element, '.asked .from').click();
      await reached(() => all(element, '.thread .help').length > 0 && focused(element)?.id === 'log-entry');
    });
  }

  it('is an answer to one’s own question, and is over once it was taken up', async () => {
    const { element, server } = await list('answered');
    await reached(() => all(element, '.asked').length > 0);
    expect(read(element, '.asked')).to.contain('There is an answer: it is your turn');
    find(element, '.asked .from').click();
    await reached(() => all(element, '.thread .help').length > 0);
    type(element, '.help textarea', 'I will ask sooner.');
    button(element, 'Finish', '.help').click();
    await reached(() => server.changes.length === 1 && all(element, '.help textarea').length === 0);
    button(element, 'Back to the list').click();
    await reached(() => all(element, '.rows > .row').length > 0);
    assert.isEmpty(all(element, '.asked'));
  });

  it('is an answer to one’s own question, however much came from others since', async () => {
    const { element, server } = await list('answered');
    await reached(() => all(element, '.asked').length > 0);
    for (let count = 0; count <= LOG_LIMITS.page; count++) {
      server.writeElsewhere({ by: 'sam', text: `Something else, ${count}`, audience: { scope: 'team', team: 'rivier' } });
    }
    const [asked] = all(element, '[data-asked]');
    const id = asked?.dataset['asked'];
    let looks = 0;
    const { fetch } = window;
    window.fetch = async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(input instanceof Request ? input.url : String(input));
      if (pathname === LOG_PATH) looks += 1;
      return response;
    };
    dispatchEvent(new Event('online'));
    await reached(() => looks >= 3);
    await element.updateComplete;
    assert.equal(find(element, '[data-asked]').dataset['asked'], id);
    expect(read(element, '.asked')).to.contain('There is an answer: it is your turn');
  });
});

describe('what waits for somebody who has left', () => {
  onStage();

  it('says so, and names nobody', async () => {
    const { element, server } = await list('answered');
    server.leave('noa');
    server.leave('sam');
    server.leave('ruben');
    const row = await openEntry(element, server.idOf(0));
    const said = read(element, row);
    expect(said).to.contain('A former colleague has answered.');
    expect(said).not.to.match(/Asked: ?\.|, says? ?\.| {2}has answered/);
  });
});

describe('a link to an entry', () => {
  onStage();

  afterEach(() => {
    history.replaceState(null, '', location.pathname + location.search);
  });

  async function follow(id: string): Promise<HTMLElement> {
    await setViewport({ width: 400, height: 500 });
    const element = await mount('full');
    // A page that says something after it as well.
    const after = document.createElement('div');
    after.style.blockSize = '2000px';
    element.after(after);
    location.hash = `kring-entry=${id === '' ? demoServer(element).idOf(2) : id}`;
    await reached(() => all(element, id === '' ? '.thread' : '.opened .trouble').length > 0);
    await reached(() => focused(element)?.id === 'log-entry' && isInSight(find(element, '#log-entry')));
    const { top } = find(element, '#log-entry').getBoundingClientRect();
    assert.isBelow(top, 200);
    return find(element, '.opened');
  }

  it('shows it, at the top of what is seen, with the focus on its heading', async () => {
    const opened = await follow('');
    expect(opened.innerText).to.contain('where are you stuck?');
  });

  it('is let go of with the entry, so that it can be followed again; what else the address says stays', async () => {
    const element = await mount('full');
    const entry = `kring-entry=${demoServer(element).idOf(2)}`;
    const back = async () => {
      await reached(() => all(element, '.thread').length > 0);
      button(element, 'Back to the list').click();
      await reached(() => all(element, '.rows > .row').length > 0);
    };
    history.replaceState({ of: 'the page' }, '');
    location.hash = entry;
    await back();
    assert.equal(location.hash, '');
    location.hash = entry;
    await back();
    location.hash = `place=b%20c&${entry}`;
    history.replaceState({ of: 'the page' }, '');
    await back();
    assert.equal(location.hash, '#place=b%20c');
    assert.deepEqual(history.state, { of: 'the page' });
  });

  it('says in view that it is not there, or is not shared', async () => {
    const opened = await follow('entry-of-another');
    expect(opened.innerText).to.contain('This entry is not there, or is not shared with you.');
    assert.isTrue(isInSight(opened.querySelector('.trouble')));
  });
});

describe('a search without a connection', () => {
  onStage();

  it('says what the list shows still, and comes when it is tried again, by hand or by itself', async () => {
    const { element, server } = await list();
    server.endings.log = 'offline';
    type(element, '.search input[type=search]', 'boxes');
    await reached(() => all(element, '.entries .trouble').length > 0);
    assert.equal(read(element, '.still'), 'You still see: All.');
    assert.isEmpty(all(element, '.line'));
    assert.lengthOf(all(element, '.row'), 8);
    button(element, 'Try again', '.entries').click();
    await reached(() => all(element, '.entries .trouble').length > 0);
    delete server.endings.log;
    dispatchEvent(new Event('online'));
    await reached(() => all(element, '.line').length > 0);
    assert.equal(read(element, '.line'), 'All with ‘boxes’. Show all');
    assert.isEmpty(all(element, '.entries .trouble, .still'));
    await reached(() => all(element, '.row').length === 1);
  });

  it('comes with the button alone', async () => {
    const { element, server } = await list();
    server.endings.log = 'offline';
    type(element, '.search input[type=search]', 'boxes');
    await reached(() => all(element, '.entries .trouble').length > 0);
    delete server.endings.log;
    button(element, 'Try again', '.entries').click();
    await reached(() => all(element, '.line').length > 0);
  });
});
