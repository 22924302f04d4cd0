import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { ExchangeError, type ExchangeStage } from './exchange.error.js';

export interface ExchangeRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is, byte for byte. */
  readonly body: Uint8Array;
  /** Over everything: DNS, connect, TLS, request, headers and body of the answer. Milliseconds. */
  readonly deadlineMs: number;
  /** The most bytes of an answer that are read. */
  readonly maxAnswerBytes: number;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * One POST on a connection of its own. A kept-alive socket that the server is just closing would make an ambiguous
 * outcome out of nothing, so none is reused; redirects are not followed and nothing is sent twice.
 *
 * @throws ExchangeError whose `stage` is the evidence: `connecting` – no byte of the request can have left;
 *   `sent` – some may have; it holds no header and no body
 */
export function exchange(given: ExchangeRequest): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const { url, headers, body, deadlineMs, maxAnswerBytes } = given;
    const secure = url.protocol === 'https:';
    let stage: ExchangeStage = 'connecting';
    let settled = false;
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(body.byteLength), connection: 'close' },
    };
    const call = secure ? requestHttps(url, options) : requestHttp(url, options);

    const finish = (settle: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      settle();
      call.destroy();
    };
    const fail = (code: string, detail: string, status?: number): void =>
      finish(() => reject(new ExchangeError(stage, code, detail, status)));
    const timer = setTimeout(() => fail('DEADLINE', `no whole answer within ${deadlineMs} ms`), deadlineMs);
    call.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'ERROR', error.code ?? error.name));
    call.on('socket', (socket: Socket | TLSSocket) => {
      // Node writes the request in this same event, so from here on its bytes may be under way.
      socket.once(secure ? 'secureConnect' : 'connect', () => (stage = 'sent'));
    });
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.byteLength;
        if (size > maxAnswerBytes)
          fail('TOO_LARGE', `the answer is larger than ${maxAnswerBytes} bytes`, statusOf(response));
        else chunks.push(chunk);
      });
      response.on('error', () => fail('CUT', `the answer broke off after ${size} bytes`, statusOf(response)));
      response.on('end', () => {
        if (!response.complete) {
          fail('CUT', `the answer broke off after ${size} bytes`, statusOf(response));
          return;
        }
        try {
          const answer = inflate(Buffer.concat(chunks), response.headers['content-encoding'], maxAnswerBytes);
          finish(() => resolve({ status: statusOf(response), headers: response.headers, body: answer }));
        } catch {
          fail('CUT', `the answer's ${response.headers['content-encoding']} encoding is broken`, statusOf(response));
        }
      });
    });
    call.end(body);
  });
}

function statusOf(response: IncomingMessage): number {
  return response.statusCode ?? 0;
}

/** We ask for no compression; a server that compresses all the same is understood if it is gzip. */
function inflate(body: Buffer, encoding: string | undefined, limit: number): Buffer {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip') throw new Error(`unsupported content encoding ${encoding}`);
  return gunzipSync(body, { maxOutputLength: limit });
}
