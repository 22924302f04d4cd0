import { MAX_REFERENCE } from '../../api/order-query.js';
import { ORDER_STATUSES } from '../../order-status.js';
import { MAX_URL } from '../../../egress/read-target.js';
import { MAX_METADATA } from '../../api/order-request.js';
import { listOf, moment, NEXT_CURSOR, object, orNull, schemaRef, text, type Json } from '../build.js';
import { partnerNumberOrNull } from './partner-number.js';

const REFERENCE = text('A text of your own to find orders by.', { minLength: 1, maxLength: MAX_REFERENCE });
const METADATA: Json = {
  type: 'object',
  additionalProperties: true,
  description: `Anything of your own, kept beside the order and given back in callbacks: an object of at most ${MAX_METADATA} characters of JSON.`,
};

/** What `POST /orders` takes, beside its header. */
export const NEW_ORDER_FIELDS: Readonly<Record<string, Json>> = {
  order: schemaRef('CreateOrder'),
  reference: orNull(REFERENCE),
  callbackUrl: orNull(
    text(
      'Where callbacks about this order go: a public https:// address without credentials. Your key needs a secret in CALLBACK_SECRETS.',
      {
        format: 'uri',
        maxLength: MAX_URL,
      },
    ),
  ),
  metadata: orNull(METADATA),
};

export const OPTIONAL_ORDER_FIELDS = ['reference', 'callbackUrl', 'metadata'];

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
  status: schemaRef('OrderStatus'),
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
  OrderStatus: {
    type: 'string',
    enum: [...ORDER_STATUSES],
    description: `What has become of an order:

- \`accepted\`: committed here, not sent yet
- \`sending\`: an attempt is under way
- \`retrying\`: surely not executed there; the next attempt is scheduled
- \`confirmed\`: Тройка Бизнес answered 0: paid
- \`rejected\`: Тройка Бизнес answered another code: final
- \`unknown\`: bytes may have reached it and no valid answer came back, or it answered 0 without an id of the order's own; an operator decides, or a rule
- \`failed\`: gave up, surely never executed there
- \`cancelled\`: cancelled, here or there`,
  },
  NewOrder: object(NEW_ORDER_FIELDS, { optional: OPTIONAL_ORDER_FIELDS, closed: true }),
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
