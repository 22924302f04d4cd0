import { isCardNumber, isMsisdn, isValidBarcode, normaliseDate, type Card } from '@vestibule/koshelek-contract';
import { CardProgramError } from '../card-program.error.js';

/**
 * Reads a value of the own system's answer.
 *
 * @param at its JSON pointer, for our log
 * @throws CardProgramError `ownSystemBadAnswer`: the message has the place and the expected form, never the value
 */
export type Check<T> = (value: unknown, at: string) => T;

function wrong(at: string, expected: string): never {
  throw new CardProgramError('ownSystemBadAnswer', `${at} is not ${expected}`);
}

/** A check that leaves the value as it is. */
function plain<T>(expected: string, fits: (value: unknown) => boolean): Check<T> {
  return (value, at) => (fits(value) ? (value as T) : wrong(at, expected));
}

/** The contract names no decimals; more than six are the noise of binary fractions, and would show in the app. */
const DECIMAL = /^-?\d+(\.\d{1,6})?$/;

/** A name that is shown: at least one character. */
export const text = plain<string>('a text', (value) => typeof value === 'string' && value !== '');

/** A number, exact: at most six decimals, at most 2^53. */
export const decimal = plain<number>(
  'a number with at most six decimals',
  (value) => typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER && DECIMAL.test(String(value)),
);

/** Kopecks: a whole number. */
export const whole = plain<number>('a whole number', Number.isSafeInteger);

/** A card number or the number of a barcode. */
export const cardNumber = plain<string>(
  'a text of 1 to 50 printable characters',
  (value) => typeof value === 'string' && isCardNumber(value),
);

/** A day that exists, `YYYY-MM-DD`. */
export const day = plain<string>(
  'a day in the form YYYY-MM-DD',
  (value) => typeof value === 'string' && normaliseDate(value) === value,
);

/** Digits, country code first, no plus. */
export const phone = plain<string>(
  'a phone: digits, country code first',
  (value) => typeof value === 'string' && isMsisdn(value),
);

/** An address in the web. */
export const webAddress = plain<string>(
  'an http:// or https:// address',
  (value) => typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value),
);

export function oneOf<T extends string>(values: readonly T[]): Check<T> {
  return plain(`one of ${values.join(', ')}`, (value) => (values as readonly unknown[]).includes(value));
}

/** `null`, which must be explicit: an absent field is more likely misspelt. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, at) => (value === null ? null : check(value, at));
}

export function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, at) =>
    Array.isArray(value) ? value.map((item: unknown, index) => check(item, `${at}[${index}]`)) : wrong(at, 'an array');
}

/** An object with these fields; further ones are left behind. */
export function object<T extends object>(fields: { readonly [F in keyof T]: Check<T[F]> }): Check<T> {
  const checks = Object.entries<Check<unknown>>(fields);
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, 'an object');
    const given = value as Readonly<Record<string, unknown>>;
    const path = at === '' ? '' : `${at}.`;
    return Object.fromEntries(
      checks.map(([name, check]) => [name, check(Object.hasOwn(given, name) ? given[name] : undefined, path + name)]),
    ) as T;
  };
}

/** What the one field of an object holds. */
export function inside<T>(name: string, check: Check<T>): Check<T> {
  const outer = object<Record<string, T>>({ [name]: check });
  return (value, at) => outer(value, at)[name] as T;
}

/** A barcode that can be drawn: for any other the app silently shows nothing. */
export function drawable(check: Check<Card['barcode']>): Check<Card['barcode']> {
  return (value, at) => {
    const barcode = check(value, at);
    if (isValidBarcode(barcode.barcodeType, barcode.barcodeNumber)) return barcode;
    return wrong(`${at}.barcodeNumber`, `a number that can be drawn as ${barcode.barcodeType}, check digit included`);
  };
}
