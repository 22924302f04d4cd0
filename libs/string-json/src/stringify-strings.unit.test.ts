import { describe, expect, it } from '@jest/globals';
import { stringifyStrings } from './index.js';

class Money {
  constructor(
    readonly amount: number,
    readonly currency: string,
  ) {}

  get label(): string {
    return `${this.amount} ${this.currency}`;
  }
}

describe('stringifyStrings', () => {
  it('writes the card of a search', () => {
    const card = {
      cardNumber: '0000012345',
      cardState: 'active',
      barcode: { barcodeNumber: 2200000000001, barcodeType: 'EAN_13' },
    };
    expect(stringifyStrings({ card })).toBe(
      '{"card":{"cardNumber":"0000012345","cardState":"active","barcode":{"barcodeNumber":"2200000000001","barcodeType":"EAN_13"}}}',
    );
  });

  it.each([
    ['a text', 'ж"', String.raw`"ж\""`],
    ['an empty text', '', '""'],
    ['a number', 123, '"123"'],
    ['a number that JavaScript writes with an exponent', 1e21, '"1000000000000000000000"'],
    ['a tiny number', 1e-7, '"0.0000001"'],
    ['a negative zero', -0, '"0"'],
    ['true', true, '"true"'],
    ['false', false, '"false"'],
    ['a bigint', -9007199254740993n, '"-9007199254740993"'],
    ['a Date', new Date('2022-04-22T00:21:02.5+03:00'), '"2022-04-21T21:21:02.500Z"'],
    ['a Date beyond the year 9999', new Date('+010000-01-01T00:00:00Z'), '"+010000-01-01T00:00:00.000Z"'],
    ['an empty object', {}, '{}'],
    ['an empty list', [], '[]'],
    ['a list of lists', [[1], [[]]], '[["1"],[[]]]'],
  ])('writes %s, at the top and inside', (_what, value, json) => {
    expect(stringifyStrings(value)).toBe(json);
    expect(stringifyStrings({ a: [value] })).toBe(`{"a":[${json}]}`);
  });

  it('answers an empty text for nothing to return, in either style', () => {
    for (const nulls of ['omit', 'empty'] as const) {
      expect(stringifyStrings(undefined, { nulls })).toBe('');
      expect(stringifyStrings(null, { nulls })).toBe('');
      expect(stringifyStrings({ toJSON: () => null }, { nulls })).toBe('');
    }
  });

  it('leaves undefined and null fields out', () => {
    expect(stringifyStrings({ a: undefined, b: null, c: 1, d: null })).toBe('{"c":"1"}');
  });

  it('writes null fields as "" by option, and still leaves undefined out', () => {
    expect(stringifyStrings({ a: undefined, b: null, c: 1 }, { nulls: 'empty' })).toBe('{"b":"","c":"1"}');
  });

  // oxlint-disable-next-line no-sparse-arrays -- holes are what is tested
  const gaps = [undefined, 1, null, , 2, null];

  it('drops undefined, null and holes of a list', () => {
    expect(stringifyStrings(gaps)).toBe('["1","2"]');
  });

  it('keeps every position of a list by option', () => {
    expect(stringifyStrings(gaps, { nulls: 'empty' })).toBe('["","1","","","2",""]');
  });

  it('keeps the order of the keys and takes own enumerable string keys only', () => {
    const value = Object.create({ inherited: 1 }) as Record<string | symbol, unknown>;
    value['b'] = 1;
    value['a'] = 2;
    value[Symbol('s')] = 3;
    Object.defineProperty(value, 'hidden', { value: 4, enumerable: false });
    expect(stringifyStrings(value)).toBe('{"b":"1","a":"2"}');
  });

  it('takes a __proto__ key as plain data', () => {
    const value: unknown = JSON.parse('{"__proto__":{"x":1},"y":2}');
    expect(stringifyStrings(value)).toBe('{"__proto__":{"x":"1"},"y":"2"}');
  });

  it('writes an object without a prototype', () => {
    expect(stringifyStrings(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":"1"}');
  });

  it("writes the fields of a class's instance, not its getters", () => {
    expect(stringifyStrings(new Money(5, 'RUB'))).toBe('{"amount":"5","currency":"RUB"}');
  });

  it('escapes keys as it escapes texts', () => {
    expect(stringifyStrings({ 'a"\u2028\ud800': 1 })).toBe(String.raw`{"a\"\u2028\ud800":"1"}`);
  });

  it('writes an object twice that occurs twice', () => {
    const shared = { a: 1 };
    expect(stringifyStrings([shared, { b: shared }, shared])).toBe('[{"a":"1"},{"b":{"a":"1"}},{"a":"1"}]');
  });

  it('writes 64 levels of nesting', () => {
    let value: unknown = 1;
    for (let level = 0; level < 64; level += 1) value = [value];
    expect(stringifyStrings(value)).toBe(`${'['.repeat(64)}"1"${']'.repeat(64)}`);
  });
});

describe('toJSON', () => {
  it('is called with the key of the object', () => {
    const echo = { toJSON: (key: string) => `<${key}>` };
    expect(stringifyStrings(echo)).toBe('"<>"');
    expect(stringifyStrings({ price: echo, list: [echo] })).toBe('{"price":"<price>","list":["<0>"]}');
  });

  it('may give any value, which is written by the same rules', () => {
    expect(stringifyStrings({ a: { toJSON: () => ({ n: 1e21, d: new Date(0) }) } })).toBe(
      '{"a":{"n":"1000000000000000000000","d":"1970-01-01T00:00:00.000Z"}}',
    );
    expect(stringifyStrings({ a: { toJSON: () => undefined }, b: { toJSON: () => null } })).toBe('{}');
  });

  it('is asked once, as JSON.stringify asks', () => {
    const twice = { toJSON: () => ({ a: 1, toJSON: 'text' }) };
    expect(stringifyStrings(twice)).toBe('{"a":"1","toJSON":"text"}');
  });

  it('of a prototype is honoured too', () => {
    expect(stringifyStrings({ url: new URL('https://example.org/a b') })).toBe('{"url":"https://example.org/a%20b"}');
  });

  it('calls the toJSON of a class that has no JSON form otherwise', () => {
    class Tags extends Set<string> {
      toJSON(): string[] {
        return [...this];
      }
    }
    expect(stringifyStrings(new Tags(['a', 'b']))).toBe('["a","b"]');
  });

  it('passes its own error on', () => {
    const broken = {
      toJSON: () => {
        throw new Error('mine');
      },
    };
    expect(() => stringifyStrings(broken)).toThrow(new Error('mine'));
  });
});
