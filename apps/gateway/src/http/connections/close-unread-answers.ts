import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long a caller may read nothing of an answer that waits for it. */
const LIMIT_MS = 60_000;

interface Reader {
  /** Bytes that it has taken so far. */
  taken: number;
  since: number;
}

/** Cuts off callers that do not read their answers: each would hold a socket, and what was written for it, without limit. */
export function closeUnreadAnswers(server: Server, limitMs = LIMIT_MS): void {
  const readers = new Map<Socket, Reader>();
  const watch = (socket: Socket): void => {
    readers.set(socket, { taken: 0, since: performance.now() });
    socket.once('close', () => readers.delete(socket));
  };
  const look = (): void => {
    const now = performance.now();
    for (const [socket, reader] of readers) {
      const taken = socket.writableLength === 0 ? -1 : socket.bytesWritten - socket.writableLength;
      if (taken === -1 || taken !== reader.taken) Object.assign(reader, { taken, since: now });
      else if (now - reader.since >= limitMs) socket.destroy();
    }
  };
  // With TLS what waits is on the second one.
  server.on('connection', watch).on('secureConnection', watch);
  const timer = setInterval(look, limitMs / 10).unref();
  server.once('close', () => clearInterval(timer));
}
