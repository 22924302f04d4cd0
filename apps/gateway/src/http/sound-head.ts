import type { IncomingMessage } from 'node:http';
import type { onRequestHookHandler } from 'fastify';

class HeadError extends Error {
  readonly code = 'VESTIBULE_UNSOUND_HEAD';
  readonly statusCode = 400;
}

/**
 * Refuses what Node's parser takes and a proxy in front may read in another way: a request of no host or of two, and a body
 * that is packed in more than chunks, of which the packed bytes would be read as the body. RFC 9112 (3.2) wants 400 for the
 * former, whatever the API behind it answers.
 */
export const requireSoundHead: onRequestHookHandler = ({ raw }, reply, next) => {
  const fault = faultOfHead(raw);
  if (fault === undefined) {
    next();
    return;
  }
  // What follows on this connection may not be what it seems.
  void reply.header('connection', 'close');
  next(new HeadError(fault));
};

function faultOfHead({ headers, rawHeaders, httpVersion }: IncomingMessage): string | undefined {
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 'the only transfer coding is chunked';
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  // HTTP/1.0 knows no Host.
  if (hosts === 1 || (hosts === 0 && httpVersion === '1.0')) return undefined;
  return 'a request has one Host';
}
