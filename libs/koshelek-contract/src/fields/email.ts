import { hasForbiddenCharacter } from './text.js';

/** The longest address that can be delivered to (RFC 5321, 4.5.3.1.3, less the angle brackets). */
export const EMAIL_MAX_LENGTH = 254;

/** A name, one @, a domain with a dot inside. More than that only the mail server knows. */
const BASIC_FORM = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/;

/**
 * Brings an e-mail address to the form it is compared in: no spaces around, lower case.
 *
 * @returns `undefined` when the text is not an address, or longer than 254 characters
 */
export function normaliseEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  if (email.length > EMAIL_MAX_LENGTH || hasForbiddenCharacter(email)) return undefined;
  return BASIC_FORM.test(email) ? email : undefined;
}
