import { fetch, type Dispatcher, type Response } from 'undici';
import { CardProgramError } from '../card-program.error.js';
import { SIGNATURE_HEADER, signCall, TIMESTAMP_HEADER } from './sign-call.js';

/** Where calls go, and what they are signed with. */
export interface Address {
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string;
  readonly wayOut: Dispatcher;
}

/** The answer, with any status. */
export interface RawReply {
  readonly status: number;
  readonly contentType: string;
  /** The body's text; '' without a body. */
  readonly text: string;
}

/** Ten thousand phones with their terms are a megabyte; a longer answer is a mistake. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * One signed call, from connecting to the last byte of the answer.
 *
 * @param limitMs for the whole of it
 * @throws CardProgramError `ownSystemUnavailable`, `ownSystemTimeout`, or `ownSystemBadAnswer` for a body that is
 *   too long or not UTF-8
 */
export async function exchange(
  { url, key, wayOut }: Address,
  operation: string,
  body: string,
  limitMs: number,
): Promise<RawReply> {
  const address = new URL(`${url}/${operation}`);
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = signCall(key, { timestamp, method: 'POST', path: address.pathname, body });
  const signal = AbortSignal.timeout(limitMs);
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        [TIMESTAMP_HEADER]: String(timestamp),
        [SIGNATURE_HEADER]: signature,
      },
      body,
      // A signature is valid for one path: a new path must be set in CARD_PROGRAM.
      redirect: 'manual',
      dispatcher: wayOut,
      signal,
    });
    const bytes = await readWithin(response, MAX_ANSWER_BYTES);
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      text: decode(bytes, operation),
    };
  } catch (error) {
    if (error instanceof CardProgramError) throw error;
    if (signal.aborted) throw new CardProgramError('ownSystemTimeout', `${operation}: no answer in ${limitMs} ms`);
    throw new CardProgramError('ownSystemUnavailable', `${operation}: no connection, or it broke`, {
      // What fetch throws says only that it failed; its cause says why.
      cause: error instanceof Error ? (error.cause ?? error) : error,
    });
  }
}

async function readWithin(response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limit) throw new CardProgramError('ownSystemBadAnswer', `the answer is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, operation: string): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new CardProgramError('ownSystemBadAnswer', `${operation}: the answer is not UTF-8`, { cause: error });
  }
}
