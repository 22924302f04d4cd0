import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Deadline, openConnection } from './connection.js';
import { ExchangeError } from './exchange.error.js';
import { inflate } from './inflate.js';
import { maskSecret } from './mask.js';
import type { Proxy } from './proxy-tunnel.js';

export interface ExchangeRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is, byte for byte. */
  readonly body: Uint8Array;
  /** Over everything: DNS, connect, TLS, request, headers and body of the answer. Milliseconds. */
  readonly deadlineMs: number;
  /** The most bytes of an answer that are read. */
  readonly maxAnswerBytes: number;
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  /** The outgoing proxy; the request goes through its tunnel. */
  readonly proxy?: Proxy | undefined;
  /** Secrets in headers, which must not be stored if an answer repeats them. */
  readonly secret: string;
  /** Called immediately before the first byte leaves; if it returns false, nothing is sent. */
  readonly maySend?: (() => boolean) | undefined;
  /** Aborted when it is not waited for any longer. */
  readonly interrupted?: AbortSignal | undefined;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The detail of an exchange that ended because its process does. */
const INTERRUPTION = 'the process ended before a whole answer had come';

/**
 * One POST on a new connection. A kept-alive socket that the server is closing would cause a needless ambiguous
 * outcome, so none is reused; redirects are not followed and nothing is sent twice.
 *
 * @throws ExchangeError whose `stage` is the evidence: until `sent`, no byte of the request can have left
 */
export async function exchange(given: ExchangeRequest): Promise<ExchangeAnswer> {
  const timeIsUp = new AbortController();
  const timer = setTimeout(() => timeIsUp.abort(`no whole answer within ${given.deadlineMs} ms`), given.deadlineMs);
  const interrupt = (): void => timeIsUp.abort(INTERRUPTION);
  given.interrupted?.addEventListener('abort', interrupt);
  try {
    if (given.interrupted?.aborted === true) throw new ExchangeError('connecting', 'INTERRUPTED', INTERRUPTION);
    const socket = await openConnection(given.url, given, timeIsUp.signal);
    try {
      if (given.maySend?.() === false) throw new ExchangeError('connecting', 'OVERDUE', 'too late to be sent');
      return await post(socket, given, timeIsUp.signal);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    const isInterruption = error instanceof ExchangeError && error.message === INTERRUPTION;
    throw isInterruption ? new ExchangeError(error.stage, 'INTERRUPTED', INTERRUPTION, error.partial) : error;
  } finally {
    given.interrupted?.removeEventListener('abort', interrupt);
    clearTimeout(timer);
  }
}

function post(socket: Socket, given: ExchangeRequest, deadline: Deadline): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const call = prepare(socket, given);
    let response: IncomingMessage | undefined;
    const chunks: Buffer[] = [];
    let size = 0;

    const fail = (code: string, detail: string): void => {
      const partial = response && {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: maskSecret(Buffer.concat(chunks), given.secret),
      };
      reject(new ExchangeError('sent', code, detail, partial));
    };
    deadline.addEventListener('abort', () => fail('DEADLINE', String(deadline.reason)));
    call.on('error', (error: NodeJS.ErrnoException) => {
      // Bytes after a complete answer are an error to Node; to us they change nothing.
      if (response?.complete !== true) fail(error.code ?? 'ERROR', error.code ?? error.name);
    });
    // Otherwise Node would keep the connection open for the protocol after an upgrade.
    call.on('upgrade', () => fail('UPGRADE', 'the answer switches to another protocol'));
    call.on('response', (incoming) => {
      response = incoming;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size <= given.maxAnswerBytes) chunks.push(chunk);
        else fail('TOO_LARGE', `the answer is larger than ${given.maxAnswerBytes} bytes`);
      });
      incoming.on('error', () => fail('CUT', `the answer broke off after ${size} bytes`));
      incoming.on('end', () => {
        const { statusCode: status = 0, headers } = incoming;
        const body = inflate(Buffer.concat(chunks), headers, given.maxAnswerBytes);
        resolve({ status, headers, body: maskSecret(body, given.secret) });
      });
    });
    call.end(given.body);
  });
}

/** A server may send more cookies than Node's 16 KiB take. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Builds the request on the connection that is ready; it leaves when it is ended. */
function prepare(socket: Socket, { url, headers, body }: ExchangeRequest): ClientRequest {
  try {
    return request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, Host: url.host, 'Content-Length': String(body.byteLength), Connection: 'close' },
      createConnection: () => socket,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Old servers fold headers and end lines in their own way. A connection carries one answer, and its envelope
      // shows whether it was read completely: nothing can be smuggled after it.
      insecureHTTPParser: true,
    });
  } catch (error) {
    // A header that HTTP cannot carry: refused before anything is written.
    const code = (error as NodeJS.ErrnoException).code ?? 'ERROR';
    throw new ExchangeError('connecting', code, code);
  }
}
