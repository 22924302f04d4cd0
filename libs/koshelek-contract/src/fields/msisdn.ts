import { dropInvisible } from './text.js';

/** Why a text is no phone number. */
export type MsisdnFault =
  /** Something other than digits and what people write between them. */
  | 'characters'
  /** Fewer than 7 digits or more than 15, or a zero in front. */
  | 'length'
  /** Begins with 7, but has not the eleven digits of the +7 zone. */
  | 'zone-7-length'
  /** A prefix twice: `+7 8…`, `8 10 7…`. */
  | 'repeated-prefix'
  /** Ten digits that are no number of the +7 zone without its 7, and no country's whole number. */
  | 'no-country-code'
  /** Begins like no country's numbers, as `+89…` does. */
  | 'no-such-country';

/** The result: the number in the contract's form, or the reason why it is refused. */
export type MsisdnReading =
  { readonly kind: 'msisdn'; readonly msisdn: string } | { readonly kind: 'fault'; readonly fault: MsisdnFault };

/** The form of nearly every number. */
const MOBILE_OF_ZONE_7 = /^7[34679]\d{9}$/;

/** 7 to 15 digits: E.164 allows 15, and no country has subscribers with fewer than 7 including its code. */
const DIGITS = /^[1-9]\d{6,14}$/;

/** A plus in front, or the space it was decoded to. */
const INTERNATIONAL = /^(?:\s*\+|\s+)/;

/** The full-width forms of `+ - . ( )` and of the digits. */
const FULL_WIDTH = /[\uff08-\uff09\uff0b\uff0d-\uff0e\uff10-\uff19]/g;
const FULL_WIDTH_OFFSET = 0xfe_e0;

/** What people and programs put between the digits: spaces, brackets, dots, hyphens, dashes and the minus sign. */
const SEPARATORS = /[\s().\-\u2010-\u2015\u2212]/g;

/** The extension of an office; the number in front of it is whole without it. */
// A run of blanks is matched only from its beginning; otherwise a long run would take quadratic time.
const EXTENSION = /(?<!\s)\s*(?:доб|ext)\.?\s*\d{1,6}\s*$/i;

/** What marks a number as text in a spreadsheet. */
const TEXT_MARK = /^\s*'/;

/**
 * A number of the +7 zone without the 7: its area and mobile codes begin with 3, 4, 8 or 9 (Kazakh ones with 7, too).
 */
const WITHOUT_COUNTRY_CODE = /^[3489]\d{9}$/;

/**
 * A Russian or Kazakh number dialled with the trunk prefix 8. Area and mobile codes of the +7 zone begin with 3, 4,
 * 7, 8 or 9; so 11 digits from 81, 82, 85 or 86 stay what they are, numbers of East Asia. 84 is Ryazan's 8 4912 as
 * well as Vietnam's +84: in an app for Russia the former wins, and a Vietnamese number is safe with its plus.
 */
const TRUNK_PREFIX = /^8[34789]\d{9}$/;

/** A prefix is left in front of the next: no area code begins with 89, and no number of Japan (81) with 0. */
const REPEATED_PREFIX = /^(?:789|810)/;

/** The codes that E.164 has given to no country, those between 1 and 999 that could begin a number. */
const UNASSIGNED =
  /^(?:21[04579]|259|28\d|29[2-6]|384|388|422|42[4-9]|671|684|69[3-9]|80[1-79]|83\d|851|854|85[7-9]|87[1-79]|879|88[4579]|89\d|969|978|99[019])/;

/** Countries whose numbers never have ten digits in all; with a plus, `+916 000 04 01` has lost its 7. */
const NEVER_TEN_DIGITS = /^9[0-48]\d{8}$/;

function fault(why: MsisdnFault): MsisdnReading {
  return { kind: 'fault', fault: why };
}

/**
 * Reads a phone number as people, spreadsheets and programs write it, and normalises it to its form on the wire
 * (koshelek-loyalty.md, "Search"): digits only, country code first.
 *
 * A leading plus is dropped. So is a leading space, and both mean the same: a server decodes the plus of
 * `?msisdn=+7916…` as a space. The zone +7 is closed: its numbers have eleven digits, and only there can the country
 * code be missing. A damaged number is refused, never repaired to a number that may be another person's.
 */
export function readMsisdn(text: string): MsisdnReading {
  if (MOBILE_OF_ZONE_7.test(text)) return { kind: 'msisdn', msisdn: text };
  const visible = dropInvisible(text)
    .replaceAll(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(TEXT_MARK, '')
    .replace(EXTENSION, '');
  const international = INTERNATIONAL.test(visible);
  const digits = visible.replace(INTERNATIONAL, '').replaceAll(SEPARATORS, '');
  if (digits === '' || /\D/.test(digits)) return fault('characters');
  if (!DIGITS.test(digits)) return fault('length');
  const msisdn = international ? digits : withCountryCode(digits);
  const why = faultOf(msisdn, international);
  return why === undefined ? { kind: 'msisdn', msisdn } : fault(why);
}

/**
 * `readMsisdn` where the reason does not matter.
 *
 * @returns `undefined` when the text is not a phone number
 */
export function normaliseMsisdn(text: string): string | undefined {
  const reading = readMsisdn(text);
  return reading.kind === 'msisdn' ? reading.msisdn : undefined;
}

/**
 * Whether a text is a phone number in the contract's form already: nothing in front of its country code, nothing to
 * add.
 */
export function isMsisdn(text: string): boolean {
  return normaliseMsisdn(`+${text}`) === text;
}

function withCountryCode(digits: string): string {
  if (WITHOUT_COUNTRY_CODE.test(digits)) return `7${digits}`;
  return TRUNK_PREFIX.test(digits) ? `7${digits.slice(1)}` : digits;
}

function faultOf(msisdn: string, international: boolean): MsisdnFault | undefined {
  if (REPEATED_PREFIX.test(msisdn)) return 'repeated-prefix';
  if (msisdn.startsWith('7')) return msisdn.length === 11 ? undefined : 'zone-7-length';
  if (UNASSIGNED.test(msisdn)) return 'no-such-country';
  if (international) return NEVER_TEN_DIGITS.test(msisdn) ? 'no-country-code' : undefined;
  return msisdn.length === 10 ? 'no-country-code' : undefined;
}
