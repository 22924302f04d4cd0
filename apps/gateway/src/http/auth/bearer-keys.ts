import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../config/config.js';
import { credentialsOf } from './authorization.js';
import { digestSecret, sameSecret, type SecretDigest } from './same-secret.js';

/** Checks `Authorization: Bearer SECRET` (RFC 6750) against the keys of one audience. */
export class BearerKeys {
  private readonly keys: readonly { readonly name: string; readonly digest: SecretDigest }[];

  constructor(keys: readonly ApiKey[]) {
    this.keys = keys.map(({ name, secret }) => ({ name, digest: digestSecret(secret) }));
  }

  /** @returns the name of the key the caller holds; undefined when there is none, or a wrong one */
  nameOf(request: FastifyRequest): string | undefined {
    const token = credentialsOf(request.headers.authorization, 'bearer');
    if (token === undefined) return undefined;
    return this.keys.find(({ digest }) => sameSecret(token, digest))?.name;
  }
}
