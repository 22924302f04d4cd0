import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureError } from './errors.js';
import type { KeyBytes } from './key-source.js';
import { KEY_ID_DIGITS, type Message, type ReadyKey } from './ready-key.js';
import type { HashScheme, HmacScheme } from './schemes.js';

/** A fixed text: the id of a secret is an HMAC over it, so that it reveals nothing about the secret. */
const KEY_ID_LABEL = 'vestibule signature key id';

export function secretKeyId(secret: Uint8Array, label = KEY_ID_LABEL): string {
  return createHmac('sha256', secret).update(label).digest('hex').slice(0, KEY_ID_DIGITS);
}

/**
 * A key shared with the other side.
 *
 * @throws SignatureError `key-unsuitable` for a PEM, which belongs to RSA, ECDSA or Ed25519
 */
export function readySecretKey(scheme: HmacScheme | HashScheme, { bytes, label }: KeyBytes): ReadyKey {
  // Taking a PEM as a shared secret is how a public key ends up as an HMAC key; it is always a mistake.
  if (bytes.includes('-----BEGIN ')) {
    throw new SignatureError(
      'key-unsuitable',
      `${label} is a PEM, but this scheme wants a shared secret; if the PEM's text is the secret, give it as base64:…`,
    );
  }
  const digest = scheme.kind === 'hmac' ? hmacOf(scheme, bytes) : hashOf(scheme, bytes);
  return {
    keyId: secretKeyId(bytes),
    secret: bytes,
    sign: digest,
    verify: (message, signature) => sameBytes(digest(message), signature),
  };
}

function hmacOf({ hash }: HmacScheme, secret: Buffer): (message: Message) => Buffer {
  return (message) => {
    const hmac = createHmac(hash, secret);
    for (const piece of message) hmac.update(piece);
    return hmac.digest();
  };
}

function hashOf({ hash, secret: position }: HashScheme, secret: Buffer): (message: Message) => Buffer {
  const before = position === 'prefix' || position === 'wrap' ? [secret] : [];
  const after = position === 'suffix' || position === 'wrap' ? [secret] : [];
  return (message) => {
    const digest = createHash(hash);
    for (const piece of [...before, ...message, ...after]) digest.update(piece);
    return digest.digest();
  };
}

/** Equality in a time that does not depend on where the bytes differ. Lengths are not secret. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
