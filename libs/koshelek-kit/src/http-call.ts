import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RawHeader, ReceivedAnswer } from './exchange.js';

/** A body larger than this is cut off: few answers of the contract come near it. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

export interface HttpCall {
  readonly verb: string;
  readonly url: URL;
  readonly headers: readonly RawHeader[];
  readonly body: Buffer | undefined;
  readonly timeoutMs: number;
  /** Ends the call: it then has no answer. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends one request over a new connection and waits for the whole answer. Nothing is normalised: headers are returned
 * as on the wire, the body as its bytes. A transport failure is an answer with status 0.
 */
export async function sendHttp({ verb, url, headers, body, timeoutMs, signal }: HttpCall): Promise<ReceivedAnswer> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  try {
    return await new Promise((resolve, reject) => {
      const request = send(url, {
        method: verb,
        headers: Object.fromEntries(headers),
        // A reused connection that the server is just closing would look like a fault of the server.
        agent: false,
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
      });
      request.once('error', reject);
      request.once('response', (response) => {
        readAnswer(response).then(resolve, reject);
      });
      request.end(body);
    });
  } catch (error) {
    return { status: 0, headers: [], body: Buffer.alloc(0), failure: whyNoAnswer(error, timeoutMs) };
  }
}

async function readAnswer(response: IncomingMessage): Promise<ReceivedAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw new Error(`the body is longer than ${BODY_LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  const { rawHeaders } = response;
  const headers: RawHeader[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

function whyNoAnswer(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return `nothing within ${timeoutMs} ms`;
  // Several addresses of one name give one error for all of them, with a code and without a message.
  const { code = error.name } = error as NodeJS.ErrnoException;
  return error.message === '' ? code : error.message;
}
