import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { CHECKED_BARCODE_LENGTHS, checkDigit, isValidBarcode, type CheckedBarcodeType } from './index.js';

const TYPES = Object.keys(CHECKED_BARCODE_LENGTHS) as CheckedBarcodeType[];

/** Any number of a checked type without its check digit. */
function digits(type: CheckedBarcodeType): fc.Arbitrary<string> {
  const length = CHECKED_BARCODE_LENGTHS[type] - 1;
  return fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: length, maxLength: length });
}

describe('checkDigit', () => {
  it.each([
    ['EAN_13', '400638133393', '1'],
    ['EAN_13', '460000000000', '8'],
    ['EAN_8', '9638507', '4'],
    ['UPC_A', '03600029145', '2'],
  ] as const)('%s %s ends with %s', (type, number, digit) => {
    expect(checkDigit(type, number)).toBe(digit);
  });

  it.each([
    ['EAN_8', '123456'],
    ['EAN_8', '12345678'],
    ['EAN_13', '12345678901x'],
    ['UPC_A', ''],
  ] as const)('does not compute with %s %j', (type, number) => {
    expect(() => checkDigit(type, number)).toThrow(RangeError);
  });

  it.each(TYPES)('%s: exactly one last digit in ten is valid', (type) => {
    fc.assert(
      fc.property(digits(type), (number) => {
        const valid = '0123456789'.split('').filter((digit) => isValidBarcode(type, number + digit));
        expect(valid).toEqual([checkDigit(type, number)]);
      }),
    );
  });

  it.each(TYPES)('%s: notices any one wrong digit', (type) => {
    fc.assert(
      fc.property(digits(type), fc.nat(), fc.integer({ min: 1, max: 9 }), (number, position, shift) => {
        const whole = number + checkDigit(type, number);
        const at = position % whole.length;
        const wrong = whole.slice(0, at) + String((Number(whole[at]) + shift) % 10) + whole.slice(at + 1);
        expect(isValidBarcode(type, wrong)).toBe(false);
      }),
    );
  });
});

describe('isValidBarcode', () => {
  it('takes a UPC-A number as the EAN-13 number with a zero in front', () => {
    expect(isValidBarcode('UPC_A', '036000291452')).toBe(true);
    expect(isValidBarcode('EAN_13', '0036000291452')).toBe(true);
  });

  it.each([
    ['CODE_128', 'Card 00-42', true],
    ['CODE_128', 'Карта', false],
    ['CODE_128', '', false],
    ['CODE_128', 'x'.repeat(51), false],
    ['QR_CODE', 'Карта 42', true],
    ['QR_CODE', 'a\nb', false],
    ['EAN_8', '96385074 ', false],
    ['EAN_8', '', false],
  ] as const)('%s %j: %s', (type, number, expected) => {
    expect(isValidBarcode(type, number)).toBe(expected);
  });
});
