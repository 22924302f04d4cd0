import type { Socket } from 'node:net';

/** Names a connection: the same for both sockets of one with TLS. */
export function callerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
