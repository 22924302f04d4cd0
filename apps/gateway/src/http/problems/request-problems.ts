import { kind } from './problem-kind.js';

const SEND_AGAIN = 'Correct the request and send it again.';

/** What can be wrong with any call, whatever it is about. */
export const REQUEST_PROBLEMS = {
  'malformed-request': kind(
    400,
    'Malformed request',
    'The request is not valid HTTP, or its address cannot be read.',
    SEND_AGAIN,
  ),
  'malformed-json': kind(
    400,
    'Malformed JSON',
    'The body is not JSON, nests deeper than 32 levels, or has a key "__proto__".',
    SEND_AGAIN,
  ),
  'not-utf8': kind(400, 'Not UTF-8', 'The body is not valid UTF-8.', SEND_AGAIN),
  'duplicate-key': kind(400, 'Duplicate key', 'An object in the body has the same key twice.', SEND_AGAIN),
  'idempotency-key-missing': kind(
    400,
    'Idempotency key missing',
    'The call needs a header Idempotency-Key of 1 to 255 printable ASCII characters, once.',
    'Send one, another for each order or adjustment, and keep it until you have an answer.',
  ),
  'malformed-last-event-id': kind(
    400,
    'Malformed Last-Event-ID',
    'The header Last-Event-ID does not hold the id of an event of this order.',
    'Send the id of the last event you have, or leave the header out to begin with the first one.',
  ),
  'key-required': kind(
    401,
    'Key required',
    'The call has no key of this gateway, or a wrong one.',
    'Send Authorization: Bearer SECRET with a key of a producer, and for calls below /admin with a key of an operator.',
  ),
  'wrong-address': kind(
    403,
    'Wrong address',
    'The key may be used from some addresses only, and the call came from another one.',
    'Call from an address of the key, or ask an operator for a key with yours.',
  ),
  'missing-scope': kind(
    403,
    'Missing scope',
    'The key of the producer does not have the scope that the call needs.',
    'Ask an operator for a key with the scope that the detail names.',
  ),
  'missing-role': kind(
    403,
    'Missing role',
    'The key of the operator does not have the role that the call needs.',
    'Make the call with a key that has the role which the detail names.',
  ),
  'no-such-call': kind(
    404,
    'No such call',
    'The gateway has no call with this path and verb, or this process does not have the role for it.',
    'Check the path and the verb with /docs, and ROLES of the process.',
  ),
  'request-timeout': kind(
    408,
    'Request timeout',
    'The request did not arrive completely in time.',
    'Send it again under the same idempotency key.',
  ),
  'body-too-large': kind(
    413,
    'Body too large',
    'The body is larger than the call takes, or has more values and keys.',
    'Send less at once: several batches, or a shorter order.',
  ),
  'unsupported-media-type': kind(
    415,
    'Unsupported media type',
    'The body has a Content-Type or an encoding that the call does not take.',
    'Send JSON as Content-Type: application/json, in UTF-8 and not compressed; files of imports as the detail says.',
  ),
  'validation-failed': kind(
    422,
    'Validation failed',
    'The request was read and has faults; `errors` has each of them with its place.',
    'Correct every field that `errors` names. Nothing has happened; the same idempotency key may be used again.',
  ),
  'idempotency-key-reuse': kind(
    422,
    'Idempotency key reuse',
    'The idempotency key belongs to another order or adjustment: what was sent under it before was different.',
    'Take a new key for something new. To repeat what was sent, send exactly the same body.',
  ),
  'too-many-failed-logins': kind(
    429,
    'Too many failed logins',
    'The key is wrong, and many wrong keys were tried before.',
    'Correct the key; a right one is let in at any time.',
  ),
  'headers-too-large': kind(
    431,
    'Headers too large',
    'The headers of the request are larger than 16 KiB.',
    'Send fewer or shorter headers.',
  ),
  'internal-error': kind(
    500,
    'Internal error',
    'The gateway failed; its log says why, under the X-Request-Id of the answer.',
    'Make the same call again under the same idempotency key. If it fails again, give the request id to an operator.',
  ),
  'database-unavailable': kind(
    503,
    'Database unavailable',
    'PostgreSQL cannot serve the call at the moment; `cause` says why.',
    'Make the same call again after Retry-After, under the same idempotency key.',
  ),
  'too-many-connections': kind(
    503,
    'Too many connections',
    'As many connections are open as the listener takes.',
    'Connect again after Retry-After, and keep connections open for further calls.',
  ),
};
