import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { reportOrders } from './report-orders.js';

describe('the report about orders', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    const place = async (
      key: string,
      at: string,
      status: string,
      tariffs: readonly number[],
      tickets: readonly string[],
    ) => {
      const body = JSON.stringify({ orderData: tariffs.map((tariffId) => ({ tariffId })) });
      const { rows } = await database.pool.query<{ id: string }>(
        `insert into orders (id, api_key_name, idempotency_key, body, status, total_amount, created_at)
         values (gen_random_uuid(), $1, gen_random_uuid(), $2, $3, '2800.50', $4) returning id`,
        [key, body, status, at],
      );
      for (const [position, ticket] of tickets.entries()) {
        await database.pool.query(
          `insert into order_tickets (order_id, order_tariff_id, position, status) values ($1, $2, $3, $4)`,
          [rows[0]?.id, `${position}`, position, ticket],
        );
      }
    };
    // In Moscow it is November already.
    await place('shop', '2026-10-31T22:00:00Z', 'confirmed', [2671], ['written', 'refunded']);
    await place('shop', '2026-11-05T10:00:00Z', 'rejected', [2671], []);
    await place('office', '2026-11-30T20:59:00Z', 'confirmed', [2671, 2680], ['pending']);
    await place('shop', '2026-11-30T21:00:00Z', 'confirmed', [2671], []);
  });
  afterAll(() => database.close());

  const MONTH = { from: '2026-11', to: '2026-11' };
  const MOSCOW = 'Europe/Moscow';

  it('counts orders, tickets and roubles by the months of its zone, and all of them together', async () => {
    const { rows, total } = await reportOrders(database.pool, MONTH, MOSCOW, ['month']);
    const counts = { orders: 3, confirmed: 2, rejected: 1, tickets: 3, refunds: 1, roubles: '5601.00' };
    expect(rows).toEqual([{ month: '2026-11', key: null, tariff: null, tariffName: null, ...counts }]);
    expect(total).toEqual(counts);
    const inUtc = await reportOrders(database.pool, MONTH, 'UTC', ['month']);
    expect([inUtc.zone, inUtc.total.tickets]).toEqual(['UTC', 1]);
  });

  it('counts them by key and tariff, with its name, and orders with several tariffs apart', async () => {
    await database.pool.query(
      `insert into dictionaries (name, entries, fetched_at, refresh_secs)
       values ('tariffs', '[{"id": "2671", "name": "Единый, 90 минут"}]', now(), 60)`,
    );
    const { rows } = await reportOrders(database.pool, MONTH, MOSCOW, ['key', 'tariff']);
    expect(rows.map(({ key, tariff, tariffName, orders }) => [key, tariff, tariffName, orders])).toEqual([
      ['office', null, null, 1],
      ['shop', '2671', 'Единый, 90 минут', 2],
    ]);
  });

  it('has a sum of nothing where there are no orders', async () => {
    const empty = await reportOrders(database.pool, { from: '2025-01', to: '2025-02' }, MOSCOW, ['month']);
    expect(empty).toMatchObject({ rows: [], total: { orders: 0, roubles: '0' } });
  });
});
