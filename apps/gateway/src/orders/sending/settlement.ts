import type { CallResult } from '@vestibule/troika-client';
import type { Claim } from '../ledger/claim-orders.js';
import type { AttemptSettlement } from '../ledger/settle-attempts.js';
import { maskAnswer, maskText } from './mask-answer.js';
import type { AttemptVerdict } from './outcome-table.js';

/** What the ledger keeps of an attempt: nothing that it could refuse, and no personal data. */
export function settlementOf(
  { orderId, attempt }: Claim,
  result: CallResult,
  verdict: AttemptVerdict,
  next: Pick<AttemptSettlement, 'dueInMs' | 'isFree' | 'notices'>,
): AttemptSettlement {
  const { resultMessage } = verdict;
  return {
    orderId,
    attempt,
    verdict: resultMessage === undefined ? verdict : { ...verdict, resultMessage: maskText(resultMessage) },
    outcome: result.kind,
    reason: result.kind === 'answered' ? null : result.reason,
    httpStatus: result.kind === 'not-sent' ? null : (result.httpStatus ?? null),
    durationMs: result.durationMs,
    keyId: result.keyId ?? null,
    answer: result.kind === 'not-sent' ? null : maskAnswer(result.received),
    isFree: next.isFree,
    dueInMs: Math.round(next.dueInMs),
    ...(next.notices === undefined ? {} : { notices: next.notices }),
  };
}

/** The bare outcome, without a text of the partner's. */
export function withoutWords(settlement: AttemptSettlement): AttemptSettlement {
  const { resultMessage: _dropped, ...verdict } = settlement.verdict;
  return { ...settlement, verdict, answer: null };
}
