import { describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { callCounts, control } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

interface TariffView {
  readonly id: number;
  readonly priceMin: number;
}

interface TariffsView {
  readonly tariffs: readonly TariffView[];
  readonly fetchedAt: string;
  readonly stale: boolean;
}

interface EventView {
  readonly kind: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

describe('the catalogue', () => {
  const { database, sandbox, start } = withGateway({
    sandbox: true,
    env: { TROIKA_TIMEOUT_MS: '2000' },
    running: false,
    isolated: true,
  });

  function get(gateway: GatewayProcess, path: string, headers: Readonly<Record<string, string>> = {}) {
    return fetch(gateway.internalUrl + path, { headers: { authorization: 'Bearer test-orders-key', ...headers } });
  }
  async function tariffs(gateway: GatewayProcess): Promise<TariffsView | undefined> {
    const response = await get(gateway, '/catalog/tariffs');
    return response.status === 200 ? ((await response.json()) as TariffsView) : undefined;
  }
  const loaded = (gateway: GatewayProcess): Promise<TariffsView> =>
    until('the tariffs are there', () => tariffs(gateway));
  const priceOf = (view: TariffsView | undefined, id: number): number | undefined =>
    view?.tariffs.find((tariff) => tariff.id === id)?.priceMin;
  const events = async (gateway: GatewayProcess): Promise<readonly EventView[]> =>
    (await read<{ events: EventView[] }>(gateway, '/events')).body.events;
  /** Makes everything due at this moment. */
  const makeDue = (): Promise<unknown> =>
    database.pool.query('update partner_refreshes set due_at = now(), done_at = null');
  const METHODS = ['app_get_tariff', 'app_get_cardtype', 'app_get_region', 'app_get_businessaccount'];
  async function untilCalled(times: number): Promise<void> {
    await until(`everything was read ${times} times`, async () => {
      const { rowCount } = await database.pool.query('select from partner_refreshes where done_at is null');
      const counts = await callCounts(sandbox);
      return rowCount === 0 && METHODS.every((method) => (counts[method] ?? 0) >= times) ? true : undefined;
    });
  }

  it('is read by one process of several, and by another one when that one ends', async () => {
    const day = { TROIKA_CATALOG_REFRESH_SECS: '86400', TROIKA_ACCOUNT_REFRESH_SECS: '86400' };
    const workers = await Promise.all([
      start(day),
      start({ ...day, ROLES: 'worker' }),
      start({ ...day, ROLES: 'worker' }),
    ]);
    await untilCalled(1);
    for (let times = 2; times <= 5; times += 1) {
      await makeDue();
      await untilCalled(times);
    }
    expect(await callCounts(sandbox)).toEqual(Object.fromEntries(METHODS.map((method) => [method, 5])));
    await workers[0]?.stop();
    await workers[1]?.stop();
    await makeDue();
    await untilCalled(6);
  });

  it('is the same in every process, down to its entity tag, also where nothing talks to the partner', async () => {
    const [one, other] = await Promise.all([start(), start({ ROLES: 'orders', TROIKA_URL: '' })]);
    for (const path of ['/catalog/tariffs', '/catalog/card-types', '/catalog/regions']) {
      const ask = (gateway: GatewayProcess) =>
        until(`${path} is there`, async () => {
          const response = await get(gateway, path);
          return response.status === 200 ? response : undefined;
        });
      const [first, second] = [await ask(one), await ask(other)];
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{43}"$/);
      expect(second.headers.get('etag')).toBe(etag);
      expect(await second.text()).toBe(await first.text());
      expect(first.headers.get('cache-control')).toBe('private, max-age=3600, stale-if-error=86400');
      expect(Number(first.headers.get('age'))).toBeLessThan(60);

      const same = await get(other, path, { 'if-none-match': `"x", ${etag}` });
      expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
      expect((await get(other, path, { 'if-none-match': '"x"' })).status).toBe(200);
    }
  });

  it('gives what the partner sells, and asks for a key', async () => {
    const gateway = await start();
    expect((await loaded(gateway)).tariffs[3]).toEqual({
      id: 2680,
      name: 'Кошелёк',
      description: 'Пополнение кошелька карты на любую сумму',
      imageUrl: 'https://images.invalid/tariff/2680.png',
      currencyId: 'RUB',
      priceMin: 100,
      priceMax: 15_000,
      ticketGroup: 'purse',
      validityDays: 1825,
      relatedValues: [],
      relatedIds: [],
      types: ['metro', 'tram', 'bus', 'trolleybus', 'train'],
      zone: 'both',
    });
    const view = await until('the regions are there', async () => {
      const response = await get(gateway, '/catalog/regions');
      return response.status === 200 ? ((await response.json()) as { regions: object[] }) : undefined;
    });
    expect(view.regions[0]).toEqual({ id: 77, name: 'Москва' });
    expect((await get(gateway, '/catalog/tariffs', { authorization: 'Bearer test-admin-key' })).status).toBe(401);
  });

  it('reports that it was never read, and is available as soon as the partner is', async () => {
    await sandbox.close();
    const gateway = await start();
    for (const path of ['/catalog/tariffs', '/catalog/card-types', '/catalog/regions', '/account']) {
      const response = await get(gateway, path);
      expect([response.status, response.headers.get('retry-after'), response.headers.get('content-type')]).toEqual([
        503,
        '5',
        'application/problem+json',
      ]);
    }
    await sandbox.reopen();
    expect((await loaded(gateway)).stale).toBe(false);
  });

  it('is still answered with its age while the partner is away, and is fresh again when it is back', async () => {
    const gateway = await start({ TROIKA_CATALOG_REFRESH_SECS: '1' });
    const before = await loaded(gateway);
    await sandbox.close();
    const stale = await until('it is stale', async () => {
      const response = await get(gateway, '/catalog/tariffs');
      const view = (await response.json()) as TariffsView;
      return view.stale ? { view, age: Number(response.headers.get('age')) } : undefined;
    });
    expect(stale.view.tariffs).toEqual(before.tariffs);
    expect(stale.age).toBeGreaterThanOrEqual(2);
    await sandbox.reopen();
    await until('it is fresh', async () => ((await tariffs(gateway))?.stale === false ? true : undefined));
  });

  it('reports to operators once a changed price, a removed tariff and a new one', async () => {
    const env = { TROIKA_CATALOG_REFRESH_SECS: '1' };
    const gateways = await Promise.all([start(env), start(env)]);
    const [gateway] = gateways;
    await loaded(gateway);
    await control(sandbox, 'PUT', '/tariffs/2671', { priceMin: 2900.5, priceMax: 2900.5 });
    await until('the price is known everywhere', async () => {
      const known = await Promise.all(gateways.map(tariffs));
      return known.every((view) => priceOf(view, 2671) === 2900.5) ? true : undefined;
    });
    await control(sandbox, 'DELETE', '/tariffs/2690');
    await until('the tariff is gone', async () =>
      priceOf(await tariffs(gateway), 2690) === undefined ? true : undefined,
    );
    await control(sandbox, 'PUT', '/tariffs/2690', { priceMin: 63.5, priceMax: 63.5 });
    await until('the tariff is back', async () => priceOf(await tariffs(gateway), 2690));

    expect((await events(gateway)).map(({ kind, details }) => [kind, details['tariffId']])).toEqual([
      ['tariff.appeared', '2690'],
      ['tariff.vanished', '2690'],
      ['tariff.price-changed', '2671'],
    ]);
    const metrics = await Promise.all(
      gateways.map(async ({ internalUrl }) => {
        const headers = { authorization: 'Bearer test-admin-key' };
        return await (await fetch(`${internalUrl}/admin/metrics`, { headers })).text();
      }),
    );
    const changes = metrics.map(
      (text) => /^vestibule_tariff_changes_total\{change="vanished"\} (\d+)$/m.exec(text)?.[1],
    );
    expect(changes.filter(Boolean)).toEqual(['1']);
    expect(metrics[0]).toMatch(/^vestibule_dictionary_age_seconds\{dictionary="tariffs"\} [\d.e-]+$/m);
  });

  it('stays when the partner has nothing to sell all at once', async () => {
    const gateway = await start({ TROIKA_CATALOG_REFRESH_SECS: '1' });
    const before = await loaded(gateway);
    for (const { id } of before.tariffs) await control(sandbox, 'DELETE', `/tariffs/${id}`);
    await until('an empty one has come', () =>
      Promise.resolve(gateway.log.some(({ why }) => String(why).includes('without entries')) ? true : undefined),
    );
    const after = await tariffs(gateway);
    // Some may have been seen vanishing one by one; but something is left of it.
    expect(after?.tariffs.length).toBeGreaterThan(0);
  });
});
