import ipaddr from 'ipaddr.js';

/** Who gets an IPv6 address has at least a whole /64 of them. */
const GROUP_PARTS = 4;

/**
 * What counts as one address: an IPv4 address, or the /64 of an IPv6 address.
 *
 * @param address as a socket writes it, or as a trusted proxy has given it
 */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const first = (parsed as ipaddr.IPv6).parts.slice(0, GROUP_PARTS).map((part) => part.toString(16));
  return `${first.join(':')}::/64`;
}
