import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';

describe('the type of an event for producers', () => {
  let database: TestDatabase;
  const orderId = randomUUID();
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body) values ($1, 'shop', 'k', '', '{}')`,
      [orderId],
    );
  });
  afterAll(() => database.close());

  it.each([
    ['accepted', 'accepted', null, null],
    ['sending', 'claimed', null, null],
    ['retrying', 'not-sent', null, null],
    ['confirmed', 'answered-0', null, 'order.confirmed'],
    ['rejected', 'answered-other', null, 'order.rejected'],
    ['unknown', 'no-valid-answer', null, 'order.unknown'],
    ['failed', 'retries-used-up', null, 'order.failed'],
    ['cancelled', 'cancelled-before-sending', null, 'order.cancelled'],
    ['cancelled', 'cancelled-there', null, 'order.cancelled'],
    ['confirmed', 'ticket-written', 'written', 'ticket.written'],
    ['confirmed', 'ticket-refund-initiated', 'refund-initiated', 'ticket.refund-initiated'],
    ['cancelled', 'ticket-refunded', 'refunded', 'ticket.refunded'],
    ['confirmed', 'ticket-pending', 'pending', null],
    ['confirmed', 'cancel-requested', null, null],
    ['confirmed', 'cancel-refused', 'written', null],
    ['cancelled', 'anonymised', null, null],
  ])('of one to %s because of %s, with a ticket that is %s, is %s', async (status, cause, ticketStatus, type) => {
    const { rows } = await database.pool.query<{ type: string | null }>(
      `insert into order_events (order_id, status, cause, ticket_id, ticket_status) values ($1, $2, $3, $4, $5)
       returning type`,
      [orderId, status, cause, ticketStatus === null ? null : '1', ticketStatus],
    );
    expect(rows).toEqual([{ type }]);
  });
});
