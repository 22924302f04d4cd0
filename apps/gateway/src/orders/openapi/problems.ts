import { STATUS_CODES } from 'node:http';
import { NO_KEY, problemOf, PROBLEM_CONTENT_TYPE, type Problem } from '../../http/problem.js';
import { NOT_CANCELLABLE } from '../post-answers.js';
import { NO_SUCH_ORDER } from '../no-such-order.js';
import { schemaRef, type Json } from './build.js';

const RETRY_AFTER: Json = {
  'Retry-After': { description: 'In how many seconds to try again.', schema: { type: 'integer', minimum: 0 } },
};

/** Every problem a call can be answered with: its name in the document, when it comes, and one of them. */
const PROBLEMS: Readonly<Record<string, { description: string; example: Problem; headers?: Json }>> = {
  BadRequest: {
    description: 'The request cannot be read: its address, its headers, or JSON that is none.',
    example: problemOf('malformed-json'),
  },
  Unauthorized: {
    description: 'No key of this gateway.',
    example: NO_KEY,
    headers: { 'WWW-Authenticate': { description: 'Bearer', schema: { type: 'string' } } },
  },
  NotFound: { description: 'There is nothing with this id.', example: NO_SUCH_ORDER },
  Conflict: {
    description: 'The order is in a state in which this cannot be done; the detail says which, and what to do.',
    example: { status: 409, detail: NOT_CANCELLABLE.sending },
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
        { pointer: '/surprise', detail: 'Unknown field.' },
      ],
    },
  },
  Unavailable: {
    description: 'The database cannot be reached, or there is no room at the moment. Try the same call again.',
    example: problemOf('unavailable'),
    headers: RETRY_AFTER,
  },
  Other: {
    description: 'Any other failure, in the same form: 408, 431, and 500, whose reason is in the log of the gateway.',
    example: problemOf('internal'),
  },
};

/** The components of the document that are problems. */
export const PROBLEM_RESPONSES: Readonly<Record<string, Json>> = Object.fromEntries(
  Object.entries(PROBLEMS).map(([name, { description, example, headers }]) => {
    const value = { type: 'about:blank', title: STATUS_CODES[example.status], ...example };
    return [
      name,
      {
        description,
        ...(headers === undefined ? {} : { headers }),
        content: { [PROBLEM_CONTENT_TYPE]: { schema: schemaRef('Problem'), example: value } },
      },
    ];
  }),
);

const BY_STATUS = {
  400: 'BadRequest',
  401: 'Unauthorized',
  404: 'NotFound',
  409: 'Conflict',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
  422: 'Unprocessable',
} as const;

/** The problems of one call: those named, and those that any call may meet. */
export function problems(...statuses: readonly (keyof typeof BY_STATUS)[]): Json {
  const names: [string, string][] = [400 as const, 401 as const, ...statuses].map((status) => [
    String(status),
    BY_STATUS[status],
  ]);
  return Object.fromEntries(
    [...names, ['503', 'Unavailable'], ['default', 'Other']].map(([status, name]) => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  );
}
