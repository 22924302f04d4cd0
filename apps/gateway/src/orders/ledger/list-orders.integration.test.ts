import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimeCursor } from '../../http/schema/page.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import type { OrderStatus } from '../order-status.js';
import { listOrders, listStatement } from './list-orders.js';
import type { OrderFilter } from './order-search.js';

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
    let after: TimeCursor | undefined;
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

  it('gives what was there at the beginning once each, although an older order is committed in the middle', async () => {
    const place = (reference: string, at: string): [string] => [
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, reference, created_at)
       select id, 'k', id::text, '', '{}', '${reference}', '${at}' from (select gen_random_uuid() as id) t returning id`,
    ];
    const filter = { ...ALL, reference: 'late' };
    for (const minute of ['01', '03', '05', '07'])
      await database.pool.query(...place('late', `2026-01-01 00:${minute}Z`));
    const before = await walk(filter, 200);
    const late = await database.pool.connect();
    try {
      // Both began long ago: one stands ahead of the first page's end, the other behind it.
      await late.query('begin');
      const newer = await late.query<{ id: string }>(...place('late', '2026-01-01 00:06Z'));
      const older = await late.query<{ id: string }>(...place('late', '2026-01-01 00:02Z'));
      const first = await listOrders(database.pool, { filter, after: undefined, limit: 2 });
      await late.query('commit');
      const rest = await listOrders(database.pool, { filter, after: first.next, limit: 200 });
      const seen = [...first.orders, ...rest.orders].map(({ id }) => id);
      expect(seen.filter((id) => before.includes(id))).toEqual(before);
      expect(seen).toContain(older.rows[0]?.id);
      expect(seen).not.toContain(newer.rows[0]?.id);
    } finally {
      late.release();
    }
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
