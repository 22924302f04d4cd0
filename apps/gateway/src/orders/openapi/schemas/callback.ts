import { moment, object, schemaRef, text, type Json } from '../build.js';

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

export const CALLBACK_SCHEMAS: Readonly<Record<string, Json>> = {
  EventType: text('What happened.', { enum: [...PUBLIC_EVENTS] }),
  CallbackEvent: object(
    {
      type: schemaRef('EventType'),
      timestamp: moment('When it happened.'),
      data: object({ order: schemaRef('CallbackOrder'), ticket: schemaRef('TicketState') }, { optional: ['ticket'] }),
    },
    { description: 'The payload of a callback. An event about a ticket names it.' },
  ),
  TestEvent: object(
    { type: { type: 'string', const: 'test' }, timestamp: moment('When it was sent.'), data: object({}) },
    { description: 'The payload of a test delivery, which is about nothing.' },
  ),
};
