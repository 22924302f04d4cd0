import { DELIVERY_STATES, type DeliveryAttemptRecord, type DeliveryRecord } from '../../callbacks/outbox/deliveries.js';
import { ENDPOINT_STATES, type EndpointRecord } from '../../callbacks/outbox/endpoints.js';
import type { TestResult } from '../../callbacks/api/test-callback.js';
import type { AttemptOutcome } from '../../callbacks/delivery-verdict.js';
import { listOf, moment, NEXT_CURSOR, object, orNull, schemaRef, text, type FieldsOf, type Json } from '../build.js';

const OUTCOMES: Readonly<Record<AttemptOutcome, string>> = {
  delivered: 'a status 2xx',
  gone: '410: the endpoint is disabled',
  busy: '429 or 503',
  redirected: 'a status 3xx: redirects are not followed',
  refused: 'any other status',
  'no-secret': 'nothing was sent: the key has no secret in CALLBACK_SECRETS',
  'forbidden-target': 'nothing was sent: the address leads where callbacks may not go',
  dns: 'the name has no address',
  'dns-timeout': 'the name servers of the host did not answer in time',
  connection: 'the connection was refused or broke off',
  tls: 'the certificate is not to be trusted',
  timeout: 'no answer in time',
  'bad-answer': 'an answer that is no HTTP',
};

const ENDPOINT_ID = text('The id of the endpoint.', { format: 'uuid' });
const HTTP_STATUS = orNull({ type: 'integer', description: 'What the receiver answered; null when it did not.' });
const DETAIL = orNull(text('What went wrong, for a person; null when the status says it all.'));

const ENDPOINT: FieldsOf<EndpointRecord> = {
  id: ENDPOINT_ID,
  url: text('The address, as orders name it.'),
  state: text('Events for a disabled endpoint are kept, and sent when it is enabled.', { enum: [...ENDPOINT_STATES] }),
  disabledWhy: {
    enum: ['gone', 'failing', 'by-producer', null],
    description: 'gone: it answered 410; failing: nothing reached it for days; by-producer: you disabled it.',
  },
  disabledAt: orNull(moment('Null while it is enabled.')),
  failures: { type: 'integer', minimum: 0, description: 'In a row, up to now.' },
  failingSince: orNull(moment('When the first of them was.')),
  lastSuccessAt: orNull(moment('When something was delivered last.')),
  lastFailureAt: orNull(moment('When an attempt failed last.')),
  pending: { type: 'integer', minimum: 0, description: 'How many deliveries wait for it.' },
  createdAt: moment('When an order first named it.'),
};

const DELIVERY: FieldsOf<DeliveryRecord> = {
  id: schemaRef('WebhookId'),
  type: schemaRef('EventType'),
  orderId: text('The order it is about.', { format: 'uuid' }),
  endpointId: orNull({ ...ENDPOINT_ID, description: 'Null in the moment between the event and its first step.' }),
  url: text('Where it goes.'),
  status: text('given-up: tried for about three days in vain; redeliver it when the receiver is well again.', {
    enum: [...DELIVERY_STATES],
  }),
  attempts: { type: 'integer', minimum: 0, description: 'How often it was sent.' },
  nextAttemptAt: orNull(moment('Null when it is settled, or waits for an earlier event of its order.')),
  timestamp: moment('When what it reports happened.'),
  settledAt: orNull(moment('When it was delivered or given up.')),
};

const ATTEMPT: FieldsOf<DeliveryAttemptRecord> = {
  number: { type: 'integer', minimum: 1 },
  startedAt: moment('When it began.'),
  endedAt: orNull(moment('Null while it is under way, and for good when its process was killed.')),
  outcome: orNull(schemaRef('DeliveryOutcome')),
  httpStatus: HTTP_STATUS,
  detail: DETAIL,
  durationMs: orNull({ type: 'integer', description: 'In milliseconds.' }),
};

const TEST_RESULT: FieldsOf<TestResult> = {
  webhookId: schemaRef('WebhookId'),
  outcome: schemaRef('DeliveryOutcome'),
  httpStatus: HTTP_STATUS,
  detail: DETAIL,
  durationMs: { type: 'integer', minimum: 0, description: 'In milliseconds.' },
};

export const DELIVERY_SCHEMAS: Readonly<Record<string, Json>> = {
  WebhookId: text('The same at every attempt to deliver an event.', { pattern: '^evt_[0-9a-f]{32}$' }),
  Endpoint: object(ENDPOINT, { description: 'An address that an order of yours named.' }),
  EndpointPage: object({ endpoints: listOf(schemaRef('Endpoint')), nextCursor: NEXT_CURSOR }),
  Delivery: object(DELIVERY, { description: 'One event on its way to you.' }),
  DeliveryPage: object({ deliveries: listOf(schemaRef('Delivery')), nextCursor: NEXT_CURSOR }),
  DeliveryOutcome: text(
    `How an attempt ended:\n\n${Object.entries(OUTCOMES)
      .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
      .join('\n')}`,
    { enum: Object.keys(OUTCOMES) },
  ),
  DeliveryAttempt: object(ATTEMPT, { description: 'One attempt to deliver an event.' }),
  DeliveryWithAttempts: object({ delivery: schemaRef('Delivery'), attempts: listOf(schemaRef('DeliveryAttempt')) }),
  TestResult: object(TEST_RESULT, { description: 'What came of a test delivery.' }),
};
