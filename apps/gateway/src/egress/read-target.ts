import { isIP } from 'node:net';
import { forbiddenAddress, type Network } from './special-networks.js';

/** Where callbacks may go. */
export interface TargetRules {
  /** Only in the demo. */
  readonly isPlainHttpAllowed: boolean;
  /** Networks of the company's own, beside the public internet. */
  readonly allowedNetworks: readonly Network[];
}

export type Target =
  | { readonly ok: true; readonly url: URL }
  /** Why we do not call it, for the developer who gave it; a sentence. */
  | { readonly ok: false; readonly detail: string };

export const MAX_URL = 2_048;

/** The parts of an address as they were written: `new URL` has already turned `0x7f.1` into `127.0.0.1`. */
const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)([^#]*)(#.*)?$/i;
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;
/** Top-level names that mean something of one's own network (RFC 6762, 8375, 9476; ICANN on .internal). */
const OWN_NETWORK = ['local', 'internal', 'home.arpa', 'lan', 'intranet', 'corp', 'home', 'alt'];
/** Names that never resolve (RFC 2606, 7686). */
const NOBODYS = ['invalid', 'test', 'example', 'onion'];
const LEAST_UNPRIVILEGED_PORT = 1_024;

/**
 * Judges the text of a callback address, without asking a resolver: what a name leads to is judged again whenever it
 * is called.
 */
export function readTarget(text: unknown, rules: TargetRules): Target {
  const written = readWritten(text, rules);
  if ('detail' in written) return { ok: false, detail: written.detail };
  const { url, host } = written;
  const detail = faultOfAddress(url, host, rules) ?? faultOfName(url, rules) ?? faultOfPort(url);
  return detail === undefined ? { ok: true, url } : { ok: false, detail };
}

/** The checks of the text itself. */
function readWritten(text: unknown, rules: TargetRules): { url: URL; host: string } | { detail: string } {
  if (typeof text !== 'string' || text === '') return { detail: 'Must be the https:// address to call.' };
  if (text.length > MAX_URL) return { detail: `Must be at most ${MAX_URL} characters long.` };
  if (!PRINTABLE_ASCII.test(text)) {
    const detail = 'Must be printable ASCII: write an international name as xn--…, and %-encode what else is not.';
    return { detail };
  }
  if (text.includes('\\')) return { detail: 'Must not hold a backslash, which some programs read as a slash.' };
  const [, scheme = '', authority = '', , fragment] = PARTS.exec(text) ?? [];
  const schemes = rules.isPlainHttpAllowed ? ['https', 'http'] : ['https'];
  if (!schemes.includes(scheme.toLowerCase())) {
    return { detail: `Must begin with ${schemes.map((name) => `${name}://`).join(' or ')}, and with nothing else.` };
  }
  if (authority.includes('@')) return { detail: 'Must not hold a user name or a password: calls are signed instead.' };
  if (fragment !== undefined) return { detail: 'Must not hold a fragment (#…), which is never sent.' };
  const host = authority.replace(/:[^:\]]*$/, '');
  if (host === '') return { detail: 'Must name a host.' };
  if (/^\[.*%.*\]$/.test(host)) return { detail: 'Must not hold a zone (%…): it is an address of one machine only.' };
  if (host.includes('%')) return { detail: 'Must not %-encode the host.' };
  if (!URL.canParse(text)) return { detail: 'Is not a valid address: check the host and the port.' };
  return { url: new URL(text), host };
}

function faultOfAddress({ hostname }: URL, written: string, { allowedNetworks }: TargetRules): string | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) === 0) return undefined;
  if (isIP(address) === 4 && written !== address) {
    return `Must write an IP address as four decimal numbers: ${written} stands for ${address}.`;
  }
  const what = forbiddenAddress(address, allowedNetworks);
  return what === undefined ? undefined : notPublic(address, what);
}

function faultOfName({ hostname }: URL, { allowedNetworks }: TargetRules): string | undefined {
  if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) return undefined;
  if (hostname.endsWith('.')) return 'Must not end its host with a dot.';
  const endsIn = (names: readonly string[]): string | undefined =>
    names.find((name) => hostname === name || hostname.endsWith(`.${name}`));
  if (endsIn(['localhost']) !== undefined) {
    const what = forbiddenAddress('127.0.0.1', allowedNetworks);
    return what === undefined ? undefined : notPublic(hostname, 'a name of this very machine');
  }
  // With our own networks configured, their resolver may know private names.
  if (allowedNetworks.length > 0) return undefined;
  if (endsIn(NOBODYS) !== undefined) return `Must name a host that exists: no resolver knows ${hostname}.`;
  if (!hostname.includes('.')) return notPublic(hostname, 'a name of one network only');
  const own = endsIn(OWN_NETWORK);
  return own === undefined ? undefined : notPublic(hostname, `a name of one network only (.${own})`);
}

/** The message for a producer whose address or name is not on the public internet. */
export function notPublic(host: string, what: string): string {
  return `Must be a public address: ${host} is ${what}. Networks of your own are opened with CALLBACK_ALLOWED_NETWORKS, for alerts with ALERT_ALLOWED_NETWORKS.`;
}

function faultOfPort({ port, protocol }: URL): string | undefined {
  // An empty port is the scheme's own; below 1024 are services other than receivers of callbacks, such as mail.
  if (port === '' || Number(port) >= LEAST_UNPRIVILEGED_PORT) return undefined;
  const usual = protocol === 'https:' ? 443 : 80;
  return `Must have port ${usual} or one from ${LEAST_UNPRIVILEGED_PORT} up.`;
}
