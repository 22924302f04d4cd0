import { writeJson } from '@vestibule/envelope';
import { date } from '../../http/schema/formats.js';
import { named, object, optional } from '../../http/schema/schema.js';
import type { OrderRecord } from '../order.js';
import { CALLBACK_ORDER, orderTicketView, thinOrderView } from '../order-view.js';
import { EVENT_TYPE } from '../public-events.js';
import { TICKET_STATE, type TicketStatus } from '../ticket.js';

/** The order as it was when the event happened; its times are still text. */
export type OrderSnapshot = Omit<OrderRecord, 'body' | 'nextAttemptAt' | 'retryCause' | 'createdAt' | 'updatedAt'> & {
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** The content of a callback, as stored in the outbox. */
export interface CallbackEvent {
  /** Such as `order.confirmed`. */
  readonly type: string;
  readonly at: Date;
  readonly snapshot: OrderSnapshot;
  /** JSON, or null. */
  readonly metadata: string | null;
  /** The ticket it is about; null when it is about the order. */
  readonly ticketId: string | null;
  readonly ticketStatus: TicketStatus | null;
}

/** The body of a callback, as the API describes it. */
export const CALLBACK_EVENT = named(
  'CallbackEvent',
  object(
    {
      type: EVENT_TYPE,
      timestamp: date('When it happened.'),
      data: object({ order: CALLBACK_ORDER, ticket: optional(TICKET_STATE) }),
    },
    { description: 'The payload of a callback. An event about a ticket names it.' },
  ),
);
export const TEST_EVENT = named(
  'TestEvent',
  object(
    { type: { type: 'string', const: 'test' }, timestamp: date('When it was sent.'), data: object({}) },
    { description: 'The payload of a test delivery, which is about nothing.' },
  ),
);

/**
 * The body of a callback: `{"type", "timestamp", "data": {"order": {…}, "ticket"?: {…}}}`. It is made of the event
 * alone, so it is the same, byte for byte, at every attempt – unless the order was anonymised in between.
 */
export function encodeEvent({ type, at, snapshot, metadata, ticketId, ticketStatus }: CallbackEvent): Buffer {
  const known = snapshot.tickets.find(({ orderTariffId }) => orderTariffId === ticketId);
  const { cardNumber = null, tariffId = null } = known ?? {};
  const ticket =
    ticketId === null || ticketStatus === null
      ? undefined
      : orderTicketView({ orderTariffId: ticketId, cardNumber, tariffId, status: ticketStatus });
  const order = thinOrderView(
    { ...snapshot, createdAt: new Date(snapshot.createdAt), updatedAt: new Date(snapshot.updatedAt) },
    metadata,
  );
  return Buffer.from(writeJson({ type, timestamp: at, data: { order, ticket } }));
}

/** The body of a test delivery, which is about nothing. */
export function encodeTestEvent(at: Date): Buffer {
  return Buffer.from(JSON.stringify({ type: 'test', timestamp: at.toISOString(), data: {} }));
}
