import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { openRounds } from '../../src/client/api.ts';
import { takePaper } from '../../src/client/ballots.ts';
import { fromBase64url, toBase64url } from '../../src/client/base64url.ts';
import { blind, finalize } from '../../src/client/poprf.ts';
import { BALLOTS_PATH } from '../../src/contract/paths.ts';
import type { OpenRounds } from '../../src/contract/rounds.ts';
import { paperInfo } from '../../src/domain/ballot.ts';
import nl from '../../src/answering/texts/nl.ts';
import later from '../../src/answering/texts/nl.later.ts';
import checkIn from '../../widgets/safety-check-in/texts/nl.ts';
import guide from '../../widgets/safety-check-in/texts/nl.guide.ts';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.js';
import { launchChromium } from '../support/chromium.ts';
import { forgetSeed, startDemo, type RunningDemo } from '../support/demo.ts';
import { untilBallotIsReady } from '../support/outbox.ts';
import { PATIENCE, until } from '../support/until.ts';

describe('a ballot, whatever happens on its way', () => {
  let browser: Browser;
  let demo: RunningDemo;
  let waiting: string[];
  before(async () => {
    browser = await launchChromium();
    demo = await startDemo();
    waiting = await peopleWithoutPaper(demo);
  });
  after(async () => {
    await browser.close();
    await demo.stop();
    await forgetSeed();
  });

  /** A browser of a person who has not answered yet, on the intranet's home page. */
  async function visit(run: (page: Page, survey: Locator, context: BrowserContext) => Promise<void>): Promise<void> {
    const person = waiting.pop();
    assert.ok(person, 'the demo has people enough');
    const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: 'nl-NL', hasTouch: true });
    try {
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(`${demo.intranet}/sign-in?as=${person}&to=/?lang=nl`);
      await run(page, page.locator('kring-pulse-survey'), context);
    } finally {
      await context.close();
      // Who sent nothing can be somebody else's person: there are just enough.
      if (await hasPaperLeft(demo, person)) waiting.push(person);
    }
  }

  async function answerAll(survey: Locator): Promise<void> {
    for (let item = 0; item < 5; item += 1) await survey.locator('.item:not([hidden]) .point').nth(item).tap();
    await survey.getByRole('button', { name: nl.send }).waitFor();
  }

  const send = (survey: Locator) => survey.getByRole('button', { name: nl.send }).tap();
  /**
   * Moves the page's clock until a ballot has come to its end: when its moment is, only chance knows. In steps that are
   * shorter than the patience with a request, and with time in between for one to be answered.
   */
  const arrives = (page: Page, survey: Locator, titles: readonly string[] = [later.sent.title]) =>
    until(async () => {
      await page.clock.fastForward(13_000);
      const title = survey.locator('h2').filter({ hasText: new RegExp(`^(${titles.join('|')})$`) });
      return title.waitFor({ timeout: 3000 }).then(() => true, () => false);
    }, titles.join(' or '));

  test('keeps the answers of a page that is closed and opened again', async () => {
    await visit(async (page, survey) => {
      await survey.locator('.item:not([hidden]) .point').nth(1).tap();
      await survey.locator('.item:not([hidden]) .point').nth(2).tap();
      await survey.locator('svg').first().filter({ hasText: '2/5' }).waitFor();
      await page.reload();
      await survey.locator('.item:not([hidden])').waitFor();
      assert.match((await survey.locator('svg').first().textContent()) ?? '', /2\/5/);
    });
  });

  test('waits for the network, and is counted once', async () => {
    await visit(async (page, survey, context) => {
      const before = await ballotsIn(demo);
      // What it takes to send comes while somebody answers, and this last.
      const rest = page.waitForResponse(/\/kit\/chunks\/poprf-/).then((response) => response.finished());
      await answerAll(survey);
      await rest;
      await context.setOffline(true);
      await send(survey);
      await survey.getByRole('heading', { name: later.waiting.offline(true).title }).waitFor();
      await context.setOffline(false);
      await arrives(page, survey);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('waits for a server that was killed, and is counted once', async () => {
    await visit(async (page, survey) => {
      const before = await ballotsIn(demo);
      await answerAll(survey);
      // One whose moment comes at once goes no sooner.
      let killed: () => void = () => undefined;
      const isKilled = new Promise<void>((resolve) => { killed = resolve; });
      await page.route('**/v1/ballots', async (route) => {
        await isKilled;
        await route.continue();
      });
      await send(survey);
      await untilBallotIsReady(page);
      await demo.kill();
      killed();
      await page.clock.fastForward(21_000);
      await survey.getByRole('heading', { name: later.waiting.offline(true).title }).waitFor();
      await demo.restart();
      await arrives(page, survey);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('goes along when the page is left at once', async () => {
    await visit(async (page, survey) => {
      const before = await ballotsIn(demo);
      await answerAll(survey);
      await send(survey);
      await survey.getByRole('heading', { name: later.onItsWay(20).title }).waitFor();
      await untilBallotIsReady(page);
      await page.goto(`${demo.intranet}/news/hal-3?lang=nl`);
      await until(async () => (await ballotsIn(demo)) === before + 1, 'the ballot of the page that was left is in the box');
      await page.goto(`${demo.intranet}/?lang=nl`);
      await arrives(page, survey, [later.sent.title, later.taken('').title]);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('is one ballot when two tabs send', async () => {
    await visit(async (page, survey, context) => {
      const before = await ballotsIn(demo);
      const second = await context.newPage();
      await second.clock.install();
      await second.goto(`${demo.intranet}/?lang=nl`);
      const secondSurvey = second.locator('kring-pulse-survey');
      await answerAll(secondSurvey);
      await page.bringToFront();
      await answerAll(survey);
      const click = (widget: Locator) =>
        widget.getByRole('button', { name: nl.send }).evaluate((button) => { (button as HTMLElement).click(); });
      await Promise.all([click(survey), click(secondSurvey)]);
      await arrives(page, survey, [later.sent.title, later.taken('').title]);
      await arrives(second, secondSurvey, [later.sent.title, later.taken('').title]);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('can be sent where the browser keeps nothing, and says so beforehand', async () => {
    await visit(async (page, survey, context) => {
      const before = await ballotsIn(demo);
      await context.addInitScript({
        content: `Object.defineProperty(window, 'localStorage', {
          get() { throw new DOMException('Denied', 'SecurityError'); },
        });`,
      });
      await page.reload();
      await answerAll(survey);
      await survey.getByText(later.notKept).waitFor();
      const paper = page.waitForResponse((response) => response.url().endsWith('/v1/papers') && response.ok());
      await send(survey);
      await paper;
      await arrives(page, survey);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('can be sent where the storage is full, and says so beforehand', async () => {
    await visit(async (page, survey, context) => {
      const before = await ballotsIn(demo);
      await context.addInitScript({
        content: `Storage.prototype.setItem = () => { throw new DOMException('Full', 'QuotaExceededError'); };`,
      });
      await page.reload();
      await answerAll(survey);
      await survey.getByText(later.notKept).waitFor();
      await send(survey);
      await arrives(page, survey);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  for (const status of [429, 500, 503]) {
    test(`waits for a server that says ${String(status)}, at the paper and at the ballot, and is counted once`, async () => {
      await visit(async (page, survey) => {
        const before = await ballotsIn(demo);
        for (const path of ['papers', 'ballots']) {
          const body = '<!doctype html><title>A proxy</title>';
          await page.route(`**/v1/${path}`, (route) => route.fulfill({ status, contentType: 'text/html', body }), { times: 1 });
        }
        await answerAll(survey);
        await send(survey);
        await survey.getByRole('heading', { name: /./ }).filter({ hasText: new RegExp(`^(${later.waiting.offline(true).title}|${later.waiting.server(true).title})$`) }).waitFor();
        await arrives(page, survey);
        assert.equal(await ballotsIn(demo), before + 1);
      });
    });
  }

  test('outlives answers of the server that never arrive, at the paper and at the ballot, and is counted once', async () => {
    await visit(async (page, survey) => {
      const before = await ballotsIn(demo);
      const unanswered: string[] = [];
      for (const path of ['papers', 'ballots']) {
        // The server did what it was asked, and nobody here ever hears of it.
        await page.route(`**/v1/${path}`, async (route) => {
          assert.equal((await route.fetch()).status(), 200);
          unanswered.push(path);
        }, { times: 1 });
      }
      await answerAll(survey);
      await send(survey);
      await until(() => Promise.resolve(unanswered.length === 1), 'the paper is asked for');
      await page.clock.fastForward(3_000);
      await survey.getByRole('heading', { name: later.onItsWay(20).title }).waitFor();
      await page.clock.fastForward(13_000);
      await survey.getByRole('heading', { name: later.waiting.offline(true).title }).waitFor();
      await arrives(page, survey);
      assert.deepEqual(unanswered, ['papers', 'ballots']);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('outlives a browser that is killed: in the form, before the paper, and while the ballot goes', async () => {
    const person = waiting.pop();
    assert.ok(person, 'the demo has people enough');
    const before = await ballotsIn(demo);
    const profile = await mkdtemp(join(tmpdir(), 'leerkring-profile-'));
    let running: BrowserContext | undefined;
    const open = async () => {
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: findChromium(),
        args: CHROMIUM_FLAGS,
        viewport: { width: 360, height: 800 },
        locale: 'nl-NL',
        hasTouch: true,
      });
      running = context;
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      await page.clock.install();
      return { context, page, survey: page.locator('kring-pulse-survey') };
    };
    const goTo = (page: Page) => page.goto(`${demo.intranet}/sign-in?as=${person}&to=/?lang=nl`);
    const answered = async (survey: Locator) => {
      await survey.locator('svg').first().waitFor();
      return /(\d)\/5/.exec((await survey.locator('svg').first().textContent()) ?? '')?.[1];
    };
    try {
      const form = await open();
      await goTo(form.page);
      for (let item = 0; item < 3; item += 1) await form.survey.locator('.item:not([hidden]) .point').nth(item).tap();
      await onDisk(profile, /kring:draft:[^]*?"choices":\{("[^"]+":\d,){2}"[^"]+":\d\}/);
      // What comes after that, a browser may not have written down yet: it is there, or it is asked again.
      await form.survey.locator('.item:not([hidden]) .point').nth(3).tap();
      await killBrowser(profile, form.context);

      const sending = await open();
      await sending.page.route('**/v1/papers', (route) => route.abort());
      await goTo(sending.page);
      const found = await answered(sending.survey);
      assert.ok(found === '3' || found === '4', `${String(found)} of the answers are there`);
      for (let item = Number(found); item < 5; item += 1) {
        await sending.survey.locator('.item:not([hidden]) .point').nth(item).tap();
      }
      await send(sending.survey);
      await sending.survey.getByRole('heading', { name: later.waiting.offline(true).title }).waitFor();
      await onDisk(profile, /kring:outbox:[^]*?"seed":/);
      await killBrowser(profile, sending.context);
      assert.equal(await ballotsIn(demo), before);

      const going = await open();
      let asked = false;
      let inTheBox = false;
      await going.page.route('**/v1/ballots', async (route) => {
        if (asked) return;
        asked = true;
        assert.equal((await route.fetch()).status(), 200);
        inTheBox = true;
      });
      await goTo(going.page);
      await going.survey.getByRole('heading', { name: later.onItsWay(20).title }).waitFor();
      await untilBallotIsReady(going.page);
      await until(async () => {
        if (!asked) await going.page.clock.fastForward(5_000);
        return inTheBox;
      }, 'the ballot is sent');
      await killBrowser(profile, going.context);
      assert.equal(await ballotsIn(demo), before + 1);

      // The browser knows of nothing but a ballot to be sent; to send the same one again is to hear that it is there.
      const last = await open();
      await goTo(last.page);
      await arrives(last.page, last.survey);
      assert.equal(await ballotsIn(demo), before + 1);
      await last.page.reload();
      await last.survey.getByRole('heading', { name: later.taken('').title }).waitFor();
      await last.context.close();
      assert.equal(await ballotsIn(demo), before + 1);
    } finally {
      await running?.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  test('waits in words where the rest of the check-in can’t be fetched, and goes on when it can', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: 'nl-NL' });
    try {
      const page = await context.newPage();
      const form = page.locator('kring-safety-check-in');
      let refused = 0;
      await page.route('**/kit/chunks/guide-*.js', (route) => {
        refused += 1;
        return route.abort('internetdisconnected');
      });
      await page.goto(`${demo.intranet}/sign-in?as=amira-bouzid&to=/check-in?lang=nl`);
      await form.getByRole('button', { name: checkIn.begin }).click();
      await form.getByRole('status').getByText(checkIn.noConnection).waitFor();
      await form.getByText(checkIn.whyText).waitFor();
      assert.equal(refused, 1);
      await page.unroute('**/kit/chunks/guide-*.js');
      await form.getByRole('button', { name: checkIn.begin }).click();
      await form.getByRole('heading', { name: guide.team.title }).waitFor();
      assert.equal(await form.getByText(checkIn.noConnection).count(), 0);
    } finally {
      await context.close();
    }
  });

  test('outlives a clock that is two years ahead, in the form and on its way', async () => {
    await visit(async (page, survey) => {
      const before = await ballotsIn(demo);
      await answerAll(survey);
      await page.clock.setSystemTime(Date.now() + 2 * 365 * 86_400_000);
      await page.reload();
      await survey.locator('svg').first().waitFor();
      assert.match((await survey.locator('svg').first().textContent()) ?? '', /5\/5/);
      // Away with the page before the paper is here, so that only what was kept can be sent.
      await page.route('**/v1/papers', (route) => route.abort());
      await survey.getByRole('button', { name: nl.send }).tap();
      await survey.getByRole('heading', { name: later.waiting.offline(true).title }).waitFor();
      await page.unroute('**/v1/papers');
      await page.reload();
      await arrives(page, survey);
      assert.equal(await ballotsIn(demo), before + 1);
    });
  });

  test('is not sent to a server whose ballot key is not the pinned one', async () => {
    await visit(async (page, survey) => {
      const before = await ballotsIn(demo);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await answerAll(survey);
      await survey.evaluate((element) => { element.setAttribute('ballot-key', 'A'.repeat(43)); });
      await survey.getByRole('heading', { name: later.refused['other-key'].title }).waitFor();
      assert.ok(!asked.some((url) => url.endsWith('/v1/papers')));
      assert.equal(await ballotsIn(demo), before);
    });
  });

  test('is counted once when it comes at once on two connections', async () => {
    const person = waiting.pop();
    assert.ok(person);
    const before = await ballotsIn(demo);
    const token = await tokenOf(demo, person);
    const connection = { server: demo.server, language: 'nl' as const, token: () => Promise.resolve(token) };
    const [round] = (await openRounds(connection)).rounds;
    assert.ok(round);
    const scope = { organisation: round.organisation, round: round.id, team: round.team.id };
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    const info = paperInfo(scope);
    const seed = crypto.getRandomValues(new Uint8Array(48));
    const blinding = blind(nonce, fromBase64url(round.ballotKey.publicKey), info, seed);
    const { round: id, team } = scope;
    const paper = await takePaper(connection, { round: id, team, blinded: toBase64url(blinding.blinded) });
    const output = finalize(nonce, blinding, info, {
      evaluated: fromBase64url(paper.evaluated),
      proof: fromBase64url(paper.proof),
    });
    const ballot = JSON.stringify({ ...scope, nonce: toBase64url(nonce), output: toBase64url(output), choices: {} });
    const statuses = await Promise.all([sendOver(demo, ballot), sendOver(demo, ballot)]);
    assert.deepEqual(statuses, [200, 200]);
    assert.equal(await ballotsIn(demo), before + 1);
  });

  test('leaves no trace of people or answers on the terminal', () => {
    const output = demo.output();
    assert.doesNotMatch(output, /choices|nonce|Bearer|amira|comment/i);
  });
});

/** A request on a connection of its own. */
function sendOver(demo: RunningDemo, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(
      `${demo.server}${BALLOTS_PATH}`,
      { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });
}

async function tokenOf(demo: RunningDemo, person: string): Promise<string> {
  const signedIn = await fetch(`${demo.intranet}/sign-in?as=${person}`, { redirect: 'manual' });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const answer = await fetch(`${demo.intranet}/leerkring-token`, { headers: { cookie } });
  return ((await answer.json()) as { token: string }).token;
}

/**
 * Waits until the browser has written something into the files of its `localStorage`: it does so when it likes, seconds
 * after the page wrote it, and up to a minute when it did so before.
 */
async function onDisk(profile: string, what: RegExp): Promise<void> {
  const folder = join(profile, 'Default', 'Local Storage', 'leveldb');
  await until(async () => {
    const names = await readdir(folder).catch(() => []);
    const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1').catch(() => '')));
    return files.some((file) => what.test(file));
  }, `the browser's files hold ${String(what)}`, 300_000);
}

/** Ends a browser as a crash would: it gets no chance to write anything. Its profile says which process it is. */
async function killBrowser(profile: string, context: BrowserContext): Promise<void> {
  const lock = await readlink(join(profile, 'SingletonLock'));
  const closed = context.waitForEvent('close');
  process.kill(Number(lock.slice(lock.lastIndexOf('-') + 1)), 'SIGKILL');
  await closed;
}

/** How many ballots are in the whole organisation's box, as anybody may see on the front page. */
async function ballotsIn(demo: RunningDemo): Promise<number> {
  const page = await (await fetch(`${demo.server}/?lang=nl`)).text();
  const count = /(\d+) van \d+ stembiljetten/.exec(page)?.[1];
  assert.ok(count, 'the front page tells how many ballots are in');
  return Number(count);
}

/** People of the demo who can still take their ballot paper. */
async function peopleWithoutPaper(demo: RunningDemo): Promise<string[]> {
  const page = await (await fetch(`${demo.server}/?lang=nl`)).text();
  const people = [...page.matchAll(/<option value="([^"]+)"/g)].map((match) => match[1] ?? '');
  const found: string[] = [];
  for (const person of people) if (await hasPaperLeft(demo, person)) found.push(person);
  return found;
}

async function hasPaperLeft(demo: RunningDemo, person: string): Promise<boolean> {
  const token = await tokenOf(demo, person);
  const asked = await fetch(`${demo.server}/v1/rounds/open`, { headers: { authorization: `Bearer ${token}` } });
  const { rounds } = (await asked.json()) as OpenRounds;
  return rounds[0]?.paper === 'available';
}
