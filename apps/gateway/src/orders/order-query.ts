import { decodeCursor } from '../http/cursor.js';
import { FieldReader, isInstant } from '../http/field-reader.js';
import { isUuid } from '../http/uuid.js';
import type { OrderFilter, OrderPlace } from './ledger/list-orders.js';
import { ORDER_STATUSES } from './order-status.js';

export const MAX_REFERENCE = 255;
export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;
const KNOWN = ['status', 'reference', 'from', 'to', 'limit', 'cursor'];

export interface OrderQuery {
  readonly filter: OrderFilter;
  readonly limit: number;
  /** The last order of the page before. */
  readonly after: OrderPlace | undefined;
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
  const limit = reader.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const after = readCursor(reader);
  reader.refuseFaults();
  return { filter, limit, after };
}

function readCursor(reader: FieldReader): OrderPlace | undefined {
  const text = reader.text('cursor', 255);
  if (text === undefined) return undefined;
  const [createdAt = '', id = ''] = decodeCursor(text, 2) ?? [];
  if (isInstant(createdAt) && isUuid(id)) return { createdAt, id };
  return reader.fault('cursor', 'Must be the nextCursor of the page before.');
}
