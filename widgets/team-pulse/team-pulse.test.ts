import { assert, expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { TeamReports } from '../../src/contract/reports.ts';
import type { Language } from '../../src/domain/language.ts';
import { demoFetch, demos, mountDemo } from './demo.ts';
import './index.ts';
import type { KringTeamPulse } from './team-pulse.ts';

const realFetch = window.fetch;
let stage: HTMLElement;

before(() => {
  performance.setResourceTimingBufferSize(5000);
  window.fetch = demoFetch(realFetch.bind(window));
});

after(() => {
  window.fetch = realFetch;
});

beforeEach(() => {
  stage = document.createElement('main');
  document.body.append(stage);
});

afterEach(async () => {
  await setViewport({ width: 800, height: 600 });
  await emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'none' });
  stage.remove();
});

function mount(name: string, language: Language = 'en'): Promise<KringTeamPulse> {
  const demo = demos.find((one) => one.name === name);
  if (!demo) throw new Error(`There is no demo called ${name}.`);
  return mountDemo(demo, stage, language);
}

/** What stands on the card, as it is read: without what is hidden, on one line. */
function read(element: KringTeamPulse): string {
  return find(element, '.card').innerText.replaceAll(/\s+/g, ' ');
}

function find(element: KringTeamPulse, selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`Nothing there: ${selector}`);
  return found;
}

/** What a screen reader was told last. */
function spoken(element: KringTeamPulse): string {
  return find(element, '[role=status]').textContent;
}

function has(element: KringTeamPulse, selector: string): boolean {
  return !!element.shadowRoot?.querySelector(selector);
}

/** How many bands each row has. */
function bands(element: KringTeamPulse): readonly number[] {
  const rows = [...(element.shadowRoot?.querySelectorAll('.row') ?? [])];
  return rows.map((one) => one.querySelectorAll('.band:not([hidden])').length);
}

/** A control by the text of its label. */
function control(element: KringTeamPulse, label: string): HTMLSelectElement {
  const labels = [...(element.shadowRoot?.querySelectorAll('label') ?? [])];
  const found = labels.find(({ innerText }) => innerText.startsWith(label))?.control;
  if (!(found instanceof HTMLSelectElement)) throw new Error(`No control called ${label}.`);
  return found;
}

/** What is read of one construct. */
function row(element: KringTeamPulse, title: string): string {
  const rows = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
  const found = rows.find((one) => one.querySelector('h3')?.innerText === title);
  if (!found) throw new Error(`No row called ${title}.`);
  return found.innerText.replaceAll(/\s+/g, ' ');
}

async function reached(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function chartRequested(): boolean {
  return performance.getEntriesByType('resource').some(({ name }) => /chart\.(ts|js)/.test(name));
}

/** Whether a chart stands on the canvas. */
function isDrawn(element: KringTeamPulse): boolean {
  const canvas = element.shadowRoot?.querySelector('canvas');
  if (!canvas?.width) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels?.some((value) => value > 0) ?? false;
}

describe('kring-team-pulse', () => {
  describe('before there is a course to draw', () => {
    it('never asks for the chart when one round has figures, in view or not', async () => {
      const element = await mount('first-round');
      await reached(() => element.shadowRoot?.querySelector('.about'));
      element.scrollIntoView({ block: 'end' });
      await new Promise((resolve) => requestAnimationFrame(resolve));
      assert.strictEqual(has(element, 'canvas'), false);
      assert.strictEqual(chartRequested(), false);
    });

    it('is read in full, table included, while the chart is out of view and not asked for', async () => {
      const spacer = document.createElement('div');
      spacer.style.height = '4000px';
      stage.append(spacer);
      const element = await mount('released');
      await reached(() => element.shadowRoot?.querySelector('canvas'));
      scrollTo(0, 0);
      expect(read(element)).to.contain('6 of 8 answered');
      expect(find(element, 'table').textContent).to.contain('3.1');
      assert.strictEqual(chartRequested(), false);
    });
  });

  it('shows the figures, beside an open round too, before it fetches what comes under them', async () => {
    const element = await mount('leader');
    assert.strictEqual(has(element, '.open') && has(element, '.row .value'), true);
    assert.strictEqual(has(element, '.about'), false);
    await reached(() => element.shadowRoot?.querySelector('.about'));
  });

  describe('a released round', () => {
    it('says team, role, round, and how many of how many', async () => {
      const element = await mount('released');
      assert.strictEqual(find(element, 'h2').innerText, 'District team East');
      const said = read(element);
      expect(said).to.contain('You are in this team');
      expect(said).to.contain('Round 6, closed on Friday 27 November 2026');
      expect(said).to.contain('6 of 8 answered.');
    });

    it('gives the mean, where the whole team probably lies, and the certain bounds', async () => {
      const said = row(await mount('released'), 'Vision and purpose');
      expect(said).to.contain('3.9');
      expect(said).to.contain('3.6 to 4.2');
      expect(said).to.contain('4 of 6 agree, certainly between 50% and 75% of the whole team.');
    });

    it('draws the interval as wide as it is, the mean inside, the earlier mean beside', async () => {
      const element = await mount('released');
      const figure = find(element, '.row .figure') as unknown as SVGSVGElement;
      const shape = (selector: string) => figure.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      const { left, width } = shape('.scale path');
      const at = (x: number) => 1 + (4 * (x - left)) / width;
      expect(at(shape('.band').left)).to.be.closeTo(3.6, 0.02);
      expect(at(shape('.band').right)).to.be.closeTo(4.2, 0.02);
      const { left: from, right: to } = shape('.mean');
      expect(at((from + to) / 2)).to.be.closeTo(3.9, 0.02);
      expect(at(shape('.before').left)).to.be.closeTo(3.1, 0.02);
    });

    it('calls a change only what chance does not explain', async () => {
      const element = await mount('released');
      expect(row(element, 'Vision and purpose')).to.contain('Higher than in October (3.1): more than chance explains.');
      expect(row(element, 'Safety and trust')).to.contain('No change that we can tell.');
      expect(row(element, 'Safety and trust')).not.to.match(/higher|lower/i);
      expect(row(element, 'Room and routine')).to.contain('There is no earlier figure to compare with.');
    });

    it('says in a first round that it is the first, and names no earlier one', async () => {
      const said = read(await mount('first-round'));
      expect(said).to.contain('Asked for the first time.');
      expect(said).not.to.contain('last time');
    });

    it('never tells that all chose the same', async () => {
      const element = await mount('everyone');
      const low = row(element, 'Safety and trust');
      expect(low).to.contain('up to 1.1');
      expect(low).to.contain('Hardly anyone of 12 agrees, certainly no more than 8% of the whole team.');
      expect(low).to.contain('Spread: nearly all disagree.');
      const high = row(element, 'Sharing knowledge');
      expect(high).to.contain('from 4.9');
      expect(high).to.contain('Nearly all 12 agree, certainly 92% or more of the whole team.');
    });

    it('says when only measurement error remains, and then draws no band', async () => {
      const element = await mount('everyone');
      const said = row(element, 'Vision and purpose');
      expect(said).to.contain('Everyone answered: only measurement error remains.');
      expect(said).to.contain('8 of 12 agree, that is 67% of the whole team.');
      expect(said).to.contain('Spread: 2 disagree, 2 neutral, 8 agree.');
      assert.strictEqual(bands(element)[0], 0, 'all of the team is known');
      assert.strictEqual(bands(element)[4], 1);
      expect(row(element, 'Room and routine')).to.contain('9 of 12 filled in the whole of this theme.');
    });

    it('shows a construct without figures as just that', async () => {
      const element = await mount('first-round');
      assert.strictEqual(row(element, 'Room and routine'), 'Room and routine too few complete answers');
    });

    it('says where answers of small parts are counted, and which counts are not exact', async () => {
      const element = await mount('large-team');
      const said = read(element);
      expect(said).to.contain('44 of 120 answered. Answers from a part that is too small count only in Care North.');
      assert.strictEqual(has(element, '.seats'), false, 'no seats above sixteen people');
      const vision = row(element, 'Vision and purpose');
      expect(vision).to.contain('About 22 of 41 agree, certainly between');
      expect(vision).to.contain('Spread of the 38 answers from parts where enough people answered: about 6 disagree, 12 neutral, 20 agree.');
    });

    it('gives one next step, of the construct with the lowest mean', async () => {
      const said = read(await mount('released'));
      expect(said).to.contain('One next step Safety and trust. Start the next meeting with a mistake of your own');
      expect(said.match(/One next step/g)).to.have.length(1);
    });

    it('quotes comments as they were written', async () => {
      const element = await mount('everyone');
      await reached(() => element.shadowRoot?.querySelector('blockquote'));
      const quotes = [...(element.shadowRoot?.querySelectorAll('blockquote') ?? [])].map(({ innerText }) => innerText);
      expect(quotes).to.include('A calmer handover, please.');
      expect(read(element)).to.contain('Shuffled, without a name or a date.');
    });

    it('keeps reliability for those who open the details', async () => {
      const element = await mount('everyone');
      await reached(() => element.shadowRoot?.querySelector('.about'));
      expect(read(element)).not.to.contain('alpha');
      find(element, '.about summary').click();
      await reached(() => read(element).includes('Cronbach’s alpha 0.82'));
    });

    it('writes numbers and dates as Dutch does', async () => {
      const element = await mount('released', 'nl');
      const said = read(element);
      assert.strictEqual(find(element, '.kring').lang, 'nl');
      expect(said).to.contain('Ronde 6, gesloten op vrijdag 27 november 2026');
      expect(row(element, 'Visie en doel')).to.contain('3,9 waarschijnlijk 3,6 tot 4,2');
      expect(row(element, 'Visie en doel')).to.contain('Hoger dan in oktober (3,1): meer dan toeval verklaart.');
    });
  });

  describe('choosing', () => {
    it('offers each closed round with how many answered, the newest first, by keyboard, and says it once', async () => {
      const element = await mount('released');
      const rounds = control(element, 'Round');
      assert.deepEqual([...rounds.options].map(({ text }) => text), [
        '6. 27 Nov 2026: 6/8',
        '5. 30 Oct 2026: 7/8',
        '4. 25 Sept 2026: 5/7',
      ]);
      rounds.focus();
      await sendKeys({ press: 'ArrowDown' });
      await reached(() => read(element).includes('Round 5, closed on Friday 30 October 2026'));
      assert.strictEqual(spoken(element), 'Round 5, closed on Friday 30 October 2026: 7 of 8 answered');
      assert.strictEqual(element.shadowRoot?.activeElement === rounds, true);
      expect(row(element, 'Vision and purpose')).to.contain('Lower than in September (3.8): more than chance');
      expect(row(element, 'Room and routine')).to.contain('too few complete answers');
    });

    it('lets who leads more teams choose one, and keeps the focus there', async () => {
      const element = await mount('leader');
      expect(read(element)).to.contain('You lead this team');
      const teams = control(element, 'Team');
      teams.focus();
      await sendKeys({ press: 'ArrowDown' });
      await reached(() => read(element).includes('44 of 120 answered'));
      assert.strictEqual(find(element, 'h2').innerText, 'Care North');
      assert.strictEqual(element.shadowRoot?.activeElement === teams, true);
      expect(spoken(element)).to.match(/^Care North\. Round 1, closed on .*: 44 of 120 answered$/);
    });
  });

  describe('the course over the rounds', () => {
    it('comes as a table first, then as a chart once in view', async () => {
      const element = await mount('released');
      await reached(() => element.shadowRoot?.querySelector('canvas'));
      const [table, canvas] = [find(element, 'table'), find(element, 'canvas')];
      expect(table.compareDocumentPosition(canvas) & Node.DOCUMENT_POSITION_FOLLOWING).to.be.greaterThan(0);
      canvas.scrollIntoView();
      await reached(() => isDrawn(element));
      assert.strictEqual(chartRequested(), true);
      assert.strictEqual(canvas.getAttribute('role'), 'img');
      expect(canvas.getAttribute('aria-label')).to.contain('Chart of Vision and purpose. The table above');
    });

    it('opens the table by keyboard, with a row for each round', async () => {
      const element = await mount('released');
      await reached(() => element.shadowRoot?.querySelector('.course summary'));
      const summary = find(element, '.course summary');
      assert.strictEqual(summary.innerText, 'As a table');
      summary.focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => has(element, '.course details[open]'));
      const rows = [...find(element, 'tbody').children].map((one) => (one as HTMLElement).innerText.split(/\s*\t\s*/));
      assert.deepEqual(rows, [
        ['27 Nov', '3.9', '3.6 to 4.2', '6 of 8'],
        ['30 Oct', '3.1', '2.9 to 3.3', '7 of 8'],
        ['25 Sept', '3.8', '3.3 to 4.3', '5 of 7'],
      ]);
    });

    it('says in the table which rounds had too few answers', async () => {
      const element = await mount('too-few');
      await reached(() => element.shadowRoot?.querySelector('table'));
      expect(find(element, 'tbody').textContent.replaceAll(/\s+/g, ' ')).to.contain('27 Nov too few answers');
    });

    it('is of one theme, which can be changed', async () => {
      const element = await mount('released');
      await reached(() => element.shadowRoot?.querySelector('.course'));
      const themes = control(element, 'Theme');
      const offered = [...themes.options].map(({ text }) => text);
      expect(offered, 'only what has figures in two rounds').not.to.include('Room and routine');
      themes.focus();
      await sendKeys({ press: 'ArrowDown' });
      await reached(() => find(element, 'caption').textContent.includes('Safety and trust'));
      expect(find(element, 'tbody').textContent).to.contain('2.8');
    });

    it('is drawn anew in the colours of a theme that changed, with reduced motion too', async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      const element = await mount('released');
      await reached(() => element.shadowRoot?.querySelector('canvas'));
      const canvas = element.shadowRoot?.querySelector('canvas');
      if (!canvas) throw new Error('There is no canvas.');
      canvas.scrollIntoView();
      await reached(() => isDrawn(element));
      const light = canvas.toDataURL();
      element.setAttribute('theme', 'dark');
      await reached(() => isDrawn(element) && canvas.toDataURL() !== light);
      const dark = canvas.toDataURL();
      element.style.setProperty('--kring-data-1', '#f0f');
      await reached(() => isDrawn(element) && canvas.toDataURL() !== dark);
    });
  });

  describe('too few answers', () => {
    it('is no empty chart but a conversation, with where the answers count', async () => {
      const said = read(await mount('too-few'));
      expect(said).to.contain('No figures this round');
      expect(said).to.contain('Figures start at 5 answers. There were not enough to show any');
      expect(said).to.contain('The answers count in Care North.');
      expect(said).to.contain('Talk about it, ten minutes');
    });

    it('asks three questions', async () => {
      const element = await mount('too-few', 'nl');
      expect(find(element, '.talk ol').children).to.have.length(3);
      expect(read(element)).to.contain('Geen cijfers deze ronde');
    });

    it('says nothing of how many answered in a team that is smaller than the threshold', async () => {
      const said = read(await mount('small-team'));
      expect(said).to.contain('Figures start at 5 answers. This team has 3 people');
      expect(said).not.to.contain('fewer than');
    });

    it('tells it apart from answers that were not complete', async () => {
      const said = read(await mount('incomplete'));
      expect(said).to.contain('5 of 8 answered, but too few people filled in a whole theme.');
    });
  });

  describe('an open round', () => {
    it('is sealed: how many ballots are in, until when, when the figures come', async () => {
      const element = await mount('sealed');
      const said = read(element);
      expect(said).to.match(/Round open until \w+ 25 December at/);
      expect(said).to.contain('6 of 8 ballots are in. Nobody can read them before it closes.');
      expect(said).to.match(/The figures come on \w+ 25 December at [\d:]+, here\./);
      expect(said).to.contain('Your own answers count in Care North.');
      assert.strictEqual(has(element, '.row'), false);
    });

    it('is left out on a screen that many look at, as if there were none', async () => {
      const element = await mount('sealed');
      element.setAttribute('released', '');
      // Has it fetch anew.
      element.getToken = () => Promise.resolve('demo');
      await reached(() => !has(element, '.open'));
      const said = read(element);
      expect(said).to.contain('No figures yet');
      expect(said).not.to.match(/open|ballots/i);
    });

    it('gives way to its figures when the page is in sight again, and leaves focus and choice alone', async () => {
      const inner = window.fetch;
      const answered = (change: (reports: TeamReports) => Partial<TeamReports>): void => {
        const reports = demos.find(({ name }) => name === 'leader')?.answer('en', null) as TeamReports;
        window.fetch = () => Promise.resolve(Response.json({ ...reports, ...change(reports) }));
      };
      try {
        answered(({ open, rounds }) => ({
          open: open && { ...open, closesAt: '2020-11-27T16:00:00Z', resultsAt: '2020-11-27T16:10:00Z' },
          rounds: rounds.slice(1),
        }));
        const element = await mount('leader');
        await reached(() => has(element, '.open'));
        const rounds = control(element, 'Round');
        rounds.focus();
        await sendKeys({ press: 'ArrowDown' });
        await reached(() => read(element).includes('Round 4, closed'));

        window.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
        document.dispatchEvent(new Event('visibilitychange'));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        expect(read(element), 'a look that fails changes nothing').to.contain('Round 4, closed');

        answered(() => ({ open: null }));
        document.dispatchEvent(new Event('visibilitychange'));
        await reached(() => !has(element, '.open'));
        expect(read(element)).to.contain('Round 4, closed');
        assert.strictEqual(rounds.selectedOptions[0]?.text.startsWith('4.'), true);
        assert.strictEqual(rounds.options.length, 3);
        assert.strictEqual(element.shadowRoot?.activeElement === rounds, true);
      } finally {
        window.fetch = inner;
      }
    });

    it('is not on a card for a screen that many look at, where released figures are', async () => {
      const element = await mount('leader');
      assert.isTrue(has(element, '.open'));
      const before = bands(element);
      element.setAttribute('released', '');
      element.getToken = () => Promise.resolve('demo');
      await reached(() => !has(element, '.open'));
      assert.deepEqual(bands(element), before);
    });

    it('says no number below the threshold', async () => {
      const said = read(await mount('sealed-few'));
      expect(said).to.contain('Fewer than 5 ballots are in so far.');
      expect(said, 'a member has no team above').not.to.contain('Your own answers');
    });

    it('leaves the figures to be of the round that the page names, and of the newest where there is none', async () => {
      const element = await mount('leader');
      const rounds = control(element, 'Round');
      const [newest, , third] = [...rounds.options];
      assert.isTrue(newest?.selected);
      element.setAttribute('round', third?.value ?? '');
      await element.updateComplete;
      assert.isTrue(third?.selected);
      expect(read(element)).to.contain(`Round ${third?.text.split('.')[0] ?? ''}, closed`);
      element.setAttribute('round', 'none');
      await element.updateComplete;
      assert.isTrue(newest?.selected);
    });

    it('stands above the figures of the rounds before', async () => {
      const said = read(await mount('leader'));
      expect(said.indexOf('6 of 8 ballots are in.')).to.be.lessThan(said.indexOf('6 of 8 answered.'));
    });

    it('says after closing that the last ballots are arriving', async () => {
      expect(read(await mount('arriving'))).to.contain('The round has just closed');
    });
  });

  describe('nothing to show', () => {
    const notices: readonly (readonly [string, string, string | undefined])[] = [
      ['no-round', 'No figures yet', undefined],
      ['offline', 'No connection', 'offline'],
      ['signed-out', 'You are not signed in', 'signed-out'],
      ['not-in-roster', 'You are not in a team yet', 'not-in-roster'],
      ['not-allowed', 'These figures belong to another team', 'not-found'],
      ['server-error', 'The figures are not there right now', 'internal'],
    ];
    for (const [name, title, kind] of notices) {
      it(`${name}: says '${title}'${kind === undefined ? '' : `, and tells the page '${kind}'`}`, async () => {
        const kinds: string[] = [];
        stage.addEventListener('kring-error', ({ detail }) => {
          kinds.push(detail.kind);
        });
        const element = await mount(name);
        expect(read(element)).to.contain(title);
        assert.deepEqual(kinds, kind === undefined ? [] : [kind]);
        assert.strictEqual(read(element).includes('Try again'), kind !== undefined);
      });
    }

    it('tries again by keyboard, keeps the focus in the card, and shows the figures', async () => {
      const element = await mount('server-error');
      let asked = 0;
      const inner = window.fetch;
      const first = demos[0];
      window.fetch = async () => {
        asked++;
        return Promise.resolve(Response.json(first?.answer('en', null)));
      };
      const button = find(element, 'button');
      button.focus();
      await sendKeys({ press: 'Enter' });
      await reached(() => read(element).includes('6 of 8 answered'));
      window.fetch = inner;
      assert.strictEqual(asked, 1);
      assert.strictEqual(element.shadowRoot?.activeElement === find(element, 'h2'), true);
    });

    it('fetches the figures when the connection is back', async () => {
      const element = await mount('offline');
      const inner = window.fetch;
      window.fetch = () => Promise.resolve(Response.json(demos[0]?.answer('en', null)));
      dispatchEvent(new Event('online'));
      await reached(() => read(element).includes('6 of 8 answered'));
      window.fetch = inner;
    });

    it('reserves its place while it loads', async () => {
      const element = await mount('loading');
      await element.updateComplete;
      assert.strictEqual(find(element, '.card').getAttribute('aria-busy'), 'true');
      expect(element.getBoundingClientRect().height).to.be.greaterThan(400);
    });
  });

  it('tells the page when it can be used', async () => {
    const heard = new Promise<Event>((resolve) => {
      document.addEventListener('kring-ready', resolve, { once: true });
    });
    const [element, event] = await Promise.all([mount('released'), heard]);
    assert.strictEqual(event.target === element, true);
  });

  it('fits 256 px without scrolling sideways, and stacks its rows', async () => {
    await setViewport({ width: 290, height: 700 });
    stage.style.width = '256px';
    const element = await mount('everyone', 'nl');
    await reached(() => element.shadowRoot?.querySelector('.course'));
    for (const details of element.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
    const card = find(element, '.card');
    expect(card.scrollWidth).to.be.at.most(card.clientWidth);
    const [title, figure] = [find(element, '.row h3'), find(element, '.row .figure')];
    expect(figure.getBoundingClientRect().top).to.be.at.least(title.getBoundingClientRect().bottom);
  });

  it('splits no word where letters are twice as large', async () => {
    await setViewport({ width: 400, height: 700 });
    stage.style.cssText = 'width: 360px; --kring-font-size: 32px';
    const element = await mount('released', 'nl');
    for (const title of element.shadowRoot?.querySelectorAll<HTMLElement>('.row h3') ?? []) {
      expect(title.scrollWidth, title.innerText).to.be.at.most(title.clientWidth);
      expect(title.clientWidth).to.be.greaterThan(200);
    }
  });

  for (const demo of demos) {
    it(`has nothing that axe objects to: ${demo.name}, light, dark and forced colours`, async () => {
      const element = await mountDemo(demo, stage, demo.name.length % 2 ? 'nl' : 'en');
      await element.updateComplete;
      for (const details of element.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
      for (const theme of ['light', 'dark']) {
        element.setAttribute('theme', theme);
        await expect(element).to.be.accessible();
      }
      await emulateMedia({ forcedColors: 'active' });
      await expect(element).to.be.accessible();
    });
  }
});
