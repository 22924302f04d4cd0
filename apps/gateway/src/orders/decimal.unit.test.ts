import { describe, expect, it } from '@jest/globals';
import { kopecksAtBound, plainDecimal } from './decimal.js';

describe('plainDecimal', () => {
  it.each([
    ['2800', '2800'],
    ['2800.00', '2800'],
    ['2800.50', '2800.5'],
    ['0.05', '0.05'],
    ['-0.5', '-0.5'],
    ['2.8e3', '2800'],
    ['28000E-1', '2800'],
    ['5e-3', '0.005'],
    ['0', '0'],
    ['9007199254740993.01', '9007199254740993.01'],
  ])('writes %s as %s', (text, plain) => expect(plainDecimal(text)).toBe(plain));

  it.each(['', 'NaN', '1,5', '1e400', '9'.repeat(40), '.5', '0x10', '1e-300'])('takes %j for no amount', (text) =>
    expect(plainDecimal(text)).toBeUndefined(),
  );
});

describe('kopecksAtBound', () => {
  it.each([
    ['100', 10_000, 10_000],
    ['63.5', 6_350, 6_350],
    // Binary fractions would make 1.15 × 100 less than 115.
    ['1.15', 115, 115],
    ['99.999', 10_000, 9_999],
    ['0.001', 1, 0],
    ['-0.001', 0, -1],
    ['1.5e2', 15_000, 15_000],
    ['1e25', Infinity, Infinity],
  ])('is exact at %s', (bound, least, most) => {
    expect([kopecksAtBound(bound, 'least'), kopecksAtBound(bound, 'most')]).toEqual([least + 0, most + 0]);
  });

  it('knows no bound in what is no number', () => expect(kopecksAtBound('dear', 'least')).toBeUndefined());
});
