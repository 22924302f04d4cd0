import { date, uuid } from '../../../http/schema/formats.js';
import { NEXT_CURSOR } from '../../../http/schema/page.js';
import { integer, listOf, named, object, oneOf, orNull, text, type TypeOf } from '../../../http/schema/schema.js';
import { EVENT_TYPE, WEBHOOK_ID } from '../../public-events.js';
import type { AttemptOutcome } from '../delivery-verdict.js';

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];
export const DELIVERY_STATES = ['pending', 'delivered', 'given-up'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const OUTCOMES: Readonly<Record<AttemptOutcome, string>> = {
  delivered: 'a status 2xx',
  gone: '410: the endpoint is disabled',
  busy: '429 or 503',
  redirected: 'a status 3xx: redirects are not followed',
  refused: 'any other status',
  'no-secret': 'nothing was sent: there is no secret of this producer to sign with',
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
  oneOf(
    Object.keys(OUTCOMES) as AttemptOutcome[],
    `How an attempt ended:\n\n${Object.entries(OUTCOMES)
      .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
      .join('\n')}`,
  ),
);
const URL = { examples: ['https://shop.example.com/callbacks'] };
const HTTP_STATUS = orNull(integer('What the receiver answered; null when it did not.'));
const DETAIL = orNull(text('What went wrong, for a person; null when the status says it all.'));

const ENDPOINT_FIELDS = {
  id: uuid('The id of the endpoint.'),
  url: text('The address, as orders name it.', URL),
  state: oneOf(ENDPOINT_STATES, 'Events for a disabled endpoint are kept, and sent when it is enabled.'),
  disabledWhy: orNull(
    oneOf(
      ['gone', 'failing', 'by-producer'],
      'gone: it answered 410; failing: nothing reached it for days; by-producer: you disabled it.',
    ),
  ),
  disabledAt: orNull(date('Null while it is enabled.')),
  failures: integer('In a row, up to now.', { minimum: 0 }),
  failingSince: orNull(date('When the first of them was.')),
  lastSuccessAt: orNull(date('When something was delivered last.')),
  lastFailureAt: orNull(date('When an attempt failed last.')),
  pending: integer('How many deliveries wait for it.', { minimum: 0 }),
  createdAt: date('When an order first named it.'),
};

const DELIVERY_FIELDS = {
  id: WEBHOOK_ID,
  type: EVENT_TYPE,
  orderId: uuid('The order it is about.'),
  endpointId: orNull(uuid('Null in the moment between the event and its first step.')),
  url: text('Where it goes.', URL),
  status: oneOf(
    DELIVERY_STATES,
    'given-up: tried for about three days in vain; redeliver it when the receiver is well again.',
  ),
  attempts: integer('How often it was sent.', { minimum: 0 }),
  nextAttemptAt: orNull(date('Null when it is settled, or waits for an earlier event of its order.')),
  timestamp: date('When what it reports happened.'),
  settledAt: orNull(date('When it was delivered or given up.')),
};

const ATTEMPT = {
  number: integer('The first one is 1.', { minimum: 1 }),
  startedAt: date('When it began.'),
  endedAt: orNull(date('Null while it is under way, and for good when its process was killed.')),
  outcome: orNull(OUTCOME),
  httpStatus: HTTP_STATUS,
  detail: DETAIL,
  durationMs: orNull(integer('In milliseconds.')),
};

const RESULT_FIELDS = {
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
/** An address of a producer, as the API gives it. */
export type EndpointRecord = TypeOf<typeof ENDPOINT>;
export const ENDPOINT_PAGE = named('EndpointPage', object({ endpoints: listOf(ENDPOINT), nextCursor: NEXT_CURSOR }));
const DELIVERY = named('Delivery', object(DELIVERY_FIELDS, { description: 'One event on its way to you.' }));
/** One event on its way to a producer, as the API gives it; its id is its webhook-id. */
export type DeliveryRecord = TypeOf<typeof DELIVERY>;
export const DELIVERY_PAGE = named('DeliveryPage', object({ deliveries: listOf(DELIVERY), nextCursor: NEXT_CURSOR }));
const DELIVERY_ATTEMPT = named('DeliveryAttempt', object(ATTEMPT, { description: 'One attempt to deliver an event.' }));
export type DeliveryAttemptRecord = TypeOf<typeof DELIVERY_ATTEMPT>;
export const DELIVERY_WITH_ATTEMPTS = named(
  'DeliveryWithAttempts',
  object({ delivery: DELIVERY, attempts: listOf(DELIVERY_ATTEMPT) }),
);
export const TEST_RESULT = named('TestResult', object(RESULT_FIELDS, { description: 'What came of a test delivery.' }));
export type TestResult = TypeOf<typeof TEST_RESULT>;
