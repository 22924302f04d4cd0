import { moment, uuid } from '../../../http/schema/formats.js';
import { NEXT_CURSOR } from '../../../http/schema/page.js';
import { integer, listOf, named, object, orNull, text, type Json } from '../../../http/schema/schema.js';
import { ORDER_STATUS } from '../../order-status.js';
import { CONFIRMED_ORDER } from '../examples.js';
import { partnerNumberOrNull } from './partner-number.js';
import { TICKET_STATE } from './ticket.js';

const { order: _notRepeated, placedBy: _known, ...CONFIRMED_CALLBACK } = CONFIRMED_ORDER;

const anyObject = (description: string): Json => ({ type: 'object', additionalProperties: true, description });

const TROIKA = object(
  {
    orderId: partnerNumberOrNull('The id of the order there.'),
    totalAmount: partnerNumberOrNull('What it cost, in roubles.'),
    resultCode: orNull(integer('0: executed and paid; anything else: refused.')),
    resultMessage: orNull(text('What was said beside the code, personal data masked.')),
  },
  { description: 'What Тройка Бизнес answered; null as long as it has not.' },
);

const FIELDS = {
  id: uuid('The id of the order here.'),
  status: ORDER_STATUS,
  reference: orNull(text('As it was posted.')),
  troika: TROIKA,
  attempts: integer('How often it was sent, the attempt under way included.', { minimum: 0 }),
  tickets: listOf(TICKET_STATE, {
    description: 'The tickets of a confirmed order, once Тройка Бизнес has named them.',
  }),
  createdAt: moment('When it was accepted.'),
  updatedAt: moment('When it last changed.'),
};

export const ORDER = named(
  'Order',
  object(
    {
      ...FIELDS,
      placedBy: text('The name of the key that placed it; other keys need the scope `orders:read-all` to see it.'),
      order: anyObject('The body of app_create_order as it was posted, until its personal data are forgotten.'),
    },
    { examples: [CONFIRMED_ORDER] },
  ),
);
export const CALLBACK_ORDER = named(
  'CallbackOrder',
  object(
    { ...FIELDS, metadata: orNull(anyObject('As it was posted.')) },
    {
      description: 'The order as it was when the event happened. What was ordered is not repeated.',
      examples: [{ ...CONFIRMED_CALLBACK, metadata: { till: 7 } }],
    },
  ),
);
export const ORDER_PAGE = named('OrderPage', object({ orders: listOf(ORDER), nextCursor: NEXT_CURSOR }));
