import { readyAsymmetricKey } from './asymmetric-keys.js';
import { directHmac } from './direct-hmac.js';
import { decodeSignature, encodeSignature } from './encoding.js';
import { SignatureError } from './errors.js';
import { readyExternalKey } from './external-keys.js';
import { type ReceivedHeaders, receivedTimes, soleHeader, sentHeaders, sentTimes } from './headers.js';
import { type KeySource, readKeySource } from './key-source.js';
import type { SignatureProfile } from './profile.js';
import type { ReadyKey } from './ready-key.js';
import type { SignableRequest } from './request.js';
import { readySecretKey } from './secret-keys.js';
import { type Rendered, renderTemplate } from './template.js';
import type { Times } from './placeholders.js';

export interface SignedHeaders {
  /** The signature's header and the profile's extra ones. */
  readonly headers: Record<string, string>;
  /** Identifies the key that signed, for the record of the attempt; reveals nothing about the key. */
  readonly keyId: string;
}

export interface Verifier {
  /**
   * Whether one of the keys made this signature for this request. A missing, repeated, cut or misspelt header is a
   * plain false. Where the profile sends a date or a timestamp, the received header was signed: the caller decides how
   * old it may be.
   *
   * @param headers with lower-case names, as Node gives them
   * @throws SignatureError `external-…`: the command or service that would have to sign again failed
   */
  verify(request: SignableRequest, headers: ReceivedHeaders): Promise<boolean>;
}

export interface Signer extends Verifier {
  /**
   * Signs with the first key.
   *
   * @throws SignatureError `body-not-sortable`, `external-…`
   */
  sign(request: SignableRequest): Promise<SignedHeaders>;
}

/**
 * A signer for one profile. It signs with the first key and verifies with any, so while a key is being changed both
 * are given, the new one first. Key files are read here, once. An `external` profile needs no key.
 *
 * @throws SignatureError `key-…`, and `external-missing`; the message never holds a part of the key
 */
export function createSigner(profile: SignatureProfile, keys: readonly KeySource[]): Signer {
  const ready = readyKeys(profile, keys);
  const [first] = ready;
  const { sign, keyId, secret } = first;
  if (sign === undefined) {
    throw new SignatureError('key-cannot-sign', 'signature key 1 is a public key: it can verify, but not sign');
  }
  const verify = verifierOf(profile, ready);
  const direct = directHmac(profile, first);
  if (direct !== undefined) {
    return { sign: async (request) => ({ headers: { [profile.header]: direct(request) }, keyId }), verify };
  }
  return {
    sign: async (request) => {
      const times = sentTimes(request);
      const rendered = render(profile, request, times, secret);
      if (!rendered.ok) throw new SignatureError('body-not-sortable', rendered.error);
      const signature = encodeSignature(await sign(rendered.pieces), profile.encoding);
      return { headers: sentHeaders(profile, request, times, signature, keyId), keyId };
    },
    verify,
  };
}

/**
 * Only verifies. Its keys may be public ones: a PEM public key, a certificate.
 *
 * @throws SignatureError `key-…`, and `external-missing`; the message never holds a part of the key
 */
export function createVerifier(profile: SignatureProfile, keys: readonly KeySource[]): Verifier {
  return { verify: verifierOf(profile, readyKeys(profile, keys)) };
}

function verifierOf(profile: SignatureProfile, keys: readonly ReadyKey[]): Verifier['verify'] {
  return async (request, headers) => {
    const text = soleHeader(headers, profile.header);
    const signature = text === undefined ? undefined : decodeSignature(text, profile.encoding);
    const times = receivedTimes(profile, request, headers);
    if (signature === undefined || times === undefined) return false;
    for (const key of keys) {
      const rendered = render(profile, request, times, key.secret);
      if (rendered.ok && (await key.verify(rendered.pieces, signature))) return true;
    }
    return false;
  };
}

function render(
  { template, preEncoding }: SignatureProfile,
  request: SignableRequest,
  times: Times,
  secret: Uint8Array | undefined,
): Rendered {
  const rendered = renderTemplate(template, { request, times, secret });
  if (!rendered.ok || preEncoding === 'none') return rendered;
  return { ok: true, pieces: [Buffer.from(Buffer.concat(rendered.pieces).toString('base64'))] };
}

type AtLeastOne<T> = readonly [T, ...T[]];

function readyKeys(profile: SignatureProfile, sources: readonly KeySource[]): AtLeastOne<ReadyKey> {
  const { scheme } = profile;
  const [first, ...rest] = sources.map((source, index) => readKeySource(source, index + 1));
  if (first === undefined) {
    if (scheme.kind === 'external') return [readyExternalKey(scheme, profile.encoding, undefined)];
    throw new SignatureError('key-missing', 'no signature key was given; this scheme needs one');
  }
  const readyKey = (key: typeof first): ReadyKey => {
    switch (scheme.kind) {
      case 'hmac':
      case 'hash':
        return readySecretKey(scheme, key);
      case 'rsa':
      case 'ecdsa':
      case 'ed25519':
        return readyAsymmetricKey(scheme, key);
      case 'external':
        return readyExternalKey(scheme, profile.encoding, key);
    }
  };
  return [readyKey(first), ...rest.map(readyKey)];
}
