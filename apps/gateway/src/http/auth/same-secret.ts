import { hash, timingSafeEqual } from 'node:crypto';

/** A secret kept as a digest, so that comparing takes the same time whatever is guessed and however long it is. */
export type SecretDigest = Buffer;

export function digestSecret(secret: string): SecretDigest {
  return hash('sha256', secret, 'buffer');
}

export function sameSecret(given: string, expected: SecretDigest): boolean {
  return isSameDigest(digestSecret(given), expected);
}

/** The width of every frame, so that comparing two takes the same time whatever they hold. */
const FRAME_BYTES = 256;

/** A header as it is expected, filled up with zeros; undefined for a longer one. */
export type HeaderFrame = Buffer;

export function frameHeader(header: string): HeaderFrame | undefined {
  return header.length > FRAME_BYTES ? undefined : Buffer.alloc(FRAME_BYTES).fill(header, 0, header.length, 'latin1');
}

const given = Buffer.alloc(FRAME_BYTES);

/** Whether a header is spelled exactly as expected; costs a quarter of decoding it and making a digest. */
export function isSameHeader(header: string, expected: HeaderFrame): boolean {
  if (header.length > FRAME_BYTES) return false;
  given.fill(0);
  given.write(header, 'latin1');
  return timingSafeEqual(given, expected);
}

export function isSameDigest(given: SecretDigest, expected: SecretDigest): boolean {
  return timingSafeEqual(given, expected);
}
