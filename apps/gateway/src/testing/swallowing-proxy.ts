import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy between a program and a server that can silence connections without ending them. */
export interface SwallowingProxy {
  /** The server's URL with the proxy's address. */
  readonly url: string;
  /** From now on the connections that are open carry nothing, either way; new ones do. */
  swallow(): void;
  /** How many connections were opened so far. */
  opened(): number;
  close(): Promise<void>;
}

/** @param url of the server behind it, with a port */
export async function startSwallowingProxy(url: string): Promise<SwallowingProxy> {
  const target = new URL(url);
  const open = new Set<{ silent: boolean; sockets: readonly Socket[] }>();
  let opened = 0;
  const server = createServer((inner) => {
    opened += 1;
    const outer = connect(Number(target.port), target.hostname);
    const line = { silent: false, sockets: [inner, outer] };
    open.add(line);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      from.on('data', (data) => line.silent || to.write(data));
      from.on('error', () => undefined);
      from.on('close', () => {
        if (!line.silent) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String((server.address() as AddressInfo).port);
  return {
    url: proxied.href,
    swallow: () => {
      for (const line of open) line.silent = true;
    },
    opened: () => opened,
    close: async () => {
      for (const { sockets } of open) for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
