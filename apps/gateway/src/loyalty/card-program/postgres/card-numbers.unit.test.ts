import { describe, expect, it } from '@jest/globals';
import { isValidBarcode } from '@vestibule/koshelek-contract';
import { generateCardNumber } from './card-numbers.js';

describe('generateCardNumber', () => {
  it.each([
    ['EAN_8', 8, '2', '20000011'],
    ['EAN_13', 13, '22', '2200000000019'],
    ['UPC_A', 12, '4', '400000000015'],
    ['CODE_128', 10, '', '0000000001'],
    ['QR_CODE', 16, '777', '7770000000000001'],
  ] as const)('makes a valid %s of prefix and serial', (barcodeType, length, prefix, expected) => {
    const number = generateCardNumber({ prefix, length, barcodeType }, '1');
    expect(number).toBe(expected);
    expect(isValidBarcode(barcodeType, number ?? '')).toBe(true);
  });

  it('never makes a number too long: a serial with too many digits gives none', () => {
    const config = { prefix: '2', length: 8, barcodeType: 'EAN_8' } as const;
    expect(generateCardNumber(config, '999999')).toMatch(/^2999999\d$/);
    expect(generateCardNumber(config, '1000000')).toBeUndefined();
  });
});
