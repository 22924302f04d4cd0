import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../servers/chromium.mjs';

/** Whether the machine has a real browser (`npm test` reports when it has none): none, or the one for the pages. */
export function browserChoices(): string[] {
  const program = findChromium();
  return program === undefined ? [] : [program];
}

/**
 * Starts a Chromium without a window that makes no requests of its own.
 * @param language of what the browser itself says, such as a field for a day
 */
export function openBrowser(program: string, language = 'en'): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    env: { ...process.env, LANGUAGE: language },
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}
