import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { SECRET_PREFIX } from '../../api-keys/new-secret.js';
import type { StoredKeys } from '../../api-keys/stored-keys.js';
import type { ApiKey } from '../../config/config.js';
import { DEFAULT_SCOPES, permits, type OrderScope } from '../../config/order-scopes.js';
import { includesRole, type OperatorRole } from '../../config/operator-roles.js';
import { isFromOneOf } from '../../egress/special-networks.js';
import { NO_KEY, problem, ProblemError, TOO_MANY_FAILED_LOGINS, type Problem } from '../problem.js';
import { credentialsOf } from './authorization.js';
import { BearerKeys, bearerDigest, type KnownKey } from './bearer-keys.js';
import type { OperatorSessions } from './operator-sessions.js';
import type { Admission } from '../connections/admission.js';
import { RETRY_AFTER_SECS, type FailedLogins } from './failed-logins.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without a key: set by `@Public()`, or by who adds a route to Fastify itself. */
    isPublic?: boolean;
    /** What a producer's key needs for this route: set by `@Scope()`. */
    scope?: OrderScope;
    /** What an operator's key needs for this route: set by `@NeedsRole()`. */
    role?: OperatorRole | 'any';
  }
  interface FastifyRequest {
    /** The name of the caller's key, once it was checked. */
    apiKeyName?: string;
    /** What it may do with orders; empty for an operator's key. */
    orderScopes?: ReadonlySet<OrderScope>;
    /** What it may do below /admin; absent for a producer's key. */
    operatorRole?: OperatorRole;
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

function lacksRole(role: OperatorRole | 'any'): Problem {
  return problem('missing-role', `This call needs a key with the role ${role}.`);
}

/** The keys of the internal listener. A route that is not marked public takes one, no matter who added the route. */
export class ApiKeys {
  private readonly producers: BearerKeys;
  private readonly operators: BearerKeys;

  /**
   * @param stored those of the database, beside those of the settings
   * @param sessions in which a browser has a key of an operator
   */
  constructor(
    keys: { readonly orders: readonly ApiKey[]; readonly admin: readonly ApiKey[] },
    private readonly stored: StoredKeys,
    private readonly sessions: OperatorSessions,
  ) {
    this.producers = new BearerKeys(keys.orders);
    this.operators = new BearerKeys(keys.admin);
  }

  /**
   * Lets a call to a public route pass, and notes the caller's name and scopes on any other. The guard asks again once the
   * body is here, which a caller may hold back until after the key was revoked.
   *
   * @throws ProblemError 401 for a call without a key of the route's audience, 403 for a key without the route's scope
   *   or role, or from an address that is not its own
   */
  authenticate(request: FastifyRequest): void {
    if (request.apiKeyName !== undefined) {
      requireOpenKey(request);
      return;
    }
    const { url = '', config } = request.routeOptions;
    if (config.isPublic === true) return;
    const isForOperators = url.startsWith(ADMIN_PATH);
    const key = this.keyOf(request, isForOperators);
    if (key === undefined) throw noKey();
    const { name, scopes = isForOperators ? NO_SCOPES : DEFAULT_SCOPES, role = 'admin' } = key;
    if (config.scope !== undefined && !permits(scopes, config.scope)) throw new ProblemError(lacksScope(config.scope));
    if (isForOperators) {
      const needed = config.role ?? (READING.includes(request.method) ? 'viewer' : 'operator');
      if (!includesRole(role, needed)) throw new ProblemError(lacksRole(needed));
      request.operatorRole = role;
    }
    request.apiKeyName = name;
    request.orderScopes = scopes;
  }

  /** Whether a key that is not known may be one that another process has made within the last second. */
  mayBeNew(request: FastifyRequest): boolean {
    return credentialsOf(request.headers.authorization, 'bearer')?.startsWith(SECRET_PREFIX) === true;
  }

  /** Resolves when a new key is known. */
  lookSoon(): Promise<void> {
    return this.stored.lookSoon();
  }

  /** A key of the settings has the role admin, and opens from everywhere. */
  private keyOf(request: FastifyRequest, isForOperators: boolean): KnownKey | undefined {
    const digest = bearerDigest(request) ?? (isForOperators ? this.sessions.digestOf(request) : undefined);
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

/** For what takes long to arrive. @throws ProblemError 401 when the caller's key does not open any more */
export function requireOpenKey({ isKeyOpen }: FastifyRequest): void {
  if (isKeyOpen?.() === false) throw noKey();
}

function noKey(): ProblemError {
  return new ProblemError(NO_KEY, { 'www-authenticate': 'Bearer', connection: 'close' });
}

/**
 * The check of the guard, made as soon as the headers are here: nothing of a stranger's body is read or parsed. A path
 * that has no route is answered 404 with or without a key.
 *
 * @param logins slow down those who try secrets
 * @param admission keeps the connections of those who have shown a key
 */
export function requireApiKey(
  keys: ApiKeys,
  logins: FailedLogins,
  admission: Pick<Admission, 'trust'>,
): onRequestHookHandler {
  const refusalOf = (request: FastifyRequest): Error | undefined => {
    try {
      if (!request.is404) keys.authenticate(request);
      if (request.apiKeyName !== undefined) admission.trust(request.raw.socket);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  };
  const judgeAgain = async (request: FastifyRequest): Promise<Error | undefined> => {
    if (keys.mayBeNew(request)) {
      await keys.lookSoon();
      const refusal = refusalOf(request);
      if (!isGuess(refusal, request)) return refusal;
    }
    const { isThrottled, turn } = logins.note('internal', request.ip);
    await turn;
    return isThrottled ? new ProblemError(TOO_MANY_FAILED_LOGINS, SLOWED_DOWN) : noKey();
  };
  return (request, _reply, proceed) => {
    const refusal = refusalOf(request);
    if (isGuess(refusal, request)) void judgeAgain(request).then(proceed);
    else proceed(refusal);
  };
}

/** A wrong secret: who sends none at all does not try any. */
function isGuess(refusal: Error | undefined, { headers }: FastifyRequest): boolean {
  return refusal instanceof ProblemError && refusal.problem === NO_KEY && headers.authorization !== undefined;
}

const SLOWED_DOWN = { 'retry-after': String(RETRY_AFTER_SECS), connection: 'close' };
