import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { LOG_PLACE_PATH } from '../../src/contract/learning-log-paths.ts';
import { expectFocus, focused, named, tabTo, type Focused } from '../support/keyboard.ts';
import { assertFine, LOG_TEXTS } from '../support/log-walks.ts';
import { describeWalk, type Walk } from '../support/walks.ts';

type Language = keyof typeof LOG_TEXTS;
type Texts = (typeof LOG_TEXTS)[Language];

const PEOPLE = {
  author: { id: 'amira-bouzid', name: 'Amira Bouzid' },
  colleague: { id: 'daan-wiersma', name: 'Daan Wiersma' },
  other: { id: 'thijs-van-der-plas', name: 'Thijs van der Plas' },
} as const;

/** What is written; no word of it is in what the demo begins with. */
const WRITTEN = {
  entry: 'Kievitsbloem: ik hield een vraag voor me tot het te laat was.',
  lookAt: 'Is het te hard voor mezelf?',
  review: ['Je ziet het zelf.', 'Wie had je kunnen bellen?', 'Stel hem morgen.'],
  takesReview: 'Ik stel hem morgen.',
  question: 'Wat houdt jullie tegen om iets te vragen?',
  asks: 'Wie zat erbij?',
  tells: 'Alleen een klant.',
  wouldDo: 'Ik zou het eerst opschrijven.',
  takesGroup: 'Opschrijven, en dan vragen.',
  outcome: 'Twee keer gedaan.',
} as const;

interface Seen {
  readonly page: Page;
  readonly log: Locator;
}

describeWalk('what colleagues do together in the learning log, by keyboard alone', 'from what came meanwhile to what a group gives', walk);

async function walk({ demo, language, newContext }: Walk): Promise<void> {
  const texts = LOG_TEXTS[language];
  const visit = async (who: keyof typeof PEOPLE): Promise<Seen> => {
    const page = await (await newContext()).newPage();
    await page.goto(`${demo.intranet}/sign-in?as=${PEOPLE[who].id}&to=${encodeURIComponent(`/leerlogboek?lang=${language}`)}`);
    return { page, log: await shown(page) };
  };

  const author = await visit('author');
  await readsTheDigest(author, texts);
  await answersAnIntention(author, texts);
  await filters(author, texts);

  const colleague = await visit('colleague');
  await peerReview(author, colleague, texts);
  await intervision(author, colleague, await visit('other'), texts);
}

/** What others did is read, and gone: the list is what comes next. */
async function readsTheDigest({ page, log }: Seen, { later }: Texts): Promise<void> {
  const digest = log.locator('.digest');
  await digest.waitFor();
  await tabTo(page, later.digest.dismiss, named('button', later.digest.dismiss));
  await page.keyboard.press('Enter');
  await digest.waitFor({ state: 'detached' });
  await expectFocus(page, 'the list’s heading', named('h3', later.title));
  const place = page.waitForResponse((response) => new URL(response.url()).pathname === LOG_PLACE_PATH);
  await page.reload();
  await (await place).finished();
  await shown(page);
  assert.equal(await log.locator('.digest').count(), 0, 'it was read');
}

/** Whether it was tried, with what came of it; and otherwise, from what was written then. */
async function answersAnIntention({ page, log }: Seen, { later }: Texts): Promise<void> {
  const { intentions } = later;
  const due = log.locator('.due');
  await due.waitFor();
  await tabTo(page, intentions.question, named('textarea', intentions.question));
  await page.keyboard.type(WRITTEN.outcome);
  await tabTo(page, intentions.answers.tried, named('button', intentions.answers.tried));
  await page.keyboard.press('Enter');
  await due.locator('.kept').getByText(intentions.answered.tried).waitFor();
  await expectFocus(page, 'what was answered', (focus) => focus.tag === 'li' && focus.name.includes(WRITTEN.outcome));
  await assertFine(page, 'an intention that was answered');
  await tabTo(page, intentions.reopen, named('button', intentions.reopen));
  await page.keyboard.press('Enter');
  await expectFocus(page, 'what was written then', named('textarea', intentions.question));
  assert.equal(await due.locator('textarea').inputValue(), WRITTEN.outcome);
  await tabTo(page, intentions.answers['not-tried'], named('button', intentions.answers['not-tried']));
  await page.keyboard.press('Enter');
  await due.locator('.kept').getByText(intentions.answered['not-tried']).waitFor();
  // It stands among what was answered, as it was said last.
  await page.reload();
  await shown(page);
  await tabTo(page, 'the lists', (focus) => focus.tag === 'button' && focus.name === later.lists.all);
  await page.keyboard.press('End');
  await expectFocus(page, later.lists.intentions, named('button', later.lists.intentions));
  const answered = log.locator('.intention').filter({ hasText: WRITTEN.outcome });
  await answered.getByText(intentions.states['not-tried'], { exact: true }).waitFor();
  await page.keyboard.press('Home');
  await log.locator('.row').first().waitFor();
}

/** By kind and by colleague, and all again. */
async function filters({ page, log }: Seen, { later }: Texts): Promise<void> {
  await tabTo(page, later.filters.title, named('summary', later.filters.title));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).tag, 'select', 'the kinds come first');
  // The first letter of a choice chooses it; between more of them there may be no pause.
  await page.keyboard.press(later.kinds.experiment.charAt(0));
  const none = { search: undefined, kind: undefined, project: undefined, tag: undefined, person: undefined, month: undefined };
  await log.getByText(later.filtered({ ...none, kind: later.kinds.experiment })).waitFor();
  await tabTo(page, later.filters.person, isForPeople);
  await page.keyboard.type('daan');
  await log.locator('[role=listbox] [role=option]').filter({ hasText: PEOPLE.colleague.name }).waitFor();
  await page.keyboard.press('Enter');
  await log.getByText(later.filtered({ ...none, kind: later.kinds.experiment, person: PEOPLE.colleague.name })).waitFor();
  const row = log.locator('.row');
  await row.first().waitFor();
  for (const said of await row.allInnerTexts()) {
    assert.ok(said.includes(PEOPLE.colleague.name) && said.includes(later.kinds.experiment), said);
  }
  await assertFine(page, 'a list that is filtered');
  await tabTo(page, later.clearFilters, named('button', later.clearFilters));
  await page.keyboard.press('Enter');
  await expectFocus(page, later.search, (focus) => focus.type === 'search');
  await row.nth(4).waitFor();
}

/** Asked of one colleague, who answers three questions; its author ends it with what it brought. */
async function peerReview(author: Seen, colleague: Seen, texts: Texts): Promise<void> {
  const { later } = texts;
  const { page, log } = author;
  await page.reload();
  await shown(page);
  await tabTo(page, 'the kinds', (focus) => focus.within === 'kring-learning-log' && focus.type === 'radio');
  await page.keyboard.press('Tab');
  await page.keyboard.type(WRITTEN.entry);
  await page.keyboard.press('Control+Enter');
  await log.getByText(texts.writing.saved(texts.form.onlyYou)).first().waitFor();
  const row = log.locator('.row').filter({ hasText: WRITTEN.entry });
  await row.waitFor();
  await tabTo(page, 'the entry', (focus) => focus.tag === 'button' && focus.name === `${later.kinds.insight}, ${later.you}`);
  await page.keyboard.press('Enter');
  await row.locator('.asking').waitFor();

  await ask(author, texts, 'peer-review', WRITTEN.lookAt, [PEOPLE.colleague.name]);
  await row.locator('.help').getByText(later.standing.reviewWaits(PEOPLE.colleague.name)).waitFor();

  const help = await openAsked(colleague, later.waits.yours(PEOPLE.author.name));
  await help.getByText(later.standing.reviewYours(PEOPLE.author.name)).waitFor();
  await assertFine(colleague.page, 'a peer review that one is asked for');
  // In the order in which they are read: three fields, and the button.
  await tabTo(colleague.page, 'the first question', named('textarea', later.reviewQuestions[0] ?? ''));
  for (const [at, answer] of WRITTEN.review.entries()) {
    assert.equal((await focused(colleague.page)).name, later.reviewQuestions[at]);
    await colleague.page.keyboard.type(answer);
    await colleague.page.keyboard.press('Tab');
  }
  await press(colleague.page, later.steps.review(false).button);
  await expectFocus(colleague.page, 'the answer', post(WRITTEN.review[2]));
  await help.getByText(later.standing.answeredTheirs(PEOPLE.author.name)).waitFor();

  await page.reload();
  await shown(page);
  const back = await openAsked(author, later.waits.answer);
  await back.getByText(later.standing.answeredYours(PEOPLE.colleague.name)).waitFor();
  await write(author, later.steps.takes(true), WRITTEN.takesReview);
  await back.getByText(later.standing.ended).waitFor();
}

/** Asked of two, of whom one declines: facts, what each would do, and what its author takes from it. */
async function intervision(author: Seen, colleague: Seen, other: Seen, texts: Texts): Promise<void> {
  const { later } = texts;
  await ask(author, texts, 'intervision', WRITTEN.question, [PEOPLE.colleague.name, PEOPLE.other.name]);
  const asked = author.log.locator('.help').last();
  await asked.getByText(later.standing.factsYours).waitFor();
  await assertFine(author.page, 'an intervision that one asked for');

  // Without a reason.
  const declined = await openAsked(other, later.waits.yours(PEOPLE.author.name));
  await act(other.page, later.acts.decline);
  await expectFocus(other.page, 'what was asked', named('h5', later.helpKinds.intervision));
  await declined.getByText(later.standing.youDeclined).waitFor();
  await other.log.getByRole('status').getByText(later.acts.decline.done).waitFor({ state: 'attached' });

  const own = await openAsked(colleague, later.waits.yours(PEOPLE.author.name));
  await own.getByText(later.standing.factsAsk(PEOPLE.author.name)).waitFor();
  await write(colleague, later.steps.facts(false), WRITTEN.asks);

  await again(author, asked, WRITTEN.asks);
  await write(author, later.steps.facts(true), WRITTEN.tells);
  await act(author.page, later.acts['move-on']);
  await expectFocus(author.page, 'what was asked', named('h5', later.helpKinds.intervision));
  await asked.getByText(later.standing.wouldDoTheirs(PEOPLE.colleague.name)).waitFor();

  await again(colleague, own, WRITTEN.tells);
  await write(colleague, later.steps['would-do'](false), WRITTEN.wouldDo);
  await own.getByText(later.standing.wouldDoDone(PEOPLE.author.name)).waitFor();

  await again(author, asked, WRITTEN.wouldDo);
  await asked.getByText(later.standing.wouldDoTheirs(undefined)).waitFor();
  await write(author, later.steps.takes(true), WRITTEN.takesGroup);
  await asked.getByText(later.standing.ended).waitFor();
  await assertFine(author.page, 'an intervision that is finished');

  await again(colleague, own, WRITTEN.takesGroup);
}

/** Asks colleagues for help with the entry that is open. */
async function ask({ page, log }: Seen, { later }: Texts, kind: 'peer-review' | 'intervision', question: string, people: readonly string[]): Promise<void> {
  await tabTo(page, later.helpKinds[kind], named('button', later.helpKinds[kind]));
  await page.keyboard.press('Enter');
  await expectFocus(page, later.askQuestion[kind], named('textarea', later.askQuestion[kind]));
  await page.keyboard.type(question);
  await page.keyboard.press('Tab');
  assert.ok(isForPeople(await focused(page)), 'the colleagues come after the question');
  for (const [at, name] of people.entries()) {
    await page.keyboard.type(name);
    await log.locator('.asking [role=option]').filter({ hasText: name }).waitFor();
    await page.keyboard.press('Enter');
    await log.locator('.asking .chips button').nth(at).waitFor();
  }
  await tabTo(page, later.ask, named('button', later.ask));
  await page.keyboard.press('Enter');
  await expectFocus(page, 'what was asked', named('h5', later.helpKinds[kind]));
}

/** Opens what waits for somebody from where that is said, and finds the request in it that is the latest. */
async function openAsked({ page, log }: Seen, says: string): Promise<Locator> {
  await page.reload();
  await shown(page);
  await log.locator('[data-asked]').filter({ hasText: says }).filter({ hasText: 'Kievitsbloem' }).waitFor();
  await tabTo(page, 'the entry that waits', (focus) => focus.tag === 'button' && focus.name.startsWith('Kievitsbloem'));
  await page.keyboard.press('Enter');
  const help = log.locator('.help').last();
  await help.waitFor();
  await expectFocus(page, 'the entry', (focus) => focus.tag === 'h4');
  return help;
}

/** Opens the entry again that was open, where somebody else wrote meanwhile. */
async function again(seen: Seen, help: Locator, text: string): Promise<void> {
  const { page, log } = seen;
  await page.reload();
  await shown(page);
  const row = log.locator('.row').filter({ hasText: 'Kievitsbloem' });
  await row.waitFor();
  const title = await row.locator('.open').evaluate((button) => button.textContent.replace(/\s+/g, ' ').trim());
  // The newest of all: the first that has such a name.
  await tabTo(page, 'the entry', (focus) => focus.tag === 'button' && focus.name === title);
  await page.keyboard.press('Enter');
  await help.getByText(text).waitFor();
}

/** Writes a step of one text, and sends it. */
async function write({ page }: Seen, { labels: [label = ''], button }: { labels: readonly string[]; button: string }, text: string): Promise<void> {
  await tabTo(page, label, named('textarea', label));
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
  await press(page, button);
  await expectFocus(page, 'what was written', post(text));
}

/** Does what is asked once more before it is done. */
async function act(page: Page, { label, ask: asks, yes }: { readonly label: string; readonly ask: string; readonly yes: string }): Promise<void> {
  await tabTo(page, label, named('button', label));
  await page.keyboard.press('Enter');
  await expectFocus(page, asks, (focus) => focus.tag === 'p');
  await page.keyboard.press('Tab');
  await press(page, yes);
}

/** Presses the button that has the focus. */
async function press(page: Page, label: string): Promise<void> {
  assert.equal((await focused(page)).name, label);
  await page.keyboard.press('Enter');
}

const post = (text: string) => (focus: Focused) => focus.tag === 'li' && focus.name.includes(text);

/** A field for colleagues: it is named by what it is for. */
const isForPeople = (focus: Focused) => focus.tag === 'input' && focus.type === '';

/** Everything is there: the form, and what was written before. */
async function shown(page: Page): Promise<Locator> {
  const log = page.locator('kring-learning-log');
  await log.locator('.row').first().waitFor();
  return log;
}
