import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { auditOf, read } from '../harness/admin.js';
import { call } from '../harness/calls.js';
import { makeCard } from '../harness/cards.js';
import { adjustButton, fillAdjustment, openCard, signIn } from '../harness/console.js';
import { describeInBrowser, type BrowserEnvironment } from '../harness/in-browser.js';
import { withGateway } from '../harness/with-gateway.js';

describe("cards on the operators' page", () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'admin' } });

  const balanceOf = async ({ gateway, card }: BrowserEnvironment): Promise<string> => {
    const { body } = await read<{ balance: { available: string } }>(gateway, `/cards/${card.number}`);
    return body.balance.available;
  };
  const available = (page: Page, sum: string): Promise<void> =>
    page.locator('[data-testid=available]', { hasText: new RegExp(`^${sum}$`) }).waitFor();

  it('are managed under the name of a key, which the page shows after signing in', async () => {
    const secret = 'test-admin-key';
    expect((await call(gateway, 'GET', '/admin/whoami', { secret })).body).toEqual({ name: 'ops', role: 'admin' });
    expect((await call(gateway, 'GET', '/admin/whoami')).status).toBe(401);
  });

  describeInBrowser({ gateway, database }, (environment) => {
    it('finds a card by phone, masks its holder in the list, and shows him on the page of the card', async () => {
      const {
        tab: { page },
        card,
        gateway,
      } = environment();
      await signIn(page);
      await page.getByLabel('Phone').fill(`+${card.phone}`);
      await page.getByRole('button', { name: 'Find' }).click();
      await page.getByRole('table', { name: 'Cards found' }).waitFor();
      const row = page.getByRole('row', { name: card.number });
      expect(await row.innerText()).toContain('Вера Р.');
      const list = await page.locator('table').innerText();
      for (const clear of ['Ростова', card.phone.slice(2), card.email]) expect(list).not.toContain(clear);
      await row.getByRole('link').click();
      const [, code, a, b, c] = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(card.phone) ?? [];
      await page.getByText(`+7 ${code} ${a}-${b}-${c}`).waitFor();
      await page.getByText('Вера Ростова').waitFor();
      expect(page.url()).toBe(`${gateway.internalUrl}/console#/cards/${card.number}`);
      await page.goBack();
      expect(await page.getByLabel('Phone').inputValue()).toBe(`+${card.phone}`);
    });

    it('says what to correct in a search, and that nothing fits', async () => {
      const {
        tab: { page },
      } = environment();
      await signIn(page);
      await page.getByLabel('Phone').fill('12');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Must be a phone number').waitFor();
      await page.getByLabel('Phone').fill('+79990000000');
      await page.keyboard.press('Enter');
      await page.getByText('No card fits').waitFor();
    });

    it('brings the next page of cards when asked, each card once', async () => {
      const { tab, database } = environment();
      for (let more = 0; more < 51; more += 1) await makeCard(database);
      await signIn(tab.page);
      const rows = tab.page.locator('tbody tr');
      await rows.nth(49).waitFor();
      expect(await rows.count()).toBe(50);
      await tab.page.getByRole('button', { name: 'Show more' }).click();
      const { rows: all } = await database.pool.query<{ number: string }>(
        'select number from cards order by created_at desc, number desc limit 100',
      );
      await rows.nth(Math.min(all.length, 100) - 1).waitFor();
      expect(await rows.locator('a').allInnerTexts()).toEqual(all.map(({ number }) => number));
    });

    it('shows that the gateway does not answer, and tries again at a click', async () => {
      const { page } = environment().tab;
      await page.route('**/admin/cards', (route) => route.abort());
      await signIn(page);
      await page.getByRole('alert').getByText('The gateway does not answer.').waitFor();
      await page.unroute('**/admin/cards');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('table').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('blocks a card with a reason and unblocks it, by the keyboard alone', async () => {
      const {
        tab: { page },
        card,
        gateway,
      } = environment();
      await page.keyboard.press('Tab');
      await page.keyboard.type('test-admin-key');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
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
      const {
        tab: { page },
        card,
      } = environment();
      await signIn(page);
      await openCard(page, card.number);
      await fillAdjustment(page, { amount: '1000.50', why: 'call to +7 916 123-45-67' });
      await adjustButton(page).click();
      await page.getByText('Leave out phones and e-mails').waitFor();
      await fillAdjustment(page, { amount: '1000,50' });
      await adjustButton(page).click();
      await page.getByRole('status').getByText('+1,000.5 bonuses. Available now: 1,000.5.').waitFor();
      await available(page, '1,000.5');
      await fillAdjustment(page, { kind: 'Debit', amount: '1000.51' });
      await adjustButton(page).click();
      await page.getByRole('alert').getByText('The card has 1000.5 bonuses available').waitFor();
      await fillAdjustment(page, { kind: 'Debit', amount: '0.5' });
      await adjustButton(page).click();
      await available(page, '1,000');
      await page.getByRole('link', { name: 'Audit' }).click();
      await page.getByRole('row', { name: '−0.5 (1,000.5 → 1,000): goodwill' }).waitFor();
      expect(await balanceOf(environment())).toBe('1000');
    });

    it('adjusts once when the button is clicked twice, and when the answer was lost and it is clicked again', async () => {
      const {
        tab: { page },
        card,
      } = environment();
      await signIn(page);
      await openCard(page, card.number);
      await fillAdjustment(page, { amount: '5' });
      await adjustButton(page).dblclick();
      await available(page, '5');
      await page.route('**/balance', async (route) => {
        await route.fetch();
        await route.abort();
      });
      await fillAdjustment(page, { amount: '7' });
      await adjustButton(page).click();
      await page.getByRole('alert').getByText('does not answer').waitFor();
      await page.unroute('**/balance');
      await adjustButton(page).click();
      await available(page, '12');
      expect(await balanceOf(environment())).toBe('12');
    });

    it('shows a name with markup as plain text', async () => {
      const {
        tab: { page },
        card,
        database,
      } = environment();
      await database.pool.query(`update members set first_name = '<img src=x onerror=alert(1)>' where msisdn = $1`, [
        card.phone,
      ]);
      await signIn(page);
      await openCard(page, card.number);
      await page.getByText('<img src=x onerror=alert(1)> Ростова').waitFor();
    });
  });
});
