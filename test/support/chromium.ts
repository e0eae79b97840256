import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.js';
import { PATIENCE } from './until.ts';

/** Starts the system's Chrome or Chromium, without a window. Whoever starts it closes it. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: findChromium(), ...options, args: [...CHROMIUM_FLAGS, ...(options.args ?? [])] });
  browser.on('context', (context) => { context.setDefaultTimeout(PATIENCE); });
  return browser;
}
