import { moment } from '../../http/schema/formats.js';
import { PAGE_BY_TIME, placeByTime, type TimeCursor } from '../../http/schema/page.js';
import { queryReader } from '../../http/schema/read-request.js';
import { listOf, optional, request, textUpTo } from '../../http/schema/schema.js';
import type { OrderFilter } from '../ledger/list-orders.js';
import { ORDER_STATUS } from '../order-status.js';

export const MAX_REFERENCE = 255;

/** What `GET /orders` and `GET /admin/orders` take. */
export const ORDER_QUERY = request({
  status: optional(
    listOf(ORDER_STATUS, { minItems: 1, description: 'Only orders in these states, separated by commas.' }),
  ),
  reference: optional(textUpTo(MAX_REFERENCE, 'Only orders with this reference.')),
  from: optional(moment('Accepted at this moment or later.')),
  to: optional(moment('Accepted before this moment.')),
  ...PAGE_BY_TIME,
});
const read = queryReader(ORDER_QUERY);

export interface OrderQuery {
  readonly filter: OrderFilter;
  readonly limit: number;
  /** The last order of the page before. */
  readonly after: TimeCursor | undefined;
}

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readOrderQuery(query: unknown): OrderQuery {
  const { status: statuses, reference, from, to, ...page } = read(query);
  return { filter: { statuses, reference, from, to }, ...placeByTime(page) };
}
