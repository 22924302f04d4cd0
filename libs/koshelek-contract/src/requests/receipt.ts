import { loyaltyError } from '../errors/loyalty-error.js';
import { isCalendarDay } from '../fields/calendar-date.js';
import { accept, refuse, type Reading } from '../reading.js';

export type ReceiptOperation = 'sale' | 'sale-return' | 'purchase' | 'purchase-return';

/** The QR code of a Russian fiscal receipt. `fiscalDrive`, `document` and `fiscalSign` together name it. */
export interface Receipt {
  /** The cash register's local time without a zone, `YYYY-MM-DDTHH:MM:SS`. */
  time: string;
  /** In kopecks, exact. */
  sum: number;
  /** `fn`, 16 digits. */
  fiscalDrive: string;
  /** `i`, without leading zeros. */
  document: string;
  /** `fp`, without leading zeros. */
  fiscalSign: string;
  operation: ReceiptOperation;
}

/** A receipt's QR code has some 80 characters; this is room enough for whatever a register adds. */
const RECEIPT_MAX_LENGTH = 500;

const OPERATIONS: Readonly<Record<string, ReceiptOperation>> = {
  '1': 'sale',
  '2': 'sale-return',
  '3': 'purchase',
  '4': 'purchase-return',
};

/**
 * Reads the text of a receipt's QR code, `t=20260317T1923&s=1498.00&fn=…&i=…&fp=…&n=1` (contract, "10, 11. Promo"),
 * its parts in any order, unknown ones ignored.
 *
 * Leading zeros of `i` and `fp` are dropped, for registers differ in padding them and the same receipt must count once.
 *
 * @param text the scanned text
 * @param field the name of the field it came in, for errors about the whole
 */
export function readReceipt(text: string, field: string): Reading<Receipt> {
  if (text.length > RECEIPT_MAX_LENGTH)
    return refuse(loyaltyError('fieldTooLong', { field, limit: RECEIPT_MAX_LENGTH }));
  const parts = splitParts(text.trim());
  if (!parts.ok) return parts;
  const receipt: Partial<Record<string, string | number>> = {};
  for (const [name, target, parse] of PARTS) {
    const part = parts.value.get(name);
    if (part === undefined || part === '') return refuse(loyaltyError('receiptFieldMissing', { field: name }));
    const value = parse(part);
    if (value === undefined) return refuse(loyaltyError('receiptFieldInvalid', { field: name }));
    receipt[target] = value;
  }
  return accept(receipt as unknown as Receipt);
}

/** Each part of the code: its name, what it becomes, how it is read; in the order errors are reported. */
const PARTS: readonly (readonly [string, keyof Receipt, (text: string) => string | number | undefined])[] = [
  ['t', 'time', parseTime],
  ['s', 'sum', parseSum],
  ['fn', 'fiscalDrive', (text) => (/^\d{16}$/.test(text) ? text : undefined)],
  ['i', 'document', parseCounter],
  ['fp', 'fiscalSign', parseCounter],
  ['n', 'operation', (text) => (Object.hasOwn(OPERATIONS, text) ? OPERATIONS[text] : undefined)],
];

function splitParts(text: string): Reading<Map<string, string>> {
  const parts = new Map<string, string>();
  for (const part of text.split('&')) {
    const [name = '', value = ''] = part.split('=', 2);
    if (parts.has(name) && parts.get(name) !== value && PARTS.some(([known]) => known === name)) {
      return refuse(loyaltyError('receiptFieldInvalid', { field: name }));
    }
    parts.set(name, value);
  }
  return accept(parts);
}

/** `YYYYMMDDTHHMM` or, from some registers, `YYYYMMDDTHHMMSS`. */
function parseTime(text: string): string | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?$/.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = match;
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** Roubles with at most two decimals, as whole kopecks. */
function parseSum(text: string): number | undefined {
  const match = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [, roubles = '', kopecks = ''] = match;
  return Number(roubles + kopecks.padEnd(2, '0'));
}

/** A whole number of 1 to 10 digits, above zero, without leading zeros. */
function parseCounter(text: string): string | undefined {
  const number = /^0*([1-9]\d*)$/.exec(text)?.[1];
  return number !== undefined && text.length <= 10 ? number : undefined;
}
