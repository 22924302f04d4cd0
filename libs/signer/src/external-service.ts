import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { SignatureError, systemCode } from './errors.js';
import type { ExternalScheme } from './schemes.js';

/**
 * Posts the message to the service and returns the body of its answer. Redirects are not followed: the message is sent
 * only to the configured address. The time limit covers the whole exchange.
 *
 * @param secret sent as a bearer token
 * @throws SignatureError `external-timeout`, `external-flood`, `external-failed`, `external-unreachable`; the answer's
 *   text and the URL's query are never repeated
 */
export async function signWithService(
  url: string,
  message: Buffer,
  secret: string | undefined,
  { timeoutMs, maxBytes }: ExternalScheme,
): Promise<Buffer> {
  const target = new URL(url);
  const service = `the signature service ${target.host}`;
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await post(target, message, secret, limit);
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) {
      response.destroy();
      throw new SignatureError('external-failed', `${service} answered with HTTP ${status}`);
    }
    const output: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new SignatureError('external-flood', `${service} gave more than ${maxBytes} bytes`);
      output.push(chunk);
    }
    return Buffer.concat(output);
  } catch (error) {
    if (error instanceof SignatureError) throw error;
    if (limit.aborted) {
      throw new SignatureError('external-timeout', `${service} gave no signature within ${timeoutMs} ms`);
    }
    throw new SignatureError('external-unreachable', `${service} cannot be reached (${systemCode(error)})`);
  }
}

/** A new connection each time: a kept-alive one that the service has just closed would fail the signature. */
function post(target: URL, message: Buffer, secret: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Length': message.length,
      ...(secret !== undefined && { Authorization: `Bearer ${secret}` }),
    };
    send(target, { method: 'POST', headers, agent: false, signal }, resolve).on('error', reject).end(message);
  });
}
