import { readyAsymmetricKey } from '../asymmetric-keys.js';
import { decodeSignature, type Encoding, ENCODINGS } from '../encoding.js';
import { SignatureError } from '../errors.js';
import type { KeyBytes, KeySource } from '../key-source.js';
import type { ReadyKey } from '../ready-key.js';
import { type BuiltInScheme, type Hash, SCHEME_NAMES, type SchemeName, SCHEMES } from '../schemes.js';
import { readySecretKey } from '../secret-keys.js';
import { type KeyForm, keyForms } from './key-forms.js';

/** A scheme with its key and encoding, which a signature of this length may come from. */
export interface Candidate {
  readonly name: SchemeName;
  readonly key: ReadyKey;
  readonly keyForm: KeyForm;
  readonly encoding: Encoding;
  readonly signature: Buffer;
  /** Whether its templates hold the secret. */
  readonly wantsSecret: boolean;
}

const DIGEST_BYTES: Readonly<Record<Hash, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };

/**
 * The schemes that the key suits, and the encodings that the signature can have.
 *
 * @throws SignatureError `key-unreadable`, `key-malformed`
 */
export function candidatesOf(signature: string, source: KeySource): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { form: keyForm, key: bytes } of keyForms(source)) {
    for (const name of SCHEME_NAMES) {
      const scheme: BuiltInScheme = SCHEMES[name];
      const key = readyKey(scheme, bytes);
      if (key === undefined) continue;
      const wantsSecret = scheme.kind === 'hash' && scheme.secret === 'template';
      for (const encoding of ENCODINGS) {
        const decoded = decodeSignature(signature, encoding);
        if (decoded === undefined || !fits(scheme, decoded.length)) continue;
        candidates.push({ name, key, keyForm, encoding, signature: decoded, wantsSecret });
      }
    }
  }
  return candidates;
}

function readyKey(scheme: BuiltInScheme, key: KeyBytes): ReadyKey | undefined {
  try {
    return isShared(scheme) ? readySecretKey(scheme, key) : readyAsymmetricKey(scheme, key);
  } catch (error) {
    if (error instanceof SignatureError) return undefined;
    throw error;
  }
}

type SharedScheme = Extract<BuiltInScheme, { kind: 'hmac' | 'hash' }>;

function isShared(scheme: BuiltInScheme): scheme is SharedScheme {
  return scheme.kind === 'hmac' || scheme.kind === 'hash';
}

function fits(scheme: BuiltInScheme, length: number): boolean {
  return !isShared(scheme) || length === DIGEST_BYTES[scheme.hash];
}
