import { ORDER_STATUS } from '../../order-status.js';
import { listOf, moment, NEXT_CURSOR, object, orNull, schemaRef, text, type Json } from '../build.js';
import { partnerNumberOrNull } from './partner-number.js';

const TROIKA = object(
  {
    orderId: partnerNumberOrNull('The id of the order there.'),
    totalAmount: partnerNumberOrNull('What it cost, in roubles.'),
    resultCode: orNull({ type: 'integer', description: '0: executed and paid; anything else: refused.' }),
    resultMessage: orNull(text('What was said beside the code, personal data masked.')),
  },
  { description: 'What Тройка Бизнес answered; null as long as it has not.' },
);

const ORDER_FIELDS: Readonly<Record<string, Json>> = {
  id: text('The id of the order here.', { format: 'uuid' }),
  status: ORDER_STATUS,
  reference: orNull(text('As it was posted.')),
  troika: TROIKA,
  attempts: { type: 'integer', minimum: 0, description: 'How often it was sent, the attempt under way included.' },
  tickets: listOf(schemaRef('TicketState'), {
    description: 'The tickets of a confirmed order, once Тройка Бизнес has named them.',
  }),
  createdAt: moment('When it was accepted.'),
  updatedAt: moment('When it last changed.'),
};

export const ORDER_SCHEMAS: Readonly<Record<string, Json>> = {
  Order: object({
    ...ORDER_FIELDS,
    placedBy: text('The name of the key that placed it; other keys need the scope `orders:read-all` to see it.'),
    order: {
      type: 'object',
      additionalProperties: true,
      description: 'The body of app_create_order as it was posted, until its personal data are forgotten.',
    },
  }),
  CallbackOrder: object(
    {
      ...ORDER_FIELDS,
      metadata: orNull({ type: 'object', additionalProperties: true, description: 'As it was posted.' }),
    },
    { description: 'The order as it was when the event happened. What was ordered is not repeated.' },
  ),
  OrderPage: object({
    orders: listOf(schemaRef('Order')),
    nextCursor: NEXT_CURSOR,
  }),
};
