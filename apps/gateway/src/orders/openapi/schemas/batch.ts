import { MAX_BATCH } from '../../api/batch-request.js';
import { listOf, object, schemaRef, type Json } from '../build.js';
import { NEW_ORDER_FIELDS, OPTIONAL_ORDER_FIELDS } from './order.js';

export const BATCH_SCHEMAS: Readonly<Record<string, Json>> = {
  IdempotencyKey: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    pattern: '^[!-~]([ -~]*[!-~])?$',
    description: 'Printable ASCII, another for each order: a UUID, or the id of the purchase in your own system.',
  },
  BatchEntry: object(
    { idempotencyKey: schemaRef('IdempotencyKey'), ...NEW_ORDER_FIELDS },
    { optional: OPTIONAL_ORDER_FIELDS, closed: true },
  ),
  Batch: object({ orders: listOf(schemaRef('BatchEntry'), { minItems: 1, maxItems: MAX_BATCH }) }, { closed: true }),
  BatchOutcome: {
    description: 'What the same order posted alone would have been answered.',
    oneOf: [
      object(
        {
          status: { type: 'integer', const: 202 },
          replayed: { type: 'boolean', const: true },
          order: schemaRef('Order'),
        },
        { optional: ['replayed'] },
      ),
      object({ status: { type: 'integer', const: 422 }, problem: schemaRef('Problem') }),
    ],
  },
  BatchAnswer: object({ outcomes: listOf(schemaRef('BatchOutcome')) }),
};
