/** The beginning of an address up to its servers, of which there may be several: no URL then. */
const BEGINNING = /^([a-z-]+:\/\/)(?:([^@/?#]*)@)?/;

/**
 * Puts a password, as it is, into the address of a server that has none: percent-encoded by hand in an address, the first
 * `/` or `#` in a generated one would lead elsewhere.
 */
export function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (password === undefined) return address;
  return address?.replace(BEGINNING, (beginning, scheme: string, user: string = '') =>
    user.includes(':') ? beginning : `${scheme}${user}:${encodeURIComponent(password)}@`,
  );
}
