import { decodeAnswer } from '@vestibule/envelope';
import type { ExchangeAnswer } from './exchange.js';
import { ExchangeError } from './exchange.error.js';
import type { CallOutcome, NotSentReason, UnknownReason } from './outcome.js';

/** Why nothing left, by the code of the failure. Every other failure to connect is `connect-failed`. */
const NOT_SENT: Readonly<Record<string, NotSentReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  DEADLINE: 'connect-timeout',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  CERT_HAS_EXPIRED: 'tls',
};

/** Why nothing certain is known, by the code of the failure. Every other one is `exchange-failed`. */
const UNKNOWN: Readonly<Record<string, UnknownReason>> = {
  DEADLINE: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  CUT: 'cut-answer',
  TOO_LARGE: 'too-large',
};

/** The outcome of an exchange that gave no whole answer, decided by how far it had come. */
export function classifyFailure(error: ExchangeError): CallOutcome {
  if (error.stage === 'connecting') {
    const tls = error.code.startsWith('ERR_TLS') || error.code.startsWith('ERR_SSL');
    const reason = tls ? 'tls' : (NOT_SENT[error.code] ?? 'connect-failed');
    return { kind: 'not-sent', reason, detail: error.message };
  }
  return {
    kind: 'unknown',
    reason: UNKNOWN[error.code] ?? 'exchange-failed',
    detail: error.message,
    ...(error.status === undefined ? {} : { httpStatus: error.status }),
  };
}

/** The outcome of an exchange that gave a whole answer: an envelope counts whatever the HTTP status. */
export function classifyAnswer({
  status,
  headers,
  body,
}: Pick<ExchangeAnswer, 'status' | 'headers' | 'body'>): CallOutcome {
  const decoded = decodeAnswer(body);
  if (decoded.ok) {
    return { kind: 'answered', answer: decoded.answer, httpStatus: status, received: body.toString('utf8') };
  }
  const retryAfterSecs = readRetryAfter(headers['retry-after']);
  return {
    kind: 'unknown',
    reason: status >= 200 && status < 300 ? 'not-an-envelope' : 'http-status',
    detail: `HTTP ${status}: ${decoded.error.detail}`,
    httpStatus: status,
    received: decoded.error.received,
    ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }),
  };
}

/** Seconds only: the date form would need a clock that agrees with the partner's. */
function readRetryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
