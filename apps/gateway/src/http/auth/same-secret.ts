import { hash, timingSafeEqual } from 'node:crypto';

/** A secret kept as a digest, so that comparing takes the same time whatever is guessed and however long it is. */
export type SecretDigest = Buffer;

export function digestSecret(secret: string): SecretDigest {
  return hash('sha256', secret, 'buffer');
}

export function sameSecret(given: string, expected: SecretDigest): boolean {
  return isSameDigest(digestSecret(given), expected);
}

export function isSameDigest(given: SecretDigest, expected: SecretDigest): boolean {
  return timingSafeEqual(given, expected);
}
