import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { LANGUAGES } from '../../src/domain/language.ts';
import { axeViolations } from '../../test/support/axe.ts';
import type { Demo } from '../../src/answering/demo.ts';
import { demoFetch, demos, mountDemo } from './demo.ts';
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
    for (const box of document.querySelectorAll('.box')) box.remove();
    window.fetch = network;
    await emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  });

  describe('in every state', () => {
    for (const demo of demos) {
      for (const [width, language, colorScheme, forcedColors] of [
        [WIDE, 'nl', 'light', 'none'],
        [NARROW, 'en', 'dark', 'none'],
        [NARROW, 'nl', 'light', 'active'],
      ] as const) {
        it(`${demo.name} passes axe at ${width} px, ${language}, ${colorScheme}, forced colours ${forcedColors}`, async () => {
          await emulateMedia({ colorScheme, forcedColors });
          const element = await mount(demo.name, width, language);
          assert.deepEqual(await axeViolations(element), []);
          assert.equal(element.shadowRoot?.querySelector('[style]'), null, 'a style attribute');
        });
      }
    }

    for (const language of LANGUAGES) {
      it(`has a heading in ${language} that is not another state’s`, async () => {
        const headings = new Set<string>();
        const forms = ['loading', 'form', 'half-way', 'filled', 'small-team'];
        const notices = demos.filter(({ name }) => !forms.includes(name));
        for (const demo of notices) {
          const element = await mount(demo.name, WIDE, language);
          headings.add(heading(element) + text(element, '.message p'));
          assert.notEqual(heading(element), '');
        }
        assert.equal(headings.size, notices.length);
      });
    }
  });

  it('promises no results in a place that has none', async () => {
    for (const name of ['taken', 'sent'] as const) {
      const said = text(await mount(name, WIDE, 'nl'), '.message p');
      assert.match(said, /De uitslag komt [^,]*\./);
      assert.notInclude(said, 'hier');
    }
  });

  it('tells who took part that nobody can see what was answered', async () => {
    assert.include(text(await mount('taken', WIDE, 'nl'), '.message p'), 'Niemand kan zien wat je antwoordde');
  });

  describe('on a wide page', () => {
    it('shows all items, and who will see what from how many answers on', async () => {
      const element = await mount('form', WIDE, 'nl');
      assert.lengthOf(visibleLegends(element), 5);
      const who = text(element, '.who');
      assert.include(who, 'Wijkteam Noord (8 mensen)');
      assert.include(who, 'bij 5 antwoorden of meer');
    });

    it('asks whoever is not asked in the team of the page for their own', async () => {
      const element = await mount('form', WIDE, 'nl', 'another');
      assert.lengthOf(visibleLegends(element), 5);
      assert.include(text(element, '.who'), 'Wijkteam Noord (8 mensen)');
    });

    it('tells a small team that it gets no figures, and where the answers count', async () => {
      const element = await mount('small-team', WIDE, 'nl');
      assert.include(text(element, '.who'), '3 mensen');
      assert.include(text(element, '.who'), 'tellen mee bij Zorg Noord');
    });

    it('explains on demand how it is possible', async () => {
      const element = await mount('form', WIDE, 'nl');
      query(element, 'summary').click();
      await until(() => element.shadowRoot?.querySelector('details li'));
      assert.lengthOf(element.shadowRoot!.querySelectorAll('details li'), 4);
      assert.include(text(element, 'details'), 'geen gevalideerde vragenlijst');
    });

    it('is answered by keyboard alone, and says once what became of it', async () => {
      const element = await mount('form', WIDE, 'en');
      const heard = listen(element);
      query(element, 'input').focus();
      for (let item = 0; item < 5; item++) {
        await sendKeys({ press: 'Space' });
        await sendKeys({ press: 'ArrowDown' });
        await sendKeys({ press: 'Tab' });
      }
      assert.equal(text(element, '.ring text'), '5/5');
      assert.equal(focused(element).localName, 'textarea');
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Tab' });
      assert.equal(focused(element).textContent.trim(), 'Send');
      await sendKeys({ press: 'Enter' });
      await until(() => heading(element) === 'On its way to the ballot box');
      assert.equal(focused(element).localName, 'h2');
      assert.include(text(element, '[role=status]'), 'On its way to the ballot box');
      await leave();
      await until(() => heading(element) === 'In the ballot box');
      assert.equal(focused(element).textContent, 'In the ballot box');
      assert.include(text(element, '[role=status]'), 'Nobody can connect your answers to you');
      assert.deepEqual(heard, ['kring-sent {}']);
      const ballot = await sentBallot();
      assert.deepEqual(ballot['choices'], { 'vision-1': 2, 'safety-1': 2, 'sharing-1': 2, 'visible-learning-1': 2, 'routine-1': 2 });
    });

    it('leaves out what was left without an answer, and what has none', async () => {
      const element = await mount('half-way', WIDE, 'nl');
      choose(element, 4, 3);
      await send(element);
      await leave();
      await until(() => heading(element) === 'In de stembus');
      assert.deepEqual((await sentBallot())['choices'], { 'vision-1': 4, 'safety-1': 2, 'routine-1': 3 });
    });

    it('asks for at least one answer', async () => {
      const element = await mount('form', WIDE, 'nl');
      button(element, 'Verstuur').click();
      await until(() => text(element, '.bar').includes('Kies eerst een antwoord'));
      assert.equal(focused(element).localName, 'legend');
      assert.lengthOf(requests.filter(({ url }) => !url.includes('/v1/rounds')), 0);
    });

    it('points out what gives somebody away, and sends it all the same', async () => {
      const element = await mount('half-way', WIDE, 'nl');
      const area = query(element, 'textarea') as HTMLTextAreaElement;
      area.value = 'Robin hielp me.';
      area.dispatchEvent(new InputEvent('input'));
      await until(() => element.shadowRoot?.querySelector('.hint'));
      assert.include(text(element, '.hint'), 'Robin');
      await send(element);
      await leave();
      await until(() => heading(element) === 'In de stembus');
      assert.equal((await sentBallot())['comment'], 'Robin hielp me.');
    });
  });

  describe('in a narrow column', () => {
    it('begins all answers at the same place, also one that takes two lines', async () => {
      const element = await mount('form', 230, 'nl');
      const lines = [...(element.shadowRoot?.querySelectorAll('.item:not([hidden]) .point span') ?? [])].map((label) => {
        const range = document.createRange();
        range.selectNodeContents(label);
        return [...range.getClientRects()];
      });
      assert.isTrue(lines.some((rects) => rects.length > 1), 'one of them takes two lines');
      assert.lengthOf(new Set(lines.flat().map(({ left }) => Math.round(left))), 1);
    });

    it('moves on with a tap, and moves the focus to what comes', async () => {
      const element = await mount('form', NARROW, 'nl');
      assert.deepEqual(visibleLegends(element), ['Ik weet waar ons team naartoe leert, en waarom.']);
      tap(element, 4);
      await element.updateComplete;
      assert.deepEqual(visibleLegends(element), ['Wie bij ons iets niet weet of fout deed, kan dat gewoon zeggen.']);
      assert.equal(focused(element).textContent, visibleLegends(element)[0]);
    });

    it('goes back, with the answer still there', async () => {
      const element = await mount('form', NARROW, 'nl');
      tap(element, 4);
      await element.updateComplete;
      button(element, 'Terug').click();
      await element.updateComplete;
      assert.equal(visibleInputs(element).findIndex(({ checked }) => checked), 3);
      button(element, 'Verder').click();
      await element.updateComplete;
      assert.include(visibleLegends(element)[0], 'Wie bij ons');
    });

    it('does not move on while arrow keys look for the answer, and does with Enter', async () => {
      const element = await mount('form', NARROW, 'nl');
      visibleInputs(element)[0]?.focus();
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'ArrowDown' });
      assert.include(visibleLegends(element)[0], 'Ik weet waar');
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      assert.include(visibleLegends(element)[0], 'Wie bij ons');
    });

    it('says at the start how long it takes and until when, and stays as high with every step', async () => {
      const element = await mount('form', NARROW, 'nl');
      const before = element.getBoundingClientRect().height;
      await until(() => /5 stellingen, een halve minuut\. Sluit .* 27 november/.test(text(element, '.head')));
      assert.equal(element.getBoundingClientRect().height, before);
      tap(element, 4);
      await element.updateComplete;
      assert.isBelow(Math.abs(element.getBoundingClientRect().height - before), 8);
    });

    it('gives ‘no answer’ the letters and the room of the other answers', async () => {
      const element = await mount('form', NARROW, 'nl');
      const [statement, first] = [query(element, 'legend'), query(element, '.point')];
      const size = (selector: string) => getComputedStyle(query(element, selector)).fontSize;
      assert.equal(size('.skip span'), size('.point span'));
      const words = document.createRange();
      words.selectNodeContents(statement);
      assert.isAtLeast(first.getBoundingClientRect().top - words.getBoundingClientRect().bottom, 12);
    });

    it('ends with the open question, who sees what, and the button', async () => {
      const element = await mount('form', NARROW, 'nl');
      for (let item = 0; item < 5; item++) {
        assert.equal(shown(element, '.who'), false);
        tap(element, 6);
        await element.updateComplete;
      }
      assert.equal(shown(element, '.who'), true);
      assert.equal(focused(element).textContent, 'Klaar om te versturen');
      await send(element);
      await leave();
      await until(() => heading(element) === 'In de stembus');
      assert.deepEqual((await sentBallot())['choices'], {}, 'no answer is an answer');
    });

    it('has targets of at least 44 pixels, and nothing wider than itself', async () => {
      const element = await mount('half-way', 256, 'nl');
      for (const target of element.shadowRoot?.querySelectorAll('button, .points label') ?? []) {
        if (!target.checkVisibility()) continue;
        assert.isAtLeast(target.getBoundingClientRect().height, 44);
      }
      assert.isAtMost(element.scrollWidth, element.clientWidth);
    });
  });

  describe('takes its settings', () => {
    const server = (name: string) => `https://${name}-1.pulse-survey.demo.invalid`;
    const placed = (set: (element: KringPulseSurvey) => void): KringPulseSurvey => {
      const box = document.createElement('div');
      box.className = 'box';
      const element = document.createElement('kring-pulse-survey');
      element.getToken = () => Promise.resolve('demo');
      set(element);
      box.append(element);
      document.body.append(box);
      return element;
    };

    it('as properties too, from before it is on the page', async () => {
      const element = placed((one) => Object.assign(one, { server: server('form'), lang: 'en' }));
      await until(() => element.shadowRoot?.querySelector('.bar')?.textContent.includes('Send'));
      assert.deepEqual(requests.map(({ url, headers }) => [new URL(url).origin, headers.get('accept-language')]), [[server('form'), 'en']]);
    });

    it('also when they change in the moment after it was put there', async () => {
      const element = placed((one) => Object.assign(one, { server: server('form'), lang: 'en' }));
      await Promise.resolve();
      await Promise.resolve();
      element.lang = 'nl';
      await until(() => element.shadowRoot?.querySelector('.bar')?.textContent.includes('Verstuur'));
    });

    it('when they are mended', async () => {
      const failed = new Promise((resolve) => { addEventListener('unhandledrejection', (event) => { event.preventDefault(); resolve(undefined); }, { once: true }); });
      const element = placed((one) => Object.assign(one, { server: 'https://', lang: 'nl' }));
      await failed;
      element.server = server('form');
      await until(() => element.shadowRoot?.querySelector('.bar')?.textContent.includes('Verstuur'));
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
      assert.deepEqual(checked(element), ['vision-1 5']);
      element.remove();
      elsewhere.append(element);
      await until(() => requests.length >= 2);
      await element.updateComplete;
      assert.deepEqual(checked(element), ['vision-1 5']);
      elsewhere.remove();
    });

    it('when the page is closed and opened again', async () => {
      const first = await mount('form', WIDE, 'nl');
      choose(first, 1, 2);
      // At once: the frame after which it is kept anyway never comes.
      window.dispatchEvent(new PageTransitionEvent('pagehide'));
      const key = Object.keys(localStorage).find((name) => name.startsWith('kring:draft:form-'))!;
      const draft = localStorage.getItem(key)!;
      first.remove();
      // The next element has a draft key of its own: it gets this one's draft.
      const number = Number(key.split('-').at(-1)) + 1;
      localStorage.setItem(`kring:draft:form-${number}`, draft);
      const second = await mount('form', WIDE, 'nl');
      assert.deepEqual(checked(second), ['safety-1 2']);
    });

    it('when it is taken out of the page in the moment of the answer', async () => {
      const element = await mount('form', WIDE, 'nl');
      choose(element, 1, 2);
      element.remove();
      const key = Object.keys(localStorage).find((name) => name.startsWith('kring:draft:form-'))!;
      assert.include(localStorage.getItem(key), '"safety-1":2');
    });

    it('when it leaves the page while the ballot is on its way', async () => {
      const element = await mount('half-way', WIDE, 'nl');
      await send(element);
      await until(() => outbox()?.includes('output'));
      element.remove();
      dispatchEvent(new PageTransitionEvent('pagehide'));
      await until(() => outbox() === undefined);
      assert.property(await sentBallot(), 'nonce');
    });

    it('when the width changes while answering', async () => {
      const element = await mount('form', NARROW, 'nl');
      tap(element, 2);
      await element.updateComplete;
      element.parentElement?.setAttribute('style', `inline-size: ${WIDE}px`);
      await until(() => visibleLegends(element).length === 5);
      assert.deepEqual(checked(element), ['vision-1 2']);
    });
  });

  describe('tells no more than it has to', () => {
    it('sends the ballot without a token, a cookie or a referrer', async () => {
      const element = await mount('sent', WIDE, 'nl');
      const ballot = requests.find(({ url }) => url.endsWith('/v1/ballots'))!;
      assert.equal(ballot.headers.get('authorization'), null);
      assert.equal(ballot.credentials, 'omit');
      assert.equal(ballot.referrerPolicy, 'no-referrer');
      assert.equal(ballot.keepalive, true);
      const paper = requests.find(({ url }) => url.endsWith('/v1/papers'))!;
      assert.equal(paper.headers.get('authorization'), 'Bearer demo');
      assert.deepEqual(Object.keys((await paper.clone().json()) as object).sort(), ['blinded', 'round', 'team']);
      assert.deepEqual(Object.keys(localStorage), []);
      assert.equal(heading(element), 'In de stembus');
    });

    it('asks for no paper when the key is not the pinned one', async () => {
      const element = await mount('other-key', WIDE, 'nl');
      assert.equal(heading(element), 'We versturen niets');
      assert.lengthOf(requests.filter(({ url }) => !url.includes('/v1/rounds')), 0);
    });
  });

  describe('when something is missing', () => {
    it('tries again when asked, and keeps the focus', async () => {
      const element = await mount('offline', WIDE, 'nl');
      button(element, 'Probeer opnieuw').focus();
      window.fetch = demoFetchWorking();
      button(element, 'Probeer opnieuw').click();
      await until(() => visibleLegends(element).length === 5);
      assert.equal(focused(element).localName, 'h2');
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
        assert.isBelow(Math.abs(loading - loaded), 8, `${width} px`);
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
        await until(() => text(element, '.note').includes('Je browser bewaart hier niets'));
        assert.deepEqual(await axeViolations(element), []);
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

async function mount(name: Demo['name'], width: number, language: 'nl' | 'en', team?: string): Promise<KringPulseSurvey> {
  const demo = demos.find((candidate) => candidate.name === name)!;
  const box = document.createElement('div');
  box.className = 'box';
  if (team !== undefined) box.setAttribute('team', team);
  document.body.append(box);
  box.setAttribute('style', `inline-size: ${width}px; color-scheme: light dark; background: Canvas; color: CanvasText`);
  const element = await mountDemo(demo, box, language);
  await until(() => element.shadowRoot?.querySelector('.skeleton') === null || name === 'loading');
  for (const animation of element.shadowRoot?.getAnimations() ?? []) animation.finish();
  return element;
}

/** The demo server of `offline`, when the network is back. */
function demoFetchWorking(): typeof fetch {
  const demo = demoFetch(network);
  return (input, init) => {
    const { url } = new Request(input);
    return demo(url.replace('//offline-', '//form-'), init);
  };
}

async function until(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}

function listen(element: KringPulseSurvey): string[] {
  const heard: string[] = [];
  for (const type of ['kring-ready', 'kring-sent', 'kring-error'] as const) {
    element.addEventListener(type, (event) => heard.push(`${type} ${JSON.stringify(event.detail)}`));
  }
  return heard;
}

function query(element: KringPulseSurvey, selector: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(selector)!;
}

function text(element: KringPulseSurvey, selector: string): string {
  return query(element, selector).textContent.replace(/\s+/g, ' ').trim();
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
  const place = { detail: 1, clientX: 9, clientY: 9 };
  const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...place });
  visibleInputs(element)[point - 1]!.dispatchEvent(event);
}

function button(element: KringPulseSurvey, label: string): HTMLButtonElement {
  return [...element.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label)!;
}

async function send(element: KringPulseSurvey): Promise<void> {
  query(element, '.bar button:not(.secondary)').click();
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
  assert.lengthOf(ballots, 1);
  return (await ballots[0]!.clone().json()) as Record<string, unknown>;
}
