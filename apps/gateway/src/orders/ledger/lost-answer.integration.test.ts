import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { AcceptanceUnclearError } from './acceptance-unclear.js';
import type { NewOrder } from './accept-orders.js';
import { Ledger } from './ledger.js';

let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
});

afterEach(async () => {
  await database.close();
});

/** A pool whose connection breaks behind so many commits, before their answer: nothing else is different. */
function losingAnswers(count: number): pg.Pool {
  let left = count;
  const query = async (config: pg.QueryConfig): Promise<unknown> => {
    const answer = await database.pool.query(config);
    if (left === 0) return answer;
    left -= 1;
    throw new Error('Connection terminated unexpectedly');
  };
  return { query } as unknown as pg.Pool;
}

function newOrder(): NewOrder {
  return {
    apiKeyName: 'shop',
    idempotencyKey: randomUUID(),
    requestHash: Buffer.from('hash'),
    reference: null,
    body: '{"phone":"+79160000000"}',
    callbackUrl: null,
    metadata: null,
    phones: ['+79160000000'],
  };
}

const orderIds = async (): Promise<string[]> =>
  (await database.pool.query<{ id: string }>('select id from orders')).rows.map(({ id }) => id);

test('an order whose commit was made and whose answer was lost is accepted, once, and not as a repetition', async () => {
  const acceptance = await new Ledger(losingAnswers(1), 1_000).accept(newOrder());
  expect(acceptance.kind).toBe('accepted');
  expect(await orderIds()).toEqual([acceptance.kind === 'accepted' ? acceptance.order.id : '']);
});

test('an order that may be committed fails with its id in the error, and the same post returns it later', async () => {
  const order = newOrder();
  const failure: unknown = await new Ledger(losingAnswers(100), 1_000).accept(order).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AcceptanceUnclearError);
  const [id] = await orderIds();
  expect((failure as AcceptanceUnclearError).orderId).toBe(id);
  expect(await new Ledger(database.pool, 1_000).accept(order)).toMatchObject({ kind: 'replayed', order: { id } });
});

test('an order that cannot have been committed fails as what it is', async () => {
  await database.pool.query('alter table orders rename to gone');
  await expect(new Ledger(database.pool, 1_000).accept(newOrder())).rejects.toMatchObject({ code: '42P01' });
});
