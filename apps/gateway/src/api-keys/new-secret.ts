import { randomBytes } from 'node:crypto';
import { digestSecret } from '../http/auth/same-secret.js';

/** By which people and scanners of repositories recognise a secret of ours. */
export const SECRET_PREFIX = 'vestibule_';
const SECRET_BYTES = 32;

/**
 * A secret of 256 random bits, and what is kept of it. A plain SHA-256 is right for it: a slow hash protects words that
 * can be tried, and there are no words here; it would only cost each call as much as a guess.
 */
export function newSecret(): { readonly secret: string; readonly digest: Buffer } {
  const secret = SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, digest: digestSecret(secret) };
}
