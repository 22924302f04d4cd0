import { describe, expect, it } from '@jest/globals';
import { array, compileStringJson, leaf, object, optional } from './index.js';

interface SearchAnswer {
  card: { cardNumber: string; cardState: string; barcode?: { barcodeNumber: string; barcodeType: string } };
}

const searchShape = optional(
  object({
    card: object({
      cardNumber: leaf(),
      cardState: leaf(),
      barcode: optional(object({ barcodeNumber: leaf(), barcodeType: leaf() })),
    }),
  }),
);

describe('compileStringJson', () => {
  const serialize = compileStringJson<SearchAnswer | undefined>(searchShape);

  it('writes the card of a search', () => {
    const barcode = { barcodeNumber: '2200000000001', barcodeType: 'EAN_13' };
    expect(serialize({ card: { cardNumber: '0000012345', cardState: 'active', barcode } })).toBe(
      '{"card":{"cardNumber":"0000012345","cardState":"active","barcode":{"barcodeNumber":"2200000000001","barcodeType":"EAN_13"}}}',
    );
  });

  it('answers an empty text for nothing to return, in either style', () => {
    expect(serialize(undefined)).toBe('');
    expect(compileStringJson<null>(searchShape, { nulls: 'empty' })(null)).toBe('');
  });

  it('leaves an optional field out', () => {
    expect(serialize({ card: { cardNumber: '1', cardState: 'active' } })).toBe(
      '{"card":{"cardNumber":"1","cardState":"active"}}',
    );
  });

  it('writes a null field as "" by option, and still leaves undefined out', () => {
    const shape = object({ a: optional(leaf()), b: optional(object({})), c: optional(array(leaf())), d: leaf() });
    const compiled = compileStringJson<object>(shape, { nulls: 'empty' });
    expect(compiled({ a: null, b: undefined, c: null, d: 1 })).toBe('{"a":"","c":"","d":"1"}');
  });

  it('drops empty elements of a list, or keeps their positions by option', () => {
    const shape = array(optional(leaf()));
    const gaps = [null, 1, undefined, 2];
    expect(compileStringJson<unknown[]>(shape)(gaps)).toBe('["1","2"]');
    expect(compileStringJson<unknown[]>(shape, { nulls: 'empty' })(gaps)).toBe('["","1","","2"]');
  });

  it('does not write or read a field that the shape does not name', () => {
    const card = { cardNumber: '1', secret: 'x', cardState: 'active', broken: () => 1 };
    expect(serialize({ card })).toBe('{"card":{"cardNumber":"1","cardState":"active"}}');
  });

  it('writes the fields in the order of the shape', () => {
    expect(serialize({ card: { cardState: 'active', cardNumber: '1' } })).toBe(
      '{"card":{"cardNumber":"1","cardState":"active"}}',
    );
  });

  it('takes nothing that every object inherits for a field', () => {
    const shape = object({
      constructor: optional(leaf()),
      toString: optional(leaf()),
      ['__proto__']: optional(leaf()),
    });
    const compiled = compileStringJson<object>(shape);
    expect(compiled({})).toBe('{}');
    expect(compiled(JSON.parse('{"constructor":1,"toString":2,"__proto__":3}') as object)).toBe(
      '{"constructor":"1","toString":"2","__proto__":"3"}',
    );
  });

  it("reads a getter of the value's class", () => {
    class Card {
      get cardNumber(): string {
        return '42';
      }
    }
    expect(compileStringJson<Card>(object({ cardNumber: leaf() }))(new Card())).toBe('{"cardNumber":"42"}');
  });

  it('calls toJSON of a leaf, an object or an array', () => {
    const shape = object({ a: leaf(), b: object({ c: leaf() }), d: array(leaf()) });
    const value = {
      a: { toJSON: (key: string) => key },
      b: { toJSON: () => ({ c: 1 }) },
      d: { toJSON: () => [{ toJSON: (key: string) => key }] },
    };
    expect(compileStringJson<object>(shape)(value)).toBe('{"a":"a","b":{"c":"1"},"d":["0"]}');
  });

  it('may be used again while it is at work', () => {
    const compiled = compileStringJson<unknown>(object({ a: leaf(), b: array(leaf()) }));
    const outer = { a: { toJSON: () => compiled({ a: 1, b: [1, 2, 3] }) }, b: [Number.NaN] };
    expect(() => compiled(outer)).toThrow('$.b[0]: ');
  });

  it('uses the shape as it was when it was compiled', () => {
    const fields = { a: leaf() };
    const compiled = compileStringJson<object>(object(fields));
    Object.assign(fields, { b: leaf() });
    expect(compiled({ a: 1 })).toBe('{"a":"1"}');
  });
});
