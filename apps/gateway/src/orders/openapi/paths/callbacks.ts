import { NO_FIELDS } from '../../../http/schema/no-fields.js';
import { DELIVERY_QUERY, ENDPOINT_QUERY } from '../../callbacks/api/callback-queries.js';
import { TEST_REQUEST } from '../../callbacks/api/test-callback.js';
import { describeOrdersCalls, type DescribedOrdersCall } from '../describe-orders-calls.js';
import { TEST_REQUESTS, TEST_RESULTS } from '../examples.js';
import {
  DELIVERY_PAGE,
  DELIVERY_WITH_ATTEMPTS,
  ENDPOINT,
  ENDPOINT_PAGE,
  TEST_RESULT,
} from '../../callbacks/outbox/delivery-records.js';

const setEndpoint = (operationId: string, summary: string, description: string): DescribedOrdersCall => [
  operationId,
  summary,
  {
    description: `${description} One that is in this state already stays as it is.`,
    body: [NO_FIELDS],
    answers: { 200: ['The endpoint as it is now.', ENDPOINT] },
  },
];

/** What producers ask about their callbacks. */
export const CALLBACK_PATHS = describeOrdersCalls('Callbacks', {
  'post /callbacks/test': [
    'testCallback',
    'Send a test delivery',
    {
      description:
        'One event of the type `test`, signed as any other, sent once and now; nothing is kept of it. The answer says what the receiver answered.',
      body: [TEST_REQUEST, TEST_REQUESTS],
      answers: { 200: ['What came of it, well or badly.', TEST_RESULT, TEST_RESULTS] },
      problems: { 429: 'TooMany' },
    },
  ],
  'get /callbacks/endpoints': [
    'listEndpoints',
    'The addresses that orders named',
    { description: 'Newest first.', query: ENDPOINT_QUERY, answers: { 200: ['A page.', ENDPOINT_PAGE] } },
  ],
  'post /callbacks/endpoints/{id}/enable': setEndpoint(
    'enableEndpoint',
    'Enable an endpoint',
    'What waited for it continues at once.',
  ),
  'post /callbacks/endpoints/{id}/disable': setEndpoint(
    'disableEndpoint',
    'Disable an endpoint',
    'Events for it are kept.',
  ),
  'get /callbacks/deliveries': [
    'listDeliveries',
    'What was delivered, and what waits',
    { description: 'The newest event first.', query: DELIVERY_QUERY, answers: { 200: ['A page.', DELIVERY_PAGE] } },
  ],
  'get /callbacks/deliveries/{id}': [
    'getDelivery',
    'One delivery and its attempts',
    { answers: { 200: ['The first attempt first.', DELIVERY_WITH_ATTEMPTS] } },
  ],
  'post /callbacks/deliveries/{id}/redeliver': [
    'redeliver',
    'Deliver it once more',
    {
      description:
        'It is sent at once, under the `webhook-id` it had. What waits for its next attempt gets it now; what waits for an earlier event of its order continues waiting.',
      body: [NO_FIELDS],
      answers: { 202: ['The delivery as it is now.', DELIVERY_WITH_ATTEMPTS] },
      problems: { 409: 'Conflict' },
    },
  ],
});
