import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { JsonNumber, type JsonValue, MAX_JSON_DEPTH, parseJson, stringifyJson } from './index.js';
import { writeJson } from './stringify-json.js';

describe('stringifyJson', () => {
  it('writes numbers with their exact text', () => {
    const value = {
      id: new JsonNumber('9007199254740993'),
      amounts: [new JsonNumber('2800.00'), new JsonNumber('1E2')],
    };
    expect(stringifyJson(value)).toBe('{"id":9007199254740993,"amounts":[2800.00,1E2]}');
  });

  it('writes what parseJson read, apart from the whitespace', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const compact = JSON.stringify(JSON.parse(text));
        const parsed = parseJson(compact);
        expect(parsed.ok && stringifyJson(parsed.value)).toBe(compact);
      }),
    );
  });

  it('escapes a lone surrogate, so that the bytes are always UTF-8', () => {
    expect(stringifyJson('\ud800')).toBe(String.raw`"\ud800"`);
  });

  it('writes every depth that parseJson reads', () => {
    const text = '['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH);
    const parsed = parseJson(text);
    expect(parsed.ok && stringifyJson(parsed.value)).toBe(text);
  });

  it('refuses a value that is not a JSON value', () => {
    expect(() => stringifyJson(undefined as unknown as JsonValue)).toThrow(TypeError);
  });
});

describe('writeJson', () => {
  it('writes ordinary values as JSON.stringify does', () => {
    const plain = fc.object({ withBoxedValues: false, withDate: true, values: [fc.jsonValue(), fc.constant(-0)] });
    fc.assert(fc.property(plain, (value) => expect(writeJson(value)).toBe(JSON.stringify(value))));
  });

  it('keeps every digit of a bigint', () => {
    expect(writeJson({ id: 9007199254740993n })).toBe('{"id":9007199254740993}');
  });

  it('leaves undefined fields out', () => {
    expect(writeJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('calls toJSON with the key of the value', () => {
    expect(writeJson({ price: { toJSON: (key: string) => `of ${key}` } })).toBe('{"price":"of price"}');
    expect(writeJson([{ toJSON: (key: string) => key }])).toBe('["0"]');
    expect(writeJson({ id: { toJSON: () => new JsonNumber('1.0') } })).toBe('{"id":1.0}');
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  it.each([
    ['NaN', { body: { amount: Number.NaN } }, '$.body.amount', 'a number that is not finite'],
    ['Infinity', { list: [1, Infinity] }, '$.list[1]', 'a number that is not finite'],
    ['a function', { a: () => 1 }, '$.a', 'a function'],
    ['a symbol', { a: Symbol('secret') }, '$.a', 'a symbol'],
    ['an undefined element', { a: [undefined] }, '$.a[0]', 'an element of a list is undefined'],
    ['a hole', { a: Array.from({ length: 2 }).concat(1) }, '$.a[0]', 'an element of a list is undefined'],
    ['a cycle', cycle, '$.self.self', 'it is a cycle, or nested deeper than 64 levels'],
  ])('refuses %s, naming the path', (_what, value, path, reason) => {
    expect(() => writeJson(value)).toThrow(TypeError);
    expect(() => writeJson(value)).toThrow(path);
    expect(() => writeJson(value)).toThrow(reason);
  });
});
