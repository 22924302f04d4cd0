import { once } from 'node:events';
import { connect } from 'node:net';
import { openTunnel, type Proxy } from '@vestibule/troika-client';
import { systemLookup, systemNames } from '../../egress/system-lookup.js';

/**
 * Opens a TCP connection to where an address leads and closes it again, in a tunnel where there is a proxy. No byte of a
 * request is sent, and no thread waits for a name server.
 *
 * @throws when there is no connection, or the limit is aborted
 */
export async function tryConnection(address: URL, proxy: Proxy | undefined, limit: AbortSignal): Promise<void> {
  const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(address.port || (address.protocol === 'https:' ? 443 : 80));
  if (proxy !== undefined) {
    const [way] = await systemNames.resolve(proxy.host);
    (await openTunnel({ ...proxy, host: way?.address ?? proxy.host }, { host, port }, limit)).destroy();
    return;
  }
  const socket = connect({ host, port, lookup: systemLookup });
  try {
    await once(socket, 'connect', { signal: limit });
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}
