import assert from 'node:assert/strict';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { LOG_ENTRIES_PATH, LOG_NEWS_PATH } from '../../src/contract/learning-log-paths.ts';
import type { RunningDemo } from '../support/demo.ts';
import { expectFocus, focused, named, tabTo, type Focused } from '../support/keyboard.ts';
import { assertFine, LOG_TEXTS } from '../support/log-walks.ts';
import { assertPolicyKept } from '../support/policy.ts';
import { describeWalk, type Walk } from '../support/walks.ts';

type Language = keyof typeof LOG_TEXTS;

/** The team that the author is in, how many people besides the author can read what is shared with it, and who of them leads it. */
const TEAM = { name: 'Verkoop binnendienst', others: 8, leaders: ['Joris Meulenbelt'] } as const;

const PEOPLE = {
  author: { id: 'amira-bouzid', name: 'Amira Bouzid' },
  colleague: { id: 'daan-wiersma', name: 'Daan Wiersma' },
  leader: { id: 'joris-meulenbelt' },
} as const;

/** Where the intranet has the two forms of the log. */
const HOME = '/';
const LOG = '/leerlogboek';

/** What is written; no word of it is in what the demo begins with. */
const WRITTEN = {
  mine: 'Kwartelei: ik durfde niet te vragen wat een steekmaat was.',
  shared: 'Zandloper: ik beloofde een levertijd zonder te bellen. Nu bel ik eerst.',
  reply: 'Dank je. Bel jij voor of na de lunch?',
  offline: 'Regenboog: ook zonder verbinding kan ik iets opschrijven.',
} as const;

/** What both say to a machine that finds words. */
const WORD = { mine: 'kwartelei', shared: 'zandloper' } as const;

describeWalk('the learning log, by keyboard alone', "from one's own entry to a colleague's reply", walk);

async function walk({ demo, language, newContext }: Walk): Promise<void> {
  const texts = LOG_TEXTS[language];
  const visit = async (who: keyof typeof PEOPLE, path: string) => {
    const page = await (await newContext()).newPage();
    await page.goto(`${demo.intranet}/sign-in?as=${PEOPLE[who].id}&to=${encodeURIComponent(`${path}?lang=${language}`)}`);
    const log = page.locator('kring-learning-log');
    // Everything is there: the form, and what was written before.
    await log.locator('.later h3').first().waitFor();
    return { page, log };
  };

  const home = await visit('author', HOME);
  await assertFine(home.page, 'the intranet’s home page');

  // In few key presses: over the kinds to the text, and saved from within it.
  await write(home.page, texts, WRITTEN.mine);
  await home.page.keyboard.press('Control+Enter');
  await home.log.getByText(texts.writing.saved(texts.form.onlyYou)).first().waitFor();
  await expectFocus(home.page, 'where one goes on', named('button', texts.form.save));
  assert.equal(await home.log.locator('#text').inputValue(), '');

  // It is kept: the author finds it in another browser, which has nothing but what the server has.
  const other = await visit('author', LOG);
  await find(other.page, other.log, texts, WORD.mine);
  await rowOf(other.log, WRITTEN.mine).waitFor();
  await other.page.reload();
  await rowOf(other.log, WRITTEN.mine).waitFor();

  // A colleague has the log open, and hears what is new over a stream of another origin.
  const colleague = await colleagueListening(demo, await newContext(), language);
  await assertFine(colleague.page, 'the full log');

  // Shared on purpose: asked once, with the number of people.
  await write(home.page, texts, WRITTEN.shared, 'mistake');
  await tabTo(home.page, texts.form.share, named('button', texts.form.share));
  await home.page.keyboard.press('Enter');
  await tabTo(home.page, 'who can read it', (focus) => focus.type === 'radio' && focus.name === texts.writing.onlyMe);
  for (let presses = 0; presses < 4 && !(await focused(home.page)).name.startsWith(texts.writing.myTeam); presses += 1) {
    await home.page.keyboard.press('ArrowDown');
  }
  const readers = texts.form.team(TEAM.name, TEAM.others, TEAM.leaders);
  assert.match(readers, /\b8\b/);
  await home.log.locator('#who').filter({ hasText: readers }).waitFor();
  await assertFine(home.page, 'sharing');
  await tabTo(home.page, texts.form.save, named('button', texts.form.save));
  await home.page.keyboard.press('Enter');
  await expectFocus(home.page, 'the question', named('h3', texts.writing.widen));
  await home.log.locator('.asked').getByText(readers).waitFor();
  await assertFine(home.page, 'the question whether to share');
  await home.page.keyboard.press('Tab');
  assert.equal((await focused(home.page)).name, texts.writing.yesShare);
  await home.page.keyboard.press('Enter');
  await home.log.locator('.note').filter({ hasText: texts.writing.saved('').trim() }).waitFor();

  // It appears where the colleague has the log open, as the newest, without a reload.
  const row = rowOf(colleague.log, WRITTEN.shared);
  await row.waitFor();
  assert.equal(await row.getAttribute('aria-posinset'), '1');
  assert.equal(colleague.loads(), 1);
  assert.equal(await rowOf(colleague.log, WRITTEN.mine).count(), 0);

  // The colleague opens it, will try it, and answers.
  await tabTo(colleague.page, 'the newest entry', opens);
  await colleague.page.keyboard.press('Enter');
  const opened = row.locator('.opened');
  await opened.getByText('Zandloper').waitFor();
  await tabTo(colleague.page, texts.later.tryThis, named('button', texts.later.tryThis));
  await colleague.page.keyboard.press('Enter');
  await expectFocus(colleague.page, 'that it is on the list', named('p', texts.later.onMyList));
  await tabTo(colleague.page, texts.later.copyLink, named('button', texts.later.copyLink));
  await colleague.page.keyboard.press('Enter');
  await opened.getByRole('button', { name: texts.later.linkCopied }).waitFor();
  const link = await colleague.page.evaluate(() => navigator.clipboard.readText());
  await tabTo(colleague.page, texts.later.reply, named('textarea', texts.later.reply));
  await colleague.page.keyboard.type(WRITTEN.reply);
  await colleague.page.keyboard.press('Tab');
  assert.equal((await focused(colleague.page)).name, texts.later.send);
  await colleague.page.keyboard.press('Enter');
  await expectFocus(colleague.page, 'what was posted', (focus) => focus.tag === 'li' && focus.name.includes(WRITTEN.reply));
  await assertFine(colleague.page, 'an opened entry');

  // The link opens it for its author, in the other browser, with the reply, and with who opened it.
  assert.match(link, new RegExp(`^${demo.intranet}${LOG}\\?lang=${language}#kring-entry=[\\w-]+$`));
  await other.page.goto(link);
  await other.page.reload();
  await other.log.locator('.posts').getByText(WRITTEN.reply).waitFor();
  await expectFocus(other.page, 'the entry', (focus) => focus.tag === 'h4');
  await other.log.getByText(texts.later.openedBy(PEOPLE.colleague.name)).waitFor();
  await assertFine(other.page, 'an entry that a link names');

  // The team's leader finds what was shared with the team, and nothing of what was not.
  const leader = await visit('leader', LOG);
  await rowOf(leader.log, WRITTEN.shared).waitFor();
  assert.equal(await rowOf(leader.log, WRITTEN.mine).count(), 0);
  await find(leader.page, leader.log, texts, WORD.shared);
  await leader.log.getByRole('status').getByText(texts.later.foundSome).waitFor();
  await find(leader.page, leader.log, texts, WORD.mine);
  await leader.log.getByText(texts.later.nothingFound).waitFor();
  assert.equal(await leader.log.locator('.row').count(), 0);
  await assertFine(leader.page, 'nothing found');

  await savesOnceWhenOnline(home.page, home.log, texts);
  await find(leader.page, leader.log, texts, 'regenboog');
  await leader.log.getByText(texts.later.nothingFound).waitFor();
  await other.page.goto(`${demo.intranet}${LOG}?lang=${language}`);
  await other.log.locator('.row').first().waitFor();
  await find(other.page, other.log, texts, 'regenboog');
  await rowOf(other.log, WRITTEN.offline).waitFor();
  assert.equal(await rowOf(other.log, WRITTEN.offline).count(), 1);

  await losesNoVersion(home, other, link, texts);
  await assertPolicyKept(demo, home.page);
}

type Texts = (typeof LOG_TEXTS)[Language];

interface Seen {
  readonly page: Page;
  readonly log: Locator;
}

const opens = (focus: Focused) => focus.tag === 'button' && focus.within === 'kring-learning-log' && focus.name.includes(PEOPLE.author.name);

const rowOf = (log: Locator, text: string) => log.locator('.row').filter({ hasText: text });

/** From the page's beginning to the field; what was in it is not there any more. */
async function write(page: Page, texts: Texts, text: string, kind: 'insight' | 'mistake' = 'insight'): Promise<void> {
  await tabTo(page, 'the kinds', (focus) => focus.within === 'kring-learning-log' && focus.type === 'radio');
  if (kind === 'mistake') await page.keyboard.press('ArrowRight');
  assert.equal((await focused(page)).name, texts.form.kinds[kind][0]);
  await page.keyboard.press('Tab');
  assert.deepEqual(named('textarea', texts.form.kinds[kind][1])(await focused(page)), true, 'the text comes after the kinds');
  await page.keyboard.type(text);
}

/** Looks for a word in the list, and waits until that is the list. */
async function find(page: Page, log: Locator, texts: Texts, word: string): Promise<void> {
  await tabTo(page, texts.later.search, (focus) => focus.type === 'search');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
  await log.getByText(texts.later.filtered({ kind: undefined, project: undefined, tag: undefined, person: undefined, month: undefined, search: word })).waitFor();
}

/** A colleague with the full log open, to whom the server's stream has begun. */
async function colleagueListening(demo: RunningDemo, context: BrowserContext, language: Language): Promise<Seen & { loads(): number }> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.intranet });
  const page = await context.newPage();
  let loads = 0;
  page.on('domcontentloaded', () => { loads += 1; });
  const stream = page.waitForResponse((response) => new URL(response.url()).pathname === LOG_NEWS_PATH);
  await page.goto(`${demo.intranet}/sign-in?as=${PEOPLE.colleague.id}&to=${encodeURIComponent(`${LOG}?lang=${language}`)}`);
  const log = page.locator('kring-learning-log');
  await log.locator('.row').first().waitFor();
  const answer = await stream;
  assert.equal(new URL(answer.url()).origin, demo.server);
  assert.equal(answer.status(), 200);
  const headers = await answer.allHeaders();
  assert.match(headers['content-type'] ?? '', /^text\/event-stream/);
  assert.ok(['*', demo.intranet].includes(headers['access-control-allow-origin'] ?? ''), 'the intranet may read it');
  return { page, log, loads: () => loads };
}

/** Without a network it is said that something is not kept yet; with one, it goes, once. */
async function savesOnceWhenOnline(page: Page, log: Locator, texts: Texts): Promise<void> {
  const context = page.context();
  let answers = 0;
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && new URL(response.url()).pathname === LOG_ENTRIES_PATH) answers += 1;
  });
  await write(page, texts, WRITTEN.offline);
  await context.setOffline(true);
  await page.keyboard.press('Control+Enter');
  const unsent = log.locator('.unsent li').filter({ hasText: WRITTEN.offline });
  await unsent.getByText(texts.writing.waiting.offline).waitFor();
  assert.equal(await log.getByText(texts.writing.saved(texts.form.onlyYou)).count(), 0, 'nothing says that it is saved');
  await assertFine(page, 'what is not kept yet');
  await context.setOffline(false);
  await log.locator('.note').filter({ hasText: texts.writing.saved(texts.form.onlyYou) }).waitFor();
  await unsent.waitFor({ state: 'detached' });
  assert.equal(answers, 1);
}

/** Two devices change one entry: the second is asked, and both texts go on. */
async function losesNoVersion(one: Seen, two: Seen, link: string, texts: Texts): Promise<void> {
  const [first, second] = ['Op de telefoon erbij.', 'Op de laptop erbij.'];
  for (const { page, log } of [one, two]) {
    await page.goto(link);
    await page.reload();
    await log.locator('.opened[data-entry]').waitFor();
    await tabTo(page, texts.later.edit, named('button', texts.later.edit));
    await page.keyboard.press('Enter');
    await expectFocus(page, 'the text', (focus) => focus.tag === 'textarea');
  }
  const add = async ({ page }: Seen, text: string) => {
    await page.keyboard.press('Control+End');
    await page.keyboard.type(` ${text}`);
    await page.keyboard.press('Control+Enter');
  };
  await add(one, first);
  await one.log.locator('.opened').getByText(first).waitFor();
  await add(two, second);
  const merge = two.log.getByRole('region', { name: texts.writing.differs.title });
  await merge.getByText(first).waitFor();
  await merge.getByText(second).waitFor();
  await assertFine(two.page, 'two versions of one entry');
  await tabTo(two.page, texts.writing.makeOne, named('button', texts.writing.makeOne));
  await two.page.keyboard.press('Enter');
  await expectFocus(two.page, 'the text', (focus) => focus.tag === 'textarea');
  await two.page.keyboard.press('Control+Enter');
  await two.log.locator('.note').filter({ hasText: texts.writing.saved('').trim() }).waitFor();
  await one.page.reload();
  const opened = one.log.locator('.opened');
  await opened.getByText(first).waitFor();
  await opened.getByText(second).waitFor();
}
