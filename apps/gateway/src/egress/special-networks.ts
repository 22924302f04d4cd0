import ipaddr from 'ipaddr.js';

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of addresses: its first address, and how many bits of it count. */
export type Network = readonly [IpAddress, number];

interface SpecialNetwork {
  readonly network: Network;
  /** The description of such an address, for the message: "… is WHAT". */
  readonly what: string;
  /** No setting allows it: it is unassigned or multicast. */
  readonly isClosedForGood: boolean;
}

/**
 * The ranges that are not on the public internet (IANA's registries of special-purpose addresses, RFC 6890), and the
 * ways to write an IPv4 address as one of IPv6. The first that matches names the address.
 */
const TABLE: readonly (readonly [string, string, 'closed for good'?])[] = [
  ['0.0.0.0/32', 'the unspecified address', 'closed for good'],
  ['0.0.0.0/8', 'an address of "this network"'],
  ['10.0.0.0/8', 'a private address'],
  ['100.64.0.0/10', 'an address behind carrier-grade NAT'],
  ['127.0.0.0/8', 'a loopback address'],
  ['169.254.0.0/16', 'a link-local address'],
  ['168.63.129.16/32', "an address of a cloud's own services"],
  ['172.16.0.0/12', 'a private address'],
  ['192.0.0.0/24', 'an address reserved for protocols'],
  ['192.0.2.0/24', 'a documentation address'],
  ['192.31.196.0/24', 'an address reserved for AS112'],
  ['192.52.193.0/24', 'an address reserved for AMT'],
  ['192.88.99.0/24', 'an address of a 6to4 relay'],
  ['192.168.0.0/16', 'a private address'],
  ['192.175.48.0/24', 'an address reserved for AS112'],
  ['198.18.0.0/15', 'a benchmarking address'],
  ['198.51.100.0/24', 'a documentation address'],
  ['203.0.113.0/24', 'a documentation address'],
  ['224.0.0.0/4', 'a multicast address', 'closed for good'],
  ['255.255.255.255/32', 'the broadcast address', 'closed for good'],
  ['240.0.0.0/4', 'a reserved address'],
  ['::/128', 'the unspecified address', 'closed for good'],
  ['::1/128', 'a loopback address'],
  ['::/96', 'an IPv4 address in the "compatible" form of IPv6'],
  ['64:ff9b::/96', 'an IPv4 address behind NAT64'],
  ['64:ff9b:1::/48', 'an IPv4 address behind NAT64'],
  ['100::/64', 'a discard address'],
  ['2001::/32', 'an IPv4 address in a Teredo tunnel'],
  ['2001:db8::/32', 'a documentation address'],
  ['2001::/23', 'an address reserved for protocols'],
  ['2002::/16', 'an IPv4 address in the 6to4 form of IPv6'],
  ['3fff::/20', 'a documentation address'],
  ['fc00::/7', 'a unique local address'],
  ['fe80::/10', 'a link-local address'],
  ['fec0::/10', 'a site-local address'],
  ['ff00::/8', 'a multicast address', 'closed for good'],
];

const SPECIAL_NETWORKS: readonly SpecialNetwork[] = TABLE.map(([range, what, closed]) => ({
  network: ipaddr.parseCIDR(range),
  what,
  isClosedForGood: closed !== undefined,
}));

/** Beyond these no IPv6 range is on the internet yet. */
const GLOBAL_UNICAST: Network = ipaddr.parseCIDR('2000::/3');

/** @returns the range, or undefined for an invalid text or one with bits beyond its prefix */
export function parseNetwork(text: string): Network | undefined {
  if (!/^[\da-fA-F.:]+\/\d{1,3}$/.test(text) || !ipaddr.isValidCIDR(text)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(text);
  const first =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  return first.toString() === address.toString() ? [address, bits] : undefined;
}

/** A range of addresses that callers come from. */
export type AddressRange = Network;

/** Reads one address or a network; undefined for anything else. */
export function parseAddresses(text: string): AddressRange | undefined {
  if (text.includes('/')) return parseNetwork(text);
  if (!ipaddr.isValid(text) || text.includes('%')) return undefined;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether a caller's address is in one of the ranges. */
export function isFromOneOf(address: string, ranges: readonly AddressRange[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => isWithin(parsed, range));
}

/**
 * Whether we may connect to an address: to every public one, and to those in the setting.
 *
 * @param address as a resolver or a socket writes it; an IPv4 address in the mapped form of IPv6 is the IPv4 address
 * @param allowed the networks of CALLBACK_ALLOWED_NETWORKS
 * @returns undefined if we may; otherwise its description, such as `a loopback address`
 */
export function forbiddenAddress(address: string, allowed: readonly Network[]): string | undefined {
  // A zone names one of our own networks, so the address is not on the internet.
  if (address.includes('%') || !ipaddr.isValid(address)) return 'no address of the internet';
  const parsed = ipaddr.process(address);
  const special = SPECIAL_NETWORKS.find(({ network }) => isWithin(parsed, network));
  if (special?.isClosedForGood === true) return special.what;
  if (allowed.some((network) => isWithin(parsed, network))) return undefined;
  if (special !== undefined) return special.what;
  return parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_UNICAST) ? undefined : 'no address of the internet';
}

function isWithin(address: IpAddress, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
