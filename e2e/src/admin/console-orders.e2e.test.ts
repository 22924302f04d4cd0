import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { ask, auditOf } from '../harness/admin.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { giveKey, openConsole, overflowOf } from '../harness/console.js';
import { describeInBrowser, expectClean } from '../harness/in-browser.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { csvOfOrders, workbookOfOrders } from '../harness/order-file.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

describe("orders on the operators' page", () => {
  const { gateway, database, sandbox, restartInPlace } = withGateway({
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
      await page.getByRole('button', { name: 'Confirm, and to the next' }).click();
      await page.getByRole('alert').getByText('Check the id first.').waitFor();
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('with the same lines, for 2,800 ₽').waitFor();
      await page.getByRole('button', { name: 'Confirm, and to the next' }).click();

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
      await page.getByRole('button', { name: 'Send again, and to the next' }).click();
      await page.getByRole('alert').getByText('Sending again needs this.').waitFor();
      await untilStatus(gateway, id, 'unknown');
      await page.getByLabel('I have looked it up').check();
      await page.getByRole('button', { name: 'Send again, and to the next' }).click();
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
      await page.context().clearCookies();
      await page.reload();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    });

    it('places a workbook of 200 lines without its three bad ones, and doubles nothing when the gateway is killed in the middle', async () => {
      const {
        tab: { page },
      } = environment();
      const before = (await executedOrders(sandbox)).length;
      const file = await workbookOfOrders(200, 5_000);
      await follow(page, '#/order-files');
      await page.getByLabel(/Drop an Excel workbook/).setInputFiles({ name: 'a.xlsx', mimeType: '', buffer: file });
      await page.getByText('Lines: 200. To order: 197. Ordered already: 0. With faults: 3.').waitFor();
      await page.getByRole('row', { name: /12a 1 to 10 digits/ }).waitFor();

      const hash = page.url().split('/').at(-1) ?? '';
      // What is being sent when a process is killed would be unknown: that is another story.
      await ask(gateway, '/sending/stop', { why: 'a list of 200' });

      // Someone holds the key of a line, so that placing stops in front of it.
      const holder = await database.pool.connect();
      await holder.query('begin');
      await holder.query(
        `insert into orders (id, api_key_name, idempotency_key, request_hash, body, phones, status)
         values (gen_random_uuid(), 'console:ops', $1, '', '{}', '{}', 'accepted')`,
        [`file-${hash.slice(0, 32)}-120`],
      );
      await page.getByRole('button', { name: 'Place 197 orders' }).click();
      await page.getByText('Accepted by the gateway: 100 of 197').waitFor();
      await gateway.stop('SIGKILL');
      await holder.query('rollback');
      holder.release();
      await page.getByText('The gateway does not answer.').first().waitFor();
      await restartInPlace();
      await page.getByText('Accepted by the gateway: 197 of 197').waitFor();
      await ask(gateway, '/sending/resume', { why: 'it is placed' });
      await page.getByText('Answered by Тройка Бизнес: 197 of 197').waitFor();
      await page.reload();
      await page.getByText('Accepted by the gateway: 197 of 197').waitFor();
      expect(await executedOrders(sandbox)).toHaveLength(before + 197);
    });

    it('lets the office order from a list of 200, in Russian on a phone, and see neither the lists of others nor anything else', async () => {
      const { browser } = environment();
      const rights = { audience: 'admin', name: 'anna', role: 'office' };
      const { body } = await ask<{ secret: string }>(gateway, '/keys', rights);
      const phone = await openConsole(browser, gateway, { locale: 'ru-RU', viewport: { width: 360, height: 740 } });
      const { page } = phone;
      await page.getByLabel('Ключ администратора').fill(body.secret);
      await page.getByRole('button', { name: 'Вход' }).click();
      await page.getByRole('heading', { name: 'Из файла' }).waitFor();
      expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual(['Из файла']);
      await page
        .getByLabel(/Перетащите сюда/)
        .setInputFiles({ name: 'заказы.csv', mimeType: 'text/csv', buffer: csvOfOrders(200, 7_000) });
      await page.getByText('Строк: 200. К заказу: 197. Уже заказаны: 0. С ошибками: 3.').waitFor();
      await page.getByText('Номер вида +7 916 123-45-67.').waitFor();
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole('button', { name: 'Отправить заказов: 197' }).click();
      await page.getByText('С ответом Тройки Бизнес: 197 из 197').waitFor();
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Сохранить результат' }).click(),
      ]);
      const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\r\n');
      expect(lines).toHaveLength(198);
      expect(lines[1]).toMatch(/^2;оплачен;[0-9a-f-]{36};;\d+;2800;/);
      const placed = await fetch(`${gateway.internalUrl}/admin/order-files`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-admin-key', 'content-type': 'text/csv' },
        body: new Uint8Array(csvOfOrders(13, 8_000)),
      });
      const { progress } = (await placed.json()) as { progress: { hash: string } };
      await page.goto(`${gateway.internalUrl}/console#/order-files/${progress.hash}`);
      await page.getByRole('heading', { name: 'Выберите файл' }).waitFor();
      expect(await page.locator('progress').count()).toBe(0);
      await page.goto(`${gateway.internalUrl}/console#/order-files`);
      await page.getByRole('table', { name: 'Ваши файлы' }).waitFor();
      expect(await page.locator('tbody tr').count()).toBe(1);
      await page.goto(`${gateway.internalUrl}/console#/orders`);
      await page.getByRole('alert').getByText('Для этого нужен ключ с ролью «наблюдатель».').waitFor();
      await phone.close();
      expectClean(phone, gateway);
    });
  });
});
