import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const line = (tariffId: number) => ({ type: 'owncard', cardNumber: '0012345678', tariffId, currencyId: 'RUB' });
const order = (tariffId = 2671) => ({ orderData: [line(tariffId)], phone: '+79161234567' });

describe('a dry run', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  beforeAll(async () => {
    database = await openTestDatabase();
    const tariff = { priceMin: '2800', priceMax: '2800', relatedValues: [], relatedIds: [], types: [] };
    await database.pool.query(
      `insert into dictionaries (name, entries, fetched_at, refresh_secs) values ('tariffs', $1, now(), 600)`,
      [JSON.stringify([{ id: '2671', ...tariff }])],
    );
    await database.pool.query(
      `insert into account_readings (asked_at, read_at, name, fund, amount, currency_id, refresh_secs)
       values (now(), now(), 'fund', '50000', '10000.50', 'RUB', 60)`,
    );
    gateway = await startTestGateway(database, {
      ROLES: 'orders',
      ORDERS_API_KEYS: 'shop:a-key-of-the-shop,kiosk:a-key-of-the-kiosk',
      ORDERS_ROUBLES_PER_DAY: 'kiosk=5000',
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  async function post(path: string, body: object, key = 'new', producer = 'shop'): Promise<Record<string, unknown>> {
    const answer = await fetch(gateway.internalUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer a-key-of-the-${producer}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    return { answered: answer.status, ...((await answer.json()) as object) };
  }
  const count = async (): Promise<number> =>
    (await database.pool.query<{ count: number }>('select count(*)::int as count from orders')).rows[0]?.count ?? 0;

  it('answers the price of an order and the fund after it, and places nothing', async () => {
    const answer = await post('/orders?dryRun=true', { order: order() });
    const fund = { left: 10_000.5, after: 7_200.5 };
    expect(answer).toEqual({ answered: 200, would: 'accept', order: null, price: 2_800, fund });
    expect(await count()).toBe(0);
  });

  it('refuses what would be refused in earnest, for the same reason: faults, unknown tariffs, and a key used before', async () => {
    await post('/orders', { order: order() }, 'used');
    for (const [body, key] of [
      [{ order: {} }, 'new'],
      [{ order: order(1) }, 'new'],
      [{ order: order(), reference: 'another' }, 'used'],
    ] as const) {
      const refused = await post('/orders?dryRun=true', body, key);
      expect(refused).toMatchObject({ answered: 422, type: expect.stringMatching(/^\/problems\//) });
      expect(refused).toEqual(await post('/orders', body, key));
    }
    expect(await post('/orders?dryRun=true', { order: order() }, 'used')).toMatchObject({
      would: 'replay',
      order: { status: 'accepted' },
      price: 0,
    });
    expect(await count()).toBe(1);
  });

  it('judges each entry of a batch, a key that the batch repeats included, and adds the prices up', async () => {
    const before = await count();
    const entry = { idempotencyKey: 'first', order: order() };
    const orders = [entry, entry, { ...entry, reference: 'r' }, { ...entry, idempotencyKey: 'second' }, { order: {} }];
    const answer = await post('/orders/batch?dryRun=true', { orders });
    expect(answer).toMatchObject({
      outcomes: [
        { status: 200, would: 'accept', price: 2_800 },
        { status: 200, would: 'replay', order: null, price: 0 },
        { status: 422, problem: { type: '/problems/idempotency-key-reuse' } },
        { status: 200, would: 'accept', price: 2_800 },
        { status: 422, problem: { type: '/problems/validation-failed' } },
      ],
      accepted: 2,
      price: 5_600,
      fund: { left: 10_000.5, after: 4_400.5 },
    });
    expect(await count()).toBe(before);
  });

  it('counts what the key may spend on a day, and spends nothing of it', async () => {
    const orders = ['a', 'b'].map((idempotencyKey) => ({ idempotencyKey, order: order() }));
    for (let time = 1; time <= 2; time += 1) {
      expect(await post('/orders/batch?dryRun=true', { orders }, 'none', 'kiosk')).toMatchObject({
        outcomes: [
          { status: 200, would: 'accept' },
          { status: 429, problem: { type: '/problems/budget-spent' } },
        ],
        price: 2_800,
      });
    }
  });

  it('is nothing that a slip of the pen turns into an order', async () => {
    const before = await count();
    for (const query of ['dryrun=true', 'dryRun=yes', 'dryRun=true&dryRun=false']) {
      expect(await post(`/orders?${query}`, { order: order() })).toMatchObject({ answered: 422 });
    }
    expect(await count()).toBe(before);
  });
});
