import { JsonText, writeJson } from '@vestibule/envelope';
import { exactNumber } from '../core/exact-number.js';
import { encodeCursor } from '../http/cursor.js';
import { date, uuid } from '../http/schema/formats.js';
import { NEXT_CURSOR } from '../http/schema/page.js';
import { integer, listOf, named, object, orNull, text, type Json, type TypeOf } from '../http/schema/schema.js';
import { partnerNumberOrNull } from '../partner/answer-fields.js';
import { CONFIRMED_RECORD } from './example-order.js';
import type { OrderPage } from './ledger/list-orders.js';
import type { OrderRecord } from './order.js';
import { ORDER_STATUS } from './order-status.js';
import { TICKET_STATE, type TicketRecord } from './ticket.js';

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
  createdAt: date('When it was accepted.'),
  updatedAt: date('When it last changed.'),
};

const asJson = (view: object): Json => JSON.parse(writeJson(view)) as Json;
const CONFIRMED_ORDER: Json = asJson(orderView(CONFIRMED_RECORD));
const CONFIRMED_CALLBACK: Json = asJson(thinOrderView(CONFIRMED_RECORD, '{"till":7}'));

export const ORDER = named(
  'Order',
  object(
    {
      ...FIELDS,
      nextAttemptAt: orNull(
        date(
          'When a `retrying` order is due again; while sending is stopped or paused it waits longer. Null in other states.',
        ),
      ),
      retryCause: orNull(
        text('Why a `retrying` order is sent again, as the last of its events says it. Null in other states.'),
      ),
      placedBy: text('The name of the key that placed it; other keys need the scope `orders:read-all` to see it.'),
      order: anyObject('The body of app_create_order as it was posted, until its personal data are erased.'),
    },
    { examples: [CONFIRMED_ORDER] },
  ),
);
/** In a callback. */
export const CALLBACK_ORDER = named(
  'CallbackOrder',
  object(
    { ...FIELDS, metadata: orNull(anyObject('As it was posted.')) },
    {
      description: 'The order as it was when the event happened. What was ordered is not repeated.',
      examples: [CONFIRMED_CALLBACK],
    },
  ),
);
type OrderView = TypeOf<typeof ORDER>;
export const ORDER_PAGE = named('OrderPage', object({ orders: listOf(ORDER), nextCursor: NEXT_CURSOR }));

/**
 * An order as the API gives it. The partner's id and amount stay the numbers it sent, digit for digit, and the order
 * itself what the producer wrote: neither goes through a JavaScript number.
 */
export function orderView(order: OrderRecord): OrderView {
  const { id, status, reference, placedBy, nextAttemptAt, retryCause } = order;
  const retry = { nextAttemptAt, retryCause };
  return { id, status, reference, ...retry, placedBy, order: new JsonText(order.body), ...progressView(order) };
}

/**
 * An order without its body, with the producer's own data.
 * @param metadata JSON, or null
 */
export function thinOrderView(order: ThinOrder, metadata: string | null): TypeOf<typeof CALLBACK_ORDER> {
  const { id, status, reference } = order;
  return { id, status, reference, metadata: metadata && new JsonText(metadata), ...progressView(order) };
}

type ThinOrder = Omit<OrderRecord, 'body' | 'nextAttemptAt' | 'retryCause'>;
type Progress = Pick<OrderView, 'troika' | 'attempts' | 'tickets' | 'createdAt' | 'updatedAt'>;
function progressView(order: ThinOrder): Progress {
  const { resultCode, resultMessage, attempts, createdAt, updatedAt } = order;
  return {
    troika: {
      orderId: exactNumber(order.troikaOrderId),
      totalAmount: exactNumber(order.totalAmount),
      resultCode,
      resultMessage,
    },
    attempts,
    tickets: order.tickets.map(orderTicketView),
    createdAt,
    updatedAt,
  };
}

/** Ids as the numbers that the partner sent; the card's number is a text, with its leading zeros. */
export function orderTicketView({
  orderTariffId,
  cardNumber,
  tariffId,
  status,
}: TicketRecord): TypeOf<typeof TICKET_STATE> {
  return { orderTariffId: exactNumber(orderTariffId), cardNumber, tariffId: exactNumber(tariffId), status };
}

/** A page of orders: `{"orders": […], "nextCursor": …}`, the cursor null at the end. */
export function orderPageView({ orders, next }: OrderPage): TypeOf<typeof ORDER_PAGE> {
  const nextCursor = next === undefined ? null : encodeCursor([next.createdAt, next.id]);
  return { orders: orders.map(orderView), nextCursor };
}
