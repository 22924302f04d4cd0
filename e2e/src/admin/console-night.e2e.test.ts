import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask, notCreated, read, statusOf } from '../harness/admin.js';
import { startAlertReceiver, type AlertReceiver } from '../harness/alert-receiver.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { openConsole, overflowOf } from '../harness/console.js';
import { countClicks, LANGUAGES, readDown, signInAs, WORDS, type Language } from '../harness/console-night.js';
import { describeInBrowser, expectClean } from '../harness/in-browser.js';
import { placeOrder } from '../harness/place-order.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/** In alerts: a gateway's own address is not known before it serves. */
const ORIGIN = 'https://vestibule.example.com';

describe("a night on the operators' page", () => {
  const { gateway, database, sandbox, restart } = withGateway({
    sandbox: true,
    env: {
      ROLES: 'orders,worker,admin',
      TROIKA_RATE_PER_SECOND: '1000',
      TROIKA_UNKNOWN_LIMIT: '1000',
      TROIKA_ACCOUNT_REFRESH_SECS: '1',
    },
  });
  let alerts: AlertReceiver;
  beforeAll(async () => {
    alerts = await startAlertReceiver();
    await restart({ ...alerts.env, ALERT_CONSOLE_URL: `${ORIGIN}/console` });
  });
  afterAll(() => alerts.close());

  /** An order that the stand-in executes, and answers with HTTP 500. */
  async function unknownOrder(reference: string): Promise<{ id: string; troikaOrderId: string }> {
    const before = (await executedOrders(sandbox)).length;
    const posted = await postOrder(gateway, { body: { reference, order: SEED_ORDER } });
    const { id } = (await posted.json()) as OrderView;
    await untilStatus(gateway, id, 'unknown');
    const executed = await until('the stand-in has executed it', async () => (await executedOrders(sandbox))[before]);
    return { id, troikaOrderId: String(executed.orderId) };
  }

  /** Orders in a state, of a key of their own. */
  async function place(count: number, status: string, reference: string): Promise<void> {
    const id = await placeOrder(database, status, { reference: `${reference}-0`, keyName: reference });
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, status, body, attempts, reference, created_at)
       select gen_random_uuid(), api_key_name, $2 || n, '', status, body, attempts, $2 || '-' || n, created_at - n * interval '1 s'
         from orders, generate_series(1, $3::integer) n where id = $1`,
      [id, reference, count - 1],
    );
  }
  async function countOf(status: string, reference: string): Promise<number> {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from orders where status = $1 and reference like $2 || '-%'`,
      [status, reference],
    );
    return rows[0]?.count ?? 0;
  }

  describeInBrowser({ gateway, database }, (environment) => {
    /** A tab in a language, signed in; it must be clean at its end. */
    async function inLanguage(language: Language, key: string, walk: (page: Page) => Promise<void>): Promise<void> {
      const tab = await openConsole(environment().browser, gateway, LANGUAGES[language]);
      await signInAs(tab.page, key, language);
      await walk(tab.page);
      expect(await overflowOf(tab.page)).toBe(0);
      await tab.close();
      expectClean(tab, gateway);
    }

    it('leads from the alert to the order that waits, its evidence and its id, and to the next in at most six clicks, in both languages', async () => {
      await until('the fund was read before the first attempt', async () => {
        const { rowCount } = await database.pool.query('select from account_readings limit 1');
        return rowCount === 1 || undefined;
      });
      await setFaults(sandbox, 'http-500-after', 1, ['app_create_order']);
      const [first, second, third] = [
        await unknownOrder('night-1'),
        await unknownOrder('night-2'),
        await unknownOrder('night-3'),
      ];
      await setFaults(sandbox, 'none');
      const alert = await until('the alert has come', async () =>
        alerts.calls.find(({ type, kind }) => type === 'alert.opened' && kind === 'orders.unknown'),
      );
      const { data } = JSON.parse(alert.text) as { data: { console: string } };
      await until('the fund was read after the last attempt', async () => {
        const { body } = await read<{ evidence: { fundAfter: object | null } }>(gateway, `/orders/${third.id}`);
        return body.evidence.fundAfter ?? undefined;
      });

      for (const [language, order, next] of [
        ['ru', third, 'night-2'],
        ['en', second, 'night-1'],
      ] as const) {
        const words = WORDS[language];
        await inLanguage(language, 'test-admin-key', async (page) => {
          const clicks = await countClicks(page);
          // The click on the link in the message is the first one.
          await page.goto(data.console.replace(ORIGIN, gateway.internalUrl));
          await page.getByText(words.evidence).waitFor();
          expect(page.url()).toContain(order.id);
          await page.getByRole('radio', { name: words.executed }).click();
          // The field for the id has the focus at once.
          await page.locator('input[inputmode=numeric]:focus').waitFor();
          await page.keyboard.type(order.troikaOrderId);
          await page.getByRole('button', { name: words.check }).click();
          await page.getByText(words.agrees).waitFor();
          await page.getByLabel(words.why).click();
          await page.keyboard.type('2026-03');
          await page.getByRole('button', { name: words.confirm }).click();
          await page.getByRole('heading', { name: next }).waitFor();
          expect(1 + (await clicks())).toBeLessThanOrEqual(6);
        });
        await untilStatus(gateway, order.id, 'confirmed');
      }
      await ask(gateway, `/orders/${first.id}/resolve`, { ...notCreated('fail'), why: 'the end of the night' });
    });

    it.each([
      ['ru', 'resend', 'confirmed'],
      ['en', 'fail', 'failed'],
    ] as const)(
      'in %s decides about 200 orders by a plan ("%s"): its count is repeated, a reload shows the progress',
      async (language, decision, after) => {
        const words = WORDS[language];
        const reference = `bulk-${language}`;
        await place(200, 'unknown', reference);
        await inLanguage(language, 'test-admin-key', async (page) => {
          await page.goto(`${gateway.internalUrl}/console#/orders?status=unknown&key=${reference}`);
          await page.getByRole('button', { name: words.decideAll }).click();
          await page.getByLabel(words.what).selectOption(decision);
          await page.getByRole('dialog').getByLabel(words.why).fill('2026-03');
          await page.getByRole('button', { name: words.makePlan }).click();
          await page.getByText(words.planned).waitFor();
          const run = page.getByRole('button', { name: words.run });
          await page.getByLabel(words.count).fill('199');
          await run.click();
          await page.getByText(words.countWrong).first().waitFor();
          await page.getByLabel(words.count).fill('200');
          if (decision === 'resend') {
            await run.click();
            await page.getByRole('alert').getByText(words.sureFirst).waitFor();
            await page.getByText(words.twice).waitFor();
            await page.getByLabel(words.sure).check();
          }
          await run.click();
          await page.getByText(words.progress).waitFor();
          await page.reload();
          await page.getByText(words.done).waitFor();
        });
        await until(
          'the orders are what was decided',
          async () => (await countOf(after, reference)) === 200 || undefined,
        );
      },
    );

    it('offers a viewer no decision in either language, and the gateway refuses one', async () => {
      const id = await placeOrder(database, 'unknown');
      const rights = { audience: 'admin', name: 'watcher', role: 'viewer' };
      const { body } = await ask<{ secret: string }>(gateway, '/keys', rights);
      for (const language of ['ru', 'en'] as const) {
        await inLanguage(language, body.secret, async (page) => {
          for (const where of ['overview', 'orders?status=unknown', `orders/${id}`]) {
            await page.goto(`${gateway.internalUrl}/console#/${where}`);
            await page.locator('main:not(:has([aria-busy="true"])) h1').waitFor();
            await page.locator('main :is(table, .timeline, section)').first().waitFor();
            expect(await page.locator('main :is(input[type=radio], input[type=checkbox], textarea)').count()).toBe(0);
          }
          const refused = await page.evaluate<number>(`fetch('/admin/orders/${id}/resolve', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-vestibule-console': '1' },
            body: '{"decision":"not-created","then":"fail","why":"-"}',
          }).then(({ status }) => status)`);
          expect(refused).toBe(403);
        });
      }
      expect(await statusOf(database, id)).toBe('unknown');
    });

    it('scrolls through a long list page by page without a gap, keeps what is marked, and comes back to its place', async () => {
      await place(900, 'cancelled', 'long');
      await inLanguage('en', 'test-admin-key', async (page) => {
        await page.goto(`${gateway.internalUrl}/console#/orders?status=cancelled&key=long`);
        await page.getByRole('link', { name: 'long-0', exact: true }).waitFor();
        await page.keyboard.press('j');
        await page.locator('tr:has(a:focus)').waitFor();
        await page.keyboard.press('x');
        expect(await readDown(page)).toEqual(Array.from({ length: 900 }, (_, n) => `long-${n}`));
        await page.getByText('Marked: 1').waitFor();
        await page.keyboard.press('k');
        const link = page.locator('tr a:focus');
        const name = await link.innerText();
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: `Order ${name}` }).waitFor();
        await page.goBack();
        await page.getByRole('link', { name, exact: true }).waitFor();
        await page.getByText('Marked: 1').waitFor();
      });
    });
  });
});
