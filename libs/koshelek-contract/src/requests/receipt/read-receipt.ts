import { loyaltyError } from '../../errors/loyalty-error.js';
import { isCalendarDay } from '../../fields/calendar-date.js';
import { accept, refuse, type Reading } from '../../reading.js';
import { splitReceiptText, type ReceiptParts } from './receipt-text.js';

/** `unknown` is anything but 1 to 4: it is stored, and earns nothing. */
export type ReceiptOperation = 'sale' | 'sale-return' | 'purchase' | 'purchase-return' | 'unknown';

/** The QR code of a Russian fiscal receipt. `fiscalDrive`, `document` and `fiscalSign` together name it. */
export interface Receipt {
  /** The cash register's local time, as printed, without a zone, `YYYY-MM-DDTHH:MM:SS`. */
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

/** The longest text of a QR code that Кошелёк sends (koshelek-loyalty.md, "Promo"). */
export const RECEIPT_MAX_LENGTH = 999;

/** The calculation attribute, `n`. */
const OPERATIONS: ReadonlyMap<string, ReceiptOperation> = new Map([
  ['1', 'sale'],
  ['2', 'sale-return'],
  ['3', 'purchase'],
  ['4', 'purchase-return'],
]);

/**
 * Reads the text of a receipt's QR code, `t=20260317T1923&s=1498.00&fn=…&i=…&fp=…&n=1`, in every form that registers
 * and apps give it (koshelek-loyalty.md, "Receipt text").
 *
 * Leading zeros of `i` and `fp` are dropped, because registers pad them differently and the same receipt must count
 * once.
 *
 * @param text the scanned text
 * @param field the name of its field, for errors about the whole text
 */
export function readReceipt(text: string, field: string): Reading<Receipt> {
  if (text.length > RECEIPT_MAX_LENGTH)
    return refuse(loyaltyError('fieldTooLong', { field, limit: RECEIPT_MAX_LENGTH }));
  const parts = splitReceiptText(text);
  if (parts === undefined) return refuse(loyaltyError('notReceipt'));
  const time = readPart(parts, 't', parseTime);
  if (!time.ok) return time;
  const sum = readPart(parts, 's', parseSum);
  if (!sum.ok) return sum;
  const fiscalDrive = readPart(parts, 'fn', parseFiscalDrive);
  if (!fiscalDrive.ok) return fiscalDrive;
  const document = readPart(parts, 'i', parseCounter);
  if (!document.ok) return document;
  const fiscalSign = readPart(parts, 'fp', parseCounter);
  if (!fiscalSign.ok) return fiscalSign;
  const operation = parts.has('n')
    ? readPart(parts, 'n', (given): ReceiptOperation => OPERATIONS.get(given) ?? 'unknown')
    : accept<ReceiptOperation>('sale');
  if (!operation.ok) return operation;
  return accept({
    time: time.value,
    sum: sum.value,
    fiscalDrive: fiscalDrive.value,
    document: document.value,
    fiscalSign: fiscalSign.value,
    operation: operation.value,
  });
}

/** One part of the code: present, given once (or always the same), and valid. */
function readPart<T>(parts: ReceiptParts, name: string, parse: (text: string) => T | undefined): Reading<T> {
  const [text, other] = parts.get(name) ?? [];
  if (text === undefined) return refuse(loyaltyError('receiptFieldMissing', { field: name }));
  const value = other === undefined ? parse(text) : undefined;
  return value === undefined ? refuse(loyaltyError('receiptFieldInvalid', { field: name })) : accept(value);
}

/** The date with dashes or without, `T`, the time with colons or without, optional seconds and fractions. */
const TIME = /^(\d{4})(?:-(\d\d)-|(\d\d))(\d\d)T(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9}|\d{3})?)?$/i;

function parseTime(text: string): string | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, year = '', dashed, plain = '', day = '', hour = '', minute = '', second = '00'] = match;
  const month = dashed ?? plain;
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** Roubles, with or without thousands separators, with at most two decimals, as whole kopecks; above zero. */
function parseSum(text: string): number | undefined {
  const match = /^(\d{1,10}|\d{1,3}(?:\s\d{3}){1,3})(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [, roubles = '', kopecks = ''] = match;
  const sum = Number(roubles.replaceAll(/\s/g, '') + kopecks.padEnd(2, '0'));
  return sum > 0 ? sum : undefined;
}

/** A fiscal drive has a number of 16 digits, zeros included. */
function parseFiscalDrive(text: string): string | undefined {
  return /^\d{16}$/.test(text) ? text : undefined;
}

/** A whole number of 1 to 10 digits, above zero, without leading zeros. */
function parseCounter(text: string): string | undefined {
  const number = /^0*([1-9]\d*)$/.exec(text)?.[1];
  return number !== undefined && text.length <= 10 ? number : undefined;
}
