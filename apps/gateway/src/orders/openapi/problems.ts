import {
  encodeProblem,
  NO_KEY,
  problem,
  problemOf,
  PROBLEM_CONTENT_TYPE,
  TOO_MANY_FAILED_LOGINS,
  type Problem,
} from '../../http/problem.js';
import { databaseProblem } from '../../http/database-problem.js';
import { ENDPOINT_DISABLED } from '../callbacks/api/callback-problems.js';
import { lacksScope, WRONG_ADDRESS } from '../../http/auth/api-keys.js';
import { NO_SUCH_ORDER } from '../order-not-found.js';
import { tooManyTests } from '../callbacks/api/test-limit.js';
import { notReadYet } from '../../partner/refresh/not-read-yet.js';
import { CANCEL_PROBLEM, cancelProblem, notAskedProblem } from '../tickets/ticket-problems.js';
import type { Json } from '../../http/schema/schema.js';
import { PROBLEM, problemOfTypes } from '../../http/problem-schema.js';
import { typeOf, type ProblemName as KindName } from '../../http/problems/catalogue.js';
import { CONFIRMED_RECORD } from '../example-order.js';

type DescribedProblem = readonly [description: string, example: Problem, others?: readonly KindName[]];

/** Every problem a call can be answered with, by its name in the document: an example, and which other kinds it can be. */
const PROBLEMS = {
  BadRequest: [
    'The request cannot be read: its address, its headers, or JSON that is none.',
    problemOf('malformed-json'),
    ['malformed-request', 'not-utf8', 'duplicate-key', 'idempotency-key-missing', 'malformed-last-event-id'],
  ],
  Unauthorized: ['No key of this gateway.', NO_KEY],
  TooManyFailedLogins: [
    'The key is wrong, and many failed logins came before: a right one is let in. Or the key has placed as many orders, or for as many roubles, as it may for now.',
    TOO_MANY_FAILED_LOGINS,
    ['too-many-orders', 'budget-spent'],
  ],
  Forbidden: [
    'The key does not have the scope that this call needs, may read this order and not change it, or may not be used from this address.',
    lacksScope('orders:cancel'),
    ['order-of-another-key', 'wrong-address'],
  ],
  WrongAddress: ['The key may not be used from this address.', WRONG_ADDRESS],
  NotFound: [
    'There is nothing with this id, or it belongs to another key.',
    NO_SUCH_ORDER,
    ['ticket-not-found', 'endpoint-not-found', 'delivery-not-found'],
  ],
  Conflict: [
    'What it is about is in a state in which this cannot be done; the detail says which, and what to do.',
    ENDPOINT_DISABLED,
    ['order-without-tickets', 'partner-order-id-unknown'],
  ],
  NotCancelled: [
    'The order is in a state in which this cannot be done, or Тройка Бизнес refused it: `order` is there in that case, as it stands since.',
    cancelProblem({ kind: 'refused', order: CONFIRMED_RECORD, words: '503: Билет записан на карту' }).problem,
    ['order-not-cancellable', 'partner-order-id-unknown'],
  ],
  NoSuchCall: ['There is no such kind of problem.', problemOf('not-found')],
  TooLarge: ['The body is larger than this call takes.', problemOf('body-too-large')],
  UnsupportedMediaType: ['The body is not application/json.', problemOf('unsupported-media-type')],
  Unprocessable: [
    'The request was read and has faults; each is named with its place.',
    problem('validation-failed', 'The order has faults.', {
      errors: [
        { pointer: '/order/phone', detail: 'phone must be a text of +7 and 10 to 14 digits.' },
        {
          pointer: '/order/orderData/0/tariffId',
          detail: 'Unknown tariffId 9999. See GET /catalog/tariffs.',
        },
        { pointer: '/callbackUrl', detail: 'Must begin with https://, and with nothing else.' },
        { pointer: '/surprise', detail: 'Unknown field.' },
      ],
    }),
    ['idempotency-key-reuse'],
  ],
  TooMany: [
    'The key has made this call as often as it may for now.',
    tooManyTests(12).problem,
    ['too-many-failed-logins'],
  ],
  Unavailable: [
    'The database cannot serve the call at the moment: it is out of reach, read-only, full, or at a limit; `cause` says which. Try the same call again, under the same key.',
    databaseProblem('read-only'),
    ['too-many-streams'],
  ],
  NotReadYet: [
    'It was not read from Тройка Бизнес yet, or the database cannot be reached. Try again soon.',
    notReadYet('This dictionary').problem,
    ['database-unavailable'],
  ],
  PartnerAnswer: [
    'Тройка Бизнес was asked which tickets the order has, and does not say, or not in a form that can be read.',
    notAskedProblem(
      { kind: 'not-read', reading: { kind: 'refused', resultCode: 501, resultMessage: 'Заказ не найден' } },
      'ticket',
    ).problem,
  ],
  MaybeCancelled: [
    'Тройка Бизнес gave no valid answer, and the order does not show the cancellation: `order` is what is known. Make the same call again: before anything is sent a second time, the gateway looks how it stands. Without `order` nothing was sent: it was not to be learnt which tickets there are.',
    cancelProblem({ kind: 'unanswered', order: CONFIRMED_RECORD, reason: 'reset', wasRead: true }).problem,
    ['cancellation-timed-out', 'partner-answer-unusable'],
  ],
  PartnerUnavailable: [
    'Тройка Бизнес or the database cannot be reached at the moment, and nothing was sent. Try the same call again.',
    cancelProblem({ kind: 'not-sent', retryAfterSecs: 5 }).problem,
    ['partner-not-configured', 'database-unavailable'],
  ],
  Other: [
    'Any other failure, in the same form: 408, 431, and 500, whose reason is in the log of the gateway.',
    problemOf('internal'),
    ['request-timeout', 'headers-too-large'],
  ],
} satisfies Readonly<Record<string, DescribedProblem>>;
type ResponseName = keyof typeof PROBLEMS;

const secs = (description: string, required = true): Json => ({
  'Retry-After': { description, required, schema: { type: 'integer', minimum: 0 } },
});

/** What a problem has beside its members, by its status and by whether it holds the order. */
function headersOf({ status, members }: Problem): Json | undefined {
  if (status === 401)
    return { 'WWW-Authenticate': { description: 'Bearer', required: true, schema: { type: 'string' } } };
  if (status === 503 || status === 429) return secs('In how many seconds to try again.');
  const isLater = status > 500 && members?.['order'] !== undefined;
  return isLater ? secs('In how many seconds to try again; there with `order`.', false) : undefined;
}

/** The components of the document that are problems. */
export const PROBLEM_RESPONSES: Json = Object.fromEntries(
  Object.entries<DescribedProblem>(PROBLEMS).map(([name, [description, example, others = []]]) => {
    const whole = example.members?.['order'] === undefined ? PROBLEM : CANCEL_PROBLEM;
    const schema = problemOfTypes([example.type, ...others.map(typeOf)], whole);
    const content = { [PROBLEM_CONTENT_TYPE]: { schema, example: JSON.parse(encodeProblem(example)) as unknown } };
    return [name, { description, headers: headersOf(example), content }];
  }),
);

const BY_STATUS = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
  422: 'Unprocessable',
  429: 'TooManyFailedLogins',
} as const;

/** Kinds of problems by status. */
export type Problems = Readonly<Record<number, ResponseName>>;

/** The problems of one call: those of these statuses, those that any call may meet, and its own. */
export function problems(statuses: readonly (keyof typeof BY_STATUS)[], own: Problems = {}): Json {
  const usual = Object.fromEntries(
    [400 as const, 401 as const, 429 as const, ...statuses].map((status) => [status, BY_STATUS[status]]),
  );
  const names: Record<string, ResponseName> = {
    403: 'WrongAddress',
    ...usual,
    503: 'Unavailable',
    ...own,
    default: 'Other',
  };
  return Object.fromEntries(Object.entries(names).map(([status, name]) => [status, problemRef(name)]));
}

export const problemRef = (name: ResponseName): Json => ({ $ref: `#/components/responses/${name}` });
