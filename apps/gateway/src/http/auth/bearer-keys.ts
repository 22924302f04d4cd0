import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../config/config.js';
import type { OperatorRole } from '../../config/operator-roles.js';
import { credentialsOf } from './authorization.js';
import { digestSecret, isSameDigest, type SecretDigest } from './same-secret.js';

/** A key without its secret. */
export type KnownKey = Omit<ApiKey, 'secret'> & { readonly role?: OperatorRole | undefined };

/** The digest of what stands in `Authorization: Bearer SECRET` (RFC 6750); undefined without one. */
export function bearerDigest(request: FastifyRequest): SecretDigest | undefined {
  const token = credentialsOf(request.headers.authorization, 'bearer');
  return token === undefined ? undefined : digestSecret(token);
}

/** The keys of one audience that the settings have. */
export class BearerKeys {
  private readonly keys: readonly (KnownKey & { readonly digest: SecretDigest })[];

  constructor(keys: readonly ApiKey[]) {
    this.keys = keys.map(({ secret, ...known }) => ({ ...known, digest: digestSecret(secret) }));
  }

  /** @returns the caller's key; undefined for a wrong one */
  keyOf(given: SecretDigest): KnownKey | undefined {
    return this.keys.find(({ digest }) => isSameDigest(given, digest));
  }
}
