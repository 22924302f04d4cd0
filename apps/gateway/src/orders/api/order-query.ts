import { FieldReader } from '../../http/field-reader.js';
import { readByTime, type TimeCursor } from '../../http/page-query.js';
import type { OrderFilter } from '../ledger/list-orders.js';
import { ORDER_STATUSES } from '../order-status.js';

export const MAX_REFERENCE = 255;
const KNOWN = ['status', 'reference', 'from', 'to', 'limit', 'cursor'];

export interface OrderQuery {
  readonly filter: OrderFilter;
  readonly limit: number;
  /** The last order of the page before. */
  readonly after: TimeCursor | undefined;
}

/**
 * Reads the query of `GET /orders`: `status` (several separated by commas), `reference`, `from` (included) and `to`
 * (excluded) on the time of acceptance, `limit` (50 unless given, 200 at most), `cursor` of the page before.
 *
 * @throws ProblemError 422 with one entry per faulty parameter
 */
export function readOrderQuery(query: unknown): OrderQuery {
  const reader = new FieldReader(query, 'query', KNOWN);
  const filter: OrderFilter = {
    statuses: reader.someOf('status', ORDER_STATUSES),
    reference: reader.text('reference', MAX_REFERENCE),
    from: reader.instant('from'),
    to: reader.instant('to'),
  };
  const page = readByTime(reader);
  reader.refuseFaults();
  return { filter, ...page };
}
