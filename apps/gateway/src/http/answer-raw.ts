import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** One whole answer, as a listener gives it to a request that reached none of its methods. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** How long a caller that we cannot understand may take to read our answer and hang up. */
const LINGER_MS = 2_000;

/** Answers on a bare socket, and closes it: there is no response object to answer with. */
export function answerRaw(
  socket: Socket,
  { status, contentType, body }: RawAnswer,
  headers: Readonly<Record<string, string>> = {},
): void {
  // Bytes after our answer cause another error; they are read and discarded.
  if (socket.writableEnded) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = Object.entries({
    'Content-Type': contentType,
    'Content-Length': String(Buffer.byteLength(body)),
    // What the caller calls it cannot be read.
    'X-Request-Id': randomUUID(),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head.join('')}\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
