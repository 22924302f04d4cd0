import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { NameResolver } from './name-resolver.js';

/** More names than the systems that a company configures have. */
const CONCURRENCY = 8;

/** The names of systems that are configured, such as the company's own. */
export const systemNames = new NameResolver({ servers: [], concurrency: CONCURRENCY });

/** Not `getaddrinfo`: an unresponsive name server must not block a thread of the pool. */
export const systemLookup: LookupFunction = (...asked) => void answer(...asked);

async function answer(...[host, { all }, done]: Parameters<LookupFunction>): Promise<void> {
  let addresses: readonly LookupAddress[];
  try {
    addresses = await systemNames.resolve(host);
  } catch (error) {
    done(error as NodeJS.ErrnoException, []);
    return;
  }
  const [first] = addresses;
  if (all === true || first === undefined) done(null, [...addresses]);
  else done(null, first.address, first.family);
}
