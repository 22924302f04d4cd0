import type { CallResult } from '@vestibule/troika-client';
import type { Failure } from './circuit-breaker.js';

/** What a call says of the partner. */
export type BreakerNews =
  /** A valid answer came back. */
  | { readonly kind: 'answer' }
  | ({ readonly kind: 'failure' } & Pick<Failure, 'reason' | 'isPlain' | 'isUnknown' | 'last' | 'retryAfterSecs'>)
  /** It says nothing of it. */
  | { readonly kind: 'none' };

/** The one who is not let in once is not let in with the next order either: a wrong password helps none of them. */
const DENIALS: ReadonlySet<number> = new Set([401, 403, 407]);

/** Without a status: what came of the call, in words. */
const WORDS: Readonly<Record<string, string>> = {
  timeout: 'no answer in time',
  reset: 'the connection was reset',
  'cut-answer': 'the answer broke off',
  'too-large': 'an answer that is too large',
  'exchange-failed': 'the exchange failed',
};

/**
 * The breaker's table: what each outcome of a call says of the partner.
 *
 * @param isOrder the call was to create an order; the unknown outcome of a read costs nothing
 * @param isProbe a probe that found nothing out has failed
 */
export function breakerNewsOf(
  result: CallResult,
  { isOrder, isProbe }: { isOrder: boolean; isProbe: boolean },
): BreakerNews {
  if (result.kind === 'answered') return { kind: 'answer' };
  const last = describeOutcome(result);
  if (result.kind === 'not-sent') {
    // The process was late; the partner was not asked.
    return result.reason === 'overdue' ? { kind: 'none' } : { kind: 'failure', reason: 'partner-unreachable', last };
  }
  const { httpStatus, retryAfterSecs } = result;
  const isPlain = httpStatus !== undefined && DENIALS.has(httpStatus);
  if (result.kind === 'not-executed' || (isPlain && !isOrder)) {
    return { kind: 'failure', reason: 'partner-refuses', isPlain, last, retryAfterSecs };
  }
  if (isOrder) {
    const reason = isPlain ? 'partner-refuses' : 'unknown-outcomes';
    return { kind: 'failure', reason, isPlain, isUnknown: true, last, retryAfterSecs };
  }
  return isProbe ? { kind: 'failure', reason: 'partner-unreachable', last, retryAfterSecs } : { kind: 'none' };
}

/** What came back, in a few words without a text of the partner's: `HTTP 502, HTML`. */
export function describeOutcome(result: Exclude<CallResult, { kind: 'answered' }>): string {
  if (result.kind === 'not-sent') return `not sent (${result.reason})`;
  const { httpStatus, received = '', reason } = result;
  if (httpStatus === undefined) return WORDS[reason] ?? reason;
  if (/^\s*<(!doctype|html|head|body|h\d|p)\b/i.test(received)) return `HTTP ${httpStatus}, HTML`;
  if (received.trim() === '') return `HTTP ${httpStatus}, empty`;
  return `HTTP ${httpStatus}, ${WORDS[reason] ?? 'no envelope'}`;
}
