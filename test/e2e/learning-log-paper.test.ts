import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import en from '../../widgets/learning-log/texts/en.later.ts';
import nl from '../../widgets/learning-log/texts/nl.later.ts';
import { LOG_ENTRIES_PATH } from '../../src/contract/learning-log-paths.ts';
import { describeWalk, type Walk } from '../support/walks.ts';

/** The width of a sheet of A4 without its margins, in CSS pixels. */
const SHEET = { width: 718, height: 1000 };

const LINK = `https://example.org/${'a-long-address-'.repeat(12)}`;
const TEXT = `Zie [de uitleg](https://example.org/uitleg) of <https://example.org/meer>.\n\n\`\`\`\n${'regel zonder einde '.repeat(20)}\n\`\`\``;

describeWalk('what is one’s own in the learning log', 'from the page that is taken along to paper', walk);

async function walk({ demo, language, newContext }: Walk): Promise<void> {
  const { owning, ...texts } = language === 'nl' ? nl : en;
  const context = await newContext();
  const page = await context.newPage();
  await page.goto(`${demo.intranet}/sign-in?as=amira-bouzid&to=${encodeURIComponent(`/leerlogboek?lang=${language}`)}`);
  const log = page.locator('kring-learning-log');
  await log.locator('.later h3').first().waitFor();
  await page.evaluate(
    async ({ address, entry }) => {
      const { token } = (await (await fetch('/leerkring-token')).json()) as { readonly token: string };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const { status } = await fetch(address, { method: 'POST', headers, body: JSON.stringify(entry) });
      if (status !== 200) throw new Error(String(status));
    },
    { address: `${demo.server}${LOG_ENTRIES_PATH}`, entry: { key: crypto.randomUUID(), kind: 'insight', text: TEXT, link: LINK } },
  );
  await log.locator('#log-tab-mine').click();
  await log.getByText(owning.title, { exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), log.getByRole('button', { name: owning.page, exact: true }).click()]);
  const file = await readFile(await download.path(), 'utf8');

  // It asks nobody for anything, not even on somebody else's computer.
  const sheet = await context.newPage();
  const requests: string[] = [];
  sheet.on('request', (request) => requests.push(request.url()));
  await sheet.setViewportSize(SHEET);
  await sheet.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await sheet.setContent(file);
  await sheet.getByRole('heading', { level: 1, name: texts.export.title }).waitFor();
  assert.deepEqual(requests, []);

  const look = await sheet.evaluate(() => {
    const links = [...document.querySelectorAll('a')];
    return {
      ink: getComputedStyle(document.body).color,
      paper: getComputedStyle(document.documentElement).backgroundColor,
      wide: document.documentElement.scrollWidth,
      cut: [...document.querySelectorAll('pre, p, li')].filter((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 0).length,
      links: Object.fromEntries(links.map((link) => [link.textContent, getComputedStyle(link, '::after').content])),
      headings: [...document.querySelectorAll('h2, h3')].every((heading) => getComputedStyle(heading).breakAfter === 'avoid'),
    };
  });
  assert.deepEqual([look.ink, look.paper], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], 'whatever the screen prefers');
  assert.equal(look.wide, SHEET.width, 'nothing runs off the sheet');
  assert.equal(look.cut, 0);
  assert.ok(look.headings, 'no heading stays behind at the foot of a sheet');
  // An address that can't be clicked can be read, once.
  assert.equal(look.links['de uitleg'], '" (https://example.org/uitleg)"');
  assert.equal(look.links['https://example.org/meer'], 'none');
  assert.equal(look.links[LINK], 'none');

  // And a browser makes sheets of it.
  const paper = await sheet.pdf({ format: 'A4' });
  assert.ok((paper.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length > 1);
}
