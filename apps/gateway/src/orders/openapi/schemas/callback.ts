import { moment } from '../../../http/schema/formats.js';
import { named, object, oneOf, optional, text } from '../../../http/schema/schema.js';
import { CALLBACK_ORDER } from './order.js';
import { TICKET_STATE } from './ticket.js';

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

/** Choices and what each means, as a list of a description. */
export const listed = (choices: Readonly<Record<string, string>>): string =>
  Object.entries(choices)
    .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
    .join('\n');

export const EVENT_TYPE = named('EventType', oneOf(PUBLIC_EVENTS, 'What happened.'));
export const WEBHOOK_ID = named(
  'WebhookId',
  text('The same at every attempt to deliver an event.', {
    pattern: '^evt_[0-9a-f]{32}$',
    examples: ['evt_019ab3f41c417a208c1daa33b44c55d6'],
  }),
);
export const CALLBACK_EVENT = named(
  'CallbackEvent',
  object(
    {
      type: EVENT_TYPE,
      timestamp: moment('When it happened.'),
      data: object({ order: CALLBACK_ORDER, ticket: optional(TICKET_STATE) }),
    },
    { description: 'The payload of a callback. An event about a ticket names it.' },
  ),
);
export const TEST_EVENT = named(
  'TestEvent',
  object(
    { type: { type: 'string', const: 'test' }, timestamp: moment('When it was sent.'), data: object({}) },
    { description: 'The payload of a test delivery, which is about nothing.' },
  ),
);
