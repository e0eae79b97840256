import assert from 'node:assert/strict';
import type { Page, Request } from 'playwright-core';
import nl from '../../src/answering/texts/nl.ts';
import nlLater from '../../src/answering/texts/nl.later.ts';
import en from '../../src/answering/texts/en.ts';
import enLater from '../../src/answering/texts/en.later.ts';
import { builtWidgets } from '../../tools/bundle.js';
import { untilBallotIsReady } from '../support/outbox.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { assertPolicyKept } from '../support/policy.ts';
import { expectFocus, focused, named, tabTo } from '../support/keyboard.ts';
import { assertNoDetour, preflightsOf } from '../support/requests.ts';
import { describeWalk, type Walk } from '../support/walks.ts';

/** What the demo's own pages say, per language. */
const PAGES = {
  nl: {
    be: 'Word Amira Bouzid',
    back: 'Terug naar de demo',
    close: 'Sluit de ronde',
    asLeader: 'Bekijk het als Joris Meulenbelt',
    answered: '6 van 8 antwoordden.',
    round: /Ronde 7, gesloten op/,
    next: 'Eén volgende stap',
    asTable: 'Als tabel',
    labels: ['helemaal oneens', 'oneens', 'neutraal', 'eens', 'helemaal eens'],
  },
  en: {
    be: 'Be Amira Bouzid',
    back: 'Back to the demo',
    close: 'Close the round',
    asLeader: 'See it as Joris Meulenbelt',
    answered: '6 of 8 answered.',
    round: /Round 7, closed on/,
    next: 'One next step',
    asTable: 'As a table',
    labels: ['strongly disagree', 'disagree', 'neutral', 'agree', 'strongly agree'],
  },
} as const;

const WIDGET = { nl: { ...nl, ...nlLater }, en: { ...en, ...enLater } } as const;

describeWalk('the whole way, by keyboard alone', "from answering to the leader's card", walk);

async function walk({ demo, language, newContext }: Walk): Promise<void> {
  const context = await newContext();
  const said = PAGES[language];
  const texts = WIDGET[language];
  const requests: Request[] = [];
  context.on('request', (request) => requests.push(request));
  const page = await context.newPage();
  // The ballot leaves at a random moment within twenty seconds: the clock is moved, not waited for.
  await page.clock.install();
  const preflights = await preflightsOf(page);
  let untilReady: readonly Request[] | undefined;
  await page.exposeBinding('kringIsReady', () => {
    untilReady ??= [...requests];
  });
  await page.addInitScript(() => {
    addEventListener('kring-ready', ({ target }) => {
      // The learning log beside it has its own moment.
      if ((target as Element).localName === 'kring-pulse-survey') (window as unknown as { kringIsReady(): void }).kringIsReady();
    });
  });

  // Choose to be an employee.
  await page.goto(`${demo.server}/?lang=${language}`);
  assert.deepEqual(await axeOnPage(page), [], 'the front page');
  await tabTo(page, said.be, named('a', said.be));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${demo.intranet}/**`);

  // Until the form can be filled in, little has been loaded, and none of it is cryptography or charts.
  await page.locator('kring-pulse-survey fieldset').first().waitFor();
  const files = Object.values(builtWidgets().find(({ name }) => name === 'pulse-survey')?.manifest ?? {});
  const own = new Set(files.map(({ file }) => `${demo.server}/${file}`));
  const early = (untilReady ?? requests).filter((request) => own.has(request.url()));
  let bytes = 0;
  for (const request of early) bytes += (await request.sizes()).responseBodySize;
  assert.ok(bytes > 0 && bytes <= 13_000, `${String(bytes)} bytes of kit before the first answer`);
  assert.ok(early.every((request) => !/poprf|chart|later/.test(request.url())), early.map((request) => request.url()).join());
  await assertNoDetour(requests, preflights);
  assert.deepEqual(await axeOnPage(page), [], 'the intranet page with the form');
  assert.ok((await horizontalScroll(page)) <= 0, 'no horizontal scrolling');

  // Five answers, one item at a time: arrows choose, Enter moves on, the focus goes along.
  for (let item = 0; item < 5; item += 1) {
    await tabTo(page, `the scale of item ${String(item + 1)}`, (focus) => focus.within === 'kring-pulse-survey' && focus.type === 'radio');
    // The first press of an arrow leaves the first point, from where the focus came in.
    for (let point = 0; point < 3; point += 1) await page.keyboard.press('ArrowDown');
    const { name } = await focused(page);
    assert.equal(name, said.labels[3]);
    await page.keyboard.press('Enter');
    await expectFocus(page, item < 4 ? 'the next item' : 'the end', (focus) => focus.tag === (item < 4 ? 'legend' : 'h3'));
  }
  const survey = page.locator('kring-pulse-survey');
  await survey.getByText(texts.nobodySees).waitFor();
  const who = await survey.locator('.who').innerText();
  assert.match(who, /Verkoop binnendienst/);
  assert.match(who, /\b8\b/, 'the real number of people');
  assert.match(who, /\b5\b/, 'the real threshold');
  assert.deepEqual(await axeOnPage(page), [], 'the end of the form');

  // Send: first on its way, then in the box; the focus and the announcement tell so.
  await tabTo(page, texts.send, named('button', texts.send));
  await page.keyboard.press('Enter');
  await expectFocus(page, 'what happens now', named('h2', texts.onItsWay(20).title));
  await survey.getByRole('status').getByText(texts.onItsWay(20).title).waitFor();
  await untilBallotIsReady(page);
  // The paper is asked for with a header, about which the browser asks first: so those questions are seen here.
  assert.deepEqual(preflights, ['/v1/papers']);
  await page.clock.fastForward(21_000);
  await expectFocus(page, 'that it is in the box', named('h2', texts.sent.title));
  assert.match(await survey.getByRole('status').innerText(), new RegExp(texts.sent.title));
  assert.deepEqual(await axeOnPage(page), [], 'sent');
  await assertUntraceable(requests);
  // The learning log keeps who was here last.
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => /outbox|draft/.test(key) && !key.startsWith('kring:draft:log:')));
  assert.deepEqual(kept, []);

  // Once more on the same page: it knows.
  await page.reload();
  await survey.getByText(texts.taken('').title).waitFor();
  assert.deepEqual(await axeOnPage(page), [], 'already answered');

  // Back to the front page, and close the round.
  await tabTo(page, said.back, named('a', said.back));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${demo.server}/**`);
  await tabTo(page, said.close, named('button', said.close));
  await page.keyboard.press('Enter');
  const asLeader = page.getByRole('link', { name: said.asLeader });
  await asLeader.waitFor();
  assert.deepEqual(await axeOnPage(page), [], 'the front page, released');

  // As the leader: the card on learning, which stands before the one on safety.
  await tabTo(page, said.asLeader, named('a', said.asLeader));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${demo.intranet}/team**`);
  const card = page.locator('kring-team-pulse').first();
  await card.getByText(said.round).waitFor();
  await card.getByText(said.answered).waitFor();
  await card.getByText(said.next).waitFor();
  const words = await card.locator('.kring').innerText();
  assert.ok(words.length > 500);
  assert.doesNotMatch(words, /NaN|undefined|null|\[object/);
  assert.ok((await horizontalScroll(page)) <= 0, 'no horizontal scrolling');
  assert.deepEqual(await axeOnPage(page), [], 'the leader’s card');
  await tabTo(page, 'the table', named('summary', said.asTable));
  await page.keyboard.press('Enter');
  await card.getByRole('table').first().waitFor();
  assert.deepEqual(await axeOnPage(page), [], 'the leader’s card with its table');

  // Nothing of it came from anywhere else, and the intranet's strict policy had nothing to report.
  const origins = new Set(requests.map((request) => new URL(request.url()).origin));
  assert.deepEqual([...origins].sort(), [demo.server, demo.intranet].sort());
  await assertPolicyKept(demo, page);
}

/** The ballot went without a token, a cookie or a referrer; the paper with a token, and without the answers. */
async function assertUntraceable(requests: readonly Request[]): Promise<void> {
  const ballots = requests.filter((request) => request.url().endsWith('/v1/ballots') && request.method() === 'POST');
  assert.equal(ballots.length, 1);
  const [ballot] = ballots;
  assert.ok(ballot);
  const headers = await ballot.allHeaders();
  for (const name of ['authorization', 'cookie', 'referer']) assert.equal(headers[name], undefined, name);
  assert.doesNotMatch(ballot.postData() ?? '', /amira|bouzid/i);
  const papers = requests.filter((request) => request.url().endsWith('/v1/papers') && request.method() === 'POST');
  assert.equal(papers.length, 1);
  const paper = papers[0];
  assert.ok(paper);
  assert.match((await paper.allHeaders())['authorization'] ?? '', /^Bearer /);
  const { nonce, output } = ballot.postDataJSON() as { nonce: string; output: string };
  for (const secret of [nonce, output, 'choices']) assert.ok(!(paper.postData() ?? '').includes(secret));
}

function horizontalScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
