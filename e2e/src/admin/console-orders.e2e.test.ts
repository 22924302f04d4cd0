import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { auditOf } from '../harness/admin.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { giveKey, openConsole, overflowOf } from '../harness/console.js';
import { describeInBrowser, expectClean } from '../harness/in-browser.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

describe("orders on the operators' page", () => {
  const { gateway, database, sandbox } = withGateway({
    sandbox: true,
    env: { ROLES: 'orders,worker,admin', TROIKA_UNKNOWN_LIMIT: '1000' },
  });

  /** An order that the stand-in executes, and answers with HTTP 500. */
  async function unknownOrder(reference: string): Promise<{ id: string; troikaOrderId: string }> {
    await setFaults(sandbox, 'http-500-after', 1, ['app_create_order']);
    const before = (await executedOrders(sandbox)).length;
    const posted = await postOrder(gateway, { body: { reference, order: SEED_ORDER } });
    const { id } = (await posted.json()) as OrderView;
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    const executed = await until('the stand-in has executed it', async () => (await executedOrders(sandbox))[before]);
    return { id, troikaOrderId: String(executed.orderId) };
  }

  /** Opens the page at an address, as a link in a message does, and signs in. */
  async function follow(page: Page, hash: string): Promise<void> {
    await page.goto(`${gateway.internalUrl}/console${hash}`);
    await giveKey(page);
  }

  describeInBrowser({ gateway, database }, (environment) => {
    it('lets a person confirm an unknown order that a link opens in three clicks, after checking the id, and goes to the next', async () => {
      const {
        tab: { page },
      } = environment();
      const other = await unknownOrder('night-1');
      const order = await unknownOrder('night-2');
      await follow(page, `#/orders/${order.id}`);
      await page.getByRole('heading', { name: 'Order night-2' }).waitFor();
      await page.getByText('HTTP 500').first().waitFor();

      await page.getByRole('radio', { name: /^Executed/ }).click();
      await page.getByLabel('Its order id there').fill(order.troikaOrderId);
      await page.getByLabel('Why').fill('seen in the account');
      await page.getByRole('button', { name: 'Decide' }).click();
      await page.getByRole('alert').getByText('Check the id first.').waitFor();
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('with the same lines, for 2,800 ₽').waitFor();
      await page.getByRole('button', { name: 'Decide' }).click();

      await page.getByText('Order night-2 is confirmed.').waitFor();
      await page.getByRole('heading', { name: 'Order night-1' }).waitFor();
      expect(page.url()).toContain(other.id);
      await untilStatus(gateway, order.id, 'confirmed');
      expect((await auditOf(gateway)).find(({ action }) => action === 'order.resolve')).toMatchObject({
        who: 'ops',
        action: 'order.resolve',
        orderId: order.id,
        why: 'seen in the account',
      });
    });

    it('asks a second time before an order is sent again, and names what a wrong id would lead to', async () => {
      const {
        tab: { page },
      } = environment();
      const { id } = await unknownOrder('again-1');
      await follow(page, `#/orders/${id}`);
      await page.getByRole('radio', { name: /^Executed/ }).click();
      await page.getByLabel('Its order id there').fill('987654321');
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('A confirmation would be refused').waitFor();

      await page.getByRole('radio', { name: /^Not created, send it again/ }).click();
      await page.getByLabel('Why').fill('not in the account');
      await page.getByRole('button', { name: 'Decide' }).click();
      await page.getByRole('alert').getByText('Sending again needs this.').waitFor();
      await untilStatus(gateway, id, 'unknown');
      await page.getByLabel('I have looked it up').check();
      await page.getByRole('button', { name: 'Decide' }).click();
      await untilStatus(gateway, id, 'confirmed');
    });

    it('shows in Russian, on a phone, why sending is stopped and what waits, and takes the brake off again', async () => {
      const { browser } = environment();
      await unknownOrder('stopped-1');
      const phone = await openConsole(browser, gateway, {
        locale: 'ru-RU',
        colorScheme: 'dark',
        viewport: { width: 360, height: 740 },
      });
      const { page } = phone;
      await page.getByLabel('Ключ администратора').fill('test-admin-key');
      await page.getByRole('button', { name: 'Вход' }).click();
      await page.getByText('Заказы отправляются.').waitFor();
      await page.locator('summary', { hasText: 'Остановить отправку' }).click();
      await page.getByLabel('Почему').fill('проверка тормоза');
      await page.getByRole('button', { name: 'Остановить отправку' }).click();
      await page.getByText('Её остановил человек.').waitFor();
      expect(await overflowOf(page)).toBe(0);
      await page.locator('summary', { hasText: 'Возобновить отправку' }).click();
      await page.getByLabel('Почему').fill('проверка окончена');
      await page.getByRole('button', { name: 'Возобновить отправку' }).click();
      await page.getByText('Заказы отправляются.').waitFor();
      await page.getByRole('link', { name: 'исход неизвестен' }).click();
      await page.getByRole('link', { name: 'stopped-1' }).click();
      await page.getByRole('heading', { name: 'Заказ stopped-1' }).waitFor();
      expect(await overflowOf(page)).toBe(0);
      await phone.close();
      expectClean(phone, gateway);
    });

    it('leads with J and K from one waiting order to the next and back', async () => {
      const {
        tab: { page },
      } = environment();
      const older = await unknownOrder('key-1');
      const newer = await unknownOrder('key-2');
      await follow(page, `#/orders/${newer.id}`);
      await page.getByRole('link', { name: 'Next' }).waitFor();
      await page.keyboard.press('j');
      await page.getByRole('heading', { name: 'Order key-1' }).waitFor();
      await page.getByRole('link', { name: 'Previous' }).waitFor();
      await page.keyboard.press('k');
      await page.getByRole('heading', { name: 'Order key-2' }).waitFor();
      expect(page.url()).not.toContain(older.id);
    });

    it('lead to the queue in Bull Board, which takes the key of the session, and without one to the sign-in', async () => {
      const {
        tab: { page },
      } = environment();
      await giveKey(page);
      await page.getByRole('link', { name: 'Queue', exact: true }).click();
      await page.getByText('send', { exact: true }).first().waitFor();
      await page.evaluate('sessionStorage.clear()');
      await page.reload();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    });
  });
});
