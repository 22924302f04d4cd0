import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { auditOf, read } from './harness/admin.js';
import { browserChoices, openBrowser } from './harness/browser.js';
import { makeCard, type TestCard } from './harness/cards.js';
import {
  adjustButton,
  fillAdjustment,
  giveKey,
  openCard,
  openConsole,
  overflowOf,
  signIn,
  type ConsoleTab,
} from './harness/console.js';
import { createDatabase, type TestDatabase } from './harness/database.js';
import { startGateway, type GatewayProcess } from './harness/gateway-process.js';

describe("the operators' page", () => {
  let database: TestDatabase;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    database = await createDatabase();
    gateway = await startGateway({ DATABASE_URL: database.url, ROLES: 'admin' });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.drop();
  });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(gateway.internalUrl + path, { headers });

  it('is handed out under a policy that lets it load its own files, call its own gateway, and nothing else', async () => {
    for (const path of ['/console', '/console/']) {
      const page = await get(path);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const policy = page.headers.get('content-security-policy')?.split('; ') ?? [];
      expect(policy).toEqual(
        expect.arrayContaining(["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"]),
      );
      expect(policy.filter((rule) => /unsafe|https?:|data:|\*/.test(rule))).toEqual([]);
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('names no outside address, and its files are kept by browsers as long as they stay the same', async () => {
    const index = await (await get('/console')).text();
    const files = [...index.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(files.filter((path) => !path.startsWith('/console/'))).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const path of files) {
      const file = await get(path);
      const etag = file.headers.get('etag') ?? '';
      expect([file.status, (await get(path, { 'if-none-match': etag })).status]).toEqual([200, 304]);
      if (path.includes('/assets/')) expect(file.headers.get('cache-control')).toContain('immutable');
      const addresses = [...(await file.text()).matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address);
      // Names of markup languages, which nobody asks for.
      expect(addresses.filter((address) => address !== 'http://www.w3.org')).toEqual([]);
    }
    expect((await get('/console/assets/none.js')).status).toBe(404);
    expect((await get('/console/..%2fpackage.json')).status).toBe(404);
  });

  it('is not there without the role admin', async () => {
    const orders = await startGateway({ DATABASE_URL: database.url, ROLES: 'orders' });
    try {
      for (const path of ['/console', '/admin/whoami', '/admin/cards']) {
        expect((await fetch(orders.internalUrl + path)).status).toBe(404);
      }
    } finally {
      await orders.stop();
    }
  });

  for (const program of browserChoices()) {
    describe('in a browser', () => {
      let browser: Browser;
      let tab: ConsoleTab;
      let page: Page;
      let card: TestCard;
      beforeAll(async () => {
        browser = await openBrowser(program);
      });
      afterAll(() => browser.close());
      beforeEach(async () => {
        card = await makeCard(database);
        tab = await openConsole(browser, gateway);
        ({ page } = tab);
      });
      afterEach(async () => {
        await tab.close();
        expect(tab.faults).toEqual([]);
        expect(tab.asked.filter((address) => !address.startsWith(gateway.internalUrl))).toEqual([]);
        expect(tab.asked.join('\n')).not.toContain('test-admin-key');
      });
      const balanceOf = async (): Promise<string> => {
        const { body } = await read<{ balance: { available: string } }>(gateway, `/cards/${card.number}`);
        return body.balance.available;
      };
      const available = (sum: string) =>
        page.locator('[data-testid=available]', { hasText: new RegExp(`^${sum}$`) }).waitFor();

      it('asks for a key, refuses a wrong one, keeps the right one over a reload and forgets it on leaving', async () => {
        await giveKey(page, 'wrong key, ключ');
        await page.getByRole('alert').getByText('The gateway does not know this key.').waitFor();
        await signIn(page);
        await page.getByText('Signed in as ops').waitFor();
        expect(page.url()).not.toContain('test-admin-key');
        await page.reload();
        await page.getByRole('heading', { name: 'Cards' }).waitFor();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'Sign in' }).waitFor();
        expect(
          await page.evaluate<number>('sessionStorage.length + localStorage.length + document.cookie.length'),
        ).toBe(0);
      });

      it('asks for a key again when the gateway no longer knows it', async () => {
        await signIn(page);
        await page.evaluate(`sessionStorage['vestibule.session'] = '{"key":"old","name":"ops"}'`);
        await page.reload();
        await page.getByRole('alert').getByText('Sign in again').waitFor();
        await signIn(page);
      });

      it('finds a card by phone, masks its holder in the list, and shows him on the page of the card', async () => {
        await signIn(page);
        await page.getByLabel('Phone').fill(`+${card.phone}`);
        await page.getByRole('button', { name: 'Find' }).click();
        await page.getByRole('table', { name: 'Cards found' }).waitFor();
        const row = page.getByRole('row', { name: card.number });
        expect(await row.innerText()).toContain('Вера Р.');
        expect(await page.locator('table').innerText()).not.toMatch(/Ростова|@example\.com.*vera/i);
        await row.getByRole('link').click();
        const [, code, a, b, c] = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(card.phone) ?? [];
        await page.getByText(`+7 ${code} ${a}-${b}-${c}`).waitFor();
        await page.getByText('Вера Ростова').waitFor();
        expect(page.url()).toBe(`${gateway.internalUrl}/console#/cards/${card.number}`);
        await page.goBack();
        expect(await page.getByLabel('Phone').inputValue()).toBe(`+${card.phone}`);
      });

      it('says what to correct in a search, and that nothing fits', async () => {
        await signIn(page);
        await page.getByLabel('Phone').fill('12');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText('Must be a phone number').waitFor();
        await page.getByLabel('Phone').fill('+79990000000');
        await page.keyboard.press('Enter');
        await page.getByText('No card fits').waitFor();
      });

      it('blocks a card with a reason and unblocks it, by the keyboard alone', async () => {
        await page.keyboard.press('Tab');
        await page.keyboard.type('test-admin-key');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Cards' }).waitFor();
        await page.goto(`${gateway.internalUrl}/console#/cards/${card.number}`);
        for (const [action, state] of [
          ['Block the card', 'blocked'],
          ['Unblock the card', 'active'],
        ] as const) {
          await page.locator('summary', { hasText: action }).focus();
          if (!(await page.getByRole('button', { name: action }).isVisible())) await page.keyboard.press('Enter');
          await page.keyboard.press('Tab');
          await page.keyboard.press('Tab');
          await page.keyboard.press('Enter');
          await page.getByText('Fill this in.').waitFor();
          await page.keyboard.type(`reason for ${state}`);
          await page.keyboard.press('Tab');
          await page.keyboard.press('Enter');
          await page.locator('.badge', { hasText: new RegExp(`^${state}$`) }).waitFor();
        }
        const [unblock, block] = await auditOf(gateway);
        expect([block, unblock]).toMatchObject([
          { who: 'ops', action: 'card.block', cardNumber: card.number, why: 'reason for blocked' },
          { who: 'ops', action: 'card.unblock', cardNumber: card.number, why: 'reason for active' },
        ]);
      });

      it('adjusts a balance, says the gateway’s reason when it cannot, and shows the audit', async () => {
        await signIn(page);
        await openCard(page, card.number);
        await fillAdjustment(page, { amount: '1000.50', why: 'call to +7 916 123-45-67' });
        await adjustButton(page).click();
        await page.getByText('Leave out phones and e-mails').waitFor();
        await fillAdjustment(page, { amount: '1000,50' });
        await adjustButton(page).click();
        await page.getByRole('status').getByText('+1,000.5 bonuses. Available now: 1,000.5.').waitFor();
        await available('1,000.5');
        await fillAdjustment(page, { kind: 'Debit', amount: '1000.51' });
        await adjustButton(page).click();
        await page.getByRole('alert').getByText('The card has 1000.5 bonuses available').waitFor();
        await fillAdjustment(page, { kind: 'Debit', amount: '0.5' });
        await adjustButton(page).click();
        await available('1,000');
        await page.getByRole('link', { name: 'Audit' }).click();
        await page.getByRole('row', { name: '−0.5 (1,000.5 → 1,000): goodwill' }).waitFor();
        expect(await balanceOf()).toBe('1000');
      });

      it('adjusts once when the button is clicked twice, and when the answer was lost and it is clicked again', async () => {
        await signIn(page);
        await openCard(page, card.number);
        await fillAdjustment(page, { amount: '5' });
        await adjustButton(page).dblclick();
        await available('5');
        await page.route('**/balance', async (route) => {
          await route.fetch();
          await route.abort();
        });
        await fillAdjustment(page, { amount: '7' });
        await adjustButton(page).click();
        await page.getByRole('alert').getByText('does not answer').waitFor();
        await page.unroute('**/balance');
        await adjustButton(page).click();
        await available('12');
        expect(await balanceOf()).toBe('12');
      });

      it('shows what somebody called himself as a text, whatever it looks like', async () => {
        await database.pool.query(`update members set first_name = '<img src=x onerror=alert(1)>' where msisdn = $1`, [
          card.phone,
        ]);
        await signIn(page);
        await openCard(page, card.number);
        await page.getByText('<img src=x onerror=alert(1)> Ростова').waitFor();
      });

      it('fits a phone, dark or light, and names every field', async () => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const phone = await openConsole(browser, gateway, { viewport: { width: 360, height: 740 }, colorScheme });
          await signIn(phone.page);
          for (const hash of ['#/cards', `#/cards/${card.number}`, '#/audit']) {
            await phone.page.goto(`${gateway.internalUrl}/console${hash}`);
            await phone.page.locator('main table').first().waitFor();
            expect(await overflowOf(phone.page)).toBe(0);
            const nameless = 'main :is(input, select, textarea):not([id])';
            expect(await phone.page.locator(nameless).count()).toBe(0);
            for (const field of await phone.page.locator('main :is(input, select, textarea)').all()) {
              const id = await field.getAttribute('id');
              expect(await phone.page.locator(`label[for="${id}"]`).count()).toBe(1);
            }
          }
          const ground = await phone.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
          expect(ground).toBe(colorScheme === 'light' ? 'rgb(246, 247, 246)' : 'rgb(20, 24, 26)');
          await phone.close();
          expect(phone.faults).toEqual([]);
        }
      });
    });
  }
});
