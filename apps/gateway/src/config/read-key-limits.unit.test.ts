import { describe, expect, it } from '@jest/globals';
import { limitOf, readKeyLimits } from './read-key-limits.js';

describe('the limits of keys', () => {
  it.each([
    ['50', { shop: 50, till: 50 }],
    ['shop=200', { shop: 200, till: undefined }],
    ['shop=200, *=0.5', { shop: 200, till: 0.5 }],
    [undefined, { shop: undefined, till: undefined }],
  ])('%s give each key its own, and other keys that of *', (text, expected) => {
    const faults: string[] = [];
    const limits = readKeyLimits('ORDERS_PER_SECOND', text, faults);
    expect({ shop: limitOf(limits, 'shop'), till: limitOf(limits, 'till') }).toEqual(expected);
    expect(faults).toEqual([]);
  });

  it.each(['0', '-1', 'shop', 'shop=', '=5', 'shop=1,shop=2', '1e3'])('%s are refused with what is allowed', (text) => {
    const faults: string[] = [];
    readKeyLimits('ORDERS_PER_SECOND', text, faults);
    expect(faults).toEqual([expect.stringContaining('ORDERS_PER_SECOND has "')]);
  });
});
