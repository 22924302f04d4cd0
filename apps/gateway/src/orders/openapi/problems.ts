import { encodeProblem, NO_KEY, problemOf, PROBLEM_CONTENT_TYPE, type Problem } from '../../http/problem.js';
import { databaseProblem } from '../../http/database-problem.js';
import { NOT_CANCELLABLE } from '../api/post-answers.js';
import { lacksScope } from '../../http/auth/api-keys.js';
import { NO_SUCH_ORDER } from '../order-not-found.js';
import { notReadYet } from '../../partner/refresh/not-read-yet.js';
import { cancelProblem, notAskedProblem } from '../tickets/ticket-problems.js';
import { header, schemaRef, type Json } from './build.js';
import { CONFIRMED_RECORD } from './examples.js';

const SECONDS: Json = { type: 'integer', minimum: 0 };
const RETRY_AFTER: Json = { 'Retry-After': header('In how many seconds to try again.', SECONDS) };

/** A kind of problem: when it comes, one of them, and what it holds beside the members that every problem has. */
interface DescribedProblem {
  readonly description: string;
  readonly example: Problem;
  readonly headers?: Json;
  readonly schema?: string;
}

/** Every problem a call can be answered with, by its name in the document. */
const PROBLEMS: Readonly<Record<string, DescribedProblem>> = {
  BadRequest: {
    description: 'The request cannot be read: its address, its headers, or JSON that is none.',
    example: problemOf('malformed-json'),
  },
  Unauthorized: {
    description: 'No key of this gateway.',
    example: NO_KEY,
    headers: { 'WWW-Authenticate': header('Bearer') },
  },
  Forbidden: {
    description: 'The key does not have the scope that this call needs, or may read this order and not change it.',
    example: lacksScope('orders:cancel'),
  },
  NotFound: { description: 'There is nothing with this id, or it belongs to another key.', example: NO_SUCH_ORDER },
  Conflict: {
    description: 'What it is about is in a state in which this cannot be done; the detail says which, and what to do.',
    example: { status: 409, detail: NOT_CANCELLABLE.sending },
  },
  NotCancelled: {
    description:
      'The order is in a state in which this cannot be done, or Тройка Бизнес refused it: `order` is there in that case, as it stands since.',
    example: cancelProblem({ kind: 'refused', order: CONFIRMED_RECORD, words: '503: Билет записан на карту' }).problem,
    schema: 'CancelProblem',
  },
  TooLarge: { description: 'The body is larger than this call takes.', example: problemOf('body-too-large') },
  UnsupportedMediaType: {
    description: 'The body is not application/json.',
    example: problemOf('unsupported-media-type'),
  },
  Unprocessable: {
    description: 'The request was read and has faults; each is named with its place.',
    example: {
      status: 422,
      detail: 'The order has faults.',
      errors: [
        { pointer: '/order/phone', detail: 'phone must be a text of +7 and 10 to 14 digits.' },
        {
          pointer: '/order/orderData/0/tariffId',
          detail: 'Unknown tariffId 9999. See GET /catalog/tariffs.',
        },
        { pointer: '/callbackUrl', detail: 'Must begin with https://, and with nothing else.' },
        { pointer: '/surprise', detail: 'Unknown field.' },
      ],
    },
  },
  Unavailable: {
    description:
      'The database cannot serve the call at the moment: it is out of reach, read-only, full, or at a limit; `cause` says which. Try the same call again, under the same key.',
    example: databaseProblem('read-only'),
    headers: RETRY_AFTER,
  },
  NotReadYet: {
    description: 'It was not read from Тройка Бизнес yet, or the database cannot be reached. Try again soon.',
    example: notReadYet('This dictionary').problem,
    headers: RETRY_AFTER,
  },
  PartnerAnswer: {
    description:
      'Тройка Бизнес was asked which tickets the order has, and does not tell, or not in a form that can be read.',
    example: notAskedProblem(
      { kind: 'not-read', reading: { kind: 'refused', resultCode: 501, resultMessage: 'Заказ не найден' } },
      'ticket',
    ).problem,
  },
  MaybeCancelled: {
    description:
      'Тройка Бизнес gave no valid answer, and the order does not show the cancellation: `order` is what is known. Make the same call again: before anything is sent a second time, the gateway looks how it stands. Without `order` nothing was sent: it was not to be learnt which tickets there are.',
    example: cancelProblem({ kind: 'unanswered', order: CONFIRMED_RECORD, reason: 'reset', wasRead: true }).problem,
    headers: {
      'Retry-After': { description: 'In how many seconds to try again; there with `order`.', schema: SECONDS },
    },
    schema: 'CancelProblem',
  },
  PartnerUnavailable: {
    description:
      'Тройка Бизнес or the database cannot be reached at the moment, and nothing was sent. Try the same call again.',
    example: cancelProblem({ kind: 'not-sent', retryAfterSecs: 5 }).problem,
    headers: RETRY_AFTER,
  },
  Other: {
    description: 'Any other failure, in the same form: 408, 431, and 500, whose reason is in the log of the gateway.',
    example: problemOf('internal'),
  },
};

/** The components of the document that are problems. */
export const PROBLEM_RESPONSES: Readonly<Record<string, Json>> = Object.fromEntries(
  Object.entries(PROBLEMS).map(([name, { description, example, headers, schema = 'Problem' }]) => [
    name,
    {
      description,
      ...(headers === undefined ? {} : { headers }),
      content: {
        [PROBLEM_CONTENT_TYPE]: { schema: schemaRef(schema), example: JSON.parse(encodeProblem(example)) as unknown },
      },
    },
  ]),
);

const BY_STATUS = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
  422: 'Unprocessable',
} as const;

/**
 * The problems of one call: those named, and those that any call may meet.
 *
 * @param special by status, the name of a kind of problem that this call has in the place of the usual one
 */
export function problems(
  statuses: readonly (keyof typeof BY_STATUS)[],
  special: Readonly<Record<number, string>> = {},
): Json {
  const usual = [400 as const, 401 as const, ...statuses].map((status) => [status, BY_STATUS[status]] as const);
  const names = { ...Object.fromEntries(usual), 503: 'Unavailable', ...special, default: 'Other' };
  return Object.fromEntries(
    Object.entries(names).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}
