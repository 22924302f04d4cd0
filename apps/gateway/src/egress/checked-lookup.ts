import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { notPublic } from './read-target.js';
import { forbiddenAddress, type Network } from './special-networks.js';

/** Resolves every address of a name. Tests pass one whose answers no real resolver gives. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** A name resolves to a forbidden address; the message is for its producer. */
export class ForbiddenTargetError extends Error {
  readonly code = 'VESTIBULE_FORBIDDEN_TARGET';
}

/**
 * A lookup for a connection: it gives only addresses that it has checked, and the connection goes to exactly these. So
 * a name cannot resolve to another address between the check and the connection, however short its TTL. One forbidden
 * address among several makes the name forbidden, because no one controls which of them is used.
 */
export function checkedLookup(allowed: readonly Network[], resolve: Resolve): LookupFunction {
  const answer = async (...[host, { all, family: wanted }, callback]: Parameters<LookupFunction>): Promise<void> => {
    let usable: LookupAddress[];
    try {
      const addresses = await resolveChecked(host, allowed, resolve);
      usable = addresses.filter(({ family }) => (wanted !== 4 && wanted !== 6) || family === wanted);
    } catch (error) {
      callback(error as NodeJS.ErrnoException, '');
      return;
    }
    const [first] = usable;
    if (first === undefined) callback(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), '');
    else if (all === true) callback(null, usable);
    else callback(null, first.address, first.family);
  };
  return (...asked) => void answer(...asked);
}

/**
 * Checks a host that needs no resolver: an address.
 *
 * @throws ForbiddenTargetError
 */
export function requireAllowedAddress(address: string, allowed: readonly Network[]): void {
  const what = forbiddenAddress(address, allowed);
  if (what !== undefined) throw new ForbiddenTargetError(notPublic(address, what));
}

/**
 * Every address of a name, all of them checked.
 *
 * @throws ForbiddenTargetError when one of them is forbidden, or what the resolver throws
 */
export async function resolveChecked(
  host: string,
  allowed: readonly Network[],
  resolve: Resolve,
): Promise<readonly LookupAddress[]> {
  const addresses = await resolve(host);
  for (const { address } of addresses) {
    const isForbidden = isIP(address) === 0 || forbiddenAddress(address, allowed) !== undefined;
    // Which address it is says something of our networks.
    if (isForbidden) throw new ForbiddenTargetError(notPublic(host, 'a name of an address that is not public'));
  }
  return addresses;
}
