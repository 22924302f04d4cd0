/**
 * The forms of an order's fields, used by both the DTO classes and the fast check, so that both accept the same. No
 * pattern can match a text in two ways, so none backtracks.
 */

/** STRING(10): the printed number of a card. Digits, because the contract keeps its leading zeros. */
export const CARD_NUMBER = /^\d{1,10}$/;

/** STRING(16), `+7…`: a whole Russian number has ten digits after +7; the field leaves room for a few more. */
export const PHONE = /^\+7\d{10,14}$/;

/** A tax number (ИНН) of up to 12 digits. */
export const VAT_NUMBER = /^\d{1,12}$/;

/** STRING(100), counted in characters. Control characters and half surrogate pairs survive no database. */
export const TEXT_100 = /^[^\p{Cc}\p{Cs}]{0,100}$/u;

/** STRING(100) with one @ that has something on both sides; the rest is the mail server's business. */
export const EMAIL_100 = /^(?=.{3,100}$)[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u;

/** The most lines one order may hold. The contract names no limit; a thousand lines stay far below any body limit. */
export const MAX_ORDER_LINES = 1_000;

/** An INT of the contract that identifies or counts something: whole, positive, exact in a double. */
export function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Roubles: finite, above zero, at most two decimals, and small enough for its kopecks to be exact. */
export function isMoneyAmount(value: unknown): value is number {
  if (typeof value !== 'number' || !(value > 0)) return false;
  const kopecks = Math.round(value * 100);
  return kopecks <= Number.MAX_SAFE_INTEGER && kopecks / 100 === value;
}
