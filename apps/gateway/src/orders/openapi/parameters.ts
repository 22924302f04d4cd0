import { DELIVERY_STATES } from '../callbacks/outbox/deliveries.js';
import { ENDPOINT_STATES } from '../callbacks/outbox/endpoints.js';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../http/page-query.js';
import { MAX_REFERENCE } from '../api/order-query.js';
import { listOf, schemaRef, text, type Json } from './build.js';

const inPath = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

const inQuery = (name: string, description: string, schema: Json, more: Json = {}): Json => ({
  name,
  in: 'query',
  description,
  schema,
  ...more,
});

export const PARAMETERS: Readonly<Record<string, Json>> = {
  OrderId: inPath('id', 'The id of the order here.', { type: 'string', format: 'uuid' }),
  OrderTariffId: inPath('orderTariffId', 'The id of a ticket of this order, as `tickets` of the order has it.', {
    type: 'string',
  }),
  EndpointId: inPath('id', 'The id of an endpoint of yours.', { type: 'string', format: 'uuid' }),
  DeliveryId: inPath('id', 'The id of a delivery to you: its `webhook-id`.', schemaRef('WebhookId')),
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'Another for each order. The same key with the same body gives the same order, however often it is posted; with another body it is refused.',
    schema: schemaRef('IdempotencyKey'),
    example: '4b4f3c0e-7f0f-4f7e-9f0c-6a1b2f3d9a10',
  },
  Status: inQuery(
    'status',
    'Only orders in these states, separated by commas.',
    listOf(schemaRef('OrderStatus'), { minItems: 1 }),
    { style: 'form', explode: false, example: ['unknown', 'failed'] },
  ),
  Reference: inQuery('reference', 'Only orders with this reference.', {
    type: 'string',
    minLength: 1,
    maxLength: MAX_REFERENCE,
  }),
  From: inQuery('from', 'Accepted at this moment or later.', { type: 'string', format: 'date-time' }),
  To: inQuery('to', 'Accepted before this moment.', { type: 'string', format: 'date-time' }),
  Limit: inQuery('limit', 'How many to a page.', {
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
  }),
  Cursor: inQuery('cursor', 'The `nextCursor` of the page before.', text('Opaque.', { maxLength: 255 })),
  EndpointState: inQuery('state', 'Only endpoints in this state.', { type: 'string', enum: [...ENDPOINT_STATES] }),
  DeliveryOrder: inQuery('orderId', 'Only deliveries about this order.', { type: 'string', format: 'uuid' }),
  DeliveryStatus: inQuery('status', 'Only deliveries that stand there.', {
    type: 'string',
    enum: [...DELIVERY_STATES],
  }),
  DeliveryEndpoint: inQuery('endpoint', 'Only deliveries to this endpoint.', { type: 'string', format: 'uuid' }),
  LastEventIdHeader: {
    name: 'Last-Event-ID',
    in: 'header',
    description:
      'The id of the last event you have: a stream continues after it. A browser sends it when it comes back.',
    schema: { type: 'string', pattern: '^\\d{1,18}$' },
  },
  LastEventIdQuery: inQuery('lastEventId', 'The same, for the first connection; the header goes before it.', {
    type: 'string',
    pattern: '^\\d{1,18}$',
  }),
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of what you have: answered with 304 while it is the same.',
    schema: { type: 'string' },
  },
};
