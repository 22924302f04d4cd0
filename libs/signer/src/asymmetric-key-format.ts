import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { SignatureError } from './errors.js';
import type { KeyBytes } from './key-source.js';
import type { AsymmetricScheme } from './schemes.js';

const ED25519_SEED_BYTES = 32;
/** RFC 8410: the bytes before the 32 bytes of the seed in an Ed25519 private key's PKCS #8 form. */
const ED25519_PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key in a PEM or DER: PKCS #8, PKCS #1, SEC 1, a public key or an X.509 certificate. For Ed25519 also the bare
 * 32 bytes of the private seed. A PEM in an environment variable may have `\n` for its line breaks.
 *
 * @throws SignatureError `key-malformed` when it is none of these, `key-unsuitable` when it is of another kind
 */
export function readAsymmetricKey(scheme: AsymmetricScheme, { bytes, label }: KeyBytes): KeyObject {
  const key = bytes.includes('-----BEGIN ') ? readPem(bytes, label) : readDer(scheme, bytes);
  if (key === undefined) {
    throw new SignatureError(
      'key-malformed',
      `${label} cannot be read as a key; a PEM is expected, or its DER as base64:…`,
    );
  }
  const wanted = faultOfKind(scheme, key);
  if (wanted !== undefined) {
    throw new SignatureError('key-unsuitable', `${label} is ${kindOf(key)}, but this scheme wants ${wanted}`);
  }
  return key;
}

function readPem(bytes: Buffer, label: string): KeyObject | undefined {
  const pem = bytes.toString('latin1').replaceAll(String.raw`\n`, '\n');
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    throw new SignatureError(
      'key-malformed',
      `${label} is encrypted; decrypt it first: openssl pkey -in FILE -out FILE`,
    );
  }
  return attempt(() => createPrivateKey(pem)) ?? attempt(() => createPublicKey(pem));
}

function readDer(scheme: AsymmetricScheme, bytes: Buffer): KeyObject | undefined {
  const key =
    scheme.kind === 'ed25519' && bytes.length === ED25519_SEED_BYTES
      ? Buffer.concat([ED25519_PKCS8_HEAD, bytes])
      : bytes;
  const own = scheme.kind === 'rsa' ? 'pkcs1' : 'sec1';
  return (
    attempt(() => createPrivateKey({ key, format: 'der', type: 'pkcs8' })) ??
    attempt(() => createPrivateKey({ key, format: 'der', type: own })) ??
    attempt(() => createPublicKey({ key, format: 'der', type: 'spki' })) ??
    (own === 'pkcs1' ? attempt(() => createPublicKey({ key, format: 'der', type: own })) : undefined)
  );
}

/** Drops OpenSSL's reason for not reading a key: it does not help, and may contain parts of the key. */
function attempt(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What the scheme wants instead of this key, or nothing when the key suits it. */
function faultOfKind(scheme: AsymmetricScheme, key: KeyObject): string | undefined {
  const type = key.asymmetricKeyType;
  switch (scheme.kind) {
    case 'rsa':
      return type === 'rsa' || (type === 'rsa-pss' && scheme.padding === 'pss') ? undefined : 'an RSA key';
    case 'ecdsa':
      return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
        ? undefined
        : 'a key on the curve P-256 (prime256v1)';
    case 'ed25519':
      return type === 'ed25519' ? undefined : 'an Ed25519 key';
  }
}

function kindOf(key: KeyObject): string {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  return `a key of type ${key.asymmetricKeyType ?? 'unknown'}${curve === undefined ? '' : ` on the curve ${curve}`}`;
}
