import { dropInvisible, readMsisdn } from '@vestibule/koshelek-contract';

/** One character on either side is enough to know one by, and keeps the search linear in a long word. */
const EMAIL = /[^\s@]@[^\s@]+\.[^\s@]/;

const GAP = '[\\s().\\-\\u2010-\\u2015\\u2212]*';

/**
 * Where a phone may stand in a text: a number of the +7 zone as people write it, one of a neighbouring country with
 * its code, and anything with a plus. A card number is longer and has no plus. What is found here counts when the one
 * reader of phones takes it.
 */
const PHONES = [
  new RegExp(`(?<!\\d)(?:\\+?[78]${GAP})?[34789]\\d{2}${GAP}\\d{3}${GAP}\\d{2}${GAP}\\d{2}(?!\\d)`, 'g'),
  /(?<!\d)(?:375|380|99[2-68])[\s(-]*\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/g,
  new RegExp(`\\+\\d(?:${GAP}\\d){6,14}`, 'g'),
];

/**
 * Whether a text holds something that looks like a phone or an e-mail. What an operator writes down stays for good, in
 * the audit and beside the bonuses: it must not become the one place where a forgotten person is still to be found.
 */
export function holdsContact(text: string): boolean {
  const visible = dropInvisible(text).normalize('NFKC');
  return (
    EMAIL.test(visible) ||
    PHONES.some((phone) => [...visible.matchAll(phone)].some(([found]) => readMsisdn(found).kind === 'msisdn'))
  );
}
