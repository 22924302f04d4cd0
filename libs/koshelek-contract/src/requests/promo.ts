import { loyaltyError } from '../errors/loyalty-error.js';
import { CARD_NUMBER_MAX_LENGTH } from '../fields/card-number.js';
import { msisdnField } from '../fields/msisdn-error.js';
import { dropInvisible, hasForbiddenCharacter } from '../fields/text.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readObject } from './body.js';
import { RECEIPT_MAX_LENGTH, readReceipt, type Receipt } from './receipt/read-receipt.js';

/** Whom a receipt or a promo code is for: the card's number or the holder's phone, at least one of them. */
export interface PromoHolder {
  readonly cardNumber?: string;
  /** Digits, country code first, no plus. Used only without a card number. */
  readonly phone?: string;
}

/** A receipt's QR code scanned by a holder (koshelek-loyalty.md, "Promo"). */
export interface ReceiptEntry {
  readonly holder: PromoHolder;
  readonly receipt: Receipt;
  /** The body as JavaScript reads it. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** The received body, character by character: nothing is lost, not even a number of 19 digits. */
  readonly rawBody: string;
}

/** A promo code typed by a holder. */
export interface PromoCodeEntry {
  readonly holder: PromoHolder;
  /** Without spaces around, in NFC; codes are compared without regard to case. */
  readonly code: string;
  /** The body as JavaScript reads it, and its exact text. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly rawBody: string;
}

/**
 * The names that the fields of methods 10 and 11 may have, which the contract does not know. They match without
 * regard to case; errors name the first.
 */
export interface PromoFields {
  readonly receipt: readonly string[];
  readonly promoCode: readonly string[];
  readonly cardNumber: readonly string[];
  readonly phone: readonly string[];
}

/** What the neighbouring methods call the same things, and the names of the methods' own paths. */
export const DEFAULT_PROMO_FIELDS: PromoFields = {
  receipt: ['qrCode', 'qr', 'code'],
  promoCode: ['code', 'promoCode'],
  cardNumber: ['cardNumber', 'card'],
  phone: ['msisdn', 'phone'],
};

/** What a scanner may put around the text of a code. */
const LINE_ENDS = /[\r\n\t]/g;

/** Our own limit: more than a person types. */
export const PROMO_CODE_MAX_LENGTH = 100;

/** A body of methods 10 and 11, which is stored completely. */
export interface PromoBody {
  /** As JavaScript reads it. */
  readonly body: unknown;
  /** Its exact text. */
  readonly rawBody: string;
}

/** Reads the body of method 10: any JSON object with the text of a receipt's QR code and a holder in it. */
export function readReceiptEntry({ body, rawBody }: PromoBody, fields: PromoFields): Reading<ReceiptEntry> {
  const object = readObject(body);
  if (!object.ok) return object;
  const text = requireText(object.value, fields.receipt, RECEIPT_MAX_LENGTH, LINE_ENDS);
  if (!text.ok) return text;
  const receipt = readReceipt(text.value, fields.receipt[0] ?? '');
  if (!receipt.ok) return receipt;
  const holder = readHolder(object.value, fields);
  if (!holder.ok) return holder;
  return accept({ holder: holder.value, receipt: receipt.value, raw: object.value, rawBody });
}

/** Reads the body of method 11: any JSON object with a code and a holder in it. */
export function readPromoCodeEntry({ body, rawBody }: PromoBody, fields: PromoFields): Reading<PromoCodeEntry> {
  const object = readObject(body);
  if (!object.ok) return object;
  const code = requireText(object.value, fields.promoCode, PROMO_CODE_MAX_LENGTH);
  if (!code.ok) return code;
  const holder = readHolder(object.value, fields);
  if (!holder.ok) return holder;
  return accept({ holder: holder.value, code: code.value.normalize('NFC'), raw: object.value, rawBody });
}

function readHolder(object: Readonly<Record<string, unknown>>, fields: PromoFields): Reading<PromoHolder> {
  const cardNumber = readText(object, fields.cardNumber, CARD_NUMBER_MAX_LENGTH);
  if (!cardNumber.ok) return cardNumber;
  if (cardNumber.value !== undefined) return accept({ cardNumber: cardNumber.value });
  const given = readText(object, fields.phone, CARD_NUMBER_MAX_LENGTH);
  if (!given.ok) return given;
  if (given.value === undefined) {
    const either = [fields.cardNumber[0], fields.phone[0]].filter((name) => name !== undefined);
    return refuse(loyaltyError('fieldMissing', { field: either.join(' или ') }));
  }
  const phone = msisdnField(fields.phone[0] ?? '')(given.value);
  return phone.ok ? accept({ phone: phone.value }) : phone;
}

function requireText(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
  limit: number,
  blanks?: RegExp,
): Reading<string> {
  const text = readText(object, names, limit, blanks);
  if (!text.ok) return text;
  return text.value === undefined
    ? refuse(loyaltyError('fieldMissing', { field: names[0] ?? '' }))
    : accept(text.value);
}

/**
 * The text of a field under any of its names, trimmed; empty and null count as absent.
 *
 * @param blanks what counts as a blank although it is a control character
 */
function readText(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
  limit: number,
  blanks?: RegExp,
): Reading<string | undefined> {
  const [field = ''] = names;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  let found: string | undefined;
  for (const [name, given] of Object.entries(object)) {
    if (!wanted.has(name.toLowerCase()) || given === null) continue;
    // A phone or a number may come as a JSON integer, as in the vendor's Push Callback.
    const value = typeof given === 'number' && Number.isSafeInteger(given) ? String(given) : given;
    if (typeof value !== 'string') return refuse(loyaltyError('fieldWrongType', { field, expected: 'строка' }));
    const text = dropInvisible(blanks === undefined ? value : value.replaceAll(blanks, ' ')).trim();
    if (text === '' || text === found) continue;
    if (text.length > limit) return refuse(loyaltyError('fieldTooLong', { field, limit }));
    if (hasForbiddenCharacter(text)) return refuse(loyaltyError('fieldForbiddenCharacter', { field }));
    if (found !== undefined) return refuse(loyaltyError('fieldRepeated', { field }));
    found = text;
  }
  return accept(found);
}
