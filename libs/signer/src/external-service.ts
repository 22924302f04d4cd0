import { SignatureError, systemCode } from './errors.js';
import type { ExternalScheme } from './schemes.js';

/**
 * Posts the message to the service and gives back the body of its answer. Redirects are not followed: what is to be
 * signed goes to the address that was set and to no other. The time limit covers the whole exchange.
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
  const service = `the signature service ${new URL(url).host}`;
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: message,
      headers: {
        'content-type': 'application/octet-stream',
        ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      },
      redirect: 'manual',
      signal: limit,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new SignatureError('external-failed', `${service} answered with HTTP ${response.status}`);
    }
    const output: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new SignatureError('external-flood', `${service} gave more than ${maxBytes} bytes`);
      }
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
