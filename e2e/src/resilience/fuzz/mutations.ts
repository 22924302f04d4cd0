import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';

/** Texts that may stand where a JSON value stands, valid or not. */
const oddValue = fc.oneof(
  { weight: 4, arbitrary: fc.json({ maxDepth: 3 }) },
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => JSON.stringify(text)),
  fc.nat({ max: 30_000 }).map((length) => JSON.stringify('ж'.repeat(length))),
  fc.nat({ max: 400 }).map((digits) => `-${'9'.repeat(digits)}1`),
  fc.nat({ max: 400 }).map((digits) => `0.${'0'.repeat(digits)}1`),
  fc.nat({ max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.nat({ max: 3_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  fc.nat({ max: 3_000 }).map((length) => `[${Array.from({ length }, () => '0').join(',')}]`),
  fc.constantFrom(
    '1e400',
    '-1e400',
    '1E-400',
    '-0',
    '0x10',
    '01',
    '1.',
    'NaN',
    'Infinity',
    'undefined',
    '9007199254740993',
    'null',
    'true',
    '""',
    '" "',
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\u2028"',
    '"\\u202e"',
    '"\ufeff"',

    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":1}}',
    '{"":1}',
    '{"a":1,"a":2}',
    '{"then":"resend"}',

    `"' or 1=1; drop table orders --"`,
    '"$\u007bjndi:ldap://x}"',
    '"../../etc/passwd"',
    '"<script>alert(1)</script>"',

    '"2026-02-30"',
    '"-infinity"',
    '"epoch"',
    '"0000-00-00"',
    '"99999-01-01T00:00:00Z"',
    '"1e3"',
    '"+7 916 000-00-09"',
  ),
);

type Change = 'replace' | 'leave out' | 'twice' | 'add';

/** The JSON of a value in which one node, counted from the outside, is changed. */
function printChanged(value: unknown, target: number, change: Change, odd: string): string {
  let count = -1;
  const print = (node: unknown): string => {
    count += 1;
    if (count === target && change === 'replace') return odd;
    if (typeof node !== 'object' || node === null) return JSON.stringify(node) ?? 'null';
    const isHere = count === target;
    const parts = Object.entries(node).map(
      ([key, inner]) => (Array.isArray(node) ? '' : `${JSON.stringify(key)}:`) + print(inner),
    );
    if (isHere && change === 'leave out') parts.shift();
    if (isHere && change === 'twice' && parts[0] !== undefined) parts.push(parts[0]);
    if (isHere && change === 'add') parts.push(Array.isArray(node) ? odd : `"surprise":${odd}`);
    return Array.isArray(node) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
  };
  return print(value);
}

function countNodes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce((sum: number, inner) => sum + countNodes(inner), 0);
}

/** A body near a valid one. */
function changedJson(body: unknown): fc.Arbitrary<string> {
  const change = fc.constantFrom<Change>('replace', 'replace', 'replace', 'leave out', 'twice', 'add');
  return fc
    .tuple(fc.nat({ max: countNodes(body) - 1 }), change, oddValue)
    .map(([target, how, odd]) => printChanged(body, target, how, odd));
}

/** What stands in the place of a body, and what the head says of it. */
export interface Body {
  readonly bytes: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const plain = (text: string): Body => ({ bytes: Buffer.from(text) });

/** Cut off, with noise in it, or nothing but noise. */
function damaged(right: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.nat({ max: right.length });
  return fc.oneof(
    place.map((end) => right.subarray(0, end)),
    fc
      .tuple(place, fc.uint8Array({ maxLength: 20 }))
      .map(([at, noise]) => Buffer.concat([right.subarray(0, at), noise, right.subarray(at)])),
    fc.uint8Array({ maxLength: 300 }).map((noise) => Buffer.from(noise)),
  );
}

/** Files near a valid one. */
export function filesNear({ type, text }: { readonly type: string; readonly text: string }): fc.Arbitrary<Body> {
  const right = Buffer.from(text);
  const headers = { 'Content-Type': type };
  return fc.oneof(fc.constant(right), damaged(right)).map((bytes) => ({ bytes, headers }));
}

/** Bodies near a valid one, far from it, and in other encodings. @param valid JSON as it should be */
export function bodiesNear(valid: unknown): fc.Arbitrary<Body> {
  const text = changedJson(valid);
  const right = Buffer.from(JSON.stringify(valid));
  return fc.oneof(
    { weight: 8, arbitrary: text.map(plain) },
    { weight: 2, arbitrary: oddValue.map(plain) },
    { weight: 1, arbitrary: fc.constant({ bytes: right }) },
    { weight: 3, arbitrary: damaged(right).map((bytes) => ({ bytes })) },
    fc
      .constantFrom<BufferEncoding>('utf16le', 'latin1')
      .map((encoding) => ({ bytes: Buffer.from(right.toString(), encoding) })),
    fc.constantFrom('utf-8', 'UTF8', 'windows-1251', 'utf-16', '"').map((charset) => ({
      bytes: right,
      headers: { 'Content-Type': `application/json; charset=${charset}` },
    })),
    fc.boolean().map((isSaid) => ({
      bytes: gzipSync(right),
      ...(isSaid ? { headers: { 'Content-Encoding': 'gzip' } } : {}),
    })),
    fc.constant({ bytes: Buffer.concat([Buffer.from('\ufeff'), right]) }),
    fc.integer({ min: 200_000, max: 1_500_000 }).map((length) => plain(`{"pad":"${'x'.repeat(length)}"}`)),
  );
}

const NAMES = [
  'status',
  'limit',
  'cursor',
  'from',
  'to',
  'reference',
  'msisdn',
  'email',
  'birthDate',
  'dryRun',
  '__proto__',
  '',
];
const VALUES = [
  '',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  '%FF',
  '%',
  '%00',
  '%2e%2e%2f',
  "'",
  '[]',
  'confirmed',
  '79160000008',
  'eyJhIjoxfQ',
];

/** A path and query near a valid one. */
export function addressesNear(path: string): fc.Arbitrary<string> {
  const value = fc.oneof(fc.constantFrom(...VALUES), fc.webQueryParameters({ size: 'small' }), fc.nat().map(String));
  const query = fc
    .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom('=', '', '[]=', '[a]='), value), { maxLength: 4 })
    .map((parts) => parts.map(([name, sign, given]) => `${name}${sign}${given}`).join('&'));
  const segment = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2F',
      '%00',
      '%FF',
      '%',
      ':id',
      '*',
      '0',
      '-1',
      'null',
      '{id}',
      '\\',
      '%c0%ae',
      'a%0d%0aX: y',
    ),
    fc.webSegment({ size: 'small' }),
    fc.nat({ max: 9_000 }).map((length) => '9'.repeat(length)),
  );
  const segments = path.split('/');
  return fc.oneof(
    query.map((text) => `${path.split('?')[0] ?? ''}?${text}`),
    fc.tuple(fc.nat({ max: segments.length - 1 }), segment).map(([at, odd]) => segments.with(at, odd).join('/')),
    fc.constantFrom(
      '/',
      `${path}/`,
      `/${path}`,
      path.toUpperCase(),
      `${path};v=1`,
      `${path}#x`,
      `http://gateway${path}`,
      '*',
    ),
  );
}
