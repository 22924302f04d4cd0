import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy that opens tunnels, over bare TCP. */
export interface ConnectProxy {
  readonly port: number;
  /** What it was asked, head by head. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** @param answer what CONNECT is answered with instead of a tunnel; undefined opens one, an empty text says nothing */
export async function startConnectProxy(answer?: string): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  };
  const server = createServer((socket) => {
    keep(socket);
    socket.once('data', (bytes: Buffer) => {
      const head = bytes.toString('latin1');
      asked.push(head);
      if (answer !== undefined) {
        if (answer !== '') socket.end(answer);
        return;
      }
      const [, host = '', port = ''] = /^CONNECT (.+):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? [];
      const target = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n');
        socket.pipe(target).pipe(socket);
      });
      keep(target);
      target.once('close', () => socket.destroy());
      socket.once('close', () => target.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: async () => {
      const closed = once(server.close(), 'close');
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
