import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { findOrder } from './find-order.js';
import { findAttempts } from './order-history.js';

const BODY = {
  orderData: [{ type: 'owncard', cardNumber: '0012345678', tariffId: 2671, currencyId: 'RUB', phone: '+79160000001' }],
  phone: '+79160000000',
  email: 'anna@example.com',
};

describe('what the API shows of an order that is sent again', () => {
  let database: TestDatabase;
  const id = randomUUID();
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, attempts, due_at)
       values ($1::uuid, 'shop', 'key', '', $2, 'retrying', 2, '2026-05-01 10:00:00Z')`,
      [id, JSON.stringify(BODY)],
    );
    await database.pool.query(
      `insert into order_attempts (order_id, number, started_at, ended_at, outcome, reason)
       values ($1, 1, now(), now(), 'not-sent', 'ECONNREFUSED'), ($1, 2, now(), now(), 'not-executed', 'http-status')`,
      [id],
    );
    await database.pool.query(
      `insert into order_events (order_id, status, cause)
       values ($1, 'accepted', 'accepted'), ($1, 'retrying', 'not-sent'), ($1, 'sending', 'claimed'), ($1, 'retrying', 'not-executed')`,
      [id],
    );
  });
  afterAll(() => database.close());

  it('says when it is due again and why, and says neither once it is not', async () => {
    expect(await findOrder(database.pool, id)).toMatchObject({
      nextAttemptAt: new Date('2026-05-01T10:00:00Z'),
      retryCause: 'not-executed',
    });
    await database.pool.query(`update orders set status = 'failed' where id = $1`, [id]);
    expect(await findOrder(database.pool, id)).toMatchObject({ nextAttemptAt: null, retryCause: null });
  });

  it('has in each attempt that may have arrived what was sent, without the person it is for', async () => {
    const [first, second] = (await findAttempts(database.pool, id)) ?? [];
    expect(first).toMatchObject({ number: 1, sent: null });
    expect(JSON.parse(second?.sent ?? '')).toEqual({
      orderData: [{ type: 'owncard', cardNumber: '******5678', tariffId: 2671, currencyId: 'RUB' }],
    });
  });
});
