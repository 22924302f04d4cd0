import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { acceptOrders } from '../orders/ledger/accept-orders.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { checkOverdueOrders } from './overdue-orders.js';

let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
  await acceptOrders(
    database.pool,
    Array.from({ length: 4 }, () => ({
      apiKeyName: 'shop',
      idempotencyKey: randomUUID(),
      requestHash: Buffer.from('hash'),
      reference: null,
      body: '{}',
      callbackUrl: null,
      metadata: null,
      phones: [],
    })),
  );
});

afterEach(async () => {
  await database.close();
});

const kinds = async (check: ReturnType<typeof checkOverdueOrders>): Promise<string[]> =>
  (await check.find()).map(({ kind }) => kind);

test('orders that are due for longer than the rate needs are reported, until they have been sent', async () => {
  const check = checkOverdueOrders(database.pool, 1_000_000, { graceSecs: 0 });
  expect(await kinds(check)).toEqual(['orders.overdue']);
  await database.pool.query(`update orders set status = 'cancelled'`);
  expect(await kinds(check)).toEqual([]);
});

test('orders that wait for their slot are not overdue', async () => {
  expect(await kinds(checkOverdueOrders(database.pool, 0.1, { graceSecs: 0 }))).toEqual([]);
});

test.each([
  ['the breaker is open', `update partner_breaker set open_until = now() + interval '1 minute'`],
  ['sending is stopped', `update sending_guard set state = 'stopped', reason = 'by-hand'`],
  [
    'it is outside the hours in which orders are sent',
    `update sending_hold set window_zone = 'UTC', window_opens = (now() at time zone 'UTC' + interval '1 hour')::time,
       window_closes = (now() at time zone 'UTC' + interval '2 hours')::time`,
  ],
  ['the fund is under its floor', `update sending_hold set floor = 100, reading_amount = 1`],
])('orders are not overdue while %s', async (_, change) => {
  await database.pool.query(change);
  expect(await kinds(checkOverdueOrders(database.pool, 1_000_000, { graceSecs: 0 }))).toEqual([]);
});
