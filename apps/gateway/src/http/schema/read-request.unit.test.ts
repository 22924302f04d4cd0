import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from '../cursor.js';
import { isInstant } from '../instant.js';
import { ProblemError, type FieldFault } from '../problem.js';
import { bodyReader, queryReader } from './read-request.js';
import { flag, integer, optional, refused, request, someOf, textUpTo, where } from './schema.js';

function faultsOf(read: () => unknown): readonly FieldFault[] | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problem.errors;
  }
}

describe('isInstant', () => {
  it.each([
    '2026-05-01T00:00:00Z',
    '2026-05-01T00:00:00.123456Z',
    '2024-02-29T23:59:59+03:00',
    '2000-02-29T00:00:00-11:30',
  ])('takes %s', (text) => expect(isInstant(text)).toBe(true));

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-05-00T00:00:00Z',
    '2026-05-01T24:30:00Z',
    '2026-05-01T00:00:00',
    '2026-05-01',
    '0000-05-01T00:00:00Z',
    '2026-05-01T00:00:00+99:00',
    '2026-05-01T00:00:00+16:00',
    '2026-05-01T00:00:00 03:00',
    '',
  ])('refuses %s', (text) => expect(isInstant(text)).toBe(false));
});

describe('a request that is read by its schema', () => {
  const SCHEMA = request(
    {
      a: optional(textUpTo(5, 'A text.')),
      n: optional(integer('A number.', { minimum: 1, maximum: 10 })),
      some: optional(someOf(['x', 'y'], 'Some.')),
      must: flag('A flag.'),
    },
    where('must', { const: false }, { properties: { n: refused('Only when it must.') } }),
  );
  const read = bodyReader(SCHEMA);

  it('gets every fault at once, each with its pointer and one sentence', () => {
    expect(faultsOf(() => read({ some: ['z', 'z'], 'x/y~z': 1, n: 11, a: '' }))).toEqual([
      { pointer: '/x~1y~0z', detail: 'Unknown field.' },
      { pointer: '/a', detail: 'Must be a text of 1 to 5 characters.' },
      { pointer: '/n', detail: 'Must be a whole number from 1 to 10.' },
      { pointer: '/some', detail: 'Must be one or several of x, y.' },
      { pointer: '/must', detail: 'Required.' },
    ]);
    expect(faultsOf(() => read({ must: 'yes' }))).toEqual([{ pointer: '/must', detail: 'Must be true or false.' }]);
    expect(faultsOf(() => read({ must: false, n: 5 }))).toEqual([{ pointer: '/n', detail: 'Only when it must.' }]);
  });

  it('may not hold what PostgreSQL cannot', () => {
    for (const a of ['a\0', '\ud800']) expect(faultsOf(() => read({ must: true, a }))).toHaveLength(1);
  });

  it('also gets the faults of a second check, which sees only valid fields', () => {
    const check = (good: object): FieldFault[] => [{ pointer: '/must', detail: Object.keys(good).join(' ') }];
    expect(faultsOf(() => read({ must: true, n: 0 }, check))?.map(({ pointer }) => pointer)).toEqual(['/n', '/must']);
    expect(faultsOf(() => read({ must: true, n: 0 }, check))?.at(-1)?.detail).toBe('must');
  });

  it('reads an absent field, one that is null and one of the prototype alike', () => {
    const loose = bodyReader(request({ a: optional(flag('A.')), constructor: optional(flag('B.')) }));
    for (const body of [{ a: null }, {}, undefined]) expect(loose(body)).toEqual({});
  });

  it('has numbers as digits in a query and as numbers in a body', () => {
    const schema = request({ n: optional(integer('N.', { minimum: 0, maximum: 100 })) });
    expect(queryReader(schema)({ n: '7' })).toEqual({ n: 7 });
    expect(bodyReader(schema)({ n: 7 })).toEqual({ n: 7 });
    for (const n of ['', ' 7', '7.0', '0x7', '1e1', '-1', '101', ['7'], ['7', '8']]) {
      expect([n, faultsOf(() => queryReader(schema)({ n }))?.length]).toEqual([n, 1]);
    }
    expect(faultsOf(() => bodyReader(schema)({ n: '7' }))).toHaveLength(1);
  });

  it.each([[[]], 'text', 5])('is an object: %j is refused as a body', (body) => {
    expect(faultsOf(() => read(body))).toEqual([{ pointer: '', detail: 'Must be a JSON object.' }]);
  });
});

describe('a cursor', () => {
  it('gives back what it holds', () => {
    expect(decodeCursor(encodeCursor(['2026-05-01T00:00:00Z', 'b']), 2)).toEqual(['2026-05-01T00:00:00Z', 'b']);
  });

  it.each(['', 'a b', 'YQ==', 'YQ', '%'])('is not taken from %j', (text) => {
    expect(decodeCursor(text, 2)).toBeUndefined();
  });
});
