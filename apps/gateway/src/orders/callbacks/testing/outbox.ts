import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { acceptOrders } from '../../ledger/accept-orders.js';

/** An order with an address for its callbacks. */
export async function acceptOrder(
  pool: Pool,
  callbackUrl: string | null,
  metadata: string | null = null,
  apiKeyName = 'shop',
): Promise<string> {
  const body = JSON.stringify({ orderData: [{ cardNumber: '1234567890', tariffId: 2671 }], phone: '+71044826548' });
  const [acceptance] = await acceptOrders(pool, [
    {
      apiKeyName,
      idempotencyKey: randomUUID(),
      requestHash: Buffer.of(1),
      reference: 'ref-1',
      body,
      callbackUrl,
      metadata,
      phones: ['+71044826548'],
    },
  ]);
  if (acceptance?.kind !== 'accepted') throw new Error('the order was not accepted');
  return acceptance.order.id;
}

/** Takes an order to `confirmed` as a sender does: a claim, then an answer; the events go with it. */
export async function confirmOrder(pool: Pool, orderId: string): Promise<void> {
  await pool.query(`update orders set status = 'sending', attempts = attempts + 1 where id = $1`, [orderId]);
  await pool.query(
    `with settled as (
       update orders set status = 'confirmed', troika_order_id = '228422', total_amount = '16.10', result_code = 0,
              result_message = 'OK', updated_at = now() where id = $1 returning id)
     insert into order_events (order_id, status, cause) select id, 'confirmed', 'answered' from settled`,
    [orderId],
  );
}

/** Another event of an order for producers: a ticket has changed. */
export async function changeTicket(pool: Pool, orderId: string, ticketId: string, status: string): Promise<void> {
  await pool.query(
    `insert into order_tickets (order_id, order_tariff_id, position, card_number, tariff_id, status)
     values ($1, $2, 0, '1234567890', '2671', $3)
     on conflict (order_id, order_tariff_id) do update set status = excluded.status`,
    [orderId, ticketId, status],
  );
  await pool.query(
    `insert into order_events (order_id, status, cause, ticket_id, ticket_status) values ($1, 'confirmed', 'tracked', $2, $3)`,
    [orderId, ticketId, status],
  );
}
