import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from './chromium.js';
import { buildGallery, serveGallery } from './gallery-site.js';

/** A contact sheet of everything that the gallery shows: states as rows, looks as columns, for people to look at. */

const OUT = join(import.meta.dirname, '..', 'gallery-shots');
const WIDTHS = [320, 760];
/** @type {readonly { name: string, theme: string, forcedColors?: 'active' }[]} */
const LOOKS = [
  { name: 'light', theme: 'light' },
  { name: 'dark', theme: 'dark' },
  { name: 'high contrast', theme: 'contrast' },
  { name: 'forced colours', theme: 'light', forcedColors: 'active' },
  { name: 'an intranet', theme: 'intranet' },
];

const { values, positionals } = parseArgs({
  options: { lang: { type: 'string', default: 'nl' }, size: { type: 'string', default: '100' } },
  allowPositionals: true,
});

await buildGallery();
const site = await serveGallery();
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
  rmSync(OUT, { recursive: true, force: true });
  // High enough for most elements: what is out of sight does not draw its chart.
  const page = await browser.newPage({ viewport: { width: 1280, height: 4000 }, reducedMotion: 'reduce' });
  await visit('');
  const found = await page.locator('.card h2').evaluateAll((all) => all.map(({ id, textContent }) => ({ name: id, title: textContent })));
  const widgets = found.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  let sheet = '';
  let taken = 0;
  for (const { name, title } of widgets) {
    mkdirSync(join(OUT, name), { recursive: true });
    await visit(`&widget=${name}`);
    const states = await page.locator('.shown').evaluateAll((all) =>
      all.map((one) => ({
        state: one.querySelector('.stage')?.getAttribute('data-state') ?? '',
        title: one.querySelector('h2')?.textContent.trim() ?? '',
      })),
    );
    /** @type {Record<string, string[]>} */
    const rows = {};
    for (const { theme, forcedColors, name: look } of LOOKS) {
      await page.emulateMedia({ forcedColors: forcedColors ?? 'none' });
      for (const width of WIDTHS) {
        await change(`?widget=${name}&lang=${values.lang}&size=${values.size}&theme=${theme}&width=${width}`);
        for (const { state } of states) {
          const stage = page.locator(`.stage[data-state="${state}"]`);
          await shown(stage);
          const file = `${name}/${state}-${look.replaceAll(' ', '-')}-${width}.png`;
          await stage.screenshot({ path: join(OUT, file) });
          (rows[state] ??= []).push(`<td><a href="${file}"><img src="${file}" alt="${state}, ${look}, ${width} px" width="${width / 2}" loading="lazy"></a></td>`);
          taken++;
        }
      }
    }
    await page.emulateMedia({ forcedColors: 'none' });
    const lines = states.map((one) => `<tr><th scope="row">${one.title}<br><code>${one.state}</code></th>${(rows[one.state] ?? []).join('')}</tr>`);
    sheet += `<h2>${title}</h2><table><thead><tr><td></td>${LOOKS.flatMap(({ name: look }) => WIDTHS.map((width) => `<th scope="col">${look}, ${width} px</th>`)).join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table>\n`;
  }
  writeFileSync(join(OUT, 'index.html'), frame(sheet));
  process.stdout.write(`${taken} pictures: ${join(OUT, 'index.html')}\n`);

  /** @param {string} query */
  async function visit(query) {
    await page.goto(`${site.address}?lang=${values.lang}${query}`);
    await page.waitForSelector('html[data-ready]');
  }

  /**
   * Another look, on the same elements.
   * @param {string} query
   */
  async function change(query) {
    await page.evaluate((search) => {
      history.replaceState(null, '', search);
      dispatchEvent(new PopStateEvent('popstate'));
    }, query);
    await page.waitForSelector('html[data-ready]');
  }

  /**
   * Waits for what an element shows only when it is in sight: its own measure, a chart.
   * @param {import('playwright-core').Locator} stage
   */
  async function shown(stage) {
    for (const block of /** @type {const} */ (['start', 'end'])) {
      await stage.evaluate((element, edge) => element.scrollIntoView({ block: edge }), block);
    }
    await page.waitForLoadState('networkidle');
    await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }
} finally {
  await browser.close();
  await site.close();
}

/** @param {string} content */
function frame(content) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Leerkring, every state</title>
<style>
  body { margin: 24px; font: 14px/20px system-ui, sans-serif; background: #ebe9e4; color: #1d2329; }
  table { border-spacing: 12px; }
  td, th { vertical-align: top; text-align: start; }
  thead th { position: sticky; top: 0; padding: 4px; background: #ebe9e4; font-weight: 600; }
  tbody th { min-width: 140px; font-weight: 600; }
  code { font-weight: 400; }
  img { display: block; height: auto; }
</style>
<h1>Every state</h1>
${content}</html>
`;
}
