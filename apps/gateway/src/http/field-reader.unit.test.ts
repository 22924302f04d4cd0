import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.js';
import { FieldReader, isInstant } from './field-reader.js';
import { ProblemError, type FieldFault } from './problem.js';

function faultsOf(reader: FieldReader): readonly FieldFault[] | undefined {
  try {
    reader.refuseFaults();
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

describe('FieldReader', () => {
  it('notes every fault at once, each with its pointer', () => {
    const reader = new FieldReader({ a: 1, 'x/y~z': 1, n: 11 }, 'body', ['a', 'n', 'must']);
    reader.text('a', 5);
    reader.wholeNumber('n', 1, 10);
    reader.required('must', reader.flag('must'));
    expect(faultsOf(reader)?.map(({ pointer }) => pointer)).toEqual(['/x~1y~0z', '/a', '/n', '/must']);
  });

  it('reads an absent field, one that is null and one of the prototype alike', () => {
    const reader = new FieldReader({ a: null }, 'body', ['a', 'b', 'constructor']);
    expect([reader.text('a', 5), reader.text('b', 5), reader.text('constructor', 5)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(faultsOf(reader)).toBeUndefined();
  });

  it('takes numbers as digits in a query and as numbers in a body', () => {
    const read = (kind: 'body' | 'query', n: unknown) => {
      const reader = new FieldReader({ n }, kind, ['n']);
      return [reader.wholeNumber('n', 0, 100), faultsOf(reader) === undefined];
    };
    expect([read('query', '7'), read('body', 7)]).toEqual([
      [7, true],
      [7, true],
    ]);
    for (const text of ['', ' 7', '7.0', '0x7', '1e1', '-1', '101']) expect(read('query', text)[1]).toBe(false);
    expect(read('body', '7')[1]).toBe(false);
  });

  it.each([null, [], 'text', 5, undefined])('refuses %j as a body', (body) => {
    expect(() => new FieldReader(body, 'body', [])).toThrow(ProblemError);
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
