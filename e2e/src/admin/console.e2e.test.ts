import { describe, expect, it } from '@jest/globals';
import { ask, notCreated } from '../harness/admin.js';
import { seriousFaults, unreachedByTab } from '../harness/axe.js';
import { giveKey, openConsole, overflowOf, showsCurrentPage, signIn } from '../harness/console.js';
import { describeInBrowser, expectClean } from '../harness/in-browser.js';
import { placeOrder } from '../harness/place-order.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const OTHERS = [
  'alerts',
  'koshelek',
  'koshelek/go-live',
  'koshelek/imports',
  'koshelek/logins',
  'erasure',
  'reports',
  'reports/fund',
  'dictionaries',
  'keys',
  'plans',
];

describe("the operators' page", () => {
  const { gateway, database, start } = withGateway({ env: { ROLES: 'admin' } });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(gateway.internalUrl + path, { headers });

  it('is served with a policy that allows only its own files and its own gateway', async () => {
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

  it('names no outside address, and browsers cache its files until they change', async () => {
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
      // Names of markup languages, which no one asks for.
      expect(addresses.filter((address) => address !== 'http://www.w3.org')).toEqual([]);
    }
    expect((await get('/console/assets/none.js')).status).toBe(404);
    expect((await get('/console/..%2fpackage.json')).status).toBe(404);
  });

  it('is not there without the role admin', async () => {
    const orders = await start({ ROLES: 'orders' });
    for (const path of ['/console', '/admin/whoami', '/admin/cards']) {
      expect((await fetch(orders.internalUrl + path)).status).toBe(404);
    }
  });

  describeInBrowser({ gateway, database }, (environment) => {
    it('asks for a key, refuses a wrong one, keeps the right one over a reload and removes it at sign-out', async () => {
      const {
        tab: { page },
      } = environment();
      await giveKey(page, 'wrong key, ключ');
      await page.getByRole('alert').getByText('The gateway does not know this key.').waitFor();
      await signIn(page);
      await page.getByText('Signed in as ops').waitFor();
      expect(page.url()).not.toContain('test-admin-key');
      expect(await page.context().cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/admin' }]);
      // Another page that the browser makes call us has the cookie at most.
      expect(await page.evaluate<number>(`fetch('/admin/whoami').then(({ status }) => status)`)).toBe(401);
      await page.reload();
      await page.getByRole('heading', { name: 'Cards' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect(await page.evaluate<number>('sessionStorage.length + localStorage.length + document.cookie.length')).toBe(
        0,
      );
    });

    it('draws what went on in the last hours in both directions, and gives it as a table to those who do not see it', async () => {
      const {
        tab: { page },
      } = environment();
      await database.pool.query(
        `insert into minute_figures (minute, direction, class, calls, failed)
         select date_trunc('minute', now()) - back * interval '1 minute', direction, 40, 60, 3
           from generate_series(10, 200) back, unnest(array['koshelek', 'troika']) direction`,
      );
      await signIn(page);
      await page.goto(`${gateway.internalUrl}/console#/overview?hours=24`);
      const troika = page.locator('section', { hasText: 'We call Тройка Бизнес' });
      await troika.locator('canvas').first().waitFor();
      await troika.getByText('573 (5 %)').waitFor();
      await troika.locator('summary').first().press('Enter');
      await troika.getByRole('table', { name: 'Calls a minute' }).getByRole('cell', { name: '60' }).first().waitFor();
      expect(await page.locator('canvas').count()).toBe(4);
    });

    it('has no serious fault by axe on any page in either scheme, and a key for each control', async () => {
      const { browser, card } = environment();
      const id = await placeOrder(database, 'unknown');
      const { body: plan } = await ask<{ id: string }>(gateway, '/orders/plans', {
        ...notCreated('resend'),
        filter: { ids: [id] },
      });
      const pages = [
        'overview',
        'orders',
        `orders/${id}`,
        `plans/${plan.id}`,
        'order-files',
        'cards',
        `cards/${card.number}`,
        'audit',
        ...OTHERS,
      ];
      for (const colorScheme of ['light', 'dark'] as const) {
        const tab = await openConsole(browser, gateway, { colorScheme });
        const { page } = tab;
        const look = async (where: string): Promise<void> => {
          expect({ where, colorScheme, faults: await seriousFaults(page) }).toMatchObject({ faults: [] });
          if (colorScheme === 'light')
            expect({ where, unreached: await unreachedByTab(page) }).toMatchObject({ unreached: [] });
        };
        await look('sign-in');
        await giveKey(page);
        await page.getByRole('navigation', { name: 'Pages' }).waitFor();
        for (const where of pages) {
          await page.goto(`${gateway.internalUrl}/console#/${where}`);
          await page.locator('main:not(:has([aria-busy="true"])) h1').waitFor();
          await look(where);
        }
        await tab.close();
        expectClean(tab, gateway);
      }
    });

    it('asks for a key again when the gateway no longer knows it', async () => {
      const {
        tab: { page },
      } = environment();
      await signIn(page);
      await page.context().clearCookies();
      await page.getByRole('link', { name: 'Audit' }).click();
      await page.getByRole('alert').getByText('Sign in again').waitFor();
      await signIn(page);
    });

    it('fits a phone, dark or light, and names every field', async () => {
      const { card, gateway, browser } = environment();
      const order = await placeOrder(database, 'unknown');
      for (const colorScheme of ['light', 'dark'] as const) {
        const phone = await openConsole(browser, gateway, { viewport: { width: 360, height: 740 }, colorScheme });
        await signIn(phone.page);
        for (const hash of [
          '#/overview',
          '#/orders',
          `#/orders/${order}`,
          '#/cards',
          `#/cards/${card.number}`,
          '#/audit',
        ]) {
          await phone.page.goto(`${gateway.internalUrl}/console${hash}`);
          await phone.page.locator('main table').first().waitFor();
          expect(await overflowOf(phone.page)).toBe(0);
          await until(
            'the navigation shows where one is',
            async () => (await showsCurrentPage(phone.page)) || undefined,
          );
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
        expectClean(phone, gateway);
      }
    });
  });
});
