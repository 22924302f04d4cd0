import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { HttpProgramConfig } from '../../../config/config.js';
import { systemLookup } from '../../../egress/system-lookup.js';

/** The connections to the company's own system: kept for further calls, in a tunnel where there is a proxy. */
export function openWayOut(proxy: HttpProgramConfig['proxy']): Dispatcher {
  if (proxy === undefined) return new Agent({ connect: { lookup: systemLookup } });
  const { host, port, authorization } = proxy;
  return new ProxyAgent({
    uri: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    // A tunnel for an address without TLS too: the proxy sees nothing of a request but where it goes.
    proxyTunnel: true,
    ...(authorization !== undefined && { token: authorization }),
  });
}
