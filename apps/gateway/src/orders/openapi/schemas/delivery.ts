import { moment, uuid } from '../../../http/schema/formats.js';
import { integer, listOf, named, object, orNull, text, type FieldsOf } from '../../../http/schema/schema.js';
import { NEXT_CURSOR } from '../../../http/schema/page.js';
import type { TestResult } from '../../callbacks/api/test-callback.js';
import type { AttemptOutcome } from '../../callbacks/delivery-verdict.js';
import { DELIVERY_STATES, type DeliveryAttemptRecord, type DeliveryRecord } from '../../callbacks/outbox/deliveries.js';
import { ENDPOINT_STATES, type EndpointRecord } from '../../callbacks/outbox/endpoints.js';
import { EVENT_TYPE, listed, WEBHOOK_ID } from './callback.js';

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

const OUTCOME = named(
  'DeliveryOutcome',
  text(`How an attempt ended:\n\n${listed(OUTCOMES)}`, { enum: Object.keys(OUTCOMES) }),
);
const URL = { examples: ['https://shop.example.com/callbacks'] };
const ENDPOINT_ID = uuid('The id of the endpoint.');
const HTTP_STATUS = orNull(integer('What the receiver answered; null when it did not.'));
const DETAIL = orNull(text('What went wrong, for a person; null when the status says it all.'));

const ENDPOINT_FIELDS: FieldsOf<EndpointRecord> = {
  id: ENDPOINT_ID,
  url: text('The address, as orders name it.', URL),
  state: text('Events for a disabled endpoint are kept, and sent when it is enabled.', { enum: [...ENDPOINT_STATES] }),
  disabledWhy: {
    enum: ['gone', 'failing', 'by-producer', null],
    description: 'gone: it answered 410; failing: nothing reached it for days; by-producer: you disabled it.',
  },
  disabledAt: orNull(moment('Null while it is enabled.')),
  failures: integer('In a row, up to now.', { minimum: 0 }),
  failingSince: orNull(moment('When the first of them was.')),
  lastSuccessAt: orNull(moment('When something was delivered last.')),
  lastFailureAt: orNull(moment('When an attempt failed last.')),
  pending: integer('How many deliveries wait for it.', { minimum: 0 }),
  createdAt: moment('When an order first named it.'),
};

const DELIVERY_FIELDS: FieldsOf<DeliveryRecord> = {
  id: WEBHOOK_ID,
  type: EVENT_TYPE,
  orderId: uuid('The order it is about.'),
  endpointId: orNull({ ...ENDPOINT_ID, description: 'Null in the moment between the event and its first step.' }),
  url: text('Where it goes.', URL),
  status: text('given-up: tried for about three days in vain; redeliver it when the receiver is well again.', {
    enum: [...DELIVERY_STATES],
  }),
  attempts: integer('How often it was sent.', { minimum: 0 }),
  nextAttemptAt: orNull(moment('Null when it is settled, or waits for an earlier event of its order.')),
  timestamp: moment('When what it reports happened.'),
  settledAt: orNull(moment('When it was delivered or given up.')),
};

const ATTEMPT: FieldsOf<DeliveryAttemptRecord> = {
  number: { type: 'integer', minimum: 1 },
  startedAt: moment('When it began.'),
  endedAt: orNull(moment('Null while it is under way, and for good when its process was killed.')),
  outcome: orNull(OUTCOME),
  httpStatus: HTTP_STATUS,
  detail: DETAIL,
  durationMs: orNull(integer('In milliseconds.')),
};

const RESULT_FIELDS: FieldsOf<TestResult> = {
  webhookId: WEBHOOK_ID,
  outcome: OUTCOME,
  httpStatus: HTTP_STATUS,
  detail: DETAIL,
  durationMs: integer('In milliseconds.', { minimum: 0 }),
};

export const ENDPOINT = named(
  'Endpoint',
  object(ENDPOINT_FIELDS, { description: 'An address that an order of yours named.' }),
);
export const ENDPOINT_PAGE = named('EndpointPage', object({ endpoints: listOf(ENDPOINT), nextCursor: NEXT_CURSOR }));
const DELIVERY = named('Delivery', object(DELIVERY_FIELDS, { description: 'One event on its way to you.' }));
export const DELIVERY_PAGE = named('DeliveryPage', object({ deliveries: listOf(DELIVERY), nextCursor: NEXT_CURSOR }));
const DELIVERY_ATTEMPT = named('DeliveryAttempt', object(ATTEMPT, { description: 'One attempt to deliver an event.' }));
export const DELIVERY_WITH_ATTEMPTS = named(
  'DeliveryWithAttempts',
  object({ delivery: DELIVERY, attempts: listOf(DELIVERY_ATTEMPT) }),
);
export const TEST_RESULT = named('TestResult', object(RESULT_FIELDS, { description: 'What came of a test delivery.' }));
