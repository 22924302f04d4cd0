import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../config/config.js';
import { credentialsOf } from './authorization.js';
import { digestSecret, sameSecret, type SecretDigest } from './same-secret.js';

/** A key without its secret. */
export type KnownKey = Omit<ApiKey, 'secret'>;

/** Checks `Authorization: Bearer SECRET` (RFC 6750) against the keys of one audience. */
export class BearerKeys {
  private readonly keys: readonly (KnownKey & { readonly digest: SecretDigest })[];

  constructor(keys: readonly ApiKey[]) {
    this.keys = keys.map(({ secret, ...known }) => ({ ...known, digest: digestSecret(secret) }));
  }

  /** @returns the caller's key; undefined for a missing or wrong one */
  keyOf(request: FastifyRequest): KnownKey | undefined {
    const token = credentialsOf(request.headers.authorization, 'bearer');
    if (token === undefined) return undefined;
    return this.keys.find(({ digest }) => sameSecret(token, digest));
  }
}
