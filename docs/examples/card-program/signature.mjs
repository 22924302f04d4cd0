import { createHmac, timingSafeEqual } from 'node:crypto';

/** A call that is older than this, or as far in the future, is refused: it may be an overheard one, sent again. */
const MAX_AGE_SECS = 300;

/**
 * Whether a call comes from a holder of the key, unchanged and recent.
 *
 * @param {string} key CARD_PROGRAM_KEY of the gateway
 * @param {import('node:http').IncomingMessage} request
 * @param {Buffer} body the received bytes of the body
 */
export function isSigned(key, request, body) {
  const timestamp = String(request.headers['x-vestibule-timestamp']);
  const given = Buffer.from(String(request.headers['x-vestibule-signature']));
  const expected = Buffer.from(
    createHmac('sha256', key).update(`${timestamp}\n${request.method}\n${request.url}\n`).update(body).digest('hex'),
  );
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  return age <= MAX_AGE_SECS && given.length === expected.length && timingSafeEqual(given, expected);
}
