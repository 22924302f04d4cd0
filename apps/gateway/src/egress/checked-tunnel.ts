import type { LookupAddress } from 'node:dns';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { openTunnel, type Proxy } from '@vestibule/troika-client';
import { resolveChecked, type Resolve } from './checked-lookup.js';
import { LookupError, NameResolver } from './name-resolver.js';
import type { Network } from './special-networks.js';

/**
 * What the proxy is asked for: `address` a tunnel to an address that we have resolved and checked, `name` one to the
 * name, which the proxy resolves and alone can check.
 */
export const TUNNEL_TARGETS = ['address', 'name'] as const;
export type TunnelTarget = (typeof TUNNEL_TARGETS)[number];

export interface TunnelWay {
  readonly proxy: Proxy;
  readonly target: TunnelTarget;
}

/** The proxy gave no connection; the message has no credentials. */
export class TunnelError extends Error {}

/** Of proxies, whose names the operators have given. */
const proxyNames = new NameResolver({ servers: [], concurrency: 8 });

/**
 * Opens a connection to a host through a proxy; TLS and the certificate are the host's own.
 *
 * @throws TunnelError, ForbiddenTargetError, LookupError; a fault of TLS is an event of the socket
 */
export async function openCheckedTunnel(
  url: URL,
  { proxy, target }: TunnelWay,
  { allowedNetworks, resolve }: { readonly allowedNetworks: readonly Network[]; readonly resolve: Resolve },
  signal: AbortSignal,
): Promise<Socket> {
  const isTls = url.protocol === 'https:';
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || (isTls ? 443 : 80));
  // An address in the text was checked with it.
  const isGiven = target === 'name' || isIP(name) !== 0;
  const host = isGiven ? name : firstOf(await resolveChecked(name, allowedNetworks, resolve));
  const via = isIP(proxy.host) === 0 ? firstOf(await proxyNames.resolve(proxy.host)) : proxy.host;
  const tunnel = await openTunnel({ ...proxy, host: via }, { host, port }, signal).catch((error: Error) => {
    throw new TunnelError(error.message, { cause: error });
  });
  if (!isTls) return tunnel;
  return connectTls({ socket: tunnel, host: name, ...(isIP(name) === 0 && { servername: name }) });
}

function firstOf([first]: readonly LookupAddress[]): string {
  if (first === undefined) throw new LookupError('ENOTFOUND', false);
  return first.address;
}
