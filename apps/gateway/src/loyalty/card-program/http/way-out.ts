import type { LookupAddress } from 'node:dns';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { HttpProgramConfig } from '../../../config/config.js';
import { NameResolver } from '../../../egress/name-resolver.js';
import type { LookupFunction } from 'node:net';

/** More names than one system has. */
const names = new NameResolver({ servers: [], concurrency: 8 });

/** Not `getaddrinfo`: an unresponsive name server must not block a thread of the pool. */
const lookup: LookupFunction = (...asked) => void answer(...asked);

async function answer(...[host, { all }, done]: Parameters<LookupFunction>): Promise<void> {
  let addresses: readonly LookupAddress[];
  try {
    addresses = await names.resolve(host);
  } catch (error) {
    done(error as NodeJS.ErrnoException, []);
    return;
  }
  const [first] = addresses;
  if (all === true || first === undefined) done(null, [...addresses]);
  else done(null, first.address, first.family);
}

/** The connections to the company's own system: kept for further calls, in a tunnel where there is a proxy. */
export function openWayOut(proxy: HttpProgramConfig['proxy']): Dispatcher {
  if (proxy === undefined) return new Agent({ connect: { lookup } });
  const { host, port, authorization } = proxy;
  return new ProxyAgent({
    uri: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    // A tunnel for an address without TLS too: the proxy sees nothing of a request but where it goes.
    proxyTunnel: true,
    ...(authorization !== undefined && { token: authorization }),
  });
}
