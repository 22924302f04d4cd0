import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy between a program and a server, with which a test can cut the connection. */
export interface TcpProxy {
  /** The server's URL with the proxy's address. */
  readonly url: string;
  /** Ends every connection and accepts no more. */
  cut(): Promise<void>;
  /** Blocks the open connections in both directions without ending them; new ones work. */
  silence(): void;
  /** Takes connections again, at the same address. */
  mend(): Promise<void>;
  /** Connects new clients to another server, such as a promoted replica. */
  leadTo(url: string): void;
}

/** @param url of the server behind it, with a port */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      // A regular end is passed on as one; only a reset is passed on as a reset.
      from.on('error', () => to.destroy()).on('close', () => from.readableEnded || to.destroy());
      from.on('close', () => sockets.delete(from)).pipe(to);
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String(port);
  return {
    url: proxied.href,
    cut: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: async () => {
      await listen(port);
    },
    leadTo: (other) => {
      target = new URL(other);
    },
  };
}
