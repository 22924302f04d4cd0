import { constants, createHash, createPublicKey, type KeyObject, sign, type SigningOptions, verify } from 'node:crypto';
import { readAsymmetricKey } from './asymmetric-key-format.js';
import { SignatureError } from './errors.js';
import type { KeyBytes } from './key-source.js';
import { KEY_ID_DIGITS, type Message, type ReadyKey } from './ready-key.js';
import type { AsymmetricScheme } from './schemes.js';

/** Signed once with every private key when it is read: a key that cannot sign is refused at the start, not at night. */
const PROBE = Buffer.from('vestibule signature key probe');

/**
 * A private key, or a public one, which verifies but cannot sign. Signing runs on Node's thread pool: an RSA
 * signature takes milliseconds, and the event loop has other work.
 *
 * @throws SignatureError `key-malformed`, `key-unsuitable`
 */
export function readyAsymmetricKey(scheme: AsymmetricScheme, source: KeyBytes): ReadyKey {
  const key = readAsymmetricKey(scheme, source);
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const keyId = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, KEY_ID_DIGITS);
  const length = lengthOf(scheme, publicKey);
  const verifyWith = async (message: Message, signature: Uint8Array): Promise<boolean> =>
    (length === undefined || signature.length === length) &&
    verifyAsync(scheme, publicKey, Buffer.concat(message), signature);
  if (key.type !== 'private') return { keyId, verify: verifyWith };
  try {
    sign(digestOf(scheme), PROBE, { key, ...signingOptions(scheme) });
  } catch {
    const reason = `${source.label} cannot make a signature of this scheme: too short for the digest, or bound to another`;
    throw new SignatureError('key-unsuitable', reason);
  }
  return { keyId, sign: (message) => signAsync(scheme, key, Buffer.concat(message)), verify: verifyWith };
}

function signAsync(scheme: AsymmetricScheme, key: KeyObject, message: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign(digestOf(scheme), message, { key, ...signingOptions(scheme) }, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

function verifyAsync(
  scheme: AsymmetricScheme,
  key: KeyObject,
  message: Buffer,
  signature: Uint8Array,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(digestOf(scheme), message, { key, ...verifyingOptions(scheme, key) }, signature, (error, valid) => {
      if (error === null) resolve(valid);
      else reject(error);
    });
  });
}

/**
 * How many bytes a signature has, where that is fixed. OpenSSL takes an RSA signature without its leading zeros for the
 * same number; RFC 8017, section 8, wants the whole length, and so one signature has one form.
 */
function lengthOf(scheme: AsymmetricScheme, key: KeyObject): number | undefined {
  switch (scheme.kind) {
    case 'rsa':
      return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
    case 'ecdsa':
      return scheme.form === 'p1363' ? 64 : undefined;
    case 'ed25519':
      return 64;
  }
}

/** Ed25519 has its digest built in. */
function digestOf(scheme: AsymmetricScheme): string | null {
  return scheme.kind === 'ed25519' ? null : scheme.hash;
}

function signingOptions(scheme: AsymmetricScheme): SigningOptions {
  switch (scheme.kind) {
    case 'rsa':
      return scheme.padding === 'pkcs1'
        ? { padding: constants.RSA_PKCS1_PADDING }
        : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    case 'ecdsa':
      return { dsaEncoding: scheme.form === 'der' ? 'der' : 'ieee-p1363' };
    case 'ed25519':
      return {};
  }
}

/**
 * As for signing, but a PSS salt of any length will do: openssl's command makes it as long as the key allows. Only a
 * key that prescribes its salt length limits it.
 */
function verifyingOptions(scheme: AsymmetricScheme, key: KeyObject): SigningOptions {
  const options = signingOptions(scheme);
  const anySalt = options.saltLength !== undefined && key.asymmetricKeyDetails?.saltLength === undefined;
  return anySalt ? { ...options, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : options;
}
