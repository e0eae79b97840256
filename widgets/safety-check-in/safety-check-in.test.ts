import { assert } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { LANGUAGES } from '../../src/domain/language.ts';
import { axeViolations } from '../../test/support/axe.ts';
import { demoFetch, demos, mountDemo } from './demo.ts';
import './index.ts';
import type { KringSafetyCheckIn } from './safety-check-in.ts';

const WIDE = 760;
const NARROW = 320;

const network = window.fetch.bind(window);
/** Every request to a demo's server. */
let requests: Request[] = [];

describe('kring-safety-check-in', () => {
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
        it(`${demo.name} passes axe at ${String(width)} px, ${language}, ${colorScheme}, forced colours ${forcedColors}`, async () => {
          await emulateMedia({ colorScheme, forcedColors });
          const element = await mount(demo.name, width, language);
          assert.deepEqual(await axeViolations(element), []);
          assert.equal(element.shadowRoot?.querySelector('[style]'), null, 'a style attribute');
        });
      }
    }
  });

  describe('before there is anything to choose', () => {
    it('says why it asks, in which parts, for whom, and that stopping is allowed', async () => {
      const element = await mount('start', WIDE, 'nl');
      const said = text(element, '.card');
      assert.include(said, 'Waarom we dit vragen');
      assert.include(said, '7 stellingen over jullie team');
      assert.include(said, '3 stellingen over vertrouwen in Noor Jansen');
      assert.include(said, 'Stoppen mag ook, bij elke stap');
      assert.include(text(element, '.who'), 'bij 5 antwoorden of meer');
      assert.include(text(element, '.who'), 'ziet alleen Noor Jansen zelf, bij 8 antwoorden of meer');
      assert.lengthOf(inputs(element), 0);
    });

    it('does not ask about a leader of whom no figures can come', async () => {
      const element = await mount('start-no-leader', WIDE, 'nl');
      assert.notInclude(text(element, '.card'), 'vertrouwen');
      await begin(element, 'Beginnen');
      assert.lengthOf(inputs(element), 7 * 6);
      button(element, 'Verder').click();
      await element.updateComplete;
      assert.include(text(element, '.last h3'), 'Klaar om te versturen');
    });

    it('tells a small team that it gets no figures', async () => {
      assert.include(text(await mount('start-small-team', WIDE, 'en'), '.who'), 'Your answers count in Care North');
    });

    it('welcomes back whoever began before', async () => {
      const element = await mount('start-again', WIDE, 'nl');
      await begin(element, 'Ga verder');
      assert.equal(text(element, '.ring text'), '6/10');
    });
  });

  describe('part by part', () => {
    it('says at each why it asks and who sees it', async () => {
      const element = await mount('team', WIDE, 'nl');
      assert.equal(text(element, '.part:not([hidden]) h3'), 'Jullie team');
      assert.include(text(element, '.part:not([hidden])'), 'Deel 1 van 2');
      assert.include(text(element, '.part:not([hidden]) .who'), 'Wijkteam Noord (8 mensen)');
      assert.lengthOf(legends(element), 7);
      button(element, 'Verder').click();
      await element.updateComplete;
      assert.equal(focused(element).textContent, 'Vertrouwen in Noor Jansen');
      assert.include(text(element, '.part:not([hidden]) .who'), 'alleen Noor Jansen zelf');
      assert.lengthOf(legends(element), 3);
      button(element, 'Terug').click();
      await element.updateComplete;
      assert.equal(focused(element).textContent, 'Jullie team');
    });

    it('is one thing at a time in a narrow column, and moves on with a tap', async () => {
      const element = await mount('team', NARROW, 'en');
      assert.lengthOf(legends(element), 0);
      button(element, 'Next').click();
      await element.updateComplete;
      const [first] = legends(element);
      assert.equal(focused(element).textContent, first);
      tap(element);
      await element.updateComplete;
      assert.lengthOf(legends(element), 1);
      assert.notEqual(legends(element)[0], first);
    });

    it('is answered by keyboard alone, and sends what was chosen, once', async () => {
      const element = await mount('start', WIDE, 'en');
      button(element, 'Begin').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => focused(element).textContent === 'Your team');
      for (const items of [7, 3]) {
        await sendKeys({ press: 'Tab' });
        for (let item = 0; item < items; item++) {
          await sendKeys({ press: 'Space' });
          await sendKeys({ press: 'ArrowDown' });
          await sendKeys({ press: 'Tab' });
        }
        // From the last item past 'Back', where there is one, to 'Next'.
        while (focused(element).textContent.trim() !== 'Next') await sendKeys({ press: 'Tab' });
        await sendKeys({ press: 'Enter' });
        await element.updateComplete;
      }
      assert.equal(focused(element).textContent, 'Ready to send');
      assert.include(text(element, '.last'), 'You have been through 10 of the 10 statements');
      while (focused(element).textContent.trim() !== 'Send') await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Enter' });
      await until(() => heading(element) === 'On its way to the ballot box');
      await until(() => outbox().includes('"output"'));
      dispatchEvent(new PageTransitionEvent('pagehide'));
      await until(() => heading(element) === 'In the ballot box');
      const ballots = requests.filter(({ url }) => url.endsWith('/v1/ballots'));
      assert.lengthOf(ballots, 1);
      const { choices } = (await ballots[0]!.clone().json()) as { choices: Record<string, number> };
      assert.deepEqual(new Set(Object.values(choices)), new Set([2]));
      assert.lengthOf(Object.keys(choices), 10);
    });

    it('keeps the answers of a page that is closed, and goes on where the person was', async () => {
      const element = await mount('half-way', NARROW, 'nl');
      assert.equal(legends(element)[0], 'Wat ik goed kan, zien mijn collega\'s, en ik mag het gebruiken.');
      assert.equal(text(element, '.ring text'), '6/10');
    });
  });

  describe('offers to stop', () => {
    it('and to go on after all, with everything still there', async () => {
      const element = await mount('stopping', WIDE, 'nl');
      assert.include(text(element, '.stop'), 'niets van jou in de stembus');
      button(element, 'Toch verder').click();
      await element.updateComplete;
      assert.equal(text(element, '.part:not([hidden]) h3'), 'Vertrouwen in Noor Jansen');
      assert.equal(text(element, '.ring text'), '7/10');
    });

    it('and to come back later', async () => {
      const element = await mount('kept-for-later', WIDE, 'nl');
      assert.include(text(element, '.message'), 'alleen in deze browser');
      assert.equal(focused(element).textContent, 'Bewaard voor later');
      button(element, 'Ga verder').click();
      await element.updateComplete;
      assert.equal(text(element, '.ring text'), '7/10');
    });

    it('and to throw everything away', async () => {
      const element = await mount('stopping', WIDE, 'nl');
      assert.match(draft(), /"trust-1"|"mistakes-1"/);
      button(element, 'Gooi weg').click();
      await element.updateComplete;
      assert.equal(draft(), '');
      assert.equal(text(element, '.ring text'), '0/10');
      assert.include(text(element, '[role=status].sr'), 'staat er niets meer van');
      assert.lengthOf(requests.filter(({ url }) => !url.includes('/v1/rounds')), 0);
    });
  });

  describe('ends with something useful', () => {
    for (const language of LANGUAGES) {
      it(`that is the same whatever was answered, in ${language}`, async () => {
        const acts = async (name: string) => {
          const element = await mount(name, WIDE, language);
          await until(() => element.shadowRoot?.querySelector('.for-you details'));
          return text(element, '.for-you');
        };
        const sent = await acts('sent');
        assert.include(sent, language === 'nl' ? 'Iets voor jezelf' : 'Something for yourself');
        assert.equal(await acts('taken'), sent);
      });
    }

    it('opens one act at a time', async () => {
      const element = await mount('taken', WIDE, 'nl');
      await until(() => element.shadowRoot?.querySelector('.for-you details'));
      const all = [...element.shadowRoot!.querySelectorAll<HTMLDetailsElement>('.for-you details')];
      assert.lengthOf(all, 7);
      for (const details of all.slice(0, 2)) {
        details.querySelector('summary')!.click();
        await until(() => details.open);
      }
      await until(() => !all[0]!.open);
    });
  });

  it('keeps its place while it loads', async () => {
    for (const width of [NARROW, 480, WIDE]) {
      const loading = (await mount('loading', width, 'nl')).getBoundingClientRect().height;
      const loaded = (await mount('start', width, 'nl')).getBoundingClientRect().height;
      assert.isBelow(Math.abs(loading - loaded), 24, `${String(width)} px: ${String(loading)} and ${String(loaded)}`);
    }
  });
});

async function mount(name: string, width: number, language: 'nl' | 'en'): Promise<KringSafetyCheckIn> {
  const demo = demos.find((one) => one.name === name);
  assert.isDefined(demo, name);
  const box = document.createElement('div');
  box.className = 'box';
  box.setAttribute('style', `inline-size: ${String(width)}px`);
  document.body.append(box);
  return mountDemo(demo, box, language);
}

async function begin(element: KringSafetyCheckIn, label: string): Promise<void> {
  button(element, label).click();
  await until(() => element.shadowRoot?.querySelector('.part'));
}

function text(element: Element, selector: string): string {
  return element.shadowRoot?.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

function heading(element: Element): string {
  return text(element, 'h2');
}

function shown(element: HTMLElement): boolean {
  return element.checkVisibility();
}

function legends(element: Element): string[] {
  return [...element.shadowRoot!.querySelectorAll('legend')].filter(shown).map(({ textContent }) => textContent);
}

function inputs(element: Element): HTMLInputElement[] {
  return [...element.shadowRoot!.querySelectorAll('input')].filter(shown);
}

function tap(element: Element): void {
  inputs(element)[3]?.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true, cancelable: true }));
}

function button(element: Element, label: string): HTMLButtonElement {
  const found = [...element.shadowRoot!.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label);
  assert.isDefined(found, label);
  return found;
}

function focused(element: Element): HTMLElement {
  return element.shadowRoot?.activeElement as HTMLElement;
}

function kept(kind: string): string {
  const key = Object.keys(localStorage).find((name) => name.startsWith(`kring:${kind}:`));
  return key === undefined ? '' : (localStorage.getItem(key) ?? '');
}

const draft = () => kept('draft');
const outbox = () => kept('outbox');

async function until(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}
