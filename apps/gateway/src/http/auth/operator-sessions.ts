import type { FastifyRequest } from 'fastify';
import { openBytes, SEAL_BYTES, sealBytes, sealingKey } from '../../core/sealed-bytes.js';
import type { SecretDigest } from './same-secret.js';

/** A shift; a browser that stays open all the same asks for the key again. */
export const SESSION_SECS = 12 * 60 * 60;

const COOKIE = 'vestibule_session';
/**
 * What the page sends beside the cookie. Another site's page cannot send it without a preflight, which no one answers; and
 * a site is all ports of a host, for which `SameSite` alone would let another program's page call.
 */
const HEADER = 'x-vestibule-console';

const DIGEST_BYTES = 32;
const EXPIRY_BYTES = 6;
const SEALED_BYTES = SEAL_BYTES + DIGEST_BYTES + EXPIRY_BYTES;

/**
 * Sessions of operators in a browser. The cookie is the digest of their key and when it expires, encrypted with the key of
 * this installation: every process can read it, none has to keep it, and it opens what the key opens, as long as the key
 * does. What a thief of the cookie cannot get from it is the key.
 */
export class OperatorSessions {
  private readonly key: Buffer;

  /** @param installationKey that of the hashes of requests, or another secret that all processes share */
  constructor(installationKey: Buffer) {
    this.key = sealingKey(installationKey, 'sessions of operators');
  }

  /** @returns the value of the cookie */
  seal(digest: SecretDigest, now = Date.now()): string {
    const expiry = Buffer.alloc(EXPIRY_BYTES);
    expiry.writeUIntBE(Math.floor(now / 1_000) + SESSION_SECS, 0, EXPIRY_BYTES);
    return sealBytes(this.key, Buffer.concat([digest, expiry])).toString('base64url');
  }

  /** @returns the digest of the key; undefined for what was not sealed here, was changed, or has expired */
  open(value: string, now = Date.now()): SecretDigest | undefined {
    const bytes = Buffer.from(value, 'base64url');
    if (bytes.length !== SEALED_BYTES) return undefined;
    // None: not from here, or of an installation key that has changed.
    const plain = openBytes(this.key, bytes);
    if (plain === undefined) return undefined;
    const expiresAt = plain.readUIntBE(DIGEST_BYTES, EXPIRY_BYTES) * 1_000;
    return now < expiresAt ? plain.subarray(0, DIGEST_BYTES) : undefined;
  }

  /** The digest of the key whose session a request comes with; undefined without one. */
  digestOf({ headers }: FastifyRequest): SecretDigest | undefined {
    if (headers[HEADER] === undefined) return undefined;
    const [, value] = /(?:^|;\s*)vestibule_session=([\w-]+)/.exec(headers.cookie ?? '') ?? [];
    return value === undefined ? undefined : this.open(value);
  }
}

/** The cookie as it is set; an empty value ends the session. No script of the page can read it. */
export function sessionCookie(value: string, isSecure: boolean): string {
  const secs = value === '' ? 0 : SESSION_SECS;
  const attributes = [`${COOKIE}=${value}`, 'Path=/admin', `Max-Age=${secs}`, 'HttpOnly', 'SameSite=Strict'];
  return [...attributes, ...(isSecure ? ['Secure'] : [])].join('; ');
}
