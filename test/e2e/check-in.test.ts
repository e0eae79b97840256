import assert from 'node:assert/strict';
import type { Page, Request } from 'playwright-core';
import en from '../../src/answering/texts/en.ts';
import enLater from '../../src/answering/texts/en.later.ts';
import nl from '../../src/answering/texts/nl.ts';
import nlLater from '../../src/answering/texts/nl.later.ts';
import { INTRANET_TEXTS } from '../../src/demo/pages/intranet-texts.ts';
import { SITE_TEXTS } from '../../src/demo/pages/site-texts.ts';
import enGuide from '../../widgets/safety-check-in/texts/en.guide.ts';
import enStart from '../../widgets/safety-check-in/texts/en.ts';
import nlGuide from '../../widgets/safety-check-in/texts/nl.guide.ts';
import nlStart from '../../widgets/safety-check-in/texts/nl.ts';
import { expectFocus, focused, named, tabTo } from '../support/keyboard.ts';
import { untilBallotIsReady } from '../support/outbox.ts';
import { axeOnPage } from '../support/page-axe.ts';
import { assertPolicyKept } from '../support/policy.ts';
import { assertNoDetour, preflightsOf } from '../support/requests.ts';
import { describeWalk, type Walk } from '../support/walks.ts';

const WIDGET = { nl: { ...nl, ...nlLater, ...nlStart, ...nlGuide }, en: { ...en, ...enLater, ...enStart, ...enGuide } } as const;
const AGREE = { nl: 'eens', en: 'agree' } as const;
const TRUST = { nl: 'Vertrouwen in mij als leidinggevende', en: 'Trust in me as a leader' } as const;
const ROUND = { nl: /Ronde 2, gesloten op/, en: /Round 2, closed on/ } as const;
const ALL_ANSWERED = { nl: '8 van 8 antwoordden.', en: '8 of 8 answered.' } as const;

/** How many statements the two parts have: on the team, and on its leader. */
const PARTS = [7, 3] as const;
const LEADER = 'Joris Meulenbelt';

describeWalk('the check-in, by keyboard alone', "from the first page to the leader's own figure", walk);

async function walk({ demo, language, narrow, newContext }: Walk): Promise<void> {
  const context = await newContext();
  const texts = WIDGET[language];
  const site = SITE_TEXTS[language];
  const requests: Request[] = [];
  context.on('request', (request) => requests.push(request));
  const page = await context.newPage();
  await page.clock.install();
  const preflights = await preflightsOf(page);
  const press = async (what: string, tag: 'a' | 'button') => {
    await tabTo(page, what, named(tag, what));
    await page.keyboard.press('Enter');
  };

  await page.goto(`${demo.server}/?lang=${language}`);
  await press(site.checkIn.answer('Amira Bouzid'), 'a');
  await page.waitForURL(`${demo.intranet}/check-in**`);
  const checkIn = page.locator('kring-safety-check-in');
  await checkIn.getByText(texts.aboutLeader(PARTS[1], LEADER)).waitFor();
  await assertNoDetour(requests, preflights);
  assert.match(await checkIn.locator('.who').innerText(), new RegExp(texts.leaderSees(LEADER, 8).slice(0, 40)));
  await assertSound(page, 'the first page');

  // Two parts, each with a heading that says who it is about: statements one by one, or a part at once.
  await press(texts.begin, 'button');
  for (const [part, items] of PARTS.entries()) {
    const title = part === 0 ? texts.team.title : texts.leader.title(LEADER);
    await expectFocus(page, title, named('h3', title));
    await assertSound(page, title);
    if (narrow) await press(texts.next, 'button');
    for (let item = 0; item < items; item += 1) {
      if (narrow) await expectFocus(page, 'the statement', (focus) => focus.tag === 'legend');
      await tabTo(page, `statement ${String(item + 1)}`, (focus) => focus.within === checkInTag && focus.type === 'radio');
      for (let point = 0; point < 3; point += 1) await page.keyboard.press('ArrowDown');
      assert.equal((await focused(page)).name, AGREE[language]);
      if (narrow) await page.keyboard.press('Enter');
    }
    if (!narrow) await press(texts.next, 'button');
  }
  await expectFocus(page, 'the end', named('h3', texts.finish));
  await checkIn.getByText(texts.answered(10, 10)).waitFor();
  await assertSound(page, 'the end');

  await press(texts.send, 'button');
  await expectFocus(page, 'what happens now', named('h2', texts.onItsWay(20).title));
  await untilBallotIsReady(page);
  await page.clock.fastForward(21_000);
  await expectFocus(page, 'that it is in the box', named('h2', texts.sent.title));
  await checkIn.getByRole('heading', { name: texts.forYou }).waitFor();
  await assertSound(page, 'sent');

  // Back to the front page, and close the check-in; what is asked beside it stays open.
  await press(INTRANET_TEXTS[language].backToDemo, 'a');
  await page.waitForURL(`${demo.server}/**`);
  await press(site.checkIn.close, 'button');
  const look = page.locator('#check-in-round').getByRole('link', { name: site.checkIn.look(LEADER) });
  await look.waitFor();

  // Everybody of the team answered: the leader has a figure of his own, and a member not even its name.
  await press(site.checkIn.look(LEADER), 'a');
  await page.waitForURL(`${demo.intranet}/team**`);
  const card = page.locator('#check-in kring-team-pulse');
  await card.getByText(ROUND[language]).first().waitFor();
  await card.getByText(ALL_ANSWERED[language]).first().waitFor();
  const row = card.locator('.row').filter({ has: page.getByRole('heading', { name: TRUST[language] }) });
  assert.match(await row.locator('.value').innerText(), /[1-5][.,]\d/);
  await assertSound(page, 'the leader’s cards');
  await page.goto(`${demo.intranet}/sign-in?as=amira-bouzid&to=/team?lang=${language}`);
  await card.getByText(ROUND[language]).first().waitFor();
  assert.ok((await card.locator('.row').count()) >= PARTS[0]);
  assert.doesNotMatch(await card.locator('.kring').innerText(), new RegExp(TRUST[language]));
  const bodies = requests.filter((request) => request.url().endsWith('/v1/reports')).slice(-2);
  for (const request of bodies) assert.doesNotMatch((await (await request.response())?.text()) ?? '', /"trust"/);

  const origins = new Set(requests.map((request) => new URL(request.url()).origin));
  assert.deepEqual([...origins].sort(), [demo.server, demo.intranet].sort());
  await assertPolicyKept(demo, page);
}

const checkInTag = 'kring-safety-check-in';

async function assertSound(page: Page, what: string): Promise<void> {
  assert.deepEqual(await axeOnPage(page), [], what);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${what} scrolls sideways by ${String(overflow)} px`);
}
