import { expect, fixtureCleanup, html, fixture } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { LANGUAGES } from '../../src/domain/language.ts';
import { axeViolations } from '../../test/support/axe.ts';
import { demoFetch, demos, mountDemo, type Demo } from './demo.ts';
import './index.ts';
import type { KringPulseSurvey } from './pulse-survey.ts';

const WIDE = 760;
const NARROW = 320;

const network = window.fetch.bind(window);
/** Every request to a demo's server. */
let requests: Request[] = [];

describe('kring-pulse-survey', () => {
  beforeEach(() => {
    localStorage.clear();
    requests = [];
    const demo = demoFetch(network);
    window.fetch = (input, init) => {
      requests.push(new Request(input, init));
      return demo(input, init);
    };
  });

  afterEach(async () => {
    fixtureCleanup();
    window.fetch = network;
    await emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  });

  describe('in every state', () => {
    for (const demo of demos) {
      for (const [width, language, colorScheme] of [
        [WIDE, 'nl', 'light'],
        [NARROW, 'en', 'dark'],
      ] as const) {
        it(`${demo.name} passes axe at ${width} px, ${language}, ${colorScheme}`, async () => {
          await emulateMedia({ colorScheme });
          const element = await mount(demo.name, width, language);
          expect(await axeViolations(element)).to.deep.equal([]);
          expect(element.shadowRoot?.querySelector('[style]'), 'a style attribute').to.equal(null);
        });
      }
    }

    for (const language of LANGUAGES) {
      it(`has a heading in ${language} that is not another state’s`, async () => {
        const headings = new Set<string>();
        const notices = demos.filter(({ name }) => !['loading', 'form', 'half-way', 'filled', 'small-team'].includes(name));
        for (const demo of notices) {
          const element = await mount(demo.name, WIDE, language);
          headings.add(heading(element) + text(element, '.message p'));
          expect(heading(element)).to.not.equal('');
        }
        expect(headings.size).to.equal(notices.length);
      });
    }
  });

  describe('on a wide page', () => {
    it('shows all items, and who will see what from how many answers on', async () => {
      const element = await mount('form', WIDE, 'nl');
      expect(visibleLegends(element)).to.have.length(5);
      const who = text(element, '.who');
      expect(who).to.contain('Wijkteam Noord (8 mensen)').and.to.contain('bij 5 antwoorden of meer');
    });

    it('tells a small team that it gets no figures, and where the answers count', async () => {
      const element = await mount('small-team', WIDE, 'nl');
      expect(text(element, '.who')).to.contain('3 mensen').and.to.contain('tellen mee bij Zorg Noord');
    });

    it('explains on demand how it is possible', async () => {
      const element = await mount('form', WIDE, 'nl');
      query<HTMLElement>(element, 'summary').click();
      await until(() => element.shadowRoot?.querySelector('details li'));
      expect(element.shadowRoot?.querySelectorAll('details li')).to.have.length(4);
      expect(text(element, 'details')).to.contain('geen gevalideerde schaal');
    });

    it('is answered by keyboard alone, and says once what became of it', async () => {
      const element = await mount('form', WIDE, 'en');
      const heard = listen(element);
      query<HTMLInputElement>(element, 'input').focus();
      for (let item = 0; item < 5; item++) {
        await sendKeys({ press: 'Space' });
        await sendKeys({ press: 'ArrowDown' });
        await sendKeys({ press: 'Tab' });
      }
      expect(text(element, '.ring text')).to.equal('5/5');
      expect(focused(element).localName).to.equal('textarea');
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Tab' });
      expect(focused(element).textContent.trim()).to.equal('Send');
      await sendKeys({ press: 'Enter' });
      await until(() => heading(element) === 'On its way to the ballot box');
      expect(focused(element).localName).to.equal('h2');
      expect(text(element, '[role=status]')).to.contain('On its way to the ballot box');
      await leave();
      await until(() => heading(element) === 'In the ballot box');
      expect(focused(element).textContent).to.equal('In the ballot box');
      expect(text(element, '[role=status]')).to.contain('Nobody can connect your answers to you');
      expect(heard).to.deep.equal(['kring-sent {}']);
      const ballot = await sentBallot();
      expect(ballot['choices']).to.deep.equal({ vision: 2, safety: 2, sharing: 2, example: 2, routine: 2 });
    });

    it('leaves out what was left without an answer, and what has none', async () => {
      const element = await mount('half-way', WIDE, 'nl');
      choose(element, 4, 3);
      await send(element);
      await leave();
      await until(() => heading(element) === 'In de stembus');
      expect((await sentBallot())['choices']).to.deep.equal({ vision: 4, safety: 2, routine: 3 });
    });

    it('asks for at least one answer', async () => {
      const element = await mount('form', WIDE, 'nl');
      button(element, 'Verstuur').click();
      await element.updateComplete;
      expect(text(element, '.bar')).to.contain('Kies eerst een antwoord');
      expect(focused(element).localName).to.equal('legend');
      expect(requests.filter(({ method }) => method === 'POST')).to.have.length(0);
    });

    it('points out what gives somebody away, and sends it all the same', async () => {
      const element = await mount('half-way', WIDE, 'nl');
      const area = query<HTMLTextAreaElement>(element, 'textarea');
      area.value = 'Robin hielp me.';
      area.dispatchEvent(new InputEvent('input'));
      await until(() => element.shadowRoot?.querySelector('.hint'));
      expect(text(element, '.hint')).to.contain('Robin');
      await send(element);
      await leave();
      await until(() => heading(element) === 'In de stembus');
      expect((await sentBallot())['comment']).to.equal('Robin hielp me.');
    });
  });

  describe('in a narrow column', () => {
    it('moves on with a tap, and moves the focus to what comes', async () => {
      const element = await mount('form', NARROW, 'nl');
      expect(visibleLegends(element)).to.deep.equal(['Ik weet waar ons team naartoe leert, en waarom.']);
      tap(element, 4);
      await element.updateComplete;
      expect(visibleLegends(element)).to.deep.equal(['Wie bij ons iets niet weet of fout deed, kan dat gewoon zeggen.']);
      expect(focused(element).textContent).to.equal(visibleLegends(element)[0]);
    });

    it('goes back, with the answer still there', async () => {
      const element = await mount('form', NARROW, 'nl');
      tap(element, 4);
      await element.updateComplete;
      button(element, 'Terug').click();
      await element.updateComplete;
      expect(visibleInputs(element).findIndex(({ checked }) => checked)).to.equal(3);
      button(element, 'Verder').click();
      await element.updateComplete;
      expect(visibleLegends(element)[0]).to.contain('Wie bij ons');
    });

    it('does not move on while arrow keys look for the answer, and does with Enter', async () => {
      const element = await mount('form', NARROW, 'nl');
      visibleInputs(element)[0]?.focus();
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'ArrowDown' });
      expect(visibleLegends(element)[0]).to.contain('Ik weet waar');
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(visibleLegends(element)[0]).to.contain('Wie bij ons');
    });

    it('ends with the open question, who sees what, and the button', async () => {
      const element = await mount('form', NARROW, 'nl');
      for (let item = 0; item < 5; item++) {
        expect(shown(element, '.who')).to.equal(false);
        tap(element, 6);
        await element.updateComplete;
      }
      expect(shown(element, '.who')).to.equal(true);
      expect(focused(element).textContent).to.equal('Klaar om te versturen');
      await send(element);
      await leave();
      await until(() => heading(element) === 'In de stembus');
      expect((await sentBallot())['choices'], 'no answer is an answer').to.deep.equal({});
    });

    it('has targets of at least 44 pixels, and nothing wider than itself', async () => {
      const element = await mount('half-way', 256, 'nl');
      for (const target of element.shadowRoot?.querySelectorAll('button, .points label') ?? []) {
        if (!target.checkVisibility()) continue;
        expect(target.getBoundingClientRect().height).to.be.at.least(44);
      }
      expect(element.scrollWidth).to.be.at.most(element.clientWidth);
    });
  });

  describe('loses nothing', () => {
    it('when it is moved, removed and put back while answering', async () => {
      const element = await mount('form', WIDE, 'nl');
      choose(element, 0, 5);
      const elsewhere = document.createElement('section');
      document.body.append(elsewhere);
      elsewhere.append(element);
      await element.updateComplete;
      expect(checked(element)).to.deep.equal(['vision 5']);
      element.remove();
      elsewhere.append(element);
      await until(() => requests.length >= 2);
      await element.updateComplete;
      expect(checked(element)).to.deep.equal(['vision 5']);
      elsewhere.remove();
    });

    it('when the page is closed and opened again', async () => {
      const first = await mount('form', WIDE, 'nl');
      choose(first, 1, 2);
      const key = Object.keys(localStorage).find((name) => name.startsWith('kring:draft:form-'))!;
      const draft = localStorage.getItem(key)!;
      first.remove();
      // The next element has a draft key of its own: it gets this one's draft.
      const number = Number(key.split('-').at(-1)) + 1;
      localStorage.setItem(`kring:draft:form-${number}`, draft);
      const second = await mount('form', WIDE, 'nl');
      expect(checked(second)).to.deep.equal(['safety 2']);
    });

    it('when it leaves the page while the ballot is on its way', async () => {
      const element = await mount('half-way', WIDE, 'nl');
      await send(element);
      await until(() => outbox()?.includes('output'));
      element.remove();
      dispatchEvent(new PageTransitionEvent('pagehide'));
      await until(() => outbox() === undefined);
      expect(await sentBallot()).to.have.property('nonce');
    });

    it('when the width changes while answering', async () => {
      const element = await mount('form', NARROW, 'nl');
      tap(element, 2);
      await element.updateComplete;
      element.parentElement?.setAttribute('style', `inline-size: ${WIDE}px`);
      await until(() => visibleLegends(element).length === 5);
      expect(checked(element)).to.deep.equal(['vision 2']);
    });
  });

  describe('tells no more than it has to', () => {
    it('sends the ballot without a token, a cookie or a referrer', async () => {
      const element = await mount('sent', WIDE, 'nl');
      const ballot = requests.find(({ url }) => url.endsWith('/v1/ballots'))!;
      expect(ballot.headers.get('authorization')).to.equal(null);
      expect(ballot.credentials).to.equal('omit');
      expect(ballot.referrerPolicy).to.equal('no-referrer');
      expect(ballot.keepalive).to.equal(true);
      const paper = requests.find(({ url }) => url.endsWith('/v1/papers'))!;
      expect(paper.headers.get('authorization')).to.equal('Bearer demo');
      expect(Object.keys((await paper.clone().json()) as object).sort()).to.deep.equal(['blinded', 'round', 'team']);
      expect(Object.keys(localStorage)).to.deep.equal([]);
      expect(heading(element)).to.equal('In de stembus');
    });

    it('asks for no paper when the key is not the pinned one', async () => {
      const element = await mount('other-key', WIDE, 'nl');
      expect(heading(element)).to.equal('We versturen niets');
      expect(requests.filter(({ method }) => method === 'POST')).to.have.length(0);
    });
  });

  describe('when something is missing', () => {
    it('tries again when asked, and keeps the focus', async () => {
      const element = await mount('offline', WIDE, 'nl');
      button(element, 'Probeer opnieuw').focus();
      window.fetch = demoFetchWorking();
      button(element, 'Probeer opnieuw').click();
      await until(() => visibleLegends(element).length === 5);
      expect(focused(element).localName).to.equal('h2');
    });

    it('comes back by itself when the network does', async () => {
      const element = await mount('offline', WIDE, 'nl');
      window.fetch = demoFetchWorking();
      dispatchEvent(new Event('online'));
      await until(() => visibleLegends(element).length === 5);
    });

    it('reserves the form’s place while it loads', async () => {
      for (const width of [NARROW, WIDE]) {
        const loading = (await mount('loading', width, 'nl')).getBoundingClientRect().height;
        const loaded = (await mount('form', width, 'nl')).getBoundingClientRect().height;
        expect(Math.abs(loading - loaded), `${width} px`).to.be.below(8);
      }
    });

    // The last one: a browser that refused once is not asked again by the same page.
    it('works where the browser keeps nothing, and says so', async () => {
      const real = Object.getOwnPropertyDescriptor(Storage.prototype, 'setItem')!;
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      try {
        const element = await mount('form', WIDE, 'nl');
        choose(element, 0, 3);
        await element.updateComplete;
        expect(text(element, '.note')).to.contain('Je browser bewaart hier niets');
        expect(await axeViolations(element)).to.deep.equal([]);
        await send(element);
        // The outbox is in memory: the ballot goes when its paper is there and the page is left.
        await until(() => {
          dispatchEvent(new PageTransitionEvent('pagehide'));
          return heading(element) === 'In de stembus';
        });
      } finally {
        Object.defineProperty(Storage.prototype, 'setItem', real);
      }
    });
  });
});

async function mount(name: Demo['name'], width: number, language: 'nl' | 'en'): Promise<KringPulseSurvey> {
  const demo = demos.find((candidate) => candidate.name === name)!;
  const box = await fixture(html`<div></div>`);
  box.setAttribute('style', `inline-size: ${width}px; color-scheme: light dark; background: Canvas; color: CanvasText`);
  const element = await mountDemo(demo, box, language);
  await until(() => element.shadowRoot?.querySelector('.skeleton') === null || name === 'loading');
  for (const animation of element.shadowRoot?.getAnimations() ?? []) animation.finish();
  return element;
}

/** The demo server of `offline`, when the network is back. */
function demoFetchWorking(): typeof fetch {
  const demo = demoFetch(network);
  return (input, init) => demo(String(input instanceof Request ? input.url : input).replace('//offline-', '//form-'), init);
}

async function until(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

function listen(element: KringPulseSurvey): string[] {
  const heard: string[] = [];
  for (const type of ['kring-ready', 'kring-sent', 'kring-error'] as const) {
    element.addEventListener(type, (event) => heard.push(`${type} ${JSON.stringify(event.detail)}`));
  }
  return heard;
}

function query<T extends Element>(element: KringPulseSurvey, selector: string): T {
  return element.shadowRoot!.querySelector<T>(selector)!;
}

function text(element: KringPulseSurvey, selector: string): string {
  return (query(element, selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

const heading = (element: KringPulseSurvey) => text(element, 'h2');

const focused = (element: KringPulseSurvey) => element.shadowRoot!.activeElement as HTMLElement;

function shown(element: KringPulseSurvey, selector: string): boolean {
  return query(element, selector).checkVisibility();
}

function visibleLegends(element: KringPulseSurvey): string[] {
  const legends = [...(element.shadowRoot?.querySelectorAll('legend') ?? [])];
  return legends.filter((legend) => legend.checkVisibility()).map(({ textContent }) => textContent.trim());
}

function visibleInputs(element: KringPulseSurvey): HTMLInputElement[] {
  const inputs = [...element.shadowRoot!.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  return inputs.filter((input) => input.checkVisibility());
}

function checked(element: KringPulseSurvey): string[] {
  const inputs = element.shadowRoot!.querySelectorAll<HTMLInputElement>(':checked');
  return [...inputs].map(({ name, value }) => `${name} ${value}`);
}

/** With the keyboard or a screen reader: a click without a place. The sixth is 'no answer'. */
function choose(element: KringPulseSurvey, item: number, point: number): void {
  element.shadowRoot!.querySelectorAll('fieldset')[item]!.querySelectorAll('input')[point - 1]!.click();
}

/** With a finger. */
function tap(element: KringPulseSurvey, point: number): void {
  const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1, clientX: 9, clientY: 9 });
  visibleInputs(element)[point - 1]!.dispatchEvent(event);
}

function button(element: KringPulseSurvey, label: string): HTMLButtonElement {
  return [...element.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label)!;
}

async function send(element: KringPulseSurvey): Promise<void> {
  query<HTMLButtonElement>(element, '.bar button:not(.secondary)').click();
  await until(() => element.shadowRoot?.querySelector('.message'));
}

function outbox(): string | undefined {
  const key = Object.keys(localStorage).find((name) => name.startsWith('kring:outbox:'));
  return key === undefined ? undefined : (localStorage.getItem(key) ?? undefined);
}

/** The page is being left, once the paper is there. */
async function leave(): Promise<void> {
  await until(() => outbox()?.includes('"output"'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
}

async function sentBallot(): Promise<Record<string, unknown>> {
  const ballots = requests.filter(({ url }) => url.endsWith('/v1/ballots'));
  expect(ballots).to.have.length(1);
  return (await ballots[0]!.clone().json()) as Record<string, unknown>;
}
