import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { listOrders } from './list-orders.js';
import type { OrderSearch } from './order-search.js';

const ALL: OrderSearch = { statuses: undefined, reference: undefined, from: undefined, to: undefined };

describe('a search for orders', () => {
  let database: TestDatabase;
  const ids = { wanted: randomUUID(), ticketed: randomUUID(), odd: randomUUID() };
  beforeAll(async () => {
    database = await openTestDatabase();
    const insert = (id: string, key: string, body: object, phones: string, troikaOrderId: string | null) =>
      database.pool.query(
        `insert into orders (id, api_key_name, idempotency_key, request_hash, body, phones, troika_order_id)
         values ($1, $2, 'key-of-' || $2, '', $3, $4::text[], $5)`,
        [id, key, JSON.stringify(body), phones, troikaOrderId],
      );
    await insert(
      ids.wanted,
      'shop',
      { orderData: [{ cardNumber: '0012345678' }] },
      '{+79160000001,+79160000002}',
      '4711',
    );
    await insert(ids.ticketed, 'kiosk', { orderData: [{ cardTypeId: 1 }] }, '{+79160000003}', '4712');
    await insert(ids.odd, 'till', { orderData: 'none' }, '{}', null);
    await database.pool.query(
      `insert into order_tickets (order_id, order_tariff_id, position, card_number, status) values ($1, '1', 1, '0099', 'written')`,
      [ids.ticketed],
    );
    await database.pool.query(`insert into order_attempts (order_id, number, reason) values ($1, 0, 'timeout')`, [
      ids.odd,
    ]);
  });
  afterAll(() => database.close());

  it.each([
    ['a phone that it names', { phone: '+79160000002' }, 'wanted'],
    ['the card that it was posted for, with its zeros', { cardNumber: '0012345678' }, 'wanted'],
    ['the card that a ticket of it is on', { cardNumber: '0099' }, 'ticketed'],
    ['its id at Тройка Бизнес', { troikaOrderId: '4711' }, 'wanted'],
    ['its idempotency key', { idempotencyKey: 'key-of-kiosk' }, 'ticketed'],
    ['the key that placed it', { key: 'till' }, 'odd'],
    ['why its last attempt had no valid answer', { reason: 'timeout' }, 'odd'],
    ['a state and a phone', { statuses: ['accepted'], phone: '+79160000001' }, 'wanted'],
  ] as const)('finds an order by %s, and no other', async (_, wanted, found) => {
    const { orders } = await listOrders(database.pool, { filter: { ...ALL, ...wanted }, after: undefined, limit: 10 });
    expect(orders.map(({ id }) => id)).toEqual([ids[found]]);
  });

  it('finds nothing of another producer for one who sees only its own', async () => {
    const filter = { ...ALL, owner: 'kiosk', phone: '+79160000001' };
    expect((await listOrders(database.pool, { filter, after: undefined, limit: 10 })).orders).toEqual([]);
  });
});
