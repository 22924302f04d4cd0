import { moment } from '../../../http/schema/formats.js';
import { named, object, optional } from '../../../http/schema/schema.js';
import { EVENT_TYPE } from '../../public-events.js';
import { CALLBACK_ORDER } from './order.js';
import { TICKET_STATE } from './ticket.js';

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
