import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { WidgetDemo } from '../../src/ui/demo.ts';

/** A page of its own, in which functions of a test can run as they are written. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  // The compiler keeps functions' names by a helper that stays behind when a function is sent to the page.
  await context.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  return context.newPage();
}

/** What the page complains of from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** One request to a demo's server. */
export interface Asked {
  readonly path: string;
  readonly body: string;
  answered: boolean;
}

/** The demos' servers, as if they were on the network. */
export async function answerDemos(page: Page, widgets: readonly string[]): Promise<Asked[]> {
  let answer: typeof fetch = () => Promise.reject(new TypeError('Nobody answers there.'));
  for (const widget of widgets) {
    const { demoFetch } = (await import(new URL(`../../widgets/${widget}/demo.ts`, import.meta.url).href)) as WidgetDemo;
    answer = demoFetch(answer);
  }
  const asked: Asked[] = [];
  await page.route('https://*.demo.invalid/**', async (route) => {
    const request = route.request();
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*, authorization' };
    if (request.method() === 'OPTIONS') return route.fulfill({ headers });
    const body = request.postData();
    const one: Asked = { path: new URL(request.url()).pathname, body: body ?? '', answered: false };
    asked.push(one);
    const response = await answer(request.url(), {
      method: request.method(),
      headers: await request.allHeaders(),
      ...(body === null ? {} : { body }),
    });
    const type = response.headers.get('content-type') ?? '';
    await route.fulfill({ status: response.status, headers: { ...headers, 'content-type': type }, body: await response.text() });
    one.answered = true;
  });
  return asked;
}
