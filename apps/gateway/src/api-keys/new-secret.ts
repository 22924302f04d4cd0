import { randomBytes } from 'node:crypto';
import { digestSecret } from '../http/auth/same-secret.js';
import type { Audience } from './key-record.js';
import type { SealedFor, SecretSeal } from './secret-seal.js';

/** By which people and scanners of repositories recognise a secret of ours. */
export const SECRET_PREFIX = 'vestibule_';
/** By which libraries for Standard Webhooks recognise a secret. */
const WEBHOOK_PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export interface NewSecret {
  readonly secret: string;
  readonly digest: Buffer;
  /** Of a secret that we sign with: itself, encrypted. */
  readonly sealed: Buffer | null;
}

/**
 * A secret of 256 random bits, and what is kept of it. A plain SHA-256 is right for it: a slow hash protects words that
 * can be tried, and there are no words here; it would only cost each call as much as a guess.
 */
export function newSecret(audience: Audience, owner: SealedFor, seal: SecretSeal): NewSecret {
  const bytes = randomBytes(SECRET_BYTES);
  const isForSigning = audience === 'callbacks';
  const secret = isForSigning ? WEBHOOK_PREFIX + bytes.toString('base64') : SECRET_PREFIX + bytes.toString('base64url');
  return { secret, digest: digestSecret(secret), sealed: isForSigning ? seal.seal(bytes, owner) : null };
}
