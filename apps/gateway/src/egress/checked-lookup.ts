import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { notPublic } from './read-target.js';
import { forbiddenAddress, type Network } from './special-networks.js';

/** Asks for every address of a name. Tests give one that answers as no resolver of ours can be made to. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** A name leads where we do not go; the message is for the producer whose address it is. */
export class ForbiddenTargetError extends Error {
  readonly code = 'VESTIBULE_FORBIDDEN_TARGET';
}

/**
 * A lookup for a connection: it gives only addresses that it has checked, and the connection goes to exactly these. So
 * a name cannot lead somewhere else between the check and the connection, however short-lived its answers are. One
 * forbidden address among several spoils the name: which of them would be taken is no one's choice.
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
    const what = isIP(address) === 0 ? 'no address' : forbiddenAddress(address, allowed);
    if (what !== undefined) throw new ForbiddenTargetError(notPublic(host, `a name of ${address}, ${what}`));
  }
  return addresses;
}
