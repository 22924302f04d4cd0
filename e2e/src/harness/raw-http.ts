import { connect } from 'node:net';

/** An answer as on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  /** As in the request line, encoded or not. */
  readonly path?: string;
  /** A list gives a header several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** The bytes of a request on a connection that ends with it; Content-Length is that of the body unless given. */
export function rawRequest({ method = 'GET', path = '/', headers = {}, body = '' }: RawRequest): Buffer {
  const all = { Host: 'gateway', Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'),
    Buffer.from(body),
  ]);
}

/**
 * Writes bytes to a server, even invalid HTTP, and reads until it closes the connection.
 *
 * @param url its host and port are used
 * @param end whether our side ends its half of the connection
 * @returns its last answer: an interim one (100) is skipped
 * @throws Error when it closes without an answer
 */
export function sendRaw(url: string, bytes: string | Buffer, { end = false } = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    // An answer may arrive before everything is written, followed by a reset; the bytes read so far count.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      const answer = parseAnswer(Buffer.concat(chunks));
      if (answer === undefined) reject(new Error('the server closed the connection without an answer'));
      else resolve(answer);
    });
    if (end) socket.end(bytes);
    else socket.write(bytes);
  });
}

function parseAnswer(bytes: Buffer): RawAnswer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const { status, headers } = parseHead(bytes.toString('latin1', 0, headEnd));
  const rest = bytes.subarray(headEnd + 4);
  if (status === 100) return parseAnswer(rest);
  return { status, headers, text: rest.toString('utf8') };
}

/** @param head the status line and the headers; a status line that is none gives the status NaN */
export function parseHead(head: string): Pick<RawAnswer, 'status' | 'headers'> {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? Number.NaN);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status, headers };
}
