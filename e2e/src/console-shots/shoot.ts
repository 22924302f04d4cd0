import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../harness/browser.js';
import type { ShownPage } from './pages.js';

/** Of WebP, where 100 is the best: letters stay sharp, and all pictures together a few megabytes. */
const QUALITY = 55;
const LANGUAGES = { ru: 'ru-RU', en: 'en-GB' } as const;
const SCHEMES = ['light', 'dark'] as const;
const WINDOWS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

export interface Shoot {
  /** The Chromium. */
  readonly program: string;
  readonly url: string;
  readonly pages: readonly ShownPage[];
  readonly folder: string;
  /** What the browser's clock says, which is the gateway's. */
  readonly now: Date;
  readonly say: (line: string) => void;
}

/** Takes a picture of each page in both languages, schemes and sizes: `PAGE.LANGUAGE.SCHEME.SIZE.webp`. @returns their bytes */
export async function shoot({ program, url, pages, folder, now, say }: Shoot): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let bytes = 0;
  for (const [language, locale] of Object.entries(LANGUAGES)) {
    const browser = await openBrowser(program, language);
    for (const colorScheme of SCHEMES) {
      for (const [size, viewport] of Object.entries(WINDOWS)) {
        const options = { locale, colorScheme, viewport, timezoneId: 'Europe/Moscow' };
        const page = await openTab(browser, options, { url, now });
        for (const { name, hash } of pages) {
          await open(page, url, hash);
          const picture = await capture(page);
          await writeFile(join(folder, `${name}.${language}.${colorScheme}.${size}.webp`), picture);
          bytes += picture.length;
        }
        await page.context().close();
        say(`✓ ${language}, ${colorScheme}, ${size}: ${pages.length} pages`);
      }
    }
    await browser.close();
  }
  return bytes;
}

async function openTab(
  browser: Browser,
  options: BrowserContextOptions,
  at: { url: string; now: Date },
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.clock.setFixedTime(at.now);
  await page.goto(`${at.url}/console`);
  await page.locator('input[type=password]').fill('test-admin-key');
  await page.keyboard.press('Enter');
  await page.locator('header nav').waitFor();
  return page;
}

/** Waits until everything has been loaded; of the page before nothing stays, not even where it was scrolled to. */
async function open(page: Page, url: string, hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}/console${hash}`);
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('main:not(:has([aria-busy="true"]))').waitFor();
  // The heading has the focus for screen readers: a picture shows no caret.
  await page.evaluate('document.activeElement?.blur()');
}

async function capture(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    optimizeForSpeed: false,
  });
  await session.detach();
  return Buffer.from(data, 'base64');
}
