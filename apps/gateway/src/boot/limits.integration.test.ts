import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makeCard } from '../loyalty/admin/testing/cards.js';
import { OWN_CARD } from '../orders/example-order.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

/** What the order of the tests costs: two of them fit into the day of the kiosk. */
const PRICE = 1_000;

interface Called {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: { readonly detail?: string; readonly status?: string; readonly outcomes?: { status: number }[] };
}

describe('what one key can do at the most', () => {
  let database: TestDatabase;
  let gateway: Gateway;

  beforeAll(async () => {
    database = await openTestDatabase();
    const price = String(PRICE);
    const tariff = { id: '2671', priceMin: price, priceMax: price, relatedValues: [], relatedIds: [], types: [] };
    await database.pool.query(
      `insert into dictionaries (name, entries, fetched_at, refresh_secs) values ('tariffs', $1, now(), 600)`,
      [JSON.stringify([tariff])],
    );
    gateway = await startTestGateway(database, {
      ROLES: 'orders,admin',
      ORDERS_API_KEYS: 'shop:a-key-of-the-shop,till:a-key-of-the-till,kiosk:a-key-of-the-kiosk',
      ORDERS_PER_SECOND: 'till=0.01',
      ORDERS_ROUBLES_PER_DAY: `kiosk=${2.5 * PRICE}`,
      ADMIN_API_KEYS: 'anna:a-key-of-anna,boris:a-key-of-boris',
      CARD_CREDIT_LIMIT: '500',
      SECOND_PERSON: 'resend,credits',
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  async function post(path: string, key: string, body: object, idempotencyKey: string = randomUUID()): Promise<Called> {
    const answer = await fetch(gateway.internalUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer a-key-of-${key}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify(body),
    });
    const retryAfter = answer.headers.get('retry-after');
    return { status: answer.status, retryAfter, body: (await answer.json()) as Called['body'] };
  }
  const place = (key: string, idempotencyKey?: string) => post('/orders', key, { order: OWN_CARD }, idempotencyKey);

  it('is to place so many orders a second, and other keys place theirs', async () => {
    expect((await place('the-till')).status).toBe(202);
    expect(await place('the-till')).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^\d+$/) });
    const batch = { orders: [{ idempotencyKey: randomUUID(), order: OWN_CARD }] };
    expect((await post('/orders/batch', 'the-till', batch)).status).toBe(429);
    expect((await place('the-shop')).status).toBe(202);
  });

  it('is to place orders for so many roubles a day; a repeated call is answered again', async () => {
    const key = randomUUID();
    expect((await place('the-kiosk', key)).status).toBe(202);
    const [first, second] = [randomUUID(), randomUUID()].map((id) => ({ idempotencyKey: id, order: OWN_CARD }));
    const { body } = await post('/orders/batch', 'the-kiosk', { orders: [first, second] });
    expect(body.outcomes?.map(({ status }) => status)).toEqual([202, 429]);
    expect(await place('the-kiosk')).toMatchObject({ status: 429, retryAfter: '3600' });
    expect((await place('the-kiosk', key)).status).toBe(202);
    expect((await place('the-shop')).status).toBe(202);
  });

  it('is to credit so many bonuses; for more another operator credits the same', async () => {
    const card = await makeCard(database.pool);
    const credit = (who: string, amount: string, key?: string) =>
      post(`/admin/cards/${card}/balance`, who, { amount, description: 'goodwill', why: `said ${who}` }, key);
    expect((await credit('anna', '500')).status).toBe(200);
    expect((await credit('anna', '999999999999')).status).toBe(409);
    expect((await credit('anna', '999999999999')).status).toBe(409);
    expect((await credit('boris', '999999999998')).status).toBe(409);
    const key = randomUUID();
    expect((await credit('anna', '999999999998', key)).status).toBe(200);
    // The answer was lost: it is the same credit, and no new one.
    expect((await credit('anna', '999999999998', key)).status).toBe(200);
    const { rows } = await database.pool.query(`select amount::float8 as amount from bonus_lots order by id`);
    expect(rows).toEqual([{ amount: 500 }, { amount: 999_999_999_998 }]);
  });

  it('is not to send an unknown order again alone, but to say that it failed', async () => {
    const unknown = async (): Promise<string> => {
      const id = randomUUID();
      const text = `insert into orders (id, api_key_name, idempotency_key, body, status) values ($1::uuid, 'shop', $1::text, '{}', 'unknown')`;
      await database.pool.query(text, [id]);
      return id;
    };
    const [id, other] = [await unknown(), await unknown()];
    const resolve = (order: string, who: string, then: string) =>
      // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
      post(`/admin/orders/${order}/resolve`, who, { decision: 'not-created', then });
    expect(await resolve(id, 'anna', 'resend')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('two persons') },
    });
    expect(await resolve(id, 'boris', 'resend')).toMatchObject({ status: 200, body: { status: 'retrying' } });
    expect(await resolve(other, 'anna', 'fail')).toMatchObject({ status: 200, body: { status: 'failed' } });

    await unknown();
    // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
    const plan = { decision: 'not-created', then: 'resend', filter: { key: 'shop' } };
    const { id: planId, count } = (await post('/admin/orders/plans', 'anna', plan)).body as {
      id?: string;
      count?: number;
    };
    expect((await post(`/admin/orders/plans/${planId}/run`, 'anna', { count })).status).toBe(409);
    expect((await post(`/admin/orders/plans/${planId}/run`, 'boris', { count })).status).toBe(202);
  });
});
