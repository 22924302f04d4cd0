import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { StoredKeys } from '../../api-keys/stored-keys.js';
import type { ApiKey } from '../../config/config.js';
import { DEFAULT_SCOPES, permits, type OrderScope } from '../../config/order-scopes.js';
import { includesRole, type OperatorRole } from '../../config/operator-roles.js';
import { isFromOneOf } from '../../egress/special-networks.js';
import { NO_KEY, problem, ProblemError, TOO_MANY_FAILED_LOGINS, type Problem } from '../problem.js';
import { BearerKeys, bearerDigest, type KnownKey } from './bearer-keys.js';
import { RETRY_AFTER_SECS, type FailedLogins } from './failed-logins.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without a key: set by `@Public()`, or by who adds a route to Fastify itself. */
    isPublic?: boolean;
    /** What a producer's key needs for this route: set by `@Scope()`. */
    scope?: OrderScope;
    /** What an operator's key needs for this route: set by `@NeedsRole()`. */
    role?: OperatorRole;
  }
  interface FastifyRequest {
    /** The name of the caller's key, once it was checked. */
    apiKeyName?: string;
    /** What it may do with orders; empty for an operator's key. */
    orderScopes?: ReadonlySet<OrderScope>;
    /** Whether the caller's key still opens, for an answer that lasts. */
    isKeyOpen?: () => boolean;
  }
}

/** Every path below it takes the keys of operators, every other one the keys of producers. */
const ADMIN_PATH = '/admin/';

const NO_SCOPES: ReadonlySet<OrderScope> = new Set();
const READING = ['GET', 'HEAD'];

export const WRONG_ADDRESS = problem('wrong-address', 'This key may not be used from this address.');

/** What a key is answered that may not make a call. */
export function lacksScope(scope: OrderScope): Problem {
  return problem('missing-scope', `This key does not have the scope ${scope}.`);
}

function lacksRole(role: OperatorRole): Problem {
  return problem('missing-role', `This call needs a key with the role ${role}.`);
}

/** The keys of the internal listener. A route that is not marked public takes one, no matter who added the route. */
export class ApiKeys {
  private readonly producers: BearerKeys;
  private readonly operators: BearerKeys;

  /** @param stored those of the database, beside those of the settings */
  constructor(
    keys: { readonly orders: readonly ApiKey[]; readonly admin: readonly ApiKey[] },
    private readonly stored: StoredKeys,
  ) {
    this.producers = new BearerKeys(keys.orders);
    this.operators = new BearerKeys(keys.admin);
  }

  /**
   * Lets a call to a public route pass, and notes the caller's name and scopes on any other.
   *
   * @throws ProblemError 401 for a call without a key of the route's audience, 403 for a key without the route's scope
   *   or role, or from an address that is not its own
   */
  authenticate(request: FastifyRequest): void {
    const { url = '', config } = request.routeOptions;
    if (config.isPublic === true || request.apiKeyName !== undefined) return;
    const isForOperators = url.startsWith(ADMIN_PATH);
    const key = this.keyOf(request, isForOperators);
    if (key === undefined) throw new ProblemError(NO_KEY, { 'www-authenticate': 'Bearer' });
    const { name, scopes = isForOperators ? NO_SCOPES : DEFAULT_SCOPES, role = 'admin' } = key;
    if (config.scope !== undefined && !permits(scopes, config.scope)) throw new ProblemError(lacksScope(config.scope));
    if (isForOperators) {
      const needed = config.role ?? (READING.includes(request.method) ? 'viewer' : 'operator');
      if (!includesRole(role, needed)) throw new ProblemError(lacksRole(needed));
    }
    request.apiKeyName = name;
    request.orderScopes = scopes;
  }

  /** A key of the settings has the role admin, and opens from everywhere. */
  private keyOf(request: FastifyRequest, isForOperators: boolean): KnownKey | undefined {
    const digest = bearerDigest(request);
    if (digest === undefined) return undefined;
    const known = (isForOperators ? this.operators : this.producers).keyOf(digest);
    if (known !== undefined) return known;
    const stored = this.stored.find(isForOperators ? 'admin' : 'orders', digest);
    if (stored === undefined) return undefined;
    const { name, scopes, role, ranges } = stored;
    if (ranges.length > 0 && !isFromOneOf(request.ip, ranges)) throw new ProblemError(WRONG_ADDRESS);
    request.isKeyOpen = () => this.stored.isOpen(stored);
    return { name, scopes, role };
  }
}

/**
 * The check of the guard, made as soon as the headers are here: nothing of a stranger's body is read or parsed. A path
 * that has no route is answered 404 with or without a key.
 *
 * @param logins slow down those who try secrets
 */
export function requireApiKey(keys: ApiKeys, logins: FailedLogins): onRequestHookHandler {
  return (request, _reply, proceed) => {
    try {
      if (!request.is404) keys.authenticate(request);
      proceed();
    } catch (error) {
      const isGuess =
        error instanceof ProblemError && error.problem === NO_KEY && request.headers.authorization !== undefined;
      if (!isGuess) {
        proceed(error as Error);
        return;
      }
      const { isThrottled, turn } = logins.note('internal', request.ip);
      void turn.then(() =>
        proceed(isThrottled ? new ProblemError(TOO_MANY_FAILED_LOGINS, SLOWED_DOWN) : (error as Error)),
      );
    }
  };
}

const SLOWED_DOWN = { 'retry-after': String(RETRY_AFTER_SECS), connection: 'close' };
