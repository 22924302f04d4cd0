import { FieldReader } from '../../../http/field-reader.js';
import { readByTime, readNewestFirst, type TimeCursor } from '../../../http/page-query.js';
import { isUuid } from '../../../http/uuid.js';
import { DELIVERY_STATES, type DeliveryFilter } from '../outbox/deliveries.js';
import { ENDPOINT_STATES, type EndpointState } from '../outbox/endpoints.js';

/**
 * Reads the query of `GET /callbacks/endpoints`: `state`, `limit` (50 unless given, 200 at most), `cursor`.
 *
 * @throws ProblemError 422 with one entry per faulty parameter
 */
export function readEndpointQuery(query: unknown): {
  state: EndpointState | undefined;
  after: TimeCursor | undefined;
  limit: number;
} {
  const reader = new FieldReader(query, 'query', ['state', 'limit', 'cursor']);
  const state = reader.oneOf('state', ENDPOINT_STATES);
  const page = readByTime(reader);
  reader.refuseFaults();
  return { state, ...page };
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
  const page = readNewestFirst(reader);
  reader.refuseFaults();
  return { filter, ...page };
}
