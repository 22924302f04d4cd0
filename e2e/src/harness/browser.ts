import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../servers/chromium.mjs';

/** A real browser, where the machine has one (`npm test` says when it has not): none, or the one to try the pages in. */
export function browserChoices(): string[] {
  const program = findChromium();
  return program === undefined ? [] : [program];
}

/** Starts a Chromium without a window, that asks no address of its own for anything. */
export function openBrowser(program: string): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}
