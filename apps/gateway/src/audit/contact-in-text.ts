import { dropInvisible, readMsisdn } from '@vestibule/koshelek-contract';

/** One character on either side is enough to recognise an e-mail, and keeps the search linear in a long word. */
const EMAIL = /[^\s@]@[^\s@]+\.[^\s@]/;

const GAP = '[\\s().\\-\\u2010-\\u2015\\u2212]*';

/**
 * Where a text may contain a phone: a number of the +7 zone as people write it, one of a neighbouring country with its
 * code, and anything with a plus. A card number is longer and has no plus. A match counts if `normaliseMsisdn` accepts
 * it.
 */
const PHONES = [
  new RegExp(`(?<!\\d)(?:\\+?[78]${GAP})?[34789]\\d{2}${GAP}\\d{3}${GAP}\\d{2}${GAP}\\d{2}(?!\\d)`, 'g'),
  /(?<!\d)(?:375|380|99[2-68])[\s(-]*\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/g,
  new RegExp(`\\+\\d(?:${GAP}\\d){6,14}`, 'g'),
];

/**
 * Whether a text holds something that looks like a phone or an e-mail. An operator's text is kept for good, in the
 * audit and beside the bonuses: an erased person must not be found there.
 */
export function holdsContact(text: string): boolean {
  const visible = dropInvisible(text).normalize('NFKC');
  return (
    EMAIL.test(visible) ||
    PHONES.some((phone) => [...visible.matchAll(phone)].some(([found]) => readMsisdn(found).kind === 'msisdn'))
  );
}
