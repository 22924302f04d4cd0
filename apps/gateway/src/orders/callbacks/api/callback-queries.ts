import { uuid } from '../../../http/schema/formats.js';
import { PAGE_BY_NUMBER, PAGE_BY_TIME, placeByNumber, placeByTime } from '../../../http/schema/page.js';
import { queryReader } from '../../../http/schema/read-request.js';
import { oneOf, optional, request } from '../../../http/schema/schema.js';
import { DELIVERY_STATES, ENDPOINT_STATES } from '../outbox/delivery-records.js';

/** What `GET /callbacks/endpoints` takes. */
export const ENDPOINT_QUERY = request({
  state: optional(oneOf(ENDPOINT_STATES, 'Only endpoints in this state.')),
  ...PAGE_BY_TIME,
});
const readEndpoints = queryReader(ENDPOINT_QUERY);

/** What `GET /callbacks/deliveries` takes. */
export const DELIVERY_QUERY = request({
  orderId: optional(uuid('Only deliveries about this order.')),
  status: optional(oneOf(DELIVERY_STATES, 'Only deliveries that stand there.')),
  endpoint: optional(uuid('Only deliveries to this endpoint.')),
  ...PAGE_BY_NUMBER,
});
const readDeliveries = queryReader(DELIVERY_QUERY);

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readEndpointQuery(query: unknown) {
  const { state, ...page } = readEndpoints(query);
  return { state, ...placeByTime(page) };
}

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readDeliveryQuery(query: unknown) {
  const { orderId, status: state, endpoint: endpointId, ...page } = readDeliveries(query);
  return { filter: { orderId, state, endpointId }, ...placeByNumber(page) };
}
