import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { COUNT } from './decisions/count-by-status.js';
import { listStatement } from './list-orders.js';
import type { OrderSearch } from './order-search.js';

const ALL: OrderSearch = { statuses: undefined, reference: undefined, from: undefined, to: undefined };
const AFTER = { createdAt: '2026-03-01T00:00:00.000000Z', id: '0190c0de-0000-7000-8000-000000000000' };
const PAGE = 101;

describe('the console over a long ledger', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    // Paid orders but for a few, of four hundred producers, one each minute: as many as make PostgreSQL prefer an index by itself.
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, reference, phones, attempts,
           troika_order_id, created_at, updated_at)
       select gen_random_uuid(), 'shop-' || n % 400, 'key-' || n, '', '{"orderData":[{"cardNumber":"0012345678"}]}',
              case n % 1000 when 1 then 'unknown' when 2 then 'failed' when 3 then 'rejected' when 4 then 'accepted'
                            when 5 then 'retrying' when 6 then 'sending' when 7 then 'cancelled' else 'confirmed' end,
              'ref-' || n, array['+7916' || lpad(n::text, 7, '0')], 1, n::text, at, at
         from (select n, '2026-01-01Z'::timestamptz + n * interval '1 minute' as at from generate_series(1, 30000) n) t`,
    );
    await database.pool.query(
      `insert into order_attempts (order_id, number, ended_at, outcome, reason)
       select id, 1, now(), case when status = 'unknown' then 'unknown' else 'answered' end,
              case when status = 'unknown' then 'timeout' end
         from orders`,
    );
    await database.pool.query('analyze orders, order_attempts');
  });
  afterAll(() => database.close());

  async function planOf({ text, values = [] }: { text: string; values?: unknown[] }): Promise<string> {
    const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it.each<[string, Partial<OrderSearch>, RegExp]>([
    ['all', {}, /orders_created/],
    ['of one state that waits for a person', { statuses: ['unknown'] }, /orders_(piles|waiting)/],
    ['of two such states', { statuses: ['failed', 'rejected'] }, /orders_(piles|waiting)/],
    ['that are paid', { statuses: ['confirmed'] }, /orders_created/],
    ['that are to be sent', { statuses: ['accepted', 'retrying'] }, /orders_(due|lanes|created)/],
    ['on their way', { statuses: ['sending'] }, /orders_lease/],
    ['of one producer', { key: 'shop-1' }, /orders_(of_key|idempotency)/],
    [
      'of one producer and state',
      { key: 'shop-1', statuses: ['unknown'] },
      /orders_(piles|waiting|of_key|idempotency)/,
    ],
    ['unknown for one reason', { statuses: ['unknown'], reason: 'timeout' }, /order_attempts_pkey/],
    ['of a time', { from: '2026-01-10T00:00:00Z', to: '2026-01-11T00:00:00Z' }, /orders_created/],
    ['with a reference', { reference: 'ref-7' }, /orders_reference/],
    ['with an id at Тройка Бизнес', { troikaOrderId: '7' }, /orders_troika_id/],
    ['with an idempotency key of whichever producer', { idempotencyKey: 'key-7' }, /orders_idempotency/],
    ['for a phone', { phone: '+79160000007' }, /orders_phones/],
    ['for a card, since a moment', { cardNumber: '0012345678', from: '2026-01-20T00:00:00Z' }, /orders_created/],
  ])('finds a page of orders %s by an index, also in the middle', async (_, search, index) => {
    for (const after of [undefined, AFTER]) {
      const plan = await planOf(listStatement({ ...ALL, ...search }, after, PAGE));
      expect(plan).toMatch(index);
      expect(plan).not.toMatch(/Seq Scan on (orders|order_attempts)/);
    }
  });

  it('counts what waits and what is under way without reading a paid order', async () => {
    const plan = await planOf(COUNT);
    expect(plan).toContain('orders_waiting');
    expect(plan).not.toMatch(/Seq Scan on orders|orders_created/);
  });
});
