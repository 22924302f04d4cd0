import type { Json, Schema } from '../../http/schema/schema.js';
import { requestBody, sentHeader } from '../../http/openapi/describe-calls.js';
import { exampleOf } from '../../http/openapi/example-of.js';
import { WEBHOOK_ID } from '../public-events.js';
import { CALLBACK_EVENT, TEST_EVENT } from '../callbacks/encode-event.js';

const always = { required: true };
const PARAMETERS = [
  sentHeader('webhook-id', 'The same for every attempt to deliver this event.', WEBHOOK_ID, always),
  sentHeader(
    'webhook-timestamp',
    'When this attempt was made, in seconds since 1970.',
    { type: 'string', pattern: '^\\d+$' },
    always,
  ),
  sentHeader(
    'webhook-signature',
    '`v1,` and HMAC-SHA256 in base64; several, separated by spaces, while secrets change.',
    { type: 'string' },
    always,
  ),
  sentHeader('traceparent', 'The trace of the order (W3C Trace Context), if it is traced.', { type: 'string' }),
];

function webhook(id: string, tag: string, summary: string, description: string, body: Schema, answers: Json): Json {
  const responses = Object.fromEntries(
    Object.entries(answers).map(([status, what]) => [status, { description: what }]),
  );
  const operation = { operationId: id, tags: [tag], summary, description, parameters: PARAMETERS };
  return {
    post: { ...operation, requestBody: requestBody(body, { example: exampleOf(body) }), responses, security: [] },
  };
}

const orderEvent = (id: string): Json =>
  webhook(
    id,
    'Following',
    'Something has happened to an order',
    `Delivered at least once and in order for each order: a repeated delivery has the same \`webhook-id\`. Verify the
signature over \`id.timestamp.body\` before you believe it; any Standard Webhooks library does, and so does
\`@vestibule/client\`.`,
    CALLBACK_EVENT,
    {
      '2XX': 'Taken. Answer first and work later: a delivery that takes too long counts as failed.',
      '410': 'Never again: deliveries to this address are disabled.',
      '429': 'Later: Retry-After is heeded.',
      '503': 'Later: Retry-After is heeded.',
      default: 'Failed, redirects too: tried again with growing pauses for about three days.',
    },
  );

/** What we call when something has happened to an order, as Standard Webhooks 1.0.0 has it. */
export const EVENT_PATH_ITEM = orderEvent('orderEvent');

/** The same as a callback of the order whose request named the address; no two operations have one id. */
export const CALLBACK_PATH_ITEM = orderEvent('orderEventCallback');

/** What `POST /callbacks/test` sends. */
export const TEST_PATH_ITEM = webhook(
  'testEvent',
  'Callbacks',
  'A test delivery',
  'Sent once, when it is asked for; signed as any other. It is about no order.',
  TEST_EVENT,
  { '2XX': 'Taken.', default: 'Reported to the one who asked for the test, and not tried again.' },
);
