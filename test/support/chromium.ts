import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/chromium.js';

/** Starts the system's Chrome or Chromium, without a window. Whoever starts it closes it. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), ...options, args: [...CHROMIUM_FLAGS, ...(options.args ?? [])] });
}
