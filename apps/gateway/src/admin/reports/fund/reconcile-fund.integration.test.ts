import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { reconcileFund } from './reconcile-fund.js';

const DAYS = { from: '2026-11-02', to: '2026-11-03', by: 'day' } as const;
const MOSCOW = 'Europe/Moscow';

describe('the reconciliation of the guarantee fund', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into dictionaries (name, entries, fetched_at, refresh_secs)
       values ('tariffs', '[{"id": "2671", "name": "90 минут", "priceMin": "2800"}]', now(), 60)`,
    );
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('delete from orders; delete from account_readings'));

  const reading = (readAt: string, amount: string): Promise<unknown> =>
    database.pool.query(
      `insert into account_readings (asked_at, read_at, amount, refresh_secs)
       values ($1::timestamptz - interval '1 second', $1, $2, 60)`,
      [readAt, amount],
    );
  const order = async (at: string, of: { outcome: string; status: string; cost?: string; troikaOrderId?: string }) => {
    const { outcome, status, cost = null, troikaOrderId = null } = of;
    const id = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, reference, body, status, attempts, total_amount, troika_order_id)
       values ($1::uuid, 'shop', $1::text, 'r', '{"orderData":[{"tariffId":2671,"cardNumber":"1","quantity":1}]}', $2, 1, $3, $4)`,
      [id, status, cost, troikaOrderId],
    );
    await database.pool.query(
      `insert into order_attempts (order_id, number, started_at, ended_at, outcome, result_code)
       values ($1, 1, $2::timestamptz, $2::timestamptz + interval '2 seconds', $3, $4)`,
      [id, at, outcome, outcome === 'answered' ? 0 : null],
    );
    return id;
  };
  const refund = async (id: string, at: string, count: number): Promise<void> => {
    for (let ticket = 0; ticket < 2; ticket += 1) {
      await database.pool.query(
        `insert into order_tickets (order_id, order_tariff_id, position, tariff_id, status) values ($1, $2, $3, '2671', 'pending')`,
        [id, String(ticket), ticket],
      );
      if (ticket < count) {
        await database.pool.query(
          `insert into order_events (order_id, at, status, cause, ticket_id, ticket_status)
           values ($1, $2, 'confirmed', 'tracked', $3, 'refunded')`,
          [id, at, String(ticket)],
        );
      }
    }
  };

  it('compares the last readings of each day of its zone, and explains them by paid and refunded orders, to the kopeck', async () => {
    await reading('2026-11-01T20:00:00Z', '100000.10');
    // The first day of Moscow ends at 21:00 of UTC.
    await reading('2026-11-02T12:00:00Z', '99000');
    await reading('2026-11-02T20:59:00Z', '97200.05');
    await reading('2026-11-03T20:00:00Z', '95800.05');
    await order('2026-11-02T09:00:00Z', { outcome: 'answered', status: 'confirmed', cost: '2800.05' });
    const paid = await order('2026-11-02T22:00:00Z', { outcome: 'answered', status: 'confirmed', cost: '2800' });
    await refund(paid, '2026-11-03T10:00:00Z', 1);
    const { spans, total, suspects } = await reconcileFund(database.pool, DAYS, MOSCOW);
    expect(spans).toMatchObject([
      {
        before: { amount: '100000.10' },
        after: { amount: '97200.05' },
        lost: '2800.05',
        unexplained: { least: '0', most: '0' },
      },
      {
        lost: '1400',
        paid: { orders: 1, roubles: '2800' },
        refunded: { tickets: 1, roubles: '1400', withoutAmount: 0 },
      },
    ]);
    expect(total).toMatchObject({ lost: '4200.05', paid: { orders: 2 }, unexplained: { least: '0', most: '0' } });
    expect(suspects).toEqual([]);
  });

  it('names the orders without an outcome that could explain what is left, and not those that a person has confirmed', async () => {
    await reading('2026-11-02T00:00:00Z', '10000');
    await reading('2026-11-02T12:00:00Z', '1600');
    await order('2026-11-02T05:00:00Z', { outcome: 'unknown', status: 'confirmed', cost: '2800', troikaOrderId: '7' });
    const unknown = await order('2026-11-02T06:00:00Z', { outcome: 'unknown', status: 'unknown' });
    // A person has said that it was not created: the fund may know better.
    const failed = await order('2026-11-02T07:00:00Z', { outcome: 'unknown', status: 'failed' });
    const { total, suspects } = await reconcileFund(database.pool, DAYS, MOSCOW);
    expect(total).toMatchObject({
      lost: '8400',
      paid: { orders: 1, roubles: '2800' },
      unexplained: { least: '5600', most: '5600' },
      unknown: { orders: 2, roubles: '5600' },
    });
    expect(suspects).toMatchObject([
      { id: unknown, reference: 'r', key: 'shop', status: 'unknown', cost: '2800' },
      { id: failed, status: 'failed', cost: '2800' },
    ]);
  });

  it('gives two bounds when an order was paid while a reading was made', async () => {
    await reading('2026-11-02T00:00:00Z', '10000');
    await reading('2026-11-02T12:00:00Z', '7200');
    await order('2026-11-02T11:59:58.500Z', { outcome: 'answered', status: 'confirmed', cost: '2800' });
    const { total } = await reconcileFund(database.pool, DAYS, MOSCOW);
    expect(total?.unexplained).toEqual({ least: '0', most: '2800' });
  });

  it('shows what came in as lost below zero, hour by hour, and compares nothing without two readings', async () => {
    expect(await reconcileFund(database.pool, DAYS, MOSCOW)).toMatchObject({ spans: [], total: null });
    await reading('2026-11-02T00:10:00Z', '1000');
    expect(await reconcileFund(database.pool, DAYS, MOSCOW)).toMatchObject({ spans: [], total: null });
    await reading('2026-11-02T00:40:00Z', '900');
    await reading('2026-11-02T05:20:00Z', '50900');
    const { spans, total, left, came } = await reconcileFund(database.pool, { ...DAYS, by: 'hour' }, MOSCOW);
    expect(spans.map(({ lost }) => lost)).toEqual(['100', '-50000']);
    expect(total?.unexplained).toEqual({ least: '-49900', most: '-49900' });
    // What came in hides nothing of what left.
    expect({ left, came }).toEqual({ left: { least: '100', most: '100' }, came: { least: '50000', most: '50000' } });
  });
});
