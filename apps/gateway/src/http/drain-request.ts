import type { IncomingMessage } from 'node:http';
import type { onSendHookHandler } from 'fastify';

/** Enough for any honest mistake; who sends more loses the answer. */
const MAX_BYTES = 32 * 1024 * 1024;
const LIMIT_MS = 5_000;

/**
 * Reads the rest of a request before it is answered. An early answer – the body is too large, the credentials are wrong
 * – would close a connection with unread bytes in it; the kernel makes a reset of that, and the caller never reads why
 * it was refused.
 */
export const readToEndBeforeAnswer: onSendHookHandler = (request, _reply, payload, done) => {
  if (request.raw.complete) done(null, payload);
  else discard(request.raw, () => done(null, payload));
};

function discard(request: IncomingMessage, done: () => void): void {
  let bytesLeft = MAX_BYTES;
  let stopped = false;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    done();
  };
  const timer = setTimeout(stop, LIMIT_MS);
  // The listeners stay: a caller may still hang up, and no one else would take the error.
  for (const event of ['end', 'close', 'error']) request.on(event, stop);
  request.on('data', (chunk: Buffer) => {
    bytesLeft -= chunk.length;
    if (bytesLeft < 0) stop();
  });
  request.resume();
}
