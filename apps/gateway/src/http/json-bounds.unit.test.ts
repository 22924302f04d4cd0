import { describe, expect, it } from '@jest/globals';
import { findExcess } from './json-bounds.js';

const excessOf = (json: string, limits = { depth: 3, tokens: 10 }) => findExcess(Buffer.from(json), limits);

describe('the bounds of a JSON body', () => {
  it.each([
    ['values', '[1,2,3,4,5,6,7,8,9,10]'],
    ['keys', '{"a":1,"b":2,"c":3,"d":4,"e":5}'],
    ['empty arrays', '[[],[],[],[],[],[],[]]'],
  ])('refuse too many %s', (_, json) => expect(excessOf(json)).toBe('tokens'));

  it('refuse too deep a nesting, of arrays and objects alike', () => {
    expect(excessOf('[{"a":[[1]]}]')).toBe('depth');
    expect(excessOf('['.repeat(4))).toBe('depth');
  });

  it.each([
    ['what stands in a string', '["[[[[,,,,::::{{{{,,,,,,,,"]'],
    ['a quote and a backslash in a string', '["\\"[[[[", "\\\\", [1]]'],
    ['nesting that is closed again', '[[[1]],[[2]]]'],
    ['a string without an end', '"[[[[[[['],
    ['nothing', ''],
  ])('do not count %s', (_, json) => expect(excessOf(json)).toBeUndefined());

  it('take a thousand orders with five tickets each', () => {
    const line = { cardNumber: '0001234567', currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' };
    const order = {
      idempotencyKey: 'k',
      order: { orderData: Array.from({ length: 5 }, () => line), phone: '+71044826548' },
    };
    const body = JSON.stringify({ orders: Array.from({ length: 1_000 }, () => order) });
    expect(findExcess(Buffer.from(body))).toBeUndefined();
  });
});
