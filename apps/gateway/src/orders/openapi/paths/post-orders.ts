import { BATCH } from '../../api/batch-request.js';
import { NEW_ORDER } from '../../api/new-order-schema.js';
import { header, jsonAnswer, jsonBody, parameterRef, schemaRef, text, type Json } from '../build.js';
import { ACCEPTED_ORDERS, BATCH_ANSWERS, BATCHES, NEW_ORDERS } from '../examples.js';
import { problems } from '../problems.js';
import { CALLBACK_PATH_ITEM } from '../webhooks.js';

/** The calls that place orders. */
export const POST_ORDER_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders': {
    post: {
      operationId: 'createOrder',
      tags: ['Orders'],
      summary: 'Place an order',
      description: 'Answered once the order is committed; what becomes of it is learnt afterwards.',
      parameters: [parameterRef('IdempotencyKey')],
      requestBody: jsonBody(NEW_ORDER, NEW_ORDERS),
      responses: {
        '202': jsonAnswer('Accepted, now or when it was posted before.', schemaRef('Order'), ACCEPTED_ORDERS, {
          Location: header('Where the order is found.', text('A path.')),
          'Idempotency-Replayed': {
            description: 'There when the same order was posted before: the answer is what has become of it.',
            schema: { type: 'string', const: 'true' },
          },
        }),
        ...problems([403, 413, 415, 422]),
      },
      callbacks: { event: { '{$request.body#/callbackUrl}': CALLBACK_PATH_ITEM } },
    },
  },
  '/orders/batch': {
    post: {
      operationId: 'createBatch',
      tags: ['Orders'],
      summary: 'Place up to 1,000 orders',
      description:
        'Each entry is answered as if it had been posted alone, in the order given: faulty ones do not keep the others from being accepted.',
      requestBody: jsonBody(BATCH, BATCHES),
      responses: {
        '200': jsonAnswer('One outcome per entry.', schemaRef('BatchAnswer'), BATCH_ANSWERS),
        ...problems([403, 413, 415, 422]),
      },
    },
  },
};
