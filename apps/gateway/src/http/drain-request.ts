import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyRequest, onSendHookHandler } from 'fastify';
import { hasBody } from './connections/has-body.js';

/** How much of a body is read past, and for how long. */
interface Patience {
  readonly bytes: number;
  readonly ms: number;
}

/** Enough for any honest mistake; who sends more loses the answer. */
const CALLERS: Patience = { bytes: 32 * 1024 * 1024, ms: 5_000 };
/** For a caller whom we do not know. */
const STRANGERS: Patience = { bytes: 1024 * 1024, ms: 2_000 };

/**
 * Reads the rest of a request that is answered early – the body is too large, the credentials are wrong. The answer would
 * close a connection with unread bytes in it; the kernel makes a reset of that, and the caller never reads why it was
 * refused. An answer that closes the connection, as to a stranger, is given before anything of the body is read.
 */
export const readRestOfRequest: onSendHookHandler = (request, reply, payload, done) => {
  const { raw } = request;
  if (raw.complete || !hasBody(raw)) done(null, payload);
  else if (isStranger(request) && reply.getHeader('connection') === 'close')
    done(null, readBehind(raw, reply, payload));
  else discard(raw, CALLERS, () => done(null, payload));
};

/** Fastify closes behind a body that is too large as well; a caller whom we know has the time to read why. */
function isStranger({ apiKeyName, isAuthenticated }: FastifyRequest): boolean {
  return apiKeyName === undefined && isAuthenticated !== true;
}

/** The answer, which is complete for its reader at once, and ends here when enough of the body was read. */
function readBehind(request: IncomingMessage, reply: Parameters<onSendHookHandler>[1], payload: unknown): unknown {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  const body = Buffer.from(payload as string);
  void reply.header('content-length', body.length);
  const answer = new Readable({ read: () => undefined });
  answer.push(body);
  discard(request, STRANGERS, () => answer.push(null));
  return answer;
}

function discard(request: IncomingMessage, patience: Patience, done: () => void): void {
  let bytesLeft = patience.bytes;
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    done();
  };
  const timer = setTimeout(stop, patience.ms);
  // The listeners stay: a caller may still hang up, and no one else would take the error.
  for (const event of ['end', 'close', 'error']) request.on(event, stop);
  request.on('data', (chunk: Buffer) => {
    bytesLeft -= chunk.length;
    if (bytesLeft < 0) stop();
  });
  request.resume();
}
