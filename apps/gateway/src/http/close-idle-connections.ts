import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/** How long a caller may still take to send its first request when the listener closes. */
const GRACE_MS = 5_000;

/**
 * Lets a listener close although somebody holds a connection on which no request ever came: clients open some in
 * advance. Node takes those for busy ones, and would wait until the time for sending a request is over.
 */
export function closeUnusedConnections(fastify: FastifyInstance): void {
  const { server } = fastify;
  const unused = new Set<Socket>();
  let closing = false;
  const watch = (socket: Socket): void => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
    if (closing) leave(socket);
  };
  const leave = (socket: Socket): void => {
    if (socket.bytesRead === 0) socket.destroy();
    else setTimeout(() => unused.has(socket) && socket.destroy(), GRACE_MS).unref();
  };
  // With TLS there is a second socket inside the first, and requests come on that one.
  server.on('connection', watch).on('secureConnection', (inner: Socket) => {
    for (const outer of unused) if (outer.remotePort === inner.remotePort) unused.delete(outer);
    watch(inner);
  });
  server.on('request', ({ socket }: { socket: Socket }) => unused.delete(socket));
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of unused) leave(socket);
    done();
  });
}
