import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { GatewayProcess } from './gateway-process.js';

/** The operators' page in its own tab, with its errors and requests. */
export interface ConsoleTab {
  readonly page: Page;
  /** Every address asked for. */
  readonly asked: readonly string[];
  /** Errors no one caught, and what the browser's policy refused. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

const KEY = 'test-admin-key';
/** The browser also logs errors that a test provokes. */
const EXPECTED = /Failed to load resource/;

export async function openConsole(
  browser: Browser,
  { internalUrl }: Pick<GatewayProcess, 'internalUrl'>,
  options: BrowserContextOptions = {},
): Promise<ConsoleTab> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !EXPECTED.test(line.text())) faults.push(line.text());
  });
  await page.goto(`${internalUrl}/console`);
  // The element that has the focus after navigation.
  await page.locator('h1:focus').waitFor();
  return { page, asked, faults, close: () => context.close() };
}

/** Types a key and submits it; the caller awaits the result. */
export async function giveKey(page: Page, key = KEY): Promise<void> {
  await page.getByLabel('Admin key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signIn(page: Page): Promise<void> {
  await giveKey(page);
  await page.getByRole('link', { name: 'Cards', exact: true }).click();
  await page.getByRole('heading', { name: 'Cards' }).waitFor();
}

/** Goes to the page of one card. */
export async function openCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('heading', { name: 'Holder' }).waitFor();
}

export interface AdjustmentForm {
  readonly kind?: 'Credit' | 'Debit';
  readonly amount: string;
  readonly why?: string;
}

/** Opens the form and fills it, without sending it. */
export async function fillAdjustment(page: Page, { kind = 'Credit', amount, why }: AdjustmentForm): Promise<void> {
  const amountField = page.getByLabel('Bonuses');
  if (!(await amountField.isVisible())) await page.locator('summary', { hasText: 'Adjust the balance' }).click();
  await page.getByLabel('What', { exact: true }).selectOption(kind);
  await amountField.fill(amount);
  await page.getByLabel('Description').fill('goodwill');
  await page
    .locator('form', { has: amountField })
    .getByLabel('Why')
    .fill(why ?? 'complaint 17');
}

/** The button that sends it. */
export const adjustButton = (page: Page) => page.getByRole('button', { name: 'Adjust the balance' });

/** How far the page is wider than the window, in pixels. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Whether the link to the current page is in the window. */
export function showsCurrentPage(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`(() => {
    const { left, right } = document.querySelector('header nav [aria-current]').getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
  })()`);
}
