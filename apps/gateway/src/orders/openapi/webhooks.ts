import { jsonBody, schemaRef, type Json } from './build.js';
import { CALLBACK_EVENTS, TEST_EVENT } from './examples.js';

const header = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema,
});

const PARAMETERS = [
  header('webhook-id', 'The same for every attempt to deliver this event.', schemaRef('WebhookId')),
  header('webhook-timestamp', 'When this attempt was made, in seconds since 1970.', {
    type: 'string',
    pattern: '^\\d+$',
  }),
  header('webhook-signature', '`v1,` and HMAC-SHA256 in base64; several, separated by spaces, while secrets change.', {
    type: 'string',
  }),
];

/** What we call when something has happened to an order, as Standard Webhooks 1.0.0 has it. */
export const CALLBACK_PATH_ITEM: Json = {
  post: {
    operationId: 'orderEvent',
    tags: ['Following'],
    summary: 'Something has happened to an order',
    description: `Delivered at least once and in order for each order: a repeated delivery has the same \`webhook-id\`. Verify the
signature over \`id.timestamp.body\` before you believe it; any Standard Webhooks library does, and so does
\`@vestibule/client\`.`,
    parameters: PARAMETERS,
    requestBody: jsonBody(schemaRef('CallbackEvent'), CALLBACK_EVENTS),
    responses: {
      '2XX': { description: 'Taken. Answer first and work later: a delivery that takes too long counts as failed.' },
      '410': { description: 'Never again: deliveries to this address are disabled.' },
      '429': { description: 'Later: Retry-After is heeded.' },
      '503': { description: 'Later: Retry-After is heeded.' },
      default: { description: 'Failed, redirects too: tried again with growing pauses for about three days.' },
    },
    security: [],
  },
};

/** What `POST /callbacks/test` sends. */
export const TEST_PATH_ITEM: Json = {
  post: {
    operationId: 'testEvent',
    tags: ['Callbacks'],
    summary: 'A test delivery',
    description: 'Sent once, when it is asked for; signed as any other. It is about no order.',
    parameters: PARAMETERS,
    requestBody: jsonBody(schemaRef('TestEvent'), { test: TEST_EVENT }),
    responses: {
      '2XX': { description: 'Taken.' },
      default: { description: 'Told to the one who asked for the test, and not tried again.' },
    },
    security: [],
  },
};
