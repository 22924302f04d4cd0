import { CONTENT_TYPE, loyaltyError } from '@vestibule/koshelek-contract';
import type { onRequestHookHandler } from 'fastify';
import type { KoshelekConfig } from '../config/config.js';
import { credentialsOf } from '../http/auth/authorization.js';
import { RETRY_AFTER_SECS, type FailedLogins } from '../http/auth/failed-logins.js';
import type { Admission } from '../http/connections/admission.js';
import { digestSecret, frameHeader, isSameHeader, sameSecret } from '../http/auth/same-secret.js';
import { refusal } from './reply.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's credentials were checked, and hold. */
    isAuthenticated?: boolean;
  }
}

/**
 * HTTP Basic (RFC 7617) for every path of the public listener, before anything of the body is read. Several credentials
 * may hold at once, while one is being changed.
 *
 * @param logins slow down those who try passwords; the status stays, which Кошелёк knows
 * @param admission keeps the connections of those who have logged in
 */
export function requireBasicAuth(
  { credentials, authFailureStatus }: KoshelekConfig,
  logins: FailedLogins,
  admission: Pick<Admission, 'trust'>,
): onRequestHookHandler {
  const pairs = credentials.map(({ login, password }) => `${login}:${password}`);
  const accepted = pairs.map(digestSecret);
  const usual = pairs.flatMap((pair) => frameHeader(`Basic ${Buffer.from(pair).toString('base64')}`) ?? []);
  const isAccepted = (header: string | undefined): boolean => {
    if (header === undefined) return false;
    if (usual.some((expected) => isSameHeader(header, expected))) return true;
    const encoded = credentialsOf(header, 'basic');
    if (encoded === undefined) return false;
    const given = Buffer.from(encoded, 'base64').toString('utf8');
    return accepted.some((expected) => sameSecret(given, expected));
  };
  const { body, code } = refusal(loyaltyError('wrongCredentials'));
  return (request, reply, next) => {
    if (isAccepted(request.headers.authorization)) {
      request.isAuthenticated = true;
      admission.trust(request.raw.socket);
      next();
      return;
    }
    request.loyaltyCode = code;
    if (authFailureStatus === 401) {
      void reply.header('www-authenticate', 'Basic realm="Loyalty Online API", charset="UTF-8"');
    }
    // A stranger has one guess for each connection, and cannot queue up others behind it.
    void reply.code(authFailureStatus).headers({ 'content-type': CONTENT_TYPE, connection: 'close' });
    if (request.headers.authorization === undefined) {
      void reply.send(body);
      return;
    }
    const { isThrottled, turn } = logins.note('public', request.ip);
    if (isThrottled) void reply.header('retry-after', String(RETRY_AFTER_SECS));
    void turn.then(() => reply.send(body));
  };
}
