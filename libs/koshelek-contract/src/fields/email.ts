import { dropInvisible, hasForbiddenCharacter } from './text.js';

/** The longest address that can be delivered to (RFC 5321, 4.5.3.1.3, less the angle brackets). */
export const EMAIL_MAX_LENGTH = 254;

/**
 * A name, one @, a domain with a dot inside. Characters that enclose or separate addresses are refused: such a text is
 * a list, or was copied with its brackets. Only the mail server can check more.
 */
const BASIC_FORM = /^([^\s@<>()[\]\\,;:"]{1,64})@([^\s@<>()[\]\\,;:"/?#%]+)$/;
const DOMAIN = /^(?!-)[^.]+(?<!-)(?:\.(?!-)[^.]+(?<!-))+$/;

/**
 * Brings an e-mail address to the form it is compared in: no spaces around and nothing invisible, lower case, the
 * domain in the letters that mail servers use (`почта.рф` is `xn--80a1acny.xn--p1ai`).
 *
 * @returns `undefined` when the text is not an address, or longer than 254 characters
 */
export function normaliseEmail(text: string): string | undefined {
  const email = dropInvisible(text).trim().toLowerCase();
  if (email.length > EMAIL_MAX_LENGTH || hasForbiddenCharacter(email)) return undefined;
  const [, name, given] = BASIC_FORM.exec(email) ?? [];
  if (name === undefined || given === undefined) return undefined;
  const domain = toALabels(given);
  if (!DOMAIN.test(domain) || name.length + 1 + domain.length > EMAIL_MAX_LENGTH) return undefined;
  return `${name}@${domain}`;
}

/** An ASCII domain is kept unchanged: one of digits only would be converted as an IP address. */
function toALabels(domain: string): string {
  if (!/[^\p{ASCII}]|xn--/u.test(domain)) return domain;
  const address = `http://${domain}`;
  return URL.canParse(address) ? new URL(address).hostname : '';
}
