/** A number that already has the contract's form: digits, a country code first, at most 15. */
const PLAIN = /^[1-9]\d{6,14}$/;

/** A plus in front, or the space it was decoded to. */
const INTERNATIONAL = /^(?:\s*\+|\s+)/;

/** What people and programs put between the digits: spaces, brackets, hyphens and dashes. */
const SEPARATORS = /[\s()\-\u2010-\u2015]/g;

/**
 * A Russian or Kazakh number dialled with the trunk prefix 8. Area and mobile codes of the +7 zone begin with 3, 4,
 * 7, 8 or 9; so 11 digits from 81, 82, 85 or 86 stay what they are, numbers of East Asia. 84 is Ryazan's 8 4912 as
 * well as Vietnam's +84: in an app for Russia the former wins, and a Vietnamese number is safe with its plus.
 */
const TRUNK_PREFIX = /^8[34789]\d{9}$/;

/**
 * Brings a phone number to its form on the wire (koshelek-loyalty.md, "Search"): digits only, country code first, 7 to
 * 15 of them (E.164 allows 15; no country has subscribers with fewer than 7 including the code).
 *
 * A leading plus is dropped. So is a leading space, and both mean the same: a server decodes the plus of
 * `?msisdn=+7916…` as a space.
 *
 * @returns `undefined` when the text is not a phone number
 */
export function normaliseMsisdn(text: string): string | undefined {
  const international = INTERNATIONAL.test(text);
  const digits = text.replace(INTERNATIONAL, '').replaceAll(SEPARATORS, '');
  if (!PLAIN.test(digits)) return undefined;
  return !international && TRUNK_PREFIX.test(digits) ? `7${digits.slice(1)}` : digits;
}
