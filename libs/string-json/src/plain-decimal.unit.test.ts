import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plainDecimal } from './plain-decimal.js';

/** The significant digits, without the decimal point. */
const significant = (text: string): string =>
  text
    .replace(/e.*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');

describe('plainDecimal', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [2800, '2800'],
    [-1.5, '-1.5'],
    [0.1 + 0.2, '0.30000000000000004'],
    [999999999999999900000, '999999999999999900000'],
    [1e21, '1000000000000000000000'],
    [-1.5e21, '-1500000000000000000000'],
    [1.2345678901234e25, `12345678901234${'0'.repeat(12)}`],
    [0.000001, '0.000001'],
    [1e-7, '0.0000001'],
    [-1.25e-7, '-0.000000125'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [Number.MAX_VALUE, `17976931348623157${'0'.repeat(292)}`],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('writes %d without an exponent', (number, text) => {
    expect(plainDecimal(number)).toBe(text);
  });

  it('writes plain digits that read back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = plainDecimal(number);
        expect(text).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/);
        expect(Number(text)).toBe(number + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes no more digits than JavaScript does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(significant(plainDecimal(number))).toBe(significant(String(number)));
      }),
      { numRuns: 2000 },
    );
  });
});
