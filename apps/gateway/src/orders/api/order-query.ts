import { ORDER_PHONE } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import { format, moment } from '../../http/schema/formats.js';
import { PAGE_BY_TIME, placeByTime, type TimeCursor } from '../../http/schema/page.js';
import { bodyReader, queryReader } from '../../http/schema/read-request.js';
import { listOf, named, optional, request, textUpTo, type TypeOf } from '../../http/schema/schema.js';
import type { OrderSearch } from '../ledger/order-search.js';
import { ORDER_STATUS, type OrderStatus } from '../order-status.js';

export const MAX_REFERENCE = 255;
const MAX_TEXT = 255;

/** Of these there are few beside the paid ones: their last attempts are read through. */
const WITH_REASON: readonly OrderStatus[] = ['unknown', 'failed', 'retrying'];

const FIELDS = {
  status: optional(
    listOf(ORDER_STATUS, { minItems: 1, description: 'Only orders in these states, separated by commas.' }),
  ),
  reference: optional(textUpTo(MAX_REFERENCE, 'Only orders with this reference.')),
  troikaOrderId: optional(textUpTo(MAX_TEXT, 'Only the order with this id at Тройка Бизнес.')),
  idempotencyKey: optional(textUpTo(MAX_TEXT, 'Only orders that were posted under this idempotency key.')),
  key: optional(textUpTo(MAX_TEXT, 'Only orders that the key of this name has placed.')),
  reason: optional(
    textUpTo(
      MAX_TEXT,
      `Only orders whose last attempt had no valid answer for this reason, such as timeout. Needs a status of ${WITH_REASON.join(', ')}.`,
    ),
  ),
  from: optional(moment('Accepted at this moment or later.')),
  to: optional(moment('Accepted before this moment.')),
};

/** What `GET /orders` and `GET /admin/orders` take. */
export const ORDER_QUERY = request({ ...FIELDS, ...PAGE_BY_TIME });
const read = queryReader(ORDER_QUERY);

const orderPhone = format('order-phone', ORDER_PHONE, 'Must be a text of +7 and 10 to 14 digits.');
/** What `POST /orders/search` and `POST /admin/orders/search` take: what leads to a person is in no address, which logs keep. */
export const ORDER_SEARCH = named(
  'OrderSearch',
  request({
    ...FIELDS,
    phone: optional(orderPhone('Only orders that name this phone.')),
    cardNumber: optional(
      textUpTo(
        MAX_TEXT,
        'Only orders for the Тройка card with this number. Needs `from`: the orders of that time are read through.',
      ),
    ),
    ...PAGE_BY_TIME,
  }),
);
const readSearch = bodyReader(ORDER_SEARCH);

export interface OrderQuery {
  readonly filter: OrderSearch;
  readonly limit: number;
  /** The last order of the page before. */
  readonly after: TimeCursor | undefined;
}

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readOrderQuery(query: unknown): OrderQuery {
  return queryOf(read(query, needStatus));
}

/** @throws ProblemError 422 with one entry per faulty field */
export function readOrderSearch(body: unknown): OrderQuery {
  return queryOf(readSearch(body, (good) => [...needStatus(good), ...needFrom(good)]));
}

function needStatus({ reason, status }: Partial<TypeOf<typeof ORDER_QUERY>>): FieldFault[] {
  if (reason === undefined || (status !== undefined && status.every((one) => WITH_REASON.includes(one)))) return [];
  return [{ pointer: '/status', detail: `With reason, one of ${WITH_REASON.join(', ')} is required, and no other.` }];
}

function needFrom({ cardNumber, from }: Partial<TypeOf<typeof ORDER_SEARCH>>): FieldFault[] {
  return cardNumber === undefined || from !== undefined
    ? []
    : [{ pointer: '/from', detail: 'Required with cardNumber.' }];
}

function queryOf({
  status: statuses,
  limit,
  cursor,
  ...filter
}: TypeOf<typeof ORDER_QUERY> & Partial<TypeOf<typeof ORDER_SEARCH>>): OrderQuery {
  return { filter: { ...filter, statuses }, ...placeByTime({ limit, cursor }) };
}
