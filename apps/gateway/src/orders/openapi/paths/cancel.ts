import { jsonAnswer, object, parameterRef, schemaRef, type Json } from '../build.js';
import { CANCELLED_ORDER } from '../examples.js';
import { problems } from '../problems.js';

/** The calls that take orders back. */
export const CANCEL_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders/{id}/cancel': {
    post: {
      operationId: 'cancelOrder',
      tags: ['Orders'],
      summary: 'Cancel an order',
      description: 'Before it is sent it ends here. Cancelling what is cancelled already is answered the same.',
      parameters: [parameterRef('OrderId')],
      requestBody: {
        description: 'Nothing, or an empty object.',
        content: { 'application/json': { schema: object({}, { closed: true }) } },
      },
      responses: {
        '200': jsonAnswer('The cancelled order.', schemaRef('Order'), { cancelled: CANCELLED_ORDER }),
        ...problems(404, 409, 413, 415, 422),
      },
    },
  },
};
