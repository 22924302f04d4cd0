import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserChoices, openBrowser } from '../harness/browser.js';
import { withGateway } from '../harness/with-gateway.js';

interface ShownDocument {
  readonly paths: Readonly<Record<string, object>>;
  readonly webhooks: Readonly<Record<string, object>>;
}

describe('the page /docs', () => {
  const { gateway, database } = withGateway({ env: { ROLES: 'orders,admin' } });

  it('allows only its own scripts and styles, and names no other address', async () => {
    for (const path of ['/docs', '/docs/']) {
      const response = await fetch(gateway.internalUrl + path);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(await response.text()).not.toMatch(/https?:\/\//);
    }
  });

  it('serves only its own files', async () => {
    for (const name of ['index.html', 'package.json', '..%2Fpackage.json', '%2e%2e']) {
      const response = await fetch(`${gateway.internalUrl}/docs/${name}`);
      expect([name, response.status]).toEqual([name, 404]);
    }
  });

  for (const program of browserChoices()) {
    describe('in a browser', () => {
      let browser: Browser;
      beforeAll(async () => {
        browser = await openBrowser(program);
      });
      afterAll(() => browser.close());

      it('shows every call, places an order with a key, and shows the admin API, calling only the gateway', async () => {
        const page = await browser.newPage();
        const asked: string[] = [];
        const faults: string[] = [];
        page.on('request', (request) => void asked.push(request.url()));
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        page.on('pageerror', (error) => void faults.push(error.message));
        await page.goto(`${gateway.internalUrl}/docs`);

        const document = (await (await fetch(`${gateway.internalUrl}/openapi.json`)).json()) as ShownDocument;
        // The calls shown, and the calls made.
        const shown = [...Object.values(document.paths), ...Object.values(document.webhooks)];
        const calls = shown.reduce((sum, verbs) => sum + Object.keys(verbs).length, 0);
        await page
          .locator('.opblock')
          .nth(calls - 1)
          .waitFor();
        expect(await page.locator('.opblock').count()).toBe(calls);

        await page.locator('.btn.authorize').first().click();
        await page.locator('.auth-container input').fill('test-orders-key');
        await page.locator('.auth-btn-wrapper .authorize').click();
        await page.locator('.auth-btn-wrapper .btn-done').click();
        const call = page.locator('#operations-Orders-createOrder');
        await call.locator('.opblock-summary-control').click();
        await call.locator('.try-out__btn').click();
        await call.locator('.parameters input').first().fill('from-the-page');
        await call.locator('.execute').click();
        await call.locator('.live-responses-table .response-col_status', { hasText: '202' }).waitFor();

        await page.goto(`${gateway.internalUrl}/docs?api=admin`);
        await page.locator('#operations-Decisions-resolveOrder').waitFor();

        const { rows } = await database.pool.query(`select from orders where idempotency_key = 'from-the-page'`);
        expect(rows).toHaveLength(1);
        expect(faults).toEqual([]);
        const elsewhere = asked.filter(
          (address) => !/^(data|blob):/.test(address) && !address.startsWith(gateway.internalUrl),
        );
        expect(elsewhere).toEqual([]);
      });
    });
  }
});
