import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { expectFocus, focused, named, tabTo } from '../support/keyboard.ts';
import { assertFine, LOG_TEXTS } from '../support/log-walks.ts';
import { describeWalk, type Walk } from '../support/walks.ts';

const PEOPLE = {
  author: { id: 'amira-bouzid', name: 'Amira Bouzid' },
  colleague: { id: 'daan-wiersma', name: 'Daan Wiersma' },
} as const;

/** What is written; no word of it is in what the demo begins with. */
const WRITTEN = {
  text: 'Zonnedauw: twee mensen deden hetzelfde.',
  different: 'Eerst vragen wie het al doet.',
  project: 'Zonnedauwproject',
  tag: 'dubbelwerk',
  link: 'https://example.org/zonnedauw',
} as const;

describeWalk('an entry with all that it can have, by keyboard alone', 'from More to who can no longer read it', walk);

async function walk({ demo, language, newContext }: Walk): Promise<void> {
  const { form, writing, later } = LOG_TEXTS[language];
  const visit = async (who: keyof typeof PEOPLE): Promise<{ readonly page: Page; readonly log: Locator }> => {
    const page = await (await newContext()).newPage();
    await page.goto(`${demo.intranet}/sign-in?as=${PEOPLE[who].id}&to=${encodeURIComponent(`/leerlogboek?lang=${language}`)}`);
    const log = page.locator('kring-learning-log');
    await log.locator('.row').first().waitFor();
    return { page, log };
  };
  const { page, log } = await visit('author');
  const press = (key: string) => page.keyboard.press(key);

  await tabTo(page, 'the kinds', (focus) => focus.within === 'kring-learning-log' && focus.type === 'radio');
  await press('Tab');
  await page.keyboard.type(WRITTEN.text);
  await tabTo(page, form.more, named('button', form.more));
  await press('Enter');
  await log.locator('#different').waitFor();
  await tabTo(page, writing.different, named('textarea', writing.different));
  await page.keyboard.type(WRITTEN.different);
  await tabTo(page, writing.project, named('input', writing.project));
  await page.keyboard.type(WRITTEN.project);
  await tabTo(page, writing.tags, named('input', writing.tags));
  await page.keyboard.type(WRITTEN.tag);
  await press('Enter');
  await log.getByRole('button', { name: writing.remove(WRITTEN.tag) }).waitFor();
  await tabTo(page, writing.link, named('input', writing.link));
  await page.keyboard.type(WRITTEN.link);

  // For one colleague alone: found by name, and asked about once.
  await tabTo(page, form.share, named('button', form.share));
  await press('Enter');
  await tabTo(page, 'who can read it', (focus) => focus.type === 'radio' && focus.name === writing.onlyMe);
  for (let presses = 0; presses < 4 && (await focused(page)).name !== writing.colleagues; presses += 1) await press('ArrowDown');
  await tabTo(page, writing.findColleague, (focus) => focus.tag === 'input' && focus.type === '');
  await page.keyboard.type('daan');
  await log.locator('.sharing [role=option]').filter({ hasText: PEOPLE.colleague.name }).waitFor();
  await press('Enter');
  await log.getByRole('button', { name: writing.remove(PEOPLE.colleague.name) }).waitFor();
  await assertFine(page, 'everything that can be filled in');
  await tabTo(page, form.save, named('button', form.save));
  await press('Enter');
  await expectFocus(page, 'the question', named('h3', writing.widen));
  await press('Tab');
  assert.equal((await focused(page)).name, writing.yesShare);
  await press('Enter');
  await log.locator('.note').filter({ hasText: writing.saved('').trim() }).waitFor();

  // The colleague has it, and opens it.
  const colleague = await visit('colleague');
  const theirs = colleague.log.locator('.row').filter({ hasText: WRITTEN.text.slice(0, 10) });
  await theirs.waitFor();
  await tabTo(colleague.page, 'the entry', (focus) => focus.tag === 'button' && focus.name.includes(PEOPLE.author.name));
  await colleague.page.keyboard.press('Enter');
  await theirs.locator('.opened').getByText(WRITTEN.different).waitFor();
  await theirs.locator('.opened').locator(`a[href="${WRITTEN.link}"]`).waitFor();

  // Its author finds it back by its project, its tag and its month.
  await page.reload();
  const row = log.locator('.row').filter({ hasText: WRITTEN.text.slice(0, 10) });
  await row.waitFor();
  await tabTo(page, later.filters.title, named('summary', later.filters.title));
  await press('Enter');
  for (const choice of [WRITTEN.project, WRITTEN.tag]) {
    await press('Tab');
    if (choice === WRITTEN.project) await press('Tab');
    assert.equal((await focused(page)).tag, 'select');
    await page.keyboard.type(choice);
  }
  await press('Tab');
  await press('ArrowDown');
  const month = await log.locator('.filters select').nth(3).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
  assert.ok(month);
  const none = { search: undefined, kind: undefined, person: undefined };
  await log.getByText(later.filtered({ ...none, project: WRITTEN.project, tag: WRITTEN.tag, month })).waitFor();
  await row.waitFor();
  assert.equal(await log.locator('.row').count(), 1);

  // And takes it back: told beforehand who has opened it.
  await tabTo(page, 'the entry', (focus) => focus.tag === 'button' && focus.name.startsWith(later.kinds.insight));
  await press('Enter');
  await tabTo(page, later.edit, named('button', later.edit));
  await press('Enter');
  await expectFocus(page, 'the text', (focus) => focus.tag === 'textarea');
  assert.equal(await log.locator('#project').inputValue(), WRITTEN.project);
  await tabTo(page, form.share, named('button', form.share));
  await press('Enter');
  await tabTo(page, 'who can read it', (focus) => focus.type === 'radio' && focus.name === writing.colleagues);
  for (let presses = 0; presses < 4 && (await focused(page)).name !== writing.onlyMe; presses += 1) await press('ArrowUp');
  await log.getByText(writing.openedBy([PEOPLE.colleague.name], false, false)).waitFor();
  await assertFine(page, 'an entry that fewer can read');
  await tabTo(page, form.saveChange, named('button', form.saveChange));
  await press('Enter');
  await log.getByText(writing.saved(form.onlyYou)).first().waitFor();
  await colleague.page.reload();
  await colleague.log.locator('.row').first().waitFor();
  assert.equal(await theirs.count(), 0);
}
