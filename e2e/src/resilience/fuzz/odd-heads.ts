import * as fc from 'fast-check';

/** Lines that are put into the head of a request. */
export interface OddHead {
  readonly lines: readonly string[];
  /** The server may wait for more of the body than there is, or take a part of it for another request. */
  readonly breaksFraming?: true;
}

const line = (text: string): OddHead => ({ lines: [text] });
const framing = (...lines: string[]): OddHead => ({ lines, breaksFraming: true });

const LINES = [
  'Content-Type: text/plain',
  'Content-Type: ;;/',
  'Content-Type: application/json;',
  'Content-Type: text/csv',

  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: multipart/form-data; boundary=x',
  'Content-Type: ',

  'Content-Encoding: br',
  'Content-Encoding: identity',
  'Content-Encoding: gzip, gzip',
  'Accept: image/png;q=x',
  'Accept: ',
  'Accept-Encoding: zstd;q=9',
  'Host: other',
  'Host: ',
  'Host: a b',
  'Expect: 100-continue',
  'Expect: 200-ok',

  'Connection: keep-alive',
  'Connection: upgrade',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Range: bytes=0-',
  'TE: trailers',

  'X-Request-Id: a b',
  'X-Request-Id: \u00ff',
  'X-Request-Id: ',
  'X-Forwarded-For: 1.2.3.4, unknown',
  'X-Forwarded-For: ',

  'X-Forwarded-Host: evil',
  'X-HTTP-Method-Override: DELETE',
  'Cookie: a=b; a=c',
  'traceparent: 00-0-0-00',
  'traceparent: x',

  'Idempotency-Key: ',
  'Idempotency-Key: \u00e9',
  'Idempotency-Key: second',
  'If-None-Match: *',
  'If-None-Match: W/"',
  'Last-Event-ID: -1',

  'Authorization: Bearer',
  'Authorization: Bearer  ',
  'Authorization: Bearer vestibule_x',
  'Authorization: Basic !',
  'Authorization: x',

  'Authorization: Digest username="a"',
  'X-Odd: a\u0001b',
  'X Odd: a',
  ': no name',
  'no colon',
  ' folded: line',
  'X-Tab:\ta',
];

const ANY_HEAD: fc.Arbitrary<OddHead> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...LINES).map(line) },
  fc.nat({ max: 20_000 }).map((length) => line(`X-Long: ${'x'.repeat(length)}`)),
  fc.nat({ max: 300 }).map((count) => ({ lines: Array.from({ length: count }, (_, index) => `X-${index}: v`) })),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }).map((text) => line(`X-Any: ${text.replaceAll(/[\r\n]/g, '')}`)),
  fc.constantFrom(
    framing('Transfer-Encoding: chunked'),
    framing('Transfer-Encoding: gzip, chunked'),
    framing('Transfer-Encoding: identity'),
    framing('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'),
    framing('Content-Length: 0', 'Content-Length: 5'),
    framing('Content-Length: +5'),
    framing('Content-Length: 99999999999999999999'),
    framing('Content-Length: 4, 4'),
  ),
);

/** None, as a rule. */
export const oddHeads: fc.Arbitrary<readonly OddHead[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.array(ANY_HEAD, { minLength: 1, maxLength: 3 }) },
);

/** The verb of the call, as a rule. */
export function verbsNear(verb: string): fc.Arbitrary<string> {
  const others = [
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'PROPFIND',
    'get',
    'FETCH',
    'G\u0000T',
  ];
  return fc.oneof({ weight: 9, arbitrary: fc.constant(verb) }, fc.constantFrom(...others));
}
