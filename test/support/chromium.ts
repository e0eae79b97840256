import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.js';

/** Milliseconds after which what a test waits for counts as missing: on a machine that does much besides, a page takes long. */
export const PATIENCE = 120_000;

/** Starts the system's Chrome or Chromium, without a window. Whoever starts it closes it. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: findChromium(), ...options, args: [...CHROMIUM_FLAGS, ...(options.args ?? [])] });
  browser.on('context', (context) => { context.setDefaultTimeout(PATIENCE); });
  return browser;
}
