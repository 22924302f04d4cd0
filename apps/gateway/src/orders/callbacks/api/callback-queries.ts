import { decodeCursor } from '../../../http/cursor.js';
import { FieldReader, isInstant } from '../../../http/field-reader.js';
import { isUuid } from '../../../http/uuid.js';
import { DELIVERY_STATES, type DeliveryFilter } from '../outbox/deliveries.js';
import { ENDPOINT_STATES, type EndpointPlace, type EndpointState } from '../outbox/endpoints.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const NEWEST = '9223372036854775807';
const BAD_CURSOR = 'Must be the nextCursor of the page before.';

/**
 * Reads the query of `GET /callbacks/endpoints`: `state`, `limit` (50 unless given, 200 at most), `cursor`.
 *
 * @throws ProblemError 422 with one entry per faulty parameter
 */
export function readEndpointQuery(query: unknown): {
  state: EndpointState | undefined;
  after: EndpointPlace | undefined;
  limit: number;
} {
  const reader = new FieldReader(query, 'query', ['state', 'limit', 'cursor']);
  const state = reader.oneOf('state', ENDPOINT_STATES);
  const limit = reader.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const cursor = reader.text('cursor', 255);
  let after: EndpointPlace | undefined;
  if (cursor !== undefined) {
    const [createdAt = '', id = ''] = decodeCursor(cursor, 2) ?? [];
    if (isInstant(createdAt) && isUuid(id)) after = { createdAt, id };
    else reader.fault('cursor', BAD_CURSOR);
  }
  reader.refuseFaults();
  return { state, after, limit };
}

/**
 * Reads the query of `GET /callbacks/deliveries`: `orderId`, `status`, `endpoint`, `limit`, `cursor`.
 *
 * @throws ProblemError 422 with one entry per faulty parameter
 */
export function readDeliveryQuery(query: unknown): { filter: DeliveryFilter; before: string; limit: number } {
  const reader = new FieldReader(query, 'query', ['orderId', 'status', 'endpoint', 'limit', 'cursor']);
  const id = (name: string, whose: string): string | undefined => {
    const text = reader.text(name, 64);
    return text === undefined || isUuid(text) ? text : reader.fault(name, `Must be the id of ${whose}.`);
  };
  const filter = {
    orderId: id('orderId', 'an order'),
    state: reader.oneOf('status', DELIVERY_STATES),
    endpointId: id('endpoint', 'an endpoint'),
  };
  const limit = reader.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const cursor = reader.text('cursor', 64);
  const [before = ''] = cursor === undefined ? [NEWEST] : (decodeCursor(cursor, 1) ?? []);
  if (!/^\d{1,19}$/.test(before) || BigInt(before) > BigInt(NEWEST)) reader.fault('cursor', BAD_CURSOR);
  reader.refuseFaults();
  return { filter, before, limit };
}
