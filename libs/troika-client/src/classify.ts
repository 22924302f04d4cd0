import { decodeAnswer, receivedText } from '@vestibule/envelope';
import type { ExchangeAnswer } from './exchange.js';
import type { ExchangeError, PartialAnswer } from './exchange.error.js';
import type { CallOutcome, NotSentReason, UnknownReason } from './outcome.js';
import { readRetryAfter } from './retry-after.js';

/** Why nothing was sent, by the code of the failure. Every other one is `connect-failed`. */
const NO_CONNECTION: Readonly<Record<string, NotSentReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  DEADLINE: 'connect-timeout',
  OVERDUE: 'overdue',
  INTERRUPTED: 'overdue',
  PROXY: 'proxy',
};

/** The same where the connection was there, and TLS was not agreed on. */
const NOT_SECURED: Readonly<Record<string, NotSentReason>> = { DEADLINE: 'connect-timeout', INTERRUPTED: 'overdue' };

/** Why nothing certain is known, by the code of the failure. Every other one is `exchange-failed`. */
const UNCERTAIN: Readonly<Record<string, UnknownReason>> = {
  DEADLINE: 'timeout',
  INTERRUPTED: 'interrupted',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  CUT: 'cut-answer',
  TOO_LARGE: 'too-large',
  HPE_HEADER_OVERFLOW: 'too-large',
};

/** How much of a truncated answer is kept: as much as the envelope's errors keep. */
const PARTIAL_BYTES = 2048;

/** The outcome of an exchange that gave no whole answer, decided by how far it had come. */
export function classifyFailure({ stage, code, message: detail, partial }: ExchangeError): CallOutcome {
  switch (stage) {
    case 'connecting':
      return { kind: 'not-sent', reason: NO_CONNECTION[code] ?? 'connect-failed', detail };
    case 'securing':
      return { kind: 'not-sent', reason: NOT_SECURED[code] ?? 'tls', detail };
    case 'sent':
      return { kind: 'unknown', reason: UNCERTAIN[code] ?? 'exchange-failed', detail, ...evidenceOf(partial) };
  }
}

/**
 * The outcome of an exchange that gave a whole answer: an envelope counts with any HTTP status.
 *
 * @param trusted the statuses that say, without an envelope, that nothing was executed
 */
export function classifyAnswer(
  { status, headers, body }: Pick<ExchangeAnswer, 'status' | 'headers' | 'body'>,
  trusted: ReadonlySet<number>,
): CallOutcome {
  const decoded = decodeAnswer(body);
  const retryAfterSecs = readRetryAfter(headers);
  const askedToWait = retryAfterSecs === undefined ? {} : { retryAfterSecs };
  if (decoded.ok) {
    const { answer } = decoded;
    return { kind: 'answered', answer, httpStatus: status, received: body.toString('utf8'), ...askedToWait };
  }
  const evidence = {
    detail: `HTTP ${status}: ${decoded.error.detail}`,
    httpStatus: status,
    received: decoded.error.received,
    ...askedToWait,
  };
  if (trusted.has(status)) return { kind: 'not-executed', reason: 'http-status', ...evidence };
  return {
    kind: 'unknown',
    reason: status >= 200 && status < 300 ? 'not-an-envelope' : 'http-status',
    ...evidence,
  };
}

function evidenceOf(partial: PartialAnswer | undefined): { httpStatus?: number; received?: string } {
  if (partial === undefined) return {};
  return { httpStatus: partial.status, received: receivedText(partial.body, PARTIAL_BYTES, true) };
}
