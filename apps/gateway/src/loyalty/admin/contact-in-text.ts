const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/;
/** A number of the +7 zone as people write it, and anything with a plus; a card number is longer and has no plus. */
const PHONES = [
  /(?<!\d)(?:[78][\s(-]*)?[3489]\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/,
  /\+\d(?:[\s()-]*\d){6,14}/,
];

/**
 * Whether a text holds something that looks like a phone or an e-mail. What an operator writes down stays for good, in
 * the audit and beside the bonuses: it must not become the one place where a forgotten person is still to be found.
 */
export function holdsContact(text: string): boolean {
  return EMAIL.test(text) || PHONES.some((phone) => phone.test(text));
}
