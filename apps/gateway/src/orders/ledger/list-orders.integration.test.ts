import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import type { OrderStatus } from '../order-status.js';
import { listOrders, listStatement, type OrderFilter, type OrderPlace } from './list-orders.js';

const ALL: OrderFilter = { statuses: undefined, reference: undefined, from: undefined, to: undefined };

describe('the list of orders', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    // Forty in each state, all of one state within the same microsecond.
    for (const status of ['confirmed', 'failed', 'unknown']) {
      await database.pool.query(
        `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, reference)
         select id, 'k', id::text, '', '{}', $1, 'r' from (select gen_random_uuid() as id from generate_series(1, 40)) t`,
        [status],
      );
    }
  });
  afterAll(() => database.close());

  async function walk(filter: OrderFilter, limit: number): Promise<string[]> {
    const seen: string[] = [];
    let after: OrderPlace | undefined;
    do {
      const page = await listOrders(database.pool, { filter, after, limit });
      seen.push(...page.orders.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    return seen;
  }

  it.each([
    ['all', ALL, 120],
    ['one state', { ...ALL, statuses: ['failed'] as OrderStatus[] }, 40],
    ['several states', { ...ALL, statuses: ['failed', 'unknown', 'sending'] as OrderStatus[] }, 80],
    ['a reference and a state', { ...ALL, reference: 'r', statuses: ['confirmed'] as OrderStatus[] }, 40],
    ['another reference', { ...ALL, reference: 's' }, 0],
  ])('gives %s once each, page by page, also within one microsecond', async (_, filter, count) => {
    const seen = await walk(filter, 7);
    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
    expect(await walk(filter, 200)).toEqual(seen);
  });

  it.each([
    ['orders_created', ALL],
    ['orders_piles', { ...ALL, statuses: ['unknown'] as OrderStatus[] }],
    ['orders_piles', { ...ALL, statuses: ['failed', 'rejected'] as OrderStatus[] }],
    ['orders_reference', { ...ALL, reference: 'r' }],
  ])('finds its page by the index %s', async (index, filter) => {
    const client = await database.pool.connect();
    try {
      const after = { createdAt: '2026-01-01T00:00:00.000000Z', id: '0190c0de-0000-7000-8000-000000000000' };
      const { text, values } = listStatement(filter, after, 50);
      // Small tables are read whole whatever the indexes are: here only what could be done matters.
      await client.query('begin; set local enable_seqscan = off; set local enable_bitmapscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/Seq Scan on orders/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
