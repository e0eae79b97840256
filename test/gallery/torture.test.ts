import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { BALLOTS_PATH, OPEN_ROUNDS_PATH, REPORTS_PATH } from '../../src/contract/paths.ts';
import { linkTo, type Choices } from '../../src/pages/gallery/choices.ts';
import { VERSION } from '../../src/ui/version.ts';
import { BROWSER } from '../../tools/bundle.js';
import { buildGallery, serveGallery } from '../../tools/gallery-site.js';
import pulseLater from '../../src/answering/texts/en.later.ts';
import checkInTexts from '../../widgets/safety-check-in/texts/en.ts';
import pulse from '../../src/answering/texts/en.ts';
import { launchChromium } from '../support/chromium.ts';
import { untilBallotIsReady } from '../support/outbox.ts';
import { answerDemos, complaintsOf, openPage, type Asked } from './page.ts';

const OTHER_VERSION = '9.9.9-other';

describe('the kit under torture', async () => {
  const entries = await readdir(new URL('../../widgets/', import.meta.url), { withFileTypes: true });
  const widgets = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveGallery>>;
  before(async () => {
    await buildGallery();
    [browser, site] = await Promise.all([launchChromium(), serveGallery()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  /** A bare page of somebody else's, on which the demos' servers answer over the network. */
  async function barePage(body: string, options: Parameters<typeof openPage>[1] = {}): Promise<{ page: Page; asked: Asked[] }> {
    const page = await openPage(browser, options);
    await page.route(`${site.address}bare`, (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Bare</title><link rel="icon" href="data:,">${body}</html>`,
      }),
    );
    const asked = await answerDemos(page, widgets);
    await page.goto(`${site.address}bare`);
    return { page, asked };
  }

  /** The gallery, with all states of a widget in place. */
  async function galleryPage(chosen: Partial<Choices>, viewport = { width: 1440, height: 900 }): Promise<Page> {
    const page = await openPage(browser, { viewport, reducedMotion: 'reduce' });
    await page.goto(site.address + linkTo({ theme: 'light', width: 'fit', language: 'nl', size: 100, ...chosen }));
    await page.waitForSelector('html[data-ready]');
    return page;
  }

  const loadKit = (page: Page, widget: string, folder = 'kit') =>
    page.evaluate((path) => import(path), `/${folder}/${widget}.js`);

  describe('fifty copies on one page', () => {
    test('are all there, each with its own answers, and nothing of theirs in the page', async () => {
      const { page } = await barePage('<main></main>');
      const complaints = complaintsOf(page);
      await loadKit(page, 'pulse-survey');
      await page.evaluate(async () => {
        let ready = 0;
        const all = new Promise<void>((resolve) => {
          addEventListener('kring-ready', () => { if (++ready === 50) resolve(); });
        });
        for (let copy = 1; copy <= 50; copy++) {
          const element = document.createElement('kring-pulse-survey');
          element.setAttribute('server', `https://form-${String(copy)}.pulse-survey.demo.invalid`);
          element.getToken = () => Promise.resolve('demo');
          document.querySelector('main')?.append(element);
        }
        await all;
      });
      const survey = (copy: number) => page.locator('kring-pulse-survey').nth(copy);
      await survey(6).locator('.item').nth(0).locator('input').nth(4).check();
      await survey(30).locator('.item').nth(0).locator('input').nth(1).check();
      await survey(30).locator('textarea').fill('Only here.');
      const filled = await page.locator('kring-pulse-survey').evaluateAll((all) =>
        all.map(({ shadowRoot }) => [
          [...(shadowRoot?.querySelectorAll<HTMLInputElement>('input:checked') ?? [])].map(({ name, value }) => `${name} ${value}`).join(),
          shadowRoot?.querySelector('textarea')?.value ?? 'no form',
        ]),
      );
      const expected = Array.from({ length: 50 }, () => ['', '']);
      expected[6] = ['vision-1 5', ''];
      expected[30] = ['vision-1 2', 'Only here.'];
      assert.deepEqual(filled, expected);
      const { drafts, ids, children } = await page.evaluate(() => ({
        drafts: Object.keys(localStorage).filter((key) => key.startsWith('kring:draft:')).sort(),
        ids: document.querySelectorAll('[id]').length,
        children: document.querySelectorAll('kring-pulse-survey *').length,
      }));
      assert.deepEqual(drafts, ['kring:draft:form-31', 'kring:draft:form-7']);
      assert.deepEqual([ids, children], [0, 0], 'nothing of the elements lies in the page itself');
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  });

  describe('two versions of the kit on one page', () => {
    for (const [first, second] of [['kit', 'other'], ['other', 'kit']] as const) {
      test(`the first stays and the second says so: ${first === 'kit' ? 'this one first' : 'the other one first'}`, async () => {
        const { page, asked } = await barePage('<main></main>');
        await page.route(`${site.address}other/**`, async (route) => {
          const path = new URL(route.request().url()).pathname.replace('/other/', '/kit/');
          const code = await readFile(join(BROWSER, path), 'utf8');
          await route.fulfill({ contentType: 'text/javascript', body: code.replaceAll(VERSION, OTHER_VERSION) });
        });
        const complaints = complaintsOf(page);
        const warnings: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'warning') warnings.push(message.text());
        });
        const version = (folder: string) => (folder === 'kit' ? VERSION : OTHER_VERSION);
        await loadKit(page, 'pulse-survey', first);
        await loadKit(page, 'pulse-survey', second);
        assert.deepEqual(warnings, [
          `<kring-pulse-survey> has version ${version(first)}; ${version(second)} stays out`,
        ]);
        // A tag that only the second one has.
        await loadKit(page, 'team-pulse', second);
        assert.deepEqual(
          await page.evaluate(() =>
            ['kring-pulse-survey', 'kring-team-pulse'].map(
              (tag) => (customElements.get(tag) as unknown as { version: string }).version,
            ),
          ),
          [version(first), version(second)],
        );
        await place(page, 'pulse-survey', 'form');
        await place(page, 'team-pulse', 'released');
        await page.locator('kring-team-pulse').getByRole('heading', { level: 3 }).first().waitFor();
        const survey = page.locator('kring-pulse-survey');
        await survey.locator('.item').first().locator('input').nth(3).check();
        await send(survey);
        await leave(page, asked);
        await survey.getByRole('heading', { name: pulseLater.sent.title }).waitFor();
        assert.deepEqual(ballots(asked).map(({ choices }) => choices), [{ 'vision-1': 4 }]);
        assert.deepEqual(complaints, []);
        await page.context().close();
      });
    }
  });

  describe('an element that is moved about while a person answers', () => {
    test('keeps answers, place and words, and its ballot arrives once', async () => {
      const { page, asked } = await barePage('<main></main><aside></aside>', { viewport: { width: 360, height: 800 } });
      const complaints = complaintsOf(page);
      await loadKit(page, 'pulse-survey');
      await place(page, 'pulse-survey', 'form');
      const survey = page.locator('kring-pulse-survey');
      const here = () =>
        survey.evaluate(({ shadowRoot }) => ({
          done: shadowRoot?.querySelector('.ring text')?.textContent,
          item: shadowRoot?.querySelector('.item:not([hidden]) legend')?.textContent,
          words: shadowRoot?.querySelector('textarea')?.value,
        }));
      const current = survey.locator('.item:not([hidden])');
      await current.locator('.point').nth(3).click();
      await current.locator('.point').nth(1).click();
      const third = await here();
      assert.equal(third.done, '2/5');

      const moves: readonly [string, () => Promise<void>][] = [
        ['moved', () => survey.evaluate((element) => document.querySelector('aside')?.append(element))],
        ['taken away and put back', async () => {
          const element = await survey.elementHandle();
          await element?.evaluate((one) => { one.remove(); });
          await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
          await element?.evaluate((one) => document.querySelector('main')?.append(one));
        }],
        ['moved with its state', () => survey.evaluate((element) => {
          (document.querySelector('aside') as Element & { moveBefore(node: Node, child: null): void }).moveBefore(element, null);
        })],
      ];
      for (const [how, move] of moves) {
        await move();
        await settled(page, asked);
        assert.deepEqual(await here(), third, how);
      }

      // Where the browser can move an element as it is, a person who is answering notices nothing.
      await current.locator('input').nth(2).focus();
      await moves[2]![1]();
      await settled(page, asked);
      assert.equal(await survey.evaluate(({ shadowRoot }) => shadowRoot?.activeElement?.localName), 'input');
      for (let item = 0; item < 3; item++) await current.locator('.point').nth(4).click();
      const comment = survey.locator('textarea');
      await comment.click();
      await page.keyboard.type('Half a sent');
      await page.keyboard.press('ArrowLeft');
      await moves[2]![1]();
      await settled(page, asked);
      await page.keyboard.type('X');
      assert.equal(await comment.inputValue(), 'Half a senXt');
      await moves[1]![1]();
      await settled(page, asked);
      assert.equal(await comment.inputValue(), 'Half a senXt');

      await send(survey);
      await survey.getByRole('heading', { name: pulseLater.onItsWay(20).title }).waitFor();
      for (const [, move] of moves) await move();
      await leave(page, asked);
      await survey.getByRole('heading', { name: pulseLater.sent.title }).waitFor();
      assert.deepEqual(ballots(asked).map(({ choices, comment: said }) => ({ choices, said })), [
        {
          choices: { 'vision-1': 4, 'safety-1': 2, 'sharing-1': 5, 'visible-learning-1': 5, 'routine-1': 5 },
          said: 'Half a senXt',
        },
      ]);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  });

  for (const widget of widgets) {
    describe(`${widget}, all of it`, () => {
      for (const width of [320, 760]) {
        test(`looks the same on a page that resets and forces everything, ${String(width)} px`, async () => {
          const page = await galleryPage({ widget, width });
          const plain = await layout(page);
          await page.evaluate((styles) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(styles);
            document.adoptedStyleSheets.push(sheet);
          }, HOSTILE_STYLES);
          await settledLayout(page);
          const hostile = await layout(page);
          assert.deepEqual(differences(plain, hostile), []);
          await page.context().close();
        });

        test(`reads as it should on a page that is read from right to left, ${String(width)} px`, async () => {
          const page = await galleryPage({ widget, width });
          const plain = await layout(page);
          assert.deepEqual(await overlaps(page), []);
          await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
          await settledLayout(page);
          assert.deepEqual(differences(plain, await layout(page)), []);
          await page.context().close();
        });
      }

      test('fits a window that is zoomed to 400 %', async () => {
        const page = await galleryPage({ widget }, { width: 320, height: 256 });
        const sideways = await page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('.ground')].filter((one) => one.scrollWidth > one.clientWidth).length,
        );
        assert.equal(sideways, 0);
        assert.deepEqual(await overlaps(page), []);
        await page.context().close();
      });
    });
  }

  test('a survey is answered in a window that is zoomed to 400 %', async () => {
    const { page, asked } = await barePage('<main></main>', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
    await loadKit(page, 'pulse-survey');
    await place(page, 'pulse-survey', 'form');
    const survey = page.locator('kring-pulse-survey');
    for (let item = 0; item < 5; item++) {
      const legend = survey.locator('.item:not([hidden]) legend');
      assert.ok(await inSight(legend), 'what is asked is in sight');
      await survey.locator('.item:not([hidden]) .point').nth(2).click();
    }
    await survey.locator('textarea').fill('Fits.');
    // By keyboard: whatever has the focus must be in sight.
    await page.keyboard.press('Tab');
    for (let stop = 0; stop < 3; stop++) {
      assert.ok(await survey.evaluate(({ shadowRoot }) => {
        const box = shadowRoot?.activeElement?.getBoundingClientRect();
        return !!box && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
      }));
      if (stop < 2) await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await leave(page, asked);
    await survey.getByRole('heading', { name: pulseLater.sent.title }).waitFor();
    assert.equal(ballots(asked).length, 1);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.context().close();
  });

  test('elements that were there before their script ask once, and live with what was asked ahead', async () => {
    const element = (widget: string, state: string) => `<kring-${widget} server="https://${state}-1.${widget}.demo.invalid"></kring-${widget}>`;
    const { page, asked } = await barePage(`${element('pulse-survey', 'form')}${element('safety-check-in', 'start')}${element('team-pulse', 'released')}`);
    const complaints = complaintsOf(page);
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('kring-pulse-survey, kring-safety-check-in, kring-team-pulse')) {
        Object.assign(one, { getToken: () => Promise.resolve('demo') });
      }
    });
    for (const widget of ['pulse-survey', 'safety-check-in', 'team-pulse']) await loadKit(page, widget);
    await page.locator('kring-pulse-survey').getByRole('button', { name: pulse.send }).waitFor();
    await page.locator('kring-safety-check-in').getByRole('button', { name: checkInTexts.begin }).waitFor();
    await page.locator('kring-team-pulse .row').first().waitFor();
    const paths = asked.map(({ path }) => path).sort();
    assert.deepEqual(paths, [REPORTS_PATH, OPEN_ROUNDS_PATH, OPEN_ROUNDS_PATH]);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  describe('a page that listens to everything', () => {
    test('hears that something was pressed, and not what', async () => {
      const { page, asked } = await barePage(EAVESDROPPER);
      await loadKit(page, 'pulse-survey');
      await place(page, 'pulse-survey', 'form', 'form');
      const survey = page.locator('kring-pulse-survey');
      const item = (index: number) => survey.locator('.item').nth(index);
      await item(0).locator('.point').nth(3).click();
      await item(1).locator('input').nth(1).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await item(3).locator('.skip').click();
      await send(survey);
      await leave(page, asked);
      await survey.getByRole('heading', { name: pulseLater.sent.title }).waitFor();
      const heard = await page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
      // It did hear all that it may.
      for (const type of ['click', 'pointerdown', 'keydown', 'kring-ready', 'kring-sent']) {
        assert.ok(heard.some((one) => one.type === type), type);
      }
      assertNothingTold(heard);
      await page.context().close();
    });

    test('hears no more from the check-in, whose parts come one by one', async () => {
      const { page } = await barePage(EAVESDROPPER);
      await loadKit(page, 'safety-check-in');
      await place(page, 'safety-check-in', 'start', 'form');
      const checkIn = page.locator('kring-safety-check-in');
      await checkIn.getByRole('button', { name: checkInTexts.begin }).click();
      const items = checkIn.locator('.item:not([hidden])');
      await items.nth(0).locator('.point').nth(3).click();
      await items.nth(1).locator('input').nth(1).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await items.nth(2).locator('.skip').click();
      await checkIn.getByRole('img', { name: pulse.progress(3, 10) }).waitFor();
      const heard = await page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
      assert.ok(heard.some(({ type }) => type === 'pointerdown'));
      assertNothingTold(heard);
      await page.context().close();
    });

    test('hears no word of what is written, but for the keys that a browser shows it first', async () => {
      const { page } = await barePage(EAVESDROPPER);
      await loadKit(page, 'pulse-survey');
      await place(page, 'pulse-survey', 'form', 'form');
      const survey = page.locator('kring-pulse-survey');
      await survey.locator('textarea').click();
      await page.keyboard.type('/quark');
      await page.keyboard.insertText('zebra');
      await page.keyboard.press('Escape');
      assert.equal(await survey.locator('textarea').inputValue(), '/quarkzebra');
      const heard = await page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
      // Capturing listeners around an element come before anything that an element can do.
      const after = heard.filter(({ by }) => !by.endsWith('capturing'));
      assert.deepEqual(after.filter(({ type, said }) => /^(key|input|before|composition|text)/.test(type) && !said.includes('"Escape"')), []);
      assert.ok(after.some(({ type, said }) => type === 'keydown' && said.includes('"Escape"')), 'Escape is the page’s as well');
      assert.ok(heard.every(({ said }) => !said.includes('quark')), 'never more than a key');
      await page.context().close();
    });
  });
});

/** Puts a widget's demo state on a page, and waits until it says that it can be used. */
async function place(page: Page, widget: string, state: string, into = 'main'): Promise<void> {
  await page.evaluate(
    async ([tag, server, where]) => {
      const element = document.createElement(tag as 'kring-pulse-survey');
      element.setAttribute('server', server);
      element.getToken = () => Promise.resolve('demo');
      const ready = new Promise((resolve) => { element.addEventListener('kring-ready', resolve, { once: true }); });
      document.querySelector(where)?.append(element);
      await ready;
      await element.updateComplete;
    },
    [`kring-${widget}`, `https://${state}-1.${widget}.demo.invalid`, into] as const,
  );
}

const send = (survey: Locator) => survey.getByRole('button', { name: pulse.send }).click();

/** No event showed what is inside the element, or said what was chosen. */
function assertNothingTold(heard: readonly Heard[]): void {
  const inside = heard.filter(({ path }) => path.includes('#document-fragment'));
  assert.deepEqual(inside.map(({ type, by }) => `${type} (${by})`), [], 'an event shows what is inside');
  const telling = heard.filter(({ type, said }) => /vision-1|safety-1|mistakes-1|"value"|agree|neutral|choices/i.test(said) && type !== 'error');
  assert.deepEqual(telling, []);
}

/** A page that is left sends at once; nobody waits twenty seconds for a test. */
async function leave(page: Page, asked: readonly Asked[]): Promise<void> {
  await untilBallotIsReady(page);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  await until(page, () => Promise.resolve(asked.some(({ path }) => path === BALLOTS_PATH)));
}

async function until(page: Page, holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

/** Waits until an element that was connected anew has heard from its server, and has shown it. */
async function settled(page: Page, asked: Asked[]): Promise<void> {
  await until(page, () => Promise.resolve(asked.every(({ answered }) => answered)));
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

const ballots = (asked: readonly Asked[]) =>
  asked.filter(({ path }) => path === BALLOTS_PATH).map(({ body }) => JSON.parse(body) as { choices: unknown; comment?: string });

/** Whether all of it is in the window. */
function inSight(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  });
}

/** Where one element lies in its stage, in CSS pixels, and how it is set. */
interface Box {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  readonly style: Readonly<Record<string, string>>;
}

/** Everything that is drawn in the elements on a gallery's page. */
function layout(page: Page): Promise<Box[]> {
  return page.evaluate((properties) => {
    const boxes: Box[] = [];
    const walk = (root: ParentNode, stage: DOMRect, name: string) => {
      for (const one of root.querySelectorAll<HTMLElement>('*')) {
        if (one.shadowRoot) walk(one.shadowRoot, stage, `${name} ${one.localName}`);
        // The host is the page's; what is clipped to a pixel is not seen.
        if (one.shadowRoot || one.closest('.sr, .ink, svg *')) continue;
        const { left, right, top, width, height } = one.getBoundingClientRect();
        if (width <= 1 || height <= 1) continue;
        const computed = getComputedStyle(one);
        boxes.push({
          name: `${name} ${one.localName}.${one.getAttribute('class') ?? ''} ${one.children.length === 0 ? one.textContent.trim().slice(0, 30) : ''}`,
          left: left - stage.left,
          right: right - stage.left,
          top: top - stage.top,
          width,
          height,
          style: Object.fromEntries(properties.map((property) => [property, computed.getPropertyValue(property)])),
        });
      }
    };
    for (const stage of document.querySelectorAll<HTMLElement>('.stage')) {
      walk(stage, stage.getBoundingClientRect(), stage.dataset['state'] ?? '');
    }
    return boxes;
  }, COMPARED);
}

/** What would be read or operated otherwise. */
const COMPARED = [
  'color', 'cursor', 'direction', 'font-family', 'font-size', 'font-style', 'font-variant', 'font-weight', 'hyphens',
  'letter-spacing', 'line-height', 'list-style-type', 'opacity', 'pointer-events', 'text-align', 'text-decoration-line',
  'text-indent', 'text-shadow', 'text-transform', 'user-select', 'visibility', 'white-space', 'word-break', 'word-spacing',
  'writing-mode',
];

function differences(plain: readonly Box[], other: readonly Box[]): string[] {
  const found: string[] = [];
  if (plain.length !== other.length) found.push(`${String(plain.length)} boxes became ${String(other.length)}`);
  for (const [index, box] of plain.entries()) {
    const now = other[index];
    if (!now) break;
    for (const side of ['left', 'top', 'width', 'height'] as const) {
      if (Math.abs(box[side] - now[side]) > 1) found.push(`${box.name}: ${side} ${String(box[side])} became ${String(now[side])}`);
    }
    for (const property of COMPARED) {
      const [before, after] = [box.style[property], now.style[property]];
      if (before !== after) found.push(`${box.name}: ${property} ${before ?? ''} became ${after ?? ''}`);
    }
  }
  return found.slice(0, 20);
}

/** Pieces of text that lie over one another. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    /** What is seen of a box: what scrolls, and lines that are too many, are cut off. */
    const seen = (box: DOMRect, within: Element): DOMRect => {
      let { left, right, top, bottom } = box;
      for (let at: Element | null = within; at; at = at.parentElement ?? (at.getRootNode() as Partial<ShadowRoot>).host ?? null) {
        if (getComputedStyle(at).overflow === 'visible') continue;
        const frame = at.getBoundingClientRect();
        [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
        [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    };
    const texts = (root: ParentNode): { words: string; box: DOMRect }[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [
        ...(one.shadowRoot ? texts(one.shadowRoot) : []),
        ...(one.closest('.sr, .ink, [hidden], select, style') || !one.checkVisibility()
          ? []
          : [...one.childNodes].flatMap((node) => {
              if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) return [];
              const range = document.createRange();
              range.selectNodeContents(node);
              const lines = [...range.getClientRects()].filter(
                // A line that ends in an ellipsis is there twice: with what was left out, and without.
                (box, at, all) => !all.slice(0, at).some(({ top, left, right }) => top === box.top && (left === box.left || right === box.right)),
              );
              return lines.map((box) => ({ words: node.textContent?.trim() ?? '', box: seen(box, one) }));
            })),
      ]);
    for (const stage of document.querySelectorAll<HTMLElement>('.stage')) {
      const all = texts(stage);
      for (const [index, one] of all.entries()) {
        for (const other of all.slice(index + 1)) {
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          // A line's box is higher than its letters.
          if (across > 1 && down > 5) found.push(`${stage.dataset['state'] ?? ''}: “${one.words}” and “${other.words}”`);
        }
      }
    }
    return [...new Set(found)].slice(0, 20);
  });
}

function settledLayout(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await new Promise((resolve) => setTimeout(resolve));
    await frame();
  });
}

/** A site's reset, and rules for bare elements that win by force; then all that is inherited, at its worst. */
const HOSTILE_STYLES = `
  html { font-size: 62.5%; }
  body { all: unset; display: block; }
  *, *::before, *::after {
    box-sizing: content-box !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
    transition: all 3s !important; animation: none !important; background: none !important; color: #f0f !important;
    font: italic 900 9px/4 monospace !important; font-variant: small-caps !important; letter-spacing: 0.3em !important;
    word-spacing: 1em !important; word-break: break-all !important; text-transform: uppercase !important;
    text-align: right !important; text-indent: 40px !important; text-shadow: 0 0 9px red !important;
    white-space: pre !important; hyphens: none !important; list-style: none !important; cursor: wait !important;
    user-select: none !important; quotes: none !important; tab-size: 1 !important; border-spacing: 9px !important;
  }
  .stage, .stage * { pointer-events: none !important; visibility: hidden !important; }
  input, button, select, textarea, fieldset, legend, label, svg, table, details, summary {
    all: unset !important; display: inline !important; float: left !important; position: absolute !important;
    appearance: none !important; inline-size: 10px !important; block-size: 10px !important; opacity: 0.1 !important;
  }
`;

/** What a listener wrote down of one event. */
interface Heard {
  readonly type: string;
  readonly by: string;
  /** Names of all nodes on the event's path. */
  readonly path: readonly string[];
  /** All that could be read from the event, as text. */
  readonly said: string;
}

/** Listens before the kit is there, in every place and phase, to every event that there is. */
const EAVESDROPPER = `<form id="form"></form><script>
  window.heard = [];
  const types = new Set(['kring-ready', 'kring-sent', 'kring-error', 'focusin', 'focusout', 'compositionstart', 'compositionupdate',
    'compositionend', 'textInput', 'DOMActivate', 'message', 'storage', 'popstate', 'hashchange', 'formdata', 'change', 'input', 'submit', 'reset',
    'touchstart', 'touchmove', 'touchend', 'kring-answer', 'kring-change']);
  for (let at = document.createElement('textarea'); at; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) if (name.startsWith('on')) types.add(name.slice(2));
  }
  for (const name in window) if (name.startsWith('on')) types.add(name.slice(2));
  const note = (event, by) => {
    const path = event.composedPath();
    const said = {};
    for (const name in event) {
      const value = event[name];
      if (['string', 'number', 'boolean'].includes(typeof value)) said[name] = value;
      else if (value instanceof Node) said[name] = value.nodeName + ' ' + (value.value ?? '') + ' ' + (value.id ?? '');
      else if (name === 'detail' || name === 'data') said[name] = JSON.stringify(value);
    }
    if (event instanceof FormData || event.formData) said.form = JSON.stringify([...event.formData]);
    said.target = (event.target?.nodeName ?? '') + (event.target?.value ?? '');
    delete said.timeStamp;
    window.heard.push({ type: event.type, by, path: path.map((one) => one.nodeName ?? 'window'), said: JSON.stringify(said) });
  };
  const form = document.getElementById('form');
  for (const [name, place] of [['window', window], ['document', document], ['body', document.body], ['form', form]]) {
    for (const type of types) {
      place.addEventListener(type, (event) => note(event, name + ' capturing'), { capture: true, passive: true });
      place.addEventListener(type, (event) => note(event, name), { passive: true });
    }
  }
  // And what an element does to the page without an event.
  const write = (by) => (...said) => { window.heard.push({ type: by, by, path: [], said: JSON.stringify(said) }); };
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) {
    write('dispatched')(event.type, event.detail ?? null);
    return dispatchEvent.call(this, event);
  };
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = write('console');
  for (const name of ['pushState', 'replaceState']) history[name] = write('history');
  window.postMessage = write('message');
  new MutationObserver((changes) => write('changed')(changes.map(({ target, attributeName }) => target.nodeName + ' ' + attributeName + ' ' + target.getAttribute?.(attributeName))))
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  setInterval(() => write('form')([...new FormData(form)]), 50);
</script>`;
