import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { RequestReader, type ReceivedRequest } from './request-reader.js';

/** What the server does: once per connection before it reads, and once per whole request. */
export interface Script {
  readonly onConnection?: (socket: Socket) => void;
  readonly onRequest?: (socket: Socket, request: ReceivedRequest) => void;
}

export interface RawServer {
  readonly port: number;
  /** Connections that were opened to it, TLS or not, ready or not. */
  readonly connections: () => number;
  /** All received requests, including the bytes of an incomplete one. */
  readonly requests: readonly ReceivedRequest[];
  /** Every byte that arrived (with TLS: of application data). */
  readonly bytesReceived: () => number;
  /** Waits until the other side has closed every connection. */
  untilAbandoned(): Promise<void>;
  close(): Promise<void>;
}

/** A server of bare TCP, or of bare TLS, that does on purpose what servers do by accident. */
export async function startRawServer(
  script: Script,
  tls?: { readonly key: string; readonly cert: string },
): Promise<RawServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let bytesReceived = 0;

  const serve = (socket: Socket): void => {
    const reader = new RequestReader();
    socket.on('error', () => socket.destroy());
    script.onConnection?.(socket);
    socket.on('data', (bytes) => {
      bytesReceived += bytes.length;
      for (const request of reader.read(bytes)) {
        requests.push(request);
        script.onRequest?.(socket, request);
      }
    });
  };
  const server: Server = tls === undefined ? createTcpServer(serve) : createTlsServer(tls, serve);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    // Does not wait for our own end: pending writes have no reader.
    socket.on('end', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    connections: () => connections,
    requests,
    bytesReceived: () => bytesReceived,
    untilAbandoned: async () => {
      await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
