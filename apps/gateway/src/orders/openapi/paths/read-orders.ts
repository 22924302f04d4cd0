import { ORDER_QUERY } from '../../api/order-query.js';
import { jsonAnswer, parameterRef, schemaRef, type Json } from '../build.js';
import { ATTEMPTS, CONFIRMED_ORDER, ORDER_PAGE } from '../examples.js';
import { queryOf } from '../parameters.js';
import { problems } from '../problems.js';

/** The calls that tell what has become of orders. */
export const READ_ORDER_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/orders': {
    get: {
      operationId: 'listOrders',
      tags: ['Following'],
      summary: 'Find orders',
      description: `Newest first. A cursor is the place of the last order of its page, so that orders which come in between move no other:
the one who walks to the end sees every order that was there at the beginning exactly once, as long as the filters still
fit it. An order counts as accepted when its transaction began, and is seen once it is committed, moments later: who
asks again and again for what is new should let \`from\` overlap by a minute.`,
      parameters: queryOf(ORDER_QUERY),
      responses: {
        '200': jsonAnswer('A page.', schemaRef('OrderPage'), { confirmed: ORDER_PAGE }),
        ...problems([403, 422]),
      },
    },
  },
  '/orders/{id}': {
    get: {
      operationId: 'getOrder',
      tags: ['Following'],
      summary: 'Look at an order',
      parameters: [parameterRef('OrderId')],
      responses: {
        '200': jsonAnswer('The order as it is now.', schemaRef('Order'), { confirmed: CONFIRMED_ORDER }),
        ...problems([403, 404]),
      },
    },
  },
  '/orders/{id}/attempts': {
    get: {
      operationId: 'listAttempts',
      tags: ['Following'],
      summary: 'What was sent and answered',
      parameters: [parameterRef('OrderId')],
      responses: {
        '200': jsonAnswer('Every attempt, the first one first.', schemaRef('AttemptList'), { answered: ATTEMPTS }),
        ...problems([403, 404]),
      },
    },
  },
};
