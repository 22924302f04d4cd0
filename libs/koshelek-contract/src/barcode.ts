import { isCardNumber } from './fields/card-number.js';

/** The kinds of barcode the app can draw (koshelek-loyalty.md, "Search"). */
export const BARCODE_TYPES = ['EAN_8', 'EAN_13', 'CODE_128', 'UPC_A', 'QR_CODE'] as const;

export type BarcodeType = (typeof BARCODE_TYPES)[number];

/** The kinds whose last digit is computed from the others, with their whole length in digits. */
export const CHECKED_BARCODE_LENGTHS = { EAN_8: 8, EAN_13: 13, UPC_A: 12 } as const;

export type CheckedBarcodeType = keyof typeof CHECKED_BARCODE_LENGTHS;

/** Code 128 carries ASCII. */
const CODE_128 = /^[\x20-\x7e]+$/;

/**
 * The check digit of an EAN-8, EAN-13 or UPC-A number (GS1, modulo 10): counted from the right, every other digit
 * weighs three, and the check digit brings the sum to a multiple of ten.
 *
 * @param digitsWithoutCheck all digits but the last: 7, 12 or 11 of them
 * @throws RangeError when they are not digits, or not that many; only a caller's mistake leads there
 */
export function checkDigit(type: CheckedBarcodeType, digitsWithoutCheck: string): string {
  const length = CHECKED_BARCODE_LENGTHS[type] - 1;
  if (digitsWithoutCheck.length !== length || !/^\d+$/.test(digitsWithoutCheck)) {
    throw new RangeError(`${type} takes ${length} digits before its check digit`);
  }
  let sum = 0;
  let weight = 3;
  for (let at = length - 1; at >= 0; at -= 1) {
    sum += weight * Number(digitsWithoutCheck[at]);
    weight = 4 - weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** What a number of each type must look like. */
const IS_VALID: Readonly<Record<BarcodeType, (number: string) => boolean>> = {
  EAN_8: (number) => hasCheckDigit('EAN_8', number),
  EAN_13: (number) => hasCheckDigit('EAN_13', number),
  UPC_A: (number) => hasCheckDigit('UPC_A', number),
  CODE_128: (number) => isCardNumber(number) && CODE_128.test(number),
  QR_CODE: isCardNumber,
};

/** Whether a number can be drawn as a barcode of a type: its length, its characters and its check digit. */
export function isValidBarcode(type: BarcodeType, number: string): boolean {
  return IS_VALID[type](number);
}

function hasCheckDigit(type: CheckedBarcodeType, number: string): boolean {
  return (
    number.length === CHECKED_BARCODE_LENGTHS[type] &&
    /^\d+$/.test(number) &&
    checkDigit(type, number.slice(0, -1)) === number.at(-1)
  );
}
