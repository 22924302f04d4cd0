import { createHash } from 'node:crypto';
import type { SignableRequest } from './request.js';
import { sortedJson, sortedRootValues } from './sorted-json.js';

/** The times of a request as text: our own when signing, the received ones when verifying. */
export interface Times {
  /** As the Date header has it. */
  readonly date: () => string;
  /** Unix time in seconds. */
  readonly timestamp: () => string;
}

/** Everything that a template can refer to. */
export interface SignedFacts {
  readonly request: SignableRequest;
  readonly times: Times;
  /** The key, for the `…-template` schemes only. */
  readonly secret: Uint8Array | undefined;
}

/** The bytes or text of a placeholder; undefined if the request has no such part. */
type Placeholder = (facts: SignedFacts, secretField: string | undefined) => Uint8Array | string | undefined;

/** Every placeholder of a template. Text is signed as UTF-8, digests as lower-case hex. */
export const PLACEHOLDERS = {
  /** The body, byte for byte. */
  body: ({ request }) => request.body,
  method: ({ request }) => request.method,
  path: ({ request }) => request.path,
  /** The query as it was sent, without `?`. */
  query: ({ request }) => request.query,
  /** The pieces of the query between `&`, as they were sent, ordered by name, then by value. */
  sortedQuery: ({ request }) => sortedQuery(request.query),
  contentType: ({ request }) => request.contentType,
  date: ({ times }) => times.date(),
  timestamp: ({ times }) => times.timestamp(),
  'md5(body)': ({ request }) => createHash('md5').update(request.body).digest('hex'),
  'sha256(body)': ({ request }) => createHash('sha256').update(request.body).digest('hex'),
  /** The JSON body, compact, with keys in order at every depth. */
  sortedBody: ({ request }) => sortedJson(request.body),
  /** The root's plain values in key order; `sortedRootValues(NAME)` adds the secret as a field of that name. */
  sortedRootValues: ({ request, secret }, secretField) =>
    sortedRootValues(
      request.body,
      secretField === undefined || secret === undefined ? undefined : { key: secretField, value: secret },
    ),
  secret: ({ secret }) => secret,
} as const satisfies Record<string, Placeholder>;

export type PlaceholderName = keyof typeof PLACEHOLDERS;

/** The same table under the one type all its rows share. */
export const PLACEHOLDER_BYTES: Readonly<Record<PlaceholderName, Placeholder>> = PLACEHOLDERS;

export function isPlaceholder(name: string): name is PlaceholderName {
  return Object.hasOwn(PLACEHOLDERS, name);
}

function sortedQuery(query: string): string {
  return query
    .split('&')
    .map((piece) => {
      const equals = piece.indexOf('=');
      const name = equals === -1 ? piece : piece.slice(0, equals);
      return { piece, name: Buffer.from(name), value: Buffer.from(piece.slice(name.length)) };
    })
    .sort((left, right) => Buffer.compare(left.name, right.name) || Buffer.compare(left.value, right.value))
    .map(({ piece }) => piece)
    .join('&');
}
