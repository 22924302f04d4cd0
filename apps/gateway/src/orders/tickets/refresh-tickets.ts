import type { Pool } from 'pg';
import { noteOddAnswer } from '../../partner/odd-answers.js';
import type { Partner } from '../../partner/partner.js';
import { readPlacedOrder, type PartnerReading, type PlacedOrderRef } from './read-placed-order.js';
import { readingOf, recordTickets, type RecordedTickets } from './record-tickets.js';
import { statement } from '../../storage/statement.js';

/** By the clock of the database, which all processes share; asked for only once the call may leave. */
const BEFORE_READING = statement('before-reading-tickets')`
select troika_order_id as "troikaOrderId", troika_uuid as "troikaUuid", clock_timestamp() as "readAt"
  from orders where id = $1 and troika_order_id is not null`;

/**
 * Reads an order from the partner, in a slot of the rate limiter, and records changes.
 *
 * @param orderId of an order with a partner's id
 * @throws an error of the database; nothing is lost, because it can be read again
 */
export async function refreshTickets(
  pool: Pool,
  partner: Partner,
  orderId: string,
): Promise<PartnerReading<RecordedTickets>> {
  await partner.rateLimiter.take();
  const { rows } = await pool.query<PlacedOrderRef & { readAt: Date }>({
    ...BEFORE_READING,
    values: [orderId],
  });
  if (rows[0] === undefined) return { kind: 'unreadable', detail: 'the order has no number at Тройка Бизнес' };
  const { readAt, ...ref } = rows[0];
  const reading = await readPlacedOrder(partner, ref, { hasSlot: true });
  if (reading.kind !== 'read') return reading;
  await noteOddAnswer(pool, 'app_get_order', reading.oddities);
  const [recorded] = await recordTickets(pool, [readingOf(orderId, readAt, reading.value)]);
  // The order has more tickets than the answer: they are recorded, and decide nothing.
  if (!reading.value.isWhole) return { kind: 'unreadable', detail: reading.oddities?.[0] ?? 'a line cannot be read' };
  if (recorded === undefined) return { kind: 'unreadable', detail: 'the order is not one that has tickets' };
  return { kind: 'read', value: recorded };
}
