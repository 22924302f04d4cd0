import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../config/config.js';
import { NO_KEY, ProblemError } from './problem.js';
import { digestSecret, sameSecret, type SecretDigest } from './same-secret.js';

/** Checks `Authorization: Bearer SECRET` (RFC 6750) against the keys of one audience. */
export class BearerKeys {
  private readonly keys: readonly { readonly name: string; readonly digest: SecretDigest }[];

  constructor(keys: readonly ApiKey[]) {
    this.keys = keys.map(({ name, secret }) => ({ name, digest: digestSecret(secret) }));
  }

  /**
   * @returns the name of the key the caller holds
   * @throws ProblemError 401 when there is none, or a wrong one
   */
  nameOf(request: FastifyRequest): string {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ', 2);
    if (scheme?.toLowerCase() === 'bearer' && token !== undefined) {
      for (const { name, digest } of this.keys) if (sameSecret(token, digest)) return name;
    }
    throw new ProblemError(NO_KEY, { 'www-authenticate': 'Bearer' });
  }
}
