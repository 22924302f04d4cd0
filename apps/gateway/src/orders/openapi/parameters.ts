import { IDEMPOTENCY_KEY } from '../../http/idempotency-key.js';
import { schemaRef, type Json } from './build.js';

const inPath = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

/** The parameters of a query, by the schema that reads it. */
export function queryOf({ properties }: Json): Json[] {
  return Object.entries(properties as Readonly<Record<string, Json>>).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    description,
    schema,
    // A list is one text with commas.
    ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
  }));
}

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
    schema: IDEMPOTENCY_KEY,
    example: '4b4f3c0e-7f0f-4f7e-9f0c-6a1b2f3d9a10',
  },
  LastEventIdHeader: {
    name: 'Last-Event-ID',
    in: 'header',
    description:
      'The id of the last event you have: a stream continues after it. A browser sends it when it comes back.',
    schema: { type: 'string', pattern: '^\\d{1,18}$' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of what you have: answered with 304 while it is the same.',
    schema: { type: 'string' },
  },
};
