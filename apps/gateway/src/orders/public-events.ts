import { named, oneOf, text } from '../http/schema/schema.js';

/** The events that a producer learns of, in a callback or in the history of an order. */
export const PUBLIC_EVENTS = [
  'order.confirmed',
  'order.rejected',
  'order.unknown',
  'order.failed',
  'order.cancelled',
  'ticket.written',
  'ticket.refund-initiated',
  'ticket.refunded',
] as const;

export const EVENT_TYPE = named('EventType', oneOf(PUBLIC_EVENTS, 'What happened.'));
export const WEBHOOK_ID = named(
  'WebhookId',
  text('The same at every attempt to deliver an event.', {
    pattern: '^evt_[0-9a-f]{32}$',
    examples: ['evt_019ab3f41c417a208c1daa33b44c55d6'],
  }),
);
