import { DELIVERY_QUERY, ENDPOINT_QUERY } from '../../callbacks/api/callback-queries.js';
import { TEST_REQUEST } from '../../callbacks/api/test-callback.js';
import { jsonAnswer, jsonBody, NO_FIELDS, parameterRef, schemaRef, type Json } from '../build.js';
import {
  DELIVERY_PAGE,
  DELIVERY_WITH_ATTEMPTS,
  DISABLED_ENDPOINT,
  ENABLED_ENDPOINT,
  ENDPOINT_PAGE,
  REDELIVERY,
  TEST_REQUESTS,
  TEST_RESULTS,
} from '../callback-examples.js';
import { queryOf } from '../parameters.js';
import { problems } from '../problems.js';

const tags = ['Callbacks'];

function setEndpoint(operationId: string, summary: string, description: string, example: Json): Json {
  return {
    operationId,
    tags,
    summary,
    description: `${description} One that is in this state already stays as it is.`,
    parameters: [parameterRef('EndpointId')],
    requestBody: NO_FIELDS,
    responses: {
      '200': jsonAnswer('The endpoint as it is now.', schemaRef('Endpoint'), { endpoint: example }),
      ...problems([404, 413, 415, 422]),
    },
  };
}

/** What producers ask about their callbacks. */
export const CALLBACK_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/callbacks/test': {
    post: {
      operationId: 'testCallback',
      tags,
      summary: 'Send a test delivery',
      description:
        'One event of the type `test`, signed as any other, sent once and now; nothing is kept of it. The answer says what the receiver answered.',
      requestBody: jsonBody(TEST_REQUEST, TEST_REQUESTS),
      responses: {
        '200': jsonAnswer('What came of it, well or badly.', schemaRef('TestResult'), TEST_RESULTS),
        ...problems([413, 415, 422]),
      },
    },
  },
  '/callbacks/endpoints': {
    get: {
      operationId: 'listEndpoints',
      tags,
      summary: 'The addresses that orders named',
      description: 'Newest first.',
      parameters: queryOf(ENDPOINT_QUERY),
      responses: {
        '200': jsonAnswer('A page.', schemaRef('EndpointPage'), { enabled: ENDPOINT_PAGE }),
        ...problems([422]),
      },
    },
  },
  '/callbacks/endpoints/{id}/enable': {
    post: setEndpoint(
      'enableEndpoint',
      'Enable an endpoint',
      'What waited for it continues at once.',
      ENABLED_ENDPOINT,
    ),
  },
  '/callbacks/endpoints/{id}/disable': {
    post: setEndpoint('disableEndpoint', 'Disable an endpoint', 'Events for it are kept.', DISABLED_ENDPOINT),
  },
  '/callbacks/deliveries': {
    get: {
      operationId: 'listDeliveries',
      tags,
      summary: 'What was delivered, and what waits',
      description: 'The newest event first.',
      parameters: queryOf(DELIVERY_QUERY),
      responses: {
        '200': jsonAnswer('A page.', schemaRef('DeliveryPage'), { delivered: DELIVERY_PAGE }),
        ...problems([422]),
      },
    },
  },
  '/callbacks/deliveries/{id}': {
    get: {
      operationId: 'getDelivery',
      tags,
      summary: 'One delivery and its attempts',
      parameters: [parameterRef('DeliveryId')],
      responses: {
        '200': jsonAnswer('The first attempt first.', schemaRef('DeliveryWithAttempts'), {
          delivered: DELIVERY_WITH_ATTEMPTS,
        }),
        ...problems([404]),
      },
    },
  },
  '/callbacks/deliveries/{id}/redeliver': {
    post: {
      operationId: 'redeliver',
      tags,
      summary: 'Deliver it once more',
      description:
        'It is sent at once, under the `webhook-id` it had. What waits for its next attempt gets it now; what waits for an earlier event of its order continues waiting.',
      parameters: [parameterRef('DeliveryId')],
      requestBody: NO_FIELDS,
      responses: {
        '202': jsonAnswer('The delivery as it is now.', schemaRef('DeliveryWithAttempts'), { again: REDELIVERY }),
        ...problems([404, 409, 413, 415, 422]),
      },
    },
  },
};
