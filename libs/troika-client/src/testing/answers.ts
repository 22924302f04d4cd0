import type { Socket } from 'node:net';

/** The vendor's example of an answer. */
export const ENVELOPE =
  '{"message":{"head":{"resultCode":0,"resultMessage":"OK"},"body":{"id":228422,"totalAmount":2800}}}';

export interface RawAnswer {
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The value of Content-Length; the true length by default, and no header for `none`. */
  readonly length?: number | 'none';
  /** Of the lines of the head. */
  readonly lineEnd?: '\r\n' | '\n';
}

/** An HTTP answer as bytes, true or not. */
export function rawAnswer({
  status = '200 OK',
  headers = {},
  body = ENVELOPE,
  length,
  lineEnd = '\r\n',
}: RawAnswer = {}): Buffer {
  const bytes = Buffer.from(body);
  const all = {
    'Content-Type': 'application/json',
    ...(length !== 'none' && { 'Content-Length': String(length ?? bytes.length) }),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const lines = [`HTTP/1.1 ${status}`, ...head, '', ''];
  return Buffer.concat([Buffer.from(lines.join(lineEnd)), bytes]);
}

/** Writes an answer and keeps the connection open for a further request. */
export function answering(answer?: RawAnswer): (socket: Socket) => void {
  return (socket) => void socket.write(rawAnswer(answer));
}

/** Writes an answer and closes the connection. */
export function answeringLast(answer?: RawAnswer): (socket: Socket) => void {
  return (socket) => void socket.end(rawAnswer(answer));
}
