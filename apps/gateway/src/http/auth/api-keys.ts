import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { ApiKey } from '../../config/config.js';
import { NO_KEY, ProblemError } from '../problem.js';
import { BearerKeys } from './bearer-keys.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without a key: set by `@Public()`, or by who adds a route to Fastify itself. */
    isPublic?: boolean;
  }
  interface FastifyRequest {
    /** The name of the caller's key, once it was checked. */
    apiKeyName?: string;
  }
}

/** Every path below it takes the keys of operators, every other one the keys of producers. */
const ADMIN_PATH = '/admin/';

/** The keys of the internal listener. A route that is not marked public takes one, no matter who added the route. */
export class ApiKeys {
  private readonly producers: BearerKeys;
  private readonly operators: BearerKeys;

  constructor(keys: { readonly orders: readonly ApiKey[]; readonly admin: readonly ApiKey[] }) {
    this.producers = new BearerKeys(keys.orders);
    this.operators = new BearerKeys(keys.admin);
  }

  /**
   * Lets a call to a public route pass, and notes the caller's name on any other.
   *
   * @throws ProblemError 401 for a call without a key of the route's audience
   */
  authenticate(request: FastifyRequest): void {
    const { url = '', config } = request.routeOptions;
    if (config.isPublic === true || request.apiKeyName !== undefined) return;
    const name = (url.startsWith(ADMIN_PATH) ? this.operators : this.producers).nameOf(request);
    if (name === undefined) throw new ProblemError(NO_KEY, { 'www-authenticate': 'Bearer' });
    request.apiKeyName = name;
  }
}

/**
 * The check of the guard, made as soon as the headers are here: nothing of a stranger's body is read or parsed. A path
 * that has no route is answered 404 with or without a key.
 */
export function requireApiKey(keys: ApiKeys): onRequestHookHandler {
  return (request, _reply, next) => {
    try {
      if (!request.is404) keys.authenticate(request);
      next();
    } catch (error) {
      next(error as Error);
    }
  };
}
